"""Which pains are ours: the back of the pelvis is, the low tummy alone and other things are not."""

import pytest

import lumbago
from lumbago.language import understand

BACK_OF_THE_PELVIS = [
    "pain in the back of my pelvis when I turn in bed",
    "the rear of my pelvis is sore since last week",
    "I get an ache round the back of the pelvis climbing into the car",
    "posterior pelvic pain that catches me on the stairs",
    "my pelvis hurts at the back, on the left",
    "sore pelvis at the back, worse with each step",
    "the back of the pelvis aches at night",
    "deep ache between the hip bones, at the back of my pelvis",
    "pelvic girdle pain, 24 weeks gone",
    "I have PGP and can hardly put my trousers on",
]
NOT_OURS = [
    "period cramps low in my belly",
    "an ache low down in my tummy since breakfast",
    "pelvic pain after sex",
    "the back of my pelvis is fine but my tummy hurts",
    "earache for two days",
    "toothache at the back of my mouth",
    "the back of the sofa broke",
    "my printer is broken",
]


@pytest.mark.parametrize("text", BACK_OF_THE_PELVIS)
def test_pain_at_the_back_of_the_pelvis_is_in_scope(text: str) -> None:
    answer = lumbago.assess(text, age=30)
    assert not answer.out_of_scope
    assert set(answer.case.regions) <= {"low_back"}


@pytest.mark.parametrize(
    "text",
    [
        "pain in the back of my pelvis when I turn in bed",
        "my pelvis hurts at the back when I roll over and on the stairs",
        "pelvic pain, worse putting my trousers on and turning over",
    ],
)
def test_pelvic_pain_on_turning_is_placed_low_in_the_back(text: str) -> None:
    assert lumbago.assess(text, age=30).case.regions == ("low_back",)


@pytest.mark.parametrize("text", NOT_OURS)
def test_pain_elsewhere_is_not_called_ours(text: str) -> None:
    assert lumbago.assess(text, age=30).out_of_scope


@pytest.mark.parametrize("text", BACK_OF_THE_PELVIS[:2])
def test_the_back_of_the_pelvis_is_not_taken_for_the_low_tummy(text: str) -> None:
    """A low tummy pain means other dangers, such as a pregnancy in the tube."""
    said = {m.finding: m.state for m in understand(text).mentions}
    assert said.get("pelvic_pain") != "present"
    assert said["sacroiliac_area_pain"] in ("present", "unsure")
