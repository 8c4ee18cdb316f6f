"""What there is: counts, the check against the literature, lists, and the search."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.care import Claim, Course, Service, Topic, Treatment
from lumbago.knowledge.schema import Condition, Finding, Identified, Rule, Source
from lumbago.research.evidence_about import named, records
from lumbago.web.evidence.facts import SOURCES, VERDICTS, WHO
from lumbago.web.evidence.rows import Row, compared, of_estimate, of_literature
from lumbago.web.evidence.words import KINDS, Link

__all__ = ["Check", "Group", "check", "counts", "example", "grouped", "matches", "outside"]

#: Most that a search shows of each kind.
MOST_FOUND = 30


@dataclass(frozen=True)
class Part:
    """A share of a bar: how many are of a grade, and where on a line of 100 they lie."""

    grade: str
    count: int
    start: float
    wide: float


@dataclass(frozen=True)
class Counted:
    """How many numbers of one sort there are, by grade."""

    words: str
    count: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Group:
    """Records of a list or a search under one title."""

    title: str
    links: tuple[Link, ...]
    more: int = 0


@dataclass(frozen=True)
class Check:
    """The network against the literature."""

    rows: int
    inside: int
    unexplained: int

    @property
    def explained(self) -> int:
        """Rows outside that say why."""
        return self.rows - self.inside - self.unexplained

    @property
    def share(self) -> float:
        """Share of the rows whose every figure lies inside its published interval."""
        return self.inside / max(self.rows, 1)


@cache
def counts() -> tuple[Counted, ...]:
    """The numbers by what they are of, each by grade or, if always published, by how they were read."""
    k = load_knowledge()
    return (
        _counted("How often a finding or a hidden fact goes with a cause", k.estimates, "grade"),
        _counted("How common each cause is", k.priors, "grade"),
        _counted("Who gets it: age and sex", [c.demographics for c in k.conditions], "grade"),
        _counted("Published accuracy figures", k.literature, "checked"),
        _counted("Treatments and how it goes on", [*k.care.treatments, *k.care.courses], "checked"),
        _counted("Safety rules", k.rules, "checked"),
    )


def _counted(words: str, of: Sequence[Any], by: str) -> Counted:
    tally = Counter(getattr(record, by) for record in of)
    order = ("published", "derived", "seen", "recalled", "elicited")
    parts, start = [], 0.0
    for grade in (g for g in order if tally[g]):
        wide = 100 * tally[grade] / len(of)
        parts.append(Part(grade, tally[grade], start, wide))
        start += wide
    return Counted(words, f"{len(of):,}", tuple(parts))


@cache
def check() -> Check:
    """How many published rows the network agrees with."""
    whole: dict[str, bool] = {}
    for (name, _), c in compared().items():
        whole[name] = whole.get(name, True) and c.inside
    silent = {c.row.id for c in compared().values() if not c.row.explained}
    return Check(
        rows=len(whole),
        inside=sum(whole.values()),
        unexplained=sum(not inside and name in silent for name, inside in whole.items()),
    )


@cache
def example() -> Row:
    """A number that a study gives, to explain how one is read."""
    numbers = load_knowledge().estimates
    seen = (e for e in numbers if (e.grade, e.checked) == ("published", "seen") and e.n)
    return of_estimate(next(e for e in seen if "=" not in e.parent))


@cache
def outside() -> tuple[Row, ...]:
    """The published rows that the network lies outside of."""
    rows = {c.row.id: c.row for c in compared().values() if not c.inside}
    return tuple(of_literature(row) for row in rows.values())


@cache
def grouped(kind: str) -> tuple[Group, ...]:
    """All records of a kind under titles that help to find one. Empty if there is no such kind."""
    found: dict[str, list[Link]] = {}
    for record in records(load_knowledge()).get(kind, ()):
        found.setdefault(_title(record), []).append(_link(kind, record))
    order = list(_order(kind))
    titles = sorted(found, key=lambda t: (order.index(t) if t in order else len(order), t))
    return tuple(Group(t, tuple(sorted(found[t], key=lambda x: x.words.lower()))) for t in titles)


def _link(kind: str, record: Identified) -> Link:
    return Link(named(record), kind, record.id)


def _title(record: Identified) -> str:
    """Under which title of its list a record stands."""
    k = load_knowledge()
    match record:
        case Condition():
            return _upper(f"{k.region_by_id[record.regions[0]].name} first of all")
        case Finding():
            return f"Told by {WHO[record.who]}"
        case Rule():
            return k.disposition_by_id[record.disposition].headline
        case Source():
            return _upper(SOURCES[record.kind])
        case Treatment() | Course():
            return k.care.topic_by_id[record.topic].name
        case Claim():
            return _upper(VERDICTS[record.verdict])
        case Topic() | Service():
            return ""
        case _:
            return ""


def _order(kind: str) -> Iterable[str]:
    """Titles whose order is not that of the alphabet."""
    if kind == "rule":
        yield from (d.headline for d in load_knowledge().dispositions)
    if kind == "finding":
        yield from (f"Told by {who}" for who in WHO.values())


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


@cache
def _index() -> tuple[tuple[Link, str], ...]:
    return tuple(
        (_link(kind, record), f"{record.id} {named(record)} {_others(record)}".lower())
        for kind, of_kind in records(load_knowledge()).items()
        for record in of_kind
    )


def _others(record: Identified) -> str:
    """Other names under which somebody may look for a record."""
    match record:
        case Condition():
            return " ".join([record.clinical_name, *record.aliases, *record.icd10])
        case Finding():
            return record.question
        case Source():
            return f"{record.doi} {record.pmid} {record.year}"
        case _:
            return ""


def matches(words: str) -> tuple[Group, ...]:
    """Records whose id or names hold every one of these words, by kind; those named so first."""
    wanted = words.lower().split()
    if not wanted:
        return ()
    found = [item for item, text in _index() if all(word in text for word in wanted)]
    groups = []
    for kind, (_, many) in KINDS.items():
        links = [item for item in found if item.kind == kind]
        links.sort(key=lambda item: (wanted[0] not in item.words.lower(), item.words.lower()))
        if links:
            more = max(len(links) - MOST_FOUND, 0)
            groups.append(Group(many, tuple(links[:MOST_FOUND]), more))
    return tuple(groups)
