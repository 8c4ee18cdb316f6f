"""The weeks of a log, or of a plan, as bars."""

from lumbago.errors import MeasurementError
from lumbago.prevention.bars_picture import bars_svg
from lumbago.prevention.running import RunningLoad
from lumbago.prevention.running_plan import RunningPlan

__all__ = ["plan_svg", "weeks_svg"]

WEEKS = 26


def weeks_svg(load: RunningLoad) -> str:
    """The distance of each of the last 26 weeks of a log.

    Args:
        load: The log judged.

    Returns:
        A whole SVG document with a title and a description in words.
    """
    weeks = load.weeks[-WEEKS:]
    rows = [
        (f"week of {week.monday:%-d %b %Y}", week.distance_km, f"{week.distance_km:.1f} km")
        for week in weeks
    ]
    most = max(weeks, key=lambda week: week.distance_km)
    return bars_svg(
        rows,
        title="Running, week by week",
        heading="Distance of each week",
        words=f"{len(weeks)} weeks; the longest is that of {most.monday:%-d %B %Y} "
        f"with {most.distance_km:.1f} km.",
    )


def plan_svg(plan: RunningPlan) -> str:
    """The long run of each week of a plan; as `weeks_svg`.

    Raises:
        MeasurementError: If the plan has no week, because that far was run already.
    """
    if not plan.weeks:
        raise MeasurementError(
            "the goal is no jump, so there is no plan to draw; leave -o or --goal out"
        )
    rows = [
        (f"by {week.day:%-d %b %Y}", week.long_run_km, f"{week.long_run_km:.1f} km")
        for week in plan.weeks
    ]
    return bars_svg(
        rows,
        title=f"A way to {plan.goal_km:g} km",
        heading=f"The long run of each week on a way to {plan.goal_km:g} km",
        words=f"{len(rows)} weeks, up to {plan.weeks[-1].long_run_km:.1f} km.",
    )
