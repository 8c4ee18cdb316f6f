"""A person's plan: what they wish, the plan, keeping it, and taking it away."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lumbago.assessment import Interview
from lumbago.care.plan import Plan
from lumbago.care.preferences import PreferenceError
from lumbago.web import recover, recover_flare, recover_running, visits
from lumbago.web.recover import NoPlanError, Wishes
from lumbago.web.recover_calendar import as_calendar
from lumbago.web.recover_flare import Flare, flare_shown
from lumbago.web.recover_form import asked, clearable, wishes_from
from lumbago.web.recover_plan_page import plan_page
from lumbago.web.recover_running_page import stages_shown
from lumbago.web.recover_shown import alarm_shown
from lumbago.web.recover_text import web_text
from lumbago.web.summary.plan_pdf import plan_pdf

__all__ = [
    "keep_plan",
    "plan",
    "plan_calendar",
    "plan_change",
    "plan_draft",
    "plan_flare",
    "plan_pdf_file",
    "plan_start",
    "plan_text_file",
]

FORM = ("GET", "HEAD", "POST")
#: Which of the two plans a file is made from.
DRAFT = "draft"


@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """The plan that is kept, as it stands today; else the one under way, or the way to one."""
    found = recover_flare.plan_now(request)
    held = found.kept
    if held is None:
        if recover.draft_wishes(request) is not None:
            return redirect("plan_draft")
        return render(request, "lumbago/plan/none.html", {"under_way": visits.under_way(request)})
    shown = {
        "kept": held,
        "newer": recover.draft_wishes(request) is not None,
        "changeable": recover.interview_of(request, held) is not None,
        "flare_told": found.flare,
        "eased": flare_shown(found) if found.easier is not None else None,
        "today": found.today,
        **plan_page(held.plan, found.today),
    }
    if (
        shown["eased"] is not None and shown["eased"]["first"]
    ):  # what to do now is that of the flare
        shown["now"] = [s for s in shown["now"] if s["id"] != "today"]
    way = recover_running.way_of(request, held)
    if way is not None:
        shown |= {"way": way, "stages": stages_shown(way)}
    if found.alarm is not None:
        shown |= _waiting(shown) | {"alarm": alarm_shown(found.alarm)}
    return render(request, "lumbago/plan/plan.html", shown)


def _waiting(shown: Mapping[str, Any]) -> dict[str, Any]:
    """The page without all that a danger sign has overtaken: of the plan only when to get help."""
    help_now = [section for section in shown["details"] if section["id"] == "help_now"]
    return {"eased": None, "week": None, "running": None, "now": [], "details": help_now}


@require_GET
def plan_draft(request: HttpRequest) -> HttpResponse:
    """The plan of the check under way, which nothing keeps yet."""
    found = recover.drafted(request)
    if found is None:
        return redirect("plan_start")
    shown = {
        "draft": True,
        "can_keep": recover.can_keep(request),
        "replaces": recover.has_plan(request),
        "clearable": found.urgent and clearable(visits.current(request).interview),
        **plan_page(found, date.today()),
    }
    return render(request, "lumbago/plan/plan.html", shown)


@require_http_methods(FORM)
def plan_start(request: HttpRequest) -> HttpResponse:
    """The wishes for a plan from the check under way."""
    interview = visits.current(request).interview
    held = recover.draft_wishes(request) or Wishes()
    if request.method != "POST":
        if "seen" in request.GET:
            held = msgspec.structs.replace(held, seen=True)
        elif recover.made(interview, held).urgent:  # there is nothing to wish for
            recover.wish(request, held)
            return redirect("plan_draft")
        return _form(request, interview, held)
    try:
        recover.wish(request, _wished(request, Wishes()))
    except PreferenceError as error:
        return _form(request, interview, held, str(error))
    return redirect("plan_draft")


@require_http_methods(FORM)
def plan_change(request: HttpRequest) -> HttpResponse:
    """Other wishes for the plan that is kept; it is made anew from its own check."""
    held = recover.kept(request)
    interview = None if held is None else recover.interview_of(request, held)
    if held is None or interview is None:
        return redirect("plan")
    if request.method != "POST":
        return _form(request, interview, held.wishes, change=True)
    try:
        recover.rework(request, _wished(request, held.wishes))
    except PreferenceError as error:
        return _form(request, interview, held.wishes, str(error), change=True)
    return redirect("plan")


def _wished(request: HttpRequest, skipped: Wishes) -> Wishes:
    return skipped if "skip" in request.POST else wishes_from(request.POST)


def _form(
    request: HttpRequest,
    interview: Interview,
    wishes: Wishes,
    error: str = "",
    *,
    change: bool = False,
) -> HttpResponse:
    shown = {**asked(interview, wishes), "error": error, "change": change}
    return render(request, "lumbago/plan/wishes.html", shown, status=400 if error else 200)


@require_POST
def keep_plan(request: HttpRequest) -> HttpResponse:
    """Keep the plan of the check under way."""
    recover.keep(request)
    return redirect("plan")


@require_POST
def plan_flare(request: HttpRequest) -> HttpResponse:
    """Back to the usual week after a flare, or to the easier one again."""
    found = recover_flare.plan_now(request)
    if found.usual is not None and found.flare is not None:
        if request.POST.get("then") == "usual":
            recover_flare.end_flare(request, found.today)
        else:
            recover_flare.resume_flare(request)
    return redirect("plan")


@require_GET
def plan_pdf_file(request: HttpRequest, which: str) -> HttpResponse:
    """The plan to print, with the pictures of its exercises."""
    found, flare = _chosen(request, which)
    made = plan_pdf(plan_page(found, date.today()), date.today(), flare.share if flare else "")
    return _file(made, "application/pdf", "lumbago-plan.pdf")


@require_GET
def plan_text_file(request: HttpRequest, which: str) -> HttpResponse:
    """The plan as plain text, shown rather than saved so that it can be copied."""
    text = web_text(*_chosen(request, which)).encode()
    shown = _file(text, "text/plain; charset=utf-8", "lumbago-plan.txt")
    shown.headers["Content-Disposition"] = 'inline; filename="lumbago-plan.txt"'
    return shown


@require_GET
def plan_calendar(request: HttpRequest, which: str) -> HttpResponse:
    """The week as a calendar file."""
    found, _ = _chosen(request, which)
    if found.week is None:
        raise NoPlanError("This plan has no week of exercises to put into a calendar.")
    made = as_calendar(found.week, date.today(), datetime.now(UTC))
    return _file(made, "text/calendar; charset=utf-8", "lumbago-week.ics")


def _chosen(request: HttpRequest, which: str) -> tuple[Plan, Flare | None]:
    """A plan, and the flare for which its week is an easier one, if it is."""
    flare = None
    if which == DRAFT:
        found = recover.drafted(request)
    else:
        held = recover_flare.plan_now(request)
        if held.alarm is not None:
            raise NoPlanError(
                "A danger sign comes first. Your plan can be saved again once it was looked at."
            )
        found = None if held.kept is None else held.kept.plan
        flare = held.easier
    if found is None:
        raise NoPlanError("There is no plan here. Start a check, and make one from its result.")
    return found, flare


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file whose name tells nothing of whoever it is about, and that no cache may keep."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
