"""The result, keeping it, and the country whose numbers are shown."""

from datetime import date
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from lumbago.knowledge import load_knowledge
from lumbago.web import visits
from lumbago.web.country import COUNTRY, service_of
from lumbago.web.outcome import outcome
from lumbago.web.shown import heard_words
from lumbago.web.summary.contents import SECTIONS, contents
from lumbago.web.summary.text import as_text

__all__ = ["country", "keep", "open_kept", "result"]


@require_GET
def result(request: HttpRequest) -> HttpResponse:
    """Urgency, causes, what would change the advice, what to watch for."""
    step = visits.current(request)
    found = outcome(step.interview)
    shown = {
        "step": "result",
        "kept": step.visit.kept,
        "heard": heard_words(step.interview),
        "countries": _countries(service_of(request).id),
        "more": step.interview.ask() is not None,
        "sections": SECTIONS,
        "summary": as_text(contents(step.interview, found, date.today())),
        **found,
    }
    return render(request, "lumbago/result/result.html", shown)


@cache
def _countries(chosen: str) -> str:
    """The countries to choose from, written once for each that may be chosen."""
    shown = {"services": load_knowledge().services, "chosen": chosen}
    return render_to_string("lumbago/result/countries.html", shown)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the result until the person deletes it, or stop keeping it."""
    visits.keep(request, wanted=request.POST.get("keep") == "yes")
    return redirect("result")


@require_POST
def open_kept(request: HttpRequest) -> HttpResponse:
    """Go back to a result that was kept."""
    visits.open_kept(request, request.POST.get("visit", ""))
    return redirect("result")


@require_POST
def country(request: HttpRequest) -> HttpResponse:
    """Choose whose phone numbers are shown."""
    if request.POST.get("country") in {s.id for s in load_knowledge().services}:
        request.session[COUNTRY] = request.POST["country"]
    return redirect("result")
