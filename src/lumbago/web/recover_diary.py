"""A person's diary on its pages: what a form says, what the last check knew, and which day it is."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

import msgspec
from django.conf import settings
from django.http import HttpRequest, QueryDict

from lumbago.assessment import Interview
from lumbago.care.exercises import load_exercises
from lumbago.case import Case
from lumbago.errors import UserError
from lumbago.knowledge.schema import Finding
from lumbago.progress import About, CheckIn, Course, Diary, danger_signs, load_courses, reassess
from lumbago.progress.danger import HELP_TODAY, Reassess
from lumbago.web import recover, tracking, visits
from lumbago.web.people import person_of
from lumbago.web.record import Reading, mine
from lumbago.web.visits import Step

__all__ = [
    "FormError",
    "about_of",
    "alarm_of",
    "begun",
    "check_in_in",
    "checked_step",
    "graded",
    "help_today",
    "judged",
    "latest_day",
    "newer_check",
    "offered",
    "own_diary",
    "sent_again",
    "today_for",
]

#: Where on Earth it is latest: there it is already the day after the one in UTC.
FURTHEST_EAST = timedelta(hours=14)
UNITS: Mapping[str, int] = {"days": 1, "weeks": 7, "months": 30, "years": 365}
MOST_DAYS = 100 * 365
#: Two forms that say the same within this time are one form that was sent twice.
SAME = timedelta(minutes=2)
LONGEST_LINE, LONGEST_NOTE = 200, 2000
#: Signs that a list of examples names first: those that a person is least likely to think of by themselves.
FIRST_SIGNS = (
    "saddle_numbness",
    "bladder_retention",
    "bowel_incontinence",
    "cold_pale_foot",
    "whole_leg_swollen",
    "leg_weakness_severe_or_progressive",
    "chest_pressure",
    "breathlessness",
    "fever",
)


class FormError(UserError):
    """Fields of a form that cannot be used, each with its sentence."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def own_diary(request: HttpRequest) -> Diary | None:
    """The diary of whoever asks; None before it is begun. Looking begins no record.

    Raises:
        NoRecordError: If there is nobody whose diary it could be.
    """
    person = person_of(request)
    if person is None and not recover.can_keep(request):
        mine(request)  # says what is missing: an account, or a site that keeps records
    found = tracking.diary(Reading(person)) if person is not None else Diary()
    return found if found.about is not None else None


def latest_day() -> date:
    """The last day that a form may name: today here, or where it is latest if people are elsewhere."""
    if settings.ENVIRONMENT.own_machine:
        return date.today()
    return (datetime.now(UTC) + FURTHEST_EAST).date()


def today_for(diary: Diary) -> date:
    """Today, or the day of the last check-in where the person is a day ahead of this machine."""
    return max([date.today(), *(c.day for c in diary.check_ins[-1:])])


def begun(posted: QueryDict, today: date) -> date:
    """The day on which the pain began, from "3 weeks".

    Raises:
        FormError: If it is no such time.
    """
    typed, unit = posted.get("ago", "").strip(), UNITS.get(posted.get("unit", ""), 1)
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 5):
        raise FormError({"ago": "Type how long ago it began as a whole number, for example 3."})
    if int(typed) * unit > MOST_DAYS:
        raise FormError({"ago": "That is longer ago than a life. Check the number and the unit."})
    return today - timedelta(days=int(typed) * unit)


def judged(step: Step) -> bool:
    """Whether a check has judged danger signs in full, and none of them calls for help today."""
    answer = step.interview.assessment().disposition
    return not answer["provisional"] and answer["level"] not in HELP_TODAY


def about_of(step: Step | None, began: date, now: datetime) -> About:
    """What is tracked, as a check knows it; of a person without a check only the day it began."""
    if step is None:
        return About(at=now, began=began)
    case, answer = step.interview.intake.case, step.interview.assessment().to_dict()
    likely = [] if answer["out_of_scope"] else answer["differential"]
    return About(
        at=now,
        began=began,
        condition=likely[0]["condition"] if likely else None,
        age=case.age,
        sex=case.sex,
        regions=case.regions,
        findings=dict(case.findings),
        assessed=step.visit.changed if judged(step) else None,
    )


def checked_step(request: HttpRequest) -> Step | None:
    """The check of this browser, if there is one with something to go by."""
    if not visits.under_way(request):
        return None
    step = visits.current(request)
    return step if _tells(step.interview) else None


def _tells(interview: Interview) -> bool:
    return bool(interview.pages or interview.drawing or interview.text)


