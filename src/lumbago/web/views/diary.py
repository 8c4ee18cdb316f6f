"""The diary: begin it, check in, correct a check-in, fill in a questionnaire, and act on a danger sign."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from lumbago.errors import UnknownIdError
from lumbago.progress import CheckIn, Diary, Prom, PromError, due, find_prom
from lumbago.web import recover, recover_diary, recover_flare, tracking
from lumbago.web.record import mine
from lumbago.web.recover_diary import FormError
from lumbago.web.recover_shown import SAVED, alarm_shown, check_in_shown, prom_shown, replies_in

__all__ = ["alarm", "correct", "diary", "questionnaire", "start", "take_over"]

form = require_http_methods(["GET", "HEAD", "POST"])


@form
def diary(request: HttpRequest) -> HttpResponse:
    """Today's check-in, and what else there is to do; before it is begun, how to begin."""
    held = recover_diary.own_diary(request)
    if held is None:
        return start(request)
    return _check_in(request, held, None)


@form
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """An earlier check-in, to put right."""
    held = recover_diary.own_diary(request)
    before = next((c for c in held.check_ins if c.key == key), None) if held else None
    if held is None or before is None:
        raise Http404
    return _check_in(request, held, before)


def _check_in(request: HttpRequest, held: Diary, before: CheckIn | None) -> HttpResponse:
    signs, few = recover_diary.offered(held)
    if request.method == "POST":
        now = datetime.now(UTC)
        try:
            written = recover_diary.check_in_in(
                request.POST, now, last=recover_diary.latest_day(), offered_signs=signs
            )
        except FormError as error:
            shown = _form(request, held, before, signs, few, posted=request.POST)
            return render(
                request, "lumbago/diary/diary.html", {**shown, "errors": error.faults}, status=422
            )
        if before is not None:
            written = msgspec.structs.replace(written, replaces=before.key)
        if not recover_diary.sent_again(held, written):
            tracking.add_check_in(mine(request), written)
        return _onward(request, "check-in")
    return render(request, "lumbago/diary/diary.html", _form(request, held, before, signs, few))


def _onward(request: HttpRequest, saved: str) -> HttpResponse:
    """To what the diary says now: a danger sign has a page of its own."""
    held = recover_diary.own_diary(request)
    if held is not None and recover_diary.help_today(recover_diary.alarm_of(held)):
        return redirect("diary_alarm")
    request.session[SAVED] = saved
    return redirect("progress")


def _form(
    request: HttpRequest,
    held: Diary,
    before: CheckIn | None,
    signs: Any,
    few: list[str],
    posted: QueryDict | None = None,
) -> dict[str, Any]:
    found = recover_flare.now(request)
    week = found.kept.plan.week if found.kept is not None else None
    today = found.today
    return {
        "alarm": alarm_shown(recover_diary.alarm_of(held)),
        "newer": before is None and recover_diary.newer_check(request, held) is not None,
        "due": due(held, today) if before is None else (),
        "last_day": recover_diary.latest_day(),
        "days": held.check_ins[::-1][:7] if before is None else (),
        "few": few,
        "before": before,
        "unreadable": found.unreadable,
        **check_in_shown(before, posted, week=week, signs=signs),
    }


@form
def start(request: HttpRequest) -> HttpResponse:
    """Begin a diary; nothing is kept before the person says so here."""
    if recover_diary.own_diary(request) is not None:
        return redirect("diary")
    step = recover_diary.checked_step(request)
    shown: dict[str, Any] = {
        "units": recover_diary.UNITS,
        "can_keep": recover.can_keep(request),
        "checked": step is not None,
    }
    if request.method == "POST":
        today = recover_diary.latest_day()
        now = datetime.now(UTC)
        try:
            began = recover_diary.begun(request.POST, min(today, now.date()))
        except FormError as error:
            shown |= {"errors": error.faults, "posted": request.POST}
            return render(request, "lumbago/diary/start.html", shown, status=422)
        tracking.start(mine(request), recover_diary.about_of(step, began, now))
        return redirect("diary")
    return render(request, "lumbago/diary/start.html", shown)


@require_POST
def take_over(request: HttpRequest) -> HttpResponse:
    """Let the diary go by the newest check."""
    held = recover_diary.own_diary(request)
    step = recover_diary.newer_check(request, held) if held is not None else None
    if held is not None and held.about is not None and step is not None:
        about = recover_diary.about_of(step, held.about.began, datetime.now(UTC))
        tracking.start(mine(request), about)
    return redirect("diary")


@form
def alarm(request: HttpRequest) -> HttpResponse:
    """What a danger sign asks for, until the questions or a clinician have judged it."""
    held = recover_diary.own_diary(request)
    found = recover_diary.alarm_of(held) if held is not None else None
    if held is None or held.about is None or found is None:
        return redirect("diary")
    if request.method == "POST":
        now = datetime.now(UTC)
        about = msgspec.structs.replace(held.about, at=now, assessed=now)
        tracking.start(mine(request), about)
        return redirect("progress")
    return render(request, "lumbago/diary/alarm.html", {"alarm": alarm_shown(found)})


@form
def questionnaire(request: HttpRequest, name: str) -> HttpResponse:
    """One questionnaire whose wording is free."""
    held, prom = recover_diary.own_diary(request), _asked(name)
    if held is None:
        return redirect("diary_start")
    shown: dict[str, Any] = prom_shown(prom, request.POST)
    if request.method == "POST":
        replies = replies_in(prom, request.POST)
        now = datetime.now(UTC)
        try:
            tracking.answer(
                mine(request), prom.id, replies, day=recover_diary.today_for(held), at=now
            )
        except PromError:
            left = [i.id for i in prom.items if replies.get(i.id) is None]
            shown["errors"] = {f"item-{n}": "Choose an answer for each line." for n in left[:1]}
            return render(request, "lumbago/diary/questionnaire.html", shown, status=422)
        return _onward(request, prom.name)
    return render(request, "lumbago/diary/questionnaire.html", shown)


def _asked(name: str) -> Prom:
    try:
        prom = find_prom(name)
    except UnknownIdError:
        raise Http404 from None
    if not prom.asked:
        raise Http404
    return prom
