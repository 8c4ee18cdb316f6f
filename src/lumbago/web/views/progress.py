"""How it goes: what the diary says, the chart with its table, and next week's exercises."""

from datetime import UTC, datetime
from threading import Lock
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lumbago.care.exercises import exercise
from lumbago.care.flare import flare_plan, load_flare
from lumbago.progress import Diary, due, outlook
from lumbago.progress.weekly import weekly
from lumbago.web import recover, recover_diary, recover_flare, recover_week, tracking
from lumbago.web.record import mine
from lumbago.web.recover_shown import SAVED, alarm_shown, outlook_shown, scores_shown

__all__ = ["chart", "course", "drawn_course", "flare", "next_week", "progress"]

#: Flares are commonest here.
USUAL_AREA = "low_back"
#: Width and height of the chart where there is room, and on a phone.
SIZES_IN = {"wide": (7.2, 4.0), "narrow": (3.75, 3.6)}
#: matplotlib's settings are those of the whole process, and the chart sets some while it draws.
_DRAWING = Lock()


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """What to know today, then the pain over what was expected, then scores."""
    held = recover_diary.own_diary(request)
    if held is None:
        return redirect("diary_start")
    today = recover_diary.today_for(held)
    alarm, plan = recover_diary.alarm_of(held), recover_flare.now(request)
    found = outlook(held, today)
    shown: dict[str, Any] = {
        "saved": request.session.pop(SAVED, None),
        "alarm": alarm_shown(alarm),
        "help_today": recover_diary.help_today(alarm),
        "grades": recover_diary.graded(held),
        "any": bool(held.check_ins),
        "weeks": weekly(held, found.standing.course, today)[::-1],
        "due": due(held, today),
        "scores": scores_shown(held),
        "next_week": recover_week.ready(plan),
        "easier": plan.easier,
        "unreadable": plan.unreadable,
        **outlook_shown(found),
    }
    return render(request, "lumbago/progress/progress.html", shown)


@require_GET
def chart(request: HttpRequest, size: str) -> HttpResponse:
    """The pain over what was expected, drawn."""
    held = recover_diary.own_diary(request)
    if held is None:
        return redirect("diary_start")
    return drawn_course(held, size)


def drawn_course(held: Diary, size: str) -> HttpResponse:
    """The chart of a diary as a picture."""
    from lumbago.progress.chart import course_chart  # matplotlib is loaded only where it draws

    with _DRAWING:
        svg = course_chart(held, recover_diary.today_for(held), size_in=SIZES_IN[size])
    return HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")


@require_POST
def course(request: HttpRequest) -> HttpResponse:
    """Name the grade of a tear, which decides how long it takes."""
    held = recover_diary.own_diary(request)
    if held is not None and held.about is not None:
        named = [c.id for c in recover_diary.graded(held) if c.id == request.POST.get("course")]
        for name in named:
            about = msgspec.structs.replace(held.about, at=datetime.now(UTC), course=name)
            tracking.start(mine(request), about)
    return redirect("progress")


@require_http_methods(["GET", "HEAD", "POST"])
def next_week(request: HttpRequest) -> HttpResponse:
    """How this week's exercises went, what that changes, and taking it over."""
    held = recover_diary.own_diary(request)
    if held is None:
        return redirect("diary_start")
    found = recover_flare.now(request)
    if found.alarm is not None:
        return redirect("diary_alarm")
    today, plan, over = found.today, found.usual, recover_week.ready(found)
    if plan is None or plan.plan.week is None or over is None:
        return redirect("progress")
    week = plan.plan.week
    if request.method == "POST" and request.POST.get("week") != str(over):
        return redirect("progress")  # another window has taken it
    rows = recover_week.rows(week, held, today, request.POST)
    shown: dict[str, Any] = {"week": week, "rows": rows, "answers": recover_week.ANSWERS}
    if request.method != "POST" or request.POST.get("then") == "change":
        return render(request, "lumbago/progress/next_week.html", shown)
    adapted = recover_week.adapted(week, rows, plan.wishes, recover.interview_of(request, plan))
    if request.POST.get("then") == "take":
        recover_week.take(request, week.number, adapted.week, today)
        request.session[SAVED] = "next week"
        return redirect("progress")
    shown |= {"adapted": adapted, "changes": recover_week.changes_shown(adapted)}
    return render(request, "lumbago/progress/next_week.html", shown)


@require_GET
def flare(request: HttpRequest) -> HttpResponse:
    """What to do in a flare: by the plan, or of the part that is asked for."""
    held = recover_flare.now(request).usual if recover.can_keep(request) else None
    plan = held.plan if held is not None else recover.drafted(request)
    asked = request.GET.get("area", "")
    area = asked if asked in load_flare().signs else USUAL_AREA
    found = plan.flare if plan is not None else None
    shown: dict[str, Any] = {
        "chosen": found is not None,
        "areas": [(name, name.replace("_", " ").capitalize()) for name in load_flare().signs],
        "area": area,
        "flare": found or flare_plan(area),
    }
    phases = [
        {"phase": p, "named": [(n, exercise(n).name) for n in p.exercises]}
        for p in shown["flare"].phases
    ]
    return render(request, "lumbago/progress/flare.html", {**shown, "phases": phases})
