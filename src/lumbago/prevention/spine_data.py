"""The tables of the spine model: discs, muscles and the parameters that every figure rests on.

Coordinates are those of a man of 1.75 m standing, in mm: forward, up and to the right, from the middle
between the two front corners of the pelvis. Attachments, paths, forces and slices of the trunk were read in
the public model MyoHub/myo_sim (Apache-2.0, Walia 2025), which carries the lumbar model of Christophy 2012.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lumbago.errors import EvidenceError
from lumbago.prevention.packaged import Record, read_rows

__all__ = ["BONES", "LEVELS", "Muscles", "Parameter", "levels", "muscles", "parameter", "segments"]

Floats = NDArray[np.float64]
Mark = Literal["seen", "recalled", "elicited"]
#: What lies above each other: the pelvis, four lumbar vertebrae, and the chest with L1.
BONES = ("pelvis", "l5", "l4", "l3", "l2", "thorax")
#: Discs from below; disc j lies between bone j and bone j + 1.
LEVELS = ("l5_s1", "l4_l5", "l3_l4", "l2_l3", "l1_l2")
#: Muscles that run free past the vertebrae; the others lie against them.
FREE = ("psoas major", "rectus abdominis", "external oblique", "internal oblique")
HALF_VERTEBRA_MM = 14.0  # from a disc to the middle of the vertebra above it


class Parameter(Record, frozen=True):
    """One number of the model, its spread between people (standard deviation), and its source."""

    id: str
    value: float
    unit: str
    source: str
    checked: Mark
    spread: float = 0.0
    note: str = ""


class Level(Record, frozen=True):
    """One disc: its centre, its tilt forward, what it takes of a movement; the slice of trunk above it."""

    level: str
    bone_above: str
    forward_mm: float
    up_mm: float
    tilt_deg: float
    flexion_share: float
    side_bend_share: float
    slice_mass_share: float
    slice_forward_mm: float
    slice_up_mm: float


class Segment(Record, frozen=True):
    """Mass of head or arm segment as a share of the body, and its centre as a share of its length."""

    segment: str
    female_mass_share: float
    male_mass_share: float
    female_centre_share: float
    male_centre_share: float
    source: str
    checked: Mark

    def mass_share(self, sex: str) -> float:
        """Share of the mass of the body."""
        return self.female_mass_share if sex == "female" else self.male_mass_share

    def centre_share(self, sex: str) -> float:
        """Where its centre lies, as a share of its length from the upper end."""
        return self.female_centre_share if sex == "female" else self.male_centre_share


class _Fascicle(Record, frozen=True):
    fascicle: str
    muscle: str
    area_mm2: float


class _Point(Record, frozen=True):
    fascicle: str
    bone: str
    forward_mm: float
    up_mm: float
    right_mm: float


@dataclass(frozen=True)
class Muscles:
    """Fascicles of both sides, left after right, and where each crosses each disc.

    `points_m` (P, 3) and `point_bones` (P): attachments and guides. `area_cm2` (M). `crossings` (C, 4):
    disc, fascicle, point below, point above.
    """

    names: tuple[str, ...]
    groups: tuple[str, ...]
    area_cm2: Floats
    points_m: Floats
    point_bones: NDArray[np.intp]
    crossings: NDArray[np.intp]


@cache
def parameters() -> Mapping[str, Parameter]:
    """Every parameter by id."""
    return MappingProxyType({row.id: row for row in read_rows("spine_parameters.csv", Parameter)})


def parameter(name: str) -> float:
    """The value of one parameter.

    Raises:
        KeyError: If there is none of that name.
    """
    return parameters()[name].value


@cache
def levels() -> tuple[Level, ...]:
    """The discs from L5/S1 to L1/L2."""
    return read_rows("spine_levels.csv", Level)


@cache
def segments() -> Mapping[str, Segment]:
    """Head and arm segments by name."""
    return MappingProxyType({row.segment: row for row in read_rows("spine_segments.csv", Segment)})


@cache
def muscles() -> Muscles:
    """The fascicles, with guides where they pass a vertebra.

    A straight line from the sacrum to the ribs would cut through the vertebrae when the back is bent. The
    muscles lie in a sheath, so each vertebra that a fascicle passes carries a guide where the line runs
    when standing.

    Raises:
        EvidenceError: If a path has no fascicle, an unknown bone, or goes down.
    """
    fascicles = read_rows("spine_fascicles.csv", _Fascicle)
    paths: dict[str, list[_Point]] = {row.fascicle: [] for row in fascicles}
    for row in read_rows("spine_paths.csv", _Point):
        if row.fascicle not in paths or row.bone not in BONES:
            raise EvidenceError([f"spine_paths.csv: {row.fascicle} on {row.bone} is not known"])
        paths[row.fascicle].append(row)
    built = [_guided(paths[f.fascicle], f.muscle) for f in fascicles]
    points, bones, crossings = _both_sides(built)
    twice = [*fascicles, *fascicles]
    return Muscles(
        tuple(f.fascicle for f in twice),
        tuple(f.muscle for f in twice),
        np.array([f.area_mm2 / 100 for f in twice]),
        points,
        bones,
        crossings,
    )


Path = list[tuple[int, Floats]]


def _guided(rows: list[_Point], muscle: str) -> Path:
    given = [(BONES.index(r.bone), np.array([r.forward_mm, r.up_mm, r.right_mm])) for r in rows]
    if any(low[0] > high[0] for low, high in pairwise(given)):
        raise EvidenceError([f"spine_paths.csv: {rows[0].fascicle} does not go up"])
    path = given[:1]
    for low, high in pairwise(given):
        if muscle not in FREE:
            path += _guides(low, high)
        path.append(high)
    return path


def _guides(low: tuple[int, Floats], high: tuple[int, Floats]) -> Path:
    guides = []
    for bone in range(low[0] + 1, high[0]):
        height = levels()[bone - 1].up_mm + HALF_VERTEBRA_MM
        share = (height - low[1][1]) / (high[1][1] - low[1][1])
        if 0 < share < 1:
            guides.append((bone, low[1] + share * (high[1] - low[1])))
    return guides


def _both_sides(paths: list[Path]) -> tuple[Floats, NDArray[np.intp], NDArray[np.intp]]:
    points: list[list[Floats]] = []
    bones: list[list[int]] = []
    crossings: list[tuple[int, int, int, int]] = []
    for side in (1.0, -1.0):
        for path in paths:
            fascicle = len(points)
            points.append([p * (1.0, 1.0, side) for _, p in path])
            bones.append([bone for bone, _ in path])
            start = sum(len(p) for p in points[:-1])
            for k, (low, high) in enumerate(pairwise(path)):
                crossings += [
                    (disc, fascicle, start + k, start + k + 1) for disc in range(low[0], high[0])
                ]
    return (
        np.concatenate([np.array(p) for p in points]) / 1000,
        np.concatenate([np.array(b) for b in bones]),
        np.array(crossings),
    )
