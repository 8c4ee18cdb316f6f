"""What a diary says today, in the order in which a person needs it: danger, help, then how it goes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from lumbago.progress.change import Change, change_of
from lumbago.progress.courses import Course
from lumbago.progress.danger import HELP_TODAY, Reassess, reassess
from lumbago.progress.diary import Diary
from lumbago.progress.messages import (
    FLARE,
    WORSE,
    needs_review,
    recovered_words,
    review_words,
    standing_words,
)
from lumbago.progress.proms import find_prom
from lumbago.progress.scoring import score
from lumbago.progress.standing import (
    Standing,
    course_of,
    error_of,
    recovered,
    standing,
    start_of,
    usual,
)

__all__ = ["Message", "Outlook", "outlook"]

Kind = Literal[
    "danger", "review", "worse", "flare", "recovered", "change", "standing", "score", "next_step"
]
WEEK = timedelta(days=7)
RECENT = timedelta(days=28)


@dataclass(frozen=True)
class Message:
    """Something to tell the person, and what kind of thing it is."""

    kind: Kind
    words: str


@dataclass(frozen=True)
class Outlook:
    """What a diary says on one day.

    Attributes:
        danger: What new danger signs ask for, if there are any.
        pain: Change of the usual pain since the start; None without check-ins at both ends.
        scores: Change of each questionnaire since it was first answered.
        messages: All of this in words, most urgent first. With a sign that needs help today it is the only one.
    """

    today: date
    danger: Reassess | None
    standing: Standing
    pain: Change | None
    scores: tuple[Change, ...]
    messages: tuple[Message, ...]

    def to_dict(self) -> dict[str, Any]:
        """The outlook as plain values (schema `lumbago/outlook/1`)."""
        band = self.standing.band
        return {
            "schema": "lumbago/outlook/1",
            "today": self.today.isoformat(),
            "danger": None if self.danger is None else self.danger.level,
            "standing": self.standing.verdict,
            "course": self.standing.course.id if self.standing.course else None,
            "weeks": self.standing.weeks,
            "usual": self.standing.value,
            "expected": None if band is None else [band.low, band.middle, band.high],
            "reasons": list(self.standing.reasons),
            "messages": [{"kind": m.kind, "words": m.words} for m in self.messages],
        }


def outlook(
    diary: Diary, today: date, *, course: Course | None = None, grade: int | None = None
) -> Outlook:
    """What the diary says today.

    Args:
        course: The course to compare with; chosen from the diary if left out.
        grade: Grade of a muscle strain, 1 to 3, where that decides the course.
    """
    chosen = course or course_of(diary, grade=grade)
    stands = standing(diary, chosen, today)
    danger = reassess(diary, today)
    pain = _pain(diary, chosen, today)
    scores = tuple(_scores(diary, today))
    messages = tuple(_messages(diary, today, stands, danger, pain, scores))
    return Outlook(today, danger, stands, pain, scores, messages)


def _messages(
    diary: Diary,
    today: date,
    stands: Standing,
    danger: Reassess | None,
    pain: Change | None,
    scores: tuple[Change, ...],
) -> Iterator[Message]:
    if danger is not None:
        yield Message("danger", danger.words)
        if danger.level in HELP_TODAY:
            return  # nothing else may draw the eye away from it
    past = [c for c in diary.check_ins if c.day <= today]
    flaring = any(c.flare for c in past if today - WEEK < c.day)
    over = recovered(past, today)
    if needs_review(stands, pain, set_aside=over or flaring):
        yield Message("review", review_words(stands))
    if pain is not None and pain.better < 0 and pain.beyond_error and not flaring:
        yield Message("worse", WORSE)
    if flaring:
        yield Message("flare", FLARE)
    if over:
        yield Message("recovered", recovered_words(stands.course))
    if pain is not None:
        yield Message("change", pain.words)
    yield Message("standing", standing_words(stands, over=over))
    yield from (Message("score", change.words) for change in scores)
    yield from (Message("next_step", words) for words in _next_steps(diary, today))


def _pain(diary: Diary, course: Course | None, today: date) -> Change | None:
    past = [c for c in diary.check_ins if c.day <= today]
    start, now = start_of(past), usual(past, today)
    if start is None or now is None or today < past[0].day + WEEK:
        return None
    count = len([c for c in past if today - WEEK < c.day])
    error = error_of(course, min(count, 3))  # the start is a mean of three at most
    return change_of(find_prom("nprs"), start, now, error=error, label="Your usual pain")


def _scores(diary: Diary, today: date) -> Iterator[Change]:
    for name in dict.fromkeys(a.prom for a in diary.answered):
        past = [a for a in diary.scores(name) if a.day <= today]
        if len(past) > 1:
            yield change_of(find_prom(name), past[0].value, past[-1].value)


def _next_steps(diary: Diary, today: date) -> Iterator[str]:
    """What the latest score of each questionnaire calls for, for as long as it is recent."""
    for name in dict.fromkeys(a.prom for a in diary.answered):
        past = [a for a in diary.scores(name) if a.day <= today]
        if past and today - past[-1].day < RECENT:
            words = score(name, past[-1].answers).next_step
            if words:
                yield words
