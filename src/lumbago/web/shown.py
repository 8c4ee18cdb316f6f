"""What the pages of a check show, as plain values for the templates."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from django.template.loader import render_to_string

from lumbago.anatomy import Drawing, Mark, load_atlas
from lumbago.anatomy.figure import figure_markup, zone_label
from lumbago.assessment import Interview
from lumbago.assessment.interview import Reply
from lumbago.assessment.questions import PROFILE, Page, Question
from lumbago.knowledge import load_knowledge
from lumbago.language.understand import Mention
from lumbago.report import in_words
from lumbago.web.replies import DROP, UNKNOWN

__all__ = ["chart", "heard_words", "shown_answers", "shown_page"]

PARTS: Mapping[str, str] = {
    "head": "Head",
    "neck": "Neck",
    "shoulder": "Shoulder",
    "arm": "Arm",
    "hand": "Hand",
    "chest": "Chest",
    "abdomen": "Tummy",
    "upper_back": "Upper back",
    "mid_back": "Mid back",
    "low_back": "Low back",
    "pelvis": "Groin and between the legs",
    "buttock": "Buttock",
    "hip": "Hip",
    "thigh": "Thigh",
    "knee": "Knee",
    "lower_leg": "Shin and front of the lower leg",
    "calf": "Calf",
    "ankle": "Ankle and heel cord",
    "foot": "Foot",
}


def chart(drawing: Drawing | None) -> dict[str, Any]:
    """The body chart: the two views, and a row of fields for every zone, by part of the body."""
    marks = drawing.marks if drawing is not None else {}
    by_part: dict[str, list[str]] = {}
    for zone in load_atlas().zones:
        for zone_id in zone.ids:
            row = _zone_row(zone_id, marks.get(zone_id, Mark()))
            by_part.setdefault(zone.part, []).append(row)
    parts = [(PARTS.get(part, part.replace("_", " ")), rows) for part, rows in by_part.items()]
    return {"front": _figure("front", drawing), "back": _figure("back", drawing), "parts": parts}


@cache
def _zone_row(zone: str, mark: Mark) -> str:
    """The fields of a zone. Few marks are possible, and a page has too many zones to write each anew."""
    shown = {"zone": zone, "label": zone_label(zone), "mark": mark, "marked": mark != Mark()}
    return render_to_string("lumbago/check/zone_row.html", shown)


def _figure(view: str, drawing: Drawing | None) -> str:
    if drawing is None:
        return _plain_figure(view)
    title = f"Where it hurts, {view} of the body"
    return figure_markup([view], drawing=drawing, title=title)  # type: ignore[list-item]  # a view


@cache
def _plain_figure(view: str) -> str:
    return figure_markup([view], title=f"{view} of the body".capitalize())  # type: ignore[list-item]  # a view


def shown_page(
    page: Page,
    replies: Mapping[str, Reply],
    errors: Mapping[str, str],
    *,
    answered: Collection[str],
) -> list[dict[str, Any]]:
    """The questions of a page with their choices; `answered` ones show what was chosen."""
    return [
        {
            "id": q.id,
            "question": q.question,
            "kind": q.kind,
            "why": q.why,
            "helper": q.who != "person",
            "words": q.words,
            "error": errors.get(q.id),
            "value": replies.get(q.id) if q.id in answered else None,
            "choices": list(_choices(q, replies.get(q.id), answered=q.id in answered)),
        }
        for q in page.questions
    ]


def _choices(question: Question, reply: Reply, *, answered: bool) -> Iterable[dict[str, Any]]:
    if question.kind == "number":
        return
    offered = {"yes": "Yes", "no": "No"} if question.kind == "yes_no" else question.choices
    chosen = {True: "yes", False: "no"}.get(reply, reply) if isinstance(reply, bool) else reply
    several = question.kind == "choices"
    for value, label in offered.items():
        picked = value in chosen if several and isinstance(chosen, list) else value == chosen
        yield {"value": value, "label": label, "checked": answered and picked}
    if not several:
        yield {
            "value": UNKNOWN,
            "label": "I don’t know",
            "checked": answered and reply is None,
        }


def heard_words(interview: Interview) -> dict[str, Any] | None:
    """What was understood from the person's words, each with its words and ways to correct it."""
    heard = interview.intake.understanding
    if heard is None:
        return None
    return {
        "items": [_heard(m, interview) for m in heard.mentions],
        "asides": [
            {"name": in_words(a.finding, "yes"), "words": a.words, "reason": a.reason}
            for a in heard.asides
        ],
        "unread": [heard.text[slice(*place)] for place in heard.not_understood],
        "age": heard.age if interview.age is None else None,
    }


def _heard(mention: Mention, interview: Interview) -> dict[str, Any]:
    finding = load_knowledge().finding(mention.finding)
    given = interview.findings.get(finding.id)
    value = {True: "yes", False: "no"}.get(given, given) if isinstance(given, bool) else given
    if finding.id in interview.rejected:
        value = DROP
    elif value is None and mention.state != "unsure":
        value = mention.value
    return {**_meant(finding.id, value), "words": mention.words}


@cache
def _meant(finding_id: str, value: str | None) -> dict[str, Any]:
    """A finding as it is understood, and the ways to correct it. It holds none of the person's words."""
    finding = load_knowledge().finding(finding_id)
    labels = finding.categories or {"yes": "Yes", "no": "No"}
    options = [{"value": v, "label": label, "checked": v == value} for v, label in labels.items()]
    options.append({"value": DROP, "label": "I did not mean that", "checked": value == DROP})
    state = {DROP: "dropped", None: "unsure", "no": "no"}.get(value, "yes")
    said = "yes" if value == DROP else value
    shown = {
        "id": finding.id,
        "name": finding.name if said is None else in_words(finding.id, said),
        "state": state,
        "danger": finding.red_flag and state != "no",
    }
    return {
        **shown,
        "summary": render_to_string("lumbago/check/chip_summary.html", shown),
        "meanings": render_to_string(
            "lumbago/check/chip_meanings.html", {**shown, "options": options}
        ),
    }


def shown_answers(interview: Interview) -> dict[str, Any]:
    """Everything that was said, in the order in which it was asked."""
    case, marks = interview.intake.case, interview.drawing.marks if interview.drawing else {}
    return {
        "age": case.age,
        "sex": case.sex,
        "places": [{"label": zone_label(z), "mark": mark} for z, mark in marks.items()],
        "regions": [load_knowledge().region_by_id[r].name for r in case.regions],
        "text": interview.text,
        "heard": heard_words(interview),
        "answered": [
            {"id": name, "name": _name(name), "answer": _answer(name, reply)}
            for name, reply in interview.asked.items()
            if name not in PROFILE or reply is not None
        ],
    }


def _name(question: str) -> str:
    names = {"age": "Age", "sex": "Sex", "region": "Place"}
    return names.get(question) or load_knowledge().finding(question).name


def _answer(question: str, reply: Reply) -> str:
    if reply is None:
        return "I don’t know"
    if reply in ("yes", "no"):
        return str(reply)
    if isinstance(reply, list):
        return ", ".join(load_knowledge().region_by_id[r].name for r in reply)
    if question in PROFILE:
        return str(reply)
    return load_knowledge().finding(question).categories[str(reply)]
