"""What a summary says, as plain values for the page and the text."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from lumbago.anatomy.figure import zone_label
from lumbago.assessment import Assessment, Interview
from lumbago.case import Case
from lumbago.knowledge import load_knowledge
from lumbago.report import in_words

__all__ = ["SECTIONS", "contents"]

#: Parts that may be left out. What to do and who it is about always stand.
SECTIONS = {
    "words": "My own words",
    "chart": "Body chart",
    "reasons": "Reasons and safety rules",
    "findings": "Findings",
    "causes": "Likely causes",
    "changes": "What would change the advice",
    "open": "Questions still open",
}
SETTINGS = {
    "public": "",
    "primary_care": "seen at a GP or physiotherapist",
    "emergency": "seen in an emergency department",
    "sports_clinic": "seen in a sports clinic",
}
#: Reasons under a cause: enough for a clinician to follow it.
MOST_REASONS = 4


def contents(
    interview: Interview,
    shown: Mapping[str, Any],
    today: date,
    chosen: Collection[str] = SECTIONS,
) -> dict[str, Any]:
    """The summary of a check and its `outcome`, with the chosen sections."""
    answer = interview.assessment()
    whole: dict[str, Any] = {
        "words": (interview.text or "").strip(),
        "chart": _places(interview),
        "reasons": _reasons(answer),
        "findings": _findings(answer),
        "causes": [_cause(cause) for cause in shown["causes"]],
        "changes": shown["changes"],
        "open": [question["question"] for question in shown["open"]],
    }
    return {
        **{name: part if name in chosen else type(part)() for name, part in whole.items()},
        "date": f"{today.day} {today:%B %Y}",
        "person": _person(answer.case),
        "pain_in": "; ".join(load_knowledge().region_by_id[r].name for r in answer.case.regions),
        "setting": SETTINGS[answer.case.setting],
        "advice": {
            name: answer.disposition[name] for name in ("level", "headline", "place", "time")
        },
        "provisional": answer.disposition["provisional"],
        "out_of_scope": answer.out_of_scope,
        "open_more": shown["open_more"] if "open" in chosen else 0,
        "share_published": shown["share_published"],
        "version": shown["version"],
    }


def _person(case: Case) -> str:
    """Age and sex in words."""
    young = case.age is not None and case.age < 18
    who = {"female": "girl" if young else "woman", "male": "boy" if young else "man"}
    named = who.get(case.sex or "", "person")
    if case.age is None:
        return f"{named.capitalize()}, age not given"
    return f"{named.capitalize()} of {case.age}" + ("" if case.sex else ", sex not given")


def _places(interview: Interview) -> list[dict[str, str]]:
    """Each marked place with what is felt there."""
    marks = interview.drawing.marks if interview.drawing is not None else {}
    return [
        {
            "place": zone_label(zone),
            "felt": ", ".join(
                felt
                for felt, there in (
                    (f"pain {mark.pain} of 10", mark.pain),
                    ("numb", mark.numbness),
                    ("weak", mark.weakness),
                )
                if there
            ),
        }
        for zone, mark in marks.items()
    ]


def _reasons(answer: Assessment) -> dict[str, Any]:
    """Why this level of care, and the rules that hold with the guideline behind each."""
    k = load_knowledge()
    rules = [k.rule_by_id[name] for name in answer.disposition["rules"]]
    return {
        "because": list(answer.disposition["because"]),
        "rules": [
            {
                "id": rule.id,
                "reason": rule.reason,
                "level": k.disposition_by_id[rule.disposition].headline,
                "source": k.source_by_id[rule.source].citation,
            }
            for rule in rules
        ],
    }


def _findings(answer: Assessment) -> dict[str, list[str]]:
    """What is there and what is not, danger signs apart; then what is not sure."""
    k = load_knowledge()
    found: dict[str, list[str]] = {}
    for entry in answer.findings:
        finding, state = k.finding(entry["finding"]), entry["state"]
        if entry["origin"] == "implied":
            continue
        words = (
            in_words(finding.id, entry.get("value", "yes"))
            if state == "present"
            else in_words(finding.id, "yes")
            if finding.kind == "yes_no"
            else finding.name
        )
        danger = "danger_" if finding.red_flag and state != "unsure" else ""
        found.setdefault(f"{danger}{state}", []).append(words)
    return found


def _cause(cause: dict[str, Any]) -> dict[str, Any]:
    members = [m["name"] for m in cause["members"]] if cause["is_group"] else []
    codes = f" (ICD-10 {', '.join(cause['icd10'])})" if cause["icd10"] else ""
    return {
        "name": cause["name"],
        "sure": cause["sure"],
        "probability": cause["probability"],
        "low": cause["low"],
        "high": cause["high"],
        "clinical": f"{cause['clinical_name']}{codes}" if cause["clinical_name"] else "",
        "members": members,
        "for": [r["words"] for r in cause["for"][:MOST_REASONS]],
        "against": [r["words"] for r in cause["against"][:MOST_REASONS]],
    }
