"""Read runs from the bytes of GPX, TCX, CSV or FIT files.

GPX: distance along the track, by great circles between points. TCX: the distance of its laps. FIT: the
distance of its sessions, with the package `fitdecode`. CSV: a date and a distance a row; the heading says
km, m or mi, else km is meant. Activities that say they are something else than running are left out.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator

from lumbago.errors import MeasurementError
from lumbago.prevention.running import Run
from lumbago.prevention.running_spikes import load_running
from lumbago.prevention.running_tracks import read_fit, read_gpx, read_moment, read_tcx

__all__ = ["read_runs"]

MILE_KM = 1.609344
UNITS = {"km": 1.0, "m": 0.001, "mi": MILE_KM}
NOT_A_SPORT = ("", "unknown", "generic")


def read_runs(name: str, content: bytes, unit: str | None = None) -> tuple[list[Run], list[str]]:
    """Runs of one file, and what a reader should know of how they were read.

    Args:
        name: Name of the file; its ending says what it is, and messages begin with it.
        content: Its bytes.
        unit: `km`, `m` or `mi` of the distances in a CSV file, where its heading does not say.

    Raises:
        MeasurementError: If the file cannot be read; one sentence says why.
    """
    if unit not in (None, *UNITS):
        raise MeasurementError(f"the unit is {unit!r}; it is 'km', 'm' or 'mi'")
    ending = name.lower().rpartition(".")[2]
    readers: dict[str, Callable[[bytes, list[str]], Iterator[tuple[str, Run]]]] = {
        "gpx": read_gpx,
        "tcx": read_tcx,
        "fit": read_fit,
        "csv": lambda data, notes: _csv(data, notes, unit),
    }
    if ending not in readers:
        raise MeasurementError(
            f"{name}: this kind of file is not known; give .gpx, .tcx, .fit or .csv"
        )
    if not content.strip():
        raise MeasurementError(f"{name}: it is empty; export or copy it again")
    notes: list[str] = []
    try:
        found = list(readers[ending](content, notes))
        runs = [_checked(run) for sport, run in found if _is_running(sport)]
    except MeasurementError as error:
        raise MeasurementError(f"{name}: {error}") from None
    except csv.Error as error:
        raise MeasurementError(f"{name}: it is not a table of text ({error})") from None
    if others := len(found) - len(runs):
        notes.append(f"Left out because they are not runs: {others}.")
    limits = load_running().record
    kept = [run for run in runs if run.distance_km >= limits.least_km]
    if len(kept) < len(runs):
        notes.append(
            f"Left out because they are shorter than {limits.least_km:g} km: {len(runs) - len(kept)}."
        )
    return kept, [f"{name}: {note}" for note in notes]


def _is_running(sport: str) -> bool:
    plain = sport.strip().lower()
    return plain in NOT_A_SPORT or plain == "9" or "run" in plain or "jog" in plain


def _checked(run: Run) -> Run:
    most = load_running().record.most_km
    if not 0 <= run.distance_km <= most:
        raise MeasurementError(
            f"the run of {run.start.date()} is {run.distance_km:g} km long; a run is at most {most:g} km, "
            "so look at the unit"
        )
    return run


def _csv(content: bytes, _notes: list[str], unit: str | None) -> Iterator[tuple[str, Run]]:
    text = "\n".join(content.decode("utf-8-sig", errors="replace").splitlines())
    separator = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    names = [name.strip() for name in next(reader, [])]
    day = _column(names, r"(activity |start )?(date|day|start|time ?stamp|start.?time)\b")
    far = _column(names, r"(distance|dist|km|miles?|mi|met(er|re)s|m)\b")
    if day is None or far is None:
        missing = "date" if day is None else "distance"
        raise MeasurementError(
            f"it has no column for the {missing}; its first line must name the columns, such as date,km"
        )
    sport = _column(names, r"(activity type|type|sport)\b")
    factor = UNITS[unit or _unit(names[far])]
    for number, row in enumerate(reader, start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = row + [""] * (len(names) - len(row))
        try:
            start, km = read_moment(cells[day]), _number(cells[far]) * factor
        except MeasurementError as error:
            raise MeasurementError(f"row {number}: {error}") from None
        yield (cells[sport] if sport is not None else ""), Run(start, km)


def _column(names: list[str], pattern: str) -> int | None:
    return next(
        (i for i, n in enumerate(names) if re.match(pattern, n.replace("_", " "), re.I)), None
    )


def _unit(name: str) -> str:
    plain = name.lower().replace("_", " ")
    if re.search(r"\b(mi|miles?)\b", plain):
        return "mi"
    if re.search(r"\b(m|met(er|re)s)\b", plain) and not re.search(r"\bkm\b", plain):
        return "m"
    return "km"


def _number(cell: str) -> float:
    try:
        value = float(cell.strip().replace(",", ".") or "nan")
    except ValueError:
        value = float("nan")
    if not value >= 0:
        raise MeasurementError(f"the distance is {cell.strip()!r}; give a number such as 7.5")
    return value
