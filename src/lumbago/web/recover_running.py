"""The way back to running: tests answered, the stage that they lead to, and what a flare takes back.

Answers are entries of the record that are only added; the latest count. A flare that was told after them
takes back the tests that led to the stage, and one step of the walk and run table.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import msgspec
from django.http import HttpRequest, QueryDict

from lumbago.care.prescribe import known_in
from lumbago.care.running_data import Criterion, Injury, injury, load_running_return
from lumbago.care.running_return import Answer, NextSession, Standing, next_session, standing
from lumbago.care.safety import Known
from lumbago.care.situation import situation_from
from lumbago.progress import Diary
from lumbago.web import record, recover, recover_diary
from lumbago.web.contents import running_in
from lumbago.web.models import Kind
from lumbago.web.record import Own, Reading
from lumbago.web.recover import Kept
from lumbago.web.recover_answers import RunningAnswers
from lumbago.web.recover_diary import FormError

__all__ = [
    "Way",
    "after_session",
    "answers_in",
    "criteria",
    "field",
    "keep",
    "session_in",
    "way_of",
    "with_answers",
]

MOST_PAIN = 10
#: Digits of a number that somebody types; nobody raises a heel a thousand times.
LONGEST = 3


class Way(msgspec.Struct, frozen=True):
    """Where somebody stands today.

    Attributes:
        injury: What came back or healed.
        held: What was last written down; None before the first time.
        answers: The answers that count today.
        standing: The stage that they lead to.
        step: The step of the walk and run table to do next.
        fell_back: Whether a flare since then has taken tests back.
    """

    injury: Injury
    held: RunningAnswers | None
    answers: Mapping[str, Answer]
    standing: Standing
    step: int
    fell_back: bool

    @property
    def good_sessions(self) -> int:
        """Good sessions at this step so far; a step that was taken back begins anew."""
        return self.held.good_sessions if self.held is not None and not self.fell_back else 0

    @property
    def mark(self) -> str:
        """Names the moment of what was last written down, so that a form counts once."""
        return self.held.at.isoformat() if self.held is not None else ""


def way_of(request: HttpRequest, kept: Kept) -> Way | None:
    """The way back to running of a kept plan; None if the plan has none."""
    if kept.plan.running is None:
        return None
    own, found = record.mine(request), injury(kept.plan.running)
    held, known = _latest(own, found), _known(request, kept)
    diary = recover_diary.own_diary(request) or Diary()
    if held is None:
        return Way(found, None, {}, standing(found.id, {}, known), 1, fell_back=False)
    answers = {n: a for n, a in held.answers.items() if n in criteria()}
    fell = any(c.flare and (c.day, c.at) > (held.day, held.at) for c in diary.check_ins)
    if fell:
        answers = _without_last(found, answers)
    step = min(held.step, len(load_running_return().table))
    return Way(
        found,
        held,
        answers,
        standing(found.id, answers, known),
        max(1, step - 1) if fell else step,
        fell_back=fell,
    )


def _latest(reading: Reading, found: Injury) -> RunningAnswers | None:
    held = [running_in(entry.content) for entry in record.entries(reading, Kind.RUNNING)]
    return max((h for h in held if h.injury == found.id), key=lambda h: h.at, default=None)


def _known(request: HttpRequest, kept: Kept) -> Known | None:
    """What the check behind the plan knows; None if it is gone."""
    check, wishes = recover.interview_of(request, kept), kept.wishes
    if check is None:
        return None
    return known_in(
        situation_from(
            check.assessment(), seen=wishes.seen, time=None, grade=None, facts=wishes.facts
        )
    )


def criteria() -> dict[str, Criterion]:
    """Every test by its id."""
    return {c.id: c for c in load_running_return().criteria}


def _without_last(found: Injury, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Without the tests of the stage that was reached and of the one before: they are to be passed again."""
    ids = [s.id for s in found.stages]
    at = ids.index(standing(found.id, answers).stage)
    again = {name for stage in found.stages[max(0, at - 1) :] for name in stage.to_leave}
    return {n: a for n, a in answers.items() if n not in again}


def answers_in(posted: QueryDict, way: Way) -> dict[str, Answer]:
    """The answers with what a sent form changes of them; an emptied one is taken back.

    What the form shows as it was, another window may have changed since.

    Raises:
        FormError: With a sentence for each that cannot be.
    """
    asked = {name for stage in way.injury.stages for name in stage.to_leave}
    changed = {n for n in asked if posted.get(field(n), "") != posted.get(f"was-{n}", "")}
    faults: dict[str, str] = {}
    given = {n: _answer(criteria()[n], posted, faults) for n in sorted(changed)}
    if faults:
        raise FormError(faults)
    merged = {**way.answers, **given}
    return {n: a for n, a in merged.items() if a is not None}


def field(criterion: str) -> str:
    """The name of a test's field."""
    return f"test-{criterion}"


def _answer(criterion: Criterion, posted: QueryDict, faults: dict[str, str]) -> Answer | None:
    typed = posted.get(field(criterion.id), "").strip().removesuffix("%").strip()
    if criterion.at_least is None:
        return {"yes": True, "no": False}.get(typed)
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= LONGEST):
        example = f"{criterion.at_least:g}"
        faults[criterion.id] = f"Type a whole number, for example {example}, or leave it open."
        return None
    return float(typed)


def session_in(posted: QueryDict, way: Way) -> NextSession:
    """What comes after a session of the table.

    Raises:
        FormError: With a sentence for each field that cannot be used.
    """
    faults: dict[str, str] = {}
    typed, worse = posted.get("pain", ""), posted.get("worse", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 2 and int(typed) <= MOST_PAIN):
        faults["pain"] = "Choose a number for the worst pain while running. 0 is no pain."
    if worse not in ("yes", "no"):
        faults["worse"] = "Say whether it was worse the next day."
    if faults:
        raise FormError(faults)
    return next_session(
        way.injury.id,
        way.step,
        way.good_sessions,
        pain=float(typed),
        worse_next_day=worse == "yes",
    )


def after_session(way: Way, after: NextSession) -> RunningAnswers:
    """What is written down after a session; to stop takes the tests before running back."""
    answers = dict(way.answers)
    if after.action == "done":
        answers["table_done"] = True
    if after.action == "stop":
        answers = _without_last(way.injury, answers)
    return _written(way, answers, step=after.step, good_sessions=after.good_sessions)


def with_answers(way: Way, answers: Mapping[str, Answer]) -> RunningAnswers:
    """What is written down after tests were answered."""
    return _written(way, answers, step=way.step, good_sessions=way.good_sessions)


def keep(own: Own, written: RunningAnswers) -> None:
    """Add answers to the record.

    Raises:
        UserError: If the record is full; nothing is stored then.
    """
    record.add(own, Kind.RUNNING, msgspec.to_builtins(written))


def _written(
    way: Way, answers: Mapping[str, Answer], *, step: int, good_sessions: int
) -> RunningAnswers:
    return RunningAnswers(
        at=datetime.now(UTC),
        day=date.today(),
        injury=way.injury.id,
        answers=dict(answers),
        step=step,
        good_sessions=good_sessions,
    )
