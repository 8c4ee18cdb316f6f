"""What the page of a plan shows, from a plan: its lines in the order in which a person needs them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from lumbago.care.advice import Section
from lumbago.care.compose import Advised, MedicineNote
from lumbago.care.evidence import Strength, Support
from lumbago.care.exercises import Exercise, exercise
from lumbago.care.plan import Plan
from lumbago.care.running_data import Criterion, injury, load_running_return
from lumbago.care.running_return import walk_run_table
from lumbago.care.stages import TIMES
from lumbago.care.text import TITLES
from lumbago.care.week_values import PARTS, Day, Item, Week
from lumbago.web.recover_exercises import moves

__all__ = ["plan_page"]

#: A word or two for a person, in place of the longer ones of the text.
STRENGTHS: Mapping[Strength, str] = {
    "for": "Recommended",
    "consider": "May help",
    "against": "Advised against",
    "insufficient": "Not shown to help",
    "disputed": "Studies disagree",
    "published": "From studies",
    "teaching": "Usual teaching",
}
SAYS: Mapping[str, str] = {
    "for": "recommends it",
    "consider": "says that it may be tried",
    "against": "advises against it",
    "insufficient": "finds it not known well enough",
    "supported": "studies support it",
    "partly_supported": "partly right",
    "outdated": "out of date",
    "conflicting": "studies disagree",
    "wrong": "not so",
}
CHECKED: Mapping[str, str] = {
    "seen": "read where it is published",
    "recalled": "known from the literature, not read again",
    "elicited": "our judgement",
}
#: Sections before the week, and after it.
BEFORE: tuple[Section, ...] = ("until_then", "not_meanwhile", "today")
AFTER: tuple[Section, ...] = (
    *("helps", "treatment", "not_worth", "ask", "not_ask", "medicines"),
    *("work", "positions", "expect", "look_again", "help_now"),
)


def plan_page(plan: Plan, today: date) -> dict[str, Any]:
    """The plan as plain values."""
    return {
        "plan": plan,
        "time": TIMES[plan.stage.time],
        "now": list(_sections(plan, BEFORE)),
        "details": list(_sections(plan, AFTER)),
        "help_now": [_line(line) for line in plan.section("help_now")],
        "week": None if plan.week is None else _week(plan.week, today),
        "exercises": _exercises(plan),
        "spare": _spare(plan),
        "left_out": _left_out(plan),
        "medicines": [_medicine(note) for note in plan.medicines],
        "others": [(c, round(100 * (c.probability or 0))) for c in plan.others],
        "running": None if plan.running is None else _running(plan.running),
        "kinds": list(STRENGTHS.items()),
    }


def _sections(plan: Plan, names: Iterable[Section]) -> Iterator[dict[str, Any]]:
    for name in names:
        lines = plan.section(name)
        if lines:
            yield {"id": name, "title": TITLES[name], "lines": [_line(line) for line in lines]}


def _line(line: Advised) -> dict[str, Any]:
    return {
        "text": line.text,
        "strength": line.strength,
        "word": STRENGTHS[line.strength],
        "disagreement": line.disagreement,
        "supports": [_support(s) for s in line.supports],
    }


def _support(s: Support) -> dict[str, Any]:
    about = s.about.replace("_", " ")
    return {
        "kind": s.kind,
        "id": s.id,
        "about": about[:1].upper() + about[1:],
        "says": SAYS.get(s.says, ""),
        "effect": s.effect,
        "citation": s.citation,
        "checked": CHECKED[s.checked],
    }


def _medicine(note: MedicineNote) -> dict[str, Any]:
    return {"note": note, "supports": [_support(s) for s in note.supports]}


def _week(week: Week, today: date) -> dict[str, Any]:
    monday = today - timedelta(days=today.weekday())
    days = [_day(d, monday + timedelta(days=n), today) for n, d in enumerate(week.days)]
    return {
        "number": week.number,
        "days": days,
        "today": next(d for d in days if d["today"]),
        "minutes": max(d["minutes"] for d in days),
        "everyday": [exercise(name) for name in week.choice.everyday],
    }


def _day(day: Day, on: date, today: date) -> dict[str, Any]:
    return {
        "name": day.day.capitalize(),
        "date": on,
        "today": on == today,
        "minutes": _minutes(day.minutes),
        "items": [_item(item) for item in day.items],
    }


def _minutes(minutes: float) -> int:
    """Whole minutes, upwards: nobody plans half a minute."""
    return int(-(-minutes // 1))


def _item(item: Item) -> dict[str, Any]:
    return {
        "exercise": item.exercise,
        "name": item.name,
        "part": PARTS[item.part],
        "words": item.in_words,
    }


def _exercises(plan: Plan) -> list[dict[str, Any]]:
    """The exercises of the week, or of the plan where there is no week, each once."""
    days = plan.week.days if plan.week else ()
    why = {e.id: e.why for e in plan.exercises}
    doses: dict[str, Item] = {}
    for day in days:
        for item in day.items:
            doses.setdefault(item.exercise, item)
    return [
        {
            "exercise": exercise(name),
            "words": doses[name].in_words if name in doses else "",
            "days": sum(day.has(name) for day in days),
            "moves": moves(name),
            "why": why.get(name, ""),
        }
        for name in list(doses) or [e.id for e in plan.exercises]
    ]


def _spare(plan: Plan) -> list[Exercise]:
    """Exercises that suit as well and are not in the week."""
    week = plan.week
    if week is None:
        return []
    used = {item.exercise for day in week.days for item in day.items} | set(week.choice.everyday)
    return [
        exercise(e.id) for e in plan.exercises if e.id in week.choice.spare and e.id not in used
    ]


def _left_out(plan: Plan) -> list[tuple[Exercise, str]]:
    """What would suit and is not offered, each once, with the reason."""
    reasons = {e.id: e.why for e in plan.left_out}
    for left in plan.week.choice.left_out if plan.week else ():
        reasons.setdefault(left.exercise, left.reason)
    return [(exercise(name), why) for name, why in reasons.items()]


def _running(injury_id: str) -> dict[str, Any]:
    """The stages on the way back to running, each with the tests that lead to the next."""
    criteria = {c.id: c for c in load_running_return().criteria}
    return {
        "stages": [
            {"name": s.name, "todo": s.todo, "tests": [_test(criteria[c]) for c in s.to_leave]}
            for s in injury(injury_id).stages
        ],
        "table": walk_run_table(injury_id),
    }


def _test(criterion: Criterion) -> str:
    least = "" if criterion.at_least is None else f" At least {criterion.at_least:g}."
    return criterion.ask + least
