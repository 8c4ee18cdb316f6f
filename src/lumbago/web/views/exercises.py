"""The exercises: the list with its filters, one exercise with its timer, and the pictures."""

import contextlib
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from lumbago.care.exercises import load_exercises
from lumbago.care.plan import Plan
from lumbago.web import recover, visits
from lumbago.web.people import person_of
from lumbago.web.recover import todays_item
from lumbago.web.recover_exercises import (
    chosen,
    exercise_page,
    filters,
    groups,
    in_week,
    picture_file,
    timed,
)
from lumbago.web.recover_flare import Now, flare_shown, now
from lumbago.web.recover_shown import alarm_shown
from lumbago.web.views.learn import same_for_everybody

__all__ = ["exercise", "exercise_picture", "exercises"]

#: A picture brings its own style, for light and dark and for less movement, and nothing else.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@require_GET
@same_for_everybody
def exercises(request: HttpRequest) -> HttpResponse:
    """All exercises, or those that pass the filters."""
    wanted = chosen(request.GET)
    found = groups(wanted)
    shown = {
        "filters": filters(wanted),
        "groups": found,
        "count": sum(len(held) for _, held in found),
        "whole": len(load_exercises()),
        "narrowed": bool(wanted),
    }
    held = _now(request)
    if held is not None:
        shown |= {"alarm": alarm_shown(held.alarm)}
        if held.easier is not None and held.alarm is None and held.kept is not None:
            shown |= {"eased": flare_shown(held), "yours": in_week(held.kept.plan)}
    response = render(request, "lumbago/exercises/list.html", shown)
    if settings.SESSION_COOKIE_NAME in request.COOKIES:  # it may show what is theirs at any time
        response.headers["Cache-Control"] = "private, no-store"
    return response


@require_GET
def exercise(request: HttpRequest, name: str) -> HttpResponse:
    """One exercise: how it looks, how it goes, how much, when to stop."""
    _known(name)
    shown, held = exercise_page(name), _now(request)
    found, day = _plan_of(request, held), held.today if held is not None else date.today()
    yours = None if found is None else todays_item(found, name, day)
    usual = held.usual.plan if held is not None and held.usual is not None else None
    shown |= {
        "alarm": alarm_shown(held.alarm) if held is not None else None,
        "eased": held.easier if held is not None else None,
        "usually": None if usual is None else todays_item(usual, name, day),
        "yours": yours,
        "in_plan": found is not None,
        "timer": timed(yours.dose if yours else shown["e"].dose),
    }
    return render(request, "lumbago/exercises/exercise.html", shown)


@require_GET
@cache_control(public=True, max_age=24 * 3600)
def exercise_picture(request: HttpRequest, name: str, which: str) -> HttpResponse:  # noqa: ARG001
    """The picture of an exercise as a file: start and end, or moving."""
    _known(name)
    headers = {"Content-Security-Policy": PICTURE_POLICY}
    kind = "image/svg+xml; charset=utf-8"
    return HttpResponse(picture_file(name, which), content_type=kind, headers=headers)


def _now(request: HttpRequest) -> Now | None:
    """What holds for whoever asks; None before anything is theirs."""
    return None if person_of(request) is None else now(request)


def _plan_of(request: HttpRequest, held: Now | None) -> Plan | None:
    """The kept plan if there is one that can be read, else the one of the check under way."""
    if held is not None and held.kept is not None:
        return held.kept.plan
    with contextlib.suppress(visits.OutdatedVisitError):
        return recover.drafted(request)
    return None


def _known(name: str) -> None:
    if name not in load_exercises():
        raise Http404
