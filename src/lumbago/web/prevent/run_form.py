"""The form of My running: a log by file, by list, or as it came along, and numbers with sliders."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.running import Run
from lumbago.prevention.running_files import MILE_KM, read_runs
from lumbago.prevention.running_tracks import read_moment
from lumbago.web.prevent.fields import Slider, one_of, turned
from lumbago.web.prevent.log import Log, keep_log, kept_log

__all__ = [
    "EXAMPLES",
    "KINDS",
    "NUMBERS",
    "UNITS",
    "example_log",
    "run_form",
    "run_log",
    "run_turned",
]

UNITS = {"km": "kilometres", "mi": "miles"}
KINDS = (".gpx", ".tcx", ".fit", ".csv")
LONGEST_LIST = 60_000
#: Numbers of the form: their words, and what their sliders show in km; the boxes take more.
NUMBERS = {
    "next": ("The next run", (1, 45)),
    "goal": ("A run you want to get to", (2, 60)),
    "other": ("Your other runs in a week", (0, 120)),
}
STEP = 0.5
#: Logs to start from: words, distances from the oldest run on (three or four days apart), and a goal.
EXAMPLES: dict[str, tuple[str, tuple[float, ...], str]] = {
    "jump": ("A long run that came too soon", (5, 6, 5, 8, 5, 6, 5, 8, 5, 6, 5, 14, 5, 6), ""),
    "half": ("Towards a half marathon", (8, 6, 8.5, 6, 9, 6, 9.5, 6, 10, 7, 11, 7), "21.1"),
}


def example_log(name: str, today: date) -> dict[str, str]:
    """The fields of an example, with its last run yesterday; none if it is not known."""
    if name not in EXAMPLES:
        return {}
    _, distances, goal = EXAMPLES[name]
    days = [today - timedelta(days=1 + 7 * back // 2) for back in range(len(distances))]
    lines = [f"{day} {km:g}" for day, km in zip(reversed(days), distances, strict=True)]
    return {"log": "\n".join(lines), "goal": goal, "unit": "km"}


def run_form(fields: Mapping[str, str], shown: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows.

    Args:
        fields: The form.
        shown: What the page shows, with where sliders stand whose boxes are empty.
    """
    unit = one_of(fields, "unit", UNITS, "km")
    return {
        "unit": unit,
        "other_unit": UNITS["km" if unit == "mi" else "mi"],
        "log": fields.get("log", "")[:LONGEST_LIST],
        "numbers": [_slider(fields, name, unit, shown.get("at", {}).get(name)) for name in NUMBERS],
        "by": fields.get("by", ""),
        "kinds": ",".join(KINDS),
        "examples": [(name, words) for name, (words, *_) in EXAMPLES.items()],
    }


def _slider(fields: Mapping[str, str], name: str, unit: str, at_km: float | None) -> Slider:
    words, (least, most) = NUMBERS[name]
    km, written = MILE_KM if unit == "mi" else 1.0, fields.get(name, "")
    at = f"{(10.0 if at_km is None else at_km) / km:.1f}"
    return Slider(
        name,
        words,
        unit,
        written,
        least,
        round(most / km),
        STEP,
        at=written.strip() or at,
        wider=True,
    )


def run_turned(fields: Mapping[str, str]) -> dict[str, str]:
    """The same form in the other unit, with the distances of a list; a line that is none stays."""
    unit = "km" if one_of(fields, "unit", UNITS, "km") == "mi" else "mi"
    factor = MILE_KM if unit == "km" else 1 / MILE_KM
    new = {name: turned(fields.get(name, ""), factor, 0.1) for name in NUMBERS}
    lines = [
        f"{day} {turned(far, factor, 0.01) or far}" if far else line
        for line in fields.get("log", "")[:LONGEST_LIST].splitlines()
        for day, _, far in [line.replace(",", " ").strip().partition(" ")]
    ]
    return {**fields, **new, "unit": unit, "log": "\n".join(lines)}


def run_log(
    fields: Mapping[str, str], sent: tuple[str, bytes] | None, unit: str
) -> tuple[Log, str]:
    """The log by file, by list, or as it came along with the page; and the line that comes along next.

    Args:
        fields: The form.
        sent: Name and bytes of a file, if one was sent.
        unit: Of the distances of a list, and of a CSV file that does not say.

    Raises:
        MeasurementError: If there is no run, or something cannot be read.
    """
    if sent is not None:
        miles = sent[0].lower().endswith(".csv") and unit == "mi"
        log = Log(sent[0], *read_runs(*sent, unit if miles else None))
        return log, keep_log(log)
    if not fields.get("log", "").strip():
        line = fields.get("kept", "")
        if (kept := kept_log(line)) is not None:
            return kept, line
    return Log("typed", *_typed(fields.get("log", ""), unit)), ""


def _typed(written: str, unit: str) -> tuple[list[Run], list[str]]:
    if len(written) > LONGEST_LIST:
        raise MeasurementError("the list is too long; send it as a CSV file")
    lines = [line.replace(",", " ").split() for line in written.splitlines() if line.strip()]
    if not lines:
        raise MeasurementError(
            "choose a file, or write one run a line, a date and a distance, such as 2026-11-03 7.5"
        )
    for place, line in enumerate(lines, 1):
        try:
            read_moment(line[0])
            good = len(line) == 2 and float(line[1]) > 0
        except (MeasurementError, ValueError):
            good = False
        if not good:
            raise MeasurementError(
                f"line {place} of the list needs a date and a distance, such as 2026-11-03 7.5"
            )
    table = "\n".join([f"date,{unit}", *(",".join(line) for line in lines)])
    return read_runs("your list.csv", table.encode())
