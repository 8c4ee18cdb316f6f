"""The form of a day of vibration: minutes with sliders, a record, and the figures of a report."""

from collections.abc import Mapping
from typing import Any

from lumbago.web.prevent.day import AXES, Kept
from lumbago.web.prevent.fields import Slider, one_of

__all__ = ["EXAMPLES", "KINDS", "UNITS", "minutes_slider", "ride_form"]

#: Parquet is left to the command line: a small one can unpack to more than memory holds.
KINDS = (".csv", ".txt", ".tsv", ".wav")
UNITS = {"": "As the file says", "ms2": "m/s²", "g": "g"}
#: Minutes that a slider shows; its box takes a whole day.
SLID_MIN = (5, 720, 5)
#: Examples of the EU guide to good practice (data/vibration_examples.csv).
EXAMPLES: dict[str, tuple[str, list[Kept]]] = {
    "lorry": (
        "A forklift, then a lorry",
        [
            {"name": "Forklift", "minutes": 60, "rms": [0.5, 0.3, 0.9], "vdv": None, "measured_h": None},
            {"name": "Lorry", "minutes": 360, "rms": [0.2, 0.3, 0.3], "vdv": None, "measured_h": None},
        ],
    ),
    "harvester": (
        "A tree harvester",
        [
            {"name": "Tree harvester", "minutes": 390, "rms": [0.23, 0.44, 0.26], "vdv": None,
             "measured_h": None},
        ],
    ),
}  # fmt: skip
TYPED = ("vdv-minutes", *(f"{kind}-{axis}" for kind in ("rms", "vdv") for axis in AXES))

#: What begins a new exposure.
ADDED = ("name", "minutes", *TYPED)


def ride_form(fields: Mapping[str, str], *, added: bool) -> dict[str, Any]:
    """What the form shows; the boxes of a new exposure are empty once it was added."""
    new: Mapping[str, str] = {} if added else fields
    unit = one_of(fields, "unit", UNITS, "")
    return {
        "name": new.get("name", ""),
        "minutes": minutes_slider("minutes", new.get("minutes", "")),
        "units": [{"value": v, "label": w, "checked": v == unit} for v, w in UNITS.items()],
        "rate": fields.get("rate", ""),
        "scale": fields.get("scale", ""),
        "spikes": "spikes" in fields,
        "more": any(fields.get(name, "").strip() for name in ("unit", "rate", "scale", "spikes")),
        "kinds": ",".join(KINDS),
        "rms": _boxes(new, "rms"),
        "vdv": _boxes(new, "vdv"),
        "vdv_minutes": new.get("vdv-minutes", ""),
        "filling": any(written.strip() for name, written in new.items() if name in ADDED),
        "typed": any(new.get(name, "").strip() for name in TYPED),
        "examples": [(name, words) for name, (words, _) in EXAMPLES.items()],
    }


def minutes_slider(name: str, written: str, of: str = "") -> Slider:
    """The minutes of an exposure."""
    at = written.strip() or "60"
    return Slider(name, "Minutes in the day", "min", written, *SLID_MIN, at=at, of=of, wider=True)


def _boxes(fields: Mapping[str, str], kind: str) -> list[dict[str, str]]:
    return [
        {"name": f"{kind}-{axis}", "label": words, "value": fields.get(f"{kind}-{axis}", "")}
        for axis, words in AXES.items()
    ]
