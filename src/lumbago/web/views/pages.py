"""The first page, and what is stored."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from lumbago.anatomy.describe import felt_map
from lumbago.anatomy.figure import felt_markup
from lumbago.knowledge import load_knowledge
from lumbago.web import visits
from lumbago.web.erase import erase_mine
from lumbago.web.models import LEFT_ALONE, Entry, Visit
from lumbago.web.people import person_of

__all__ = ["delete", "home", "privacy"]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and the way in."""
    k = load_knowledge()
    numbers = len(k.estimates) + len(k.priors) + len(k.literature)
    shown = {
        "figure": _first_figure(),
        "numbers": f"{numbers:,}",
        "under_way": visits.under_way(request),
        "kept": visits.kept(request),
    }
    return render(request, "lumbago/home.html", shown)


@cache
def _first_figure() -> str:
    return felt_markup(
        felt_map("l5_root"), views=("back",), title="Where pain from the L5 nerve root is felt"
    )


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored where, in five sentences, and the button that deletes it."""
    own_machine = settings.ENVIRONMENT.own_machine
    own = Visit.objects.all() if own_machine else visits.of_browser(request)
    shown = {
        "place": settings.DATABASES["default"].get("NAME"),
        "hours": int(LEFT_ALONE.total_seconds() // 3600),
        "count": own.count(),
        "entries": Entry.objects.filter(person=person_of(request)).count(),
    }
    return render(request, "lumbago/privacy.html", shown)


@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """Delete everything: on one's own machine all of it, elsewhere this browser's and the account."""
    erase_mine(request)
    return render(request, "lumbago/deleted.html")
