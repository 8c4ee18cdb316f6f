"""The exposures of a day of vibration, which travel with the page: none is kept by the server."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core import signing

from lumbago.errors import MeasurementError
from lumbago.prevention.vibration_parts import Part
from lumbago.web.prevent.fields import number

__all__ = [
    "AXES",
    "DAY_MIN",
    "LONGEST_NAME",
    "MOST_PARTS",
    "Kept",
    "keep",
    "kept_parts",
    "part_of",
    "typed_part",
]

#: An exposure as it travels: name, minutes, what was measured, and what its record showed.
Kept = dict[str, Any]
MOST_PARTS, LONGEST_NAME, SALT = 8, 60, "lumbago.prevent.day"
AXES = {"x": "x, forward", "y": "y, sideways", "z": "z, up and down"}
DAY_MIN = 24 * 60


def keep(parts: Sequence[Kept]) -> str:
    """The exposures as one signed line for a hidden field."""
    return signing.dumps(list(parts), salt=SALT, compress=True)


def kept_parts(fields: Mapping[str, str]) -> list[Kept]:
    """The exposures that came back with the form, with the names and minutes that stand in it now.

    Raises:
        MeasurementError: If the line was changed, or minutes cannot be.
    """
    line = fields.get("kept", "")
    if not line:
        return []
    try:
        parts: list[Kept] = signing.loads(line, salt=SALT)
    except signing.BadSignature:
        raise MeasurementError("the exposures of this page cannot be read; start again") from None
    return [
        _changed(fields, i, part) for i, part in enumerate(parts) if fields.get("drop") != str(i)
    ]


def _changed(fields: Mapping[str, str], i: int, part: Kept) -> Kept:
    minutes = number(
        fields, f"minutes-{i}", f"the minutes of “{part['name']}”", least=1, most=DAY_MIN
    )
    return part if minutes is None else part | {"minutes": minutes}


def typed_part(fields: Mapping[str, str], name: str, minutes: float) -> Kept | None:
    """An exposure from a report; None if no figure was typed.

    Raises:
        MeasurementError: If it is given by halves, or cannot be.
    """
    rms = _axes(fields, "rms", "the r.m.s.", 100)
    vdv = _axes(fields, "vdv", "the VDV", 1000)
    measured = number(fields, "vdv-minutes", "the minutes of the VDV", least=0.1, most=DAY_MIN)
    if rms is None and vdv is None:
        return None
    if vdv is not None and measured is None:
        raise MeasurementError("say over how many minutes the VDV was measured, such as 30")
    return {
        "name": name,
        "minutes": minutes,
        "rms": rms,
        "vdv": vdv,
        "measured_h": None if vdv is None or measured is None else measured / 60,
    }


def part_of(kept: Kept) -> Part:
    """An exposure for the method."""
    return Part(
        kept["name"],
        kept["minutes"] / 60,
        _triple(kept["rms"]),
        _triple(kept["vdv"]),
        kept["measured_h"],
    )


def _triple(values: Sequence[float] | None) -> tuple[float, float, float] | None:
    return None if values is None else (values[0], values[1], values[2])


def _axes(fields: Mapping[str, str], kind: str, what: str, most: float) -> list[float] | None:
    values = [
        number(fields, f"{kind}-{axis}", f"{what} of {axis}", least=0, most=most) for axis in AXES
    ]
    found = [value for value in values if value is not None]
    if found and len(found) < len(AXES):
        raise MeasurementError(f"{what} needs all three axes: x, y and z")
    return found or None
