"""Next week from this week and how it went, by rules that are data, each change with its reason.

What is not mentioned stays as it was. After a bad report (pain above 5, worse the next day, pain that moves
down the limb, a danger sign) an exercise is never more than it was; nothing ever goes past its full dose.
"""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from lumbago.care.choosing import choose
from lumbago.care.exercises import exercise, load_stop_rules
from lumbago.care.next_dose import applied, as_done
from lumbago.care.preferences import Preferences
from lumbago.care.safety import Known, excluded
from lumbago.care.stages import Time
from lumbago.care.week import arrange
from lumbago.care.week_reports import (
    Action,
    AdaptationRule,
    ExerciseReport,
    WeekReport,
    rule_for,
)
from lumbago.care.week_values import Choice, Chosen, LeftOut, Week

__all__ = ["Adapted", "Change", "adapt", "renew"]

SCHEMA = "lumbago/adapted/1"
GO_ON = "Go on like this."
EASE_OFF = "Ease off a little this week."
#: Directions of bending that can make it worse.
BENDING = ("flexion", "extension", "lateral")
STOP = "Stop all exercises and get help first."


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What happens to one exercise, by which rule and why; shares are of the full dose."""

    exercise: str
    rule: str
    action: Action
    reason: str
    source: str
    before: float
    after: float
    instead: str = ""


class Adapted(msgspec.Struct, frozen=True, kw_only=True):
    """Next week, what changed in it, and what to do about signs that came up."""

    week: Week
    changes: tuple[Change, ...]
    advice: Literal["go_on", "ease_off", "stop"]
    headline: str
    actions: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The next week and its changes as plain values."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return {"schema": SCHEMA, **plain, "week": self.week.to_dict()}


def adapt(week: Week, report: WeekReport, known: Known | None = None) -> Adapted:
    """The week after, in the light of how this one went.

    Args:
        week: The week that was done.
        report: How it went; an exercise without a report stays as it was.
        known: What is known of the person now; whatever it forbids is taken out.
    """
    reports = {e.exercise: e for e in report.exercises}
    changes: list[Change] = []
    after: list[Chosen] = []
    for c in week.choice.chosen:
        done = as_done(c, week)
        rule = rule_for(
            reports.get(c.exercise, ExerciseReport(exercise=c.exercise)),
            backs=c.backs,
            alarm=report.alarm,
        )
        new = applied(rule.do, done, week, after)
        changes.append(_change(rule, c, new))
        if new is not None:
            after.append(new)
    wishes = _wishes(week.preferences, changes)
    choice = _still_right(_choice(week, after, changes), wishes, known)
    return Adapted(
        week=arrange(week.number + 1, wishes, week.time, choice),
        changes=tuple(changes),
        actions=tuple(load_stop_rules()[name].action for name in report.signs),
        **_advice(changes, alarm=report.alarm),
    )


def renew(week: Week, conditions: Sequence[str], time: Time, known: Known) -> Week:
    """The same week chosen anew, when time has moved on or more is known; what goes on keeps its dose.

    Raises:
        UnknownIdError: If there is no such condition or time.
    """
    choice = choose(conditions, time, week.preferences, known, None)
    before = {c.exercise: c for c in week.choice.chosen}
    kept = tuple(before.get(c.exercise, c) for c in choice.chosen)
    return arrange(
        week.number, week.preferences, time, msgspec.structs.replace(choice, chosen=kept)
    )


def _change(rule: AdaptationRule, before: Chosen, new: Chosen | None) -> Change:
    return Change(
        exercise=before.exercise,
        rule=rule.id,
        action=rule.do,
        reason=rule.reason,
        source=rule.source,
        before=before.share,
        after=new.share if new else 0.0,
        instead=new.exercise if new and new.exercise != before.exercise else "",
    )


def _choice(week: Week, after: Sequence[Chosen], changes: Sequence[Change]) -> Choice:
    """Next week's exercises; what went well makes way for its harder version and stays spare."""
    standing = {c.exercise for c in after}
    grown = [c.exercise for c in changes if c.action == "progress" and c.instead]
    gone = [c for c in changes if c.exercise not in standing and c.exercise not in grown]
    return msgspec.structs.replace(
        week.choice,
        chosen=tuple(after),
        spare=tuple(n for n in (*week.choice.spare, *grown) if n not in standing),
        left_out=(*week.choice.left_out, *(LeftOut(c.exercise, c.reason) for c in gone)),
    )


def _wishes(wishes: Preferences, changes: Sequence[Change]) -> Preferences:
    """The preferences, with the directions that turned out to make it worse."""
    turned = [exercise(c.exercise).direction for c in changes if c.action == "change_direction"]
    worse = {d for d in turned if d in BENDING}
    return msgspec.structs.replace(
        wishes,
        worsens=tuple(dict.fromkeys((*wishes.worsens, *sorted(worse)))),
        eases=None if wishes.eases in worse else wishes.eases,
    )


def _still_right(choice: Choice, wishes: Preferences, known: Known | None) -> Choice:
    """Without what is forbidden now, or goes in a direction that makes it worse."""
    forbidden = excluded(known) if known is not None else {}
    gone: dict[str, LeftOut] = {}
    for name in (*(c.exercise for c in choice.chosen), *choice.spare, *choice.everyday):
        obstacle = wishes.obstacle(exercise(name))
        if name in forbidden:
            first = forbidden[name][0]
            gone[name] = LeftOut(name, first.reason, first.contraindication)
        elif obstacle is not None:
            gone[name] = LeftOut(name, obstacle)
    return Choice(
        chosen=tuple(c for c in choice.chosen if c.exercise not in gone),
        spare=tuple(n for n in choice.spare if n not in gone),
        everyday=tuple(n for n in choice.everyday if n not in gone),
        left_out=(*choice.left_out, *gone.values()),
    )


def _advice(changes: Sequence[Change], *, alarm: bool) -> dict[str, Any]:
    actions = {c.action for c in changes}
    if alarm:
        return {"advice": "stop", "headline": STOP}
    if actions & {"change_direction", "swap", "back"}:
        return {"advice": "ease_off", "headline": EASE_OFF}
    return {"advice": "go_on", "headline": GO_ON}
