"""What is written in poses.yaml: the postures of every exercise as data, checked.

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
from lumbago.anatomy.mannequin_layers import MARKS
from lumbago.anatomy.mannequin_props import Paint
from lumbago.anatomy.mannequin_view import ViewName
from lumbago.care.records import Record, read_single
from lumbago.errors import EvidenceError, UnknownIdError

__all__ = [
    "FILE",
    "HoldData",
    "Picture",
    "Pictures",
    "Place",
    "PoseData",
    "PoseFile",
    "PropData",
    "SpotData",
    "SupportData",
    "load_pictures",
    "marked_places",
    "picture",
]

FILE = "poses.yaml"
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


def _faults(shown: Picture, whole: PoseFile) -> Iterable[str]:
    if shown.base not in whole.bases:
        yield f"there is no base {shown.base!r}; there are {', '.join(whole.bases)}"
    for place in marked_places([*shown.works, *shown.stretches]):
        if place not in MARKS:
            yield f"no place {place!r} can be marked; there are {', '.join(MARKS)}"
    for item in shown.props:
        if len(item.kinds) != 1:
            yield f"a prop is one of thing, slab, ball or line; this is {item.kinds or 'none'}"
        if item.thing is not None and item.thing not in whole.furniture:
            yield f"there is no furniture {item.thing!r}; there is {', '.join(whole.furniture)}"
    if (shown.course == "hold") != (len(shown.poses) == 1):
        yield "a hold has one posture, a movement two or more"


def marked_places(places: Iterable[str]) -> list[str]:
    """Places to mark, each side named where one name stood for both."""
    full = []
    for place in places:
        full += [place] if place in MARKS else [f"{side}_{place}" for side in SIDES]
    return full
