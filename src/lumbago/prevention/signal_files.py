"""Read 3-axis acceleration from the bytes of a CSV, WAV or Parquet file.

A CSV file names its columns in the first line, a Parquet file in its schema: x, y and z (also ax, acc_x,
"Acceleration x (m/s^2)" and the like), and either a time in seconds (ms where the name says so) or nothing,
and then the rate is asked for. A WAV file has three channels: x, y, z; whole numbers need the m/s2 that full
scale stands for.
"""

import csv
import io
import re
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.parquet_columns import column_names, is_clock, open_parquet, read_column
from lumbago.prevention.signal_record import (
    SignalRecord,
    check_record,
    rate_from_times,
    to_ms2,
)
from lumbago.prevention.vibration_tables import AXES

__all__ = ["read_acceleration"]

Floats = NDArray[np.float64]
AXIS = re.compile(
    r"^(?:lin(?:ear)?[ _]?)?(?:a|acc|accel|acceleration|accelerometer)?[ _.-]*([xyz])(?![a-z])"
    r"(?:[ _.-]*(?:axis|acc\w*))?",
    re.I,
)
TIME = re.compile(r"^(t|time|timestamp|seconds?|elapsed)(?![a-z])", re.I)
MILLISECONDS = re.compile(r"\bms\b|millisec|_ms\b", re.I)
IN_G = re.compile(r"[(\[ _]g[)\]]?$", re.I)
FIRST_ROW = 2


def read_acceleration(
    name: str,
    content: bytes,
    *,
    rate_hz: float | None = None,
    unit: str | None = None,
    full_scale_ms2: float | None = None,
    keep_spikes: bool = False,
) -> SignalRecord:
    """Read and check a record.

    Args:
        name: Name of the file; its ending says what it is, and messages begin with it.
        content: Its bytes.
        rate_hz: Samples a second, where the file does not say.
        unit: `ms2` or `g`, where the file does not say.
        full_scale_ms2: What full scale of a WAV file stands for.
        keep_spikes: Take lone samples that stand out as they are.

    Raises:
        MeasurementError: If the file cannot be judged; one sentence says why.
    """
    try:
        if name.lower().endswith(".wav"):
            samples, rate = _wav(content, full_scale_ms2)
            return check_record(to_ms2(samples, unit), rate, keep_spikes=keep_spikes)
        first_row = FIRST_ROW
        if name.lower().endswith(".parquet"):
            samples, rate, said = _parquet(content, rate_hz)
            first_row = 1
        elif name.lower().endswith((".csv", ".txt", ".tsv")):
            samples, rate, said = _csv(content, rate_hz)
        else:
            raise MeasurementError(
                "this kind of file is not known; save it as .csv, .wav or .parquet"
            )
        return check_record(
            to_ms2(samples, unit or said), rate, first_row=first_row, keep_spikes=keep_spikes
        )
    except MeasurementError as error:
        raise MeasurementError(f"{name}: {error}") from None


def _wav(content: bytes, full_scale_ms2: float | None) -> tuple[Floats, float]:
    from scipy.io import wavfile

    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", "Reached EOF")
            warnings.filterwarnings("ignore", "Chunk")  # notes of a recorder, not samples
            rate, samples = wavfile.read(io.BytesIO(content))
    except Exception:  # a reader of others, on bytes of anybody: it raises what it will
        raise MeasurementError("this is not a whole WAV file; copy or record it again") from None
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    if channels != len(AXES):
        raise MeasurementError(f"it has {channels} channel(s); it needs three: x, y and z")
    if samples.dtype.kind in "iu":
        if full_scale_ms2 is None:
            raise MeasurementError(
                "it holds whole numbers; say what full scale stands for in m/s2, such as 40"
            )
        info = np.iinfo(samples.dtype)
        middle = 0 if samples.dtype.kind == "i" else (info.max + 1) / 2
        return (samples - middle) / (info.max - middle + 1) * full_scale_ms2, float(rate)
    return samples.astype(float) * (full_scale_ms2 or 1.0), float(rate)


def _csv(content: bytes, rate_hz: float | None) -> tuple[Floats, float, str | None]:
    text = "\n".join(content.decode("utf-8-sig", errors="replace").splitlines())
    first, _, rest = text.partition("\n")
    if not first.strip():
        raise MeasurementError(
            "it is empty; it needs a first line such as t,x,y,z and rows below it"
        )
    separator = max(",;\t", key=first.count)
    names = [n.strip().strip('"') for n in next(csv.reader([first], delimiter=separator))]
    axes, time = _columns(names)
    if not rest.strip():
        raise MeasurementError("it has a first line but no rows of samples")
    numbers = _numbers(rest, separator, [*axes, *([] if time is None else [time])])
    times_s = None if time is None else numbers[:, 3] * _seconds_each(names[time])
    return numbers[:, :3], _rate(times_s, rate_hz, FIRST_ROW), _unit(names, axes)


def _parquet(content: bytes, rate_hz: float | None) -> tuple[Floats, float, str | None]:
    file = open_parquet(content)
    names = column_names(file)
    axes, time = _columns(names)
    if not file.metadata.num_rows:
        raise MeasurementError("it names its columns but has no rows of samples")
    samples = np.column_stack([_measured(file, names[i]) for i in axes])
    times_s = None
    if time is not None:
        each = 1.0 if is_clock(file, names[time]) else _seconds_each(names[time])
        times_s = _measured(file, names[time]) * each
    return samples, _rate(times_s, rate_hz, 1), _unit(names, axes)


def _measured(file: Any, name: str) -> Floats:
    values = read_column(file, name)
    if isinstance(values, list):
        raise MeasurementError(f"column {name} holds text; it must hold numbers")
    return values


def _seconds_each(name: str) -> float:
    return 0.001 if MILLISECONDS.search(name) else 1.0


def _rate(times_s: Floats | None, rate_hz: float | None, first_row: int) -> float:
    if times_s is not None:
        return rate_from_times(times_s, first_row)
    if rate_hz is None:
        raise MeasurementError("it has no column of times; say how many samples a second it has")
    return rate_hz


def _unit(names: Sequence[str], axes: Sequence[int]) -> str | None:
    return "g" if any(IN_G.search(names[i]) for i in axes) else None


def _columns(names: Sequence[str]) -> tuple[list[int], int | None]:
    """Where x, y, z and the time stand."""
    found = {
        m[1].lower(): i for i, name in reversed(list(enumerate(names))) if (m := AXIS.match(name))
    }
    missing = [axis for axis in AXES if axis not in found]
    if missing:
        shown = ", ".join(names[:6])
        raise MeasurementError(
            f"it has no column for {' and '.join(missing)} (its first line is: {shown}); ISO 2631-1 needs "
            "all three axes, in columns named x, y and z"
        )
    times = [i for i, name in enumerate(names) if TIME.match(name)]
    return [found[axis] for axis in AXES], times[0] if times else None


def _numbers(text: str, separator: str, columns: list[int]) -> Floats:
    """The chosen columns as numbers; a cell that is not one becomes nan, found by the checks after."""
    if separator == ";":
        text = text.replace(",", ".")
    try:
        return np.loadtxt(io.StringIO(text), delimiter=separator, usecols=columns, ndmin=2)
    except ValueError:  # something is amiss: read cell by cell, so that the row can be named
        cells = [
            [_number(line.split(separator), i) for i in columns]
            for line in text.split("\n")
            if line
        ]
        return np.array(cells, dtype=float).reshape(-1, len(columns))


def _number(row: list[str], column: int) -> float:
    try:
        return float(row[column].strip(' "'))
    except (ValueError, IndexError):
        return float("nan")
