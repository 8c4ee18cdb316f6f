"""What people share with a clinician, to read. Each page that opens a record is in its log."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from lumbago.web import record, sharing
from lumbago.web.models import Person
from lumbago.web.views.record import shown_entries

__all__ = ["accept", "patient", "patient_entry", "patients"]


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


def _name(person: Person) -> str:
    return person.account.email if person.account else ""
