"""How much a treatment changes, in plain numbers computed from a row of the evidence.

A difference on a scale is held against the change that a person usually notices; a standardised
difference becomes "so many of 100 do better than the average of the others"; a ratio becomes people of
100 where the share without treatment is known, and "for every 10" where it is not. Nothing is typed by
hand: a figure that changes in the evidence changes the sentence.

Limits: an average over people says little about one of them, and the change that a person notices was
measured within people, not between groups; the words say "on average" for that reason.
"""

import math
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from lumbago.errors import EvidenceError
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.care import Treatment

__all__ = ["Effect", "Unit", "effect_of", "load_units", "unit_of"]

Size = Literal["no_clear_difference", "small", "noticeable", "better", "worse"]


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How effects in a unit are said; the longest `starts` that fits a row's unit counts.

    Attributes:
        of: What is measured, as it stands in a sentence.
        top: Upper end of a scale that starts at 0.
        important: Course row with the change that a person usually notices.
        each: "a week" where the difference is one of speed.
    """

    starts: str
    kind: Literal["points", "standardised", "risk", "rate", "odds", "untold"]
    of: str = ""
    top: int = 0
    important: str = ""
    each: str = ""


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of 100 people without the treatment of a row, how many have the outcome: a course row's value."""

    row: str
    course: str


class Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file: units, times in words, comparators in words, and shares without treatment."""

    units: list[Unit]
    times: dict[str, str]
    comparators: dict[str, str]
    baselines: list[Baseline]


class Effect(msgspec.Struct, frozen=True):
    """What a row found, in words, and of what size it is."""

    row: str
    words: str
    size: Size
    checked: str


@cache
def load_units() -> Units:
    """The packaged wording.

    Raises:
        EvidenceError: If the file is malformed.
    """
    import yaml  # `import lumbago` need not pay for it

    text = (files("lumbago.care") / "data" / "effects.yaml").read_text(encoding="utf-8")
    try:
        return msgspec.convert(yaml.safe_load(text), Units)
    except msgspec.ValidationError as error:
        raise EvidenceError([f"effects.yaml: {error}"]) from None


def unit_of(row: Treatment) -> Unit | None:
    """How the effect of a row is said; None if nothing fits its unit."""
    fitting = [u for u in load_units().units if row.effect_unit.startswith(u.starts)]
    return max(fitting, key=lambda u: len(u.starts), default=None)


def effect_of(row: Treatment) -> Effect | None:
    """What a row found, in words; None if it has no effect, or none between treatments."""
    unit = unit_of(row)
    if row.effect is None or row.better is None or unit is None or unit.kind == "untold":
        return None
    gains = _gains(row)
    if unit.kind == "points":
        words, size = _points(unit, gains, _course(unit.important))
    elif unit.kind == "standardised":
        words, size = _standardised(unit, gains)
    else:
        words, size = _ratio(unit, row, _baseline(row))
    checked = row.limits_checked or row.checked
    return Effect(row.id, f"Compared with {_comparator(row)}{_time(row)}: {words}", size, checked)


def _gains(row: Treatment) -> tuple[float, float, float]:
    """The effect and its limits, turned so that more is better for the person."""
    sign = -1.0 if row.better == "lower" else 1.0
    assert row.effect is not None
    assert row.effect_low is not None  # checked when the evidence is read
    assert row.effect_high is not None
    low, high = sorted((sign * row.effect_low, sign * row.effect_high))
    return sign * row.effect, low, high


def _course(name: str) -> float | None:
    return next((c.value for c in load_knowledge().care.courses if c.id == name), None)


def _baseline(row: Treatment) -> float | None:
    return next((_course(b.course) for b in load_units().baselines if b.row == row.id), None)


def _comparator(row: Treatment) -> str:
    return load_units().comparators.get(row.comparator, row.comparator)


def _time(row: Treatment) -> str:
    """When it was measured, in words, from what stands in the unit behind a comma."""
    times = load_units().times
    return next((f", {times[t]}" for t in times if row.effect_unit.endswith(f", {t}")), "")


def _points(
    unit: Unit, gains: tuple[float, float, float], important: float | None
) -> tuple[str, Size]:
    gain, low, high = gains
    scale = f"on a scale of 0 to {unit.top}"
    each = f" {unit.each}" if unit.each else ""
    if low <= 0 <= high:
        return (
            f"no clear difference in {unit.of} {scale} (from {_number(-low, unit.top)} points worse "
            f"to {_number(high, unit.top)} better{each}).",
            "no_clear_difference",
        )
    way = "better" if gain > 0 else "worse"
    near, far = sorted((abs(low), abs(high)))
    words = (
        f"on average {unit.of} was about {_number(abs(gain), unit.top)} points {way}{each} {scale} "
        f"({_number(near, unit.top)} to {_number(far, unit.top)})."
    )
    if gain < 0:
        return words, "worse"
    if important is None or unit.each:
        return words, "better"
    return _held_against(words, gains, important)


def _held_against(
    words: str, gains: tuple[float, float, float], important: float
) -> tuple[str, Size]:
    gain, _, high = gains
    noticed = f"{important:g} points"
    if gain >= important:
        return f"{words} People usually notice a change of {noticed}, so many would.", "noticeable"
    if high < important:
        return (
            f"{words} People usually notice a change of {noticed}: on average this is less, "
            "though some gain more than the average and some nothing.",
            "small",
        )
    return (
        f"{words} People usually notice a change of {noticed}: on average this is a little less, "
        "so some would and some would not.",
        "small",
    )


def _standardised(unit: Unit, gains: tuple[float, float, float]) -> tuple[str, Size]:
    """Cohen's U3: the share of the treated that lies beyond the average of the others."""
    of_100, low, high = (round(100 * _normal(g)) for g in gains)
    words = (
        f"of 100 people who did it, about {of_100} had better {unit.of} than the average of those who "
        f"did not ({low} to {high}); with no difference it would be 50."
    )
    if gains[1] <= 0 <= gains[2]:
        return f"no clear difference: {words}", "no_clear_difference"
    return words, "better" if gains[0] > 0 else "worse"


