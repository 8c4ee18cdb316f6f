"""Pages of one's own record: what is in it, one entry, notes, out into a file and back."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from lumbago.web import record, visits
from lumbago.web.archive import ArchiveError
from lumbago.web.contents import LONGEST_NOTE
from lumbago.web.models import Kind
from lumbago.web.takeout import exported, imported
from lumbago.web.uploads import Taken

__all__ = [
    "add_note",
    "delete_entry",
    "entry",
    "record_export",
    "record_import",
    "record_page",
    "shown_entries",
]

#: Where a page says once how many entries an import brought.
BROUGHT = "brought"
#: Entries of a kind that a page lists; the export has all of them.
LISTED = 30


@require_GET
def record_page(request: HttpRequest) -> HttpResponse:
    """What is in the record, and what can be done with it."""
    own = record.mine(request)
    shown = {
        "groups": shown_entries(own),
        "checks": visits.kept(request),
        "brought": request.session.pop(BROUGHT, None),
        "longest_note": LONGEST_NOTE,
        "form_key": uuid.uuid4(),
    }
    return render(request, "lumbago/record/record.html", shown)


def shown_entries(reading: record.Reading) -> list[tuple[Kind, int, list[record.Stored]]]:
    """For each kind that there is: how many entries, and the newest of them."""
    standing = [(kind, record.entries(reading, kind)) for kind in Kind]
    return [(kind, len(held), held[::-1][:LISTED]) for kind, held in standing if held]


@require_GET
def entry(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One entry with all that it holds."""
    stored = record.entry(record.mine(request), key)
    return render(request, "lumbago/record/entry.html", {"entry": stored, "own": True})


@require_POST
def delete_entry(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take an entry away for good."""
    record.remove(record.mine(request), key)
    return redirect("record")


@require_POST
def add_note(request: HttpRequest) -> HttpResponse:
    """Write a note."""
    text = request.POST.get("text", "").replace("\r\n", "\n").strip()[:LONGEST_NOTE]
    record.add(record.mine(request), Kind.NOTE, {"text": text}, _form_key(request))
    return redirect("record")


def _form_key(request: HttpRequest) -> uuid.UUID | None:
    """The number of the form, so that one that is sent twice is stored once."""
    try:
        return uuid.UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None


@require_GET
def record_export(request: HttpRequest) -> HttpResponse:
    """Everything as one file."""
    headers = {"Content-Disposition": 'attachment; filename="lumbago-record.zip"'}
    return HttpResponse(exported(request), content_type="application/zip", headers=headers)


@require_POST
@csrf_exempt  # the mark is looked at in `_import`: it stands behind the file, whose handler must be set first
def record_import(request: HttpRequest) -> HttpResponse:
    """Take a file back."""
    request.upload_handlers = [Taken(request)]
    return _import(request)


@csrf_protect
def _import(request: HttpRequest) -> HttpResponse:
    sent = request.FILES.get("record")
    if sent is None:
        raise ArchiveError(
            "Choose the zip file that “Export everything” gave you, of at most 10 MB."
        )
    request.session[BROUGHT] = imported(request, sent.read())
    return redirect("record")
