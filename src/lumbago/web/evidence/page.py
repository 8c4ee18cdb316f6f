"""The page of one record: what it is in plain words, then its numbers in tables, then its sources."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.care import Course, Treatment
from lumbago.knowledge.schema import Estimate, Identified, Mechanism, Rule, Source
from lumbago.research.evidence_about import About, about, named, tables
from lumbago.web.evidence.care import of_course, of_treatment
from lumbago.web.evidence.facts import Fact, facts, lead
from lumbago.web.evidence.rows import (
    Extra,
    Row,
    by_age,
    of_estimate,
    of_literature,
    of_prior,
    of_threshold,
)
from lumbago.web.evidence.words import KINDS, Link, When, given, when

__all__ = ["Page", "Section", "Table", "page"]

USES = {"compare": "Compared with the network", "context": "Kept to read, not compared"}
#: Rows of the first table that stand open, and how few more are not worth folding up.
MOST_ROWS, FEW = 12, 4


@dataclass(frozen=True)
class Table:
    """Rows under a title of their own; `folded` ones are opened by the reader."""

    title: str
    rows: tuple[Row, ...]
    folded: bool = False


@dataclass(frozen=True)
class Section:
    """A part of a page. `head` stands over its first column, which leaves out what is known already."""

    id: str
    title: str
    words: str
    tables: tuple[Table, ...]
    head: str
    shows_what: bool = True
    shows_among: bool = True


@dataclass(frozen=True)
class Reference:
    """A source as it stands in a list, with the places on other sites where it can be read."""

    id: str
    citation: str
    year: str
    checked: str
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Page:
    """What the page of one record shows."""

    kind: str
    one: str
    many: str
    id: str
    title: str
    lead: str
    facts: tuple[Fact, ...]
    written: str
    when: When | None
    damping: tuple[Extra, str] | None
    sections: tuple[Section, ...]
    rules: tuple[Link, ...]
    claims: tuple[Link, ...]
    sources: tuple[Reference, ...]

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Id and title of each part, for a table of contents."""
        more = (
            ("rules", "Safety rules", self.rules),
            ("claims", "What people say", self.claims),
            ("sources", "Sources", self.sources),
        )
        return [(s.id, s.title) for s in self.sections] + [(i, t) for i, t, rows in more if rows]


@lru_cache(maxsize=128)
def page(kind: str, name: str) -> Page | None:
    """The page of a record; None if there is no such record."""
    k = load_knowledge()
    record = tables(k).get(kind, {}).get(name)
    if record is None:
        return None
    found = about(kind, record, k)
    return Page(
        kind=kind,
        one=KINDS[kind][0],
        many=KINDS[kind][1],
        id=record.id,
        title=_title(record),
        lead=lead(record),
        facts=tuple(facts(record)),
        written=record.when if isinstance(record, Rule) else "",
        when=when(record.when) if isinstance(record, Rule) else None,
        damping=(Extra("", record.damping.value), record.damping.reason)
        if isinstance(record, Mechanism)
        else None,
        sections=tuple(s for s in _sections(found) if any(t.rows for t in s.tables)),
        rules=tuple(Link(r.reason, "rule", r.id) for r in found.rules),
        claims=tuple(Link(c.claim, "claim", c.id) for c in found.claims),
        sources=tuple(map(reference, found.sources)),
    )


def reference(source: Source) -> Reference:
    """A source as it stands in a list."""
    places = [(f.label, f.outside) for f in facts(source) if f.outside]
    return Reference(source.id, source.citation, source.year, source.checked, tuple(places))


def _title(record: Identified) -> str:
    match record:
        case Treatment():
            return record.intervention
        case Course():
            return record.measure
        case _:
            return named(record)


def _sections(found: About) -> Iterator[Section]:
    if isinstance(found.record, Treatment | Course):
        own = Table("", (_own(found.record),))
        yield Section("figure", "The figure", "", (own,), "Topic", shows_what=False)
    yield from _how_common(found)
    yield from _numbers(found)
    yield Section(
        "published",
        "Published figures, and what the network says",
        "Sensitivity: of those who have it, how many show the finding. Specificity: of those who do "
        "not, how many do not. Likelihood ratio: how many times likelier the finding is in those who "
        "have it. The diamond is what our network computes for the same people.",
        tuple(_by(found.literature, lambda row: USES[row.use], of_literature)),
        "Finding, and what it should tell apart",
    )
    folded = found.kind != "topic"
    yield Section(
        "treatments",
        "What helps",
        "What guidelines say and trials found. The upright line is no difference.",
        (Table("Treatments", tuple(map(of_treatment, found.treatments)), folded),),
        "Treatment",
        shows_among=folded,
    )
    yield Section(
        "courses",
        "How it goes on",
        "What was measured in people over time.",
        (Table("Figures", tuple(map(of_course, found.courses)), folded),),
        "What was measured",
        shows_among=folded,
    )


