"""A person's plan: made from a check and their wishes, and kept only if they say so.

Until it is kept, the plan is worked out anew from the check each time it is shown; the wishes wait with the
check, and go when it goes. A kept plan is an entry of the record, and keeps the check it came from.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest

from lumbago.assessment import Interview
from lumbago.care.exercises import exercise
from lumbago.care.plan import Plan, plan
from lumbago.care.preferences import Preferences
from lumbago.care.week_values import Item
from lumbago.errors import UserError
from lumbago.web import record, visits
from lumbago.web.models import Visit
from lumbago.web.people import account_of, person_of

__all__ = [
    "UNREADABLE",
    "FlareOver",
    "Kept",
    "NoPlanError",
    "Wishes",
    "can_keep",
    "draft_wishes",
    "drafted",
    "has_plan",
    "interview_of",
    "keep",
    "kept",
    "made",
    "rework",
    "todays_item",
    "wish",
]

UNREADABLE = (
    "Your plan was written by another version and cannot be shown. Make a new one from a check."
)
#: What a stored plan may lack or hold besides, where another version wrote it.
OTHER_VERSION = (UserError, AttributeError, LookupError, TypeError, ValueError)


class NoPlanError(UserError):
    """There is no plan here."""


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says before a plan is made.

    Attributes:
        preferences: What a week has to fit.
        seen: Whether a clinician has looked at this pain.
        facts: What exercises depend on and no finding holds, "yes" by id.
    """

    preferences: Preferences = Preferences()
    seen: bool = False
    facts: Mapping[str, str] = msgspec.field(default_factory=dict)


class FlareOver(msgspec.Struct, frozen=True, kw_only=True):
    """That the person went back to the usual week by themselves: on which day, and the moment of it."""

    day: date
    at: datetime


@dataclass(frozen=True)
class Kept:
    """A plan in the record.

    Attributes:
        check: Number of the check that it was made from.
        on: Day on which it was made or last changed by the person.
        flare_over: When the person ended the easier weeks after a flare, if they did.
    """

    plan: Plan
    wishes: Wishes
    check: str
    on: date
    flare_over: FlareOver | None = None


def made(interview: Interview, wishes: Wishes) -> Plan:
    """The plan for a check and these wishes."""
    return plan(
        interview.assessment(), wishes.preferences, seen=wishes.seen, facts=dict(wishes.facts)
    )


def wish(request: HttpRequest, wishes: Wishes) -> None:
    """Remember wishes with the check under way: whenever it is deleted, they are."""
    number = visits.current(request).visit.pk
    # Not by `save`, which would make the check look newer than its answers are.
    Visit.objects.filter(pk=number).update(wishes=msgspec.json.encode(wishes).decode())


def draft_wishes(request: HttpRequest) -> Wishes | None:
    """The wishes for the check under way; None if nothing was said yet."""
    visit = Visit.objects.filter(pk=request.session.get(visits.CURRENT)).first()
    return _wishes(json.loads(visit.wishes)) if visit is not None and visit.wishes else None


def drafted(request: HttpRequest) -> Plan | None:
    """The plan of the check under way, once the wishes for it are known."""
    wishes = draft_wishes(request)
    return None if wishes is None else made(visits.current(request).interview, wishes)


def can_keep(request: HttpRequest) -> bool:
    """Whether there is a record here to keep a plan in."""
    return bool(settings.ENVIRONMENT.own_machine) or account_of(request) is not None


def keep(request: HttpRequest) -> None:
    """Put the plan of the check under way into the record, and keep the check.

    Raises:
        NoPlanError: If there is none to keep.
    """
    wishes = draft_wishes(request)
    if wishes is None:
        raise NoPlanError("There is no plan to keep. Please make one first.")
    step = visits.current(request)
    own = record.mine(request)
    content = _content(made(step.interview, wishes), wishes, str(step.visit.pk))
    record.change_plan(own, lambda before: _going_on(before, content))
    visits.keep(request, wanted=True)
    Visit.objects.filter(pk=step.visit.pk).update(wishes="")


