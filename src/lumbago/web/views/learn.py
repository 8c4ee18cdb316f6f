"""Pages to read: conditions, anatomy, myths, and the search over them. None holds anything personal."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from lumbago.knowledge import load_knowledge
from lumbago.web.library.article import article_page
from lumbago.web.library.conditions import called, conditions_by_region
from lumbago.web.library.myths import help_groups, myth_groups
from lumbago.web.library.parts import DRAWINGS, drawing_page, part_panel, picture
from lumbago.web.library.search import search as find

__all__ = ["anatomy", "article", "drawing", "index", "myths", "search"]

View = Callable[..., HttpResponse]
LOWER_BACK = ("lower_back_side", "lower_back_behind")


def same_for_everybody(view: View) -> View:
    """Let caches keep a page for an hour; by cookie, as what the header shows may depend on one."""

    @wraps(view)
    def handle(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        response = view(request, *args, **more)
        if response.status_code == 200:
            response.headers.setdefault("Cache-Control", "public, max-age=3600")
            patch_vary_headers(response, ("Cookie", "Accept-Language", "HX-Request"))
        return response

    return handle


@require_GET
@same_for_everybody
def index(request: HttpRequest) -> HttpResponse:
    """All conditions by region."""
    shown = {"regions": conditions_by_region(), "count": len(load_knowledge().conditions) - 1}
    return render(request, "lumbago/learn/index.html", shown)


@require_GET
@same_for_everybody
def article(request: HttpRequest, condition: str) -> HttpResponse:
    """One condition. Its other names lead to it."""
    found = called(condition)
    if found is None:
        raise Http404
    if found.id != condition:
        return redirect("article", condition=found.id, permanent=True)
    shown = article_page(found.id)
    response = render(request, "lumbago/learn/article.html", shown)
    if shown[
        "at_once"
    ]:  # it shows the number to call, and another country may be chosen at any time
        response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
@same_for_everybody
def anatomy(request: HttpRequest) -> HttpResponse:
    """The lower back from the side and from behind, and the way to the other drawings."""
    return _drawings(request, *LOWER_BACK)


@require_GET
@same_for_everybody
def drawing(request: HttpRequest, drawing: str) -> HttpResponse:
    """One drawing."""
    if drawing not in DRAWINGS:
        raise Http404
    return _drawings(request, drawing)


def _drawings(request: HttpRequest, *drawings: str) -> HttpResponse:
    name = request.GET.get("part", "")
    panels = [panel for d in drawings if (panel := part_panel(d, name)) is not None]
    if name and not panels:
        raise Http404
    panel = panels[0] if panels else None
    if panel and request.headers.get("HX-Request"):
        return render(request, "lumbago/anatomy/part.html", {"panel": panel})
    chosen = [name] if name else []
    shown = {
        "drawings": [
            {**d, "picture": picture(d["id"], chosen=chosen, title=d["title"])}
            for d in drawing_page(*drawings)
        ],
        "panel": panel,
        "together": len(drawings) > 1,
        "others": [(d, title) for d, title in DRAWINGS.items() if d not in drawings],
    }
    return render(request, "lumbago/anatomy/page.html", shown)


@require_GET
@same_for_everybody
def myths(request: HttpRequest) -> HttpResponse:
    """What people say, and what is known; what helps, and what does not."""
    shown = {"groups": myth_groups(), "helps": help_groups()}
    return render(request, "lumbago/learn/myths.html", shown)


@csrf_exempt  # it changes nothing, and a page that is the same for everybody can then hold the form
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Search. Words come in the body of a POST, never in an address."""
    words = request.POST.get("words", "")
    shown = {"words": words, "results": find(words) if words.strip() else None}
    page = "results" if request.headers.get("HX-Request") else "page"
    return render(request, f"lumbago/search/{page}.html", shown)
