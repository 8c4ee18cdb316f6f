"""Where a person stands on an expected course: ahead, as expected, behind, or nobody can say.

A published curve is brought to the person's own start (`courses.expected`). Their usual pain is the mean of
the last seven days; one rating can be off by the measurement error of the scale, the mean of several by less.
They are behind only if their usual pain lies above the expected band by more than that, and ahead only if it
lies below by more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Literal

from lumbago.progress.courses import (
    DAYS_PER_WEEK,
    Band,
    Course,
    course_for,
    expected,
    find_course,
    load_courses,
)
from lumbago.progress.diary import CheckIn, Diary
from lumbago.progress.proms import find_prom

__all__ = [
    "Standing",
    "course_of",
    "error_of",
    "recovered",
    "standing",
    "start_of",
    "usual",
    "weeks_at",
]

Verdict = Literal["ahead", "as_expected", "behind", "cannot_say"]
WINDOW = timedelta(days=7)
#: Days next to each other are alike, so that more than four ratings in a week add nothing (judgement).
MOST_COUNTED = 4
#: A flare that has not settled in this time is no longer set aside (judgement).
FLARE_LASTS = timedelta(days=14)
#: Pain that rounds to 0 is what people with low back pain call recovered (kamper_2010); that it also stops them
#: hardly at all is judgement.
RECOVERED_PAIN, RECOVERED_STOPS = 0.5, 1.0


@dataclass(frozen=True)
class Standing:
    """Where a person stands, and why.

    Attributes:
        weeks: Weeks since the clock of the course began.
        value: The person's usual value now, in the unit of the measure.
        band: What was expected; None where nothing is known of that time.
        reasons: Sentences that say how this was judged, most telling first.
    """

    verdict: Verdict
    course: Course | None
    weeks: float | None
    value: float | None
    band: Band | None
    reasons: tuple[str, ...]


def standing(diary: Diary, course: Course | None, today: date) -> Standing:
    """Where a person stands on a course.

    Args:
        course: The course to compare with; `course_of(diary)` chooses one.
        today: The day on which this is asked.
    """
    past = [c for c in diary.check_ins if c.day <= today]
    if course is None:
        return _nobody(None, None, None, _without_course(diary))
    if diary.about is None or not past:
        return _nobody(course, None, None, "There is no check-in yet.")
    if course.measure != "pain":
        return _by_score(diary, course, today)
    weeks = weeks_at(diary, course, today)
    value = usual(past, today)
    if value is None:
        return _nobody(
            course, weeks, None, "There was no check-in in the last 7 days; add one to see."
        )
    if course.kind == "time":
        return _by_time(course, weeks, value, past, today)
    if _in_flare(past, today):
        return _nobody(
            course, weeks, value, "You are in a flare. Look again when it has settled for a week."
        )
    return _on_curve(diary, course, weeks, value, past, today)


def course_of(diary: Diary, *, grade: int | None = None) -> Course | None:
    """The course of a diary: the one it names, or the one of its condition; None if there is none."""
    about = diary.about
    if about is None:
        return None
    if about.course is not None:
        return find_course(about.course)
    if about.condition is None:
        return None
    entry = diary.check_ins[0].day if diary.check_ins else about.at.date()
    weeks = max((entry - about.began).days, 0) / DAYS_PER_WEEK
    return course_for(about.condition, weeks, grade=grade)


def usual(check_ins: Sequence[CheckIn], today: date) -> float | None:
    """Mean pain of the seven days up to today; None without a check-in in them."""
    recent = _recent(check_ins, today)
    return sum(c.pain for c in recent) / len(recent) if recent else None


def start_of(check_ins: Sequence[CheckIn]) -> float | None:
    """Mean pain of the first three check-ins of the first week; None if there is none."""
    if not check_ins:
        return None
    first = [c.pain for c in check_ins if c.day < check_ins[0].day + WINDOW][:3]
    return sum(first) / len(first)


def weeks_at(diary: Diary, course: Course, day: date) -> float:
    """Weeks on the clock of the course: since the first check-in, or since the pain began."""
    entry = diary.check_ins[0].day if diary.check_ins else day
    began = diary.about.began if diary.about else entry
    start = entry if course.clock == "entry" else min(began, entry)
    return (day - start).days / DAYS_PER_WEEK


def error_of(course: Course | None, count: int) -> float:
    """Measurement error of the mean of several ratings of pain, in points of 10.

    The error of one rating is 2 points in the low back (childs_2005, seen), 4 in the neck (kovacs_2008, seen).
    """
    own = course.error if course and course.error else find_prom("nprs").detectable
    return (own.value if own else 0.0) / sqrt(min(max(count, 1), MOST_COUNTED))


def recovered(check_ins: Sequence[CheckIn], today: date) -> bool:
    """Whether the last seven days were as those of people who call themselves recovered."""
    recent = _recent(check_ins, today)
    if not recent:
        return False
    stops = sum(c.stops for c in recent) / len(recent)
    pain = sum(c.pain for c in recent) / len(recent)
    return pain < RECOVERED_PAIN and stops <= RECOVERED_STOPS


def _without_course(diary: Diary) -> str:
    condition = diary.about.condition if diary.about else None
    graded = [c.id for c in load_courses() if c.grade and condition in c.conditions]
    if graded:
        return (
            f"How long this takes depends on its grade; name it as the course: {', '.join(graded)}."
        )
    if condition is None:
        return "Name the likeliest cause, or a course, to see what is expected."
    return "No study gives an expected course for this cause."


def _on_curve(
    diary: Diary,
    course: Course,
    weeks: float,
    value: float,
    past: Sequence[CheckIn],
    today: date,
) -> Standing:
    if today < past[0].day + WINDOW:
        return _nobody(course, weeks, value, "It is too early to say; look again after a week.")
    start = start_of(past)
    band = expected(course.id, weeks, start, start_week=weeks_at(diary, course, past[0].day))
    if band is None:
        return _nobody(course, weeks, value, "Nobody has published what is usual by now.")
    error = error_of(course, len(_recent(past, today)))
    reasons = [
        f"Your usual pain is {value:.1f} of 10. From where you began, {_limits(band)} is usual by "
        f"week {weeks:.0f}.",
        f"A difference of up to {error:.1f} can come by chance.",
        f"The band is {band.means}.",
    ]
    return Standing(_verdict(value, band, error), course, weeks, value, band, tuple(reasons))


def _verdict(value: float, band: Band, error: float) -> Verdict:
    """For a measure of which less is better."""
    if value - error > (band.middle if band.high is None else band.high):
        return "behind"
    if value + error < (band.middle if band.low is None else band.low):
        return "ahead"
    return "as_expected"


def _by_time(
    course: Course, weeks: float, value: float, past: Sequence[CheckIn], today: date
) -> Standing:
    band = expected(course.id, max(weeks, 0.0))
    if band is None:
        return _nobody(course, weeks, value, "Nobody has published what is usual by now.")
    over = recovered(past, today)
    verdict: Verdict = "as_expected"
    if over and band.low is not None and weeks < band.low:
        verdict = "ahead"
    elif not over and weeks > (band.middle if band.high is None else band.high):
        verdict = "cannot_say" if band.high is None else "behind"
    state = "Your pain has gone." if over else f"Your usual pain is {value:.1f} of 10."
    reasons = [f"{state} {_usual_time(course, band)} It is week {weeks:.0f} now."]
    if verdict == "cannot_say":
        reasons.append("No study says how much longer is still usual; many people take longer.")
    return Standing(verdict, course, weeks, value, band, tuple(reasons))


def _by_score(diary: Diary, course: Course, today: date) -> Standing:
    """On a curve of a questionnaire of which more is better."""
    scores = [a for a in diary.scores(course.measure) if a.day <= today]
    prom = find_prom(course.measure)
    if len(scores) < 2:
        return _nobody(course, None, None, f"It takes two scores of {prom.name} to say.")
    weeks = (scores[-1].day - scores[0].day).days / DAYS_PER_WEEK
    band = expected(course.id, weeks, scores[0].value)
    margin = prom.detectable or prom.important
    if band is None or margin is None:
        return _nobody(course, weeks, scores[-1].value, "Nobody has published what is usual now.")
    value = scores[-1].value
    away = value - band.middle
    verdict: Verdict = "as_expected"
    if abs(away) > margin.value:
        verdict = "ahead" if away > 0 else "behind"
    reasons = (
        f"Your score is {value:.0f}; from where you began, {band.middle:.0f} is the average by week "
        f"{weeks:.0f}. No band was published, so a difference of up to {margin.value:g} is set aside.",
    )
    return Standing(verdict, course, weeks, value, band, reasons)


def _usual_time(course: Course, band: Band) -> str:
    row = course.records[0]
    if row.statistic == "median":
        return f"Half of those studied were there by week {band.middle:.0f}."
    if band.low is None or band.high is None:
        return f"On average it takes {band.middle:.0f} weeks."
    return f"It usually takes {band.low:.0f} to {band.high:.0f} weeks."


def _limits(band: Band) -> str:
    if band.low is None or band.high is None:
        return f"about {band.middle:.1f}"
    return f"{band.low:.1f} to {band.high:.1f}"


def _in_flare(past: Sequence[CheckIn], today: date) -> bool:
    flares = [c.day for c in past if c.flare]
    return (
        bool(flares) and today - flares[-1] < WINDOW and _flare_began(flares) > today - FLARE_LASTS
    )


def _flare_began(flares: Sequence[date]) -> date:
    """First day of the run of flares that ends with the last one; a week without one ends a run."""
    began = flares[-1]
    for day in reversed(flares):
        if began - day >= WINDOW:
            break
        began = day
    return began


def _recent(check_ins: Sequence[CheckIn], today: date) -> list[CheckIn]:
    return [c for c in check_ins if today - WINDOW < c.day <= today]


def _nobody(
    course: Course | None, weeks: float | None, value: float | None, reason: str
) -> Standing:
    return Standing("cannot_say", course, weeks, value, None, (reason,))
