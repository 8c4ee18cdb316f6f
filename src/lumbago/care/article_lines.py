"""Which lines of an article belong in a plan: an article is read at any time, a plan at one stage.

What to do until help comes belongs before a clinician has looked, how the first weeks are treated belongs
in the first weeks, and "look after it yourself, then book" belongs neither after a visit nor late on.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from lumbago.care.records import Record, read_single
from lumbago.care.stages import Stage, Time
from lumbago.errors import EvidenceError
from lumbago.learn.articles import Article, load_articles

__all__ = ["Kept", "belongs", "load_kept", "read_kept", "visit_words"]

EARLY: tuple[Time, ...] = ("first_days", "weeks_to_6")
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z])")
#: To wait and see, which is for the beginning.
_WAITS = re.compile(
    r"\b(look after|care for|treat)\b.*\b(yourself|at home)\b|\bby yourself\b|\bself-care\b|\bneeds doing\b",
    re.I,
)
#: A visit that can wait, which is over once it has been made.
_BOOKS = re.compile(r"\bbook\b|\bappointment\b", re.I)
#: How many weeks to wait for it; "within two weeks" is how soon, and stands at every stage.
_WEEKS = re.compile(r"(?<!within )\b(?:two|three|some|a few|six|eight) weeks\b", re.I)


class Kept(Record, frozen=True, kw_only=True):
    """Lines of an article, by how they begin, that belong to some stages only.

    `until_seen` are for the time until a clinician has looked; `early` for the first six weeks.
    """

    until_seen: tuple[str, ...] = ()
    early: tuple[str, ...] = ()


class _Conditions(Record, frozen=True, kw_only=True):
    conditions: dict[str, Kept]


def belongs(condition: str, text: str, stage: Stage) -> bool:
    """Whether a line of the condition's article belongs in a plan for the stage."""
    kept = load_kept().get(condition, Kept())
    if stage.seen and text.startswith(kept.until_seen):
        return False
    return stage.time in EARLY or not text.startswith(kept.early)


def visit_words(text: str, stage: Stage) -> str:
    """The sentences about a routine visit that still hold at the stage; empty if none does."""
    return " ".join(s for s in _SENTENCE.split(text) if _still_holds(s, stage))


def _still_holds(sentence: str, stage: Stage) -> bool:
    waits, books = _WAITS.search(sentence), _BOOKS.search(sentence)
    if stage.seen:
        return not (waits or books)
    return stage.time in EARLY or not (waits or (books and _WEEKS.search(sentence)))


@cache
def load_kept() -> Mapping[str, Kept]:
    """Lines that belong to some stages only, by condition.

    Raises:
        EvidenceError: If the file has a fault; lists every one.
    """
    return MappingProxyType(read_kept())


def read_kept(content: bytes | None = None) -> dict[str, Kept]:
    """Lines that belong to some stages only, from the bytes of a file or the packaged one.

    Raises:
        EvidenceError: If a condition or a line does not exist; lists every fault.
    """
    found = read_single("article_lines.yaml", _Conditions, content).conditions
    faults = [fault for name, kept in found.items() for fault in _faults(name, kept)]
    if faults:
        raise EvidenceError(faults)
    return found


def _faults(condition: str, kept: Kept) -> Iterator[str]:
    article = load_articles().get(condition)
    if article is None:
        yield f"article_lines.yaml: there is no article on {condition}"
        return
    for beginning in (*kept.until_seen, *kept.early):
        count = sum(text.startswith(beginning) for text in _texts(article))
        if count != 1:
            yield f"article_lines.yaml {condition}: {count} lines begin with {beginning!r}; give one"


def _texts(article: Article) -> list[str]:
    return [s.text for s in (*article.treatment, *article.outlook, *article.get_help)]
