"""The evidence: what there is, every record with its numbers, lists, and a search."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from lumbago.knowledge import load_knowledge
from lumbago.web.evidence.overview import check, counts, example, grouped, matches, outside
from lumbago.web.evidence.page import page
from lumbago.web.evidence.words import KINDS
from lumbago.web.views.failures import sorry

__all__ = ["evidence", "evidence_check", "evidence_item", "evidence_list", "evidence_search"]

#: Nothing that anybody looks for is longer.
LONGEST_SEARCH = 100
#: These pages hold nothing of a person and change only with the evidence.
standing = cache_control(public=True, max_age=3600)


@require_GET
def evidence(request: HttpRequest) -> HttpResponse:
    """What there is, and how to read a number."""
    shown = {
        "counts": counts(),
        "check": check(),
        "example": example(),
        "kinds": [(kind, many, _how_many(kind)) for kind, (_, many) in KINDS.items()],
        "version": load_knowledge().version,
    }
    return render(request, "lumbago/evidence/evidence.html", shown)


def _how_many(kind: str) -> int:
    return sum(len(group.links) for group in grouped(kind))


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_search(request: HttpRequest) -> HttpResponse:
    """Records with these words in their names. Posted, so that no word stands in an address."""
    words = " ".join(request.POST.get("words", "")[:LONGEST_SEARCH].split())
    if not words:
        return redirect("evidence")
    shown = {"words": words, "groups": matches(words)}
    return render(request, "lumbago/evidence/found.html", shown)


@require_GET
@standing
def evidence_check(request: HttpRequest) -> HttpResponse:
    """Where the network disagrees with the literature, and why."""
    shown = {"check": check(), "rows": outside()}
    return render(request, "lumbago/evidence/check.html", shown)


@require_GET
@standing
def evidence_list(request: HttpRequest, kind: str) -> HttpResponse:
    """All records of a kind."""
    if kind not in KINDS:
        raise Http404
    shown = {"title": KINDS[kind][1], "groups": grouped(kind), "count": _how_many(kind)}
    return render(request, "lumbago/evidence/list.html", shown)


@require_GET
@standing
def evidence_item(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """One record with all its numbers."""
    shown = page(kind, name)
    if shown is None:
        words = "The evidence holds nothing of this name. Look for it on the evidence page."
        return sorry(request, 404, "This is not in the evidence", words)
    if shown.id != name:
        return redirect("evidence_item", kind, shown.id)
    return render(request, "lumbago/evidence/item.html", {"page": shown})
