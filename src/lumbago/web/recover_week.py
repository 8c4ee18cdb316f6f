"""From a week's check-ins and answers to the week after, and into the plan."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, QueryDict

from lumbago.assessment import Interview
from lumbago.care.adapt import Adapted, adapt
from lumbago.care.exercises import load_exercises
from lumbago.care.prescribe import known_in
from lumbago.care.situation import situation_from
from lumbago.care.week_reports import ExerciseReport, WeekReport
from lumbago.care.week_values import Week
from lumbago.progress import Diary
from lumbago.web import record
from lumbago.web.recover import Wishes
from lumbago.web.recover_flare import Now

__all__ = ["ANSWERS", "adapted", "changes_shown", "ready", "rows", "take"]

WEEK = timedelta(days=7)
#: How an exercise went: words, and what they report.
ANSWERS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "": ("Not sure, or not done", {}),
    "well": (
        "Well: little or no pain",
        {"pain_during": 1.0, "worse_next_day": False, "effort": 5.0},
    ),
    "hard": ("Well, but hard work", {"pain_during": 1.0, "worse_next_day": False, "effort": 8.0}),
    "some": ("Some pain (3 to 5), gone by the next day", {"pain_during": 4.0}),
    "sore": ("It hurt above 5 of 10", {"pain_during": 7.0}),
    "worse": ("I was worse the next day", {"worse_next_day": True}),
    "down": ("The pain moved further down the leg or arm", {"spread": "down"}),
    "back": ("The pain drew back towards the spine", {"spread": "back"}),
}
DOES: Mapping[str, str] = {
    "stop": "stops",
    "change_direction": "left out",
    "swap": "something easier",
    "back": "less",
    "hold": "the same",
    "progress": "a little more",
}


def ready(found: Now) -> int | None:
    """The number of the week that is over and can be looked at; None if there is none.

    A week that a flare made easier tells nothing of the usual one, which begins anew after it.
    """
    kept = found.usual
    if kept is None or kept.plan.week is None:
        return None
    since = max(kept.on, found.usual_since or kept.on)
    return kept.plan.week.number if found.today - since >= WEEK else None


def rows(week: Week, diary: Diary, today: date, posted: QueryDict) -> list[dict[str, Any]]:
    """The exercises of the week: how often planned and done, and how they went as far as was said."""
    recent = [c for c in diary.check_ins if today - WEEK < c.day <= today]
    planned = {
        c.exercise: sum(day.has(c.exercise) for day in week.days) for c in week.choice.chosen
    }
    found = []
    for name, count in planned.items():
        done = len({c.day for c in recent if name in c.exercises})
        answer = posted.get(f"went-{name}", "")
        found.append(
            {
                "id": name,
                "name": load_exercises()[name].name,
                "planned": count,
                "done": done,
                "answer": answer if answer in ANSWERS else "",
            }
        )
    return [row for row in found if row["planned"]]


def adapted(
    week: Week, answered: Sequence[Mapping[str, Any]], wishes: Wishes, check: Interview | None
) -> Adapted:
    """The week after, by these answers and by what the check behind the plan knows today."""
    report = WeekReport(exercises=tuple(_report(row) for row in answered))
    if check is None:
        return adapt(week, report)
    situation = situation_from(
        check.assessment(), seen=wishes.seen, time=None, grade=None, facts=wishes.facts
    )
    return adapt(week, report, known_in(situation))


def _report(row: Mapping[str, Any]) -> ExerciseReport:
    share = min(row["done"] / row["planned"], 1.0)
    return ExerciseReport(exercise=row["id"], done=share, **ANSWERS[row["answer"]][1])


def take(request: HttpRequest, number: int, after: Week, today: date) -> None:
    """Put the next week into the kept plan, unless another window has done so already."""

    def changed(content: Mapping[str, Any] | None) -> Mapping[str, Any]:
        held = dict(content or {})
        if held.get("week", {}).get("number") != number:
            return held
        own = {**held.get("own", {}), "on": today.isoformat()}
        return {**held, "week": after.to_dict(), "own": own}

    record.change_plan(record.mine(request), changed)


def changes_shown(found: Adapted) -> list[dict[str, Any]]:
    """What happens to each exercise, and why; those to which the same happens stand together."""
    together: dict[tuple[str, ...], dict[str, Any]] = {}
    for change in found.changes:
        instead = load_exercises().get(change.instead)
        shown = {
            "does": DOES[change.action],
            "action": change.action,
            "instead": instead.name if instead else "",
            "reason": change.reason,
            "source": change.source,
        }
        row = together.setdefault(tuple(shown.values()), {**shown, "named": []})
        row["named"].append((change.exercise, load_exercises()[change.exercise].name))
    return list(together.values())
