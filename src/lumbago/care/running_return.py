"""The way back to running after an injury of the calf, the heel cord or the shin: tests, not the calendar.

>>> standing("calf_strain", {"no_limp": True}).stage
'strengthen'

A test that was not answered is not passed. How far a single run may go follows the limit of
`lumbago.prevention.running_spikes`: a tenth more than the longest run of the last 30 days.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from lumbago.care.running_data import (
    Criterion,
    Injury,
    RunningAnswerError,
    RunningStage,
    injury,
    injury_for,
    load_running_return,
)
from lumbago.care.running_sessions import (
    NextSession,
    RunWeek,
    TableStep,
    next_session,
    run_week,
    walk_run_table,
)
from lumbago.care.safety import Known, excluded
from lumbago.errors import UnknownIdError

__all__ = [
    "RUNNING",
    "Answer",
    "NextSession",
    "RunWeek",
    "RunningAnswerError",
    "Standing",
    "TableStep",
    "injury",
    "injury_for",
    "next_session",
    "run_week",
    "standing",
    "walk_run_table",
]

Answer = bool | float
#: The exercise that is running itself.
RUNNING = "return_to_run"
MOST = 1000


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody stands on the way back, and what is still to pass before the next stage.

    `because` says what forbids running whatever was passed.
    """

    injury: str
    stage: str
    name: str
    todo: str
    exercises: tuple[str, ...]
    passed: tuple[str, ...]
    missing: tuple[Criterion, ...]
    may_run: bool
    because: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The standing as plain values."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return {"schema": "lumbago/running-return/1", **plain}


def standing(injury_id: str, answers: Mapping[str, Answer], known: Known | None = None) -> Standing:
    """The furthest stage whose earlier tests are all passed.

    Args:
        injury_id: calf_strain, achilles_tendinopathy, tibial_stress_injury or shin_splints.
        answers: Id of a criterion to yes or no, or to a number; what is left out is not passed.
        known: What is known of the person; exercises that it forbids are left out, and so is running.

    Raises:
        UnknownIdError: If there is no such injury or criterion.
        RunningAnswerError: If an answer is of the wrong kind.
    """
    found = injury(injury_id)
    criteria = {c.id: c for c in load_running_return().criteria}
    for name, answer in answers.items():
        _check(name, answer, criteria)
    passed = {n for n, answer in answers.items() if _passes(criteria[n], answer)}
    at = next(s for s in found.stages if not s.to_leave or not set(s.to_leave) <= passed)
    forbidden = excluded(_ready(known)) if known is not None else {}
    return Standing(
        injury=found.id,
        stage=at.id,
        name=at.name,
        todo=at.todo,
        exercises=tuple(name for name in at.exercises if name not in forbidden),
        passed=tuple(n for n in criteria if n in passed),
        missing=tuple(criteria[n] for n in at.to_leave if n not in passed),
        may_run=_reached(found, at, "walk_run") and RUNNING not in forbidden,
        because=tuple(reason.reason for reason in forbidden.get(RUNNING, ())),
    )


def _ready(known: Known) -> Known:
    """What is known, taking the tests as passed: it is they that are judged here."""
    return replace(known, case=known.case.having({"ready_to_run": "yes"}))


def _check(name: str, answer: Answer, criteria: Mapping[str, Criterion]) -> None:
    if name not in criteria:
        raise UnknownIdError(f"there is no test {name!r}; it is one of {', '.join(criteria)}")
    counted = criteria[name].at_least is not None
    if counted and (isinstance(answer, bool) or not 0 <= answer <= MOST):
        raise RunningAnswerError(f"{name}: give a number of 0 or more, for example 20")
    if not counted and not isinstance(answer, bool):
        raise RunningAnswerError(f"{name}: answer yes or no")


def _passes(criterion: Criterion, answer: Answer) -> bool:
    return answer is True if criterion.at_least is None else answer >= criterion.at_least


def _reached(found: Injury, at: RunningStage, stage: str) -> bool:
    ids = [s.id for s in found.stages]
    return ids.index(at.id) >= ids.index(stage)
