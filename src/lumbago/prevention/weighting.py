"""Frequency weighting of whole-body vibration: Wk (seat, up and down) and Wd (forward and sideways).

The standard gives each weighting as analogue sections: a Butterworth high-pass (0.4 Hz) and low-pass
(100 Hz), a transition from acceleration to velocity, and for Wk a step. `weighting_sections` makes the
digital twin of each at any sampling rate, and `weighted` applies them.

The bilinear transform alone is out of tolerance below about 1 kHz, because it has no answer at half the
sampling rate. So only the high-pass is made with it. The other sections keep the analogue poles
(z = exp(s/rate)), and their three coefficients above are such that the magnitude equals the analogue one at
0 Hz, at half the rate, and at one frequency between (Vicanek's matched second-order filters). Held against
the printed factors, the result is within the tolerance of ISO 8041-1 from 40 Hz up.

Source:
    ISO 2631-1:1997, Annex A; ISO 8041-1:2017, 5.6 and Annex B (data/vibration.yaml, vibration_weights.csv).
"""

from functools import cache
from math import pi
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.vibration_tables import Filter, load_vibration

__all__ = ["Name", "analogue_weight", "check_rate", "tolerance", "weighted", "weighting_sections"]

Floats = NDArray[np.float64]
Name = Literal["wk", "wd"]
Section = tuple[Floats, Floats]
# Between these, the low-pass and the others are matched: a share of half the rate, and a frequency beyond
# which nothing is gained. Chosen by trying which left the least error from 160 to 2000 Hz.
LOW_PASS_MATCH, LOW_PASS_MATCH_HZ = 0.8, 160.0
MATCH, SLOWEST_LOW_PASS = 0.5, 1.5


def analogue_weight(frequency_hz: ArrayLike, name: Name) -> Floats:
    """The factor by which vibration of a frequency counts, as the standard defines it.

    Args:
        frequency_hz: Frequencies above 0, any shape.
        name: `wk` or `wd`.

    Returns:
        Factors of the same shape.
    """
    s = 2j * pi * np.asarray(frequency_hz, dtype=float)
    sections = [_high_pass(), _low_pass(), *_shaping(name)]
    values = [np.polyval(above, s) / np.polyval(below, s) for above, below in sections]
    return np.asarray(np.abs(np.prod(values, axis=0)), dtype=float)


@cache
def weighting_sections(name: Name, rate_hz: float) -> Floats:
    """The digital filter as second-order sections for `scipy.signal.sosfilt`.

    Args:
        name: `wk` or `wd`.
        rate_hz: Sampling rate.

    Returns:
        Sections `(3 or 4, 6)`; below 150 Hz without the low-pass, whose corner is then out of reach.

    Raises:
        MeasurementError: If the rate is too low to see the weighted band.
    """
    from scipy.signal import butter

    table = load_vibration()
    check_rate(rate_hz)
    sections = [butter(2, table.weighting.high_pass_hz, "high", fs=rate_hz, output="sos")[0]]
    if rate_hz > SLOWEST_LOW_PASS * table.weighting.low_pass_hz:
        at_hz = min(LOW_PASS_MATCH_HZ, LOW_PASS_MATCH * rate_hz / 2)
        sections.append(_digital(_low_pass(), rate_hz, at_hz))
    shape = _filter(name)
    matches = (shape.transition_hz, shape.step_to_hz or 0.0)
    for section, corner_hz in zip(_shaping(name), matches, strict=False):
        sections.append(_digital(section, rate_hz, min(corner_hz, MATCH * rate_hz / 2)))
    return np.array(sections)


def check_rate(rate_hz: float) -> None:
    """Refuse a rate that cannot see the weighted band.

    Raises:
        MeasurementError: If there are too few samples a second, or their number is none.
    """
    record = load_vibration().record
    if not record.least_rate_hz <= rate_hz < np.inf:
        raise MeasurementError(
            f"the record has {rate_hz:g} samples a second; whole-body vibration needs at least "
            f"{record.least_rate_hz:g}, and {record.full_rate_hz:g} to be seen in full"
        )


