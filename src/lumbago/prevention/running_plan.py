"""A plan from the longest run of today to a goal, in which no run is a spike.

One long run a week, each at most 10% longer than the longest of the 30 days before. The other runs stay what
they are. The pace of the steps is the cap of `lumbago.prevention.running`; that one long run a week is enough
time between them is judgement. It is not a training programme: it knows nothing of speed, hills, age or pain.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, log
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.running_spikes import load_running

__all__ = ["PlannedWeek", "RunningPlan", "plan_to_goal"]


@dataclass(frozen=True)
class PlannedWeek:
    """A week that begins on `start`: its long run and, if the other runs are known, its distance."""

    start: date
    long_run_km: float
    week_km: float


@dataclass(frozen=True)
class RunningPlan:
    """Weeks up to the goal; `reached_on` is the earliest day of the goal, `by_then_km` what the date allows."""

    goal_km: float
    weeks: tuple[PlannedWeek, ...]
    reached_on: date
    in_time: bool | None
    by_then_km: float | None

    def to_dict(self) -> dict[str, Any]:
        """The plan as plain values."""
        return {
            "goal_km": self.goal_km,
            "reached_on": self.reached_on.isoformat(),
            "in_time": self.in_time,
            "by_then_km": self.by_then_km,
            "weeks": [
                {"start": w.start.isoformat(), "long_run_km": w.long_run_km, "week_km": w.week_km}
                for w in self.weeks
            ],
        }


def plan_to_goal(
    longest_km: float,
    goal_km: float,
    today: date,
    *,
    by: date | None = None,
    other_runs_km: float = 0.0,
) -> RunningPlan:
    """Plan the long runs.

    Args:
        longest_km: The longest run of the last 30 days.
        goal_km: The run to get to.
        today: The day from which the plan starts; the first step is due in a week.
        by: The day of the goal, if it has one.
        other_runs_km: What the other runs of a week come to.

    Returns:
        Long runs rounded down to 100 m. If there is more time than steps, the steps are evenly smaller.

    Raises:
        MeasurementError: If a distance cannot be, the day has passed, or the way is too long to plan.
    """
    table = load_running()
    for what, km in (("the longest run", longest_km), ("the goal", goal_km)):
        if not table.record.least_km <= km <= table.record.most_km:
            raise MeasurementError(
                f"{what} is {km:g} km; it must be between {table.record.least_km:g} and "
                f"{table.record.most_km:g} km"
            )
    if other_runs_km < 0:
        raise MeasurementError(f"the other runs come to {other_runs_km:g} km; give 0 or more")
    if by is not None and by <= today:
        raise MeasurementError(f"the goal is dated {by}; give a day after today, {today}")
    steps = max(1, ceil(log(goal_km / longest_km) / log(table.cap_ratio) - 1e-9))
    if steps > table.record.most_weeks:
        raise MeasurementError(
            f"from {longest_km:g} to {goal_km:g} km takes {steps} weeks; choose a nearer goal first"
        )
    weeks_left = None if by is None else (by - today).days // 7
    count = steps if weeks_left is None else max(steps, weeks_left)
    ratio = (goal_km / longest_km) ** (1 / count)
    weeks = tuple(
        _week(today + timedelta(weeks=n), min(goal_km, longest_km * ratio**n), other_runs_km)
        for n in range(1, count + 1)
    )
    reached = today + timedelta(weeks=steps)
    if weeks_left is None:
        return RunningPlan(goal_km, weeks, reached, None, None)
    in_time = steps <= weeks_left
    allowed = min(goal_km, longest_km * table.cap_ratio**weeks_left)
    return RunningPlan(goal_km, weeks, reached, in_time, _down(allowed))


def _week(start: date, long_run_km: float, other_runs_km: float) -> PlannedWeek:
    far = _down(long_run_km)
    return PlannedWeek(start, far, round(far + other_runs_km, 1))


def _down(km: float) -> float:
    """Rounded down to 100 m, so that rounding never makes a spike."""
    return int(km * 10 + 1e-6) / 10
