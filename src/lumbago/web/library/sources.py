"""How a source is shown: its number on the page, where to find it, and how well it was checked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.schema import Source

__all__ = ["CHECKED", "ShownSource", "numbered", "short_name", "source_link"]

CHECKED = {
    "seen": "read at its address",
    "recalled": "known from the literature, not read again",
    "elicited": "judgement",
}
LONGEST_NAME = 34


@dataclass(frozen=True)
class ShownSource:
    """A source in the list at the foot of a page."""

    number: int
    id: str
    citation: str
    year: str
    link: str
    checked: str


def numbered(ids: Iterable[str]) -> dict[str, ShownSource]:
    """Sources by id, numbered in the order in which a page first names them."""
    known = load_knowledge().source_by_id
    found = [known[name] for name in dict.fromkeys(ids) if name in known]
    return {
        s.id: ShownSource(number, s.id, s.citation, s.year, source_link(s), CHECKED[s.checked])
        for number, s in enumerate(found, start=1)
    }


def source_link(source: Source) -> str:
    """Where it is for good (DOI), else in PubMed, else where it was read; empty if nowhere."""
    if source.doi:
        return f"https://doi.org/{source.doi}"
    if source.pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"
    return source.url


def short_name(source: Source) -> str:
    """Author or body, and year, such as "Dahm KT et al. 2010"."""
    team = re.match(r"[^,:;(]+? et al\b\.?", source.citation)
    name = team[0] if team else re.split(r"[,:;(]|\. ", source.citation)[0].strip()
    if len(name) > LONGEST_NAME:
        name = f"{name[:LONGEST_NAME].rsplit(' ', 1)[0]} …"
    return name if source.year in name else f"{name} {source.year}"
