"""Runs from GPX and TCX (XML) and FIT files: when each began and how far it went."""

import io
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from xml.etree import ElementTree

import numpy as np

from lumbago.errors import MeasurementError
from lumbago.prevention.running import Run
from lumbago.prevention.running_spikes import load_running

__all__ = ["read_fit", "read_gpx", "read_moment", "read_tcx"]

EARTH_KM = 6371.0088  # mean radius, IUGG
DATE_FORMS = ("%b %d, %Y, %I:%M:%S %p", "%d %b %Y", "%d %b %Y, %H:%M:%S", "%Y/%m/%d")


def _xml(content: bytes) -> ElementTree.Element:
    # In UTF-16 there is a nought between the letters, and the reader below understands that, too.
    plain = content.replace(b"\0", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise MeasurementError("it declares entities, which no training log needs; it was not read")
    try:
        return ElementTree.fromstring(content)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise MeasurementError(f"it is not whole XML ({error}); export it again") from None


def _text(element: ElementTree.Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def read_gpx(content: bytes, notes: list[str]) -> Iterator[tuple[str, Run]]:
    """Each track of a GPX file with its sport; adds to `notes` what was left out."""
    for track in _xml(content).iterfind("{*}trk"):
        times, far, odd = [], 0.0, 0
        for segment in track.iterfind("{*}trkseg"):
            points = list(segment.iterfind("{*}trkpt"))
            stamps = [_text(point, "{*}time") for point in points]
            times += [stamp for stamp in stamps if stamp]
            length, left_out = _along(points, stamps)
            far, odd = far + length, odd + left_out
        if not times:
            raise MeasurementError("a track has no times; export it with times, or give a CSV file")
        if odd:
            notes.append(
                f"Steps faster than a person can run, left out as satellite errors: {odd}."
            )
        yield _text(track, "{*}type"), Run(read_moment(times[0]), far)


def _along(points: list[ElementTree.Element], stamps: list[str]) -> tuple[float, int]:
    """Kilometres along the points of a segment, and how many steps were too fast to be true."""
    try:
        place = np.radians([(float(p.attrib["lat"]), float(p.attrib["lon"])) for p in points])
    except (KeyError, ValueError):
        raise MeasurementError("a point of the track has no latitude or longitude") from None
    if len(place) < 2:
        return 0.0, 0
    (lat, lon), (lat2, lon2) = place[:-1].T, place[1:].T
    chord = (
        np.sin((lat2 - lat) / 2) ** 2 + np.cos(lat) * np.cos(lat2) * np.sin((lon2 - lon) / 2) ** 2
    )
    km = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    if not all(stamps):
        return float(km.sum()), 0
    seconds = np.diff([read_moment(stamp).timestamp() for stamp in stamps])
    good = km * 1000 <= load_running().record.most_speed_ms * np.maximum(seconds, 1.0)
    return float(km[good].sum()), int((~good).sum())


def read_tcx(content: bytes, _notes: list[str]) -> Iterator[tuple[str, Run]]:
    """Each activity of a TCX file with its sport."""
    for activity in _xml(content).iterfind("{*}Activities/{*}Activity"):
        laps = list(activity.iterfind("{*}Lap"))
        stamp = _text(activity, "{*}Id") or (laps[0].attrib.get("StartTime", "") if laps else "")
        try:
            metres = sum(float(_text(lap, "{*}DistanceMeters") or 0) for lap in laps)
        except ValueError:
            raise MeasurementError("a lap has a distance that is not a number") from None
        yield activity.attrib.get("Sport", ""), Run(read_moment(stamp), metres / 1000)


def read_fit(content: bytes, _notes: list[str]) -> Iterator[tuple[str, Run]]:
    """Each session of a FIT file with its sport."""
    try:
        fitdecode = import_module("fitdecode")
    except ImportError:
        raise MeasurementError(
            "reading .fit files needs the package fitdecode (pip install fitdecode); or export GPX or TCX"
        ) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with fitdecode.FitReader(io.BytesIO(content)) as reader:
                frames = [f for f in reader if isinstance(f, fitdecode.FitDataMessage)]
    except Exception as error:  # a reader of others, on bytes of anybody: it raises what it will
        cause = " ".join(str(error).split())
        raise MeasurementError(f"it is not a whole FIT file ({cause}); copy it again") from None
    for frame in frames:
        if frame.name == "session":
            yield _session(frame)


def _session(frame: Any) -> tuple[str, Run]:
    start = frame.get_value("start_time", fallback=None)
    metres = frame.get_value("total_distance", fallback=None)
    if not isinstance(start, datetime) or not isinstance(metres, int | float):
        raise MeasurementError("a session has no start or no distance; export it again")
    return str(frame.get_value("sport", fallback="")), Run(_plain(start), float(metres) / 1000)


def read_moment(stamp: str) -> datetime:
    """A date or a date and a time, without a zone: days are counted as the log counts them."""
    plain = stamp.strip()
    try:
        return _plain(datetime.fromisoformat(plain))
    except (ValueError, OverflowError):
        pass
    for form in DATE_FORMS:
        try:
            return datetime.strptime(plain, form)
        except ValueError:
            continue
    raise MeasurementError(f"the date is {plain!r}; write it as 2026-03-28")


def _plain(moment: datetime) -> datetime:
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
