"""The form of a job: its tasks in boxes with sliders, and the tasks that it or a table tells."""

from collections.abc import Mapping
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.lifting_tables import system
from lumbago.prevention.lifting_task import Lift
from lumbago.prevention.read_tasks import Tasks, parse_tasks
from lumbago.web.prevent.fields import CM_PER_IN, KG_PER_LB, Slider, number, one_of, turned
from lumbago.web.prevent.lift_form import MEASURES

__all__ = ["KINDS", "START", "job_form", "job_tasks", "rows_changed"]

KINDS = (".csv",)
UNITS = {"metric": "cm and kg", "us": "inches and pounds"}
HOLDS = {"good": "Good", "fair": "Fair", "poor": "Poor"}
MOST_ROWS, LONGEST_TABLE = 20, 60_000
#: Boxes of a task: its words, its unit, its least and its most (metric, then US where that differs).
BOXES: dict[str, tuple[str, str, tuple[float, float], tuple[float, float]]] = {
    "load": ("Load", "mass", (0.1, 200), (0.2, 440)),
    "horizontal": ("How far forward", "length", (1, 150), (0.5, 60)),
    "vertical": ("Height at the start", "length", (0, 220), (0, 87)),
    "to_vertical": ("Height at the end", "length", (0, 220), (0, 87)),
    "asymmetry": ("Turned to the side", "°", (0, 180), (0, 180)),
    "frequency": ("Lifts a minute", "", (0, 20), (0, 20)),
    "hours": ("Hours in a row", "", (0.05, 8), (0.05, 8)),
    "lever": ("Lever arm", "length", (0, 200), (0, 80)),
    "per_day": ("Lifts a day", "", (0, 20_000), (0, 20_000)),
}
#: Boxes with a slider beside them, over the range of the page for one lift.
SLID = tuple(box for box in BOXES if box in MEASURES)
FATIGUE = ("lever", "per_day")
NEEDED = ("load", "horizontal", "vertical")
_TASK = {"asymmetry": "0", "frequency": "1", "hours": "2", "coupling": "fair"}
#: A task that is added, to be moved to what it is.
_NEW = {
    "metric": _TASK | {"load": "10", "horizontal": "40", "vertical": "75", "to_vertical": "100"},
    "us": _TASK | {"load": "22", "horizontal": "16", "vertical": "30", "to_vertical": "40"},
}


def _numbered(rows: list[dict[str, str]]) -> dict[str, str]:
    fields = {f"{name}-{i}": value for i, row in enumerate(rows) for name, value in row.items()}
    return fields | {"rows": str(len(rows))}


#: What the page begins with.
START = _numbered(
    [
        _TASK
        | {"task": "Parcels from the belt", "load": "8", "horizontal": "35", "vertical": "70"}
        | {"to_vertical": "110", "frequency": "2", "lever": "45", "per_day": "240"},
        _TASK
        | {"task": "Sacks from the pallet", "load": "15", "horizontal": "45", "vertical": "25"}
        | {"to_vertical": "80", "lever": "60", "per_day": "120"},
    ]
)


