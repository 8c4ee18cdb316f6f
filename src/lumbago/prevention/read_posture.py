"""A file of joint angles, or of points on a body, over time: one posture a row."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.csv_table import Table, read_table
from lumbago.prevention.posture import METHODS, Method, durations
from lumbago.prevention.posture_angles import STANCES, Angles
from lumbago.prevention.read_keypoints import (
    KEYPOINT_COLUMNS,
    has_keypoints,
    keypoint_angles,
    read_keypoints,
)

__all__ = ["COLUMNS", "PostureFile", "read_posture"]

Floats = NDArray[np.float64]
WHOLE = ("trunk_flexion", "neck_flexion", "trunk_side", "trunk_twist", "neck_side", "neck_twist")
SIDED = (
    "upper_arm_flexion",
    "lower_arm_flexion",
    "upper_arm_abduction",
    "wrist_flexion",
    "wrist_deviation",
    "wrist_twist",
    "knee_flexion",
)
SIDED_FLAGS = ("shoulder_raised", "arm_supported", "lower_arm_across")
WHOLE_FLAGS = ("trunk_supported", "legs_unsupported")
SIDES = ("left", "right")
NEEDED = {
    "reba": ("trunk_flexion", "neck_flexion", "upper_arm_flexion", "lower_arm_flexion"),
    "rula": ("trunk_flexion", "neck_flexion", "upper_arm_flexion", "lower_arm_flexion"),
    "owas": ("trunk_flexion", "upper_arm_flexion"),
}
COLUMNS = (
    "time_s",
    "stance",
    "load_kg",
    *(f"{name}_deg" for name in (*WHOLE, *SIDED)),
    *(f"{side}_{name}_deg" for side in SIDES for name in SIDED),
    *SIDED_FLAGS,
    *(f"{side}_{name}" for side in SIDES for name in SIDED_FLAGS),
    *WHOLE_FLAGS,
)


class PostureFile(NamedTuple):
    """The postures of a file that have no gap, and what was left out or taken as neutral."""

    angles: Angles
    time_s: Floats
    lasts_s: Floats
    load_kg: Floats | None
    methods: tuple[Method, ...]
    gaps: int
    assumed: tuple[str, ...]


def read_posture(
    path: str,
    *,
    rate_per_s: float = 1.0,
    methods: tuple[Method, ...] | None = None,
    up: str | None = None,
    facing: str | None = None,
) -> PostureFile:
    """Read joint angles from CSV or Parquet, or points on a body from CSV, Parquet or JSON.

    Args:
        path: A file with columns in degrees such as `trunk_flexion_deg`. Columns of arms and knees may
            carry `left_` or `right_`; without it they hold for both sides. Or a file of points as
            `read_keypoints` describes it.
        rate_per_s: Postures a second, where the file does not say.
        methods: Methods wanted; left out, those for which the file has what they need.
        up: For points, the axis that points up: `-y`, `y` or `z`; left out, as the file says, else `-y`.
        facing: For points from the side, where the person looks; left out, the nose says it.

    Returns:
        The postures. Rows with an empty cell are left out and counted; columns that are not there count
        as 0 and are named, for the score may then be too low.

    Raises:
        MeasurementError: If a column that a method needs is missing, or a cell cannot be.
    """
    table = _table(path, up, facing)
    chosen = _methods(table, methods)
    columns = {name: table.numbers(name) for name in table.columns if name != "stance"}
    time = _time(table, columns, rate_per_s)
    whole = np.ones(table.rows, dtype=bool)
    for name, values in columns.items():
        whole &= np.isfinite(values)
        if name.endswith("_deg"):
            _check_angles(table, name, values)
    if not whole.any():
        raise MeasurementError(
            f"{table.name} has no row in which every cell is a number; fill the gaps"
        )
    lasts = durations(time)[whole]
    columns = {name: values[whole] for name, values in columns.items()}
    count = int(whole.sum())
    fields = {name: _whole(columns, f"{name}_deg") for name in WHOLE}
    fields |= {name: _sided(columns, name, "_deg") for name in SIDED}
    fields |= {name: _sided(columns, name, "") for name in SIDED_FLAGS}
    fields |= {name: _whole(columns, name) for name in WHOLE_FLAGS}
    # One full column gives every score its length, however few columns there are.
    fields["trunk_flexion"] = np.broadcast_to(fields["trunk_flexion"], (count,))
    angles = Angles(**fields, stance=_stance(table, whole))
    assumed = tuple(name for name in (*WHOLE, *SIDED) if not _has(table, name))
    gaps = table.rows - count
    return PostureFile(angles, time[whole], lasts, columns.get("load_kg"), chosen, gaps, assumed)


def _table(path: str, up: str | None, facing: str | None) -> Table:
    if path.lower().endswith(".json"):
        return read_keypoints(path, up=up, facing=facing)
    table = read_table(path, (*COLUMNS, *KEYPOINT_COLUMNS))
    return keypoint_angles(table, up=up, facing=facing) if has_keypoints(table) else table


def _time(table: Table, columns: dict[str, Floats], rate_per_s: float) -> Floats:
    if "time_s" not in columns:
        if not rate_per_s > 0:
            raise MeasurementError(
                f"the rate is {rate_per_s:g}; it must be above 0 postures a second"
            )
        return np.arange(table.rows) / rate_per_s
    missing = np.flatnonzero(~np.isfinite(columns["time_s"]))
    if missing.size:
        raise MeasurementError(f"{table.name} row {int(missing[0]) + 1} has no time_s")
    return columns["time_s"]


def _methods(table: Table, wanted: tuple[Method, ...] | None) -> tuple[Method, ...]:
    can = tuple(m for m in METHODS if all(_has(table, name) for name in NEEDED[m]))
    for method in wanted or ():
        for name in NEEDED[method]:
            if not _has(table, name):
                raise MeasurementError(
                    f"{table.name} has no column {name}_deg, which {method.upper()} needs"
                )
    if not can:
        raise MeasurementError(
            f"{table.name} needs at least trunk_flexion_deg and upper_arm_flexion_deg (OWAS), "
            "and neck_flexion_deg and lower_arm_flexion_deg for REBA and RULA"
        )
    return wanted or can


def _has(table: Table, name: str) -> bool:
    column = f"{name}_deg"
    if column in table.columns:
        return True
    sides = [f"{side}_{column}" in table.columns for side in SIDES]
    if any(sides) and not all(sides):
        raise MeasurementError(
            f"{table.name} has {column} for one side; give both, or one for both"
        )
    return all(sides)


def _check_angles(table: Table, name: str, values: Floats) -> None:
    odd = np.flatnonzero(np.abs(values) > 180.0)
    if odd.size:
        raise MeasurementError(
            f"{table.name} row {int(odd[0]) + 1}, column {name}: {values[odd[0]]:g} degrees cannot be; "
            "angles are -180 to 180, with 0 for standing upright with hanging arms"
        )


def _whole(columns: dict[str, Floats], name: str) -> Floats:
    return columns.get(name, np.zeros(1))


def _sided(columns: dict[str, Floats], name: str, unit: str) -> Floats:
    both = columns.get(f"{name}{unit}", np.zeros(1))
    sides = [columns.get(f"{side}_{name}{unit}", both) for side in SIDES]
    return np.stack(np.broadcast_arrays(*sides))


def _stance(table: Table, whole: NDArray[np.bool_]) -> NDArray[np.int8]:
    if "stance" not in table.columns:
        return np.zeros(1, dtype=np.int8)
    words = table.words("stance")
    places = {word: place for place, word in enumerate(STANCES)} | {"": 0}
    try:
        found = [places[word.lower()] for word in words]
    except KeyError:
        row = next(i for i, word in enumerate(words) if word.lower() not in places)
        raise MeasurementError(
            f"{table.name} row {row + 1}, column stance: {words[row]!r} is not one of {', '.join(STANCES)}"
        ) from None
    return np.array(found, dtype=np.int8)[whole]
