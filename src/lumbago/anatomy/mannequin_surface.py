"""The skin and the clothes over the skeleton: elliptical rings along every part of the body."""

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Literal

import msgspec

from lumbago.anatomy.mannequin_body import SIDES
from lumbago.anatomy.mannequin_kinematics import Skeleton, sign_of
from lumbago.anatomy.mannequin_space import Point, dot, length, scaled, unit
from lumbago.errors import EvidenceError

__all__ = ["BARE", "Ring", "lowest", "surface"]

#: Parts of the body itself; the others are clothes, hair and face.
BARE = (
    "trunk",
    "neck",
    "skull",
    *(
        f"{side}_{part}"
        for side in SIDES
        for part in (
            *("thigh", "shank", "hindfoot", "midfoot", "forefoot"),
            *("upper_arm", "forearm", "palm", "fingers"),
        )
    ),
)


@dataclass(frozen=True)
class Ring:
    """An elliptical slice: its centre, and its half axes to the front and to the side, in statures."""

    centre: Point
    depth: Point
    breadth: Point

    @property
    def along(self) -> Point:
        """An axis across both, as long as the shorter of them: how far a round end goes."""
        a, b = self.depth, self.breadth
        across = (
            a[1] * b[2] - a[2] * b[1],
            a[2] * b[0] - a[0] * b[2],
            a[0] * b[1] - a[1] * b[0],
        )
        return scaled(unit(across), min(length(a), length(b)))

    def reach(self, direction: Point) -> float:
        """How far the slice reaches from the origin along a direction of length one."""
        across = sqrt(dot(self.depth, direction) ** 2 + dot(self.breadth, direction) ** 2)
        return dot(self.centre, direction) + across


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    part: str
    sided: Literal["yes", "no"]
    joint: str
    segment: str
    across: Literal["forward", "up"]
    forward: float
    outward: float
    up: float
    half_depth: float
    half_breadth: float


def surface(bones: Skeleton, only: Collection[str] = ()) -> dict[str, list[Ring]]:
    """The rings of every part, from its upper end, by name such as `trunk` or `left_thigh`.

    Args:
        bones: The skeleton.
        only: Names of the parts that are wanted; none for all.

    Source:
        Widths in outlines.csv are drawn, not measured; breadths of hips and shoulders follow ANSUR II.
    """
    parts: dict[str, list[Ring]] = {}
    for row in _rows():
        for side in SIDES if row.sided == "yes" else ("",):
            before = f"{side}_" if side else ""
            if only and before + row.part not in only:
                continue
            parts.setdefault(before + row.part, []).append(_ring(bones, row, side, before))
    return parts


def lowest(parts: Mapping[str, Iterable[Ring]], names: Iterable[str] = BARE) -> float:
    """Height of the lowest place of these parts over the floor, in statures."""
    return min(-ring.reach((0.0, 0.0, -1.0)) for name in names for ring in parts[name])


def _ring(bones: Skeleton, row: _Row, side: str, before: str) -> Ring:
    # Joints and segments of the middle (hips, l5) have no side, even under a sided part.
    joint = before + row.joint if before + row.joint in bones.points else row.joint
    segment = before + row.segment if before + row.segment in bones.axes else row.segment
    axes = bones.axes[segment]
    centre = bones.at(joint, segment, (row.forward, sign_of(side) * row.outward, row.up))
    # Most parts run up and down their segment; a foot runs forward, so its slices stand upright.
    across = axes.up if row.across == "up" else axes.forward
    return Ring(centre, scaled(across, row.half_depth), scaled(axes.left, row.half_breadth))


@cache
def _rows() -> list[_Row]:
    text = (files("lumbago.anatomy") / "data" / "outlines.csv").read_text(encoding="utf-8")
    rows, faults = [], []
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            rows.append(msgspec.convert(row, _Row, strict=False))
        except msgspec.ValidationError as error:
            faults.append(f"outlines.csv row {number}: {error}")
    if faults:
        raise EvidenceError(faults)
    return rows