def job_form(fields: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows."""
    units, count = one_of(fields, "units", UNITS, "metric"), _count(fields)
    chosen = fields.get("chosen", "0")
    return {
        "units": units,
        "other_units": UNITS["metric" if units == "us" else "us"],
        "rows": [_row(fields, i, units) | {"open": str(i) == chosen} for i in range(count)],
        "count": count,
        "full": count >= MOST_ROWS,
        "table": fields.get("table", "")[:LONGEST_TABLE],
        "kinds": ",".join(KINDS),
    }


def rows_changed(fields: Mapping[str, str]) -> dict[str, str] | None:
    """The form with a task more, one taken away, or other units; None if none of it was asked for."""
    count, units = _count(fields), one_of(fields, "units", UNITS, "metric")
    rows = [
        {name: fields.get(f"{name}-{i}", "") for name in ("task", "coupling", *BOXES)}
        for i in range(count)
    ]
    chosen = 0
    if "switch" in fields:
        rows = [row | _turned(row, us=units == "metric") for row in rows]
        units = "us" if units == "metric" else "metric"
    elif "add" in fields and count < MOST_ROWS:
        rows.append(_NEW[units])
        chosen = count
    elif fields.get("drop", "").isdecimal() and len(rows) > 1:
        rows = [row for i, row in enumerate(rows) if i != int(fields["drop"])]
    else:
        return None
    kept = {"table": fields.get("table", ""), "units": units, "chosen": str(chosen)}
    return kept | _numbered(rows)


def _turned(row: Mapping[str, str], *, us: bool) -> dict[str, str]:
    """Lengths and masses of a task in the other units."""
    sizes = {"length": CM_PER_IN, "mass": KG_PER_LB}
    return {
        box: turned(row[box], 1 / sizes[kind] if us else sizes[kind], 0.5)
        for box, (_, kind, *_) in BOXES.items()
        if kind in sizes
    }


def job_tasks(
    fields: Mapping[str, str], sent: tuple[str, bytes] | None
) -> tuple[Tasks, str | None]:
    """The tasks of a file, of a pasted table, or of the boxes; and the name of the table, if one counts.

    Raises:
        MeasurementError: If a measure is missing or cannot be.
    """
    if sent is not None:
        try:
            return parse_tasks(sent[0], sent[1].decode("utf-8-sig")), sent[0]
        except UnicodeDecodeError:
            raise MeasurementError(f"{sent[0]} is not text in UTF-8; save it as CSV") from None
    table = fields.get("table", "").strip()
    if len(table) > LONGEST_TABLE:
        raise MeasurementError("the table is too long; send it as a CSV file")
    if table:
        # A spreadsheet gives tabs when it is copied.
        return parse_tasks("your table", table.replace("\t", ",")), "your table"
    return _typed(fields), None


def _typed(fields: Mapping[str, str]) -> Tasks:
    us = one_of(fields, "units", UNITS, "metric") == "us"
    lifts, fatigue = [], []
    for i in range(_count(fields)):
        name = fields.get(f"task-{i}", "").strip()[:60] or f"Task {i + 1}"
        values = {box: _number(fields, i, name, box, us=us) for box in BOXES}
        lifts.append((name, _lift(fields, i, name, values, us=us)))
        fatigue.append([values["load"], *(values[box] for box in FATIGUE)])
    whole = all(None not in row for row in fatigue)
    return Tasks(lifts, _in_metric(fatigue, us=us) if whole and lifts else None)


def _in_metric(rows: list[list[float | None]], *, us: bool) -> dict[str, list[float]]:
    mass, length = (KG_PER_LB, CM_PER_IN) if us else (1.0, 1.0)
    load, lever, per_day = (
        [value or 0.0 for value in column] for column in zip(*rows, strict=True)
    )
    return {
        "load_kg": [value * mass for value in load],
        "lever_cm": [value * length for value in lever],
        "lifts_per_day": per_day,
    }


def _lift(
    fields: Mapping[str, str], i: int, name: str, values: Mapping[str, float | None], *, us: bool
) -> Lift:
    load, horizontal, vertical = (values[box] for box in NEEDED)
    if load is None or horizontal is None or vertical is None:
        raise MeasurementError(
            f"“{name}” needs a load, a distance forward and a height at the start"
        )
    return Lift(
        load=load,
        horizontal=horizontal,
        vertical=vertical,
        to_vertical=values["to_vertical"],
        asymmetry_deg=values["asymmetry"] or 0.0,
        frequency_per_min=0.2 if values["frequency"] is None else values["frequency"],
        duration_h=values["hours"] or 1.0,
        coupling=one_of(fields, f"coupling-{i}", HOLDS, "fair"),
        units="us" if us else "metric",
    )


def _number(fields: Mapping[str, str], i: int, name: str, box: str, *, us: bool) -> float | None:
    words, _, *ranges = BOXES[box]
    least, most = ranges[us]
    what = f"{words[:1].lower()}{words[1:]} of “{name}”"
    return number(fields, f"{box}-{i}", what, least=least, most=most)


def _count(fields: Mapping[str, str]) -> int:
    written = fields.get("rows", "1")
    return min(max(int(written), 1), MOST_ROWS) if written.isdecimal() else 1


def _row(fields: Mapping[str, str], i: int, units: str) -> dict[str, Any]:
    s = system(units)
    unit = {"mass": s.mass, "length": s.length}
    made = one_of(fields, f"coupling-{i}", HOLDS, "fair")
    return {
        "place": i,
        "number": i + 1,
        "task": fields.get(f"task-{i}", ""),
        "sliders": [_slider(fields, i, box, units) for box in SLID],
        "boxes": [
            {
                "name": f"{box}-{i}",
                "label": words,
                "unit": unit.get(kind, kind),
                "value": fields.get(f"{box}-{i}", ""),
            }
            for box, (words, kind, *_) in BOXES.items()
            if box not in SLID
        ],
        "holds": [{"value": v, "label": w, "checked": v == made} for v, w in HOLDS.items()],
    }


def _slider(fields: Mapping[str, str], i: int, box: str, units: str) -> Slider:
    words, kind, *_ = BOXES[box]
    s, (least, most, step) = system(units), MEASURES[box].range(units)
    unit = {"mass": s.mass, "length": s.length, "": "a minute"}.get(kind, kind)
    written = fields.get(f"{box}-{i}", "")
    # The end of a lift that is left empty is as its start.
    at = written.strip() or fields.get(f"{box.removeprefix('to_')}-{i}", "")
    return Slider(
        f"{box}-{i}", words, unit, written, least, most, step, at=at, of=f"task {i + 1}", wider=True
    )
