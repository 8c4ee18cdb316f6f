"""The page on what people say about back pain, and on what helps and what does not."""

from dataclasses import dataclass
from functools import cache

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.care import Claim, Treatment
from lumbago.learn.helps import Help, load_helps
from lumbago.web.library.sources import CHECKED, short_name, source_link
from lumbago.web.library.studies import StudyRow, study_row

__all__ = ["HelpGroup", "Myth", "MythGroup", "help_groups", "myth_groups"]

#: Verdicts with the word that is shown for one, and the heading over all of them.
VERDICTS = {
    "wrong": ("Not so", "Not so"),
    "outdated": ("Outdated", "We know better now"),
    "partly_supported": ("Partly right", "Right in part"),
    "conflicting": ("Studies disagree", "Studies disagree"),
    "supported": ("True", "True"),
}
#: What most people have been told stands first under its verdict.
FIRST = ("rest_in_bed", "scan_first", "slipped_for_ever", "strong_painkillers", "belts_and_insoles")
HELPS = {
    "helps": "Helps",
    "may_help": "Can help",
    "disputed": "Experts disagree",
    "unknown": "Nobody knows",
    "does_not_help": "Does not help",
}


@dataclass(frozen=True)
class Reference:
    """A source in one line."""

    id: str
    name: str
    link: str


@dataclass(frozen=True)
class Myth:
    """Something that people say, and what is known."""

    id: str
    claim: str
    verdict: str
    word: str
    answer: str
    figures: str
    nuance: str
    checked: str
    sources: list[Reference]


@dataclass(frozen=True)
class MythGroup:
    """Claims with the same verdict."""

    id: str
    title: str
    myths: list[Myth]


@dataclass(frozen=True)
class Helping:
    """Something that people do about their back, with the rows that say whether it helps."""

    item: Help
    rows: list[StudyRow]


@dataclass(frozen=True)
class HelpGroup:
    """Things with the same verdict."""

    id: str
    title: str
    items: list[Helping]


@cache
def myth_groups() -> list[MythGroup]:
    """All claims, from wrong to true."""
    known = load_knowledge().care.claims
    claims = sorted(known, key=lambda c: FIRST.index(c.id) if c.id in FIRST else len(FIRST))
    return [
        MythGroup(verdict, title, [_myth(c, word) for c in claims if c.verdict == verdict])
        for verdict, (word, title) in VERDICTS.items()
        if any(c.verdict == verdict for c in claims)
    ]


def _myth(claim: Claim, word: str) -> Myth:
    sources = [load_knowledge().source_by_id[name] for name in claim.source_ids]
    return Myth(
        id=claim.id,
        claim=claim.claim,
        verdict=claim.verdict,
        word=word,
        answer=claim.what_we_know,
        figures=claim.figures,
        nuance=claim.nuance,
        checked=CHECKED[claim.checked],
        sources=[Reference(s.id, short_name(s), source_link(s) or claim.url) for s in sources],
    )


@cache
def help_groups() -> list[HelpGroup]:
    """What helps with ordinary back pain, what does not, and what is between."""
    rows = {t.id: t for t in load_knowledge().care.treatments}
    return [
        HelpGroup(verdict, title, [_helping(h, rows) for h in load_helps() if h.verdict == verdict])
        for verdict, title in HELPS.items()
    ]


def _helping(item: Help, rows: dict[str, Treatment]) -> Helping:
    return Helping(item, [study_row(rows[name]) for name in item.rows if name in rows])
