"""From joint angles to where every joint is: forward kinematics of the drawn human.

The chain starts at the pelvis and goes up the spine piece by piece (five lumbar, four thoracic, two of
the neck), out to the hands and down to the toes. Lengths are kept in every posture.

Limits: joints are hinges and balls without sliding; the chest is four stiff pieces; the collar bone is a
bar that tilts and turns.
"""

from dataclasses import dataclass

from lumbago.anatomy.mannequin_body import SIDES, SPINE, segments
from lumbago.anatomy.mannequin_pose import Pose
from lumbago.anatomy.mannequin_space import Axes, Point, add, scaled
from lumbago.errors import MeasurementError

__all__ = ["Skeleton", "joints", "sign_of", "skeleton"]

#: Which angle moves each piece of the spine.
REGIONS = {
    "lumbar": ("l5", "l4", "l3", "l2", "l1"),
    "thoracic": ("t12_t9", "t9_t6", "t6_t3", "t3_c7"),
    "neck": ("c7_c4", "c4_c0"),
}
REGION_OF = {piece: region for region, pieces in REGIONS.items() for piece in pieces}
# Where the collar bone starts, and landmarks of the head, from the joint below, in statures.
COLLAR = 0.020
HEAD = {"head": (0.020, 0.0, 0.014), "vertex": (0.012, 0.0, 0.077), "chin": (0.062, 0.0, -0.050)}


@dataclass(frozen=True)
class Skeleton:
    """Joints and segments in the world, in statures.

    `points` holds joints by name; `axes` forward, left and up of each segment by name.
    """

    points: dict[str, Point]
    axes: dict[str, Axes]

    def at(self, joint: str, segment: str, local: Point) -> Point:
        """A place near a joint, given along the axes of a segment."""
        return add(self.points[joint], self.axes[segment].world(local))


def joints(pose: Pose, stature_m: float) -> dict[str, Point]:
    """Where every joint is, in metres.

    Args:
        pose: The posture.
        stature_m: Body height in metres, 0.5 to 2.5.

    Returns:
        Joint to (forward, left, up from the floor): `hips`, the spine from `l5_s1` to `c0`, `head`,
        `vertex`, `chin`, and for each side `hip`, `knee`, `ankle`, `heel`, `ball`, `toe`, `shoulder`,
        `elbow`, `wrist`, `knuckles`, `fingertips`, such as `left_knee`.

    Raises:
        MeasurementError: If the stature cannot be.

    Source:
        Lengths from segments.csv (Drillis & Contini 1966 where they gave them).
    """
    if not 0.5 <= stature_m <= 2.5:
        raise MeasurementError(f"stature must be 0.5 to 2.5 metres, such as 1.70; got {stature_m}")
    return {name: scaled(point, stature_m) for name, point in skeleton(pose).points.items()}


def skeleton(pose: Pose) -> Skeleton:
    """Every joint and the axes of every segment, in statures."""
    points: dict[str, Point] = {"hips": pose.hips}
    axes: dict[str, Axes] = {"pelvis": pose.axes}
    bones = Skeleton(points, axes)
    _spine(pose, bones)
    for side in SIDES:
        _leg(pose, bones, side)
        _arm(pose, bones, side)
    return bones


def sign_of(side: str) -> int:
    """1 for the left and -1 for the right: which way a turn outward goes."""
    return 1 if side == "left" else -1


def _spine(pose: Pose, bones: Skeleton) -> None:
    size = segments()
    offset = (size("lumbosacral", "before_hip"), 0.0, size("lumbosacral", "above_hip"))
    point, axes = bones.at("hips", "pelvis", offset), bones.axes["pelvis"]
    bones.points["l5_s1"] = point
    for piece, joint in SPINE.items():
        axes = _bent(pose, axes, piece)
        along = axes.pitched(size(piece, "neutral_pitch")).up
        point = add(point, scaled(along, size(piece)))
        bones.axes[piece], bones.points[joint] = axes, point
    bones.axes["head"] = axes.pitched(pose["head_nod"])
    for name, local in HEAD.items():
        bones.points[name] = bones.at("c0", "head", local)


