"""The pages of prevention: lifting, sitting, vibration and running. Nothing that is entered is stored."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from lumbago.errors import MeasurementError, UserError
from lumbago.web.prevent.day import kept_parts
from lumbago.web.prevent.desk import EXAMPLES as DESKS_TO_START_FROM
from lumbago.web.prevent.desk import START as DESK
from lumbago.web.prevent.desk import desk_form, desk_shown, desk_turned
from lumbago.web.prevent.job import job_shown
from lumbago.web.prevent.job_form import KINDS as TABLES
from lumbago.web.prevent.job_form import START as START_OF_JOB
from lumbago.web.prevent.job_form import job_form, rows_changed
from lumbago.web.prevent.lift import lift_shown
from lumbago.web.prevent.lift_back import back_of
from lumbago.web.prevent.lift_form import EXAMPLES, START, Form, lift_form, switched
from lumbago.web.prevent.report import packed, unpacked
from lumbago.web.prevent.ride import day_moved, day_shown, ride_shown
from lumbago.web.prevent.ride_form import EXAMPLES as RIDES_TO_START_FROM
from lumbago.web.prevent.ride_form import KINDS as RIDES
from lumbago.web.prevent.ride_form import ride_form
from lumbago.web.prevent.run import run_shown
from lumbago.web.prevent.run_form import KINDS as RUNS
from lumbago.web.prevent.run_form import example_log, run_form, run_turned
from lumbago.web.prevent.upload import LARGEST_MB, file_of, takes_a_file
from lumbago.web.summary.prevention_pdf import prevention_pdf

__all__ = ["desk", "job", "lift", "prevent", "ride", "run"]

#: The pages, as the first one shows them.
TOOLS = (
    ("prevent_lift", "Check a lift", "How heavy is too heavy, and what would help most."),
    ("prevent_job", "Check a job", "Several lifting tasks, and which one to change first."),
    ("prevent_ride", "Vibration", "What a day of shaking on a seat adds up to."),
    ("prevent_desk", "My desk", "Heights of seat, desk and screen that fit you."),
    ("prevent_run", "My running", "Runs that were a jump, and a way to a longer run."),
)
#: Name of the file that a report is saved as.
FILE = "lumbago-report.pdf"
View = Callable[[HttpRequest], HttpResponse]


def get_or_post(view: View) -> View:
    """Let a page be shown and posted to; a post of its report gives that as a file."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def handle(request: HttpRequest) -> HttpResponse:
        line = request.POST.get("report") if request.method == "POST" else None
        return view(request) if line is None else _report(request, line)

    return handle


def _report(request: HttpRequest, line: str) -> HttpResponse:
    try:
        made = prevention_pdf(unpacked(line), date.today())
    except MeasurementError as error:
        told = {"fault": _sentence(str(error)), "tools": TOOLS, "picture": _first_picture()}
        return render(request, "lumbago/prevent/index.html", told, status=422)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{FILE}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
def prevent(request: HttpRequest) -> HttpResponse:
    """What there is to check."""
    return render(
        request, "lumbago/prevent/index.html", {"tools": TOOLS, "picture": _first_picture()}
    )


@cache
def _first_picture() -> str:
    form = Form(START)
    return str(back_of(form.lift(), form.person(), bent_knees=True)["picture"])


def _moving(request: HttpRequest) -> bool:
    """Whether a slider is being dragged: only what changes with it is wanted."""
    return "HX-Request" in request.headers


def _page(
    request: HttpRequest, page: str, shown: Mapping[str, Any], form: Mapping[str, Any], status: int
) -> HttpResponse:
    """A whole page, or while a slider is dragged what changes on it."""
    moved = _moving(request)
    told = {**shown, "form": form, "page": page, "largest": LARGEST_MB, "moved": moved}
    name = "live" if moved else f"{page}_page"
    return render(request, f"lumbago/prevent/{name}.html", told, status=status)


@get_or_post
def lift(request: HttpRequest) -> HttpResponse:
    """Check a lift."""
    fields: dict[str, str] = START | EXAMPLES.get(request.GET.get("example", ""), ("", {}))[1]
    if request.method == "POST":
        fields = request.POST.dict()
        if "switch" in fields:
            fields = switched(fields)
    form = Form(fields)
    shown, status = _judged("lift", lambda _: lift_shown(form), fields)
    return _page(request, "lift", shown, lift_form(form), status)


