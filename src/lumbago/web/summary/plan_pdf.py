"""A plan on paper, with the pictures of its exercises. Words reach the typesetter as data, never as source."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from lumbago.care.exercises import load_stop_rules
from lumbago.care.pictures import exercise_still_svg

__all__ = ["plan_pdf"]


def plan_pdf(page: Mapping[str, Any], today: date, eased: str = "") -> bytes:
    """A plan as a PDF of A4 pages.

    Args:
        page: What `recover_plan_page.plan_page` gives.
        today: The day that stands on it.
        eased: How much of the usual week its week is after a flare, in words; empty if all of it.
    """
    data = json.dumps({**_contents(page, today), "eased": eased})
    return bytes(
        typst.compile(_template(), font_paths=_fonts(), sys_inputs={"data": data}, format="pdf")
    )


@cache
def _template() -> bytes:
    return (files("lumbago.web.summary") / "plan.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _contents(page: Mapping[str, Any], today: date) -> dict[str, Any]:
    plan = page["plan"]
    return {
        "date": f"{today.day} {today:%B %Y}",
        "name": plan.name,
        "stage": plan.stage.name,
        "level": plan.level,
        "urgent": plan.urgent,
        "headline": plan.headline,
        "place": plan.place,
        "when": plan.when,
        "because": list(plan.because) if plan.urgent else [],
        "warn": plan.level != "self_care" and (plan.urgent or not plan.stage.seen),
        "provisional": bool(plan.open_questions),
        "causes": [c.name for c in plan.causes],
        "now": [_section(s) for s in page["now"]],
        "details": [_section(s) for s in page["details"] if s["id"] != "help_now"],
        "help": [line["text"] for line in page["help_now"]],
        "week": _week(page),
        "exercises": [_exercise(x) for x in page["exercises"]],
        "medicines": [_medicine(m["note"]) for m in page["medicines"]],
        "version": plan.knowledge_version,
    }


def _section(section: Mapping[str, Any]) -> dict[str, Any]:
    lines = [
        {
            "text": line["text"],
            "word": line["word"],
            "from": list(dict.fromkeys(s["citation"] for s in line["supports"])),
        }
        for line in section["lines"]
    ]
    return {"id": section["id"], "title": section["title"], "lines": lines}


def _week(page: Mapping[str, Any]) -> list[dict[str, Any]]:
    if page["week"] is None:
        return []
    return [
        {
            "name": day["name"],
            "minutes": day["minutes"],
            "items": [{"name": i["name"], "words": i["words"]} for i in day["items"]],
        }
        for day in page["week"]["days"]
    ]


def _exercise(shown: Mapping[str, Any]) -> dict[str, Any]:
    e = shown["exercise"]
    rules = [load_stop_rules()[name] for name in e.stop_rules]
    return {
        "name": e.name,
        "words": shown["words"],
        "days": shown["days"],
        "why": shown["why"],
        "start": e.start,
        "steps": list(e.steps),
        "stop": [f"{rule.sign}." for rule in rules],
        "picture": exercise_still_svg(e.id),
    }


def _medicine(note: Any) -> dict[str, Any]:
    return {
        "name": note.name,
        "words": note.words,
        "never": list(note.never),
        "ask": list(note.ask),
        "for_you": list(note.for_you),
    }
