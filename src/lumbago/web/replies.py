"""From the fields of a posted form to replies, a drawing, and corrections of what was understood."""

from collections.abc import Mapping

from django.http import QueryDict

from lumbago.anatomy import Drawing, load_atlas
from lumbago.anatomy.drawing import Mark
from lumbago.assessment.intake import Answer, answer_value
from lumbago.assessment.interview import Reply
from lumbago.assessment.questions import Page, Question
from lumbago.errors import CaseError
from lumbago.knowledge import load_knowledge
from lumbago.language import Understanding

__all__ = ["drawing_in", "meant", "page_replies", "unanswered", "whole_years"]

UNKNOWN = "unknown"
DROP = "drop"
_PLAIN = {"yes": True, "no": False}


def page_replies(page: Page, posted: QueryDict) -> dict[str, Reply]:
    """The answers to a page; what is left out is "I don't know", or no by "no to the rest".

    Raises:
        CaseError: If a number is not one.
    """
    rest = False if posted.get("rest") == "no" else None
    return {q.id: _reply(q, posted, rest) for q in page.questions}


def _reply(question: Question, posted: QueryDict, rest: bool | None) -> Reply:
    name = f"q-{question.id}"
    if question.kind == "choices":
        return posted.getlist(name) or None
    value = posted.get(name, "")
    if question.kind == "number":
        return whole_years(value)
    if value == "" and question.kind == "yes_no":
        return rest
    return None if value in ("", UNKNOWN) else _PLAIN.get(value, value)


def unanswered(page: Page, posted: QueryDict) -> list[str]:
    """Questions of a page of which not even "I don't know" was chosen."""
    if posted.get("rest") == "no":
        return []
    return [q.id for q in page.questions if not posted.get(f"q-{q.id}")]


def whole_years(typed: str) -> int | None:
    """An age as typed; None if nothing was.

    Raises:
        CaseError: If it is not a whole number from 0 to 120.
    """
    typed = typed.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 3 and int(typed) <= 120):
        raise CaseError("Type the age in whole years, from 0 to 120, for example 42.")
    return int(typed)


def drawing_in(posted: QueryDict) -> Drawing | None:
    """The body chart as marked; None if nothing is.

    Raises:
        CaseError: If a pain is not a whole number from 0 to 10.
    """
    marks = {}
    for zone in load_atlas().zone_by_id:
        typed = posted.get(f"pain-{zone}", "").strip() or "0"
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 2 and int(typed) <= 10):
            raise CaseError("Pain is a whole number from 0 to 10, for example 6.")
        mark = Mark(int(typed), f"numb-{zone}" in posted, f"weak-{zone}" in posted)
        if mark != Mark():
            marks[zone] = mark
    return Drawing(marks) if marks else None


def meant(heard: Understanding, posted: QueryDict) -> tuple[Mapping[str, Answer], tuple[str, ...]]:
    """What the person says that their words mean, where it is not what was understood.

    Returns:
        Findings with the answer that they give instead, and findings that they did not mean.

    Raises:
        CaseError: If a finding has no such answer.
    """
    changed: dict[str, Answer] = {}
    dropped = []
    for mention in heard.mentions:
        value = posted.get(f"mean-{mention.finding}", "")
        if value == DROP:
            dropped.append(mention.finding)
        elif value and (value != mention.value or mention.state == "unsure"):
            answer = _PLAIN.get(value, value)
            answer_value(load_knowledge().finding(mention.finding), answer)
            changed[mention.finding] = answer
    return changed, tuple(dropped)
