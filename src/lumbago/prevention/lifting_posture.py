"""The posture of a lift: how a person of some stature stands when the hands are where the tape says they are.

The lifting equation asks where the hands are, the spine model and the drawn human ask for angles. Of all
postures that bring the hands there, the one with the least lean of the trunk is taken. That people choose it
is judgement; bending the knees more or less is up to whoever asks.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import acos, atan2, cos, degrees, hypot, radians, sin, sqrt

from lumbago.anatomy.mannequin_body import segments
from lumbago.anatomy.mannequin_kinematics import skeleton
from lumbago.anatomy.mannequin_pose import Pose, interpolate
from lumbago.prevention.spine_person import Posture
from lumbago.prevention.spine_picture import drawn_pose

__all__ = ["LiftPosture", "lift_posture"]

#: How much of its length the arm stretches to, and how far the trunk leans at most, in degrees.
STRETCH, MOST_LEAN_DEG, STEP_DEG = 0.995, 105.0, 7.5
#: Hands higher than this, in statures, need no bent knees; at `DEEP` the knees are bent as far as drawn.
HIGH, DEEP = 0.40, 0.10
#: Shares of that bend that go with bending the back: nobody keeps the knees quite straight, and whoever
#: does not get down to the load bends them more.
SOFT_KNEES = (0.5, 0.75, 1.0)
SHARPEN = 5
#: Steps of a squat: few, so that the coarse leans of each are worked out once for all lifts.
FINE = 40
#: The lowest that knuckles come with the fingers on the floor, in statures.
ON_FLOOR = 0.05


@dataclass(frozen=True)
class LiftPosture:
    """Angles for the spine model, the drawn posture, and whether the hands reach the place at all."""

    angles: Posture
    pose: Pose
    reached: bool


def lift_posture(
    horizontal_cm: float,
    vertical_cm: float,
    stature_cm: float,
    *,
    turn_deg: float = 0.0,
    bent_knees: bool = False,
) -> LiftPosture:
    """A posture with the hands at a place.

    Args:
        horizontal_cm: From between the ankles forward to the hands.
        vertical_cm: From the floor up to the hands.
        stature_cm: Body height.
        turn_deg: Load to the side of straight ahead; it turns the arms and is not drawn.
        bent_knees: Whether a low load is reached by bending the knees rather than the back.

    Returns:
        The posture with the least lean; where the arms are too short, the one that comes nearest.
    """
    target = (horizontal_cm / stature_cm, max(vertical_cm / stature_cm, ON_FLOOR))
    depth = min(max((HIGH - target[1]) / (HIGH - DEEP), 0.0), 1.0)
    for share in SOFT_KNEES[-1:] if bent_knees else SOFT_KNEES:
        squat = round(depth * share * FINE) / FINE
        lean = _least_lean(target, squat)
        if not depth or _arm(_shoulder(lean, squat), target)[2]:
            break
    arm, elbow, reached = _arm(_shoulder(lean, squat), target)
    arm = min(max(arm, -60.0), 180.0 - lean)
    angles = Posture(lean, turn_deg=turn_deg, arm_deg=arm, elbow_deg=elbow)
    return LiftPosture(angles, _pose(angles, squat), reached)


def _least_lean(target: tuple[float, float], squat: float) -> float:
    leans = [step * STEP_DEG for step in range(int(MOST_LEAN_DEG / STEP_DEG) + 1)]
    found = next((lean for lean in leans if _arm(_shoulder(lean, squat), target)[2]), None)
    if found is None:
        return min(leans, key=lambda lean: _distance(_shoulder(lean, squat), target))
    low, high = max(found - STEP_DEG, 0.0), found
    for _ in range(SHARPEN if found else 0):
        middle = (low + high) / 2
        if _arm(_shoulder(middle, squat), target)[2]:
            high = middle
        else:
            low = middle
    return high


@lru_cache(maxsize=4096)
def _shoulder(lean: float, squat: float) -> tuple[float, float]:
    x, _, z = skeleton(_pose(Posture(lean), squat)).points["right_shoulder"]
    return (x, z)


def _pose(angles: Posture, squat: float) -> Pose:
    """The drawn posture with the knees part of the way to a squat, the ankles where they were."""
    straight = drawn_pose(angles)
    pose = interpolate(straight, drawn_pose(angles, "bent"), squat)
    before, after = (skeleton(one).points["right_ankle"] for one in (straight, pose))
    x, y, z = pose.hips
    return replace(pose, hips=(x + before[0] - after[0], y, z + before[2] - after[2]))


def _distance(shoulder: tuple[float, float], target: tuple[float, float]) -> float:
    return hypot(target[0] - shoulder[0], target[1] - shoulder[1])


def _arm(shoulder: tuple[float, float], target: tuple[float, float]) -> tuple[float, float, bool]:
    """Angle of the upper arm forward from hanging, bend of the elbow, and whether the hand gets there."""
    size = segments()
    upper, lower = size("upper_arm"), size("forearm") + size("hand") / 2
    far = _distance(shoulder, target)
    longest = (upper + lower) * STRETCH
    nearest = _length(upper, lower, 150.0)
    kept = min(max(far, nearest), longest)
    bend = acos((kept**2 - upper**2 - lower**2) / (2 * upper * lower))
    toward = atan2(target[0] - shoulder[0], shoulder[1] - target[1])
    behind = atan2(lower * sin(bend), upper + lower * cos(bend))
    return degrees(toward - behind), degrees(bend), far <= longest


def _length(upper: float, lower: float, bend_deg: float) -> float:
    return sqrt(upper**2 + lower**2 + 2 * upper * lower * cos(radians(bend_deg)))
