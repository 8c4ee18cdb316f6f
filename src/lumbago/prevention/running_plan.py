"""A plan from the longest run of today to a goal, in which no run is a spike.

One long run a week, each at most 10% longer than the longest of the 30 days before. The other runs stay what
they are. The pace of the steps is the cap of `lumbago.prevention.running`; that one long run a week is enough
time between them is judgement. It is not a training programme: it knows nothing of speed, hills, age or pain.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.running_spikes import load_running

__all__ = ["PlannedWeek", "RunningPlan", "plan_to_goal"]

FINE_KM, COARSE_KM, SHORT_KM = 0.01, 0.1, 2.0
CLOSE = 1e-6


@dataclass(frozen=True)
class PlannedWeek:
    """The seven days up to and including `day`: the long run on that day, and the distance of them all."""

    day: date
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
                {"day": w.day.isoformat(), "long_run_km": w.long_run_km, "week_km": w.week_km}
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
        Long runs to 100 m (below 2 km: to 10 m). If there is time for more steps, they are evenly smaller.
        There are no weeks if a run that long is already among those of the last 30 days.

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
    goal_km = round(goal_km, 2)  # a watch shows no more
    fastest = _way(longest_km, goal_km, weeks=1)
    weeks_left = None if by is None else (by - today).days // 7
    way = fastest if weeks_left is None else _way(longest_km, goal_km, weeks=weeks_left)
    weeks = tuple(
        PlannedWeek(today + timedelta(weeks=n), far, round(far + other_runs_km, 1))
        for n, far in enumerate(way, start=1)
    )
    reached = today + timedelta(weeks=len(fastest))
    if weeks_left is None:
        return RunningPlan(goal_km, weeks, reached, None, None)
    allowed = (longest_km, *fastest)[min(weeks_left, len(fastest))]
    return RunningPlan(goal_km, weeks, reached, len(fastest) <= weeks_left, allowed)


def _way(longest_km: float, goal_km: float, *, weeks: int) -> list[float]:
    """Long runs up to the goal: even steps over the weeks, none above the cap after rounding."""
    table = load_running()
    ratio = (goal_km / longest_km) ** (1 / max(1, weeks))
    far, way = longest_km, list[float]()
    while far < goal_km:
        wanted = longest_km * ratio ** (len(way) + 1)
        grain = FINE_KM if far < SHORT_KM else COARSE_KM  # so that the cap leaves room for a step
        most = floor(far * table.cap_ratio / grain + CLOSE) * grain
        far = round(min(goal_km, most, max(ceil(wanted / grain - CLOSE) * grain, far)), 2)
        way.append(far)
        if len(way) > table.record.most_weeks:
            raise MeasurementError(
                f"from {longest_km:g} to {goal_km:g} km takes more than {table.record.most_weeks} weeks; "
                "choose a nearer goal first"
            )
    return way
