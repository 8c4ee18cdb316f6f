"""From marks on the body to findings and on to roots: mirrored, raised and lowered as published."""

import numpy as np
import pytest

import lumbago
from lumbago.anatomy import Drawing, Mark, load_atlas
from lumbago.anatomy.drawing import findings_of
from lumbago.errors import CaseError

ZONES = sorted(load_atlas().zone_by_id)


def random_drawing(seed: int) -> Drawing:
    rng = np.random.default_rng(seed)
    chosen = rng.choice(ZONES, size=rng.integers(0, 12), replace=False)
    return Drawing(
        {
            str(z): Mark(
                int(rng.integers(0, 11)), bool(rng.random() < 0.3), bool(rng.random() < 0.2)
            )
            for z in chosen
        }
    )


@pytest.mark.parametrize("seed", range(60))
def test_mirror_the_body_mirror_the_answer(seed: int) -> None:
    drawing = random_drawing(seed)
    assert drawing.mirrored().mirrored() == drawing
    assert findings_of(drawing.mirrored()) == findings_of(drawing)
    assert Drawing.from_dict(drawing.to_dict()) == drawing


def test_an_empty_chart_says_nothing() -> None:
    assert findings_of(Drawing()) == {}
    assert findings_of(Drawing({"left_calf_lower": Mark()})) == {}


def root_share(zone_marks: dict[str, dict[str, int | bool]]) -> dict[str, float]:
    answer = lumbago.assess(drawing=Drawing.from_dict(zone_marks), age=45, setting="primary_care")
    return {
        m["state"]: m["probability"] for m in answer.mechanisms if m["mechanism"] == "lumbar_root"
    }


LEG = {
    "left_buttock_lower": {"pain": 7},
    "left_thigh_back_outer": {"pain": 7},
    "left_calf_upper_outer": {"pain": 6},
}


def test_toes_tell_the_roots_apart_as_their_published_frequencies_do() -> None:
    big = root_share(
        {**LEG, "left_big_toe": {"numbness": True}, "left_foot_top_inner": {"numbness": True}}
    )
    little = root_share(
        {**LEG, "left_little_toe": {"numbness": True}, "left_sole_outer": {"numbness": True}}
    )
    assert big["l5"] > big.get("s1", 0)
    assert little["s1"] > little.get("l5", 0)
    felt = {(f.structure, f.zone, f.symptom): f.frequency for f in load_atlas().felt}
    assert felt["l5_root", "big_toe", "numbness"] > felt.get(("s1_root", "big_toe", "numbness"), 0)


def test_a_numb_saddle_is_a_danger_sign_and_an_unmarked_one_is_not_denied() -> None:
    assert findings_of(Drawing({"saddle": Mark(numbness=True)}))["saddle_numbness"] == "yes"
    assert "saddle_numbness" not in findings_of(Drawing({"low_back_middle": Mark(pain=6)}))


def test_calf_pain_alone_is_not_leg_pain_from_the_back() -> None:
    found = findings_of(Drawing({"right_calf_upper_inner": Mark(pain=5)}))
    assert found["calf_pain"] == "yes"
    assert "leg_pain_below_knee" not in found


@pytest.mark.parametrize(
    ("plain", "word"),
    [
        ({"left_calf_lowr": {"pain": 3}}, "left_calf_lower"),
        ({"left_calf_lower": {"pain": 11}}, "0 to 10"),
        ({"left_calf_lower": {"pain": True}}, "whole number"),
        ({"left_calf_lower": 5}, "pain (0 to 10)"),
    ],
)
def test_bad_marks_are_refused_with_what_would_be_right(plain: dict, word: str) -> None:
    with pytest.raises(CaseError, match=word.replace("(", r"\(").replace(")", r"\)")):
        Drawing.from_dict(plain)
