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
from lumbago.web.prevent.fields import Slider, number, one_of, turned
from lumbago.web.prevent.log import Log, keep_log, kept_log
from lumbago.web.prevent.run_picture import runs_svg

__all__ = ["EXAMPLES", "KINDS", "example_log", "run_form", "run_shown", "run_turned"]

UNITS = {"km": "kilometres", "mi": "miles"}
KINDS = (".gpx", ".tcx", ".fit", ".csv")
LONGEST_LIST = 60_000
WEEKS, SPIKES, MOST, MOST_RUNS = 12, 8, 500, 50_000
#: Numbers of the form: their words, and what their sliders show in km; the boxes take more.
NUMBERS = {
    "next": ("The next run", (1, 45)),
    "goal": ("A run you want to get to", (2, 60)),
    "other": ("Your other runs in a week", (0, 120)),
}
STEP = 0.5
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


def run_form(fields: Mapping[str, str], shown: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows.

    Args:
        fields: The form.
        shown: What the page shows, with where sliders stand whose boxes are empty.
    """
    unit = one_of(fields, "unit", UNITS, "km")
    return {
        "unit": unit,
        "other_unit": UNITS["km" if unit == "mi" else "mi"],
        "log": fields.get("log", "")[:LONGEST_LIST],
        "numbers": [_slider(fields, name, unit, shown.get("at", {}).get(name)) for name in NUMBERS],
        "by": fields.get("by", ""),
        "kinds": ",".join(KINDS),
        "examples": [(name, words) for name, (words, *_) in EXAMPLES.items()],
    }


def _slider(fields: Mapping[str, str], name: str, unit: str, at_km: float | None) -> Slider:
    words, (least, most) = NUMBERS[name]
    km, written = MILE_KM if unit == "mi" else 1.0, fields.get(name, "")
    at = f"{(10.0 if at_km is None else at_km) / km:.1f}"
    return Slider(
        name,
        words,
        unit,
        written,
        least,
        round(most / km),
        STEP,
        at=written.strip() or at,
        wider=True,
    )


def run_turned(fields: Mapping[str, str]) -> dict[str, str]:
    """The same form in the other unit, with the distances of a list; a line that is none stays."""
    unit = "km" if one_of(fields, "unit", UNITS, "km") == "mi" else "mi"
    factor = MILE_KM if unit == "km" else 1 / MILE_KM
    new = {name: turned(fields.get(name, ""), factor, 0.1) for name in NUMBERS}
    lines = [
        f"{day} {turned(far, factor, 0.01) or far}" if far else line
        for line in fields.get("log", "")[:LONGEST_LIST].splitlines()
        for day, _, far in [line.replace(",", " ").strip().partition(" ")]
    ]
    return {**fields, **new, "unit": unit, "log": "\n".join(lines)}


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
    log, line = _log(fields, sent, unit)
    if len(log.runs) > MOST_RUNS:
        raise MeasurementError(f"the log has {len(log.runs):,} runs; the page takes {MOST_RUNS:,}")
    load = running_load(log.runs, today)
    most = round(MOST / far.km)
    goal = number(fields, "goal", f"the goal ({unit})", least=1, most=most)
    planned = number(fields, "next", f"the next run ({unit})", least=0.1, most=most)
    other = number(fields, "other", f"the other runs in a week ({unit})", least=0, most=most)
    other_km = load.other_runs_km if other is None else other * far.km
    plan = (
        None
        if goal is None
        else _plan(load, goal * far.km, _day(fields.get("by", "")), today, other_km)
    )
    return {
        "unit": unit,
        "at": {"next": load.next_most_km, "goal": load.longest_km, "other": load.other_runs_km},
        "picture": runs_svg(load, plan, km=far.km, unit=unit),
        "kept": line,
        "log_name": log.name if sent or line else None,
        "log_runs": len(log.runs),
        "cap": None if load.next_most_km is None else far(load.next_most_km),
        "longest": None if load.longest_km is None else far(load.longest_km),
        "next": None if planned is None else _told(judge_next(load, planned * far.km, today), far),
        "weeks": _weeks(load.weeks[-WEEKS:], far),
        "spikes": [{"day": s.start.date(), **_told(s, far)} for s in load.spikes[:SPIKES]],
        "plan": None if plan is None else _shown_plan(plan, far),
        "notes": log.notes,
        "honest": HONEST,
        "studies": [study.in_words for study in evidence("running").values()],
        "source": load_running().source,
        "inputs": _inputs(fields, log, unit),
    }


class _Far:
    """Distances in the unit of the page."""

    def __init__(self, unit: str) -> None:
        self.unit, self.km = unit, MILE_KM if unit == "mi" else 1.0

    def __call__(self, km: float) -> str:
        return f"{km / self.km:.1f} {self.unit}"


def _log(fields: Mapping[str, str], sent: tuple[str, bytes] | None, unit: str) -> tuple[Log, str]:
    """The log by file, by list, or as it came along with the page; and the line that comes along next."""
    if sent is not None:
        miles = sent[0].lower().endswith(".csv") and unit == "mi"
        log = Log(sent[0], *read_runs(*sent, unit if miles else None))
        return log, keep_log(log)
    if not fields.get("log", "").strip():
        line = fields.get("kept", "")
        if (kept := kept_log(line)) is not None:
            return kept, line
    return Log("typed", *_typed(fields.get("log", ""), unit)), ""


def _typed(written: str, unit: str) -> tuple[list[Run], list[str]]:
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


def _plan(
    load: RunningLoad, goal_km: float, by: date | None, today: date, other_km: float
) -> RunningPlan:
    if load.longest_km is None:
        raise MeasurementError(
            "there is no run in the last 30 days to plan from; begin with a short, easy one"
        )
    return plan_to_goal(load.longest_km, goal_km, today, by=by, other_runs_km=other_km)


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


def _inputs(fields: Mapping[str, str], log: Log, unit: str) -> list[tuple[str, str]]:
    told = [("Log", log.name), ("Runs", str(len(log.runs)))]
    for name, (what, _) in NUMBERS.items():
        if fields.get(name, "").strip():
            told.append((what, f"{fields[name].strip()} {unit}"))
    return [*told, *([("By", fields["by"])] if fields.get("by") else [])]
