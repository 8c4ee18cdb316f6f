"""The pages of prevention: lifting, sitting, vibration and running. Nothing that is entered is stored."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from lumbago.errors import UserError
from lumbago.web.prevent.lift import lift_shown
from lumbago.web.prevent.lift_form import EXAMPLES, START, Form, lift_form, switched

__all__ = ["lift", "prevent"]

#: The pages, as the first one shows them.
TOOLS = (("prevent_lift", "Check a lift", "How heavy is too heavy, and what would help most."),)
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def prevent(request: HttpRequest) -> HttpResponse:
    """What there is to check."""
    return render(request, "lumbago/prevent/index.html", {"tools": TOOLS})


@get_or_post
def lift(request: HttpRequest) -> HttpResponse:
    """Check a lift; while a slider is dragged, only what changes."""
    fields: dict[str, str] = START | EXAMPLES.get(request.GET.get("example", ""), ("", {}))[1]
    if request.method == "POST":
        fields = request.POST.dict()
        if "switch" in fields:
            fields = switched(fields)
    form, status = Form(fields), 200
    try:
        shown = lift_shown(form)
    except UserError as error:
        shown, status = {"fault": str(error)}, 422
    moving = bool(request.headers.get("HX-Request"))
    name = "live" if moving else "page"
    if not moving:
        shown |= {"form": lift_form(form)}
    shown |= {"moving": moving}
    return render(request, f"lumbago/prevent/lift_{name}.html", shown, status=status)
