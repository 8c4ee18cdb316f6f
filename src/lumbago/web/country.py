"""Whom to call in the visitor's country."""

from django.conf import settings
from django.http import HttpRequest

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.care import Service

__all__ = ["COUNTRY", "service_of"]

#: Where the session keeps the chosen country.
COUNTRY = "country"


def service_of(request: HttpRequest) -> Service:
    """Numbers of the country that was chosen, else that the browser's language names, else the default."""
    services = {s.id: s for s in load_knowledge().services}
    chosen = request.session.get(COUNTRY) if hasattr(request, "session") else None
    wanted = (chosen, _named(request), settings.ENVIRONMENT.country, "default")
    return next(services[code] for code in wanted if code in services)


def _named(request: HttpRequest) -> str | None:
    """The country of the first language that the browser asks for, such as GB in en-GB."""
    first = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0]
    _, _, country = first.strip().partition("-")
    return country.upper() if len(country) == 2 else None
