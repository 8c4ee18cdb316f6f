"""Danger signs that the words may mean: the advice is urgent until the person has said yes or no."""

from dataclasses import replace

import pytest

from lumbago import Interview, assess
from lumbago.assessment.assess import assess_intake
from lumbago.assessment.half_heard import suspicion
from lumbago.assessment.intake import Answer, take_in
from lumbago.assessment.rules import flag_rules
from lumbago.case import Case
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.schema import DISPOSITIONS

# The signs of a nerve illness that starts after an infection (Leonhard 2019), told as people tell them.
TOLD = (
    "I had the runs from a barbecue a fortnight ago. Now my low back aches, the soles tingle and later the "
    "fingertips, and today I cannot rise from a chair without pushing with my arms, which are themselves "
    "becoming weak."
)
URGENT = DISPOSITIONS.index("urgent")
LEAST = len(DISPOSITIONS) - 1


def level(chances: dict[str, float]) -> int:
    case = Case(age=40, regions=("low_back",))
    return suspicion(load_knowledge().model.half_heard, flag_rules(), case, chances).level


@pytest.mark.parametrize("chance", [0.05, 0.1, 0.2, 0.29])
def test_signs_that_are_unlikely_one_by_one_add_up(chance: float) -> None:
    signs = ["saddle_numbness", "bilateral_leg_weakness", "bladder_retention", "cold_pale_foot"]
    meant = 1 - (1 - chance) ** len(signs)
    wanted = load_knowledge().model.half_heard.probability
    assert level({signs[0]: chance}) == LEAST
    assert level(dict.fromkeys(signs, chance)) == (URGENT if meant >= wanted else LEAST)


def test_a_sign_that_asks_for_no_emergency_is_no_reason() -> None:
    assert level({"night_sweats": 0.9}) == LEAST
    assert level({"fever": 0.0}) == LEAST


@pytest.mark.parametrize("given", [{}, {"fever": True}, {"saddle_numbness": True}])
@pytest.mark.parametrize("chance", [0.1, 0.9])
def test_advice_is_never_less_urgent_for_it(given: dict[str, Answer], chance: float) -> None:
    intake = take_in(
        load_knowledge(),
        text=None,
        age=50,
        sex="male",
        setting="public",
        region="low_back",
        findings=given,
    )
    suspecting = replace(intake, half_heard={"bilateral_leg_weakness": chance})
    with_it, without = (
        DISPOSITIONS.index(assess_intake(i).disposition["level"]) for i in (suspecting, intake)
    )
    assert with_it <= (min(without, URGENT) if chance > 0.5 else without)


def test_words_that_may_mean_an_emergency_are_urgent_until_they_are_clear() -> None:
    answer = assess(TOLD, age=33)
    assert DISPOSITIONS.index(answer.disposition["level"]) <= URGENT
    assert answer.disposition["provisional"]
    assert answer.unresolved[0]["could_raise_to"] in ("ambulance", "emergency")
    interview = Interview(text=TOLD, age=33)
    half_heard = set(interview.intake.half_heard)
    assert half_heard
    assert set(interview.answer(dict.fromkeys(half_heard, None)).intake.half_heard) == half_heard
    assert not interview.answer(dict.fromkeys(half_heard, False)).intake.half_heard
