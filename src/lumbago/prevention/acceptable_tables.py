"""The constants of what people judge acceptable, read once from `data/acceptable_loads.yaml`."""

from functools import cache
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from lumbago.errors import EvidenceError
from lumbago.prevention.packaged import Record, read_record

__all__ = ["AcceptableTables", "Equation", "Guideline", "Range", "Scale", "load_acceptable"]

Floats = NDArray[np.float64]
Range = tuple[float, float]
BySex = dict[str, float]


class Scale(Record, frozen=True):
    """One factor of an equation: constant + x / first + x^2 / second, of a measure or of its logarithm."""

    constant: float
    first: float
    second: float = float("inf")
    of: Literal["value", "log"] = "value"

    def at(self, measure: Floats) -> Floats:
        """The factor at a measure above 0."""
        x = np.log(measure) if self.of == "log" else measure
        return np.asarray(self.constant + x / self.first + x**2 / self.second)


class Equation(Record, frozen=True):
    """One of the fourteen: whose factors it uses, the most that is ever acceptable, and the spread."""

    scale: str
    reference_kg: float
    cv: float


class Family(Record, frozen=True):
    """What may be put into the equations of one kind of task."""

    frequency_per_min: Range
    velocity_most_m_per_min: float
    velocity_caution_m_per_min: BySex
    height_m: dict[str, Range] = msgspec.field(default_factory=dict)
    distance_m: Range = (0.0, float("inf"))
    reach_m: dict[str, Range] = msgspec.field(default_factory=dict)
    travel_m: dict[str, Range] = msgspec.field(default_factory=dict)
    top_m: dict[str, Range] = msgspec.field(default_factory=dict)


class Guideline(Record, frozen=True):
    """Guideline figures of forces in N, and what a trolley takes as a share of its weight."""

    source: str
    checked: str
    read_at: str
    initial_n: BySex
    sustained_n: BySex
    distance_most_m: float
    level_share: float
    uneven_share: float


class AcceptableTables(Record, frozen=True):
    """Everything in the file."""

    source: str
    doi: str
    checked: str
    read_at: str
    ranges: dict[str, Family]
    scales: dict[str, dict[str, Scale]]
    equations: dict[str, Equation]
    design_share: float
    newtons_per_kg: float
    guideline: Guideline


@cache
def load_acceptable() -> AcceptableTables:
    """The constants.

    Raises:
        EvidenceError: If the file has a fault.
    """
    tables = read_record("acceptable_loads.yaml", AcceptableTables)
    lost = {e.scale for e in tables.equations.values()} - set(tables.scales)
    if lost:
        raise EvidenceError([f"acceptable_loads.yaml: no scale {name}" for name in sorted(lost)])
    return tables
