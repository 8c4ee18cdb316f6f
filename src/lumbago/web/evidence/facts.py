"""A record in plain words: what it is, apart from its numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import singledispatch

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.care import Claim, Course, Service, Topic, Treatment
from lumbago.knowledge.schema import (
    Condition,
    Finding,
    Group,
    Identified,
    Mechanism,
    Rule,
    Source,
)
from lumbago.web.evidence.care import RECOMMENDATIONS
from lumbago.web.evidence.words import Link, link, said

__all__ = ["CHECKED", "Fact", "facts", "lead"]

WHO = {
    "person": "the person with the pain",
    "helper": "somebody who is with them",
    "clinician": "a clinician who examines them",
    "test": "a test or a scan",
}
CHECKED = {
    "seen": "seen: we read it where it is published",
    "recalled": "recalled: known from the literature, not read again",
    "elicited": "elicited: our judgement",
}
SOURCES = {
    "guideline": "guideline",
    "systematic_review": "systematic review",
    "study": "study",
    "textbook": "textbook",
    "other": "other",
}
VERDICTS = {
    "supported": "studies support it",
    "partly_supported": "partly right",
    "outdated": "out of date",
    "conflicting": "studies disagree",
    "wrong": "not so",
}


@dataclass(frozen=True)
class Fact:
    """Something about a record: a label, then words that may open other records or other sites."""

    label: str
    parts: tuple[Link, ...]
    outside: str = ""


def _fact(label: str, *parts: Link | str | None) -> Iterator[Fact]:
    """A fact, if there is anything to say."""
    shown = tuple(Link(p) if isinstance(p, str) else p for p in parts if p)
    if shown:
        yield Fact(label, shown)


def _findings(label: str, names: Iterable[str]) -> Iterator[Fact]:
    return _fact(
        label, *(said(name, "yes") if _yes_no(name) else link("finding", name) for name in names)
    )


def _yes_no(finding: str) -> bool:
    return load_knowledge().finding(finding).kind == "yes_no"


def lead(record: Identified) -> str:
    """The sentence or two that say what a record is."""
    match record:
        case Condition() | Group() | Mechanism():
            return record.description
        case Finding():
            return record.question
        case Claim():
            return record.what_we_know
        case Course():
            return record.population[:1].upper() + record.population[1:]
        case _:
            return ""


@singledispatch
def facts(_: Identified) -> Iterator[Fact]:
    """What there is to say about a record."""
    yield from ()


@facts.register
def _(c: Condition) -> Iterator[Fact]:
    k = load_knowledge()
    yield from _fact("Clinicians call it", c.clinical_name)
    yield from _fact("Code (ICD-10)", ", ".join(c.icd10))
    yield from _fact("Felt in", ", ".join(k.region_by_id[r].name for r in c.regions))
    yield from _fact("Usual care", k.disposition_by_id[c.disposition].headline)
    yield from _fact("Must not be missed", "yes" if c.must_not_miss else "no")
    yield from _fact("Cannot be told apart from", c.group and link("group", c.group))
    yield from _findings("What would tell it apart", c.separated_by)
    yield from _findings("Watch for", c.watch_for)
    yield from _fact("Look again", c.recheck)
    yield from _fact("Also called", ", ".join(a for a in c.aliases if "_" not in a))
    yield from _fact("Described after", *(link("source", s) for s in c.sources))


@facts.register
def _(f: Finding) -> Iterator[Fact]:
    k = load_knowledge()
    regions = "" if "all" in f.regions else ", ".join(k.region_by_id[r].name for r in f.regions)
    yield from _fact("Why we ask", f.why)
    yield from _fact("Who can tell", WHO[f.who])
    yield from _fact("Answers", ", ".join(f.categories.values()) or "yes or no")
    yield from _fact("Danger sign", "yes" if f.red_flag else "no")
    yield from _fact("Matters for pain in", regions or "all regions")
    asked = ", ".join(k.region_by_id[r].name for r in f.must_ask if r in k.region_by_id)
    yield from _fact("Always asked for pain in", asked)
    yield from _fact("Asked of", _whom(f))
    yield from _findings("If so, then also", f.implies)
    yield from _fact(
        "Depends on",
        link("mechanism", f.hangs_on) if f.hangs_on in k.mechanism_by_id else "the cause itself",
    )


def _whom(f: Finding) -> str:
    sex = {"any": "", "female": "women", "male": "men"}[f.sex]
    aged = f"aged {f.min_age} to {f.max_age}" if (f.min_age, f.max_age) != (0, 120) else ""
    return " ".join(part for part in (sex or ("people" if aged else ""), aged) if part)


@facts.register
def _(m: Mechanism) -> Iterator[Fact]:
    yield from _fact("It can be that", *m.states.values())
    hanging = [f.id for f in load_knowledge().findings if f.hangs_on == m.id]
    yield from _findings("What depends on it", hanging)


@facts.register
def _(g: Group) -> Iterator[Fact]:
    members = [c for c in load_knowledge().conditions if c.group == g.id]
    yield from _fact("Causes in it", *(link("condition", c.id) for c in members))
    separated = dict.fromkeys(f for c in members for f in c.separated_by)
    yield from _findings("What would tell them apart", separated)


@facts.register
def _(r: Rule) -> Iterator[Fact]:
    level = load_knowledge().disposition_by_id[r.disposition]
    yield from _fact("Care at least as urgent as", level.headline)
    yield from _fact("Meant to catch", *(link("condition", c) for c in r.catches))
    yield from _fact("Rests on", link("source", r.source))
    yield from _fact("How far it was checked", CHECKED[r.checked])
    yield from _fact("Note", r.note)


@facts.register
def _(s: Source) -> Iterator[Fact]:
    yield from _fact("Kind", SOURCES[s.kind])
    yield from _fact("Year", s.year)
    yield from _outside("DOI", s.doi, f"https://doi.org/{s.doi}")
    yield from _outside("PubMed", s.pmid, f"https://pubmed.ncbi.nlm.nih.gov/{s.pmid}/")
    yield from _outside("Where we read it" if s.checked == "seen" else "Page", s.url, s.url)
    yield from _fact("How far it was checked", CHECKED[s.checked])
    yield from _fact("Note", s.note)


def _outside(label: str, words: str, address: str) -> Iterator[Fact]:
    """A link to another site, if there is an address that a browser can open safely."""
    safe = address.startswith(("https://", "http://"))
    if words:
        yield Fact(label, (Link(words),), address if safe else "")


@facts.register
def _(t: Topic) -> Iterator[Fact]:
    yield from _fact("Applies to", *(link("condition", c) for c in t.conditions))
    yield from _fact("Within", t.within and link("group", t.within))
    yield from _fact("Note", t.note)


@facts.register
def _(t: Treatment) -> Iterator[Fact]:
    yield from _fact("About", link("topic", t.topic))
    yield from _fact("What the source says", RECOMMENDATIONS[t.recommendation])
    yield from _fact("Compared with", t.comparator)
    better = {"lower": "a lower figure is better", "higher": "a higher figure is better"}
    yield from _fact("Reading it", better[t.better] if t.better else "")
    yield from _outside("Where we read it", t.url, t.url)


@facts.register
def _(c: Course) -> Iterator[Fact]:
    yield from _fact("About", link("topic", c.topic))
    yield from _outside("Where we read it", c.url, c.url)


@facts.register
def _(c: Claim) -> Iterator[Fact]:
    yield from _fact("How it stands up", VERDICTS[c.verdict])
    yield from _fact("More exactly", c.nuance)
    yield from _fact("Figures", c.figures)
    yield from _fact("Rests on", *(link("source", s) for s in c.source_ids))
    yield from _fact("How far it was checked", CHECKED[c.checked])
    yield from _outside("Where we read it", c.url, c.url)


@facts.register
def _(s: Service) -> Iterator[Fact]:
    yield from _fact("In an emergency", s.call)
    yield from _fact("For advice", s.advice)
    yield from _fact("How far it was checked", CHECKED[s.checked])
    yield from _fact("Note", s.note)
    yield from _outside("Where we read it", s.url, s.url)
