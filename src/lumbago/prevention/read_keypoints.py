"""A file of points on a body over time, as the columns of a file of joint angles.

CSV and Parquet have columns `left_hip_x`, `left_hip_y`, where there is depth `left_hip_z`, and where there is a
confidence `left_hip_score` or `left_hip_visibility`. JSON has

    {"format": "coco17", "dimensions": 2, "rate_per_s": 25, "up": "-y",
     "frames": [{"time_s": 0.0, "keypoints": [[x, y, score], ...]}, ...]}

with the points of a frame in the order of the format (`keypoint_names`): lists of 2 or 3 numbers and perhaps a
confidence; objects with x, y, z and score or visibility; or COCO's one long list x1, y1, v1, x2 ...
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.csv_table import Table
from lumbago.prevention.keypoint_names import BLAZEPOSE33, COCO17, FORMATS
from lumbago.prevention.keypoints import angles_from_keypoints
from lumbago.prevention.parquet_columns import Column

__all__ = ["KEYPOINT_COLUMNS", "has_keypoints", "keypoint_angles", "read_keypoints"]

Floats = NDArray[np.float64]
AXES, CONFIDENCES = ("x", "y", "z"), ("score", "visibility")
NAMES = tuple(dict.fromkeys((*COCO17, *BLAZEPOSE33)))
KEYPOINT_COLUMNS = tuple(f"{name}_{part}" for name in NAMES for part in (*AXES, *CONFIDENCES))
LEAST_CONFIDENCE = 0.5  # elicited: below it a point counts as not seen


def has_keypoints(table: Table) -> bool:
    """Whether a table holds points rather than angles."""
    return not set(table.columns).isdisjoint(KEYPOINT_COLUMNS)


def keypoint_angles(table: Table, *, up: str | None, facing: str | None) -> Table:
    """The same table with angles for its points.

    Raises:
        MeasurementError: If a point lacks a column, or the points cannot be used (the file is named).
    """
    present = [name for name in NAMES if f"{name}_x" in table.columns]
    depth = any(f"{name}_z" in table.columns for name in present)
    points = {name: _point(table, name, "xyz" if depth else "xy") for name in present}
    kept = {name: cells for name, cells in table.columns.items() if name not in KEYPOINT_COLUMNS}
    return _with_angles(table._replace(columns=kept), points, up or "-y", facing)


def read_keypoints(path: str, *, up: str | None = None, facing: str | None = None) -> Table:
    """Read a JSON file of points as a table of angles.

    Args:
        path: The file.
        up: The axis that points up, if the file does not say; else `-y`.
        facing: Where the person looks in a picture; see `keypoints`.

    Raises:
        MeasurementError: If the file cannot be used; one sentence says where and why.
    """
    name = Path(path).name
    content = _load(path, name)
    order = _order(content, name)
    depth = content.get("dimensions")
    if depth not in (2, 3):
        raise MeasurementError(f'{name} needs "dimensions": 2, or 3 where the points have a depth')
    frames = content["frames"]
    found = np.stack(
        [_frame(frame, order, depth, f"{name} frame {i}") for i, frame in enumerate(frames, 1)]
    )
    points = {point: found[:, place] for place, point in enumerate(order)}
    table = Table(name, {"time_s": _times(content, name)}, len(frames))
    return _with_angles(table, points, up or content.get("up", "-y"), facing)


def _with_angles(table: Table, points: dict[str, Floats], up: str, facing: str | None) -> Table:
    seen = {point: np.where(np.isfinite(place), place, np.nan) for point, place in points.items()}
    try:
        angles = angles_from_keypoints(seen, up=up, facing=facing)
    except MeasurementError as error:
        raise MeasurementError(f"{table.name}: {error}") from None
    columns: dict[str, Column] = {**table.columns, **angles}
    return table._replace(columns=columns)


def _point(table: Table, name: str, axes: str) -> Floats:
    for axis in axes:
        if f"{name}_{axis}" not in table.columns:
            raise MeasurementError(f"{table.name} has no column {name}_{axis}")
    place = np.stack([table.numbers(f"{name}_{axis}") for axis in axes], axis=1)
    for part in CONFIDENCES:
        if f"{name}_{part}" in table.columns:
            place[~(table.numbers(f"{name}_{part}") >= LEAST_CONFIDENCE)] = np.nan
    return place


def _load(path: str, name: str) -> dict[str, Any]:
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise MeasurementError(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise MeasurementError(f"{name} is not JSON; save it again") from None
    if not isinstance(content, dict) or not isinstance(content.get("frames"), list):
        raise MeasurementError(
            f'{name} needs "format", "dimensions" and a list of "frames" (docs/prevention.md)'
        )
    if not content["frames"]:
        raise MeasurementError(f"{name} has no frame")
    return content


def _order(content: dict[str, Any], name: str) -> tuple[str, ...]:
    kind = content.get("format")
    if not isinstance(kind, str) or kind not in FORMATS:
        raise MeasurementError(f"{name}: format is {kind!r}; it is {' or '.join(FORMATS)}")
    return FORMATS[kind]


def _times(content: dict[str, Any], name: str) -> Floats:
    frames = content["frames"]
    given = [frame.get("time_s") if isinstance(frame, dict) else None for frame in frames]
    try:
        if any(time is not None for time in given):
            return np.array([np.nan if time is None else float(time) for time in given])
        rate = float(content["rate_per_s"])
    except (KeyError, TypeError, ValueError, OverflowError):
        rate = 0.0
    if not 0.0 < rate < np.inf:
        raise MeasurementError(
            f'{name} needs numbers for "time_s" in every frame, or for "rate_per_s"'
        )
    return np.arange(len(frames)) / rate


def _frame(frame: Any, order: tuple[str, ...], depth: int, where: str) -> Floats:
    """Points of one frame, `(points, 2 or 3)`; nobody in it is a gap."""
    given = frame.get("keypoints") if isinstance(frame, dict) else frame
    if not given:
        return np.full((len(order), depth), np.nan)
    if not isinstance(given, list):
        raise MeasurementError(f"{where}: keypoints must be a list")
    if isinstance(given[0], int | float):
        given = [given[i : i + depth + 1] for i in range(0, len(given), depth + 1)]
    if len(given) != len(order):
        raise MeasurementError(f"{where} has {len(given)} points; its format has {len(order)}")
    try:
        return np.array([_place(point, depth) for point in given])
    except (TypeError, ValueError, KeyError, OverflowError):
        raise MeasurementError(
            f"{where} has a point that is not {depth} numbers and perhaps a confidence"
        ) from None


def _place(point: Any, depth: int) -> list[float]:
    if point is None:
        return [np.nan] * depth
    if isinstance(point, dict):
        sure = next((point[part] for part in CONFIDENCES if part in point), None)
        values = [point[axis] for axis in AXES[:depth]]
    else:
        values, sure = point[:depth], (point[depth] if len(point) > depth else None)
    if len(values) != depth:
        raise ValueError
    if sure is not None and not float(sure) >= LEAST_CONFIDENCE:
        return [np.nan] * depth
    return [float(value) for value in values]
