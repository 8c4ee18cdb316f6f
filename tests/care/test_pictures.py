"""Every exercise has a picture, and the picture shows that exercise: on the floor, with joints that can."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from lumbago.anatomy.mannequin import Pose, joint_ranges, joints, mirrored
from lumbago.anatomy.mannequin_body import SIDES
from lumbago.anatomy.mannequin_kinematics import Skeleton, skeleton
from lumbago.anatomy.mannequin_layers import MARKS
from lumbago.anatomy.mannequin_surface import BARE, Ring, lowest, surface
from lumbago.care.exercises import load_exercises
from lumbago.care.pictures import (
    PLACES,
    exercise_marks,
    exercise_moving_svg,
    exercise_still_svg,
    pictured,
)
from lumbago.care.pictures_data import load_pictures
from lumbago.care.pictures_poses import Movement, movement
from lumbago.errors import EvidenceError, UnknownIdError

EXERCISES = pictured()
#: A mat gives way by this much, in statures: about a centimetre.
MAT = 0.007
#: The figure is in the air, in the water, on a bed, a step or a machine.
OFF_THE_FLOOR = {
    *("pogo_hop", "swimming", "stationary_bike", "elliptical", "getting_up_roll"),
    *("step_up", "calf_eccentric", "calf_hsr"),
}
FOLLOWED = (
    *("vertex", "chin", "c7", "l2_l3", "hips"),
    *(f"{side}_{joint}" for side in SIDES for joint in ("knee", "toe", "wrist", "shoulder")),
)
ENDS = {"arm": "wrist", "leg": "ankle"}


@cache
def drawn(exercise: str) -> tuple[Movement, list[Skeleton], list[dict[str, list[Ring]]]]:
    shown = movement(exercise)
    bones = [skeleton(pose) for pose in shown.steps]
    return shown, bones, [surface(each) for each in bones]


def test_every_exercise_has_a_picture_and_every_picture_an_exercise() -> None:
    assert set(EXERCISES) == set(load_exercises())
    assert len(EXERCISES) >= 60


@pytest.mark.parametrize("exercise", EXERCISES)
def test_nothing_is_below_the_floor_and_nobody_floats(exercise: str) -> None:
    _, _, rings = drawn(exercise)
    depths = [lowest(parts, BARE) for parts in rings]
    assert min(depths) >= -MAT
    if exercise not in OFF_THE_FLOOR:
        assert max(depths) <= MAT


@pytest.mark.parametrize("exercise", EXERCISES)
def test_what_is_held_does_not_move(exercise: str) -> None:
    shown, bones, _ = drawn(exercise)
    limbs = [
        limb
        for name in shown.picture.held
        for limb in ([f"left_{name[:-1]}", f"right_{name[:-1]}"] if name.endswith("s") else [name])
    ]
    for limb in limbs:
        side, _, kind = limb.partition("_")
        places = [each.points[f"{side}_{ENDS[kind]}"] for each in bones]
        assert max(math.dist(places[0], place) for place in places) < 0.004, limb


@pytest.mark.parametrize("exercise", EXERCISES)
def test_joints_stay_in_their_published_range_on_the_whole_way(exercise: str) -> None:
    for pose in drawn(exercise)[0].steps:
        for name, degrees in pose.angles.items():
            joint = joint_ranges()[name]
            assert joint.low - 1e-6 <= degrees <= joint.high + 1e-6, name


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_movement_is_smooth_and_changes_something(exercise: str) -> None:
    shown, bones, _ = drawn(exercise)
    if shown.picture.course == "hold":
        assert len(bones) == 1
        return
    keys = [joints(pose, 1.7) for pose in shown.keys]
    assert max(math.dist(keys[0][name], keys[1][name]) for name in FOLLOWED) > 0.012
    for before, after in pairwise(bones):
        for name in FOLLOWED:
            assert math.dist(before.points[name], after.points[name]) < 0.35, name


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_round_ends_where_it_began(exercise: str) -> None:
    shown, bones, _ = drawn(exercise)
    if shown.picture.course == "round":
        for name, place in bones[0].points.items():
            assert math.dist(place, bones[-1].points[name]) < 1e-3, name


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_other_side_is_the_mirror_image(exercise: str) -> None:
    for pose in drawn(exercise)[0].keys:
        here, there = joints(pose, 1.7), joints(mirrored(pose), 1.7)
        for one, other in (
            ("left_toe", "right_toe"),
            ("right_wrist", "left_wrist"),
            ("chin", "chin"),
        ):
            x, y, z = here[one]
            assert there[other] == pytest.approx((x, -y, z), abs=1e-9)


# What the words of an exercise say, measured on its picture.

Points = dict[str, tuple[float, float, float]]


@dataclass(frozen=True)
class Seen:
    """Where the joints are in the first and in the second key posture."""

    start: Points
    end: Points

    def angle(self, a: str, corner: str, b: str) -> float:
        """The angle at a corner at the end, in degrees."""
        return _angle(self.end, a, corner, b)

    def angle_at_first(self, a: str, corner: str, b: str) -> float:
        """The angle at a corner at the start, in degrees."""
        return _angle(self.start, a, corner, b)

    def level(self, a: str, b: str) -> float:
        """How far from level the line from one joint to another is at the end, in degrees."""
        x, y, z = (q - p for p, q in zip(self.end[a], self.end[b], strict=True))
        return abs(math.degrees(math.atan2(z, math.hypot(x, y))))

    def gain(self, joint: str, axis: int) -> float:
        """How far a joint has gone forward (0), to the left (1) or up (2), in statures."""
        return self.end[joint][axis] - self.start[joint][axis]

    def shift(self, joint: str) -> float:
        """How far a joint has gone in all."""
        return math.dist(self.start[joint], self.end[joint])

    def slope(self, a: str, b: str) -> float:
        """How steep the line from one joint to another is at the end, seen from the side, in degrees."""
        x, _, z = (q - p for p, q in zip(self.end[a], self.end[b], strict=True))
        return math.degrees(math.atan2(z, x))

    def apart(self, a: str, b: str) -> float:
        """How far two joints are from each other at the end."""
        return math.dist(self.end[a], self.end[b])


def _angle(at: Points, a: str, corner: str, b: str) -> float:
    one = [p - q for p, q in zip(at[a], at[corner], strict=True)]
    two = [p - q for p, q in zip(at[b], at[corner], strict=True)]
    cosine = sum(p * q for p, q in zip(one, two, strict=True)) / math.hypot(*one) / math.hypot(*two)
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


KNEE, BACK = ("right_hip", "right_knee", "right_ankle"), ("hips", "t12_l1", "c7")
CLAIMS: list[tuple[str, Callable[[Seen], bool]]] = [
    ("bridge", lambda s: abs(s.slope("c7", "hips") - s.slope("right_hip", "right_knee")) < 15),
    ("bridge", lambda s: s.gain("hips", 2) > 0.07),
    ("single_leg_bridge", lambda s: s.angle(*KNEE) > 170),
    ("side_bridge", lambda s: s.angle("right_knee", "hips", "c7") > 160),
    ("side_bridge", lambda s: s.gain("hips", 2) > 0.05),
    ("front_plank", lambda s: s.angle("right_knee", "right_hip", "right_shoulder") > 165),
    ("bird_dog", lambda s: s.level("right_hip", "right_ankle") < 12),
    ("bird_dog", lambda s: s.level("left_shoulder", "left_wrist") < 12),
    ("bird_dog", lambda s: s.level("l5_s1", "c7") < 20),
    (
        "dead_bug",
        lambda s: 80 < s.angle_at_first("right_knee", "right_hip", "right_shoulder") < 110,
    ),
    ("dead_bug", lambda s: s.end["right_heel"][2] < 0.03),
    ("dead_bug", lambda s: s.end["left_wrist"][0] < s.end["vertex"][0] + 0.05),
    ("dead_bug", lambda s: s.shift("left_knee") < 0.02),
    ("pelvic_tilt", lambda s: s.gain("l3_l4", 2) < 0),
    ("cat_cow", lambda s: s.start["t12_l1"][2] - s.end["t12_l1"][2] > 0.05),
    ("childs_pose", lambda s: s.apart("hips", "right_heel") < 0.16),
    ("childs_pose", lambda s: s.end["head"][2] < 0.12),
    ("knee_to_chest_single", lambda s: s.apart("right_knee", "t6") < 0.26),
    ("knee_to_chest_single", lambda s: s.apart("right_wrist", "right_knee") < 0.09),
    ("knee_to_chest_double", lambda s: s.apart("left_knee", "t6") < 0.28),
    ("prone_on_elbows", lambda s: s.end["right_elbow"][2] < 0.03),
    ("prone_on_elbows", lambda s: abs(s.end["right_elbow"][0] - s.end["right_shoulder"][0]) < 0.05),
    ("mckenzie_press_up", lambda s: s.angle("right_shoulder", "right_elbow", "right_wrist") > 140),
    ("mckenzie_press_up", lambda s: s.end["hips"][2] < 0.08),
    ("mckenzie_press_up", lambda s: s.end["c7"][2] > 0.25),
    ("standing_extension", lambda s: s.gain("vertex", 0) < -0.08),
    ("standing_extension", lambda s: s.angle(*KNEE) > 172),
    ("side_glide_wall", lambda s: s.gain("hips", 1) < -0.03),
    ("curl_up", lambda s: 0.01 < s.gain("vertex", 2) < 0.15),
    ("curl_up", lambda s: s.end["hips"][2] < 0.09),
    ("clam", lambda s: s.shift("left_ankle") < 0.02),
    ("clam", lambda s: s.gain("left_knee", 2) > 0.05),
    ("side_leg_raise", lambda s: s.gain("left_ankle", 2) > 0.2),
    ("side_leg_raise", lambda s: s.end["left_ankle"][0] < 0),
    ("hip_flexor_stretch", lambda s: s.gain("hips", 0) > 0.05),
    ("hip_flexor_stretch", lambda s: s.end["right_knee"][2] < 0.06),
    ("piriformis_stretch", lambda s: s.apart("right_ankle", "left_knee") < 0.09),
    ("hamstring_stretch", lambda s: s.angle(*KNEE) > 165),
    ("hamstring_stretch", lambda s: s.end["right_ankle"][2] > 0.4),
    ("lumbar_rotation", lambda s: abs(s.gain("right_knee", 1)) > 0.1),
    (
        "lumbar_rotation",
        lambda s: abs(s.end["right_shoulder"][2] - s.end["left_shoulder"][2]) < 0.05,
    ),
    ("sciatic_slider_sit", lambda s: s.angle(*KNEE) > 160),
    ("sciatic_slider_sit", lambda s: s.gain("chin", 2) > 0.05),
    (
        "femoral_slider",
        lambda s: s.apart("left_heel", "hips") < math.dist(s.start["left_heel"], s.start["hips"]),
    ),
    ("median_slider", lambda s: s.start["vertex"][1] < -0.02 < 0.02 < s.end["vertex"][1]),
    ("hip_hinge", lambda s: s.gain("hips", 0) < -0.05),
    ("hip_hinge", lambda s: abs(s.angle_at_first(*BACK) - s.angle(*BACK)) < 2),
    ("squat_sit_stand", lambda s: s.end["hips"][0] + 0.1 < s.end["vertex"][0]),
    ("chin_tuck", lambda s: s.gain("chin", 0) < -0.015),
    ("chin_tuck", lambda s: abs(s.gain("vertex", 2)) < 0.01),
    ("neck_rotation", lambda s: abs(s.end["chin"][1]) > 0.04),
    ("neck_rotation", lambda s: abs(s.gain("left_shoulder", 0)) < 0.01),
    ("scapular_setting", lambda s: s.gain("left_shoulder", 2) < 0),
    ("scapular_setting", lambda s: s.gain("left_shoulder", 0) < 0),
    ("wall_slide", lambda s: s.gain("right_wrist", 2) > 0.1),
    ("thoracic_rotation", lambda s: s.gain("left_fingertips", 0) < -0.3),
    ("wall_posture_breath", lambda s: s.gain("head", 0) < -0.02),
    ("ankle_pumps", lambda s: s.gain("right_toe", 0) > 0.03),
    ("calf_raise_straight", lambda s: s.end["right_heel"][2] > 0.04),
    ("calf_raise_straight", lambda s: s.shift("right_ball") < 0.01),
    ("calf_raise_bent", lambda s: 140 < s.angle(*KNEE) < 160),
    ("calf_raise_seated", lambda s: s.end["right_heel"][2] > 0.04),
    ("calf_raise_seated", lambda s: s.shift("right_ball") < 0.01),
    ("calf_eccentric", lambda s: s.end["right_heel"][2] < 0.115 < s.start["right_heel"][2]),
    ("calf_hsr", lambda s: s.gain("right_heel", 2) > 0.05),
    ("calf_stretch", lambda s: s.angle(*KNEE) > 172),
    ("calf_stretch", lambda s: s.end["right_heel"][2] < 0.01),
    ("single_leg_balance", lambda s: s.end["right_toe"][2] > 0.05),
    ("single_leg_balance", lambda s: s.end["left_toe"][2] < 0.01),
    ("pogo_hop", lambda s: min(s.end["right_toe"][2], s.end["left_toe"][2]) > 0.03),
    ("deadlift_light", lambda s: abs(s.angle_at_first(*BACK) - s.angle(*BACK)) < 2),
    ("band_row", lambda s: s.end["right_elbow"][0] < s.end["right_shoulder"][0] - 0.02),
    (
        "band_anti_rotation",
        lambda s: abs(s.end["left_shoulder"][0] - s.end["right_shoulder"][0]) < 0.01,
    ),
    ("band_anti_rotation", lambda s: s.end["right_knuckles"][0] > 0.3),
]


@pytest.mark.parametrize(("exercise", "claim"), CLAIMS)
def test_the_picture_shows_what_the_words_say(exercise: str, claim: Callable[[Seen], bool]) -> None:
    first, second = (skeleton(pose).points for pose in drawn(exercise)[0].keys[:2])
    assert claim(Seen(first, second))


def test_getting_up_ends_sitting_with_the_feet_on_the_floor() -> None:
    last = skeleton(movement("getting_up_roll").keys[-1]).points
    assert last["vertex"][2] > 0.7
    assert abs(last["left_heel"][2]) < 0.03
    assert 75 < _angle(last, "left_hip", "left_knee", "left_ankle") < 105


# The files that come out.


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("draw", [exercise_still_svg, exercise_moving_svg])
def test_pictures_are_svg_that_a_strict_page_may_show(
    draw: Callable[[str], str], exercise: str
) -> None:
    root = ElementTree.fromstring(draw(exercise))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not tags & {"script", "style", "foreignObject", "image"}
    assert not any(
        name == "style" or name.startswith("on") for e in root.iter() for name in e.attrib
    )
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(set(ids)) == len(ids)
    for element in root.iter():
        if "href" in element.attrib:
            assert element.attrib["href"].removeprefix("#") in ids
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == load_pictures().exercises[exercise].shows


@pytest.mark.parametrize("exercise", EXERCISES)
def test_outlines_keep_their_commands_so_that_browsers_can_move_them(exercise: str) -> None:
    root = ElementTree.fromstring(exercise_moving_svg(exercise))
    moves = list(root.iter("{http://www.w3.org/2000/svg}animate"))
    if load_pictures().exercises[exercise].course == "hold":
        assert not moves
        return
    assert moves
    for animate in moves:
        frames = animate.attrib["values"].split(";")
        times = [float(time) for time in animate.attrib["keyTimes"].split(";")]
        assert len({re.sub(r"[-\d. ]+", "", frame) for frame in frames}) == 1
        assert len({len(re.findall(r"-?\d+", frame)) for frame in frames}) == 1
        assert len(times) == len(frames)
        assert (times[0], times[-1]) == (0, 1)
        assert times == sorted(times)
        first, last = ([int(n) for n in re.findall(r"-?\d+", frames[place])] for place in (0, -1))
        assert max(abs(a - b) for a, b in zip(first, last, strict=True)) <= 2


@pytest.mark.parametrize("exercise", EXERCISES)
def test_still_pictures_are_small_and_name_their_panels(exercise: str) -> None:
    svg = exercise_still_svg(exercise)
    assert len(svg) < 60_000
    words = re.findall(r"<text[^>]*>([^<]+)</text>", svg)
    shown = movement(exercise)
    assert set(words) <= set(shown.labels)
    assert len(words) == (1 if shown.picture.course == "hold" else max(2, len(words)))


def test_marks_are_told_in_words_too() -> None:
    assert exercise_marks("bridge") == "Works: buttock, back of the thigh."
    assert exercise_marks("walking") == ""
    assert {place.removeprefix("left_").removeprefix("right_") for place in MARKS} == set(PLACES)
    assert "Is stretched: calf." in exercise_still_svg("calf_stretch")


def test_an_unknown_exercise_gets_a_hint() -> None:
    with pytest.raises(UnknownIdError, match="no picture of 'brige'; did you mean bridge"):
        exercise_still_svg("brige")


def test_faults_of_the_data_are_listed_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from lumbago.care import pictures_data

    wrong = pictures_data.PoseFile(
        furniture={},
        bases={"standing": pictures_data.PoseData()},
        exercises={
            "one": {"shows": "x", "base": "flying", "poses": [{}, {}]},
            "two": {"shows": "x", "base": "standing", "poses": [{}], "works": ["toenail"]},
            "three": {"shows": "x", "base": "standing", "poses": [{}, {}], "colour": "red"},
        },
    )
    monkeypatch.setattr(pictures_data, "read_single", lambda *_: wrong)
    with pytest.raises(EvidenceError) as caught:
        load_pictures.__wrapped__()
    text = str(caught.value)
    for words in (
        "one: there is no base 'flying'",
        "two: no place 'left_toenail'",
        "two: a hold",
        "three: ",
        "colour",
    ):
        assert words in text


def test_a_pose_is_a_value() -> None:
    assert Pose({"left_knee_flexion": 5}) == Pose({"left_knee_flexion": 5})
