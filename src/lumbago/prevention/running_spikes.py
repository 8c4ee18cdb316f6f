"""Single runs that jump: each run against the longest of the 30 days before it, for whole cohorts at once."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.measure import checked
from lumbago.prevention.packaged import Record, read_record

__all__ = ["RunningTables", "load_running", "longest_before", "spike_of"]

Floats = NDArray[np.float64]


class SpikeClass(Record, frozen=True):
    """A class of runs by their ratio to the longest of the 30 days before."""

    above: float
    name: str
    label: str
    evidence: str


class Plausible(Record, frozen=True):
    """What can be a run."""

    source: str
    checked: str
    most_km: float
    least_km: float
    most_speed_ms: float
    most_weeks: int


class RunningTables(Record, frozen=True):
    """Everything in the file."""

    source: str
    doi: str
    checked: str
    read_at: str
    window_days: int
    spikes: list[SpikeClass]
    cap_ratio: float
    record: Plausible


@cache
def load_running() -> RunningTables:
    """The classes of spikes.

    Raises:
        EvidenceError: If the file has a fault.
    """
    return read_record("running.yaml", RunningTables)


def longest_before(start_days: ArrayLike, distance_km: ArrayLike) -> Floats:
    """The longest run of the 30 days before each run.

    Args:
        start_days: When each run began, in days from any origin, rising `(n,)`.
        distance_km: How far each went `(n,)`.

    Returns:
        Distances `(n,)` in km; nan where no run began in those days.

    Raises:
        MeasurementError: If a distance is negative or the times do not rise.
    """
    days = np.asarray(start_days, dtype=float)
    far = checked("the distance", distance_km, "km")
    if (np.diff(days) < 0).any():
        raise MeasurementError("the runs are not in order of time; sort them first")
    first = np.searchsorted(days, days - load_running().window_days, side="left")
    last = np.searchsorted(
        days, days, side="left"
    )  # a run that began at the same time is not before
    longest = np.full(len(far), np.nan)
    queue: list[
        int
    ] = []  # runs of the window whose distance no later one reaches, the longest first
    at = 0
    for i in range(len(far)):
        while at < last[i]:
            while queue and far[queue[-1]] <= far[at]:
                queue.pop()
            queue.append(at)
            at += 1
        while queue and queue[0] < first[i]:
            queue.pop(0)
        if queue:
            longest[i] = far[queue[0]]
    return longest


def spike_of(ratio: float) -> str:
    """The class of a run by its ratio to the longest of the 30 days before: none, small, moderate or large."""
    close = 1e-9  # 11 km after 10 km is 10% more, whatever the arithmetic says
    return [c.name for c in load_running().spikes if ratio > c.above * (1 + close)][-1]
