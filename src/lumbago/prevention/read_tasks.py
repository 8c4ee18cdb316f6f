"""A file of lifting tasks, one a row; the names of its columns carry the units."""

from typing import Any, NamedTuple

import numpy as np

from lumbago.errors import MeasurementError
from lumbago.prevention.csv_table import Table, parse_table, read_table
from lumbago.prevention.lifting_task import Lift

__all__ = ["COLUMNS", "Tasks", "parse_tasks", "read_tasks"]

LENGTHS = ("horizontal", "vertical", "to_horizontal", "to_vertical", "distance", "lever")
LOADS = ("load", "load_most")
PLAIN = (
    "asymmetry_deg",
    "to_asymmetry_deg",
    "frequency_per_min",
    "duration_h",
    "lifts_per_day",
)
WORDS = ("task", "coupling", "control")
COLUMNS = (
    *WORDS,
    *PLAIN,
    *(f"{name}_{unit}" for name in LENGTHS for unit in ("cm", "in")),
    *(f"{name}_{unit}" for name in LOADS for unit in ("kg", "lb")),
)
YES, NO = {"yes", "true", "1", "y"}, {"no", "false", "0", "n", ""}
KG_PER_LB, CM_PER_IN = 0.45359237, 2.54


class Tasks(NamedTuple):
    """Tasks by name; and for each its load, lever arm and lifts a day, where the file has all of them."""

    lifts: list[tuple[str, Lift]]
    fatigue: dict[str, list[float]] | None


def read_tasks(path: str) -> Tasks:
    """Read lifting tasks from CSV or Parquet.

    Args:
        path: A file with a column for the load (`load_kg` or `load_lb`), `horizontal_cm` or `_in` and
            `vertical_cm` or `_in`; all columns in one system of units. `lever_cm` and `lifts_per_day`
            add the fatigue tool.

    Raises:
        MeasurementError: If a column is missing or a cell cannot be (the message says where).
    """
    return _tasks(read_table(path, COLUMNS))


def parse_tasks(name: str, text: str) -> Tasks:
    """Lifting tasks from the text of a CSV file; columns and errors as for `read_tasks`.

    Args:
        name: What messages call it.
        text: The text.
    """
    return _tasks(parse_table(name, text, COLUMNS))


def _tasks(table: Table) -> Tasks:
    table = table._replace(columns={name: table.words(name) for name in table.columns})
    metric = _units(table) == "metric"
    length, mass = ("cm", "kg") if metric else ("in", "lb")
    for needed in (f"load_{mass}", f"horizontal_{length}", f"vertical_{length}"):
        if needed not in table.columns:
            raise MeasurementError(f"{table.name} has no column {needed}")
    lifts = [_lift(table, row, length, mass) for row in range(table.rows)]
    return Tasks(lifts, _fatigue(table, length, mass))


def _units(table: Table) -> str:
    us = [name for name in table.columns if name.endswith(("_in", "_lb"))]
    metric = [name for name in table.columns if name.endswith(("_cm", "_kg"))]
    if us and metric:
        raise MeasurementError(
            f"{table.name} mixes {metric[0]} and {us[0]}; give cm and kg, or in and lb, throughout"
        )
    return "us" if us else "metric"


def _lift(table: Table, row: int, length: str, mass: str) -> tuple[str, Lift]:
    values: dict[str, Any] = {"units": "metric" if mass == "kg" else "us"}
    for name, column in _fields(length, mass):
        if column in table.columns and table.columns[column][row]:
            values[name] = float(table.numbers(column)[row])
    for name in ("load", "horizontal", "vertical"):
        if name not in values:
            raise MeasurementError(f"{table.name} row {row + 1} has no {name}")
    if "coupling" in table.columns and table.columns["coupling"][row]:
        values["coupling"] = table.words("coupling")[row].lower()
    values["control"] = _yes(table, row)
    name = table.words("task")[row] if "task" in table.columns else ""
    return name or f"task {row + 1}", Lift(**values)


def _fields(length: str, mass: str) -> list[tuple[str, str]]:
    lengths = [(name, f"{name}_{length}") for name in LENGTHS if name != "lever"]
    loads = [(name, f"{name}_{mass}") for name in LOADS]
    return [*lengths, *loads, *((name, name) for name in PLAIN if name != "lifts_per_day")]


def _yes(table: Table, row: int) -> bool:
    word = table.words("control")[row].lower() if "control" in table.columns else ""
    if word not in YES | NO:
        raise MeasurementError(
            f"{table.name} row {row + 1}, column control: {word!r} is not yes or no"
        )
    return word in YES


def _fatigue(table: Table, length: str, mass: str) -> dict[str, list[float]] | None:
    lever = f"lever_{length}"
    if lever not in table.columns or "lifts_per_day" not in table.columns:
        return None
    found = {
        "load_kg": table.numbers(f"load_{mass}") * (1.0 if mass == "kg" else KG_PER_LB),
        "lever_cm": table.numbers(lever) * (1.0 if length == "cm" else CM_PER_IN),
        "lifts_per_day": table.numbers("lifts_per_day"),
    }
    for name, values in found.items():
        if not np.isfinite(values).all():
            row = int(np.flatnonzero(~np.isfinite(values))[0]) + 1
            raise MeasurementError(f"{table.name} row {row} has no {name.rpartition('_')[0]}")
    return {name: values.tolist() for name, values in found.items()}
