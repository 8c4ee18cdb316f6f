"""Vibration: a record from the seat, the hours of the day, and what both come to against the EU values."""

import re
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.packaged import evidence
from lumbago.prevention.signal_files import read_acceleration
from lumbago.prevention.vibration import VibrationMeasures, measure_vibration
from lumbago.prevention.vibration_day import daily_exposure
from lumbago.prevention.vibration_picture import spectrum_svg
from lumbago.prevention.vibration_tables import load_vibration
from lumbago.web.prevent.fields import number, one_of

__all__ = ["KINDS", "ride_form", "ride_shown"]

#: Parquet is left to the command line: a small one can unpack to more than memory holds.
KINDS = (".csv", ".txt", ".tsv", ".wav")
UNITS = {"": "As the file says", "ms2": "m/s²", "g": "g"}
AXES = {"x": "x, forward", "y": "y, sideways", "z": "z, up and down"}
METHOD = "ISO 2631-1:1997 for the health of seated people; values of Directive 2002/44/EC"
LEVELS = {
    "above_limit": (
        "danger",
        "Above the limit value",
        "Stop or shorten this exposure now, and find out why it is so high.",
    ),
    "above_action": (
        "warn",
        "Above the action value",
        "Plan to lower it: seat, tyres, speed, surface, breaks. Offer health checks.",
    ),
    "below_action": (
        "good",
        "Below the action value",
        "Keep it as low as you can: that is not the same as harmless.",
    ),
}
MEASURES = {"a8": "By A(8)", "vdv": "By VDV"}


def ride_form(fields: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows."""
    unit = one_of(fields, "unit", UNITS, "")
    return {
        "hours": fields.get("hours", "8"),
        "units": [{"value": v, "label": w, "checked": v == unit} for v, w in UNITS.items()],
        "rate": fields.get("rate", ""),
        "scale": fields.get("scale", ""),
        "more": any(fields.get(name, "").strip() for name in ("unit", "rate", "scale")),
        "kinds": ",".join(KINDS),
    }


def ride_shown(fields: Mapping[str, str], sent: tuple[str, bytes] | None) -> dict[str, Any]:
    """The record judged.

    Args:
        fields: The form.
        sent: Name and bytes of the record.

    Raises:
        MeasurementError: If there is no record, or it cannot be judged.
    """
    if find_spec("scipy") is None:
        raise MeasurementError(
            "vibration needs scipy; install it with pip install lumbago[prevention]"
        )
    if sent is None:
        raise MeasurementError("choose a record: a CSV file with columns t, x, y, z, or a WAV file")
    hours = number(fields, "hours", "the hours of the day", least=0.05, most=24)
    if hours is None:
        raise MeasurementError("give the hours of this vibration in the day, such as 6.5")
    record = read_acceleration(
        *sent,
        rate_hz=number(fields, "rate", "the samples a second", least=40, most=100_000),
        unit=one_of(fields, "unit", UNITS, "") or None,
        full_scale_ms2=number(fields, "scale", "full scale (m/s²)", least=0.1, most=10_000),
    )
    measured = measure_vibration(record.acceleration_ms2, record.rate_hz)
    day = daily_exposure([measured], [hours]).to_dict()
    limits = load_vibration().limits
    tone, title, words = LEVELS[day["day"]["level"]]
    return {
        "tone": tone,
        "title": title,
        "words": words,
        "day": day["day"],
        "limits": {"action": limits.action, "limit": limits.limit},
        "until": [
            (
                words,
                _time(day["minutes_until"][0][name]["action"]),
                _time(day["minutes_until"][0][name]["limit"]),
            )
            for name, words in MEASURES.items()
        ],
        "axes": _axes(measured),
        "minutes": f"{measured.duration_s / 60:.1f}",
        "rate": f"{measured.rate_hz:.0f}",
        "shocks": measured.shocks,
        "notes": record.notes,
        "spectrum": _unstyled(spectrum_svg(sent[0], record.acceleration_ms2, record.rate_hz)),
        "studies": [study.in_words for study in evidence("vibration").values()],
        "source": METHOD,
        "inputs": [("Record", sent[0]), ("Hours in the day", f"{hours:g}")],
    }


def _axes(measured: VibrationMeasures) -> list[dict[str, Any]]:
    told = measured.to_dict()["axes"]
    return [
        {"name": AXES[name], "counts": name == measured.governing_axis, **axis}
        for name, axis in told.items()
    ]


def _time(minutes: int | None) -> str:
    if minutes is None:
        return "more than a day"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def _unstyled(svg: str) -> str:
    """A drawing for a page, which brings the style itself: none inline is let through."""
    return re.sub(r"<style>.*?</style>", "", svg, flags=re.S)
