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

__all__ = [
    "Kept",
    "belongs",
    "is_at_once",
    "load_kept",
    "read_kept",
    "tells_to_book",
    "visit_words",
]

EARLY: tuple[Time, ...] = ("first_days", "weeks_to_6")
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_AT_ONCE = re.compile(r"\bemergency|\bambulance|\btoday\b|\bsame day\b|\bnow\b|\bat once\b", re.I)
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

    `until_seen` are for the time until a clinician has looked, `early` for the first six weeks; what is
    `said` by the plan in its own words need not be said again.
    """

    until_seen: tuple[str, ...] = ()
    early: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


class _Conditions(Record, frozen=True, kw_only=True):
    conditions: dict[str, Kept]


def belongs(condition: str, text: str, stage: Stage, *, urgent: bool = False) -> bool:
    """Whether a line of the condition's article belongs in a plan for the stage.

    Args:
        condition: The article's condition.
        text: The line.
        stage: Where the person stands.
        urgent: Whether the plan is about getting care, for which it is early however long it has hurt.
    """
    kept = load_kept().get(condition, Kept())
    if text.startswith(kept.said) or (stage.seen and text.startswith(kept.until_seen)):
        return False
    return urgent or stage.time in EARLY or not text.startswith(kept.early)


def visit_words(text: str, stage: Stage, *, booked: bool = False) -> str:
    """The sentences of a line on when to get help that still hold at the stage; empty if none does.

    Args:
        text: The line.
        stage: Where the person stands.
        booked: Whether the plan says already to book a visit, so that it need not be said twice.
    """
    return " ".join(s for s in _SENTENCE.split(text) if _still_holds(s, stage, booked=booked))


def is_at_once(text: str) -> bool:
    """Whether a line names help at once, as against a routine visit."""
    return _AT_ONCE.search(text) is not None


def tells_to_book(text: str) -> bool:
    """Whether a line tells of a visit to book."""
    return _BOOKS.search(text) is not None


def _still_holds(sentence: str, stage: Stage, *, booked: bool) -> bool:
    waits, books = _WAITS.search(sentence), _BOOKS.search(sentence)
    if is_at_once(sentence):
        return True
    if stage.seen:
        return not (waits or books or sentence.startswith("Otherwise"))
    if booked and books and "within" not in sentence:
        return False
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
    for beginning in (*kept.until_seen, *kept.early, *kept.said):
        count = sum(text.startswith(beginning) for text in _texts(article))
        if count != 1:
            yield f"article_lines.yaml {condition}: {count} lines begin with {beginning!r}; give one"


def _texts(article: Article) -> list[str]:
    return [s.text for s in (*article.treatment, *article.outlook, *article.get_help)]
