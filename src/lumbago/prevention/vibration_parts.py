"""A day of vibration from parts that are known in different ways: measured, or told by a report.

A report may give the weighted r.m.s. of each axis, the vibration dose, or both. A(8) holds the parts whose
r.m.s. is known and the daily dose those whose dose is known; `missing_a8` and `missing_vdv` name the others,
for which the day is higher than it says.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.exposure import (
    checked_hours,
    daily_a8,
    daily_vdv,
    hours_until_a8,
    hours_until_vdv,
)
from lumbago.prevention.vibration_tables import load_vibration, multipliers

__all__ = ["Part", "VibrationDay", "hours_alone", "put_together"]

Floats = NDArray[np.float64]
Axes = tuple[float, float, float]


@dataclass(frozen=True)
class Part:
    """One exposure of a day.

    Args:
        name: Such as a machine.
        hours: Of it in the day.
        rms_ms2: Weighted r.m.s. of x, y, z, without k.
        vdv_ms175: VDV of x, y, z over `measured_h`, without k.
        measured_h: Hours over which the dose was measured.
    """

    name: str
    hours: float
    rms_ms2: Axes | None = None
    vdv_ms175: Axes | None = None
    measured_h: float | None = None


@dataclass(frozen=True)
class VibrationDay:
    """A day: A(8) and VDV of each axis with k `(3,)`, and both of each part alone, None where not known."""

    a8_ms2: Floats | None
    vdv_ms175: Floats | None
    parts_a8_ms2: tuple[float | None, ...]
    parts_vdv_ms175: tuple[float | None, ...]
    missing_a8: tuple[str, ...]
    missing_vdv: tuple[str, ...]

    @property
    def level(self) -> str:
        """`below_action`, `above_action` or `above_limit`, by the worse of what is known."""
        limits = load_vibration().limits
        reached = "below_action"
        for name, pair in (("above_action", limits.action), ("above_limit", limits.limit)):
            a8 = self.a8_ms2 is not None and self.a8_ms2.max() >= pair.a8_ms2
            vdv = self.vdv_ms175 is not None and self.vdv_ms175.max() >= pair.vdv_ms175
            reached = name if a8 or vdv else reached
        return reached


def put_together(parts: Sequence[Part]) -> VibrationDay:
    """The day of these parts.

    Raises:
        MeasurementError: If there is no part, one says nothing, or the hours are more than a day's.
    """
    if not parts:
        raise MeasurementError("there is no exposure; add one")
    for part in parts:
        if part.rms_ms2 is None and part.vdv_ms175 is None:
            raise MeasurementError(f"{part.name} has neither an r.m.s. nor a vibration dose")
    checked_hours([part.hours for part in parts])
    return VibrationDay(
        _a8(parts),
        _vdv(parts),
        tuple(_highest(_a8([part])) for part in parts),
        tuple(_highest(_vdv([part])) for part in parts),
        tuple(part.name for part in parts if part.rms_ms2 is None),
        tuple(part.name for part in parts if part.vdv_ms175 is None),
    )


def hours_alone(part: Part) -> dict[str, tuple[float, float] | None]:
    """Hours of a part alone until A(8) (`a8`) and VDV (`vdv`) reach the action and the limit value."""
    limits, k = load_vibration().limits, multipliers()
    found: dict[str, tuple[float, float] | None] = {"a8": None, "vdv": None}
    if part.rms_ms2 is not None:
        rms = (k * part.rms_ms2).max()
        found["a8"] = (
            float(hours_until_a8(rms, limits.action.a8_ms2)),
            float(hours_until_a8(rms, limits.limit.a8_ms2)),
        )
    if part.vdv_ms175 is not None and part.measured_h is not None:
        vdv = (k * part.vdv_ms175).max()
        found["vdv"] = (
            float(hours_until_vdv(vdv, part.measured_h, limits.action.vdv_ms175)),
            float(hours_until_vdv(vdv, part.measured_h, limits.limit.vdv_ms175)),
        )
    return found


def _a8(parts: Sequence[Part]) -> Floats | None:
    known = [(part.rms_ms2, part.hours) for part in parts if part.rms_ms2 is not None]
    if not known:
        return None
    rms, hours = zip(*known, strict=True)
    return daily_a8(np.array(rms), np.array(hours))


def _vdv(parts: Sequence[Part]) -> Floats | None:
    known = [
        (part.vdv_ms175, part.measured_h, part.hours)
        for part in parts
        if part.vdv_ms175 is not None and part.measured_h is not None
    ]
    if not known:
        return None
    vdv, measured, hours = zip(*known, strict=True)
    return daily_vdv(np.array(vdv), np.array(measured), np.array(hours))


def _highest(axes: Floats | None) -> float | None:
    return None if axes is None else float(axes.max())
