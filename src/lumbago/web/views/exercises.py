"""The exercises: the list with its filters, one exercise with its timer, and the pictures."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from lumbago.care.exercises import load_exercises
from lumbago.web.recover import current_plan, todays_item
from lumbago.web.recover_exercises import (
    chosen,
    exercise_page,
    filters,
    groups,
    picture_file,
    timed,
)
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
    return render(request, "lumbago/exercises/list.html", shown)


@require_GET
def exercise(request: HttpRequest, name: str) -> HttpResponse:
    """One exercise: how it looks, how it goes, how much, when to stop."""
    _known(name)
    shown, found = exercise_page(name), current_plan(request)
    yours = None if found is None else todays_item(found, name, date.today())
    shown |= {
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


def _known(name: str) -> None:
    if name not in load_exercises():
        raise Http404
