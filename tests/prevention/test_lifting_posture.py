"""The posture of a lift holds its hands where the tape says they are."""

import itertools

import pytest

from lumbago.anatomy.mannequin_kinematics import skeleton
from lumbago.prevention.lifting_posture import lift_posture

PLACES = list(itertools.product((25, 40, 55), (20, 40, 75, 110, 140, 155), (155, 175, 190)))


@pytest.mark.parametrize("bent_knees", [False, True])
@pytest.mark.parametrize(("horizontal", "vertical", "stature"), PLACES)
def test_the_hands_are_where_they_were_measured(
    horizontal: int, vertical: int, stature: int, bent_knees: bool
) -> None:
    stand = lift_posture(horizontal, vertical, stature, bent_knees=bent_knees)
    points = skeleton(stand.pose).points
    x, _, z = points["right_knuckles"]
    assert stand.reached
    assert x * stature == pytest.approx(horizontal, abs=0.3)
    assert z * stature == pytest.approx(vertical, abs=0.3)
    # Standing on both feet: the ankles where a standing person has them.
    assert points["right_ankle"] == pytest.approx((0.0, -0.05, 0.039), abs=1e-6)


def test_lower_loads_need_more_lean() -> None:
    leans = [float(lift_posture(40, v, 170).angles.arrays()["trunk_deg"][0]) for v in (90, 60, 40)]
    assert leans == sorted(leans)
    assert leans[0] < 30 < leans[-1]


def test_bent_knees_keep_the_trunk_more_upright() -> None:
    bent = lift_posture(35, 30, 175, bent_knees=True).angles.arrays()["trunk_deg"][0]
    stooped = lift_posture(35, 30, 175).angles.arrays()["trunk_deg"][0]
    assert bent < stooped - 5


def test_a_place_out_of_reach_is_said_to_be_so() -> None:
    assert not lift_posture(75, 200, 150).reached
