"""My running: a log by file or by hand, runs that jump, and a plan to a longer run."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.packaged import evidence
from lumbago.prevention.running import RunningLoad, Spike, Week, judge_next, running_load
from lumbago.prevention.running_files import MILE_KM
from lumbago.prevention.running_plan import RunningPlan, plan_to_goal
from lumbago.prevention.running_spikes import load_running
from lumbago.web.prevent.fields import number, one_of
from lumbago.web.prevent.log import Log
from lumbago.web.prevent.run_form import NUMBERS, UNITS, run_log
from lumbago.web.prevent.run_picture import runs_svg

__all__ = ["run_shown"]

WEEKS, SPIKES, MOST, MOST_RUNS = 12, 8, 500, 50_000
HONEST = (
    "These figures compare groups of runners; they do not say whether you will be hurt. The change from week "
    "to week and the acute:chronic workload ratio did not tell who got hurt, so they are not scored."
)


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
    log, line = run_log(fields, sent, unit)
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
            "short": "no run in the 30 days before to compare with.",
            "words": "No run in the 30 days before to compare with.",
        }
    share = f"{abs(spike.ratio - 1):.0%} {'longer' if spike.ratio >= 1 else 'shorter'}"
    words = f"{share} than the longest of the 30 days before ({far(spike.longest_before_km)})"
    study = spike.study
    jump = "no jump" if study is None else "a jump"
    told = {"far": length, "short": f"{share} than your longest of 30 days, {jump}."}
    if study is None:
        return told | {"tone": "good", "words": f"{words}: no jump."}
    words += (
        f". Such runs went with {study.value:g} times the rate of overuse injuries "
        f"({study.low:g} to {study.high:g})."
    )
    if spike.young:
        words += " But the log is young, and longer runs before it would count."
    return told | {"tone": "danger" if spike.name == "large" else "warn", "words": words}


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
