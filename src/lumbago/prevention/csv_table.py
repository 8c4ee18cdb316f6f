"""A CSV file from a user as columns of text, with one clear sentence where it cannot be read."""

import csv
import difflib
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lumbago.errors import MeasurementError

__all__ = ["Table", "read_table"]


class Table(NamedTuple):
    """Columns by name, as text. Row 1 is the first below the header."""

    name: str
    columns: dict[str, list[str]]
    rows: int

    def numbers(self, column: str) -> NDArray[np.float64]:
        """A column as numbers; an empty cell is a gap (nan).

        Raises:
            MeasurementError: If a cell holds something else (the message names row and column).
        """
        cells = self.columns[column]
        try:
            return np.array([float(cell) if cell else np.nan for cell in cells])
        except ValueError:
            row = next(i for i, cell in enumerate(cells) if cell and not _is_number(cell))
            raise MeasurementError(
                f"{self.name} row {row + 1}, column {column}: {cells[row]!r} is not a number"
            ) from None


def read_table(path: str, known: Collection[str]) -> Table:
    """Read a CSV file whose first line names its columns; `,` or `;` parts them.

    Args:
        path: The file.
        known: Names of all columns that may be there.

    Raises:
        MeasurementError: If the file cannot be read, is empty, or has a column that nobody knows.
    """
    name = Path(path).name
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise MeasurementError(f"cannot read {path}: {reason}") from None
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
    columns = dict(zip(header, map(list, zip(*body, strict=True)), strict=True))
    return Table(name, columns, len(body))


def _check_header(name: str, header: list[str], known: Collection[str]) -> None:
    for column in header:
        if column not in known:
            near = difflib.get_close_matches(column, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(known))}"
            raise MeasurementError(f"{name} has a column {column!r} that is not known; {hint}")
        if header.count(column) > 1:
            raise MeasurementError(f"{name} has the column {column!r} twice")


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
