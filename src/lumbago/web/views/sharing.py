"""Who may read one's record, and who did."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from lumbago.errors import UserError
from lumbago.web import record, sharing

__all__ = ["give", "invite", "stop", "who"]


@require_GET
def who(request: HttpRequest) -> HttpResponse:
    """Who may read, who did, and ways to let somebody."""
    return _page(request, record.mine(request))


@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Let the clinician with an address read."""
    own = record.mine(request)
    typed = request.POST.get("email", "")
    try:
        sharing.give(own, typed)
    except UserError as error:
        return _page(request, own, errors={"email": str(error)}, email=typed, status=422)
    return redirect("sharing")


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """A code to hand over. It is shown on this page alone."""
    own = record.mine(request)
    return _page(request, own, code=sharing.invite(own))


@require_POST
def stop(request: HttpRequest, share: uuid.UUID) -> HttpResponse:
    """Take leave back."""
    sharing.end(record.mine(request), share)
    return redirect("sharing")


def _page(
    request: HttpRequest, own: record.Own, *, status: int = 200, **more: object
) -> HttpResponse:
    shared = sharing.shares(own)
    shown = {
        "now": [share for share in shared if share.ended is None],
        "past": [share for share in shared if share.ended is not None],
        "accesses": sharing.accesses(own)[:200],
        "days": sharing.INVITATION_LASTS.days,
        **more,
    }
    return render(request, "lumbago/record/sharing.html", shown, status=status)
