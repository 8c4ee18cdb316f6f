"""The way back to running: the tests of the stage, the table, and how a session went."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from lumbago.web import recover_flare, recover_running
from lumbago.web.record import mine
from lumbago.web.recover_diary import FormError
from lumbago.web.recover_flare import Now
from lumbago.web.recover_running import Way
from lumbago.web.recover_running_page import running_page, runs
from lumbago.web.recover_shown import SAVED

__all__ = ["running"]


@require_http_methods(["GET", "HEAD", "POST"])
def running(request: HttpRequest) -> HttpResponse:
    """The way back to running: the tests of the stage, the table, and how a session went."""
    found = recover_flare.plan_now(request)
    way = None if found.usual is None else recover_running.way_of(request, found.usual)
    if way is None:
        return redirect("plan")
    if found.alarm is not None:
        return redirect("diary_alarm")
    if request.method == "POST":
        return _answered(request, found, way)
    shown = {"saved": request.session.pop(SAVED, None), **running_page(way, found)}
    return render(request, "lumbago/plan/running.html", shown)


def _answered(request: HttpRequest, found: Now, way: Way) -> HttpResponse:
    session = request.POST.get("then") == "session"
    if session and (request.POST.get("mark") != way.mark or not runs(way, found)):
        return redirect("plan_running")  # another window has sent it, or there is no run to tell of
    try:
        if session:
            after = recover_running.session_in(request.POST, way)
            written, said = recover_running.after_session(way, after), after.reason
        else:
            answers = recover_running.answers_in(request.POST, way)
            written, said = recover_running.with_answers(way, answers), "Your answers are saved."
    except FormError as error:
        page = running_page(way, found, request.POST, error.faults)
        shown = {"errors": error.faults, **page}
        return render(request, "lumbago/plan/running.html", shown, status=422)
    recover_running.keep(mine(request), written)
    request.session[SAVED] = said
    return redirect("plan_running")
