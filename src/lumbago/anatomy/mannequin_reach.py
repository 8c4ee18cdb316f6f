"""Angles of an arm or a leg that bring its hand or foot to a place: two bones and a law of cosines."""

from dataclasses import dataclass
from math import acos, asin, atan2, cos, degrees, radians, sin, sqrt

from lumbago.anatomy.mannequin_body import joint_ranges, segments
from lumbago.anatomy.mannequin_kinematics import sign_of, skeleton
from lumbago.anatomy.mannequin_pose import Pose
from lumbago.anatomy.mannequin_space import Axes, Point, add, dot, length, scaled, subtract, unit
from lumbago.errors import MeasurementError

__all__ = ["flat_foot", "pointed_foot", "pointed_hand", "reached"]

#: How much of its length a limb may stretch to; a straight one has no plane to bend in.
STRAIGHT = 0.9995
BENT = 1e-3
#: Height of an elbow or knee that lies on the floor, in statures; a lower one would be in it.
ON_FLOOR = 0.018
#: Turns of the elbow or knee about the limb that are tried, the smallest first, until the joints allow it.
SWIVELS = (0.0, *(sign * step for step in range(6, 181, 6) for sign in (1.0, -1.0)))


@dataclass(frozen=True)
class _Limb:
    """The two bones of a limb: names of its joints and segments, and which way its middle joint bends."""

    root: str
    upper: str
    lower: str
    parent: str
    ball: str
    hinge: str
    backward: bool


LIMBS = {
    "arm": _Limb("shoulder", "upper_arm", "forearm", "t3_c7", "shoulder", "elbow_flexion", False),
    "leg": _Limb("hip", "thigh", "shank", "pelvis", "hip", "knee_flexion", True),
}


def reached(pose: Pose, limb: str, target: Point, pole: Point) -> Pose:
    """The posture with a wrist or an ankle brought to a place.

    Args:
        pose: The posture.
        limb: `left_arm`, `right_arm`, `left_leg` or `right_leg`.
        target: Where the wrist or ankle shall be, in statures.
        pole: Direction in which the elbow or knee shall point.

    Raises:
        MeasurementError: If a joint would have to go further than it does.
    """
    side, _, kind = limb.partition("_")
    bones, parts = skeleton(pose), LIMBS[kind]
    size = segments()
    one, two = size(parts.upper), size(parts.lower)
    way = subtract(target, bones.points[f"{side}_{parts.root}"])
    if length(way) > one + two:
        way = scaled(unit(way), one + two)
    parent = bones.axes[parts.parent]
    height = bones.points[f"{side}_{parts.root}"][2]
    sunk, fault = None, None
    for swivel in SWIVELS:
        upper, lower = _two_bones(way, one, two, _swivelled(pole, way, swivel))
        try:
            found = pose.with_angles(_angles_of(parent, upper, lower, side, parts, pose))
        except MeasurementError as error:
            fault = fault or error
            continue
        if height + one * upper[2] >= ON_FLOOR:
            return found
        sunk = sunk or found
    if sunk is None:
        raise MeasurementError(f"{limb} cannot reach its place: {fault}")
    return sunk


def _swivelled(pole: Point, way: Point, angle: float) -> Point:
    """A direction turned about the line from the root of a limb to its end (Rodrigues)."""
    axis = unit(way)
    c, s = cos(radians(angle)), sin(radians(angle))
    across = (
        axis[1] * pole[2] - axis[2] * pole[1],
        axis[2] * pole[0] - axis[0] * pole[2],
        axis[0] * pole[1] - axis[1] * pole[0],
    )
    along = scaled(axis, dot(axis, pole) * (1 - c))
    return add(add(scaled(pole, c), scaled(across, s)), along)


def flat_foot(pose: Pose, side: str) -> Pose:
    """The posture with the sole of a foot level."""
    shank = skeleton(pose).axes[f"{side}_shank"]
    return _with(pose, f"{side}_ankle_dorsiflexion", degrees(atan2(-shank.forward[2], shank.up[2])))


def pointed_foot(pose: Pose, side: str, sole: Point) -> Pose:
    """The posture with a foot that points along a direction as well as its ankle can."""
    x, _, z = skeleton(pose).axes[f"{side}_shank"].local(sole)
    return _with(pose, f"{side}_ankle_dorsiflexion", degrees(atan2(z, x)))


def pointed_hand(pose: Pose, side: str, fingers: Point) -> Pose:
    """The posture with a hand bent back at the wrist so that its fingers point along a direction."""
    sign = sign_of(side)
    fore = skeleton(pose.with_angles({f"{side}_forearm_pronation": 0.0})).axes[f"{side}_forearm"]
    x, y, z = fore.local(unit(fingers))
    bent_back = degrees(acos(max(-1.0, min(1.0, -z))))
    turned = degrees(atan2(x, sign * y))
    if abs(turned) > 90:  # the palm is the nearer side
        bent_back, turned = -bent_back, degrees(atan2(-x, -sign * y))
    return _with(
        _with(pose, f"{side}_forearm_pronation", turned), f"{side}_wrist_flexion", -bent_back
    )


def _with(pose: Pose, angle: str, value: float) -> Pose:
    joint = joint_ranges()[angle]
    return pose.with_angles({angle: max(joint.low, min(joint.high, value))})


def _two_bones(way: Point, one: float, two: float, pole: Point) -> tuple[Point, Point]:
    """Directions of the upper and the lower bone that end a way from the root."""
    far = max(abs(one - two) * 1.001, min(length(way), (one + two) * STRAIGHT))
    ahead = unit(way)
    along = (one**2 - two**2 + far**2) / (2 * far)
    off = sqrt(max(one**2 - along**2, 0.0))
    aside = unit(subtract(pole, scaled(ahead, dot(pole, ahead))))
    middle = add(scaled(ahead, along), scaled(aside, off))
    return unit(middle), unit(subtract(scaled(ahead, far), middle))


def _angles_of(
    parent: Axes, upper: Point, lower: Point, side: str, parts: _Limb, pose: Pose
) -> dict[str, float]:
    sign = sign_of(side)
    x, y, z = parent.local(upper)
    out = degrees(asin(max(-1.0, min(1.0, sign * y))))
    forward = degrees(atan2(x, -z))
    ball = joint_ranges()[f"{side}_{parts.ball}_flexion"]
    if forward < ball.low and forward + 360 <= ball.high:
        forward += 360  # an arm overhead has come round by the front
    around = parent.pitched(-forward).leaned(-sign * out)
    fx, fy, fz = around.local(lower)
    bend = degrees(acos(max(-1.0, min(1.0, -fz))))
    turn = pose[f"{side}_{parts.ball}_rotation"]
    if sin(radians(bend)) > BENT:
        turn = degrees(atan2(-sign * fy, -fx) if parts.backward else atan2(sign * fy, fx))
    return {
        f"{side}_{parts.ball}_flexion": forward,
        f"{side}_{parts.ball}_abduction": out,
        f"{side}_{parts.ball}_rotation": turn,
        f"{side}_{parts.hinge}": bend,
    }
