"""Columns of a Parquet file from a user, with one clear sentence where they cannot be read."""

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lumbago.errors import MeasurementError

__all__ = ["Column", "column_names", "is_clock", "open_parquet", "read_column"]

Column = list[str] | NDArray[np.float64]


def open_parquet(source: str | bytes) -> Any:
    """A Parquet file, by its path or its bytes, ready to read columns from.

    Raises:
        MeasurementError: If pyarrow is missing, or this is no Parquet file.
    """
    try:
        import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it has no types
    except ImportError:
        raise MeasurementError(
            "Parquet needs pyarrow; install it with pip install lumbago[prevention], or save it as .csv"
        ) from None
    try:
        return pq.ParquetFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except FileNotFoundError:
        raise MeasurementError("No such file or directory") from None
    except Exception:  # a reader of others, on bytes of anybody: it raises what it will
        raise MeasurementError("this is not a whole Parquet file; copy or save it again") from None


def column_names(file: Any) -> list[str]:
    """Names of the columns, without an index that a data frame left behind."""
    return [name for name in file.schema_arrow.names if not name.startswith("__index_level_")]


def is_clock(file: Any, name: str) -> bool:
    """Whether a column holds times of day, dates or durations, which `read_column` turns into seconds."""
    import pyarrow as pa

    kind = file.schema_arrow.field(name).type
    return bool(pa.types.is_timestamp(kind) or pa.types.is_duration(kind))


def read_column(file: Any, name: str) -> Column:
    """One column: text as text, and all else as numbers.

    A cell without a value is "" or nan. Times of day and dates become seconds since the first of them.

    Raises:
        MeasurementError: If the column holds anything else, or cannot be read.
    """
    import pyarrow as pa
    import pyarrow.compute as pc  # type: ignore[import-untyped]  # it has no types

    try:
        values = file.read(columns=[name]).column(0)
    except Exception:  # as above
        raise MeasurementError(f"column {name} cannot be read; save the file again") from None
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    kind = values.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return [str(cell).strip() for cell in pc.fill_null(values, "").to_pylist()]
    if is_clock(file, name):
        return _seconds(values)
    t = pa.types
    numeric = (t.is_integer, t.is_floating, t.is_boolean, t.is_decimal, t.is_null)
    if not any(is_kind(kind) for is_kind in numeric):
        raise MeasurementError(f"column {name} holds {kind}; it must hold numbers or text")
    return np.asarray(values.cast(pa.float64()).to_numpy(), dtype=float)


def _seconds(values: Any) -> NDArray[np.float64]:
    times = np.asarray(values.to_numpy())
    unit = np.timedelta64(1, "ns")
    first = times[~np.isnat(times)][:1]
    if not first.size:
        return np.full(len(times), np.nan)
    return np.asarray((times - first[0]) / unit * 1e-9)
