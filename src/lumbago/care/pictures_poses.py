"""The postures of every exercise, settled on the floor: from poses.yaml to what is drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from lumbago.anatomy.mannequin_body import SIDES
from lumbago.anatomy.mannequin_contact import Hold, Stance, Support, moved, settled
from lumbago.anatomy.mannequin_kinematics import sign_of
from lumbago.anatomy.mannequin_layers import Mark, far_limbs
from lumbago.anatomy.mannequin_pose import Pose, spelt_out
from lumbago.anatomy.mannequin_props import Ball, Line, Prop, Slab, Spot
from lumbago.anatomy.mannequin_scene import Scene
from lumbago.anatomy.mannequin_surface import BARE
from lumbago.anatomy.mannequin_view import VIEWS
from lumbago.care.pictures_data import (
    FILE,
    HoldData,
    Picture,
    Place,
    PoseData,
    PropData,
    SpotData,
    load_pictures,
    marked_places,
    picture,
)
from lumbago.errors import EvidenceError, LumbagoError

__all__ = ["Movement", "movement"]

ANKLE_HEIGHT = 0.039
#: Steps between two key postures; fewer where there are more, to keep pictures small.
STEPS, STEPS_OF_MANY = 6, 4


@dataclass(frozen=True)
class Movement:
    """An exercise ready to be drawn: key postures, the steps between them, and the scene."""

    picture: Picture
    scene: Scene
    keys: tuple[Pose, ...]
    ways: tuple[tuple[Pose, ...], ...]

    @property
    def steps(self) -> list[Pose]:
        """Every posture from the first key to the last, once each."""
        return [self.keys[0], *(pose for way in self.ways for pose in way[1:])]

    @property
    def labels(self) -> list[str]:
        """What stands under each key posture."""
        usual = (
            ["Hold"] if len(self.keys) == 1 else ["Start", *["Then"] * (len(self.keys) - 2), "End"]
        )
        return [pose.label or name for pose, name in zip(self.picture.poses, usual, strict=True)]


@cache
def movement(exercise_id: str) -> Movement:
    """The postures of an exercise on the floor, from the first to the last.

    Args:
        exercise_id: Id of the exercise.

    Raises:
        UnknownIdError: If there is no picture of that name.
        EvidenceError: If a posture cannot be taken; says which.
    """
    shown = picture(exercise_id)
    try:
        keys, ways = _settled(_stances(shown), shown)
    except LumbagoError as error:
        raise EvidenceError([f"{FILE} {exercise_id}: {error}"]) from None
    return Movement(shown, _scene(shown, keys), keys, ways)


def _settled(
    stances: list[Stance], shown: Picture
) -> tuple[tuple[Pose, ...], tuple[tuple[Pose, ...], ...]]:
    held = _limbs(shown.held)
    steps = STEPS if len(stances) == 2 else STEPS_OF_MANY
    ways = []
    before = stances[0]
    for stance in stances[1:]:
        way = moved(before, stance, held=held, steps=steps)
        ways.append(tuple(way))
        # The next way starts from where this one ended, with the same things held.
        before = Stance(way[-1], support=stance.support)
    return (settled(stances[0]), *(way[-1] for way in ways)), tuple(ways)


def _stances(shown: Picture) -> list[Stance]:
    base = load_pictures().bases[shown.base]
    first = _merged(base, shown.poses[0])
    return [_stance(first), *(_stance(_merged(first, pose)) for pose in shown.poses[1:])]


def _merged(under: PoseData, over: PoseData) -> PoseData:
    def either(name: str) -> float | None:
        value: float | None = getattr(over, name)
        below: float | None = getattr(under, name)
        return below if value is None else value

    return PoseData(
        label=over.label,
        pitch=either("pitch"),
        roll=either("roll"),
        yaw=either("yaw"),
        twist=either("twist"),
        angles={**spelt_out(under.angles), **spelt_out(over.angles)},
        holds={**_both_limbs(under.holds), **_both_limbs(over.holds)},
        touches={**under.touches, **over.touches},
        support=over.support or under.support,
        anchor=over.anchor or under.anchor,
    )


def _stance(data: PoseData) -> Stance:
    pose = Pose(
        spelt_out(data.angles),
        pitch=data.pitch or 0.0,
        roll=data.roll or 0.0,
        yaw=data.yaw or 0.0,
        twist=data.twist or 0.0,
    )
    support = data.support
    return Stance(
        pose,
        {limb: _hold(limb, hold) for limb, hold in _both_limbs(data.holds).items() if hold},
        {part: angle for part, angle in data.touches.items() if angle},
        Support(tuple(_parts(support.parts)), support.height) if support else Support(),
        data.anchor,
    )


def _hold(limb: str, data: HoldData) -> Hold:
    side = limb.partition("_")[0]
    at = None
    if data.at is not None:
        forward, outward, *up = data.at
        at = (forward, sign_of(side) * outward, up[0] if up else ANKLE_HEIGHT)
    joint = data.joint.format(side=side) if data.joint else None
    segment = data.segment.format(side=side) if data.segment else None
    return Hold(
        at=at,
        on=joint,
        segment=segment,
        offset=_point(data.offset),
        pole=_point(data.pole) if data.pole else None,
        flat=data.flat,
        along=_mirrored(data.along, side) if data.along else None,
    )


def _point(numbers: Iterable[float] | None) -> tuple[float, float, float]:
    x, y, *z = numbers or (0.0, 0.0)
    return (x, y, z[0] if z else 0.0)


def _mirrored(numbers: Iterable[float], side: str) -> tuple[float, float, float]:
    x, y, z = _point(numbers)
    return (x, sign_of(side) * y, z)


def _both_limbs(holds: Mapping[str, HoldData | None]) -> dict[str, HoldData | None]:
    full: dict[str, HoldData | None] = {}
    for name, hold in holds.items():
        full |= dict.fromkeys(_limbs([name]), hold)
    return full


def _limbs(names: Iterable[str]) -> list[str]:
    full = []
    for name in names:
        full += [f"{side}_{name[:-1]}" for side in SIDES] if name in ("arms", "legs") else [name]
    return full


def _parts(names: Iterable[str]) -> list[str]:
    full = []
    for name in names:
        full += [name] if name in BARE else [f"{side}_{name}" for side in SIDES]
    return full


def _scene(shown: Picture, keys: Sequence[Pose]) -> Scene:
    marks: dict[str, Mark] = {}
    for places, mark in ((shown.works, "works"), (shown.stretches, "stretches")):
        marks |= dict.fromkeys(marked_places(places), mark)  # type: ignore[arg-type]  # two literals
    return Scene(shown.view, tuple(_props(shown)), marks, _far(shown, keys))


def _far(shown: Picture, keys: Sequence[Pose]) -> dict[str, str]:
    """Limbs that are behind in every key posture: a leg must not change its tone half way."""
    seen = [far_limbs(pose, VIEWS[shown.view]) for pose in keys]
    return {
        limb: side if all(far[limb] == side for far in seen) else ""
        for limb, side in seen[0].items()
    }


def _props(shown: Picture) -> Iterable[Prop]:
    for item in shown.props:
        parts = [item] if item.thing is None else load_pictures().furniture[item.thing]
        yield from (_prop(part, _point(item.at)) for part in parts)


def _prop(data: PropData, by: tuple[float, float, float]) -> Prop:
    if data.slab is not None:
        x, far_x, y, far_y, z, far_z = data.slab
        return Slab(_spot([x, y, z], by), _spot([far_x, far_y, far_z], by), data.paint, data.front)
    if data.ball is not None:
        across, up, *_ = data.radius or (0.03, 0.03)
        return Ball(_spot(data.ball, by), across, up, data.paint, data.front)
    spots = tuple(_spot(place, by) for place in data.line or ())
    return Line(spots, data.width, data.paint, data.front)


def _spot(place: Place, by: tuple[float, float, float]) -> Spot:
    if isinstance(place, SpotData):
        return Spot(_point(place.offset), place.joint, place.segment)
    x, y, z = _point(place)
    return Spot((x + by[0], y + by[1], z + by[2]))
