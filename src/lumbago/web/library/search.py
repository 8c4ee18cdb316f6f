"""Search over conditions, parts of the body, myths, findings and sources, in memory.

Words are matched by their stems and by their beginnings, names before texts. Where they find nothing but
studies, the nearest words of names are tried, so that a slip of the finger finds what was meant.
"""

import difflib
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from threading import Lock

from lumbago.knowledge import load_knowledge
from lumbago.learn import load_articles
from lumbago.web.library.conditions import called, entry
from lumbago.web.library.parts import drawn_parts

__all__ = ["Document", "FoundGroup", "Results", "search"]

#: What is found, with its heading and how many of it are shown.
KINDS = {
    "condition": ("Conditions", 8),
    "part": ("Parts of the body", 6),
    "myth": ("What people say", 5),
    "finding": ("Symptoms and signs", 6),
    "source": ("Studies and guidelines", 5),
}
#: How much a match counts in the name, in other names, in the summary and in the text.
WEIGHTS = (12.0, 8.0, 3.0, 1.0)
#: Words that say nothing about what is looked for.
EMPTY = re.compile(
    "a|an|and|are|at|by|do|does|for|from|have|how|i|in|is|it|my|of|on|or|the|to|what|why|with"
)
MOST_WORDS = 8
LONGEST = 100
TABLES = ("stems", "words")


@dataclass(frozen=True)
class Document:
    """Something that can be found. `place` is what its page needs besides the id: a drawing, an address."""

    kind: str
    id: str
    name: str
    others: str = ""
    summary: str = ""
    text: str = ""
    place: str = ""
    level: str = ""


@dataclass(frozen=True)
class FoundGroup:
    """Results of one kind."""

    title: str
    kind: str
    found: list[Document]
    more: int


@dataclass(frozen=True)
class Results:
    """What was found; `instead` are the words that were searched for where the given ones find nothing."""

    words: str
    instead: str
    groups: list[FoundGroup]


def search(words: str) -> Results:
    """What the words find, by kind, best first."""
    terms = _terms(words)
    instead = ""
    found = _ranked(terms)
    if all(d.kind == "source" for d in found):
        mended = [_nearest(term) for term in terms]
        better = _ranked(mended) if mended != terms else []
        found, instead = (better, " ".join(mended)) if better else (found, "")
    found = _named(instead or words) + found
    groups = [
        FoundGroup(title, kind, of_kind[:most], max(0, len(of_kind) - most))
        for kind, (title, most) in KINDS.items()
        if (of_kind := [d for d in dict.fromkeys(found) if d.kind == kind])
    ]
    return Results(words[:LONGEST].strip(), instead, groups)


def _named(words: str) -> list[Document]:
    """The condition that is called just so."""
    condition = called(words)
    return [
        d for d in _index().documents if condition and (d.kind, d.id) == ("condition", condition.id)
    ]


def _terms(words: str) -> list[str]:
    found = re.findall(r"[^\W_]+", words[:LONGEST].lower())
    telling = [word for word in found if not EMPTY.fullmatch(word)]
    return (telling or found)[:MOST_WORDS]


def _ranked(terms: list[str]) -> list[Document]:
    """Documents with all the terms; if there are none, with any of them."""
    if not terms:
        return []
    quoted = [f'"{term}"*' for term in terms]
    return _matching(" AND ".join(quoted)) or _matching(" OR ".join(quoted))


def _matching(query: str) -> list[Document]:
    index = _index()
    best: dict[int, float] = {}
    weights = ", ".join(map(str, WEIGHTS))
    with index.lock:
        for table in TABLES:
            rows = index.database.execute(
                f"SELECT rowid, bm25({table}, {weights}) FROM {table} WHERE {table} MATCH ?",
                (query,),
            )
            for number, rank in rows:
                best[number] = min(rank, best.get(number, 0.0))
    return [index.documents[number] for number in sorted(best, key=lambda n: best[n])]


def _nearest(term: str) -> str:
    near = difflib.get_close_matches(term, _index().vocabulary, n=1, cutoff=0.7)
    return near[0] if near else term


@dataclass(frozen=True)
class _Index:
    database: sqlite3.Connection
    documents: list[Document]
    vocabulary: list[str]
    lock: Lock


@cache
def _index() -> _Index:
    """The index, built when something is first looked for; a lock lets threads share it."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    documents = list(_documents())
    for table, tokenizer in zip(TABLES, ("porter unicode61", "unicode61"), strict=True):
        database.execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5(name, others, summary, body, "
            f"tokenize='{tokenizer} remove_diacritics 2', prefix='2 3 4')"
        )
        database.executemany(
            f"INSERT INTO {table}(rowid, name, others, summary, body) VALUES (?, ?, ?, ?, ?)",
            ((n, d.name, d.others, d.summary, d.text) for n, d in enumerate(documents)),
        )
    names = " ".join(f"{d.name} {d.others}" for d in documents if d.kind != "source").lower()
    vocabulary = sorted({word for word in re.findall(r"[^\W\d_]+", names) if len(word) > 3})
    return _Index(database, documents, vocabulary, Lock())


def _documents() -> Iterator[Document]:
    yield from _conditions()
    yield from _parts()
    k = load_knowledge()
    for c in k.care.claims:
        yield Document("myth", c.id, c.claim, summary=c.what_we_know, text=c.figures)
    for f in k.findings:
        yield Document("finding", f.id, f.name, summary=f.question, text=f.why)
    for s in k.sources:
        yield Document("source", s.id, s.citation, summary=s.year, text=s.note)


def _conditions() -> Iterator[Document]:
    for c in load_knowledge().conditions:
        article, shown = load_articles().get(c.id), entry(c)
        said = [s.text for s in article.statements] if article else []
        others = [c.clinical_name, *c.aliases, *(article.words if article else [])]
        yield Document(
            "condition",
            c.id,
            c.name,
            others="; ".join(others),
            summary=shown.summary,
            text=" ".join([c.description, *said]),
            level=shown.level,
        )


def _parts() -> Iterator[Document]:
    """Each part once, in the first drawing that shows it."""
    known: set[str] = set()
    for part in drawn_parts():
        if part.part not in known:
            known.add(part.part)
            yield Document(
                "part",
                part.part,
                part.label,
                others=part.part.replace("_", " "),
                summary=part.what_it_does,
                text=part.how_it_hurts,
                place=part.drawing,
            )