def _normal(deviate: float) -> float:
    return 0.5 * (1 + math.erf(deviate / math.sqrt(2)))


def _ratio(unit: Unit, row: Treatment, baseline: float | None) -> tuple[str, Size]:
    ratio, low, high = row.effect or 0.0, row.effect_low or 0.0, row.effect_high or 0.0
    if low <= 1 <= high:
        return (
            f"no clear difference in {unit.of} (ratio {ratio:.2g}, from {low:.2g} to {high:.2g}; "
            "1 is no difference).",
            "no_clear_difference",
        )
    size: Size = "better" if (ratio > 1) == (row.better == "higher") else "worse"
    if unit.kind == "odds":
        return f"the odds of {unit.of} were {ratio:.2g} times ({low:.2g} to {high:.2g}).", size
    if unit.kind == "rate":
        return f"{unit.of} came at {ratio:.2g} times the rate ({low:.2g} to {high:.2g}).", size
    if baseline is not None:
        return _of_100(unit, baseline, (ratio, low, high)), size
    return (
        f"for every 10 people with {unit.of} without it, about {_tenth(ratio)} with it "
        f"({_tenth(low)} to {_tenth(high)}).",
        size,
    )


def _of_100(unit: Unit, baseline: float, ratios: tuple[float, float, float]) -> str:
    with_it, low, high = (min(round(baseline * r), 100) for r in ratios)
    without = round(baseline)
    more = with_it - without
    change = f"{abs(more)} {'more' if more > 0 else 'fewer'}"
    return (
        f"if about {without} of 100 people have {unit.of} without it, about {with_it} have it with it "
        f"({low} to {high}): {change}."
    )


def _tenth(ratio: float) -> str:
    return f"{10 * ratio:.2g}"


def _number(value: float, top: int) -> str:
    """Whole points on long scales, tenths on short ones; never a minus before a nought."""
    return f"{abs(round(value)):d}" if top >= 50 else f"{abs(round(value, 1)):g}"
