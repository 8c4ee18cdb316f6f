"""The page on one condition, as plain values."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from lumbago.assessment.felt import felt_in
from lumbago.assessment.typical import Typical, feels_like, typical_findings
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.schema import Condition
from lumbago.learn import SECTIONS, Article, load_articles
from lumbago.report import in_words
from lumbago.web.library.conditions import Entry, entry
from lumbago.web.library.courses import course_rows, curves
from lumbago.web.library.felt import felt_figure
from lumbago.web.library.parts import named_parts, picture
from lumbago.web.library.sources import ShownSource, numbered
from lumbago.web.library.studies import study_groups
from lumbago.web.outcome import LEVELS

__all__ = ["article_page"]

TITLES = {
    "what_it_is": "What it is",
    "causes": "What causes it",
    "symptoms": "Symptoms",
    "found_out": "How it is found out",
    "treatment": "Treatment",
    "outlook": "Outlook",
    "prevention": "Prevention",
    "get_help": "When to get help",
}
MOST_TYPICAL = 8
MOST_ALIKE = 7
#: Levels of care at which the page begins with what to do.
AT_ONCE = ("ambulance", "emergency")


@dataclass(frozen=True)
class Said:
    """A statement with the numbers of its sources."""

    text: str
    sources: list[ShownSource]


@cache
def article_page(name: str) -> dict[str, Any]:
    """Everything that the page of a condition shows; the same for everybody, so made once."""
    condition = load_knowledge().condition_by_id[name]
    article = load_articles().get(condition.id)
    return {
        "condition": condition,
        "regions": [load_knowledge().region_by_id[r].name for r in condition.regions],
        "level": condition.disposition,
        "level_label": LEVELS[condition.disposition],
        "advice": load_knowledge().disposition_by_id[condition.disposition],
        "at_once": _at_once(condition),
        "article": article,
        **(_written(article) if article else {}),
        "typical": [] if condition.id == "something_else" else _typical(condition),
        "studies": study_groups(condition.id),
        "curves": curves(condition.id),
        "courses": course_rows(condition.id),
        "felt": felt_figure(felt_in(condition.id), f"Where {condition.name} is felt"),
        "alike": _alike(condition),
        "separated_by": [in_words(f, "yes") for f in condition.separated_by],
    }


def _at_once(condition: Condition) -> str:
    """What to do, as the end of a sentence; empty where there is time."""
    headline = load_knowledge().disposition_by_id[condition.disposition].headline
    return headline[:1].lower() + headline[1:] if condition.disposition in AT_ONCE else ""


def _written(article: Article) -> dict[str, Any]:
    sources = numbered(s for statement in article.statements for s in statement.sources)
    parts = named_parts(article.picture.drawing, article.picture.parts)
    names = ", ".join(p.label for p in parts)
    return {
        "sections": [
            {
                "id": name,
                "title": TITLES[name],
                "statements": [
                    Said(s.text, [sources[i] for i in s.sources if i in sources])
                    for s in article.section(name)
                ],
            }
            for name in SECTIONS
        ],
        "first_help": article.get_help[0].text,
        "sources": list(sources.values()),
        "sourced": sum(s.basis == "published" for s in article.statements),
        "unsourced": sum(s.basis == "consensus" for s in article.statements),
        "drawing": article.picture.drawing,
        "parts": parts,
        "picture": picture(
            article.picture.drawing,
            chosen=[p.part for p in parts],
            title=f"Drawing with {names} highlighted" if names else "Drawing of the body",
        ),
    }


def _typical(condition: Condition) -> list[dict[str, Any]]:
    return [_shown(t) for t in typical_findings(condition.id)[:MOST_TYPICAL]]


def _shown(t: Typical) -> dict[str, Any]:
    return {
        "finding": t.finding,
        "words": in_words(t.finding, t.value),
        "share": round(100 * t.share),
        "low": round(100 * t.low),
        "high": round(100 * t.high),
        "others": round(100 * t.others) or "fewer than 1",
        "rests_on": t.rests_on,
        "bar": 100 * t.share,
        "from": 100 * t.low,
        "wide": 100 * (t.high - t.low),
        "mark": 100 * t.others,
    }


def _alike(condition: Condition) -> list[Entry]:
    """Members of its group, what its typical findings also fit, and dangers that can look like it."""
    k = load_knowledge()
    same = [c.id for c in k.conditions if c.group == condition.group and condition.group]
    dangers = [c.id for c in k.conditions if c.must_not_miss and condition.id in feels_like(c.id)]
    names = dict.fromkeys([*same, *feels_like(condition.id), *dangers])
    names.pop(condition.id, None)
    return [entry(k.condition_by_id[name]) for name in list(names)[:MOST_ALIKE]]
