"""What a line of advice rests on: records of the evidence, found by id, and how strongly they speak."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

import msgspec

from lumbago.care.effects import effect_of
from lumbago.knowledge import Knowledge, load_knowledge
from lumbago.knowledge.care import Claim, Course, Treatment
from lumbago.knowledge.schema import Rule, Source

__all__ = ["Strength", "Support", "records", "supports", "weigh", "worst_checked"]

Strength = Literal[
    "for", "consider", "against", "insufficient", "disputed", "published", "teaching"
]
Rests = Treatment | Course | Claim | Rule | Source

_CHECKED = ("seen", "recalled", "elicited")


class Support(msgspec.Struct, frozen=True):
    """One record that a line rests on.

    Attributes:
        id: The record.
        kind: treatment, course, claim, rule or source.
        says: What it recommends (for, consider, against, insufficient) or its verdict; "" for others.
        about: What it is about, in its own words.
        source: Id of the publication.
        citation: The publication.
        effect: The size of the effect in plain words, if it has one.
        note: What the record adds.
    """

    id: str
    kind: str
    says: str
    about: str
    source: str
    citation: str
    checked: str
    effect: str = ""
    note: str = ""


def supports(ids: Iterable[str]) -> tuple[Support, ...]:
    """The records with these ids.

    Raises:
        KeyError: If there is none with an id.
    """
    return tuple(_support(records()[i], load_knowledge()) for i in ids)


@cache
def records() -> Mapping[str, Rests]:
    """Everything that a line can rest on, by id; of records that share one, a treatment comes first."""
    k = load_knowledge()
    tables: tuple[Iterable[Rests], ...] = (
        k.sources,
        k.rules,
        k.care.claims,
        k.care.courses,
        k.care.treatments,
    )
    return MappingProxyType({record.id: record for table in tables for record in table})


def _support(record: Rests, k: Knowledge) -> Support:
    kind = type(record).__name__.lower()
    source = "|".join(_sources(record))
    citation = "; ".join(k.source_by_id[s].citation for s in _sources(record))
    says, about, effect, note = "", "", "", getattr(record, "note", "")
    match record:
        case Treatment():
            found = effect_of(record)
            says, about, effect = (
                record.recommendation,
                record.intervention,
                found.words if found else "",
            )
        case Course():
            about = f"{record.measure}: {record.population}"
        case Claim():
            says, about, note = record.verdict, record.claim, record.nuance
        case Rule():
            says, about = record.disposition, record.reason
        case Source():
            pass  # its citation says it all
    return Support(record.id, kind, says, about, source, citation, record.checked, effect, note)


def _sources(record: Rests) -> list[str]:
    match record:
        case Source():
            return [record.id]
        case Claim():
            return record.source_ids
        case _:
            return [record.source]


def weigh(found: Iterable[Support]) -> Strength:
    """How strongly records speak together.

    Treatments decide; where some are for and some against it is disputed. Without treatments it is
    published, and without any record it is teaching.
    """
    supporting = list(found)
    said = {s.says for s in supporting if s.kind == "treatment"}
    if not supporting:
        return "teaching"
    if not said:
        return "published"
    if "against" in said:
        return "disputed" if said & {"for", "consider"} else "against"
    if "for" in said:
        return "for"
    return "consider" if "consider" in said else "insufficient"


def worst_checked(found: Iterable[Support]) -> str:
    """How well the least well checked record is known; what rests on none is elicited."""
    return max((s.checked for s in found), key=_CHECKED.index, default="elicited")