def rework(request: HttpRequest, wishes: Wishes) -> None:
    """Make the kept plan anew from its own check with other wishes.

    Raises:
        NoPlanError: If there is no kept plan, or its check is gone.
    """
    held = kept(request)
    interview = None if held is None else interview_of(request, held)
    if held is None or interview is None:
        raise NoPlanError(
            "The check behind this plan is not here any more. Please start a new one."
        )
    content = _content(made(interview, wishes), wishes, held.check)
    record.change_plan(record.mine(request), lambda before: _going_on(before, content))


def interview_of(request: HttpRequest, held: Kept) -> Interview | None:
    """The check that a kept plan was made from, if it is still here and can be read."""
    found = visits.of_browser(request).filter(pk=held.check).first() if held.check else None
    return None if found is None else _interview(found)


def _interview(visit: Visit) -> Interview | None:
    try:
        return Interview.from_dict(json.loads(visit.interview))
    except (UserError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None  # it was stored with other evidence and no longer fits


def kept(request: HttpRequest) -> Kept | None:
    """The plan in the record of whoever asks.

    Raises:
        NoPlanError: If it is there and cannot be read.
    """
    stored = record.plan(record.mine(request)) if person_of(request) is not None else None
    if stored is None:
        return None
    try:
        return _read(stored)
    except OTHER_VERSION:
        raise NoPlanError(UNREADABLE) from None


def _read(stored: record.Stored) -> Kept:
    content = dict(stored.content)
    found, own = msgspec.convert(content, Plan), content.get("own") or {}
    for name in _exercises_of(found):
        exercise(name)  # one that is gone since could not be shown
    over = own.get("flare_over")
    return Kept(
        found,
        _wishes(own.get("wishes")) or Wishes(),
        str(own.get("check", "")),
        date.fromisoformat(own["on"]) if "on" in own else stored.made.date(),
        None if over is None else msgspec.convert(over, FlareOver),
    )


def _exercises_of(found: Plan) -> Iterator[str]:
    """The ids of all exercises that a plan names."""
    yield from (e.id for e in (*found.exercises, *found.left_out))
    if found.week is not None:
        choice = found.week.choice
        yield from (item.exercise for day in found.week.days for item in day.items)
        yield from (c.exercise for c in choice.chosen)
        yield from (left.exercise for left in choice.left_out)
        yield from (*choice.spare, *choice.everyday)
    if found.flare is not None:
        yield from (name for phase in found.flare.phases for name in phase.exercises)


def has_plan(request: HttpRequest) -> bool:
    """Whether a plan stands in the record of whoever asks, even one that cannot be read."""
    return person_of(request) is not None and record.plan(record.mine(request)) is not None


def todays_item(found: Plan, name: str, today: date) -> Item | None:
    """How much of an exercise the plan's week has: today's if it has one, else the first of the week."""
    if found.week is None:
        return None
    days = found.week.days[today.weekday() :] + found.week.days[: today.weekday()]
    return next((i for day in days for i in day.items if i.exercise == name), None)


def _content(found: Plan, wishes: Wishes, check: str) -> Mapping[str, Any]:
    own = {
        "check": check,
        "wishes": msgspec.to_builtins(wishes),
        "on": date.today().isoformat(),
    }
    return {**found.to_dict(), "own": own}


def _going_on(before: Mapping[str, Any] | None, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """A new plan in the place of another: that the person ended a flare holds on."""
    own = (before or {}).get("own")
    over = own.get("flare_over") if isinstance(own, Mapping) else None
    return {**content, "own": {**content["own"], **({"flare_over": over} if over else {})}}


def _wishes(plain: Any) -> Wishes | None:
    try:
        return msgspec.convert(plain, Wishes)
    except (msgspec.ValidationError, UserError):
        return None
