"""The drawn human keeps its lengths, its joints, its symmetry and its scale, whatever the posture."""

import math
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbago.anatomy.mannequin import (
    VIEWS,
    Pose,
    interpolate,
    joint_ranges,
    joints,
    mannequin_svg,
    mirrored,
    posture,
    segments,
    standalone,
)
from lumbago.anatomy.mannequin_body import SIDES, SPINE
from lumbago.errors import MeasurementError

Joints = dict[str, tuple[float, float, float]]


def _angles() -> st.SearchStrategy[dict[str, float]]:
    ranges = joint_ranges()
    return st.fixed_dictionaries(
        {}, optional={name: st.floats(joint.low, joint.high) for name, joint in ranges.items()}
    )


poses = st.builds(
    Pose,
    _angles(),
    pitch=st.floats(-110, 110),
    roll=st.floats(-90, 90),
    yaw=st.floats(-180, 180),
    twist=st.floats(-90, 90),
)


@given(poses)
@settings(deadline=None, max_examples=60)
def test_every_posture_keeps_the_published_lengths(pose: Pose) -> None:
    at = joints(pose, 1.0)
    size = segments()
    for side in SIDES:
        for segment, start, end in (
            ("upper_arm", "shoulder", "elbow"),
            ("forearm", "elbow", "wrist"),
            ("thigh", "hip", "knee"),
            ("shank", "knee", "ankle"),
        ):
            long = math.dist(at[f"{side}_{start}"], at[f"{side}_{end}"])
            assert long == pytest.approx(size(segment), abs=1e-9)
    for below, (piece, above) in zip(["l5_s1", *SPINE.values()], SPINE.items(), strict=False):
        assert math.dist(at[below], at[above]) == pytest.approx(size(piece), abs=1e-9)


@given(poses)
@settings(deadline=None, max_examples=60)
def test_mirroring_exchanges_left_and_right_and_nothing_else(pose: Pose) -> None:
    here, there = joints(pose, 1.7), joints(mirrored(pose), 1.7)
    for name, (x, y, z) in here.items():
        side, _, rest = name.partition("_")
        other = {"left": f"right_{rest}", "right": f"left_{rest}"}.get(side, name)
        assert there[other] == pytest.approx((x, -y, z), abs=1e-9)
    again = joints(mirrored(mirrored(pose)), 1.7)
    assert all(again[name] == pytest.approx(point, abs=1e-9) for name, point in here.items())


def test_standing_heights_are_the_published_ones() -> None:
    # Winter's figure after Drillis & Contini: shares of stature; ANSUR II: acromion 0.820, elbow 0.613.
    at = joints(posture(), 1.0)
    for name, share in (
        ("left_ankle", 0.039),
        ("left_knee", 0.285),
        ("left_hip", 0.530),
        ("vertex", 1.0),
    ):
        assert at[name][2] == pytest.approx(share, abs=0.002)
    assert at["chin"][2] == pytest.approx(0.870, abs=0.006)
    assert at["left_elbow"][2] == pytest.approx(0.613, abs=0.006)
    assert at["left_shoulder"][2] < 0.820


def test_a_taller_person_is_the_same_person_larger() -> None:
    pose = posture(hip_flexion=60, lumbar_flexion=30, elbow_flexion=20)
    small, tall = joints(pose, 1.5), joints(pose, 1.8)
    for name, point in small.items():
        assert tall[name] == pytest.approx(tuple(1.2 * value for value in point), abs=1e-9)


