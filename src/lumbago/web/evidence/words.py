"""Findings, causes, hidden facts and rules in words, with the place where each can be opened."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.expression import Age, AtLeast, Atom, Expression, Not, parse
from lumbago.knowledge.schema import Estimate, Identified
from lumbago.report import in_words
from lumbago.research.evidence_about import named

__all__ = [
    "KINDS",
    "Link",
    "When",
    "given",
    "link",
    "measured",
    "said",
    "studied",
    "target",
    "when",
]

BACKGROUND = "background"
#: Each kind in words, one and many, in the order of the lists.
KINDS: dict[str, tuple[str, str]] = {
    "condition": ("Cause", "Causes"),
    "finding": ("Finding", "Findings"),
    "mechanism": ("Hidden fact", "Hidden facts"),
    "group": ("Group of causes", "Groups of causes"),
    "rule": ("Safety rule", "Safety rules"),
    "source": ("Source", "Sources"),
    "topic": ("Topic of care", "Topics of care"),
    "treatment": ("Treatment", "Treatments"),
    "course": ("How it goes on", "Courses of pain"),
    "claim": ("What people say", "What people say"),
    "service": ("Whom to call", "Emergency numbers"),
}


@dataclass(frozen=True)
class Link:
    """Words, and the record that they open; no kind means that they open none."""

    words: str
    kind: str = ""
    id: str = ""


@dataclass(frozen=True)
class When:
    """A condition of a rule in words: either one fact, or how many of its parts must hold."""

    fact: Link
    parts: tuple["When", ...] = field(default=())


def link(kind: str, name: str) -> Link:
    """A record by its name."""
    return Link(_by_id(kind)[name], kind, name)


@cache
def _by_id(kind: str) -> dict[str, str]:
    k: Any = load_knowledge()
    plural = f"{kind}s"
    of_kind: list[Identified] = getattr(k, plural, None) or getattr(k.care, plural)
    return {r.id: named(r) for r in of_kind}


def said(finding: str, value: str) -> Link:
    """A finding and its answer, as they stand in a sentence."""
    return Link(in_words(finding, value), "finding", finding)


def measured(e: Estimate) -> Link:
    """What a number is the probability of."""
    mechanism = load_knowledge().mechanism_by_id.get(e.of)
    if mechanism is None:
        return said(e.of, e.value)
    return Link(mechanism.states[e.value], "mechanism", mechanism.id)


def given(parent: str) -> Link:
    """In whom a number holds: people with a cause, or in whom something hidden is so."""
    name, _, state = parent.partition("=")
    if state:
        return Link(load_knowledge().mechanism_by_id[name].states[state], "mechanism", name)
    if name == BACKGROUND:
        return Link("any cause without a number of its own")
    return link("condition", name)


def studied(finding: str, value: str) -> Link:
    """What a study looked at; some of it is a finding that the network does not know."""
    known = load_knowledge().finding_by_id.get(finding)
    if known is None or value not in known.values:
        return Link(f"{_spaced(finding)}{'' if value == 'yes' else f': {_spaced(value)}'}")
    return said(finding, value)


def target(of: str) -> Iterator[Link]:
    """What a published figure tells apart: causes, or something hidden."""
    k = load_knowledge()
    for name in of.split("|"):
        mechanism, _, state = name.partition("=")
        if name in k.condition_by_id:
            yield link("condition", name)
        elif mechanism in k.mechanism_by_id and state:
            yield given(name)
        else:
            yield Link(_spaced(name))


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def when(rule: str) -> When:
    """The condition of a rule in words."""
    return _when(parse(rule))


def _when(expression: Expression) -> When:
    match expression:
        case Atom():
            return When(_atom(expression, holds=True))
        case Age(low, high):
            return When(Link(_age(low, high)))
        case Not(Atom() as atom):
            return When(_atom(atom, holds=False))
        case Not(AtLeast(1, parts)):
            return When(Link("None of these"), tuple(map(_when, parts)))
        case Not(part):
            return When(Link("This is not so"), (_when(part),))
        case AtLeast(count, parts):
            return When(Link(_how_many(count, len(parts))), tuple(map(_when, parts)))


def _how_many(count: int, of: int) -> str:
    if count == of:
        return "Both of these" if of == 2 else "All of these"
    return "Any of these" if count == 1 else f"At least {count} of these"


def _atom(atom: Atom, *, holds: bool) -> Link:
    no = "" if holds else "not "
    if atom.name == "sex":
        return Link(f"{no}{atom.value}")
    if atom.name == "region":
        return Link(f"{no}pain in the {load_knowledge().region_by_id[atom.value].name}")
    if atom.value == "yes":
        return said(atom.name, "yes" if holds else "no")
    words = said(atom.name, atom.value)
    return words if holds else Link(f"not {words.words}", words.kind, words.id)


def _age(low: int, high: int) -> str:
    if high >= 120:
        return f"aged {low} or over"
    return f"aged {high} or under" if low == 0 else f"aged {low} to {high}"