def _bent(pose: Pose, axes: Axes, piece: str) -> Axes:
    region = REGION_OF[piece]
    share = segments()(piece, "flexion_share")
    glide = {"c7_c4": pose["head_glide"], "c4_c0": -pose["head_glide"]}.get(piece, 0.0)
    return (
        axes.turned(share * pose[f"{region}_rotation"])
        .leaned(share * pose[f"{region}_side_bend"])
        .pitched(share * pose[f"{region}_flexion"] + glide)
    )


def _leg(pose: Pose, bones: Skeleton, side: str) -> None:
    size, sign = segments(), sign_of(side)
    bones.points[f"{side}_hip"] = bones.at(
        "hips", "pelvis", (0.0, sign * size("hip", "half_breadth"), 0.0)
    )
    thigh = _ball(pose, bones.axes["pelvis"], side, "hip")
    shank = thigh.pitched(pose[f"{side}_knee_flexion"])
    foot = shank.pitched(-pose[f"{side}_ankle_dorsiflexion"])
    toes = foot.pitched(-pose[f"{side}_toe_extension"])
    down, ball = -size("foot", "height"), size("ball", "before_ankle")
    toe = size("foot") - size("heel", "behind_ankle") - ball
    _hang(bones, side, (("thigh", thigh), ("shank", shank), ("foot", foot), ("toes", toes)))
    for joint, above, segment, local in (
        ("knee", "hip", "thigh", (0.0, 0.0, -size("thigh"))),
        ("ankle", "knee", "shank", (0.0, 0.0, -size("shank"))),
        ("heel", "ankle", "foot", (-size("heel", "behind_ankle"), 0.0, down)),
        ("ball", "ankle", "foot", (ball, 0.0, down)),
        ("toe", "ball", "toes", (toe, 0.0, 0.0)),
    ):
        bones.points[f"{side}_{joint}"] = bones.at(f"{side}_{above}", f"{side}_{segment}", local)


def _arm(pose: Pose, bones: Skeleton, side: str) -> None:
    size, sign = segments(), sign_of(side)
    chest = bones.axes["t3_c7"]
    collar = chest.turned(-sign * pose[f"{side}_scapula_protraction"])
    collar = collar.leaned(-sign * pose[f"{side}_scapula_elevation"])
    out = scaled(collar.left, sign * (size("shoulder", "half_breadth") - COLLAR))
    bones.points[f"{side}_shoulder"] = add(
        bones.at("c7", "t3_c7", (0.006, sign * COLLAR, size("shoulder", "height") - 0.850)), out
    )
    upper = _ball(pose, chest, side, "shoulder")
    fore = upper.pitched(-pose[f"{side}_elbow_flexion"]).turned(
        -sign * pose[f"{side}_forearm_pronation"]
    )
    hand = fore.leaned(sign * pose[f"{side}_wrist_flexion"])
    fingers = hand.leaned(sign * pose[f"{side}_finger_flexion"])
    _hang(
        bones, side, (("upper_arm", upper), ("forearm", fore), ("hand", hand), ("fingers", fingers))
    )
    for joint, above, segment, size_down in (
        ("elbow", "shoulder", "upper_arm", size("upper_arm")),
        ("wrist", "elbow", "forearm", size("forearm")),
        ("knuckles", "wrist", "hand", size("hand") / 2),
        ("fingertips", "knuckles", "fingers", size("hand") / 2),
    ):
        local = (0.0, 0.0, -size_down)
        bones.points[f"{side}_{joint}"] = bones.at(f"{side}_{above}", f"{side}_{segment}", local)


def _ball(pose: Pose, parent: Axes, side: str, joint: str) -> Axes:
    """Axes beyond a ball joint: forward first, then outward, then about its own length."""
    sign = sign_of(side)
    return (
        parent.pitched(-pose[f"{side}_{joint}_flexion"])
        .leaned(-sign * pose[f"{side}_{joint}_abduction"])
        .turned(sign * pose[f"{side}_{joint}_rotation"])
    )


def _hang(bones: Skeleton, side: str, limbs: tuple[tuple[str, Axes], ...]) -> None:
    bones.axes.update({f"{side}_{segment}": axes for segment, axes in limbs})