@pytest.mark.parametrize(
    ("angles", "joint", "moves"),
    [
        ({"hip_flexion": 30}, "left_knee", (1, 0, 1)),
        ({"knee_flexion": 30}, "left_ankle", (-1, 0, 1)),
        ({"ankle_dorsiflexion": 20}, "left_toe", (0, 0, 1)),
        ({"shoulder_flexion": 40}, "left_wrist", (1, 0, 1)),
        ({"left_shoulder_abduction": 40}, "left_wrist", (0, 1, 1)),
        ({"right_shoulder_abduction": 40}, "right_wrist", (0, -1, 1)),
        ({"elbow_flexion": 40}, "left_wrist", (1, 0, 1)),
        ({"left_hip_abduction": 30}, "left_ankle", (0, 1, 1)),
        ({"lumbar_flexion": 40}, "c7", (1, 0, -1)),
        ({"thoracic_side_bend": 20}, "vertex", (0, 1, -1)),
        ({"neck_rotation": 50}, "chin", (-1, 1, 0)),
        ({"head_glide": 15}, "chin", (1, 0, 0)),
        ({"left_scapula_elevation": 15}, "left_shoulder", (0, 0, 1)),
        ({"wrist_flexion": 40, "forearm_pronation": 0}, "left_fingertips", (0, -1, 1)),
    ],
)
def test_angles_turn_joints_the_way_their_names_say(
    angles: dict[str, float], joint: str, moves: tuple[int, int, int]
) -> None:
    before, after = joints(posture(), 1.0)[joint], joints(posture(**angles), 1.0)[joint]
    for old, new, sign in zip(before, after, moves, strict=True):
        if sign:
            assert (new - old) * sign > 0.003


def test_the_spine_bends_in_a_curve_and_the_lower_levels_bend_more() -> None:
    straight, bent = joints(posture(), 1.0), joints(posture(lumbar_flexion=50), 1.0)
    levels = ["l5_s1", "l4_l5", "l3_l4", "l2_l3", "l1_l2", "t12_l1"]
    turns = [_turn(straight, bent, a, b) for a, b in pairwise(levels)]
    steps = [turns[0], *(b - a for a, b in pairwise(turns))]
    assert sum(steps) == pytest.approx(50, abs=0.01)
    assert steps == sorted(steps, reverse=True)
    assert min(steps) > 5


def _turn(straight: Joints, bent: Joints, lower: str, upper: str) -> float:
    def pitch(at: Joints) -> float:
        return math.degrees(math.atan2(at[upper][0] - at[lower][0], at[upper][2] - at[lower][2]))

    return pitch(bent) - pitch(straight)


def test_interpolation_begins_and_ends_at_its_postures() -> None:
    start, end = posture(knee_flexion=90, hip_flexion=90), posture(lumbar_flexion=30)
    for share, pose in ((0, start), (1, end)):
        at = joints(interpolate(start, end, share), 1.0)
        assert all(at[k] == pytest.approx(v, abs=1e-9) for k, v in joints(pose, 1.0).items())
    assert interpolate(start, end, 0.5)["left_knee_flexion"] == 45


@pytest.mark.parametrize(
    ("angles", "words"),
    [
        ({"left_knee_flexon": 10}, "did you mean left_knee_flexion"),
        ({"left_knee_flexion": 170}, "goes from 0 to 160"),
        ({"left_knee_flexion": -5}, "goes from 0 to 160"),
    ],
)
def test_impossible_angles_get_one_clear_sentence(angles: dict[str, float], words: str) -> None:
    with pytest.raises(MeasurementError, match=words):
        Pose(angles)


def test_an_impossible_stature_is_refused() -> None:
    with pytest.raises(MeasurementError, match=r"such as 1\.70; got 170"):
        joints(posture(), 170)


@pytest.mark.parametrize("view", VIEWS)
def test_the_picture_is_svg_with_a_name_and_without_style_or_script(view: str) -> None:
    svg = mannequin_svg(
        posture(hip_flexion=40), view=view, title="A & B", description="<words>", name="x"
    )  # type: ignore[arg-type]  # a view
    root = ElementTree.fromstring(svg)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert {"title", "desc", "path"} <= tags
    assert not tags & {"script", "style", "foreignObject"}
    assert not any("style" in element.attrib for element in root.iter())
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(set(ids)) == len(ids)
    assert all(name.startswith("x-") for name in ids)
    assert "A &amp; B" in svg
    assert "prefers-color-scheme: dark" in standalone(svg)
    ElementTree.fromstring(standalone(svg))


def test_far_limbs_are_paler_only_where_one_side_is_behind() -> None:
    assert "m-far" in mannequin_svg(posture(), view="side", title="s")
    assert "m-far" not in mannequin_svg(posture(), view="front", title="f")


def test_every_range_and_length_says_where_it_comes_from() -> None:
    for joint in joint_ranges().values():
        assert joint.low < joint.high
        assert joint.source
