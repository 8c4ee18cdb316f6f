"""Expected courses: what a published recovery curve, or a usual time, says of a given week.

Between two published times a value is read off the straight line that joins them, and so are its limits;
real pain falls faster at first, so that the line is kind to those who start slowly. Nothing is said of a time
beyond the last published one. The limits of a curve are those of an average, not of people: `Band.means` says
so.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lumbago.errors import UnknownIdError
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.care import Course as Row
from lumbago.progress.records import Checked, Quoted, Record, read_list, refuse, unknown_sources

__all__ = ["Band", "Course", "Review", "course_for", "expected", "find_course", "load_courses"]

DAYS_PER_WEEK = 7


class Review(Record, frozen=True):
    """When to look for help if it is not going as expected, and what to do then."""

    weeks: float
    words: str
    source: str
    checked: Checked
    note: str = ""


class Course(Record, frozen=True):
    """One expected course.

    Attributes:
        topic: Topic of the evidence; its conditions are those that the course speaks for.
        kind: A `curve` over time, a `fall` per week from one's own start, or the `time` until it is over.
        measure: "pain" (0 to 10), or the id of a questionnaire.
        rows: Rows of `courses.csv` that make a curve, or (`row`) the one that gives a fall or a time.
        clock: Weeks count from the first check-in (`entry`) or from the day the pain began (`onset`).
        entry_weeks: How long the pain had lasted when the people entered the cohorts, from and to below.
        band: What the limits are; empty if none were published.
        error: Measurement error of the measure, where it is not that of pain in the low back.
    """

    id: str
    name: str
    topic: str
    kind: Literal["curve", "fall", "time"]
    review: Review
    rows: tuple[str, ...] = ()
    row: str = ""
    weeks: float | None = None
    measure: str = "pain"
    clock: Literal["entry", "onset"] = "onset"
    entry_weeks: tuple[float, float] | None = None
    grade: int | None = None
    band: str = ""
    error: Quoted | None = None
    note: str = ""

    @property
    def records(self) -> tuple[Row, ...]:
        """The rows of the evidence that it is made of, in order."""
        wanted = self.rows or (self.row,)
        by_id = {row.id: row for row in load_knowledge().care.courses}
        return tuple(by_id[name] for name in wanted)

    @property
    def conditions(self) -> list[str]:
        """Conditions that the course speaks for."""
        return load_knowledge().care.topic_by_id[self.topic].conditions

    @property
    def source(self) -> str:
        """Source of its figures."""
        return self.records[0].source

    @property
    def best(self) -> float:
        """The best value of the measure: no pain, or a full score."""
        return 0.0 if self.measure == "pain" else 100.0


@dataclass(frozen=True)
class Band:
    """What is expected at one time, in the unit of the measure.

    Attributes:
        low, high: Limits around the middle; None if none were published. `means` says what they are.
        scaled: Whether the published values were brought to the person's own start.
    """

    weeks: float
    middle: float
    low: float | None
    high: float | None
    means: str
    scaled: bool = False


@cache
def load_courses() -> tuple[Course, ...]:
    """The packaged courses, sorted by id.

    Raises:
        EvidenceError: If the file has a fault; lists every one.
    """
    courses = read_list("courses.yaml", Course)
    refuse(_faults(courses))
    return courses


def find_course(name: str) -> Course:
    """One course by its id.

    Raises:
        UnknownIdError: If there is none; names those there are.
    """
    for course in load_courses():
        if course.id == name:
            return course
    known = ", ".join(course.id for course in load_courses())
    raise UnknownIdError(f"there is no expected course {name!r}; there are {known}")


def course_for(condition: str, weeks_at_entry: float, *, grade: int | None = None) -> Course | None:
    """The course to compare a person with, if one was published for their condition.

    Args:
        condition: Id of the likeliest cause.
        weeks_at_entry: How long the pain had lasted at the first check-in.
        grade: Grade of a muscle strain, 1 to 3; without it a strain has no course.
    """
    for course in load_courses():
        low, high = course.entry_weeks or (0, float("inf"))
        fits = condition in course.conditions and low <= weeks_at_entry < high
        if fits and course.measure == "pain" and course.grade == grade:
            return course
    return None


def expected(
    name: str, weeks: float, start: float | None = None, *, start_week: float = 0.0
) -> Band | None:
    """What a course says of one time.

    Args:
        name: Id of the course, such as "low_back_acute".
        weeks: Weeks since its clock began.
        start: The person's own value at `start_week`. Published values are then scaled so that the curve passes
            through it: the distance from the best value keeps its proportion, as published falls are
            often given in percent of the first score (Pengel 2003).
        start_week: When that was, in weeks since the clock began.

    Returns:
        The band at that time; None before 0, beyond the last published time, and where a fall has no start.
        For a course of kind `time` the middle is the usual time itself, in weeks.

    Raises:
        UnknownIdError: If there is no such course.
    """
    course = find_course(name)
    if weeks < 0:
        return None
    if course.kind == "time":
        return _usual_time(course)
    if course.kind == "fall":
        return _fall(course, weeks - start_week, start)
    band = _on_curve(course, weeks)
    if band is None or start is None:
        return band
    return _scaled(course, band, start, start_week)


def _usual_time(course: Course) -> Band:
    row = course.records[0]
    return Band(
        weeks=(row.value or 0) / DAYS_PER_WEEK,
        middle=(row.value or 0) / DAYS_PER_WEEK,
        low=None if row.low is None else row.low / DAYS_PER_WEEK,
        high=None if row.high is None else row.high / DAYS_PER_WEEK,
        means=course.band,
    )


def _fall(course: Course, weeks: float, start: float | None) -> Band | None:
    row = course.records[0]
    if start is None or course.weeks is None or not 0 <= weeks <= course.weeks:
        return None
    slow, middle, fast = (
        max(0.0, start - weeks * (fall or 0) * _to_unit(course, row))
        for fall in (row.low, row.value, row.high)
    )
    return Band(weeks, middle, low=fast, high=slow, means=course.band, scaled=True)


def _on_curve(course: Course, weeks: float) -> Band | None:
    rows = course.records
    times = [row.weeks or 0.0 for row in rows]
    if not times[0] <= weeks <= times[-1]:
        return None
    right = min(max(bisect_right(times, weeks), 1), len(rows) - 1)
    before, after = rows[right - 1], rows[right]
    share = (weeks - times[right - 1]) / (times[right] - times[right - 1])
    unit = _to_unit(course, before)

    def between(a: float | None, b: float | None) -> float | None:
        return None if a is None or b is None else unit * (a + share * (b - a))

    middle = between(before.value, after.value)
    return Band(
        weeks,
        middle if middle is not None else 0.0,
        between(before.low, after.low),
        between(before.high, after.high),
        course.band,
    )


def _scaled(course: Course, band: Band, start: float, start_week: float) -> Band | None:
    first = _on_curve(course, start_week)
    if first is None:
        return None
    ratio = (start - course.best) / (first.middle - course.best)
    worst = 10.0 if course.measure == "pain" else 0.0
    bounds = sorted((course.best, worst))

    def to_own(value: float) -> float:
        return min(max(course.best + ratio * (value - course.best), bounds[0]), bounds[1])

    low, high = (None if v is None else to_own(v) for v in (band.low, band.high))
    return Band(band.weeks, to_own(band.middle), low, high, band.means, scaled=True)


def _to_unit(course: Course, row: Row) -> float:
    """Published pain is mostly of 100, a diary's of 10; a questionnaire keeps its own unit."""
    return 0.1 if course.measure == "pain" and "100" in row.unit else 1.0


