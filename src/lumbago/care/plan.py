"""A plan: what to do now about a person's pain, from its likely causes and the stage it has reached.

>>> from lumbago.care.plan import plan_for
>>> from lumbago.care.stages import Stage
>>> found = plan_for("gastrocnemius_strain", Stage("first_days"))
>>> found.section("today")[0].strength
'teaching'

Urgent care comes first and replaces exercises altogether. Everything else is a line of the advice for
the family of the likeliest causes, with what it rests on; nothing is made up here.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from lumbago.assessment import Assessment
from lumbago.care.advice import SECTIONS, Section
from lumbago.care.compose import Advised, MedicineNote, compose, medicines
from lumbago.care.flare import FlarePlan, flare_plan
from lumbago.care.preferences import Preferences
from lumbago.care.prescribe import Chosen, known_in, prescribe
from lumbago.care.running_data import injury_for
from lumbago.care.situation import Situation, situation_from, situation_of
from lumbago.care.stages import Grade, Stage, Time
from lumbago.care.week import week
from lumbago.care.week_values import Week
from lumbago.case import Case
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.schema import DISPOSITIONS

__all__ = ["Plan", "PlanCause", "plan", "plan_for"]

SCHEMA = "lumbago/plan/1"


class PlanCause(msgspec.Struct, frozen=True):
    """A cause that the plan is about; the probability is None where the cause is taken as given."""

    condition: str
    name: str
    probability: float | None


class Plan(msgspec.Struct, frozen=True):
    """What to do now. `to_dict` gives the JSON contract `lumbago/plan/1`.

    Attributes:
        level: How soon to get care, one of the dispositions.
        urgent: Whether getting care comes before everything else, so that there are no exercises.
        causes: What the plan is about, likeliest first; after them `others` name what else it may be.
        lines: What to do, to leave, to ask and to expect, in the order of the sections.
        exercises: What suits the cause and the stage and nothing forbids.
        left_out: What would suit them and is forbidden, with the reason in place of the use.
        open_questions: Safety questions without an answer; while there are any, the plan is provisional.
        week: The exercises laid out over seven days, if preferences were given.
        flare: What to do when a pain that was settling flares up.
        running: The injury whose way back to running fits (`running_return.standing`).
    """

    family: str
    name: str
    stage: Stage
    level: str
    urgent: bool
    headline: str
    place: str
    when: str
    because: tuple[str, ...]
    causes: tuple[PlanCause, ...]
    others: tuple[PlanCause, ...]
    lines: tuple[Advised, ...]
    exercises: tuple[Chosen, ...]
    left_out: tuple[Chosen, ...]
    week: Week | None
    flare: FlarePlan | None
    running: str | None
    medicines: tuple[MedicineNote, ...]
    open_questions: tuple[str, ...]
    out_of_scope: bool
    knowledge_version: str

    def section(self, name: Section) -> list[Advised]:
        """The lines of one section."""
        return [line for line in self.lines if line.section == name]

    def to_dict(self) -> dict[str, Any]:
        """The plan as plain values, ready for JSON."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        parts = {"week": self.week, "flare": self.flare}
        own = {name: part.to_dict() if part else None for name, part in parts.items()}
        return {"schema": SCHEMA, **plain, **own}


def plan(
    assessment: Assessment,
    preferences: Preferences | None = None,
    *,
    seen: bool = False,
    time: Time | None = None,
    grade: Grade | None = None,
    facts: Mapping[str, str] | None = None,
) -> Plan:
    """What to do now, for an assessed person.

    Args:
        assessment: The answer of `lumbago.assess` or of an interview.
        preferences: What a week of exercises has to fit; without them the plan has no week.
        seen: Whether a clinician has looked at this pain. It does not lift a danger sign.
        time: How long it has hurt; taken from the answers if left out.
        grade: How bad a muscle tear is, where a clinician or a scan has said so.
        facts: What exercises depend on and no finding holds (`load_facts`), "yes" or "no" by id.

    Raises:
        UnknownIdError: If there is no such fact.
    """
    situation = situation_from(assessment, seen=seen, time=time, grade=grade, facts=facts or {})
    return _plan(situation, preferences)


def plan_for(
    condition: str,
    stage: Stage | None = None,
    case: Case | None = None,
    preferences: Preferences | None = None,
) -> Plan:
    """What to do about a condition that is taken as given, such as a clinician has named it.

    Args:
        condition: Its id.
        stage: Where the person stands; the first days of one whom nobody has seen if left out.
        case: What is known of the person; what it rules out is left out of the plan.
        preferences: What a week of exercises has to fit; without them the plan has no week.

    Raises:
        UnknownIdError: If there is no such condition.
    """
    return _plan(situation_of(condition, stage or Stage(), case), preferences)


def _plan(situation: Situation, preferences: Preferences | None) -> Plan:
    k = load_knowledge()
    disposition = k.disposition_by_id[DISPOSITIONS[situation.level]]
    lines = sorted(compose(situation), key=lambda line: SECTIONS.index(line.section))
    exercises, left_out = prescribe(situation)
    return Plan(
        family=situation.family.id,
        name=situation.family.name,
        stage=situation.stage,
        level=disposition.id,
        urgent=situation.urgent,
        headline=disposition.headline,
        place=disposition.place,
        when=disposition.time,
        because=situation.because,
        causes=tuple(
            PlanCause(c.condition, k.condition_by_id[c.condition].name, c.probability)
            for c in situation.causes
        ),
        others=tuple(
            PlanCause(family.conditions[0], family.name, round(share, 4))
            for family, share in situation.others
        ),
        lines=tuple(lines),
        exercises=exercises,
        left_out=left_out,
        week=_week(situation, exercises, preferences),
        flare=_flare(situation),
        running=_running(situation),
        medicines=medicines(lines, situation.case),
        open_questions=situation.open_questions,
        out_of_scope=situation.outside,
        knowledge_version=k.version,
    )


def _flare(situation: Situation) -> FlarePlan | None:
    area = situation.family.flares_in
    return None if situation.urgent or not area else flare_plan(area, known_in(situation))


def _running(situation: Situation) -> str | None:
    injury = injury_for(situation.causes[0].condition)
    return None if situation.urgent or injury is None else injury.id


def _week(
    situation: Situation, exercises: tuple[Chosen, ...], preferences: Preferences | None
) -> Week | None:
    if preferences is None or not exercises:
        return None
    return week(
        [c.condition for c in situation.causes],
        situation.stage.time,
        preferences,
        known_in(situation),
        only=[e.id for e in exercises],
    )
