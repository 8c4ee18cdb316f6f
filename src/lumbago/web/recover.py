"""A person's plan: made from a check and their wishes, and kept only if they say so.

Until it is kept, the plan is worked out anew from the check each time it is shown; the wishes wait in the
session, and go when the check goes. A kept plan is an entry of the record, and keeps the check it came from.
"""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest

from lumbago.assessment import Interview
from lumbago.care.plan import Plan, plan
from lumbago.care.preferences import Preferences
from lumbago.care.week_values import Item
from lumbago.errors import UserError
from lumbago.web import record, visits
from lumbago.web.models import Visit
from lumbago.web.people import account_of, person_of

__all__ = [
    "Kept",
    "NoPlanError",
    "Wishes",
    "can_keep",
    "current_plan",
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

#: Where the session keeps the wishes for a plan that is not kept yet, with the number of the check.
WISHES = "plan_wishes"


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


@dataclass(frozen=True)
class Kept:
    """A plan in the record.

    Attributes:
        check: Number of the check that it was made from.
        on: Day on which it was made or last changed by the person.
    """

    plan: Plan
    wishes: Wishes
    check: str
    on: date


def made(interview: Interview, wishes: Wishes) -> Plan:
    """The plan for a check and these wishes."""
    return plan(
        interview.assessment(), wishes.preferences, seen=wishes.seen, facts=dict(wishes.facts)
    )


def wish(request: HttpRequest, wishes: Wishes) -> None:
    """Remember wishes for the check under way, as long as it is."""
    number = str(visits.current(request).visit.pk)
    request.session[WISHES] = {"check": number, "wishes": msgspec.to_builtins(wishes)}


def draft_wishes(request: HttpRequest) -> Wishes | None:
    """The wishes for the check under way; None if nothing was said yet. Others are forgotten."""
    held = request.session.get(WISHES)
    if held is None:
        return None
    if not visits.under_way(request) or held.get("check") != request.session.get(visits.CURRENT):
        del request.session[WISHES]
        return None
    return _wishes(held.get("wishes"))


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
    record.change_plan(own, lambda _: content)
    visits.keep(request, wanted=True)
    request.session.pop(WISHES, None)


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
    record.change_plan(record.mine(request), lambda _: content)


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
    content = dict(stored.content)
    try:
        found = msgspec.convert(content, Plan)
    except (msgspec.ValidationError, UserError):
        raise NoPlanError(
            "Your plan was written by another version and cannot be shown. Make a new one from a check."
        ) from None
    own = content.get("own") or {}
    return Kept(
        found,
        _wishes(own.get("wishes")) or Wishes(),
        str(own.get("check", "")),
        date.fromisoformat(own["on"]) if "on" in own else stored.made.date(),
    )


def has_plan(request: HttpRequest) -> bool:
    """Whether a plan stands in the record of whoever asks, even one that cannot be read."""
    return person_of(request) is not None and record.plan(record.mine(request)) is not None


def current_plan(request: HttpRequest) -> Plan | None:
    """The kept plan if there is one that can be read, else the one of the check under way."""
    with contextlib.suppress(NoPlanError):
        if (held := kept(request)) is not None:
            return held.plan
    with contextlib.suppress(visits.OutdatedVisitError):
        return drafted(request)
    return None


def todays_item(found: Plan, exercise: str, today: date) -> Item | None:
    """How much of an exercise the plan's week has: today's if it has one, else the first of the week."""
    if found.week is None:
        return None
    days = found.week.days[today.weekday() :] + found.week.days[: today.weekday()]
    return next((i for day in days for i in day.items if i.exercise == exercise), None)


def _content(found: Plan, wishes: Wishes, check: str) -> Mapping[str, Any]:
    own = {
        "check": check,
        "wishes": msgspec.to_builtins(wishes),
        "on": date.today().isoformat(),
    }
    return {**found.to_dict(), "own": own}


def _wishes(plain: Any) -> Wishes | None:
    try:
        return msgspec.convert(plain, Wishes)
    except (msgspec.ValidationError, UserError):
        return None
