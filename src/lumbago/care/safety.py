"""What forbids an exercise: contraindications as data, evaluated in three-valued logic.

>>> from lumbago.case import Case
>>> ban = excluded(Known(Case(findings={"pregnant": "yes"})))["prone_lying"][0]
>>> ban.reason
'In pregnancy, lying on the belly, heavy lifting and hard belly work are left out.'

A rule that certainly holds forbids; nothing unknown ever lifts it, because what may lift a rule stands
apart (`unless`) and must be certain. A rule that is not known to hold forbids nothing by itself: what it
asks about is listed by `open_questions`. No findings at all is never called safe.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import msgspec

from lumbago.assessment import Assessment
from lumbago.care.contraindications import (
    Contraindication,
    checkable,
    load_contraindications,
    load_facts,
)
from lumbago.care.exercises import load_exercises
from lumbago.case import Case
from lumbago.errors import CaseError, UnknownIdError
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.expression import atoms
from lumbago.knowledge.schema import DISPOSITIONS
from lumbago.reasoning.flags import evaluate

__all__ = ["Exclusion", "Known", "allowed", "excluded", "holding", "known_of", "open_questions"]


class Exclusion(msgspec.Struct, frozen=True):
    """Why one exercise is left out, by which rule, and what to do in its place."""

    exercise: str
    contraindication: str
    reason: str
    instead: str
    ends: str
    source: str

    def to_dict(self) -> dict[str, Any]:
        """The exclusion as plain values."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


@dataclass(frozen=True)
class Known:
    """What is known of a person when exercises are chosen.

    Args:
        case: Findings, age and sex; facts (`load_facts`) are answered among the findings.
        probabilities: Condition to its probability; whatever is left out is unlikely.
        level: How soon care is needed, one of the dispositions; None if nobody has judged it.
        checked: Ids of rules that a clinician has looked into and found no reason against exercise.

    Raises:
        UnknownIdError: If there is no such condition or rule, or a rule does not end by checking.
        CaseError: If a probability or a level cannot be.
    """

    case: Case = field(default_factory=Case)
    probabilities: Mapping[str, float] = field(default_factory=dict)
    level: str | None = None
    checked: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        conditions = load_knowledge().condition_by_id
        for name, probability in self.probabilities.items():
            if name not in conditions:
                raise UnknownIdError(f"there is no condition {name!r}")
            if not 0 <= probability <= 1:
                raise CaseError(f"the probability of {name} must be 0 to 1; got {probability}")
        if self.level is not None and self.level not in DISPOSITIONS:
            raise CaseError(f"level must be one of {', '.join(DISPOSITIONS)}; got {self.level!r}")
        for name in sorted(self.checked - checkable()):
            raise UnknownIdError(f"{name!r} is no contraindication that a check can end")
        # An alias counts as the condition itself, or a rule on that condition would miss it.
        by_id = {conditions[name].id: p for name, p in self.probabilities.items()}
        object.__setattr__(self, "probabilities", MappingProxyType(by_id))


def known_of(
    assessment: Assessment, *, facts: Mapping[str, str] | None = None, checked: Iterable[str] = ()
) -> Known:
    """What an assessment knows, with facts ("yes" or "no" by id) and the rules that were checked.

    Raises:
        UnknownIdError: If there is no such fact or rule.
    """
    for name in facts or {}:
        if name not in load_facts():
            raise UnknownIdError(f"there is no fact {name!r}; known are {', '.join(load_facts())}")
    return Known(
        assessment.case.having(facts or {}),
        {d["condition"]: d["probability"] for d in assessment.differential},
        assessment.disposition["level"],
        frozenset(checked),
    )


def holding(known: Known) -> tuple[Contraindication, ...]:
    """The rules that hold, in the order of the file."""
    rules = load_contraindications().values()
    return tuple(c for c in rules if c.id not in known.checked and _holds(c, known))


def _holds(c: Contraindication, known: Known) -> bool:
    if c.exception is not None and evaluate(c.exception, known.case) is True:
        return False
    return (
        c.always
        or known.level in c.levels
        or any(known.probabilities.get(name, 0) >= p for name, p in c.conditions.items())
        or (c.expression is not None and evaluate(c.expression, known.case) is True)
    )


def excluded(known: Known) -> Mapping[str, tuple[Exclusion, ...]]:
    """Every exercise that something forbids, with all the reasons; the others are missing."""
    rules = holding(known)
    found = {
        e.id: tuple(
            Exclusion(e.id, c.id, c.reason, c.instead, c.ends, c.source)
            for c in rules
            if c.forbids(e)
        )
        for e in load_exercises().values()
    }
    return MappingProxyType({name: reasons for name, reasons in found.items() if reasons})


def allowed(known: Known) -> tuple[str, ...]:
    """Ids of the exercises that nothing known forbids, in the order of the file."""
    forbidden = excluded(known)
    return tuple(name for name in load_exercises() if name not in forbidden)


def open_questions(known: Known, among: Collection[str] | None = None) -> tuple[str, ...]:
    """Findings and facts that are not known and on whose answer a rule depends, most rules first.

    Args:
        known: What is known already.
        among: Ids of the exercises in question; only rules that could forbid one of them ask. All if None.
    """
    exercises = [e for e in load_exercises().values() if among is None or e.id in among]
    asked: dict[str, int] = {}
    for c in load_contraindications().values():
        if c.id in known.checked or _settled(c, known) or not any(map(c.forbids, exercises)):
            continue
        for name in _unknown_names(c, known.case):
            asked[name] = asked.get(name, 0) + 1
    return tuple(sorted(asked, key=lambda name: -asked[name]))


def _settled(c: Contraindication, known: Known) -> bool:
    """Whether no further answer changes whether the rule holds."""
    lifted = False if c.exception is None else evaluate(c.exception, known.case)
    if lifted is True:
        return True
    base = _holds(c, known)
    if not base and c.expression is not None:
        return evaluate(c.expression, known.case) is False
    return not base or lifted is False


def _unknown_names(c: Contraindication, case: Case) -> Iterator[str]:
    expressions = [e for e in (c.expression, c.exception) if e is not None]
    found = {atom: None for e in expressions for atom, _ in atoms(e)}
    for atom in found:
        if atom.name not in ("sex", "region") and evaluate(atom, case) is None:
            yield atom.name