@get_or_post
def desk(request: HttpRequest) -> HttpResponse:
    """Heights of a workstation."""
    fields = DESKS_TO_START_FROM.get(request.GET.get("example", ""), ("", DESK))[1]
    if request.method == "POST":
        fields = request.POST.dict()
        if "switch" in fields:
            fields = desk_turned(fields)
    shown, status = _judged("desk", desk_shown, fields)
    return _page(request, "desk", shown, desk_form(fields), status)


@takes_a_file
@get_or_post
def run(request: HttpRequest) -> HttpResponse:
    """A log of runs."""
    fields, status, today = request.POST.dict(), 200, date.today()
    example = example_log(request.GET.get("example", ""), today) if request.method != "POST" else {}
    shown: dict[str, Any] = {}
    changed = "switch" in fields or "forget" in fields
    if "switch" in fields:
        fields = run_turned(fields)
    if "forget" in fields:
        del fields["kept"]
    if request.method == "POST" or example:
        fields |= example
        shown, status = _judged(
            "run", lambda given: run_shown(given, _sent(request, RUNS), today), fields
        )
        if changed and "fault" in shown:  # another unit before there is a log is no fault
            shown, status = {}, 200
        if "fault" in shown:
            shown["kept"] = fields.get("kept", "")
    return _page(request, "run", shown, run_form(fields, shown), status)


@takes_a_file
@get_or_post
def job(request: HttpRequest) -> HttpResponse:
    """Several lifting tasks."""
    fields = START_OF_JOB
    if request.method == "POST":
        fields = request.POST.dict()
    if (changed := rows_changed(fields)) is not None:
        fields = changed
    shown, status = _judged("job", lambda given: job_shown(given, _sent(request, TABLES)), fields)
    if changed is not None and "fault" in shown:  # of a task that is still being filled in
        shown, status = {}, 200
    chosen = str(shown.get("place", 0))
    return _page(request, "job", shown, job_form({"chosen": chosen} | fields), status)


@takes_a_file
@get_or_post
def ride(request: HttpRequest) -> HttpResponse:
    """Exposures to vibration that make up a day."""
    fields, status = request.POST.dict(), 200
    shown: dict[str, Any] = {}
    if _moving(request):
        shown, status = _judged("ride", day_moved, fields)
    elif request.method == "POST":
        shown, status = _judged(
            "ride", lambda given: ride_shown(given, _sent(request, RIDES)), fields
        )
        if "fault" in shown:
            shown |= _still(fields)
    elif (example := RIDES_TO_START_FROM.get(request.GET.get("example", ""))) is not None:
        shown, status = _judged("ride", lambda _: day_shown(example[1]), fields)
    return _page(request, "ride", shown, ride_form(fields, added=status == 200), status)


def _still(fields: Mapping[str, str]) -> dict[str, Any]:
    """The day as it was before what could not be added."""
    try:
        parts = kept_parts({"kept": fields.get("kept", "")})
        return day_shown(parts) if parts else {}
    except MeasurementError:
        return {}


def _sent(request: HttpRequest, kinds: tuple[str, ...]) -> tuple[str, bytes] | None:
    """Name and bytes of the file that was sent."""
    sent = file_of(request, kinds)
    return None if sent is None else (sent.name or "the file", sent.read())


def _judged(
    page: str, judge: Callable[[Mapping[str, str]], dict[str, Any]], fields: Mapping[str, str]
) -> tuple[dict[str, Any], int]:
    """What a page shows with its report, and its status; what can be mended is one sentence with 422."""
    try:
        shown = judge(fields)
    except UserError as error:
        return {"fault": _sentence(str(error))}, 422
    return shown | ({"report": packed(page, shown)} if shown else {}), 200


def _sentence(words: str) -> str:
    """What is wrong as a sentence; the name of a file stays as it is."""
    named = "." in words.partition(" ")[0].rstrip(".")
    return words if named else words[:1].upper() + words[1:]
