"""What every request passes through."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from lumbago.errors import UserError
from lumbago.web.views.failures import sorry

__all__ = ["headers", "limit_writes", "plain_failures"]

Handler = Callable[[HttpRequest], HttpResponse]
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
WINDOW_S = 60


def headers(get_response: Handler) -> Handler:
    """Forbid what the site never needs, and keep answers out of shared and disk caches."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response

    return handle


def limit_writes(get_response: Handler) -> Handler:
    """Refuse more writes from one address than a person can make."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method in UNSAFE:
            key = f"writes:{request.META.get('REMOTE_ADDR', '')}"
            cache.add(key, 0, WINDOW_S)
            if cache.incr(key) > settings.WRITES_PER_MINUTE:
                words = "That was a lot of clicks in a minute. Wait a moment, then try again."
                response = sorry(request, 429, "Please wait a moment", words)
                response.headers["Retry-After"] = str(WINDOW_S)
                return response
        return get_response(request)

    return handle


def plain_failures(get_response: Handler) -> Handler:
    """One clear sentence for what a person can mend, and nothing but the place of what they cannot."""

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, UserError):
            return sorry(request, 400, "We could not use that", str(exception))
        logging.getLogger("lumbago.web").error("failed", exc_info=exception)
        return sorry(
            request,
            500,
            "Something went wrong on our side",
            "Your answers are safe. Go back and try again.",
        )

    handle.process_exception = process_exception  # type: ignore[attr-defined]  # Django looks for it here
    return handle
