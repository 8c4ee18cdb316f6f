"""The constants of whole-body vibration, read once from `data/vibration.yaml` and `vibration_weights.csv`."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from lumbago.prevention.packaged import Record, read_record, read_rows

__all__ = [
    "AXES",
    "Filter",
    "Pair",
    "VibrationTables",
    "Weight",
    "load_vibration",
    "load_weights",
    "multipliers",
]

AXES = ("x", "y", "z")


class Filter(Record, frozen=True):
    """What tells one weighting from another."""

    transition_hz: float
    transition_q: float
    step_from_hz: float | None = None
    step_from_q: float | None = None
    step_to_hz: float | None = None
    step_to_q: float | None = None


class Weighting(Record, frozen=True):
    """The parameters of the weightings."""

    source: str
    checked: str
    read_at: str
    high_pass_hz: float
    low_pass_hz: float
    band_q: float
    wk: Filter
    wd: Filter


class Tolerance(Record, frozen=True):
    """Shares by which a weighting may be off, in five regions between four bands."""

    source: str
    checked: str
    read_at: str
    corner_bands: tuple[int, int, int, int]
    upper: tuple[float, float, float, float, float]
    lower: tuple[float, float, float, float, float]


class Axis(Record, frozen=True):
    """The weighting and the multiplying factor of a direction."""

    weighting: str
    k: float


class Axes(Record, frozen=True):
    """The three directions of a seated person: x forward, y sideways, z up."""

    source: str
    checked: str
    read_at: str
    x: Axis
    y: Axis
    z: Axis


class Pair(Record, frozen=True):
    """A daily value by each of the two measures: A(8) in m/s^2, VDV in m/s^1.75."""

    a8_ms2: float
    vdv_ms175: float


class Limits(Record, frozen=True):
    """The exposure action and limit values of the Directive."""

    source: str
    checked: str
    read_at: str
    reference_h: float
    action: Pair
    limit: Pair


class Points(Record, frozen=True):
    """The exposure points."""

    source: str
    checked: str
    read_at: str
    at_action: float


class Guidance(Record, frozen=True):
    """The health guidance caution zone."""

    source: str
    checked: str
    read_at: str
    a8_ms2: tuple[float, float]
    vdv_ms175: tuple[float, float]


class Shocks(Record, frozen=True):
    """When the r.m.s. value alone may say too little."""

    source: str
    checked: str
    read_at: str
    crest_factor: float
    mtvv_ratio: float
    vdv_ratio: float
    running_s: float


class Fitness(Record, frozen=True):
    """What a record must be to be judged."""

    source: str
    checked: str
    read_at: str
    least_rate_hz: float
    full_rate_hz: float
    least_s: float
    short_s: float
    most_ms2: float
    spike_ms2: float
    spike_spread: float
    gap_steps: float


class VibrationTables(Record, frozen=True):
    """Everything in the file."""

    weighting: Weighting
    tolerance: Tolerance
    axes: Axes
    limits: Limits
    points: Points
    guidance: Guidance
    shocks: Shocks
    record: Fitness


class Weight(Record, frozen=True):
    """The printed factors of one third-octave band: at its exact centre, and of 1997 at the nominal one."""

    band: int
    nominal_hz: float
    wk: float
    wd: float
    wk_iso2631_1997: float
    wd_iso2631_1997: float

    @property
    def centre_hz(self) -> float:
        """The exact centre of the band."""
        return float(10.0 ** (self.band / 10))


@cache
def load_vibration() -> VibrationTables:
    """The constants.

    Raises:
        EvidenceError: If the file has a fault.
    """
    return read_record("vibration.yaml", VibrationTables)


@cache
def load_weights() -> tuple[Weight, ...]:
    """The printed weighting factors, from the lowest band up.

    Raises:
        EvidenceError: If the file has a fault.
    """
    return read_rows("vibration_weights.csv", Weight)


def multipliers() -> NDArray[np.float64]:
    """The factors k of x, y and z `(3,)`."""
    axes = load_vibration().axes
    return np.array([axes.x.k, axes.y.k, axes.z.k])
