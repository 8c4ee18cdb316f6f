"""Joint angles from the points that a pose estimator or motion capture finds on a body.

Every body part is a direction (trunk: middle of the hips to middle of the shoulders; neck: on to the middle
of the ears; arms; legs; hands). Its angle is the swing from its neutral direction, split into a part forward
and a part to the side, as a ball joint turns: an arm 60 degrees straight out to the side has no flexion. Above
the shoulder it counts as flexed whichever way it went up. Ears stand forward of the shoulders in many people,
so that the neck is good to some 10 degrees. Turned forearms, raised shoulders, support, and what the legs rest
on are not seen in points.
"""

import numpy as np
from numpy.typing import NDArray

from lumbago.prevention.keypoint_axes import UP, Body, Points, as_body
from lumbago.prevention.keypoint_names import SIDES

__all__ = ["angles_from_keypoints"]

Floats = NDArray[np.float64]
Angles = dict[str, Floats]
SHOULDER_HEIGHT_DEG = 90.0


def angles_from_keypoints(points: Points, *, up: str = "-y", facing: str | None = None) -> Angles:
    """Joint angles of N postures, by the name of their column in a file of angles.

    Args:
        points: By name (`keypoint_names`), `(N, 2)` seen from the side, or `(N, 3)` in right-handed axes; any
            unit of length; nan where a point was not seen. Hips, shoulders and elbows are needed.
        up: The axis that points up: `-y` in pictures and what is found in them, `y` or `z` in motion capture.
        facing: In two dimensions `left` or `right`, where the person looks in the picture; left out, the
            nose says it, posture by posture.

    Returns:
        Angles in degrees, `(N,)` each; nan where a point that they need was not seen. A joint of one side
        that was not seen takes the angle of the other. Two dimensions give flexions alone.

    Raises:
        MeasurementError: If a point is missing, or the axes cannot be as said.
    """
    body = as_body(points, up=up, facing=facing)
    # Points that fall together have no direction between them: such an angle is nan, without a warning.
    with np.errstate(all="ignore"):
        angles = _trunk(body) | _neck(body)
        limbs = [_limb(body, side) for side in SIDES]
    for name in limbs[0].keys() & limbs[1].keys():
        left, right = (limb[name] for limb in limbs)
        angles[f"left_{name}"] = np.where(np.isnan(left), right, left)
        angles[f"right_{name}"] = np.where(np.isnan(right), left, right)
    kept = (name for name in angles if not body.flat or name.endswith("_flexion"))
    return {f"{name}_deg": angles[name] for name in kept}


def _trunk(body: Body) -> Angles:
    hips, trunk = body.across("hip"), _trunk_axis(body)
    upright = np.broadcast_to(UP, hips.shape)
    ahead, left = _frame(upright, hips)
    forward, side = _swing(trunk, upright, ahead, left)
    twist = _twist(hips, body.across("shoulder"), trunk)
    return {"trunk_flexion": forward, "trunk_side": side, "trunk_twist": twist}


def _neck(body: Body) -> Angles:
    if not body.has("ear"):
        return {}
    trunk, shoulders = _trunk_axis(body), body.across("shoulder")
    neck = body.middle("ear") - body.middle("shoulder")
    forward, side = _swing(neck, trunk, *_frame(trunk, shoulders))
    twist = _twist(shoulders, body.across("ear"), trunk)
    return {"neck_flexion": forward, "neck_side": side, "neck_twist": twist}


def _limb(body: Body, side: str) -> Angles:
    """Angles of the arm and the leg of one side."""
    of_side = (item for item in body.points.items() if item[0].startswith(f"{side}_"))
    at = {name.removeprefix(f"{side}_"): values for name, values in of_side}
    upper = at["elbow"] - at["shoulder"]
    found = _upper_arm(body, upper, side)
    if "wrist" in at:
        lower = at["wrist"] - at["elbow"]
        found["lower_arm_flexion"] = _between(upper, lower)
        if "index" in at and "pinky" in at:
            hand = (at["index"] + at["pinky"]) / 2 - at["wrist"]
            found |= _wrist(hand, lower, None if body.flat else at["index"] - at["pinky"])
    if "knee" in at and "ankle" in at:
        found["knee_flexion"] = _between(at["knee"] - at["hip"], at["ankle"] - at["knee"])
    return found


def _upper_arm(body: Body, upper: Floats, side: str) -> Angles:
    trunk = _trunk_axis(body)
    ahead, left = _frame(trunk, body.across("shoulder"))
    forward, outward = _swing(upper, -trunk, ahead, left if side == "left" else -left)
    raised = _between(upper, -trunk)
    over = raised > SHOULDER_HEIGHT_DEG
    return {
        "upper_arm_flexion": np.where(over, raised, forward),
        "upper_arm_abduction": np.where(over, np.abs(outward), outward),
    }


def _wrist(hand: Floats, lower: Floats, palm: Floats | None) -> Angles:
    """Bend of the hand; `palm` runs across it, and is not known from the side."""
    if palm is None:
        return {"wrist_flexion": _between(hand, lower)}
    flexion, deviation = _swing(hand, lower, *_frame(lower, palm))
    return {"wrist_flexion": flexion, "wrist_deviation": deviation}


def _trunk_axis(body: Body) -> Floats:
    return body.middle("shoulder") - body.middle("hip")


def _frame(axis: Floats, left: Floats) -> tuple[Floats, Floats]:
    """Forward and left at right angles to an axis that points up."""
    upward = _unit(axis)
    across = _unit(left - upward * _dot(left, upward)[:, np.newaxis])
    return _cross(across, upward), across


def _swing(vector: Floats, neutral: Floats, ahead: Floats, aside: Floats) -> tuple[Floats, Floats]:
    """Angle from a neutral direction in degrees: its part ahead, and its part to the side."""
    to_front, to_side = _dot(vector, ahead), _dot(vector, aside)
    reach = np.hypot(to_front, to_side)
    whole = np.degrees(np.arctan2(reach, _dot(vector, neutral) / _length(neutral)))
    # Straight along the axis there is no way that it leans: none of it is to the side.
    share = np.where(reach > 0, whole / reach, 0.0)
    return np.where(reach == 0, whole, to_front * share), to_side * share


def _twist(lower: Floats, upper: Floats, axis: Floats) -> Floats:
    """Degrees that the upper line is turned to the left against the lower, about the axis between them."""
    ahead, left = _frame(axis, lower)
    turned = np.arctan2(-_dot(upper, ahead), _dot(upper, left))
    return np.asarray(np.degrees(turned))


def _between(first: Floats, second: Floats) -> Floats:
    """Degrees between two directions."""
    return np.asarray(np.degrees(np.arctan2(_length(_cross(first, second)), _dot(first, second))))


def _dot(first: Floats, second: Floats) -> Floats:
    return np.asarray(np.einsum("ij,ij->i", first, second))


def _cross(first: Floats, second: Floats) -> Floats:
    """As `np.cross`, at a quarter of its time for many short vectors."""
    (a, b, c), (x, y, z) = first.T, second.T
    return np.stack([b * z - c * y, c * x - a * z, a * y - b * x], axis=1)


def _length(vector: Floats) -> Floats:
    return np.sqrt(_dot(vector, vector))


def _unit(vector: Floats) -> Floats:
    return vector / _length(vector)[:, np.newaxis]
