"""Rows of numbers, each with what it is of, in whom, how far it is known, and where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.compile import compiled
from lumbago.knowledge.schema import Condition, Demographics, Estimate, LiteratureRow, Prior
from lumbago.knowledge.schema import Threshold as Asked
from lumbago.research.literature import Comparison, compare_all
from lumbago.web.evidence.values import PER_1000, RATIO, SHARE, Scale, Value, plain, wilson
from lumbago.web.evidence.words import Link, given, link, measured, studied, target

__all__ = [
    "Extra",
    "Row",
    "by_age",
    "compared",
    "of_estimate",
    "of_literature",
    "of_prior",
    "of_threshold",
]

SETTINGS = {
    "public": "among people who ask here",
    "primary_care": "at a GP or physiotherapist",
    "emergency": "in an emergency department",
    "sports_clinic": "in a sports clinic",
}
AGES = {
    "child_5_11": "under 12",
    "teen_12_17": "12 to 17",
    "adult_18_34": "18 to 34",
    "adult_35_49": "35 to 49",
    "adult_50_64": "50 to 64",
    "adult_65_79": "65 to 79",
    "adult_80_plus": "80 or over",
}
QUANTITIES = {
    "sens": "sensitivity",
    "spec": "specificity",
    "lr_positive": "likelihood ratio if present",
    "lr_negative": "likelihood ratio if absent",
}


@dataclass(frozen=True)
class Extra:
    """A number of a record that says how the others were made, such as how many people."""

    words: str
    exact: float

    @property
    def text(self) -> str:
        """The number as it is shown."""
        return plain(self.exact)


@dataclass(frozen=True)
class Row:
    """One record of the evidence with its figures.

    Attributes:
        what: What is measured.
        how: How `among` follows in a sentence: "in people with" a cause, "if" something hidden is so.
        among: In whom, or for telling what.
        values: The figures.
        rest: Numbers that say how the figures were made.
        people: Study population and setting.
        grade: published, derived or elicited; empty for what is always published.
        checked: seen, recalled or elicited.
        explained: Why the network lies outside, if it does and the evidence says why.
    """

    what: tuple[Link, ...]
    how: str
    among: tuple[Link, ...]
    values: tuple[Value, ...]
    checked: str
    grade: str = ""
    people: str = ""
    note: str = ""
    source: Link | None = None
    explained: str = ""
    rest: tuple[Extra, ...] = ()


def _people(words: str, n: float | None) -> tuple[Extra, ...]:
    return () if n is None else (Extra(words, n),)


def _source(name: str | None) -> Link | None:
    return None if name is None else link("source", name)


def of_estimate(e: Estimate) -> Row:
    """A number that the network reasons with."""
    if e.n is not None:
        low, high = wilson(e.probability, e.n)
        limits = "95% interval"
    else:
        low, high = e.low if e.low is not None else 0.0, e.high if e.high is not None else 1.0
        limits = "our stated width" if e.grade == "elicited" else "95% interval"
    return Row(
        what=(measured(e),),
        how="if" if "=" in e.parent else "in people with",
        among=(given(e.parent),),
        values=(Value(e.probability, low=low, high=high, limits=limits),),
        rest=_people("people behind it", e.n),
        checked=e.checked,
        grade=e.grade,
        people=", ".join(part for part in (e.population, e.setting) if part),
        note=e.note,
        source=_source(e.source),
    )


def of_prior(p: Prior) -> Row:
    """How common a cause is among people with pain in a region, setting by setting."""
    k = load_knowledge()
    figures = {label: getattr(p, setting) for setting, label in SETTINGS.items()}
    return Row(
        what=(link("condition", p.condition),),
        how="among",
        among=(Link(f"people with pain in the {k.region_by_id[p.region].name}"),),
        values=tuple(
            Value(
                figure,
                label,
                low=float(f"{figure / p.spread:.3g}"),
                high=min(float(f"{figure * p.spread:.3g}"), 1000),
                unit="in 1,000",
                scale=PER_1000,
            )
            for label, figure in figures.items()
        ),
        rest=(Extra("limits: the figure divided and multiplied by", p.spread),),
        checked=p.checked,
        grade=p.grade,
        note=p.note,
        source=_source(p.source),
    )


def by_age(condition: Condition, who: Demographics) -> Row:
    """How much more or less often each age gets a cause, and the share of women."""
    scale = Scale(0, 1.1 * max(1.0, *who.ages.values()), mark=1)
    ages = (Value(who.ages[a], label, unit="", scale=scale) for a, label in AGES.items())
    return Row(
        what=(link("condition", condition.id),),
        how="by",
        among=(Link("age (1 is an average adult), and the share of women"),),
        values=(*ages, Value(who.female, "women")),
        checked=who.checked,
        grade=who.grade,
        note=who.note,
        source=_source(who.source),
    )


def of_threshold(condition: Condition, asked: Asked) -> Row:
    """From which probability of a cause a guideline asks for a level of care."""
    level = load_knowledge().disposition_by_id[asked.disposition].headline
    return Row(
        what=(link("condition", condition.id),),
        how="",
        among=(Link(f"from this probability on: {level[:1].lower()}{level[1:]}"),),
        values=(Value(asked.probability),),
        checked=asked.checked,
        note=asked.note,
        source=_source(asked.source),
    )


@cache
def compared() -> dict[tuple[str, str], Comparison]:
    """What the network says of each published quantity, by row and quantity."""
    return {(c.row.id, c.quantity): c for c in compare_all(load_knowledge(), compiled())}


def of_literature(row: LiteratureRow) -> Row:
    """A published accuracy figure, beside what the network says of it."""
    return Row(
        what=(studied(row.finding, row.value),),
        how="for telling",
        among=tuple(target(row.target)),
        values=tuple(_published(row)),
        rest=_people("people in the study", row.n),
        checked=row.checked,
        people=_population(row.population),
        note=row.note,
        source=_source(row.source),
        explained=row.explained,
    )


@cache
def _described() -> dict[str, str]:
    return {p.id: p.description for p in load_knowledge().populations}


def _population(name: str) -> str:
    """Who was studied; only rows that are compared say so."""
    return _described().get(name, "")


def _published(row: LiteratureRow) -> Iterable[Value]:
    for quantity, label in QUANTITIES.items():
        figure = getattr(row, quantity)
        low, high = getattr(row, f"{quantity}_low"), getattr(row, f"{quantity}_high")
        if figure is None:
            continue
        comparison = compared().get((row.id, quantity))
        ratio = quantity.startswith("lr_")
        yield Value(
            figure,
            label,
            low=low,
            high=high,
            unit="" if ratio else "%",
            scale=RATIO if ratio else SHARE,
            beside=None if comparison is None else comparison.computed,
            inside=None if comparison is None else comparison.inside,
        )
