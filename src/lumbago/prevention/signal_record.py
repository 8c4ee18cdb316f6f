"""A record of acceleration, checked: even steps in time, all three axes, no gap, no spike, known units.

A fault gets one sentence that names the place and what would mend it. Nothing is mended in silence: a
filter rings for seconds after a gap or a spike, and a made-up value would hide a shock or invent one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.vibration_tables import AXES, load_vibration
from lumbago.prevention.weighting import check_rate

__all__ = ["GRAVITY_MS2", "SignalRecord", "check_record", "rate_from_times", "to_ms2"]

Floats = NDArray[np.float64]
GRAVITY_MS2 = 9.80665
RESTS_LIKE_G = (0.9, 1.1)


@dataclass(frozen=True)
class SignalRecord:
    """Acceleration of x, y, z `(n, 3)` in m/s^2, samples a second, and what a reader should know of it."""

    acceleration_ms2: Floats
    rate_hz: float
    notes: tuple[str, ...] = ()


def to_ms2(samples: Floats, unit: str | None) -> Floats:
    """Samples in m/s^2.

    Args:
        samples: Samples of x, y, z `(n, 3)`.
        unit: `ms2` or `g`; None where nobody said, which means m/s^2 unless the record rests at 1.

    Raises:
        MeasurementError: If the unit is unknown, or nobody said and the record looks like one in g.
    """
    if unit not in (None, "ms2", "g"):
        raise MeasurementError(f"the unit is {unit!r}; it is 'ms2' or 'g'")
    whole = samples[(np.abs(samples) <= load_vibration().record.most_ms2).all(axis=1)]
    if unit is None and len(whole):
        rest = float(np.linalg.norm(whole.mean(axis=0)))
        if RESTS_LIKE_G[0] <= rest <= RESTS_LIKE_G[1]:
            raise MeasurementError(
                f"the record rests at {rest:.2f}, as one in g does; say which unit it is in: g or ms2"
            )
    return samples * GRAVITY_MS2 if unit == "g" else samples


def rate_from_times(times_s: Floats, first_row: int = 1) -> float:
    """Samples a second, from the time of each.

    Args:
        times_s: Times `(n,)` in seconds.
        first_row: The row of the first time in its file, for the message.

    Raises:
        MeasurementError: If a time is missing, does not rise, or leaves a gap.
    """
    if len(times_s) < 2:
        raise MeasurementError(
            "the record has fewer than two rows; it needs some seconds of samples"
        )
    bad = np.flatnonzero(~np.isfinite(times_s))
    if bad.size:
        raise MeasurementError(f"row {first_row + bad[0]} has no time; each row needs one")
    steps = np.diff(times_s)
    back = np.flatnonzero(steps <= 0)
    if back.size:
        row = back[0] + 1
        raise MeasurementError(
            f"row {first_row + row}: the time goes from {times_s[row - 1]:g} to {times_s[row]:g} s; "
            "times must rise from row to row"
        )
    common = float(np.median(steps))
    gaps = np.flatnonzero(steps > load_vibration().record.gap_steps * common)
    if gaps.size:
        row = gaps[0] + 1
        raise MeasurementError(
            f"row {first_row + row}: the time jumps from {times_s[row - 1]:g} to {times_s[row]:g} s "
            f"where {common:g} s is common ({_counted(gaps.size, 'such gap')}); "
            "cut the record there and give the parts one by one"
        )
    return float((len(times_s) - 1) / (times_s[-1] - times_s[0]))


def check_record(
    acceleration_ms2: Floats, rate_hz: float, *, first_row: int = 1, keep_spikes: bool = False
) -> SignalRecord:
    """A record that can be judged.

    Args:
        acceleration_ms2: Samples of x, y, z `(n, 3)`.
        rate_hz: Samples a second.
        first_row: The row of the first sample in its file, for the message.
        keep_spikes: Take lone samples that stand out as they are.

    Raises:
        MeasurementError: If a sample is missing, cannot be, or stands out alone.
    """
    limits = load_vibration().record
    missing = np.argwhere(~np.isfinite(acceleration_ms2))
    if missing.size:
        row, axis = missing[0]
        raise MeasurementError(
            f"row {first_row + row}: {AXES[axis]} is empty or not a number; "
            "cut the record there and give the parts one by one"
        )
    check_rate(rate_hz)
    high = np.argwhere(np.abs(acceleration_ms2) > limits.most_ms2)
    if high.size and not keep_spikes:
        row, axis = high[0]
        raise MeasurementError(
            f"row {first_row + row}: {AXES[axis]} is {acceleration_ms2[row, axis]:.0f} m/s2; no seat in "
            "use does that, so look for a wrong unit or a loose cable"
        )
    if not keep_spikes:
        _refuse_spikes(acceleration_ms2, first_row)
    for axis, name in enumerate(AXES):
        if len(acceleration_ms2) and np.ptp(acceleration_ms2[:, axis]) == 0:
            raise MeasurementError(
                f"{name} has the same value all along; its sensor was not connected or not recorded"
            )
    return SignalRecord(acceleration_ms2, rate_hz, tuple(_notes(len(acceleration_ms2), rate_hz)))


def _refuse_spikes(acceleration_ms2: Floats, first_row: int) -> None:
    """A mass does not jump and come back within one sample; a cable does."""
    limits = load_vibration().record
    if len(acceleration_ms2) < 3:
        return
    before, here, after = acceleration_ms2[:-2], acceleration_ms2[1:-1], acceleration_ms2[2:]
    out = np.abs(here - (before + after) / 2)
    spread = 1.4826 * np.median(out, axis=0)
    lone = np.abs(before - after) < 0.3 * out
    found = np.argwhere(lone & (out > limits.spike_ms2) & (out > limits.spike_spread * spread))
    if found.size:
        row, axis = found[0]
        raise MeasurementError(
            f"row {first_row + row + 1}: {AXES[axis]} jumps to {here[row, axis]:.4g} m/s2 for one sample "
            f"({_counted(len(found), 'such spike')}), as a loose cable makes it; cut the record there, or "
            "say that spikes are real and are to be kept"
        )


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _notes(samples: int, rate_hz: float) -> list[str]:
    limits, notes = load_vibration().record, []
    if rate_hz < limits.full_rate_hz:
        notes.append(
            f"At {rate_hz:.0f} samples a second nothing above {rate_hz / 2:.0f} Hz is seen, so the true "
            "values may be higher; the standard counts vibration up to 80 Hz."
        )
    if samples / rate_hz < limits.short_s:
        notes.append(
            f"The record lasts {samples / rate_hz:.0f} s. A short record seldom stands for a day: measure "
            "the whole round of work where you can."
        )
    return notes
