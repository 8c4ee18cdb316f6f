"""A CSV or Parquet file from a user as columns, with one clear sentence where it cannot be read."""

import csv
import difflib
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.parquet_columns import Column, column_names, open_parquet, read_column

__all__ = ["Table", "parse_table", "read_table"]

MANY = 60


class Table(NamedTuple):
    """Columns by name, as text or as numbers. Row 1 is the first below the header."""

    name: str
    columns: dict[str, Column]
    rows: int

    def words(self, column: str) -> list[str]:
        """A column as text; a gap is ""."""
        cells = self.columns[column]
        if isinstance(cells, list):
            return cells
        return ["" if np.isnan(cell) else f"{cell:.15g}" for cell in cells]

    def numbers(self, column: str) -> NDArray[np.float64]:
        """A column as numbers; an empty cell is a gap (nan).

        Raises:
            MeasurementError: If a cell holds something else (the message names row and column).
        """
        cells = self.columns[column]
        if not isinstance(cells, list):
            return cells
        try:
            return np.array([float(cell) if cell else np.nan for cell in cells])
        except ValueError:
            row = next(i for i, cell in enumerate(cells) if cell and not _is_number(cell))
            raise MeasurementError(
                f"{self.name} row {row + 1}, column {column}: {cells[row]!r} is not a number"
            ) from None


def read_table(path: str, known: Collection[str]) -> Table:
    """Read a Parquet file, or a CSV file whose first line names its columns; `,` or `;` parts them.

    Args:
        path: The file.
        known: Names of all columns that may be there.

    Raises:
        MeasurementError: If the file cannot be read, is empty, or has a column that nobody knows.
    """
    name = Path(path).name
    if name.lower().endswith(".parquet"):
        return _read_parquet(path, name, known)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise MeasurementError(f"cannot read {path}: {reason}") from None
    return parse_table(name, text, known)


def parse_table(name: str, text: str, known: Collection[str]) -> Table:
    """The text of a CSV file as a table.

    Args:
        name: What messages call it.
        text: The text; its first line names the columns.
        known: Names of all columns that may be there.

    Raises:
        MeasurementError: If it is empty, or has a column that nobody knows.
    """
    first = text.partition("\n")[0]
    lines = csv.reader(text.splitlines(), delimiter=";" if ";" in first else ",")
    rows = [[cell.strip() for cell in row] for row in lines if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise MeasurementError(
            f"{name} needs a line with the names of the columns and at least one row"
        )
    header, body = rows[0], rows[1:]
    _check_header(name, header, known)
    for number, row in enumerate(body, 1):
        if len(row) != len(header):
            raise MeasurementError(
                f"{name} row {number} has {len(row)} cells; the first line names {len(header)} columns"
            )
    columns: dict[str, Column] = dict(zip(header, map(list, zip(*body, strict=True)), strict=True))
    return Table(name, columns, len(body))


def _read_parquet(path: str, name: str, known: Collection[str]) -> Table:
    try:
        file = open_parquet(path)
        header = column_names(file)
        _check_header("it", header, known)
        columns = {column: read_column(file, column) for column in header}
    except MeasurementError as error:
        raise MeasurementError(f"{name}: {error}") from None
    rows = int(file.metadata.num_rows)
    if not header or not rows:
        raise MeasurementError(f"{name} needs at least one column and one row")
    return Table(name, columns, rows)


def _check_header(name: str, header: list[str], known: Collection[str]) -> None:
    for column in header:
        if column not in known:
            near = difflib.get_close_matches(column, known, 1)
            few = ", ".join(sorted(known)[:MANY])
            known_are = f"known are {few}{' and more' if len(known) > MANY else ''}"
            hint = f"did you mean {near[0]}?" if near else known_are
            raise MeasurementError(f"{name} has a column {column!r} that is not known; {hint}")
        if header.count(column) > 1:
            raise MeasurementError(f"{name} has the column {column!r} twice")


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
