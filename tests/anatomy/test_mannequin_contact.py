"""A body put down stands on the floor; hands and feet are where they were told to be."""

import math

import pytest

from lumbago.anatomy.mannequin_contact import Hold, Stance, Support, moved, settled
from lumbago.anatomy.mannequin_kinematics import skeleton
from lumbago.anatomy.mannequin_pose import Pose, posture, spelt_out
from lumbago.anatomy.mannequin_surface import lowest, surface
from lumbago.errors import MeasurementError

LYING = Stance(
    Pose(spelt_out({"shoulder_abduction": 14}), pitch=-93.6),
    touches={"skull": "neck_flexion", "left_palm": "shoulder_flexion"},
    support=Support(("trunk",)),
)
KNEES_BENT = Stance(
    LYING.pose,
    holds={
        "left_leg": Hold(at=(0.33, 0.055, 0.039), flat=True),
        "right_leg": Hold(at=(0.33, -0.055, 0.039), flat=True),
    },
    touches=LYING.touches,
    support=LYING.support,
    anchor="t6",
)


@pytest.mark.parametrize("knee", [0, 20, 45, 80])
def test_a_standing_body_stands_on_its_feet(knee: float) -> None:
    pose = settled(
        Stance(
            posture(knee_flexion=knee, hip_flexion=knee / 2, ankle_dorsiflexion=min(knee / 2, 30))
        )
    )
    assert lowest(surface(skeleton(pose))) == pytest.approx(0, abs=1e-6)
    assert lowest(surface(skeleton(pose)), ["left_midfoot", "left_forefoot"]) < 0.01


def test_a_lying_body_lies_on_head_back_and_hands() -> None:
    rings = surface(skeleton(settled(LYING)))
    for part in ("trunk", "skull", "left_palm", "right_palm"):
        assert lowest(rings, [part]) == pytest.approx(0, abs=0.002), part


def test_held_feet_are_flat_at_their_place() -> None:
    bones = skeleton(settled(KNEES_BENT))
    assert bones.points["left_ankle"] == pytest.approx((0.33, 0.055, 0.039), abs=1e-3)
    assert bones.points["left_toe"][2] == pytest.approx(bones.points["left_heel"][2], abs=1e-6)
    assert bones.points["left_knee"][2] > 0.2


def test_what_is_held_stays_while_the_rest_moves() -> None:
    lifted = Stance(
        Pose(LYING.pose.angles, pitch=-113), KNEES_BENT.holds, LYING.touches, LYING.support, "t6"
    )
    steps = moved(KNEES_BENT, lifted, held=["left_leg", "right_leg"], steps=5)
    first = skeleton(steps[0]).points
    for pose in steps:
        at = skeleton(pose).points
        assert math.dist(at["left_ankle"], first["left_ankle"]) < 1e-3
        assert math.dist(at["t6"][:2], first["t6"][:2]) < 1e-3
    heights = [pose.hips[2] for pose in steps]
    assert heights == sorted(heights)
    assert heights[-1] - heights[0] > 0.05


def test_a_hand_follows_the_part_of_the_body_that_it_holds() -> None:
    hold = Hold(on="right_knee", segment="right_thigh", offset=(-0.045, 0.0, 0.05))
    for hip in (110, 118, 126):
        pose = Pose({"right_hip_flexion": hip, "right_knee_flexion": 120}, pitch=-93.6)
        bones = skeleton(settled(Stance(pose, {"right_arm": hold}, support=Support(("trunk",)))))
        goal = bones.at("right_knee", "right_thigh", (-0.045, 0.0, 0.05))
        assert math.dist(bones.points["right_wrist"], goal) < 2e-3


def test_a_place_out_of_reach_is_reached_for_with_a_straight_limb() -> None:
    bones = skeleton(settled(Stance(posture(), {"left_arm": Hold(at=(2.0, 0.1, 0.8))})))
    assert math.dist(bones.points["left_shoulder"], bones.points["left_wrist"]) == pytest.approx(
        0.332, abs=1e-3
    )
    assert bones.points["left_wrist"][0] > 0.3


def test_a_place_that_no_joint_allows_is_refused_with_the_limb_and_the_angle() -> None:
    behind = Hold(at=(-0.45, 0.05, 0.9))
    with pytest.raises(MeasurementError, match="left_leg cannot reach its place: left_"):
        settled(Stance(posture(), {"left_leg": behind}))
