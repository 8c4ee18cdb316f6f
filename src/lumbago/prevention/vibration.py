"""Whole-body vibration from 3-axis acceleration: what a record holds, by ISO 2631-1.

    a_w = sqrt(mean(a^2))     VDV = (integral of a^4 dt)^(1/4)     crest factor = peak / a_w

with `a` the weighted acceleration: Wd forward (x) and sideways (y), Wk up and down (z), on the seat of a
seated person. MTVV is the highest r.m.s. of any second (linear running average). What a day of it comes to is
in `lumbago.prevention.exposure`.

Not for: hand-arm vibration, standing or lying people, comfort, motion sickness, vibration in buildings.
"""

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.vibration_tables import AXES, load_vibration, multipliers
from lumbago.prevention.weighting import Name, check_rate, weighted

__all__ = [
    "VibrationMeasures",
    "band_rms",
    "maximum_transient",
    "measure_vibration",
    "root_mean_square",
    "vibration_dose",
]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class VibrationMeasures:
    """What one record holds, by axis x, y, z `(3,)`, weighted and without the factors k.

    `rms_ms2`, `mtvv_ms2` and `peak_ms2` are in m/s^2, `vdv_ms175` in m/s^1.75 over `duration_s`.
    """

    rate_hz: float
    duration_s: float
    rms_ms2: Floats
    vdv_ms175: Floats
    mtvv_ms2: Floats
    peak_ms2: Floats

    @property
    def crest_factor(self) -> Floats:
        """Peak over r.m.s., 0 where nothing moves."""
        return np.divide(self.peak_ms2, self.rms_ms2, out=np.zeros(3), where=self.rms_ms2 > 0)

    @property
    def governing_axis(self) -> str:
        """The axis that counts: the largest r.m.s. with its factor k."""
        return AXES[int(np.argmax(multipliers() * self.rms_ms2))]

    @property
    def shocks(self) -> bool:
        """Whether the r.m.s. may say too little, by the signs of ISO 2631-1 on the governing axis."""
        signs, axis = load_vibration().shocks, AXES.index(self.governing_axis)
        rms = self.rms_ms2[axis]
        if rms == 0:
            return False
        steady = rms * self.duration_s**0.25
        return bool(
            self.crest_factor[axis] > signs.crest_factor
            or self.mtvv_ms2[axis] / rms > signs.mtvv_ratio
            or self.vdv_ms175[axis] / steady > signs.vdv_ratio
        )

    def to_dict(self) -> dict[str, Any]:
        """The measures as plain values."""
        table = load_vibration().axes
        return {
            "rate_hz": round(self.rate_hz, 4),
            "duration_s": round(self.duration_s, 3),
            "governing_axis": self.governing_axis,
            "shocks": self.shocks,
            "axes": {
                name: {
                    "weighting": axis.weighting,
                    "k": axis.k,
                    "rms_ms2": round(float(self.rms_ms2[i]), 4),
                    "vdv_ms175": round(float(self.vdv_ms175[i]), 4),
                    "mtvv_ms2": round(float(self.mtvv_ms2[i]), 4),
                    "peak_ms2": round(float(self.peak_ms2[i]), 4),
                    "crest_factor": round(float(self.crest_factor[i]), 2),
                }
                for i, (name, axis) in enumerate(
                    zip(AXES, (table.x, table.y, table.z), strict=True)
                )
            },
        }


def measure_vibration(acceleration_ms2: Floats, rate_hz: float) -> VibrationMeasures:
    """Weigh a record and measure it.

    Args:
        acceleration_ms2: Samples of x, y, z `(n, 3)`, with or without gravity.
        rate_hz: Samples a second, at least 40.

    Raises:
        MeasurementError: If the record is not of three axes, is too short or too slow, or holds a value
            that is not a number.

    Source:
        ISO 2631-1:1997, 6.1, 6.3.1 (equation 2) and 6.3.2; axes as in Directive 2002/44/EC, Annex B.
    """
    record = load_vibration().record
    if acceleration_ms2.ndim != 2 or acceleration_ms2.shape[1] != len(AXES):
        raise MeasurementError(
            f"the record has the shape {acceleration_ms2.shape}; it needs three columns: x, y and z"
        )
    check_rate(rate_hz)
    duration_s = len(acceleration_ms2) / rate_hz
    if duration_s < record.least_s:
        raise MeasurementError(
            f"the record lasts {duration_s:.1f} s; it needs at least {record.least_s:g} s, "
            "and some minutes to stand for a day"
        )
    if not np.isfinite(acceleration_ms2).all():
        row, axis = np.argwhere(~np.isfinite(acceleration_ms2))[0]
        raise MeasurementError(
            f"sample {row + 1} of {AXES[axis]} is not a number; cut the record there"
        )
    table = load_vibration().axes
    names = (table.x.weighting, table.y.weighting, table.z.weighting)
    found = [
        _measure(weighted(acceleration_ms2[:, i], rate_hz, cast(Name, name)), rate_hz)
        for i, name in enumerate(names)
    ]
    rms, vdv, mtvv, peak = np.array(found).T
    return VibrationMeasures(float(rate_hz), duration_s, rms, vdv, mtvv, peak)


def _measure(signal_ms2: Floats, rate_hz: float) -> tuple[float, float, float, float]:
    squared = signal_ms2**2
    return (
        float(np.sqrt(squared.mean())),
        float((squared @ squared / rate_hz) ** 0.25),
        _running(squared, rate_hz),
        float(np.sqrt(squared.max())),
    )


def root_mean_square(signal_ms2: Floats) -> float:
    """R.m.s. of weighted samples `(n,)`, m/s^2."""
    return float(np.sqrt(np.mean(signal_ms2**2)))


def vibration_dose(signal_ms2: Floats, rate_hz: float) -> float:
    """VDV of weighted samples `(n,)` over the record, m/s^1.75."""
    squared = signal_ms2**2
    return float((squared @ squared / rate_hz) ** 0.25)


def maximum_transient(signal_ms2: Floats, rate_hz: float) -> float:
    """MTVV of weighted samples `(n,)`: the highest r.m.s. of any second, m/s^2."""
    return _running(signal_ms2**2, rate_hz)


def _running(squared: Floats, rate_hz: float) -> float:
    width = min(len(squared), max(1, round(load_vibration().shocks.running_s * rate_hz)))
    total = np.concatenate(([0.0], np.cumsum(squared)))
    return float(np.sqrt(max(0.0, (total[width:] - total[:-width]).max() / width)))


def band_rms(acceleration_ms2: Floats, rate_hz: float) -> tuple[Floats, Floats]:
    """Unweighted r.m.s. in the third-octave bands from 0.5 to 80 Hz, for a picture.

    Args:
        acceleration_ms2: Samples of x, y, z `(n, 3)`.
        rate_hz: Samples a second.

    Returns:
        Exact centres `(b,)` in Hz of the bands that the record can show, and r.m.s. `(b, 3)` in m/s^2.
    """
    from scipy.signal import periodogram

    bands = np.arange(-3, 20)
    frequency, density = periodogram(acceleration_ms2, rate_hz, axis=0, detrend="constant")
    centres = 10.0 ** (bands / 10)
    keep = centres * 10**0.05 <= rate_hz / 2
    edges = 10.0 ** ((np.append(bands[keep], bands[keep][-1:] + 1) - 0.5) / 10)
    total = np.concatenate((np.zeros((1, density.shape[1])), np.cumsum(density, axis=0)))
    at = np.searchsorted(frequency, edges)
    power = (total[at[1:]] - total[at[:-1]]) * (frequency[1] - frequency[0])
    return centres[keep], np.sqrt(power)
