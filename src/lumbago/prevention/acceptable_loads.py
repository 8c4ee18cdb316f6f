"""What people judge that they can push, pull, carry, lift or lower through a working day of eight hours.

    acceptable load = reference load x factor of each measure;   people differ by its coefficient of variation

The forces and loads were chosen by workers themselves in 19 studies over 40 years. They say what feels
acceptable, not who will get pain. Every argument may be a number or an array, and arrays broadcast.
"""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.acceptable_tables import Family, Range, load_acceptable
from lumbago.prevention.measure import checked

__all__ = [
    "PHASES",
    "SEXES",
    "Acceptable",
    "acceptable_carry",
    "acceptable_force",
    "acceptable_lift",
]

Floats = NDArray[np.float64]
Sex = Literal["female", "male"]
Phase = Literal["initial", "sustained"]
SEXES: tuple[Sex, ...] = ("female", "male")
PHASES: tuple[Phase, ...] = ("initial", "sustained")
NORMAL = NormalDist()
TOLERANCE = 1e-9  # borders are inside, however 91 cm became 0.91 m


@dataclass(frozen=True)
class Acceptable:
    """What half of the people find acceptable (kg), its spread as a share, the factors, and the speed."""

    load_kg: Floats
    cv: float
    factors: dict[str, Floats]
    velocity_m_per_min: Floats
    fast: NDArray[np.bool_]

    def for_share(self, share: float) -> Floats:
        """The load in kg that this share of people, between 0 and 1, find acceptable; never below 0."""
        return np.maximum(self.load_kg * (1.0 - self.cv * NORMAL.inv_cdf(share)), 0.0)

    def share_for(self, load_kg: ArrayLike) -> Floats:
        """The share of people, 0 to 1, who find a load in kg acceptable."""
        load = checked("load", load_kg, "kg")
        scores = (load / self.load_kg - 1.0) / self.cv
        below = np.vectorize(NORMAL.cdf, otypes=[float])(-scores)
        return np.asarray(below)


def acceptable_force(
    task: Literal["push", "pull"],
    phase: Phase,
    sex: Sex,
    *,
    height_cm: ArrayLike,
    distance_m: ArrayLike,
    frequency_per_min: ArrayLike,
) -> Acceptable:
    """Acceptable force of pushing or pulling with two hands, in kg (1 kg is 9.81 N).

    Args:
        task: `push` or `pull`.
        phase: `initial` to get it moving, `sustained` to keep it moving.
        sex: `female` or `male`.
        height_cm: Height of the hands above the floor, 58 to 133 (women), 63 to 144 (men).
        distance_m: How far each time, 2.1 to 61.
        frequency_per_min: How often a minute, from once a day (1/480) to 10.

    Raises:
        MeasurementError: If a measure is outside the range of the equation.

    Source:
        Potvin and others 2021, Ergonomics 64:955-970, section 3.2. ln(F) is squared as a whole: only then is
        no factor above 1, as section 2.3 says of all of them.
    """
    _choice("task", task, ("push", "pull"))
    _choice("phase", phase, PHASES)
    measures = {"height": _metres(height_cm), "distance": np.asarray(distance_m, dtype=float)}
    return _solve("push", f"{task}_{phase}", sex, measures, frequency_per_min)


def acceptable_carry(
    sex: Sex, *, height_cm: ArrayLike, distance_m: ArrayLike, frequency_per_min: ArrayLike
) -> Acceptable:
    """Acceptable load to carry, in kg.

    Args:
        sex: `female` or `male`.
        height_cm: Height of the hands, 71 to 103 (women), 78 to 110 (men).
        distance_m: How far each time, 2.1 to 10.
        frequency_per_min: How often a minute, from once a day (1/480) to 10.

    Raises:
        MeasurementError: If a measure is outside the range of the equation.

    Source:
        Potvin and others 2021, section 3.3.
    """
    measures = {"height": _metres(height_cm), "distance": np.asarray(distance_m, dtype=float)}
    return _solve("carry", "carry", sex, measures, frequency_per_min)


def acceptable_lift(
    task: Literal["lift", "lower"],
    sex: Sex,
    *,
    reach_cm: ArrayLike,
    from_cm: ArrayLike,
    to_cm: ArrayLike,
    frequency_per_min: ArrayLike,
) -> Acceptable:
    """Acceptable load to lift or lower by its handles, smoothly and without twisting, in kg.

    Args:
        task: `lift` or `lower`.
        sex: `female` or `male`.
        reach_cm: From the ankles forward to the hands, 20 to 68 (women), 25 to 73 (men).
        from_cm: Height of the hands at the start.
        to_cm: Height of the hands at the end, at least 25 away.
        frequency_per_min: How often a minute, from once a day (1/480) to 20.

    Raises:
        MeasurementError: If a measure is outside the range of the equation.

    Source:
        Potvin and others 2021, section 3.1.
    """
    _choice("task", task, ("lift", "lower"))
    _choice("sex", sex, SEXES)
    start, end = _metres(from_cm), _metres(to_cm)
    measures = {
        "reach": _metres(reach_cm),
        "middle": (start + end) / 2,
        "travel": np.abs(end - start),
    }
    _inside(
        "highest place of the hands",
        np.maximum(start, end),
        load_acceptable().ranges["lift"].top_m[sex],
    )
    return _solve("lift", task, sex, measures, frequency_per_min)


def _solve(
    kind: str, name: str, sex: Sex, measures: dict[str, Floats], frequency_per_min: ArrayLike
) -> Acceptable:
    _choice("sex", sex, SEXES)
    tables = load_acceptable()
    family, equation = tables.ranges[kind], tables.equations[f"{name}_{sex}"]
    often = np.asarray(frequency_per_min, dtype=float)
    _check(family, sex, measures, often)
    far = measures["travel" if kind == "lift" else "distance"]
    velocity = far * often
    _inside(
        "distance times frequency", velocity, (0.0, family.velocity_most_m_per_min), "m a minute"
    )
    scales = tables.scales[equation.scale]
    given = {**measures, "frequency": often}
    factors = {factor: scale.at(given[factor]) for factor, scale in scales.items()}
    load = np.asarray(
        equation.reference_kg * np.prod(np.broadcast_arrays(*factors.values()), axis=0)
    )
    fast = velocity > family.velocity_caution_m_per_min[sex]
    return Acceptable(load, equation.cv, factors, velocity, np.asarray(fast))


def _check(family: Family, sex: Sex, measures: dict[str, Floats], often: Floats) -> None:
    _inside("how often", often, family.frequency_per_min, "a minute")
    for name, ranges in (
        ("height", family.height_m),
        ("reach", family.reach_m),
        ("travel", family.travel_m),
    ):
        if name in measures:
            _inside(f"{name} ({sex})", measures[name], ranges[sex])
    if "distance" in measures:
        _inside("distance", measures["distance"], family.distance_m)


def _inside(what: str, values: Floats, allowed: Range, unit: str = "m") -> None:
    least, most = allowed
    outside = ~((values >= least - TOLERANCE) & (values <= most + TOLERANCE))
    if np.any(outside):
        odd = float(np.atleast_1d(values)[np.atleast_1d(outside)][0])
        raise MeasurementError(
            f"{what} is {odd:g} {unit}; the studies had {least:g} to {most:g} {unit}"
        )


def _metres(centimetres: ArrayLike) -> Floats:
    return np.asarray(centimetres, dtype=float) / 100.0


def _choice(what: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise MeasurementError(f"{what} is {value!r}; it is {' or '.join(allowed)}")
