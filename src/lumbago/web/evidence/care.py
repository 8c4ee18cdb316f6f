"""Rows of the care evidence: what helps, and how it goes on."""

from lumbago.knowledge.care import Course, Treatment
from lumbago.web.evidence.rows import Extra, Row
from lumbago.web.evidence.values import Value, own_scale
from lumbago.web.evidence.words import Link, link

__all__ = ["RECOMMENDATIONS", "of_course", "of_treatment"]

RECOMMENDATIONS = {
    "for": "recommended",
    "consider": "may be tried",
    "against": "advised against",
    "insufficient": "not known well enough",
}
LEANS = {"better": "better", "worse": "worse", "unclear": "no clear difference", None: ""}
STATISTICS = {"mean": "mean", "median": "median", "ratio": "ratio"}
SPREADS = {
    "ci95": "95% interval",
    "sd": "one standard deviation either side",
    "range": "range",
    "iqr": "middle half",
    "band": "band",
    None: "limits",
}


def of_treatment(t: Treatment) -> Row:
    """What a guideline says about a treatment, or what trials found."""
    value = Value(
        t.effect,
        ": ".join(part for part in (t.effect_unit, LEANS[t.leans]) if part),
        low=t.effect_low,
        high=t.effect_high,
        unit="",
        scale=own_scale([t.effect, t.effect_low, t.effect_high], mark=t.no_difference)
        if t.effect is not None
        else None,
    )
    beside = f"compared with {t.comparator}" if t.comparator else ""
    return Row(
        what=(Link(t.intervention, "treatment", t.id),),
        how="for",
        among=(link("topic", t.topic),),
        values=() if t.effect is None else (value,),
        checked=t.checked,
        people=", ".join(part for part in (RECOMMENDATIONS[t.recommendation], beside) if part),
        note=". ".join(part for part in (t.locator, t.note, _limits(t.limits_checked)) if part),
        source=link("source", t.source),
    )


def of_course(c: Course) -> Row:
    """How it goes on: one figure at one time, in the people it was measured in."""
    figures, unit = (c.value, c.low, c.high), "in 100" if c.unit == "%" else c.unit
    known = any(f is not None for f in figures)
    value = Value(
        c.value,
        ", ".join(part for part in (STATISTICS.get(c.statistic), unit) if part),
        low=c.low,
        high=c.high,
        limits=SPREADS[c.spread],
        unit="",
        scale=own_scale(figures) if c.low is not None and c.high is not None else None,
    )
    return Row(
        what=(Link(c.measure, "course", c.id),),
        how="for",
        among=(link("topic", c.topic),),
        values=(value,) if known else (),
        rest=() if c.weeks is None else (Extra("weeks from the start", c.weeks),),
        checked=c.checked,
        people=c.population,
        note=". ".join(part for part in (c.locator, c.note, _limits(c.limits_checked)) if part),
        source=link("source", c.source),
    )


def _limits(checked: str | None) -> str:
    return "" if checked is None else f"its limits: {checked}"
