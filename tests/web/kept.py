"""A plan that is kept in a record of this process, with a diary beside it."""

from datetime import UTC, date, datetime, timedelta

from lumbago.care.stages import Time
from lumbago.care.week_values import Week, read_week
from lumbago.progress import About
from lumbago.web import record, tracking
from tests.web.recovery import made_plan

__all__ = ["keep_plan", "usual_week"]


def keep_plan(
    own: record.Own,
    *,
    since: date,
    pain_began: date,
    condition: str = "lumbar_muscle_strain",
    time: Time = "weeks_to_6",
) -> None:
    """Put a plan into a record, for a strained back unless told, and begin a diary beside it."""
    content = made_plan(since, condition, time)
    record.change_plan(own, lambda _: content)
    at = datetime.combine(pain_began, datetime.min.time(), UTC) + timedelta(days=1)
    about = About(at=at, began=pain_began, condition=condition, age=45, sex="female")
    tracking.start(own, about)


def usual_week(own: record.Own) -> Week:
    """The week as it is stored."""
    stored = record.plan(own)
    assert stored is not None
    return read_week(dict(stored.content)["week"])
