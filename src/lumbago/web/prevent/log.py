"""A log of runs that came by file, which travels with the page: none is kept by the server."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core import signing

from lumbago.errors import MeasurementError
from lumbago.prevention.running import Run

__all__ = ["Log", "keep_log", "kept_log"]

SALT = "lumbago.prevent.log"
#: Signs of a log that travels, about 9,000 runs; it comes along with every step of a slider.
LONGEST_LINE = 80_000
ORIGIN = datetime(1970, 1, 1)


class Log(NamedTuple):
    """The runs of a file, its name, and what to know of how it was read."""

    name: str
    runs: Sequence[Run]
    notes: Sequence[str]


def keep_log(log: Log) -> str:
    """The log as one signed line for a hidden field; empty if it is too long to travel."""
    before, steps = ORIGIN, list[tuple[int, int]]()
    for run in sorted(log.runs, key=lambda run: run.start):
        # Steps are short and alike, so that the line can be packed.
        steps.append(((run.start - before) // timedelta(seconds=1), round(run.distance_km * 1000)))
        before += timedelta(seconds=steps[-1][0])
    line = signing.dumps([log.name, steps, list(log.notes)], salt=SALT, compress=True)
    return line if len(line) <= LONGEST_LINE else ""


def kept_log(line: str) -> Log | None:
    """The log that came back with the form; None if there is none.

    Raises:
        MeasurementError: If it was changed on its way.
    """
    if not line:
        return None
    try:
        name, steps, notes = signing.loads(line, salt=SALT)
    except signing.BadSignature:
        raise MeasurementError(
            "the log of this page cannot be read; choose the file again"
        ) from None
    start, runs = ORIGIN, list[Run]()
    for seconds, metres in steps:
        start += timedelta(seconds=seconds)
        runs.append(Run(start, metres / 1000))
    return Log(name, runs, notes)
