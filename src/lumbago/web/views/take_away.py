"""A result to take away: a page for a clinician, plain text, and the answer as data. Nothing is kept."""

import json
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from lumbago.web import visits
from lumbago.web.outcome import outcome
from lumbago.web.summary.contents import SECTIONS, contents
from lumbago.web.summary.pdf import as_pdf
from lumbago.web.summary.text import as_text

__all__ = ["assessment_json", "summary_pdf", "summary_text"]


@require_POST
def summary_pdf(request: HttpRequest) -> HttpResponse:
    """The chosen sections as a PDF. Posted, so that no choice stands in an address."""
    interview = visits.current(request).interview
    chosen = [name for name in SECTIONS if name in request.POST.getlist("section")]
    shown = contents(interview, outcome(interview), date.today(), chosen)
    made = as_pdf(shown, interview.drawing)
    return _download(made, "application/pdf", "lumbago-summary.pdf")


@require_GET
def summary_text(request: HttpRequest) -> HttpResponse:
    """The summary as plain text, shown rather than saved so that it can be copied."""
    interview = visits.current(request).interview
    text = as_text(contents(interview, outcome(interview), date.today()))
    shown = _download(text.encode(), "text/plain; charset=utf-8", "lumbago-summary.txt")
    shown.headers["Content-Disposition"] = 'inline; filename="lumbago-summary.txt"'
    return shown


@require_GET
def assessment_json(request: HttpRequest) -> HttpResponse:
    """The answer itself, as the contract lumbago/assessment/1."""
    answer = visits.current(request).interview.assessment()
    text = json.dumps(answer.to_dict(), indent=2, ensure_ascii=False) + "\n"
    return _download(text.encode(), "application/json", "lumbago-assessment.json")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file with a name that tells nothing of whoever it is about, and that no cache may keep."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
