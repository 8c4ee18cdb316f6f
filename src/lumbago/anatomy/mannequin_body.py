"""Lengths of the body as fractions of stature, and how far each joint goes: two tables of data."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

import msgspec

from lumbago.errors import EvidenceError

__all__ = ["SIDES", "SPINE", "Joint", "Segments", "joint_ranges", "segments", "sided"]

T = TypeVar("T")
SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
#: Pieces of the spine from below, and the name of the joint at the upper end of each.
SPINE: Mapping[str, str] = {
    "l5": "l4_l5",
    "l4": "l3_l4",
    "l3": "l2_l3",
    "l2": "l1_l2",
    "l1": "t12_l1",
    "t12_t9": "t9",
    "t9_t6": "t6",
    "t6_t3": "t3",
    "t3_c7": "c7",
    "c7_c4": "c4",
    "c4_c0": "c0",
}


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    segment: str
    measure: str
    value: float
    unit: Literal["stature", "degrees", "share"]
    source: str
    checked: Literal["seen", "recalled", "derived", "elicited"]


class Joint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One joint angle: its name without a side, and its range in degrees."""

    angle: str
    sided: Literal["yes", "no"]
    low: float
    high: float
    source: str
    checked: Literal["seen", "recalled", "derived", "elicited"]
    note: str

    @property
    def names(self) -> tuple[str, ...]:
        """The angle as poses name it: once, or once for each side."""
        return tuple(sided(self.angle)) if self.sided == "yes" else (self.angle,)


def sided(name: str) -> list[str]:
    """A name for the left and for the right."""
    return [f"{side}_{name}" for side in SIDES]


@dataclass(frozen=True)
class Segments:
    """Measures of the segments: fractions of stature, pitches in degrees, shares of a movement."""

    measures: Mapping[tuple[str, str], float]

    def __call__(self, segment: str, measure: str = "length") -> float:
        """One measure.

        Raises:
            KeyError: If the table has none of that name.
        """
        return self.measures[segment, measure]


@cache
def segments() -> Segments:
    """The table `segments.csv`.

    Raises:
        EvidenceError: If the file has faults; lists every one.
    """
    rows = _read("segments.csv", _Row)
    return Segments({(row.segment, row.measure): row.value for row in rows})


@cache
def joint_ranges() -> Mapping[str, Joint]:
    """Every angle of a pose, sides spelt out, with its range in degrees.

    Raises:
        EvidenceError: If the file has faults; lists every one.
    """
    rows = _read("joint_ranges.csv", Joint)
    return {name: row for row in rows for name in row.names}


def _read(name: str, kind: type[T]) -> list[T]:
    text = (files("lumbago.anatomy") / "data" / name).read_text(encoding="utf-8")
    rows, faults = [], []
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            rows.append(msgspec.convert(row, kind, strict=False))
        except msgspec.ValidationError as error:
            faults.append(f"{name} row {number}: {error}")
    if faults:
        raise EvidenceError(faults)
    return rows
