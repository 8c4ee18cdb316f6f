"""What people share with a clinician, to read. Each page that opens a record is in its log."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from lumbago.web import record, sharing, tracking
from lumbago.web.models import Person
from lumbago.web.recover_shared import progress_of
from lumbago.web.views.progress import drawn_course
from lumbago.web.views.record import shown_entries

__all__ = [
    "accept",
    "patient",
    "patient_chart",
    "patient_entry",
    "patient_progress",
    "patients",
]


@require_GET
def patients(request: HttpRequest) -> HttpResponse:
    """Whose records one may read."""
    return _list(request)


@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """Use a code."""
    try:
        sharing.accept(request, request.POST.get("code", ""))
    except sharing.CodeError as error:
        return _list(request, errors={"code": str(error)}, status=422)
    return redirect("patients")


def _list(request: HttpRequest, *, status: int = 200, **more: object) -> HttpResponse:
    shown = {"shares": sharing.patients(request), **more}
    return render(request, "lumbago/record/patients.html", shown, status=status)


@require_GET
def patient(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """A record that is shared."""
    reading = sharing.opened(request, person, "the record")
    shown = {
        "groups": shown_entries(reading),
        "person": reading.person,
        "name": _name(reading.person),
    }
    return render(request, "lumbago/record/patient.html", shown)


@require_GET
def patient_entry(request: HttpRequest, person: uuid.UUID, key: uuid.UUID) -> HttpResponse:
    """One entry of a record that is shared."""
    reading = sharing.opened(request, person, "one entry")
    stored = record.entry(reading, key)
    shown = {"entry": stored, "person": reading.person, "name": _name(reading.person)}
    return render(request, "lumbago/record/entry.html", shown)


@require_GET
def patient_progress(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """How it goes with somebody who shares it: to read."""
    reading = sharing.opened(request, person, "progress and diary")
    shown = {
        **progress_of(reading),
        "person": reading.person,
        "name": _name(reading.person),
    }
    return render(request, "lumbago/progress/shared.html", shown)


@require_GET
def patient_chart(request: HttpRequest, person: uuid.UUID, size: str) -> HttpResponse:
    """The pain of somebody who shares it over what was expected, drawn."""
    reading = sharing.opened(request, person, "the chart of pain")
    held = tracking.diary(reading)
    if held.about is None:
        raise Http404
    return drawn_course(held, size)


def _name(person: Person) -> str:
    return person.account.email if person.account else ""
