"""What studies and guidelines say about treatments, as rows with a small picture of each effect."""

from collections import defaultdict
from dataclasses import dataclass

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.care import Treatment
from lumbago.web.library.sources import CHECKED, short_name, source_link

__all__ = ["StudyGroup", "StudyRow", "study_groups", "study_row"]

RECOMMENDATIONS = {
    "for": "Recommended",
    "consider": "Worth considering",
    "insufficient": "Not enough known",
    "against": "Advised against",
}
LEANS = {"better": "better than", "worse": "worse than", "unclear": "no clear difference from"}


@dataclass(frozen=True)
class StudyRow:
    """One row of evidence on a treatment.

    `bar` is the interval on a scale from 0 (worse) over 50 (no difference) to 100 (better).
    """

    id: str
    intervention: str
    topic: str
    source: str
    link: str
    checked: str
    effect: str
    leaning: str
    leans: str
    bar: dict[str, float] | None


@dataclass(frozen=True)
class StudyGroup:
    """Rows that share a recommendation."""

    id: str
    title: str
    rows: list[StudyRow]


def study_groups(condition: str) -> list[StudyGroup]:
    """What guidelines and trials say about treating a condition, from for to against."""
    found: dict[str, list[StudyRow]] = defaultdict(list)
    for treatment in load_knowledge().care.treatments_for(condition):
        found[treatment.recommendation].append(study_row(treatment))
    return [
        StudyGroup(name, title, sorted(found[name], key=lambda row: row.intervention.lower()))
        for name, title in RECOMMENDATIONS.items()
        if name in found
    ]


def study_row(t: Treatment) -> StudyRow:
    """A treatment as a row of a table."""
    source = load_knowledge().source_by_id[t.source]
    effect = leaning = ""
    if t.effect is not None:
        effect = f"{t.effect:g} ({t.effect_low:g} to {t.effect_high:g}), {t.effect_unit}"
        leaning = f"{LEANS[t.leans]} {t.comparator}" if t.leans else f"compared with {t.comparator}"
    return StudyRow(
        id=t.id,
        intervention=t.intervention[:1].upper() + t.intervention[1:],
        topic=load_knowledge().care.topic_by_id[t.topic].name,
        source=short_name(source),
        link=source_link(source) or t.url,
        checked=CHECKED[t.checked],
        effect=effect,
        leaning=leaning,
        leans=t.leans or "",
        bar=_bar(t),
    )


def _bar(t: Treatment) -> dict[str, float] | None:
    """Where an interval lies between worse and better; its longer arm spans four fifths of the way."""
    if t.effect is None or t.effect_low is None or t.effect_high is None or t.better is None:
        return None
    sign = 1 if t.better == "higher" else -1
    arms = [sign * (x - t.no_difference) for x in (t.effect_low, t.effect, t.effect_high)]
    scale = 40 / (max(map(abs, arms)) or 1)
    low, at, high = (50 + scale * arm for arm in arms)
    return {"from": min(low, high), "wide": max(abs(high - low), 1.5), "at": at}