def newer_check(request: HttpRequest, diary: Diary) -> Step | None:
    """A check that is newer than what the diary goes by."""
    step, about = checked_step(request), diary.about
    if step is None or about is None or step.visit.changed <= about.at:
        return None
    return step


def graded(diary: Diary) -> tuple[Course, ...]:
    """Courses between which only the grade of a tear decides, until the person has named it."""
    about = diary.about
    if about is None or about.course is not None:
        return ()
    return tuple(c for c in load_courses() if c.grade and about.condition in c.conditions)


def alarm_of(diary: Diary) -> Reassess | None:
    """What danger signs that nobody has judged yet ask for."""
    return reassess(diary, today_for(diary))


def help_today(alarm: Reassess | None) -> bool:
    """Whether an alarm does not wait for another day."""
    return alarm is not None and alarm.level in HELP_TODAY


def offered(diary: Diary) -> tuple[tuple[Finding, ...], list[str]]:
    """The danger signs of a check-in, and the names of a few of them for a sentence."""
    about = diary.about
    signs = danger_signs(about.case if about is not None else Case())
    by_id = {sign.id: sign for sign in signs}
    first = [by_id.pop(name) for name in FIRST_SIGNS if name in by_id]
    return (*first, *by_id.values()), [sign.name.lower() for sign in first[:5]]


def check_in_in(
    posted: QueryDict, now: datetime, *, last: date, offered_signs: tuple[Finding, ...]
) -> CheckIn:
    """A check-in from its form.

    Args:
        posted: The fields.
        last: Last day that it may be about.
        offered_signs: The danger signs that the form lists.

    Raises:
        FormError: With a sentence for each field that cannot be used.
    """
    faults: dict[str, str] = {}
    ratings = dict(_ratings(posted, faults))
    day = _day(posted.get("day", ""), last, faults)
    signs = tuple(s.id for s in offered_signs if s.id in posted.getlist("sign"))
    if not signs and posted.get("new") != "no":
        faults["new"] = (
            "Tick what is new, or choose “No, nothing new”."
            if posted.get("new") == "yes"
            else "Say whether anything on the list is new. “No, nothing new” is an answer."
        )
    if faults:
        raise FormError(faults)
    return CheckIn(
        at=now,
        day=day,
        pain=ratings["pain"] or 0,
        stops=ratings["stops"] or 0,
        done=_words(posted, "done", LONGEST_LINE),
        exercises=tuple(n for n in posted.getlist("exercise") if n in load_exercises()),
        pain_during=ratings["pain_during"],
        pain_after=ratings["pain_after"],
        effort=ratings["effort"],
        medicines=tuple(_listed(_words(posted, "medicines", LONGEST_LINE))),
        notes=_words(posted, "notes", LONGEST_NOTE),
        flare="flare" in posted,
        danger_signs=signs,
    )


def sent_again(diary: Diary, check_in: CheckIn) -> bool:
    """Whether the same was written a moment ago: an impatient finger, not a second check-in."""
    return any(
        check_in.at - held.at < SAME and msgspec.structs.replace(check_in, at=held.at) == held
        for held in diary.written[-3:]
    )


def _ratings(posted: QueryDict, faults: dict[str, str]) -> Iterator[tuple[str, int | None]]:
    asked = {
        "pain": "Choose a number for your pain. 0 is no pain.",
        "stops": "Choose a number for how much it stops you. 0 is not at all.",
    }
    for name in ("pain", "stops", "pain_during", "pain_after", "effort"):
        typed = posted.get(name, "")
        if typed.isascii() and typed.isdigit() and len(typed) <= 2 and int(typed) <= 10:
            yield name, int(typed)
            continue
        if name in asked:
            faults[name] = asked[name]
        elif typed:
            faults[name] = "Choose a number from 0 to 10, or leave it open."
        yield name, None


def _day(typed: str, last: date, faults: dict[str, str]) -> date:
    if not typed:
        return min(date.today(), last)
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        faults["day"] = f"Give the day as a date, for example {last.isoformat()}."
        return last
    if day > last:
        faults["day"] = f"{day:%-d %B %Y} is still to come. Choose today or a day before."
    elif (last - day).days > MOST_DAYS:
        faults["day"] = "That day is too long ago. Check the year."
    return day


def _words(posted: QueryDict, name: str, longest: int) -> str:
    return posted.get(name, "").replace("\r\n", "\n").strip()[:longest]


def _listed(words: str) -> Iterator[str]:
    yield from (part.strip() for part in words.replace("\n", ",").split(",") if part.strip())
