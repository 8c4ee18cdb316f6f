"""LiFFT, the Lifting Fatigue Failure Tool: how much a day of lifting wears the lower back.

Each lift adds damage that grows tenfold for about every 45 foot-pounds of load moment; a day's damage is the
sum. The tool relates it to how often jobs like that were among those with many injuries (12 or more in
200,000 hours). It rests on tests of cadaver spines, knows neither sex nor age, and says nothing of a person.
The calculator rounds the damage of a task to four decimals; here it is kept in full.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lumbago.prevention.lifting_tables import Band, load_lifting
from lumbago.prevention.measure import checked

__all__ = [
    "FatigueResult",
    "cumulative_damage",
    "cycles_to_failure",
    "damage_per_lift",
    "high_risk_probability",
]

Floats = NDArray[np.float64]
GRAVITY_MS2 = 9.80665


@dataclass(frozen=True)
class FatigueResult:
    """The damage of a day and of each task `(n,)`, their share, and the probability of a high-risk job."""

    damage: float
    task_damage: Floats
    task_share: Floats
    moment_nm: Floats
    probability: float

    @property
    def band(self) -> Band:
        """The tool's band of the probability."""
        return next(band for band in load_lifting().fatigue.bands if self.probability <= band.most)

    @property
    def caution(self) -> bool:
        """Whether a moment is above 100 Nm, where the authors advise caution however few the lifts."""
        return bool((self.moment_nm > load_lifting().fatigue.caution_above_nm).any())

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values."""
        return {
            "cumulative_damage": round(self.damage, 6),
            "probability_high_risk_job": round(self.probability, 4),
            "band": self.band.name,
            "caution_above_100_nm": self.caution,
            "moment_nm": [round(value, 2) for value in self.moment_nm.tolist()],
            "share": [round(value, 4) for value in self.task_share.tolist()],
        }


def damage_per_lift(moment_nm: ArrayLike) -> Floats:
    """Damage of one lift.

    Args:
        moment_nm: Peak moment of the load about L5/S1 (the paper) or the hip (the calculator), 0 or more.

    Raises:
        MeasurementError: If a moment is negative or not a number.

    Source:
        LiFFT calculator 1.4.0 (2018), cell L5; Gallagher 2017.
    """
    f = load_lifting().fatigue
    moment = checked("load moment", moment_nm, "newton metres")
    exponent = f.log10_damage_at_rest + f.log10_damage_per_ftlb * f.ftlb_per_nm * moment
    return np.asarray(10.0**exponent)


def high_risk_probability(damage: ArrayLike) -> Floats:
    """Probability that a job with this daily damage was one of the high-risk jobs of the study; 0 for none.

    Raises:
        MeasurementError: If a damage is negative or not a number.
    """
    f = load_lifting().fatigue
    amount = checked("cumulative damage", damage, "damage a day")
    with np.errstate(divide="ignore"):
        logit = f.logit_at_one + f.logit_per_log10 * np.log10(amount)
    return np.asarray(1.0 / (1.0 + np.exp(-logit)))


def cumulative_damage(
    *, load_kg: ArrayLike, lever_cm: ArrayLike, lifts_per_day: ArrayLike
) -> FatigueResult:
    """A day of lifting tasks.

    Args:
        load_kg: Load of each task, 0 or more, `(n,)`.
        lever_cm: Furthest horizontal distance from the lower spine to the middle of the load.
        lifts_per_day: How often it is lifted in a working day.

    Raises:
        MeasurementError: If a value is negative or not a number.
    """
    load = checked("load", load_kg, "kg")
    lever = checked("lever arm", lever_cm, "cm")
    lifts = checked("lifts a day", lifts_per_day, "lifts")
    moment = np.atleast_1d(load * GRAVITY_MS2 * lever / 100.0)
    task = damage_per_lift(moment) * lifts
    total = float(task.sum())
    share = task / total if total > 0 else np.zeros_like(task)
    return FatigueResult(total, task, share, moment, float(high_risk_probability(total)))


def cycles_to_failure(percent_of_strength: ArrayLike) -> Floats:
    """Lifts until a spine segment fails, from the stress as a percentage of its strength.

    Args:
        percent_of_strength: Above 0, at most 100.

    Source:
        Gallagher 2017, equation 1: N = 902416 exp(-0.162 S).
    """
    percent = checked("share of strength", percent_of_strength, "per cent", above=0.0, most=100.0)
    return np.asarray(902416.0 * np.exp(-0.162 * percent))
