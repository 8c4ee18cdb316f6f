"""The variable lifting index (VLI): a job of so many different lifts that each is hardly ever the same.

The frequency-independent index of every lift (or of a sample of them) falls into one of six classes of equal
width between the lowest and the highest. Each class then counts as one task, with the mean index of its lifts
and its share of all lifts a minute, and the six are put together as the composite index is. With ten tasks or
fewer the composite index itself is the more exact one. The sequential and cumulative indices (SLI, CULI) for
rotation between jobs are not here: their formulas stand in papers that could not be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.lifting import frequency_multiplier
from lumbago.prevention.lifting_job import assess_job, composite_index
from lumbago.prevention.lifting_tables import Band, system
from lumbago.prevention.lifting_task import Lift, index_band
from lumbago.prevention.measure import checked

__all__ = ["CLASSES", "MANY_TASKS", "LiftClass", "VariableResult", "class_edges", "variable_index",
           "variable_job"]  # fmt: skip

CLASSES = 6
MANY_TASKS = 10  # up to here the composite index is the one to use
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LiftClass:
    """Lifts of a like index: its range, its mean, how often they come, and what they add."""

    low: float
    high: float
    mean: float
    share: float
    frequency_per_min: float
    added: float


@dataclass(frozen=True)
class VariableResult:
    """A job judged: its index, and the classes that have lifts, in the order in which they were added."""

    index: float
    classes: tuple[LiftClass, ...]

    @property
    def band(self) -> Band:
        """What the manual says of this index."""
        return index_band(self.index)

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values; an index without limit is None."""
        return {
            "vli": _finite(self.index),
            "band": self.band.name,
            "classes": [
                {name: _finite(value) for name, value in vars(found).items()}
                for found in self.classes
            ],
        }


def class_edges(fili: ArrayLike) -> Floats:
    """Borders of the six classes, lowest first, `(7,)`."""
    values = np.asarray(fili, dtype=float)
    return np.linspace(values.min(), values.max(), CLASSES + 1)


def variable_index(
    fili: ArrayLike,
    *,
    frequency_per_min: float,
    duration_h: float,
    low: bool,
    lifts: ArrayLike | None = None,
) -> VariableResult:
    """VLI from the frequency-independent indices of lifts.

    Args:
        fili: Frequency-independent index of each lift, `(n,)`, infinite where its weight limit is 0.
        frequency_per_min: All lifts together, a minute.
        duration_h: Hours of lifting.
        low: Whether lifts start below 75 cm (30 in); the more stressful column if some do.
        lifts: How many lifts each index stands for (or in proportion to it), `(n,)`; one each if left out.

    Returns:
        The index, and its classes.

    Raises:
        MeasurementError: If there is no lift, or a value is outside its range.

    Source:
        Waters and others 2016, Human Factors 58:695-711 (abstract), and the procedure as told at
        ergonomiesite.be/variable-lift-index-vli.
    """
    values = np.atleast_1d(np.asarray(fili, dtype=float))
    if not values.size or not (values > 0).all():
        raise MeasurementError("there is no lift, or an index that is not above 0")
    weights = np.ones_like(values) if lifts is None else checked("number of lifts", lifts, "lifts")
    weights = np.broadcast_to(weights, values.shape)
    if not weights.sum() > 0:
        raise MeasurementError("the numbers of lifts are all 0; give how often each comes")
    checked("lifting frequency", frequency_per_min, "lifts a minute")
    if np.isinf(values[weights > 0]).any():
        return VariableResult(float("inf"), ())
    values, weights = values[weights > 0], weights[weights > 0]
    return _combined(
        values, weights / weights.sum(), frequency_per_min, duration_h=duration_h, low=low
    )


def variable_job(lifts: Sequence[tuple[str, Lift]]) -> VariableResult:
    """VLI of a job of named lifts, each with its load and how often it comes.

    Raises:
        MeasurementError: As `assess_job`.
    """
    tasks = assess_job(lifts).tasks
    judged = [task.result for task in tasks]
    given = [result.lift for result in judged]
    often = np.array([lift.frequency_per_min for lift in given])
    best = system(given[0].units).vertical_best
    return variable_index(
        [result.governing.frequency_independent_index for result in judged],
        frequency_per_min=float(often.sum()),
        duration_h=max(lift.duration_h for lift in given),
        low=any(lift.vertical < best for lift in given),
        lifts=often,
    )


def _combined(
    values: Floats, shares: Floats, frequency_per_min: float, *, duration_h: float, low: bool
) -> VariableResult:
    edges = class_edges(values)
    place = np.clip(np.searchsorted(edges, values, side="left") - 1, 0, CLASSES - 1)
    share = np.bincount(place, weights=shares, minlength=CLASSES)
    used = np.flatnonzero(share > 0)
    mean = np.bincount(place, weights=shares * values, minlength=CLASSES)[used] / share[used]
    often = share[used] * frequency_per_min

    def fm(frequency: ArrayLike) -> Floats:
        return frequency_multiplier(frequency, duration_h=duration_h, low=low)

    with np.errstate(divide="ignore"):
        alone = mean / fm(often)
    order = np.lexsort((-often, -alone))
    total, added = composite_index(
        float(alone[order[0]]),
        fili=mean[order],
        frequency_multipliers=fm(np.cumsum(often[order])),
    )
    rows = zip(edges[used][order], edges[used + 1][order], mean[order], share[used][order], often[order],
               added, strict=True)  # fmt: skip
    return VariableResult(total, tuple(LiftClass(*map(float, row)) for row in rows))


def _finite(value: float) -> float | None:
    return round(value, 4) if np.isfinite(value) else None
