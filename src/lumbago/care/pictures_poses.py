"""The postures of every exercise as data: what is written in poses.yaml, checked and settled on the floor.

Lengths are in statures. A limb without a side stands for both (`legs`, `arms`, `calf`, `thigh`); a place
is given forward of the hips, outward, and up from the floor. Each posture after the first is written as
what changes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

import msgspec

from lumbago.anatomy.mannequin_body import SIDES
from lumbago.anatomy.mannequin_contact import Hold, Stance, Support, moved, settled
from lumbago.anatomy.mannequin_kinematics import sign_of
from lumbago.anatomy.mannequin_layers import MARKS, Mark
from lumbago.anatomy.mannequin_pose import Pose, spelt_out
from lumbago.anatomy.mannequin_props import Ball, Line, Paint, Prop, Slab, Spot
from lumbago.anatomy.mannequin_scene import Scene
from lumbago.anatomy.mannequin_surface import BARE
from lumbago.anatomy.mannequin_view import ViewName
from lumbago.care.records import Record, read_single
from lumbago.errors import EvidenceError, LumbagoError, UnknownIdError

__all__ = ["Movement", "Picture", "load_pictures", "movement", "picture"]

FILE = "poses.yaml"
ANKLE_HEIGHT = 0.039
#: Steps between two key postures; fewer where there are more, to keep pictures small.
STEPS, STEPS_OF_MANY = 6, 4
Numbers = Annotated[list[float], msgspec.Meta(min_length=2, max_length=3)]
Course = Literal["there_and_back", "round", "hold"]


class HoldData(Record, frozen=True, kw_only=True):
    """Where a hand or foot is kept; see `mannequin_contact.Hold`."""

    at: Numbers | None = None
    joint: str | None = None
    segment: str | None = None
    offset: Numbers | None = None
    pole: Numbers | None = None
    flat: bool = False
    along: Numbers | None = None


class SupportData(Record, frozen=True, kw_only=True):
    """What the body rests on."""

    parts: list[str]
    height: float = 0.0


class PoseData(Record, frozen=True, kw_only=True):
    """One posture: what differs from the base, or from the first posture."""

    label: str | None = None
    pitch: float | None = None
    roll: float | None = None
    yaw: float | None = None
    twist: float | None = None
    angles: dict[str, float] = msgspec.field(default_factory=dict)
    holds: dict[str, HoldData | None] = msgspec.field(default_factory=dict)
    touches: dict[str, str | None] = msgspec.field(default_factory=dict)
    support: SupportData | None = None
    anchor: str | None = None


class SpotData(Record, frozen=True, kw_only=True):
    """A place on the body for a prop."""

    joint: str
    segment: str | None = None
    offset: Numbers | None = None


Place = list[float] | SpotData


class PropData(Record, frozen=True, kw_only=True):
    """One prop: a block (`slab`: from and to forward, left, up), a `ball`, a `line`, or a `thing`.

    A thing is furniture by name; `at` moves it forward, to the left and up.
    """

    thing: str | None = None
    at: Numbers | None = None
    slab: Annotated[list[float], msgspec.Meta(min_length=6, max_length=6)] | None = None
    ball: Place | None = None
    radius: Numbers | None = None
    line: list[Place] | None = None
    width: float = 0.010
    paint: Paint = "prop"
    front: bool = False

    @property
    def kinds(self) -> list[str]:
        """Which of the four it is; one of them if the data are right."""
        return [
            kind for kind in ("thing", "slab", "ball", "line") if getattr(self, kind) is not None
        ]


class Picture(Record, frozen=True, kw_only=True):
    """How one exercise is shown; `upper` frames the upper body, `turn_s` is the time of one round."""

    shows: str
    base: str
    view: ViewName = "side"
    course: Course = "there_and_back"
    upper: bool = False
    turn_s: float = 1.3
    poses: Annotated[list[PoseData], msgspec.Meta(min_length=1)]
    held: list[str] = msgspec.field(default_factory=list)
    works: list[str] = msgspec.field(default_factory=list)
    stretches: list[str] = msgspec.field(default_factory=list)
    props: list[PropData] = msgspec.field(default_factory=list)
    arrows: list[str] = msgspec.field(default_factory=list)


class PoseFile(Record, frozen=True, kw_only=True):
    """The whole file."""

    furniture: dict[str, list[PropData]]
    bases: dict[str, PoseData]
    exercises: dict[str, Any]


@dataclass(frozen=True)
class Pictures:
    """The file, checked."""

    furniture: Mapping[str, list[PropData]]
    bases: Mapping[str, PoseData]
    exercises: Mapping[str, Picture]


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
def load_pictures() -> Pictures:
    """The file of postures.

    Raises:
        EvidenceError: If it has faults; lists every one with its exercise.
    """
    found = read_single(FILE, PoseFile)
    pictures, faults = {}, []
    for name, plain in found.exercises.items():
        try:
            pictures[name] = msgspec.convert(plain, Picture)
        except msgspec.ValidationError as error:
            faults.append(f"{FILE} {name}: {error}")
        else:
            faults += [f"{FILE} {name}: {fault}" for fault in _faults(pictures[name], found)]
    if faults:
        raise EvidenceError(faults)
    return Pictures(found.furniture, found.bases, pictures)


def picture(exercise_id: str) -> Picture:
    """How one exercise is shown.

    Raises:
        UnknownIdError: If there is no picture of that name.
    """
    known = load_pictures().exercises
    if exercise_id not in known:
        import difflib  # only needed to mend a typing slip

        near = difflib.get_close_matches(exercise_id, known, n=1)
        hint = f"did you mean {near[0]}?" if near else "for example bridge"
        raise UnknownIdError(f"there is no picture of {exercise_id!r}; {hint}")
    return known[exercise_id]


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
    return Movement(shown, _scene(shown), keys, ways)


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


def _scene(shown: Picture) -> Scene:
    marks: dict[str, Mark] = {}
    for places, mark in ((shown.works, "works"), (shown.stretches, "stretches")):
        marks |= dict.fromkeys(_marks(places), mark)  # type: ignore[arg-type]  # two literals
    return Scene(shown.view, tuple(_props(shown)), marks)


def _marks(places: Iterable[str]) -> list[str]:
    full = []
    for place in places:
        full += [place] if place in MARKS else [f"{side}_{place}" for side in SIDES]
    return full


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


def _faults(shown: Picture, whole: PoseFile) -> Iterable[str]:
    if shown.base not in whole.bases:
        yield f"there is no base {shown.base!r}; there are {', '.join(whole.bases)}"
    for place in _marks([*shown.works, *shown.stretches]):
        if place not in MARKS:
            yield f"no place {place!r} can be marked; there are {', '.join(MARKS)}"
    for item in shown.props:
        if len(item.kinds) != 1:
            yield f"a prop is one of thing, slab, ball or line; this is {item.kinds or 'none'}"
        if item.thing is not None and item.thing not in whole.furniture:
            yield f"there is no furniture {item.thing!r}; there is {', '.join(whole.furniture)}"
    if (shown.course == "hold") != (len(shown.poses) == 1):
        yield "a hold has one posture, a movement two or more"
