"""My running: a log by file or by hand, runs that jump, and a plan to a longer run."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.packaged import evidence
from lumbago.prevention.running import Run, RunningLoad, Spike, Week, judge_next, running_load
from lumbago.prevention.running_files import MILE_KM, read_runs
from lumbago.prevention.running_plan import RunningPlan, plan_to_goal
from lumbago.prevention.running_spikes import load_running
from lumbago.prevention.running_tracks import read_moment
from lumbago.web.prevent.fields import number, one_of

__all__ = ["EXAMPLES", "KINDS", "example_log", "run_form", "run_shown"]

UNITS = {"km": "Kilometres", "mi": "Miles"}
KINDS = (".gpx", ".tcx", ".fit", ".csv")
LONGEST_LIST = 60_000
WEEKS, SPIKES, MOST, MOST_RUNS = 12, 8, 500, 50_000
#: Logs to start from: words, distances from the oldest run on (three or four days apart), and a goal.
EXAMPLES: dict[str, tuple[str, tuple[float, ...], str]] = {
    "jump": ("A long run that came too soon", (5, 6, 5, 8, 5, 6, 5, 8, 5, 6, 5, 14, 5, 6), ""),
    "half": ("Towards a half marathon", (8, 6, 8.5, 6, 9, 6, 9.5, 6, 10, 7, 11, 7), "21.1"),
}
HONEST = (
    "These figures compare groups of runners; they do not say whether you will be hurt. The change from week "
    "to week and the acute:chronic workload ratio did not tell who got hurt, so they are not scored."
)


def example_log(name: str, today: date) -> dict[str, str]:
    """The fields of an example, with its last run yesterday; none if it is not known."""
    if name not in EXAMPLES:
        return {}
    _, distances, goal = EXAMPLES[name]
    days = [today - timedelta(days=1 + 7 * back // 2) for back in range(len(distances))]
    lines = [f"{day} {km:g}" for day, km in zip(reversed(days), distances, strict=True)]
    return {"log": "\n".join(lines), "goal": goal, "unit": "km"}


def run_form(fields: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows."""
    unit = one_of(fields, "unit", UNITS, "km")
    return {
        "unit": unit,
        "units": [{"value": v, "label": w, "checked": v == unit} for v, w in UNITS.items()],
        "log": fields.get("log", "")[:LONGEST_LIST],
        "next": fields.get("next", ""),
        "goal": fields.get("goal", ""),
        "by": fields.get("by", ""),
        "kinds": ",".join(KINDS),
        "examples": [(name, words) for name, (words, *_) in EXAMPLES.items()],
    }


def run_shown(
    fields: Mapping[str, str], sent: tuple[str, bytes] | None, today: date
) -> dict[str, Any]:
    """The log judged.

    Args:
        fields: The form.
        sent: Name and bytes of a file, if one was sent.
        today: The day to look back from.

    Raises:
        MeasurementError: If there is no run, or something cannot be read.
    """
    unit = one_of(fields, "unit", UNITS, "km")
    far = _Far(unit)
    runs, notes = _runs(fields, sent, unit)
    if len(runs) > MOST_RUNS:
        raise MeasurementError(f"the log has {len(runs):,} runs; the page takes {MOST_RUNS:,}")
    load = running_load(runs, today)
    most = MOST / far.km
    goal = number(fields, "goal", f"the goal ({unit})", least=1, most=round(most))
    planned = number(fields, "next", f"the next run ({unit})", least=0.1, most=round(most))
    plan = None if goal is None else _plan(load, goal * far.km, _day(fields.get("by", "")), today)
    return {
        "unit": unit,
        "cap": None if load.next_most_km is None else far(load.next_most_km),
        "longest": None if load.longest_km is None else far(load.longest_km),
        "next": None if planned is None else _told(judge_next(load, planned * far.km, today), far),
        "weeks": _weeks(load.weeks[-WEEKS:], far),
        "spikes": [{"day": s.start.date(), **_told(s, far)} for s in load.spikes[:SPIKES]],
        "plan": None if plan is None else _shown_plan(plan, far),
        "notes": notes,
        "honest": HONEST,
        "studies": [study.in_words for study in evidence("running").values()],
        "source": load_running().source,
        "inputs": _inputs(fields, sent, runs, unit),
    }


