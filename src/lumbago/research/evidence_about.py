"""Everything that the evidence holds about one record: what the commands print and the pages show."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from lumbago.knowledge import Knowledge
from lumbago.knowledge.care import Claim, Course, Treatment
from lumbago.knowledge.schema import (
    Condition,
    Demographics,
    Estimate,
    Identified,
    LiteratureRow,
    Prior,
    Rule,
    Source,
    Threshold,
)
from lumbago.research.evidence_care import care_named, care_records

__all__ = ["About", "about", "named", "records", "search", "tables"]

#: Kinds of record that treatments, courses and claims can be about, or rest on.
WITH_CARE = ("condition", "topic", "source")


@dataclass(frozen=True)
class About:
    """One record with every number that is about it or, for a source, that rests on it.

    Attributes:
        who: Who gets a condition; for a source, of every condition whose figures it gives.
        thresholds: Probability from which a guideline asks for a level of care, likewise.
        rules: Rules that ask about a finding, catch a condition, or rest on a source.
        sources: Every source of what stands here, but for the record itself.
    """

    kind: str
    record: Identified
    numbers: Sequence[Estimate]
    priors: Sequence[Prior]
    who: Sequence[tuple[Condition, Demographics]]
    thresholds: Sequence[tuple[Condition, Threshold]]
    rules: Sequence[Rule]
    literature: Sequence[LiteratureRow]
    treatments: Sequence[Treatment]
    courses: Sequence[Course]
    claims: Sequence[Claim]
    sources: Sequence[Source]


def records(k: Knowledge) -> dict[str, Sequence[Identified]]:
    """All records by kind, in the order in which a search lists them."""
    return {
        "condition": k.conditions,
        "finding": k.findings,
        "mechanism": k.mechanisms,
        "group": k.groups,
        "rule": k.rules,
        "source": k.sources,
        **care_records(k),
    }


def tables(k: Knowledge) -> dict[str, Mapping[str, Identified]]:
    """All records by kind and id; conditions by their other names, too."""
    found = {kind: {r.id: r for r in of_kind} for kind, of_kind in records(k).items()}
    return {**found, "condition": k.condition_by_id}


def named(record: Identified) -> str:
    """What a list shows beside the id."""
    return care_named(record) or str(
        getattr(record, "name", getattr(record, "reason", getattr(record, "citation", "")))
    )


def about(kind: str, record: Identified, k: Knowledge) -> About:
    """Gather what there is about a record of this kind."""
    name = record.id
    topics = {t.id for t in k.care.topics if name in (t.id, *t.conditions)}
    with_care = kind in WITH_CARE

    def resting(condition: Condition, source: str | None) -> bool:
        """Whether a figure of a condition belongs here."""
        return name in (condition.id, source) and kind in ("condition", "source")

    found = About(
        kind=kind,
        record=record,
        numbers=_numbers(kind, name, k),
        priors=[p for p in k.priors if name in (p.condition, p.source)],
        who=[(c, c.demographics) for c in k.conditions if resting(c, c.demographics.source)],
        thresholds=[(c, t) for c in k.conditions for t in c.thresholds if resting(c, t.source)],
        rules=_rules(kind, name, k),
        literature=_literature(kind, name, k),
        treatments=[
            t for t in k.care.treatments if with_care and (t.topic in topics or t.source == name)
        ],
        courses=[
            c for c in k.care.courses if with_care and (c.topic in topics or c.source == name)
        ],
        claims=[c for c in k.care.claims if with_care and name in c.source_ids],
        sources=[],
    )
    ids = set(_source_ids(found))
    return replace(found, sources=[s for s in k.sources if s.id in ids and s is not record])


def _numbers(kind: str, name: str, k: Knowledge) -> list[Estimate]:
    if kind not in ("condition", "finding", "mechanism", "source"):
        return []
    return [
        e
        for e in k.estimates
        if name in (e.of, e.parent, e.source) or e.parent.startswith(f"{name}=")
    ]


def _rules(kind: str, name: str, k: Knowledge) -> list[Rule]:
    match kind:
        case "finding":
            asked = re.compile(rf"\b{re.escape(name)}\b")
            return [r for r in k.rules if asked.search(r.when)]
        case "condition":
            return [r for r in k.rules if name in r.catches]
        case "source":
            return [r for r in k.rules if r.source == name]
    return []


def _literature(kind: str, name: str, k: Knowledge) -> list[LiteratureRow]:
    match kind:
        case "finding":
            return [row for row in k.literature if row.finding == name]
        case "condition":
            return [row for row in k.literature if name in row.target.split("|")]
        case "mechanism":
            return [row for row in k.literature if row.target.startswith(f"{name}=")]
        case "source":
            return [row for row in k.literature if row.source == name]
    return []


def _source_ids(found: About) -> Iterable[str | None]:
    named = getattr(found.record, "sources", [])
    yield from named.split("|") if isinstance(named, str) else named
    yield getattr(found.record, "source", None)
    yield from (e.source for e in found.numbers)
    yield from (p.source for p in found.priors)
    yield from (row.source for row in found.literature)
    yield from (t.source for t in found.treatments)
    yield from (c.source for c in found.courses)
    yield from (who.source for _, who in found.who)
    yield from (threshold.source for _, threshold in found.thresholds)


def search(words: Iterable[str], k: Knowledge) -> list[tuple[str, Identified]]:
    """Kind and record of all that hold every one of these words."""
    wanted = [word.lower() for word in words]
    return [
        (kind, record)
        for kind, of_kind in records(k).items()
        for record in of_kind
        if all(word in json.dumps(msgspec.to_builtins(record)).lower() for word in wanted)
    ]
