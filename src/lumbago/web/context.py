"""What every template may show."""

from django.conf import settings
from django.http import HttpRequest

from lumbago.web.country import service_of

__all__ = ["site"]

NAVIGATION = (
    ("about_you", "Check"),
    ("learn", "Learn"),
    ("anatomy", "Anatomy"),
    ("myths", "Myths"),
    ("evidence", "Evidence"),
)


def site(request: HttpRequest) -> dict[str, object]:
    """Navigation, whom to call, and whether this is one's own machine."""
    match = request.resolver_match
    return {
        "navigation": NAVIGATION,
        "here": match.url_name if match else "",
        "service": service_of(request),
        "own_machine": not settings.ENVIRONMENT.public,
    }
