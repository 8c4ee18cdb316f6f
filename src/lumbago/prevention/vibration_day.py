"""A day of vibration put together from measured tasks, and how long each task may last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.exposure import (
    DAY_H,
    checked_hours,
    daily_a8,
    daily_vdv,
    exposure_points,
    hours_until_a8,
    hours_until_vdv,
)
from lumbago.prevention.vibration import VibrationMeasures
from lumbago.prevention.vibration_tables import AXES, Pair, load_vibration, multipliers

__all__ = ["DailyExposure", "daily_exposure"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class DailyExposure:
    """A day of one or more tasks: each axis `(3,)` with k, and each task's hours until the EU values.

    `until_h` holds for each task the hours until A(8) and until VDV reach the action and the limit value
    `(tasks, 2, 2)`: measure, then value.
    """

    hours: Floats | None
    a8_ms2: Floats | None
    vdv_ms175: Floats | None
    points: float | None
    until_h: Floats

    @property
    def governing_a8_ms2(self) -> float | None:
        """A(8): the highest axis."""
        return None if self.a8_ms2 is None else float(self.a8_ms2.max())

    @property
    def governing_vdv_ms175(self) -> float | None:
        """The daily vibration dose: the highest axis."""
        return None if self.vdv_ms175 is None else float(self.vdv_ms175.max())

    @property
    def level(self) -> str | None:
        """`below_action`, `above_action` or `above_limit`, by the worse of the two measures."""
        if self.a8_ms2 is None or self.vdv_ms175 is None:
            return None
        limits = load_vibration().limits
        if self._reaches(limits.limit):
            return "above_limit"
        return "above_action" if self._reaches(limits.action) else "below_action"

    def _reaches(self, value: Pair) -> bool:
        return (self.governing_a8_ms2 or 0.0) >= value.a8_ms2 or (
            self.governing_vdv_ms175 or 0.0
        ) >= value.vdv_ms175

    def to_dict(self) -> dict[str, Any]:
        """The day as plain values; minutes are null where a value is never reached in a day."""
        day = None
        if self.hours is not None and self.a8_ms2 is not None and self.vdv_ms175 is not None:
            day = {
                "hours": [round(float(h), 4) for h in self.hours],
                "a8_ms2": round(float(self.a8_ms2.max()), 4),
                "a8_axes_ms2": _by_axis(self.a8_ms2),
                "vdv_ms175": round(float(self.vdv_ms175.max()), 4),
                "vdv_axes_ms175": _by_axis(self.vdv_ms175),
                "points": round(self.points or 0.0, 1),
                "level": self.level,
            }
        return {"day": day, "minutes_until": [_minutes(task) for task in self.until_h]}


def _by_axis(values: Floats) -> dict[str, float]:
    return {axis: round(float(v), 4) for axis, v in zip(AXES, values, strict=True)}


def _minutes(task: Floats) -> dict[str, dict[str, int | None]]:
    return {
        measure: {
            value: None if hours > DAY_H else int(hours * 60)
            for value, hours in zip(("action", "limit"), row, strict=True)
        }
        for measure, row in zip(("a8", "vdv"), task, strict=True)
    }


def daily_exposure(
    tasks: Sequence[VibrationMeasures], hours: Sequence[float] | None = None
) -> DailyExposure:
    """Put a day together from measured tasks.

    Args:
        tasks: What each record holds.
        hours: Hours of each task in the day; without them only the time until each value is known.

    Raises:
        MeasurementError: If there is not one number of hours for each task, or they cannot be.
    """
    rms = np.array([task.rms_ms2 for task in tasks])
    vdv = np.array([task.vdv_ms175 for task in tasks])
    measured_h = np.array([task.duration_s for task in tasks]) / 3600
    k, limits = multipliers(), load_vibration().limits
    until = np.array(
        [
            [
                [hours_until_a8((k * r).max(), v.a8_ms2) for v in (limits.action, limits.limit)],
                [
                    hours_until_vdv((k * d).max(), m, v.vdv_ms175)
                    for v in (limits.action, limits.limit)
                ],
            ]
            for r, d, m in zip(rms, vdv, measured_h, strict=True)
        ]
    )
    if hours is None:
        return DailyExposure(None, None, None, None, until)
    if len(hours) != len(tasks):
        raise MeasurementError(
            f"there are {len(tasks)} records and {len(hours)} times; give one time for each record"
        )
    time = checked_hours(hours)
    points = exposure_points(k * rms, time[:, np.newaxis]).sum(axis=0).max()
    return DailyExposure(
        time, daily_a8(rms, time), daily_vdv(vdv, measured_h, time), float(points), until
    )
