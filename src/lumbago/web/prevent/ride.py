"""Vibration: a record from the seat, the hours of the day, and what both come to against the EU values."""

import re
from collections.abc import Mapping
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.exposure import daily_a8
from lumbago.prevention.packaged import evidence
from lumbago.prevention.signal_files import read_acceleration
from lumbago.prevention.vibration import VibrationMeasures, measure_vibration
from lumbago.prevention.vibration_day import DailyExposure, daily_exposure
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
#: Other exposures of the day that can be typed in, from reports of their own.
OTHERS = 2
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
        "others": [_other_form(fields, i) for i in range(OTHERS)],
        "has_others": any(_other_boxes(fields, i) for i in range(OTHERS)),
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
    others = _others(fields)
    day = _with_others(daily_exposure([measured], [hours]), measured, hours, others).to_dict()
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
        "others": len(others),
        "inputs": [
            ("Record", sent[0]),
            ("Hours in the day", f"{hours:g}"),
            *(
                (f"Other exposure {i}", f"{x:g}, {y:g}, {z:g} m/s² for {h:g} h")
                for i, (x, y, z, h) in enumerate(others, 1)
            ),
        ],
    }


Other = tuple[float, float, float, float]


def _other_form(fields: Mapping[str, str], i: int) -> list[dict[str, str]]:
    labels = {axis: (f"r.m.s. {words}", "m/s²") for axis, words in AXES.items()}
    return [
        {
            "name": f"{name}-{i}",
            "label": label,
            "unit": unit,
            "value": fields.get(f"{name}-{i}", ""),
        }
        for name, (label, unit) in (labels | {"hours": ("Hours", "h")}).items()
    ]


def _other_boxes(fields: Mapping[str, str], i: int) -> list[str]:
    """The boxes of another exposure that hold something."""
    return [n for n in (*AXES, "hours") if fields.get(f"{n}-{i}", "").strip()]


def _others(fields: Mapping[str, str]) -> list[Other]:
    """Weighted r.m.s. of x, y and z without k, and hours, of the other exposures of the day.

    Raises:
        MeasurementError: If one is given by halves, or cannot be.
    """
    found = []
    for i in range(OTHERS):
        if not (filled := _other_boxes(fields, i)):
            continue
        if len(filled) < len(AXES) + 1:
            raise MeasurementError(f"other exposure {i + 1} needs x, y, z and hours")
        what = f"of other exposure {i + 1}"
        x, y, z = (
            number(fields, f"{axis}-{i}", f"{axis} {what}", least=0, most=100) or 0.0
            for axis in AXES
        )
        hours = number(fields, f"hours-{i}", f"the hours {what}", least=0.05, most=24) or 0.0
        found.append((x, y, z, hours))
    return found


def _with_others(
    day: DailyExposure, measured: VibrationMeasures, hours: float, others: list[Other]
) -> DailyExposure:
    """The day with A(8) of all exposures; VDV of the others is not known, so it stays the record's."""
    if not others:
        return day
    if hours + sum(other[3] for other in others) > 24:
        raise MeasurementError("the hours add up to more than a day")
    rms = [measured.rms_ms2.tolist(), *(list(other[:3]) for other in others)]
    return replace(day, a8_ms2=daily_a8(rms, [hours, *(other[3] for other in others)]))


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
