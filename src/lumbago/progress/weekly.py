"""A diary week by week beside what was expected: the table that belongs to a chart, and its numbers."""

from dataclasses import dataclass
from datetime import date, timedelta

from lumbago.progress.courses import DAYS_PER_WEEK, Band, Course, expected
from lumbago.progress.diary import CheckIn, Diary
from lumbago.progress.standing import start_of, usual, weeks_at

__all__ = ["Week", "expected_at", "weekly"]


@dataclass(frozen=True)
class Week:
    """One week of a diary, from `first` to `last`; expected pain is that of its last day.

    Attributes:
        usual: Mean pain of the week, 0 to 10; None without a check-in.
        count: Check-ins in it.
        low, high: Limits of what was expected; None where nothing is known.
    """

    number: int
    first: date
    last: date
    usual: float | None
    count: int
    low: float | None
    high: float | None
    flare: bool
    danger_signs: tuple[str, ...]

    @property
    def words(self) -> str:
        """The week in a sentence, for people who cannot see the chart."""
        own = "no check-in" if self.usual is None else f"usual pain {self.usual:.1f} of 10"
        band = ""
        if self.low is not None and self.high is not None:
            band = f"; {self.low:.1f} to {self.high:.1f} was expected"
        extra = ("; a flare" if self.flare else "") + (
            "; a danger sign" if self.danger_signs else ""
        )
        return f"Week {self.number}: {own}{band}{extra}."


def weekly(diary: Diary, course: Course | None, today: date) -> tuple[Week, ...]:
    """The weeks from the first check-in up to today."""
    past = [c for c in diary.check_ins if c.day <= today]
    if not past:
        return ()
    begin = past[0].day
    count = (today - begin).days // DAYS_PER_WEEK + 1
    return tuple(_week(diary, course, past, begin, number) for number in range(1, count + 1))


def expected_at(diary: Diary, course: Course | None, day: date) -> Band | None:
    """What a course that measures pain expects on a day, from the person's own start."""
    past = diary.check_ins
    if course is None or course.measure != "pain" or course.kind == "time" or not past:
        return None
    begin = weeks_at(diary, course, past[0].day)
    return expected(course.id, weeks_at(diary, course, day), start_of(past), start_week=begin)


def _week(
    diary: Diary, course: Course | None, past: list[CheckIn], begin: date, number: int
) -> Week:
    first = begin + timedelta(days=DAYS_PER_WEEK * (number - 1))
    last = first + timedelta(days=DAYS_PER_WEEK - 1)
    own = [c for c in past if first <= c.day <= last]
    band = expected_at(diary, course, last)
    return Week(
        number=number,
        first=first,
        last=last,
        usual=usual(own, last),
        count=len(own),
        low=band.low if band else None,
        high=band.high if band else None,
        flare=any(c.flare for c in own),
        danger_signs=tuple(dict.fromkeys(s for c in own for s in c.danger_signs)),
    )
