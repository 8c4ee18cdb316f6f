"""The exercises of a plan: what the family's advice lists for the stage, less what is not safe."""

import msgspec

from lumbago.care.contraindications import Contraindication
from lumbago.care.exercises import load_exercises
from lumbago.care.safety import Known, excluded, holding
from lumbago.care.situation import Situation
from lumbago.knowledge.schema import DISPOSITIONS
from lumbago.reasoning.flags import evaluate

__all__ = ["Chosen", "known_in", "prescribe"]


class Chosen(msgspec.Struct, frozen=True):
    """An exercise by id, with its name, and why it is in the plan or left out of it."""

    id: str
    name: str
    why: str


def prescribe(situation: Situation) -> tuple[tuple[Chosen, ...], tuple[Chosen, ...]]:
    """Exercises of the plan in order, and those left out because something forbids them."""
    if situation.urgent or situation.outside:
        return (), ()
    forbidden = excluded(known_in(situation))
    chosen: dict[str, Chosen] = {}
    left_out: dict[str, Chosen] = {}
    for prescription in situation.family.exercises:
        if not situation.meets(prescription):
            continue
        for name in prescription.ids:
            exercise = load_exercises()[name]
            if name in forbidden:
                left_out[name] = Chosen(name, exercise.name, forbidden[name][0].reason)
            elif situation.stage.time in exercise.stages:
                chosen.setdefault(name, Chosen(name, exercise.name, prescription.why))
    return tuple(chosen.values()), tuple(left_out.values())


def known_in(situation: Situation) -> Known:
    """What is known when exercises are chosen.

    A clinician who has looked ends the rules that rest on a likely cause or on how soon to be seen,
    for the advice after a visit is made for that cause. It ends none that rests on what the person
    tells of now: that may be new.
    """
    level = DISPOSITIONS[situation.level]
    known = Known(situation.case, situation.probabilities, level)
    if not situation.stage.seen:
        return known
    checked = frozenset(c.id for c in holding(known) if _ended_by_a_look(c, known))
    return Known(situation.case, situation.probabilities, level, checked)


def _ended_by_a_look(rule: Contraindication, known: Known) -> bool:
    told = rule.expression is not None and evaluate(rule.expression, known.case) is True
    return rule.ends == "once_checked" and not told
