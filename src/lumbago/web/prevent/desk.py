"""My desk: from body height and what was measured to the heights of seat, desk and screen."""

import re
from collections.abc import Mapping
from math import ceil, floor
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.anthropometry import Length, load_rules
from lumbago.prevention.packaged import evidence
from lumbago.prevention.workstation import Workstation, fit_workstation
from lumbago.prevention.workstation_scene import sitting_svg, standing_svg
from lumbago.web.prevent.fields import CM_PER_IN, Slider, number, one_of, turned

__all__ = ["EXAMPLES", "START", "desk_form", "desk_shown", "desk_turned"]

UNITS = {"metric": "cm", "us": "in"}
IN_WORDS = {"metric": "centimetres", "us": "inches"}
SEXES = {"": "Either", "female": "Woman", "male": "Man"}
#: Step of a slider, and of a length that is turned into the other unit.
STEPS = {"metric": 0.5, "us": 0.25}
#: Boxes of the form: the measure as the method names it, its words, and its range in cm.
MEASURES = {
    "popliteal_height": ("Floor to the hollow of the knee, barefoot, sitting", 25, 60),
    "elbow_rest_height": ("Seat to the elbow, upper arm hanging", 10, 40),
    "eye_height_sitting": ("Seat to the eyes", 50, 100),
    "elbow_height_standing": ("Floor to the elbow when standing, barefoot", 75, 145),
    "buttock_popliteal_length": ("Back of the bottom to the hollow of the knee", 35, 65),
}
STATURE = ("Your height, barefoot", 120, 230)
SHOE = ("Heel of your shoes", 0, 15)
DESK = ("Height of a desk that cannot move", 50, 140)
START = {"stature": "170", "shoe": "2.5"}
#: Statures that the slider shows; the box takes more.
USUAL = (140, 210)
#: People to start from.
EXAMPLES: dict[str, tuple[str, dict[str, str]]] = {
    "small": (
        "A small woman at a fixed desk",
        {"stature": "155", "shoe": "2.5", "sex": "female", "fixed": "74"},
    ),
    "tall": ("A tall man", {"stature": "193", "shoe": "2.5", "sex": "male"}),
}
NAMES = {
    "seat": "Seat",
    "desk": "Desk and keyboard, sitting",
    "screen_top": "Top of the screen",
    "lumbar_support_above_seat": "Support of the lower back, above the seat",
    "armrest_above_seat": "Arm-rest, above the seat",
    "seat_depth": "Depth of the seat",
    "under_desk": "Free room under the desk, at least",
    "standing_desk": "Desk, standing",
}

#: Heights that stay beside the sliders.
FIRST = {
    "Seat": "Seat",
    "Desk and keyboard, sitting": "Desk",
    "Top of the screen": "Screen",
    "Foot-rest": "Foot-rest",
}
#: The stature in cm that fills the frame of a drawing; who is shorter is drawn smaller.
FILLS_CM = 195.0