def _faults(courses: tuple[Course, ...]) -> Iterator[str]:
    knowledge = load_knowledge()
    rows = {row.id: row for row in knowledge.care.courses}
    ids = [course.id for course in courses]
    if ids != sorted(set(ids)):
        yield "courses.yaml: sort by id, each once"
    for course in courses:
        where = f"courses.yaml: {course.id}"
        if course.topic not in knowledge.care.topic_by_id:
            yield f"{where}: unknown topic {course.topic}"
        named = course.rows or (course.row,)
        yield from (f"{where}: unknown row {name}" for name in named if name not in rows)
        if (course.kind == "curve") != bool(course.rows):
            yield f"{where}: a curve has rows, the others one row"
        used = [rows[name] for name in named if name in rows]
        yield from (f"{where}: row {row.id} has no value" for row in used if row.value is None)
        times = [-1.0 if row.weeks is None else row.weeks for row in used]
        if course.kind == "curve" and (min(times) < 0 or times != sorted(set(times))):
            yield f"{where}: rows of a curve need times, in order"
        limited = any(row.low is not None for row in used)
        if limited != bool(course.band):
            yield f"{where}: say in band what the limits are, if there are any"
        quoted = course.error.source if course.error else None
        yield from unknown_sources(where, (course.review.source, quoted), knowledge.source_by_id)
