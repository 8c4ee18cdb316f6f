"""My desk: from body height and what was measured to the heights of seat, desk and screen."""

from collections.abc import Mapping
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.anthropometry import Length, load_rules
from lumbago.prevention.packaged import evidence
from lumbago.prevention.workstation import Workstation, fit_workstation
from lumbago.prevention.workstation_scene import sitting_svg, standing_svg
from lumbago.web.prevent.fields import number, one_of

__all__ = ["EXAMPLES", "START", "desk_form", "desk_shown"]

UNITS = {"metric": "cm", "us": "in"}
SEXES = {"": "Either", "female": "Woman", "male": "Man"}
CM_PER_IN = 2.54
#: Boxes of the form: the measure as the method names it, its words, and its range in cm.
MEASURES = {
    "popliteal_height": ("Floor to the hollow of the knee, barefoot, sitting", 25, 65),
    "elbow_rest_height": ("Seat to the elbow, upper arm hanging", 10, 40),
    "eye_height_sitting": ("Seat to the eyes", 50, 100),
    "elbow_height_standing": ("Floor to the elbow when standing, barefoot", 75, 145),
    "buttock_popliteal_length": ("Back of the bottom to the hollow of the knee", 35, 65),
}
STATURE = ("Your height, barefoot", 120, 230)
DESK = ("Height of a desk that cannot move", 50, 140)
START = {"stature": "170"}
#: People to start from.
EXAMPLES: dict[str, tuple[str, dict[str, str]]] = {
    "small": ("A small woman at a fixed desk", {"stature": "155", "sex": "female", "fixed": "74"}),
    "tall": ("A tall man", {"stature": "193", "sex": "male"}),
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


def desk_form(fields: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows."""
    units, sex = (
        one_of(fields, "units", UNITS, "metric"),
        one_of(fields, "sex", SEXES, ""),
    )
    return {
        "unit": UNITS[units],
        "units": [
            {"value": v, "label": f"{w} ({u})", "checked": v == units}
            for v, w, u in (("metric", "Centimetres", "cm"), ("us", "Inches", "in"))
        ],
        "sexes": [{"value": v, "label": w, "checked": v == sex} for v, w in SEXES.items()],
        "stature": {"label": STATURE[0], "value": fields.get("stature", "")},
        "fixed": {"label": DESK[0], "value": fields.get("fixed", "")},
        "measures": [
            {"name": name, "label": label, "value": fields.get(name, "")}
            for name, (label, *_) in MEASURES.items()
        ],
        "examples": [(name, words) for name, (words, _) in EXAMPLES.items()],
        "measured": any(fields.get(name, "").strip() for name in MEASURES),
    }


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
        fixed_desk_cm=_length(fields, "fixed", *DESK, us=us),
    )

    def told(length: Length) -> str:
        return _told(length.low_cm, length.high_cm, us=us)

    rules = load_rules()
    return {
        "sitting": sitting_svg(found, stature, told),
        "standing": standing_svg(found, stature, told),
        "rows": [
            *_rows(found, us=us),
            ("Distance of the screen", _told(*rules.screen_distance_cm, us=us)),
        ],
        "notes": found.notes,
        "advice": rules.advice,
        "studies": [study.in_words for study in evidence("workstation").values()],
        "source": rules.source,
        "body_source": rules.body.source,
        "inputs": _inputs(fields, UNITS["us" if us else "metric"]),
    }


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
    labels = {"stature": STATURE[0], "fixed": DESK[0]} | {n: m[0] for n, m in MEASURES.items()}
    told = [
        (label, f"{fields[name].strip()} {unit}")
        for name, label in labels.items()
        if fields.get(name, "").strip()
    ]
    sex = one_of(fields, "sex", SEXES, "")
    return [*told, *([("Sex", SEXES[sex])] if sex else [])]