def desk_form(fields: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows."""
    units, sex = (
        one_of(fields, "units", UNITS, "metric"),
        one_of(fields, "sex", SEXES, ""),
    )
    at = _estimated(fields, us=units == "us")
    return {
        "units": units,
        "other_units": IN_WORDS["metric" if units == "us" else "us"],
        "sexes": [{"value": v, "label": w, "checked": v == sex} for v, w in SEXES.items()],
        "stature": _slider(fields, "stature", (STATURE[0], *USUAL), units, 170.0),
        "shoe": _slider(fields, "shoe", SHOE, units, load_rules().shoe_cm),
        "fixed": _slider(fields, "fixed", DESK, units, at.get("desk", 70.0)),
        "measures": [
            _slider(fields, name, one, units, at.get(name, (one[1] + one[2]) / 2))
            for name, one in MEASURES.items()
        ],
        "examples": [(name, words) for name, (words, _) in EXAMPLES.items()],
        "measured": any(fields.get(name, "").strip() for name in MEASURES),
    }


def _slider(
    fields: Mapping[str, str], name: str, one: tuple[str, float, float], units: str, at_cm: float
) -> Slider:
    """A length that may be left empty: its slider then stands where it is estimated."""
    label, *ends = one
    factor, step = CM_PER_IN if units == "us" else 1.0, STEPS[units]
    least, most = ceil(ends[0] / factor / step) * step, floor(ends[1] / factor / step) * step
    written = fields.get(name, "")
    at = written.strip() or f"{round(at_cm / factor / step) * step:g}"
    return Slider(name, label, UNITS[units], written, least, most, step, at=at, wider=True)


def _estimated(fields: Mapping[str, str], *, us: bool) -> dict[str, float]:
    """Lengths in cm that follow from stature and sex alone; none while there is no stature to go by."""
    try:
        stature = _length(fields, "stature", *STATURE, us=us)
        found = fit_workstation(stature, one_of(fields, "sex", SEXES, "") or None)
    except MeasurementError:
        return {}
    lengths = {**found.body, "desk": found.heights["desk"]}
    return {name: length.cm for name, length in lengths.items()}


def desk_turned(fields: Mapping[str, str]) -> dict[str, str]:
    """The same lengths in the other unit, to its half centimetres or quarters of an inch."""
    us = one_of(fields, "units", UNITS, "metric") == "metric"
    units = "us" if us else "metric"
    names = ("stature", "shoe", "fixed", *MEASURES)
    factor = 1 / CM_PER_IN if us else CM_PER_IN
    new = {name: turned(fields.get(name, ""), factor, STEPS[units]) for name in names}
    return {**fields, **new, "units": units}


def desk_shown(fields: Mapping[str, str]) -> dict[str, Any]:
    """The heights, the pictures, and what is known.

    Raises:
        MeasurementError: If the height is missing or a measure cannot be.
    """
    us = one_of(fields, "units", UNITS, "metric") == "us"
    stature = _length(fields, "stature", *STATURE, us=us)
    if stature is None:
        raise MeasurementError("give your height, such as 170 cm or 67 in")
    measured = {
        name: value
        for name, (label, least, most) in MEASURES.items()
        if (value := _length(fields, name, label, least, most, us=us)) is not None
    }
    found = fit_workstation(
        stature,
        one_of(fields, "sex", SEXES, "") or None,
        measured_cm=measured,
        shoe_cm=_length(fields, "shoe", *SHOE, us=us),
        fixed_desk_cm=_length(fields, "fixed", *DESK, us=us),
    )

    def told(length: Length) -> str:
        return _told(length.low_cm, length.high_cm, us=us)

    rules = load_rules()
    rows = _rows(found, us=us)
    return {
        "sitting": _to_scale(sitting_svg(found, stature, told), stature),
        "standing": _to_scale(standing_svg(found, stature, told), stature),
        "rows": [
            *rows,
            ("Distance of the screen", _told(*rules.screen_distance_cm, us=us)),
        ],
        "first": [(FIRST[words], value) for words, value in rows if words in FIRST],
        "notes": found.notes,
        "advice": rules.advice,
        "studies": [study.in_words for study in evidence("workstation").values()],
        "source": rules.source,
        "body_source": rules.body.source,
        "inputs": _inputs(fields, UNITS["us" if us else "metric"]),
    }


def _to_scale(svg: str, stature_cm: float) -> str:
    """A drawing in thousandths of stature, with its frame in cm, so that people differ in size."""
    frame = re.search(r'viewBox="(\S+) (\S+) (\S+) (\S+)"', svg)
    scale = max(1.0, FILLS_CM / stature_cm)
    if frame is None or scale == 1.0:
        return svg
    left, top, wide, high = (float(edge) for edge in frame.groups())
    left, top = left - wide * (scale - 1) / 2, top - high * (scale - 1)  # on the same floor
    framed = f'viewBox="{left:.0f} {top:.0f} {wide * scale:.0f} {high * scale:.0f}"'
    return svg.replace(frame[0], framed, 1)


def _length(
    fields: Mapping[str, str], name: str, label: str, least: float, most: float, *, us: bool
) -> float | None:
    """A length of the form in cm."""
    factor = CM_PER_IN if us else 1.0
    what = f"“{label}” ({'in' if us else 'cm'})"
    written = number(
        fields, name, what, least=round(least / factor, 1), most=round(most / factor, 1)
    )
    return None if written is None else written * factor


def _rows(found: Workstation, *, us: bool) -> list[tuple[str, str]]:
    rows = [
        (words, _told(found.heights[name].low_cm, found.heights[name].high_cm, us=us))
        for name, words in NAMES.items()
        if name in found.heights
    ]
    if found.footrest:
        rows.append(("Foot-rest", _told(found.footrest.low_cm, found.footrest.high_cm, us=us)))
    return rows


def _told(low_cm: float, high_cm: float, *, us: bool) -> str:
    """A range in whole cm, or in half inches."""
    low, high = ((round(cm / CM_PER_IN * 2) / 2 if us else round(cm)) for cm in (low_cm, high_cm))
    unit = "in" if us else "cm"
    return f"{low:g} {unit}" if low == high else f"{low:g} to {high:g} {unit}"


def _inputs(fields: Mapping[str, str], unit: str) -> list[tuple[str, str]]:
    labels = {"stature": STATURE[0], "shoe": SHOE[0], "fixed": DESK[0]} | {
        n: m[0] for n, m in MEASURES.items()
    }
    told = [
        (label, f"{fields[name].strip()} {unit}")
        for name, label in labels.items()
        if fields.get(name, "").strip()
    ]
    sex = one_of(fields, "sex", SEXES, "")
    return [*told, *([("Sex", SEXES[sex])] if sex else [])]
