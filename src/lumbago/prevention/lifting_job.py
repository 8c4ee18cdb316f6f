"""The composite lifting index: a job of several lifting tasks.

    CLI = STLI(1) + sum over k of FILI(k) x (1/FM(F1 + ... + Fk) - 1/FM(F1 + ... + Fk-1))

with the tasks in falling order of their single-task index. The manual leaves open which column of the
frequency table serves tasks that start low and high, or last differently; the more stressful one is taken.
`lifting_variable` has the index for many different lifts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lumbago.errors import MeasurementError
from lumbago.prevention.lifting import frequency_multiplier
from lumbago.prevention.lifting_tables import Band, system
from lumbago.prevention.lifting_task import Lift, LiftResult, assess_lift, index_band

__all__ = ["JobResult", "TaskShare", "assess_job", "composite_index"]


@dataclass(frozen=True)
class TaskShare:
    """A task of a job in its order, and what it adds to the index of the job."""

    name: str
    result: LiftResult
    added: float

    @property
    def single_task_index(self) -> float:
        """STLI, of the mean load."""
        return self.result.governing.index

    @property
    def frequency_independent_index(self) -> float:
        """FILI, of the heaviest load."""
        return self.result.governing.frequency_independent_index


@dataclass(frozen=True)
class JobResult:
    """A job judged: its index and its tasks, most stressful first."""

    index: float
    tasks: tuple[TaskShare, ...]

    @property
    def band(self) -> Band:
        """What the manual says of this index."""
        return index_band(self.index)

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values; an index without limit is None."""
        return {
            "cli": _finite(self.index),
            "band": self.band.name,
            "tasks": [
                {
                    "task": share.name,
                    "stli": _finite(share.single_task_index),
                    "fili": _finite(share.frequency_independent_index),
                    "added": _finite(share.added),
                    "lift": share.result.to_dict(),
                }
                for share in self.tasks
            ],
        }


def composite_index(
    first_stli: float, *, fili: ArrayLike, frequency_multipliers: ArrayLike
) -> tuple[float, list[float]]:
    """CLI from indices that are known, in falling order of STLI.

    Args:
        first_stli: Single-task index of the most stressful task.
        fili: Frequency-independent index of every task, the first included, `(n,)`.
        frequency_multipliers: FM of the summed frequency of the first 1, 2, ... n tasks, `(n,)`; the first
            is that of the first task alone.

    Returns:
        CLI, and what each task adds to it; infinite where the lifts together are too many.
    """
    fm = np.asarray(frequency_multipliers, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = np.where(fm > 0, 1.0 / fm, np.inf)
        steps = np.where(np.isinf(inverse[1:]), np.inf, inverse[1:] - inverse[:-1])
    added = [first_stli, *(np.asarray(fili, dtype=float)[1:] * steps).tolist()]
    return float(sum(added)), added


def assess_job(lifts: Sequence[tuple[str, Lift]]) -> JobResult:
    """Composite lifting index of a job of named tasks.

    Raises:
        MeasurementError: If there is no task, the units differ, or a measurement is outside its range
            (the message names the task).

    Source:
        DHHS (NIOSH) Publication 94-110, revised 9/2021, section 2.4.
    """
    if not lifts:
        raise MeasurementError("there is no task; give at least one")
    if len({lift.units for _, lift in lifts}) > 1:
        raise MeasurementError(
            "the tasks mix metric and US units; give all of them in one of the two"
        )
    judged = [(name, _assessed(name, lift)) for name, lift in lifts]
    # "If more than one task has the same STLI value, assign the lower task number to the task with the
    # highest frequency" (p. 57); beyond that the order of the file stays.
    judged.sort(key=lambda pair: (-pair[1].index, -pair[1].lift.frequency_per_min))
    results = [result for _, result in judged]
    total, added = composite_index(
        results[0].index,
        fili=[result.governing.frequency_independent_index for result in results],
        frequency_multipliers=_summed_multipliers([result.lift for result in results]),
    )
    return JobResult(
        total,
        tuple(
            TaskShare(name, result, share)
            for (name, result), share in zip(judged, added, strict=True)
        ),
    )


def _summed_multipliers(lifts: list[Lift]) -> list[float]:
    best = system(lifts[0].units).vertical_best
    values = []
    for count in range(1, len(lifts) + 1):
        counted = lifts[:count]
        fm = frequency_multiplier(
            sum(lift.frequency_per_min for lift in counted),
            duration_h=max(lift.duration_h for lift in counted),
            low=any(lift.vertical < best for lift in counted),
        )
        values.append(float(fm))
    return values


def _assessed(name: str, lift: Lift) -> LiftResult:
    try:
        return assess_lift(lift)
    except MeasurementError as error:
        raise MeasurementError(f"task {name!r}: {error}") from None


def _finite(value: float) -> float | None:
    return round(value, 4) if np.isfinite(value) else None
