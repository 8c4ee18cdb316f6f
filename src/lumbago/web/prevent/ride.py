"""Vibration: records from the seat and figures of reports, put together to a day against the EU values."""

import re
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.packaged import evidence
from lumbago.prevention.signal_files import read_acceleration
from lumbago.prevention.vibration import measure_vibration
from lumbago.prevention.vibration_parts import hours_alone, put_together
from lumbago.prevention.vibration_picture import spectrum_svg
from lumbago.prevention.vibration_tables import load_vibration
from lumbago.web.prevent.day import (
    AXES,
    DAY_MIN,
    LONGEST_NAME,
    MOST_PARTS,
    Kept,
    keep,
    kept_parts,
    part_of,
    typed_part,
)
from lumbago.web.prevent.day_left import hours_in_day
from lumbago.web.prevent.fields import number, one_of
from lumbago.web.prevent.gauge import gauges
from lumbago.web.prevent.ride_form import UNITS, minutes_slider

__all__ = ["day_moved", "day_shown", "ride_shown"]

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


def ride_shown(fields: Mapping[str, str], sent: tuple[str, bytes] | None) -> dict[str, Any]:
    """The day with what was added to it.

    Args:
        fields: The form.
        sent: Name and bytes of a record, if one was sent.

    Raises:
        MeasurementError: If there is no exposure, or one cannot be judged.
    """
    parts = kept_parts(fields)
    if fields.get("drop", "").isdecimal():
        return day_shown(parts) if parts else {}
    new = _new_part(fields, sent)
    if new is None and not parts:
        raise MeasurementError(
            "choose a record (a CSV file with columns t, x, y, z, or a WAV file), or type in the figures of "
            "a report"
        )
    if new is not None and len(parts) >= MOST_PARTS:
        raise MeasurementError(f"a day holds {MOST_PARTS} exposures here; take one away first")
    return day_shown(parts if new is None else [*parts, new])


def day_moved(fields: Mapping[str, str]) -> dict[str, Any]:
    """The day with the minutes that stand in the form, whatever else is being filled in.

    Raises:
        MeasurementError: If minutes cannot be.
    """
    parts = kept_parts(fields)
    return day_shown(parts) if parts else {}


def _new_part(fields: Mapping[str, str], sent: tuple[str, bytes] | None) -> Kept | None:
    minutes = number(fields, "minutes", "the minutes in the day", least=1, most=DAY_MIN)
    name = fields.get("name", "").strip()[:LONGEST_NAME]
    typed = typed_part(fields, name or "From a report", minutes or 1)
    if sent is None and typed is None:
        if minutes is not None or name:
            raise MeasurementError("choose a record for it, or type in the figures of a report")
        return None
    if sent is not None and typed is not None:
        raise MeasurementError("give a record or the figures of a report, not both at once")
    if minutes is None:
        raise MeasurementError("give the minutes of this vibration in the day, such as 240")
    return typed if sent is None else _measured(fields, sent, name or sent[0], minutes)


def _measured(
    fields: Mapping[str, str], sent: tuple[str, bytes], name: str, minutes: float
) -> Kept:
    """An exposure from a record."""
    if find_spec("scipy") is None:
        raise MeasurementError(
            "vibration needs scipy; install it with pip install lumbago[prevention]"
        )
    record = read_acceleration(
        *sent,
        rate_hz=number(fields, "rate", "the samples a second", least=40, most=100_000),
        unit=one_of(fields, "unit", UNITS, "") or None,
        keep_spikes="spikes" in fields,
        full_scale_ms2=number(fields, "scale", "full scale (m/s²)", least=0.1, most=10_000),
    )
    found = measure_vibration(record.acceleration_ms2, record.rate_hz)
    return {
        "name": name,
        "minutes": minutes,
        "rms": found.rms_ms2.tolist(),
        "vdv": found.vdv_ms175.tolist(),
        "measured_h": found.duration_s / 3600,
        "rate": f"{found.rate_hz:.0f}",
        "shocks": found.shocks,
        "counts": found.governing_axis,
        "axes": found.to_dict()["axes"],
        "notes": list(record.notes),
        "spectrum": _unstyled(spectrum_svg(name, record.acceleration_ms2, record.rate_hz)),
    }


def day_shown(kept: list[Kept]) -> dict[str, Any]:
    """A day as a page shows it."""
    parts = [part_of(one) for one in kept]
    day, limits = put_together(parts), load_vibration().limits
    tone, title, words = LEVELS[day.level]
    return {
        "tone": tone,
        "title": title,
        "words": words,
        "a8": None if day.a8_ms2 is None else f"{day.a8_ms2.max():.2f}",
        "vdv": None if day.vdv_ms175 is None else f"{day.vdv_ms175.max():.1f}",
        "missing_a8": _listed(day.missing_a8),
        "missing_vdv": _listed(day.missing_vdv),
        "gauges": gauges(day),
        "limits": {"action": limits.action, "limit": limits.limit},
        "parts": [
            {
                "place": i,
                "name": one["name"],
                "minutes": f"{one['minutes']:g}",
                "slider": minutes_slider(f"minutes-{i}", f"{one['minutes']:g}", one["name"]),
                "until": [_time(hours) for hours in hours_in_day(parts, i)],
                "a8": "–" if a8 is None else f"{a8:.2f}",
                "vdv": "–" if vdv is None else f"{vdv:.1f}",
            }
            for i, (one, a8, vdv) in enumerate(
                zip(kept, day.parts_a8_ms2, day.parts_vdv_ms175, strict=True)
            )
        ],
        "until": [
            (part.name, MEASURES[name], _time(hours[0]), _time(hours[1]))
            for part in parts
            for name, hours in hours_alone(part).items()
            if hours is not None
        ],
        "records": [_record(one, i) for i, one in enumerate(kept) if "axes" in one],
        "shocks": any(one.get("shocks") for one in kept),
        "studies": [study.in_words for study in evidence("vibration").values()],
        "source": METHOD,
        "kept": keep(kept),
        "inputs": [(one["name"], _said(one)) for one in kept],
    }


def _record(one: Kept, place: int) -> dict[str, Any]:
    return {
        "name": one["name"],
        "minutes": f"{60 * one['measured_h']:.1f}",
        "rate": one["rate"],
        "axes": [
            {"name": AXES[name], "counts": name == one["counts"], **axis}
            for name, axis in one["axes"].items()
        ],
        "notes": one["notes"],
        # Several drawings on one page need ids of their own.
        "spectrum": re.sub(r"\bride-(title|words)\b", rf"ride-\1-{place}", one["spectrum"]),
    }


def _said(one: Kept) -> str:
    told = [f"{one['minutes']:g} minutes in the day"]
    if one["rms"] is not None:
        told.append("r.m.s. of x, y, z " + ", ".join(f"{v:.3g}" for v in one["rms"]) + " m/s²")
    if one["vdv"] is not None:
        doses = ", ".join(f"{v:.3g}" for v in one["vdv"])
        told.append(f"VDV {doses} over {60 * one['measured_h']:.1f} minutes")
    return "; ".join([*told, "from a record" if "axes" in one else "from a report"])


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names)


def _time(hours: float) -> str:
    if hours > DAY_MIN / 60:
        return "more than a day"
    whole, rest = divmod(int(hours * 60), 60)
    return f"{whole} h {rest} min" if whole else f"{rest} min"


def _unstyled(svg: str) -> str:
    """A drawing for a page, which brings the style itself: none inline is let through."""
    return re.sub(r"<style>.*?</style>", "", svg, flags=re.S)
