"""What vibration comes to in a day: A(8), the daily vibration dose, and how long until the EU values.

    A_l(8) = k_l sqrt(sum over tasks of a_wl^2 T / 8 h)       VDV_l = k_l (sum of VDV_l^4 T / T_measured)^(1/4)

for each axis l, k = 1.4 for x and y and 1 for z. The highest axis counts; it is not the vector sum. A(8)
follows the square of the acceleration, VDV its fourth power, so shocks weigh more in VDV.

The values are of the law, set with what is feasible in mind: below them back pain is not ruled out.

Source:
    Directive 2002/44/EC, Article 3 and Annex B; ISO 2631-1:1997, 6.1 and 6.3.2 (data/vibration.yaml).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.measure import checked
from lumbago.prevention.vibration_tables import load_vibration, multipliers

__all__ = [
    "DAY_H",
    "checked_hours",
    "daily_a8",
    "daily_vdv",
    "exposure_points",
    "hours_until_a8",
    "hours_until_vdv",
]

Floats = NDArray[np.float64]
DAY_H = 24.0


def daily_a8(rms_ms2: ArrayLike, hours: ArrayLike) -> Floats:
    """A(8) of each axis.

    Args:
        rms_ms2: Weighted r.m.s. of x, y, z for each task `(..., tasks, 3)`, without k.
        hours: Hours of each task in the day `(..., tasks)`, 24 at most in all.

    Returns:
        A(8) with k, m/s^2 `(..., 3)`. The daily exposure is the highest of the three.

    Raises:
        MeasurementError: If a value is negative or the day has more than 24 hours.
    """
    rms = checked("the r.m.s. acceleration", rms_ms2, "m/s2")
    time = checked_hours(hours)
    share = time[..., np.newaxis] / load_vibration().limits.reference_h
    return np.asarray(multipliers() * np.sqrt((rms**2 * share).sum(axis=-2)))


def daily_vdv(vdv_ms175: ArrayLike, measured_h: ArrayLike, hours: ArrayLike) -> Floats:
    """The vibration dose of a day on each axis.

    Args:
        vdv_ms175: VDV of x, y, z as measured in each task `(..., tasks, 3)`, without k.
        measured_h: Hours over which each was measured `(..., tasks)`.
        hours: Hours of each task in the day `(..., tasks)`.

    Returns:
        Daily VDV with k, m/s^1.75 `(..., 3)`; the highest counts.

    Raises:
        MeasurementError: If a value cannot be.
    """
    vdv = checked("the vibration dose", vdv_ms175, "m/s^1.75")
    measured = checked("the measured time", measured_h, "hours", above=0)
    share = (checked_hours(hours) / measured)[..., np.newaxis]
    return np.asarray(multipliers() * ((vdv**4 * share).sum(axis=-2)) ** 0.25)


def hours_until_a8(rms_with_k_ms2: ArrayLike, value_ms2: float) -> Floats:
    """Hours of one task until A(8) reaches a value; infinite if nothing moves.

    Args:
        rms_with_k_ms2: The r.m.s. of the governing axis times its k.
        value_ms2: The daily value to reach.
    """
    rms = checked("the r.m.s. acceleration", rms_with_k_ms2, "m/s2")
    with np.errstate(divide="ignore"):
        return np.asarray(load_vibration().limits.reference_h * (value_ms2 / rms) ** 2)


def hours_until_vdv(vdv_with_k_ms175: ArrayLike, measured_h: float, value_ms175: float) -> Floats:
    """Hours of one task until the daily vibration dose reaches a value; infinite if nothing moves.

    Args:
        vdv_with_k_ms175: VDV of the governing axis over the measured time, times its k.
        measured_h: Hours over which it was measured.
        value_ms175: The daily value to reach.
    """
    vdv = checked("the vibration dose", vdv_with_k_ms175, "m/s^1.75")
    with np.errstate(divide="ignore"):
        return np.asarray(measured_h * (value_ms175 / vdv) ** 4)


def exposure_points(rms_with_k_ms2: ArrayLike, hours: ArrayLike) -> Floats:
    """UK exposure points of a task: 100 at the action value of A(8); points of tasks add up.

    Args:
        rms_with_k_ms2: The r.m.s. of one axis times its k.
        hours: Hours in the day.
    """
    table = load_vibration()
    rms = checked("the r.m.s. acceleration", rms_with_k_ms2, "m/s2")
    share = checked("the time", hours, "hours", most=DAY_H) / table.limits.reference_h
    points = table.points.at_action * (rms / table.limits.action.a8_ms2) ** 2 * share
    return np.asarray(points)


def checked_hours(hours: ArrayLike) -> Floats:
    """Hours of the tasks of a day `(..., tasks)`.

    Raises:
        MeasurementError: If one cannot be, or the day has more than 24.
    """
    time = checked("the time", hours, "hours", most=DAY_H)
    if (time.sum(axis=-1) > DAY_H).any():
        raise MeasurementError(
            f"the tasks last {float(np.max(time.sum(axis=-1))):g} hours; a day has {DAY_H:g}"
        )
    return time
