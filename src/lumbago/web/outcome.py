"""What the result page and its summaries show, from an assessment."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.urls import reverse

from lumbago.anatomy.figure import felt_markup
from lumbago.assessment import Interview
from lumbago.assessment.felt import felt_in
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.schema import DISPOSITIONS
from lumbago.learn import load_articles
from lumbago.report import in_words, nothing_faster

__all__ = ["how_sure", "outcome", "where_felt"]

MOST_CAUSES = 5
MOST_REASONS = 8
MOST_OPEN = 8
MOST_OUTLOOK = 2
#: Least weight (natural log of a likelihood ratio) that fills a bar: a ratio of about 7.
FULL_WEIGHT = 2.0
#: Least probability for each word; people read words and numbers together more rightly than either alone.
WORDS = (
    (0.9, "very likely"),
    (0.6, "likely"),
    (0.3, "quite possible"),
    (0.1, "possible"),
    (0.03, "less likely"),
    (0.0, "unlikely"),
)
LEVELS: Mapping[str, str] = {
    "ambulance": "Ambulance",
    "emergency": "Emergency",
    "urgent": "Today",
    "soon": "Two weeks",
    "routine": "Routine",
    "self_care": "Self-care",
}


def how_sure(probability: float) -> str:
    """A probability in a word or two, such as "quite possible"."""
    return next(word for least, word in WORDS if probability >= least)


def outcome(interview: Interview) -> dict[str, Any]:
    """The result as plain values, in the order in which a person needs it."""
    answer = interview.assessment()
    data = answer.to_dict()
    return {
        "disposition": data["disposition"],
        "levels": [{"id": level, "label": LEVELS[level]} for level in DISPOSITIONS],
        "out_of_scope": data["out_of_scope"],
        "nothing_faster": nothing_faster(data),
        "causes": [] if data["out_of_scope"] else list(_causes(data, _side(interview))),
        "watch": [in_words(f, "yes") for f in data["watch_for"]["findings"][:MOST_REASONS]],
        "recheck": data["watch_for"]["recheck"],
        "changes": [_change(c) for c in data["would_change"]],
        "open": data["unresolved"][:MOST_OPEN],
        "open_more": max(0, len(data["unresolved"]) - MOST_OPEN),
        "share_published": data["evidence_share_published"],
        "version": data["knowledge_version"],
    }


def _causes(data: dict[str, Any], side: str) -> Iterable[dict[str, Any]]:
    """Groups whose members cannot be told apart, and single causes, likeliest first."""
    groups = {g["group"]: g for g in data["groups"] if len(g["members"]) > 1}
    shown: dict[str, dict[str, Any]] = {}
    for cause in data["differential"]:
        group = groups.get(cause["group"] or "")
        key = group["group"] if group else cause["condition"]
        if key in shown:
            shown[key]["members"].append(_member(cause))
        elif len(shown) < MOST_CAUSES:
            shown[key] = _cause(cause, group, side)
    return shown.values()


def _cause(cause: dict[str, Any], group: dict[str, Any] | None, side: str) -> dict[str, Any]:
    k = load_knowledge()
    item = group or cause
    low, high = item["interval"]
    full = max([FULL_WEIGHT, *(abs(r["weight"]) for r in [*cause["for"], *cause["against"]])])
    condition = k.condition_by_id[cause["condition"]]
    about = k.group_by_id[group["group"]].description if group else condition.description
    return {
        "id": item.get("group") if group else cause["condition"],
        "name": item["name"],
        "is_group": group is not None,
        "about": about,
        "probability": item["probability"],
        "in_hundred": round(100 * item["probability"]),
        "low": low,
        "high": high,
        "sure": how_sure(item["probability"]),
        "condition": condition.id,
        "clinical_name": "" if group else condition.clinical_name,
        "icd10": [] if group else cause["icd10"],
        "members": [_member(cause)],
        "separated_by": [in_words(f, "yes") for f in group["separated_by"]] if group else [],
        "for": [_reason(r, full) for r in cause["for"][:MOST_REASONS]],
        "against": [_reason(r, full) for r in cause["against"][:MOST_REASONS]],
        "felt": where_felt(condition.id, side),
        "outlook": [s.text for s in load_articles()[condition.id].outlook[:MOST_OUTLOOK]],
        "spread": {
            "from": 100 * low,
            "wide": max(100 * (high - low), 0.5),
            "at": 100 * item["probability"],
        },
    }


@cache
def where_felt(condition: str, side: str) -> str:
    """A drawn map of where people with a condition feel it, on that side."""
    name = load_knowledge().condition_by_id[condition].name
    return felt_markup(felt_in(condition, side), title=f"Where {name.lower()} is felt")


def _member(cause: dict[str, Any]) -> dict[str, Any]:
    return {k: cause[k] for k in ("condition", "name", "probability")}


def _reason(reason: dict[str, Any], full: float) -> dict[str, Any]:
    return {
        "link": _evidence_of(reason["finding"]),
        "words": in_words(reason["finding"], reason["value"]),
        "weight": reason["weight"],
        "bar": round(100 * abs(reason["weight"]) / full),
    }


@cache
def _evidence_of(finding: str) -> str:
    return reverse("evidence_item", args=["finding", finding])


def _change(change: dict[str, Any]) -> dict[str, Any]:
    words = load_knowledge().disposition_by_id[change["to"]]
    findings = [in_words(f, value) for f, value in change["findings"].items()]
    return {"findings": findings, "to": change["to"], "headline": words.headline}


def _side(interview: Interview) -> str:
    """The side that was marked, for the pictures; right if both or none."""
    marks = interview.drawing.marks if interview.drawing else {}
    left = sum(zone.startswith("left_") for zone in marks)
    return "left" if left > len(marks) - left else "right"