def _own(record: Treatment | Course) -> Row:
    return of_treatment(record) if isinstance(record, Treatment) else of_course(record)


def _how_common(found: About) -> Iterator[Section]:
    whole = found.kind == "source"
    priors = Table("", tuple(map(of_prior, found.priors)))
    yield Section(
        "common",
        "How common it is",
        "Cases among 1,000 people who ask about pain in that region. The scale goes in tens, from one "
        "in a million to all.",
        (priors,),
        "Cause, and among whom" if whole else "Among whom",
        shows_what=whole,
    )
    who = Table("", tuple(by_age(condition, figures) for condition, figures in found.who))
    yield Section(
        "who",
        "Who gets it",
        "How often each age gets it beside an average adult (1), and how many of 100 are women.",
        (who,),
        "Cause" if whole else "By",
        shows_what=whole,
    )
    asked = Table("", tuple(of_threshold(cause, figure) for cause, figure in found.thresholds))
    yield Section(
        "thresholds",
        "When its probability alone asks for care",
        "",
        (asked,),
        "Cause, and what then" if whole else "What then",
        shows_what=whole,
    )


def _numbers(found: About) -> Iterator[Section]:
    words = {
        "condition": "Of 100 people with this cause, how many have each finding.",
        "finding": "Of 100 people with each cause, how many have this finding.",
        "mechanism": "How often each cause does this to the body, and how it then shows itself.",
        "source": "Numbers of the network that rest on this source.",
    }
    title = "What rests on it" if found.kind == "source" else "How often"
    grouped = _by(found.numbers, lambda e: _group(found, e), of_estimate)
    yield Section(
        "numbers",
        title,
        words.get(found.kind, ""),
        tuple(grouped),
        {"condition": "Finding", "finding": "In whom"}.get(found.kind, "What, and in whom"),
        shows_what=found.kind != "finding",
        shows_among=found.kind != "condition",
    )


def _group(found: About, e: Estimate) -> str:
    """Under which title a number stands on this page."""
    k = load_knowledge()
    name, _, state = e.parent.partition("=")
    match found.kind:
        case "condition":
            return _of_finding(e)
        case "finding":
            answer = k.finding(e.of).categories.get(e.value, "")
            hidden = "by what is going on in the body" if state else "by cause"
            return f"{answer[:1].upper()}{answer[1:]}, {hidden}" if answer else hidden.capitalize()
        case "mechanism" if e.of == found.record.id:
            return f"{k.mechanism_by_id[e.of].states[e.value]}, by cause"
        case "mechanism":
            return f"If {k.mechanism_by_id[name].states[state]}"
    words = given(e.parent).words
    return f"{words[:1].upper()}{words[1:]}"


def _of_finding(e: Estimate) -> str:
    """What kind of thing a number of a cause is about."""
    finding = load_knowledge().finding_by_id.get(e.of)
    if finding is None:
        return "What is going on in the body"
    if finding.kind == "choice":
        return "Length, course, pattern and strength"
    return {
        "person": "What a person can tell",
        "helper": "What somebody beside them can see",
        "clinician": "What a clinician can find",
        "test": "What tests show",
    }[finding.who]


def _by(
    records: Iterable[Any], title: Callable[[Any], str], row: Callable[[Any], Row]
) -> Iterator[Table]:
    """Rows in tables by title, the largest table first and open, the likeliest row first."""
    grouped: dict[str, list[Row]] = {}
    for record in records:
        grouped.setdefault(title(record), []).append(row(record))
    for place, (name, rows) in enumerate(sorted(grouped.items(), key=lambda item: -len(item[1]))):
        name, ordered = name[:1].upper() + name[1:], _likeliest_first(rows)
        most = MOST_ROWS if place == 0 and len(rows) > MOST_ROWS + FEW else len(rows)
        yield Table(name, tuple(ordered[:most]), folded=place > 0)
        if ordered[most:]:
            yield Table(
                f"{name}: the other {len(ordered) - most}", tuple(ordered[most:]), folded=True
            )


def _likeliest_first(rows: Iterable[Row]) -> list[Row]:
    """In order of the figure, with the answers to one question together."""
    rows = list(rows)
    most: dict[str, float] = {}
    for row in rows:
        most[row.what[0].id] = max(_first(row), most.get(row.what[0].id, 0.0))
    return sorted(rows, key=lambda r: (-most[r.what[0].id], r.what[0].id, -_first(r)))


def _first(row: Row) -> float:
    return next((v.exact for v in row.values if v.exact is not None), 0.0)