def weighted(acceleration_ms2: Floats, rate_hz: float, name: Name) -> Floats:
    """The weighted acceleration of one axis, its mean taken off first (gravity is not vibration).

    Args:
        acceleration_ms2: Samples `(n,)`.
        rate_hz: Sampling rate.
        name: `wk` or `wd`.

    Returns:
        Weighted samples `(n,)`, m/s^2.

    Raises:
        MeasurementError: If the rate is too low.
    """
    from scipy.signal import sosfilt

    still = acceleration_ms2 - acceleration_ms2.mean()
    filtered: Floats = sosfilt(weighting_sections(name, float(rate_hz)), still)
    return filtered


def tolerance(band: int) -> tuple[float, float]:
    """How far a weighting may be off in a third-octave band: shares above and below the design goal."""
    table = load_vibration().tolerance
    first, second, third, fourth = table.corner_bands
    region = (band > first) + (band >= second) + (band > third) + (band >= fourth)
    return table.upper[region], table.lower[region]


def _filter(name: Name) -> Filter:
    weighting = load_vibration().weighting
    return weighting.wk if name == "wk" else weighting.wd


def _high_pass() -> Section:
    table = load_vibration().weighting
    corner = 2 * pi * table.high_pass_hz
    return np.array([1.0, 0.0, 0.0]), np.array([1.0, corner / table.band_q, corner**2])


def _low_pass() -> Section:
    table = load_vibration().weighting
    corner = 2 * pi * table.low_pass_hz
    return np.array([0.0, 0.0, corner**2]), np.array([1.0, corner / table.band_q, corner**2])


def _shaping(name: Name) -> list[Section]:
    """The transition and, for Wk, the step, as coefficients of falling powers of s."""
    shape = _filter(name)
    corner = 2 * pi * shape.transition_hz
    below = np.array([1 / corner**2, 1 / (shape.transition_q * corner), 1.0])
    sections = [(np.array([0.0, 1 / corner, 1.0]), below)]
    if shape.step_from_hz and shape.step_to_hz and shape.step_from_q and shape.step_to_q:
        start, end = 2 * pi * shape.step_from_hz, 2 * pi * shape.step_to_hz
        above = np.array([1 / start**2, 1 / (shape.step_from_q * start), 1.0]) * (start / end) ** 2
        sections.append((above, np.array([1 / end**2, 1 / (shape.step_to_q * end), 1.0])))
    return sections


def _digital(section: Section, rate_hz: float, at_hz: float) -> Floats:
    """One section with the analogue poles, equal in magnitude at 0 Hz, `at_hz` and half the rate.

    A numerator's squared magnitude is linear in three numbers: B0 (1-x) + B1 x + B2 4x(1-x), x = sin^2(w/2),
    with B0 = (b0+b1+b2)^2, B1 = (b0-b1+b2)^2 and B2 = -4 b0 b2.
    """
    above, below = section
    poles = np.real(np.poly(np.exp(np.roots(below) / rate_hz)))
    first, last = poles.sum() ** 2, (poles[0] - poles[1] + poles[2]) ** 2
    x = np.sin(pi * at_hz / rate_hz) ** 2
    parts = np.array([1 - x, x, 4 * x * (1 - x)])

    def squared(frequency_hz: float) -> float:
        s = 2j * pi * frequency_hz
        return float(abs(np.polyval(above, s) / np.polyval(below, s)) ** 2)

    b_first, b_last = first * squared(0.0), last * squared(rate_hz / 2)
    pole_part = np.array([first, last, -4 * poles[0] * poles[2]]) @ parts
    b_middle = (squared(at_hz) * pole_part - b_first * parts[0] - b_last * parts[1]) / parts[2]
    half = (np.sqrt(b_first) + np.sqrt(b_last)) / 2
    b0 = (half + np.sqrt(max(half**2 + b_middle, 0.0))) / 2
    b1 = (np.sqrt(b_first) - np.sqrt(b_last)) / 2
    return np.array([b0, b1, -b_middle / (4 * b0), *poles])
