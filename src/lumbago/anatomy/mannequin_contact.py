"""A posture put into the world: on the floor, hands and feet where they belong, nothing floating or sunk.

A `Stance` is a posture with what it touches. `settled` puts it down: it stands the body on its lowest
part, bends the named joints until the named parts touch the floor, and brings hands and feet to their
places. `moved` does the same for every step between two stances, with what is held staying where it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from lumbago.anatomy.mannequin_body import joint_ranges
from lumbago.anatomy.mannequin_kinematics import Skeleton, sign_of, skeleton
from lumbago.anatomy.mannequin_pose import Pose, interpolate
from lumbago.anatomy.mannequin_reach import flat_foot, pointed_foot, pointed_hand, reached
from lumbago.anatomy.mannequin_space import Point, add, scaled
from lumbago.anatomy.mannequin_surface import BARE, lowest, surface

__all__ = ["Hold", "Stance", "Support", "moved", "settled"]

Value = TypeVar("Value")
#: Which way elbows and knees point unless a hold says otherwise: forward, outward, up of the trunk.
POLES = {"arm": (-0.7, 0.7, -0.4), "leg": (1.0, 0.15, 0.0)}
ENDS = {"arm": "wrist", "leg": "ankle"}
PARTS = {
    "arm": ("upper_arm", "forearm", "palm", "fingers"),
    "leg": ("thigh", "shank", "hindfoot", "midfoot", "forefoot"),
}
#: A touch is exact to this height, in statures: well under a millimetre.
EXACT = 2e-4
STEPS = 12


@dataclass(frozen=True)
class Hold:
    """Where a hand or foot is kept.

    Args:
        at: Place of the wrist or ankle in statures: forward and to the left of the hips, up from the floor.
        on: Or a joint of the body that it is kept at, such as `left_knee`.
        segment: Segment along whose axes `offset` counts.
        offset: From the joint: forward, outward, up along that segment, in statures.
        pole: Which way the elbow or knee points: forward, outward and up of the trunk.
        flat: A foot with a level sole.
        along: A direction of the world in which the fingers point, the wrist bent back.
    """

    at: Point | None = None
    on: str | None = None
    segment: str | None = None
    offset: Point = (0.0, 0.0, 0.0)
    pole: Point | None = None
    flat: bool = False
    along: Point | None = None


@dataclass(frozen=True)
class Support:
    """What the body rests on: the lowest of `parts` at `height` over the floor; none for all that rest."""

    parts: tuple[str, ...] = ()
    height: float = 0.0


@dataclass(frozen=True)
class Stance:
    """A posture and what it touches.

    Args:
        pose: The posture.
        holds: Hands and feet kept at a place, by limb: `left_arm`, `right_arm`, `left_leg`, `right_leg`.
        touches: Part of the body to the angle (or `pitch`, `roll`) that is turned until it is on the floor.
        support: What the body stands or lies on.
        anchor: Joint that stays over its place while moving; the hips move freely if there is none.
        place: Where the anchor is kept: forward and to the left, in statures.
    """

    pose: Pose
    holds: Mapping[str, Hold] = field(default_factory=dict)
    touches: Mapping[str, str] = field(default_factory=dict)
    support: Support = Support()
    anchor: str | None = None
    place: tuple[float, float] | None = None


def settled(stance: Stance) -> Pose:
    """The posture on the floor, with hands and feet at their places.

    Raises:
        MeasurementError: If a joint would have to go further than it does.
    """
    pose = _stood(stance, stance.pose)
    for _ in range(2 if len(stance.touches) > 1 else 1):  # one touch disturbs the other
        for part, angle in stance.touches.items():
            pose = _touched(stance, pose, part, angle)
    for limb in sorted(stance.holds, key=lambda name: name.endswith("arm")):
        pose = _held(pose, limb, stance.holds[limb])
    return pose


def moved(start: Stance, end: Stance, *, held: Sequence[str], steps: int) -> list[Pose]:
    """Every step from one stance to another, the first and last among them.

    Args:
        start: Where the movement begins.
        end: Where it ends.
        held: Hands and feet that stay where they are at the start.
        steps: How many steps, one or more.
    """
    first = settled(start)
    kept = {limb: _as_it_is(first, limb, start.holds.get(limb)) for limb in held}
    last = settled(_anchored(replace(end, holds={**end.holds, **kept}), first, end.anchor))
    between = []
    for step in range(1, steps):
        pose = interpolate(first, last, step / steps)
        holds = {**_halfway(start.holds, end.holds, step / steps), **kept}
        stance = replace(end, pose=pose, holds=holds, touches=_same(start.touches, end.touches))
        between.append(settled(_anchored(_raised(stance, start, step / steps), first, end.anchor)))
    return [first, *between, last]


def _raised(stance: Stance, start: Stance, share: float) -> Stance:
    height = start.support.height + (stance.support.height - start.support.height) * share
    return replace(stance, support=replace(stance.support, height=height))


def _halfway(start: Mapping[str, Hold], end: Mapping[str, Hold], share: float) -> dict[str, Hold]:
    """Holds on the same place in both; the elbow or knee turns from one direction to the other."""
    holds = {}
    for limb, last in end.items():
        first = start.get(limb)
        if first is not None and replace(first, pole=None) == replace(last, pole=None):
            kind = limb.partition("_")[2]
            a, b = first.pole or POLES[kind], last.pole or POLES[kind]
            holds[limb] = replace(last, pole=add(scaled(a, 1 - share), scaled(b, share)))
    return holds


def _same(a: Mapping[str, Value], b: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in b.items() if a.get(name) == value}


def _stood(stance: Stance, pose: Pose) -> Pose:
    """The posture moved up or down until its lowest resting part is on what it rests on."""
    reaching = {
        f"{limb.partition('_')[0]}_{part}"
        for limb in stance.holds
        for part in PARTS[limb.partition("_")[2]]
    }
    names = stance.support.parts or [part for part in BARE if part not in reaching]
    bones = skeleton(pose)
    x, y, z = pose.hips
    if stance.anchor is not None and stance.place is not None:
        now = bones.points[stance.anchor]
        x, y = x + stance.place[0] - now[0], y + stance.place[1] - now[1]
    low = lowest(surface(bones, names), names)
    return replace(pose, hips=(x, y, z + stance.support.height - low))


def _touched(stance: Stance, pose: Pose, part: str, angle: str) -> Pose:
    """The posture with one angle turned until a part is level with what the body rests on (secant)."""

    def height(candidate: Pose) -> float:
        return lowest(surface(skeleton(candidate), [part]), [part]) - stance.support.height

    step = 4.0
    pose = _stood(stance, pose)
    before = height(pose)
    for _ in range(STEPS):
        if abs(before) < EXACT:
            break
        trial = _stood(stance, _turned(pose, angle, step))
        after = height(trial)
        slope = (after - before) / step
        pose, before = trial, after
        step = max(-12.0, min(12.0, -after / slope)) if abs(slope) > 1e-9 else -step
    return pose


def _turned(pose: Pose, angle: str, by: float) -> Pose:
    if angle == "pitch":
        return replace(pose, pitch=pose.pitch + by)
    if angle == "roll":
        return replace(pose, roll=pose.roll + by)
    names = joint_ranges()[angle].names if angle in joint_ranges() else _both(angle)
    changed = {}
    for name in names:
        joint = joint_ranges()[name]
        changed[name] = max(joint.low, min(joint.high, pose[name] + by))
    return pose.with_angles(changed)


def _both(angle: str) -> tuple[str, ...]:
    return next(joint.names for joint in joint_ranges().values() if joint.angle == angle)


def _held(pose: Pose, limb: str, hold: Hold) -> Pose:
    side, _, kind = limb.partition("_")
    bones = skeleton(pose)
    trunk = bones.axes["t3_c7" if kind == "arm" else "pelvis"]
    forward, outward, up = hold.pole or POLES[kind]
    pole = trunk.world((forward, sign_of(side) * outward, up))
    pose = reached(pose, limb, _place(bones, hold, side), pole)
    if hold.flat:
        pose = flat_foot(pose, side)
    elif hold.along is not None:
        pose = (
            pointed_hand(pose, side, hold.along)
            if kind == "arm"
            else pointed_foot(pose, side, hold.along)
        )
    return pose


def _place(bones: Skeleton, hold: Hold, side: str) -> Point:
    if hold.at is not None:
        return hold.at
    x, y, z = hold.offset
    return bones.at(hold.on or "hips", hold.segment or "pelvis", (x, sign_of(side) * y, z))


def _as_it_is(pose: Pose, limb: str, hold: Hold | None) -> Hold:
    """The hold that keeps a hand or foot where it is, and turned as it is."""
    side, _, kind = limb.partition("_")
    bones = skeleton(pose)
    hand = kind == "arm"
    axes = bones.axes[f"{side}_{'hand' if hand else 'foot'}"]
    along = scaled(axes.up, -1) if hand else axes.forward
    pole = hold.pole if hold else None
    return Hold(at=bones.points[f"{side}_{ENDS[kind]}"], pole=pole, along=along)


def _anchored(stance: Stance, first: Pose, anchor: str | None) -> Stance:
    """The stance with its anchor kept over the place where it was at first."""
    if anchor is None:
        return stance
    x, y, _ = skeleton(first).points[anchor]
    return replace(stance, place=(x, y))