class _Far:
    """Distances in the unit of the page."""

    def __init__(self, unit: str) -> None:
        self.unit, self.km = unit, MILE_KM if unit == "mi" else 1.0

    def __call__(self, km: float) -> str:
        return f"{km / self.km:.1f} {self.unit}"


def _runs(
    fields: Mapping[str, str], sent: tuple[str, bytes] | None, unit: str
) -> tuple[list[Run], list[str]]:
    if sent is not None:
        return read_runs(*sent, unit if sent[0].lower().endswith(".csv") and unit == "mi" else None)
    written = fields.get("log", "")
    if len(written) > LONGEST_LIST:
        raise MeasurementError("the list is too long; send it as a CSV file")
    lines = [line.replace(",", " ").split() for line in written.splitlines() if line.strip()]
    if not lines:
        raise MeasurementError(
            "choose a file, or write one run a line, a date and a distance, such as 2026-11-03 7.5"
        )
    for place, line in enumerate(lines, 1):
        try:
            read_moment(line[0])
            good = len(line) == 2 and float(line[1]) > 0
        except (MeasurementError, ValueError):
            good = False
        if not good:
            raise MeasurementError(
                f"line {place} of the list needs a date and a distance, such as 2026-11-03 7.5"
            )
    table = "\n".join([f"date,{unit}", *(",".join(line) for line in lines)])
    return read_runs("your list.csv", table.encode())


def _day(written: str) -> date | None:
    if not written.strip():
        return None
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise MeasurementError(
            f"the day of the goal is {written[:20]!r}; write it as 2027-03-28"
        ) from None


def _plan(load: RunningLoad, goal_km: float, by: date | None, today: date) -> RunningPlan:
    if load.longest_km is None:
        raise MeasurementError(
            "there is no run in the last 30 days to plan from; begin with a short, easy one"
        )
    return plan_to_goal(load.longest_km, goal_km, today, by=by, other_runs_km=load.other_runs_km)


def _told(spike: Spike, far: _Far) -> dict[str, Any]:
    """A run beside the longest of the days before it, in words."""
    length = far(spike.distance_km)
    if spike.ratio is None or spike.longest_before_km is None:
        return {
            "far": length,
            "tone": "warn",
            "words": "No run in the 30 days before to compare with.",
        }
    share = f"{abs(spike.ratio - 1):.0%} {'longer' if spike.ratio >= 1 else 'shorter'}"
    words = f"{share} than the longest of the 30 days before ({far(spike.longest_before_km)})"
    study = spike.study
    if study is None:
        return {"far": length, "tone": "good", "words": f"{words}: no jump."}
    words += (
        f". Such runs went with {study.value:g} times the rate of overuse injuries "
        f"({study.low:g} to {study.high:g})."
    )
    if spike.young:
        words += " But the log is young, and longer runs before it would count."
    return {"far": length, "tone": "danger" if spike.name == "large" else "warn", "words": words}


def _weeks(weeks: Iterable[Week], far: _Far) -> list[dict[str, Any]]:
    held = list(weeks)
    longest = max((w.distance_km for w in held), default=0.0) or 1.0
    return [
        {
            "monday": w.monday,
            "runs": w.runs,
            "far": far(w.distance_km),
            "longest": far(w.longest_km),
            "bar": f"{100 * w.distance_km / longest:.1f}",
            "bar_longest": f"{100 * w.longest_km / longest:.1f}",
        }
        for w in held
    ]


def _shown_plan(plan: RunningPlan, far: _Far) -> dict[str, Any]:
    longest = max((w.long_run_km for w in plan.weeks), default=1.0)
    return {
        "goal": far(plan.goal_km),
        "reached_on": plan.reached_on,
        "in_time": plan.in_time,
        "by_then": None if plan.by_then_km is None else far(plan.by_then_km),
        "weeks": [
            {
                "day": w.day,
                "long": far(w.long_run_km),
                "week": far(w.week_km),
                "bar": f"{100 * w.long_run_km / longest:.1f}",
            }
            for w in plan.weeks
        ],
    }


def _inputs(
    fields: Mapping[str, str], sent: tuple[str, bytes] | None, runs: list[Run], unit: str
) -> list[tuple[str, str]]:
    told = [("Log", sent[0] if sent else "typed"), ("Runs", str(len(runs)))]
    for name, what in (("next", "Next run"), ("goal", "Goal")):
        if fields.get(name, "").strip():
            told.append((what, f"{fields[name].strip()} {unit}"))
    return [*told, *([("By", fields["by"])] if fields.get("by") else [])]
