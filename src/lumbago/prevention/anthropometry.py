"""Body measures that a seat and a desk are fitted to: measured, or estimated from stature.

The estimate is a straight line on stature within each sex, and its range holds 90 of 100 people of that
stature. Two people of one stature differ: an elbow rests up to 5 cm higher or lower, so measure where you
can. All measures are barefoot and in cm.

Percentiles do not add: somebody with long legs seldom has a long trunk as well. So heights above the floor
of somebody on a seat (`seated_elbow_height` and the like) have their own rows, taken person by person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.packaged import Record, read_record, read_rows

__all__ = ["Length", "Measure", "Rules", "body", "design_length", "load_rules", "percentile"]

SEXES = ("female", "male")
ASKED_FOR = {
    "stature": "stature",
    "popliteal_height": "the height of the hollow of the knee",
    "elbow_rest_height": "the height of the elbow above the seat",
    "eye_height_sitting": "the height of the eyes above the seat",
    "elbow_height_standing": "the height of the elbow when standing",
    "buttock_popliteal_length": "the length from the buttocks to the hollow of the knee",
}


class Measure(Record, frozen=True):
    """One measure of one sex: its spread, and its line on stature."""

    sex: str
    measure: str
    n: int
    mean_cm: float
    sd_cm: float
    p5_cm: float
    p50_cm: float
    p95_cm: float
    columns: str
    intercept_cm: float | None = None
    slope_per_cm: float | None = None
    residual_sd_cm: float | None = None


class Body(Record, frozen=True):
    """Where the measures come from, and what can be an adult's."""

    source: str
    checked: str
    read_at: str
    who: str
    normal_90: float
    plausible: dict[str, tuple[float, float]]


class Lumbar(Record, frozen=True):
    """Where the support of the small of the back goes."""

    above_seat_cm: tuple[float, float]
    source: str
    checked: str
    read_at: str


class Rules(Record, frozen=True):
    """The rules of thumb for a seat, a desk and a screen."""

    source: str
    checked: str
    read_at: str
    body: Body
    shoe_cm: float
    shoe_most_cm: float
    seat_below_cm: tuple[float, float]
    seat_depth_short_cm: float
    desk_around_elbow_cm: float
    thigh_room_cm: float
    screen_top_below_eye_cm: tuple[float, float]
    screen_distance_cm: tuple[float, float]
    standing_below_elbow_cm: tuple[float, float]
    lumbar: Lumbar
    advice: list[str]


@dataclass(frozen=True)
class Length:
    """A length in cm with the range that it may well have, and whether it was measured."""

    cm: float
    low_cm: float
    high_cm: float
    measured: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The length as plain values."""
        return {
            "cm": round(self.cm, 1),
            "low_cm": round(self.low_cm, 1),
            "high_cm": round(self.high_cm, 1),
            "measured": self.measured,
        }


@cache
def load_rules() -> Rules:
    """The rules of thumb.

    Raises:
        EvidenceError: If the file has a fault.
    """
    return read_record("workstation.yaml", Rules)


@cache
def _measures() -> Mapping[tuple[str, str], Measure]:
    return {(m.sex, m.measure): m for m in read_rows("anthropometry.csv", Measure)}


def body(
    stature_cm: float | None, sex: str | None, measured_cm: Mapping[str, float]
) -> dict[str, Length]:
    """Every measure of a person that is known or can be estimated.

    Args:
        stature_cm: Stature without shoes; may be left out if the other measures are given.
        sex: `female`, `male`, or None: then the range covers both.
        measured_cm: Measures taken on the person, by name.

    Returns:
        Lengths by name. An estimate is the middle of its 90% range.

    Raises:
        MeasurementError: If a measure cannot be an adult's, or its name or the sex is unknown.
    """
    if sex not in (None, *SEXES):
        raise MeasurementError(f"the sex is {sex!r}; it is 'female' or 'male', or left out")
    given = dict(measured_cm) | ({} if stature_cm is None else {"stature": stature_cm})
    for name, value in given.items():
        _check(name, value)
    lengths = {name: Length(v, v, v, measured=True) for name, v in given.items()}
    if stature_cm is not None:
        sexes = (sex,) if sex else SEXES
        for name in dict.fromkeys(m for _, m in _measures()):
            if name not in lengths:
                lengths[name] = _estimate([_measures()[s, name] for s in sexes], stature_cm)
    return lengths


def _check(name: str, value: float) -> None:
    plausible = load_rules().body.plausible
    if name not in plausible:
        raise MeasurementError(
            f"{name!r} is no measure that is used; those are {', '.join(plausible)}"
        )
    low, high = plausible[name]
    if not low <= value <= high:
        hint = ", so give centimetres" if value < low / 10 or value > 5 * high else ""
        raise MeasurementError(
            f"{ASKED_FOR[name]} is {value:g}; an adult's is between {low:g} and {high:g} cm{hint}"
        )


def _estimate(measures: list[Measure], stature_cm: float) -> Length:
    half, lows, highs = load_rules().body.normal_90, [], []
    for m in measures:
        if m.intercept_cm is None or m.slope_per_cm is None or m.residual_sd_cm is None:
            continue
        middle = m.intercept_cm + m.slope_per_cm * stature_cm
        lows.append(middle - half * m.residual_sd_cm)
        highs.append(middle + half * m.residual_sd_cm)
    low, high = min(lows), max(highs)
    return Length((low + high) / 2, low, high)


def design_length(name: str) -> Length:
    """The range of a measure from a small woman (5th percentile) to a tall man (95th)."""
    low, high = _measures()["female", name].p5_cm, _measures()["male", name].p95_cm
    if name == "hip_breadth_sitting":  # the one measure that is larger in women
        low, high = _measures()["male", name].p5_cm, _measures()["female", name].p95_cm
    return Length((low + high) / 2, low, high)


def percentile(name: str, cm: float, sex: str) -> float:
    """How many of 100 people of one sex have a smaller measure, as if it were normally spread.

    Args:
        name: Name of the measure.
        cm: The measure.
        sex: `female` or `male`.

    Returns:
        A number between 0 and 100, of the population that was measured (`load_rules().body.who`).
    """
    from math import erf, sqrt

    m = _measures()[sex, name]
    return 50 * (1 + erf((cm - m.mean_cm) / (m.sd_cm * sqrt(2))))
