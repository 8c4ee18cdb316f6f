"""Faults that show when the articles are held against the evidence and the drawings."""

import re
from collections.abc import Collection, Iterator, Mapping

from lumbago.knowledge import Knowledge
from lumbago.learn.articles import SECTIONS, Article, Statement

__all__ = ["article_faults", "has_statistic"]

LONGEST_SUMMARY = 160
STATEMENTS = range(2, 8)

_NUMBER = r"(?:\d[\d.,]*|half|one|two|three|four|five|six|seven|eight|nine)"
_WHOLE = r"(?:\d[\d,]*|ten|twenty|(?:a )?hundred|(?:a )?thousand)"
#: Shares of people in any wording: 40%, 6 in 10, one of every hundred. "Two in 6 weeks" is none.
_STATISTIC = re.compile(
    rf"\d\s*(?:%|per ?cent)|\b{_NUMBER} (?:in|out of|of) (?:every )?{_WHOLE}\b"
    r"(?! (?:second|minute|hour|day|week|month|year|metre|step)s?)|\bodds\b",
    re.IGNORECASE,
)
#: What the last section must say for the level of care that a condition usually needs.
_HELP = {
    "ambulance": re.compile(
        r"\bemergency number\b.{0,40}\bnow\b|\bambulance\b.{0,20}\bnow\b", re.I
    ),
    "emergency": re.compile(r"\bemergency\b.{0,40}\bnow\b|\bnow\b.{0,40}\bemergency\b", re.I),
    "urgent": re.compile(r"\btoday\b|\bsame day\b|\bnow\b", re.I),
    "soon": re.compile(r"\btoday\b|\bsame day\b|\bnow\b|\b(?:two|2) weeks\b|\bthis week\b", re.I),
}


def article_faults(
    articles: Mapping[str, Article], knowledge: Knowledge, parts: Mapping[str, Collection[str]]
) -> list[str]:
    """Every fault of every article, each with where it is.

    Args:
        parts: Names of the parts of each drawing.
    """
    conditions = {c.id for c in knowledge.conditions}
    faults = [f"{c}.yaml: there is no article on {c}" for c in sorted(conditions - set(articles))]
    for name, article in articles.items():
        where = f"{name}.yaml"
        if name not in conditions:
            faults.append(f"{where}: unknown condition {name}")
            continue
        found = (
            *_picture_faults(article, parts),
            *_section_faults(article),
            *_source_faults(article, knowledge),
            *_help_faults(article, knowledge),
        )
        faults += [f"{where}: {fault}" for fault in found]
    return faults


def has_statistic(text: str) -> bool:
    """Whether a sentence states a share of people or odds, which needs a source."""
    return _STATISTIC.search(text) is not None


def _picture_faults(article: Article, parts: Mapping[str, Collection[str]]) -> Iterator[str]:
    drawing = article.picture.drawing
    if drawing not in parts:
        yield f"picture: unknown drawing {drawing}"
        return
    for part in article.picture.parts:
        if part not in parts[drawing]:
            yield f"picture: {drawing} has no part {part}"


def _section_faults(article: Article) -> Iterator[str]:
    if not 0 < len(article.summary.strip()) <= LONGEST_SUMMARY:
        yield f"summary: has {len(article.summary)} characters; 1 to {LONGEST_SUMMARY} are good"
    for name in SECTIONS:
        statements = article.section(name)
        if len(statements) not in STATEMENTS:
            yield f"{name}: has {len(statements)} statements; {STATEMENTS[0]} to {STATEMENTS[-1]} are good"
        for number, statement in enumerate(statements, start=1):
            yield from (f"{name} {number}: {fault}" for fault in _statement_faults(statement))


def _statement_faults(statement: Statement) -> Iterator[str]:
    if not statement.text.strip():
        yield "is empty"
    if statement.basis == "published" and not statement.sources:
        yield "is published but names no source"
    if statement.basis == "published" and statement.checked == "elicited":
        yield "is published, so it was seen or recalled, not elicited"
    if statement.basis == "consensus" and has_statistic(statement.text):
        yield "states a statistic, so it must be published and name its source"


def _source_faults(article: Article, knowledge: Knowledge) -> Iterator[str]:
    for statement in article.statements:
        for source in statement.sources:
            if source not in knowledge.source_by_id:
                yield f"unknown source {source}"


def _help_faults(article: Article, knowledge: Knowledge) -> Iterator[str]:
    level = knowledge.condition_by_id[article.condition].disposition
    wanted = _HELP.get(level)
    if wanted and not any(wanted.search(s.text) for s in article.get_help):
        yield f"get_help: does not say what {level} asks for"
