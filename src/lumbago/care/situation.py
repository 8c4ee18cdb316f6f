"""Whose plan it is: the person, the stage, how urgent it is, and which causes the plan is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from lumbago.assessment import Assessment
from lumbago.care.advice import Family, Fitted, load_advice
from lumbago.care.contraindications import load_facts
from lumbago.care.safety import known_of
from lumbago.care.stages import Grade, Stage, Time, time_of
from lumbago.case import Case
from lumbago.errors import UnknownIdError
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.expression import parse
from lumbago.knowledge.schema import DISPOSITIONS
from lumbago.reasoning.flags import evaluate

__all__ = ["Cause", "Situation", "situation_from", "situation_of"]

URGENT = DISPOSITIONS.index("urgent")
#: A cause with this share of its family has its own lines in the plan.
WORTH_LINES = 0.25
#: Another family this likely is named beside the plan.
WORTH_NAMING = 0.15
MOST_FEARED = 2


@dataclass(frozen=True)
class Cause:
    """A condition and its probability; None in a plan for one condition that is taken as given."""

    condition: str
    probability: float | None


@dataclass(frozen=True)
class Situation:
    """What a plan is made from.

    Attributes:
        level: Index of the disposition, 0 the most urgent.
        flagged: A danger sign of an urgent level is present; a clinician's look does not end that, unless
            the person says that the clinician has cleared just this (`Fact.settles`).
        causes: The causes of the family, likeliest first.
        feared: What the urgent level is about; empty if it is not urgent.
        others: Other families worth naming with their probability, likeliest first.
        probabilities: Every likely condition with its probability, as contraindications need it.
        open_questions: Safety questions that nobody has answered yet.
        outside: The words were not about a pain that we know of.
    """

    case: Case
    stage: Stage
    level: int
    because: tuple[str, ...]
    flagged: bool
    family: Family
    causes: tuple[Cause, ...]
    feared: tuple[str, ...]
    others: tuple[tuple[Family, float], ...] = ()
    probabilities: Mapping[str, float] = field(default_factory=dict)
    open_questions: tuple[str, ...] = ()
    outside: bool = False

    @property
    def urgent(self) -> bool:
        """Whether getting care comes before everything else."""
        return self.level <= URGENT and (self.flagged or not self.stage.seen)

    @property
    def counted_stage(self) -> Stage:
        """The stage that lines are chosen by: with a danger sign nobody has looked at it yet."""
        return msgspec.structs.replace(self.stage, seen=False) if self.urgent else self.stage

    def meets(self, fitted: Fitted) -> bool:
        """Whether a line or a prescription holds here. What is not known meets no need of it."""
        return (
            fitted.suits(self.counted_stage)
            and (not fitted.only or not self.about.isdisjoint(fitted.only))
            and (not fitted.needs or evaluate(parse(fitted.needs), self.case) is True)
            and not (fitted.unless and evaluate(parse(fitted.unless), self.case) is True)
        )

    @property
    def about(self) -> frozenset[str]:
        """Conditions whose own lines belong in the plan."""
        if self.urgent:
            return frozenset(self.feared)
        whole = sum(c.probability or 0.0 for c in self.causes)
        return frozenset(
            c.condition
            for number, c in enumerate(self.causes)
            if number == 0 or (c.probability or 0.0) >= WORTH_LINES * whole
        )


def situation_of(condition: str, stage: Stage, case: Case | None = None) -> Situation:
    """A condition taken as given, at its usual level of care.

    Raises:
        UnknownIdError: If there is no such condition.
    """
    found = load_knowledge().condition_by_id.get(condition)
    if found is None:
        raise UnknownIdError(
            f"there is no condition {condition!r}; try `lumbago evidence search WORDS`"
        )
    level = DISPOSITIONS.index(found.disposition)
    return Situation(
        case=case or Case(),
        stage=stage,
        level=level,
        because=(),
        flagged=False,
        family=load_advice().family_of(found.id),
        causes=(Cause(found.id, None),),
        feared=(found.id,) if level <= URGENT else (),
        probabilities={found.id: 1.0},
    )


def situation_from(
    assessment: Assessment,
    *,
    seen: bool,
    time: Time | None,
    grade: Grade | None,
    facts: Mapping[str, str],
) -> Situation:
    """The situation that an assessment leaves a person in.

    The plan is about the family of causes that is likeliest as a whole, because causes of one
    family cannot be told apart or are looked after alike.
    """
    probability: dict[str, float] = {}
    advice = load_advice()
    for cause in assessment.differential:
        family = advice.family_of(cause["condition"]).id
        probability[family] = probability.get(family, 0.0) + cause["probability"]
    if assessment.out_of_scope or not probability:
        probability = {advice.family_of("something_else").id: 1.0}
    lead = advice.families[max(probability, key=lambda f: probability[f])]
    level = DISPOSITIONS.index(assessment.disposition["level"])
    flagging = _flagging(assessment)
    return Situation(
        case=known_of(assessment, facts=facts).case,
        stage=_stage(assessment.case, lead, seen=seen, time=time, grade=grade),
        level=level,
        because=tuple(assessment.disposition["because"]),
        flagged=not set(flagging) <= _settled(facts),
        family=lead,
        causes=_causes(assessment, lead),
        feared=_feared(assessment, flagging, level) if level <= URGENT else (),
        others=tuple(
            (advice.families[f], p)
            for f, p in sorted(probability.items(), key=lambda pair: -pair[1])
            if f != lead.id and p >= WORTH_NAMING
        ),
        probabilities={c["condition"]: c["probability"] for c in assessment.differential},
        open_questions=_open_questions(assessment),
        outside=assessment.out_of_scope,
    )


def _open_questions(assessment: Assessment) -> tuple[str, ...]:
    if not assessment.disposition["provisional"]:
        return ()
    return tuple(open_question["question"] for open_question in assessment.unresolved)


def _stage(
    case: Case, family: Family, *, seen: bool, time: Time | None, grade: Grade | None
) -> Stage:
    told = next((g for g, rule in family.grades.items() if evaluate(parse(rule), case)), None)
    return Stage(time or time_of(case) or family.usual_time, seen, grade or told)


def _causes(assessment: Assessment, family: Family) -> tuple[Cause, ...]:
    found = tuple(
        Cause(c["condition"], c["probability"])
        for c in assessment.differential
        if c["condition"] in family.conditions
    )
    return found or tuple(Cause(c, None) for c in family.conditions[:1])


def _flagging(assessment: Assessment) -> list[str]:
    """Rules of an urgent level that hold, most urgent first."""
    rules = load_knowledge().rule_by_id
    return [
        name
        for name in assessment.disposition["rules"]
        if DISPOSITIONS.index(rules[name].disposition) <= URGENT
    ]


def _settled(facts: Mapping[str, str]) -> set[str]:
    """Danger signs that a clinician has cleared."""
    known = load_facts()
    cleared = (known[name] for name, answer in facts.items() if answer == "yes")
    return {rule for fact in cleared for rule in fact.settles}


def _feared(assessment: Assessment, flagging: Sequence[str], level: int) -> tuple[str, ...]:
    """What the danger signs point to, the likeliest first; else the likely causes that need it."""
    k = load_knowledge()
    order = {c["condition"]: number for number, c in enumerate(assessment.differential)}
    caught = [
        condition
        for name in flagging
        if DISPOSITIONS.index(k.rule_by_id[name].disposition) == level
        for condition in k.rule_by_id[name].catches
    ]
    likely = [c for c in order if DISPOSITIONS.index(k.condition_by_id[c].disposition) <= level]
    named = dict.fromkeys(caught or likely or list(order)[:1] or ["something_else"])
    return tuple(sorted(named, key=lambda c: order.get(c, len(order)))[:MOST_FEARED])
