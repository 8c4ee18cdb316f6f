"""What every request passes through."""

import gzip
import io
import ipaddress
import logging
import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode

from lumbago.errors import UserError
from lumbago.web.people import NoRecordError, account_of
from lumbago.web.record import NoEntryError
from lumbago.web.sharing import NotSharedError
from lumbago.web.views.failures import sorry
from lumbago.web.views.staff import NotStaffError
from lumbago.web.visits import NoVisitError, OutdatedVisitError

__all__ = ["compress", "headers", "limit_writes", "plain_failures"]

Handler = Callable[[HttpRequest], HttpResponse]
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
WINDOW_S = 60
#: Shorter pages are not worth compressing. Level 3 takes a third of the time of the usual 6.
SHORT, LEVEL = 200, 3
#: Up to so many bytes of padding hide how long a page is (BREACH; form tokens are masked as well).
PADDING = 100
#: What Django itself answers with a page of its own: 400, 403 or 404.
HANDLED = (Http404, PermissionDenied, BadRequest, SuspiciousOperation, MultiPartParserError)


def headers(get_response: Handler) -> Handler:
    """Forbid what the site never needs, and keep answers out of shared and disk caches."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # A page that hands out a cookie must not hand the same one to the next person.
        own = response.cookies or account_of(request) is not None
        if "Cache-Control" not in response.headers or own:
            response.headers["Cache-Control"] = "no-store"
        return response

    return handle


def compress(get_response: Handler) -> Handler:
    """Send pages compressed where the browser takes them so."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.streaming or len(response.content) < SHORT:
            return response
        if response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            response.content = _compressed(response.content)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))
        return response

    return handle


def _compressed(content: bytes) -> bytes:
    """The content as gzip, under a name of random length."""
    packed = io.BytesIO()
    name = "x" * secrets.randbelow(PADDING)
    with gzip.GzipFile(name, "wb", LEVEL, packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()


def limit_writes(get_response: Handler) -> Handler:
    """Refuse more writes from one address than a person can make."""

    def handle(request: HttpRequest) -> HttpResponse:
        sender = request.META.get("REMOTE_ADDR", "")
        if request.method not in UNSAFE or _writes(sender) <= settings.WRITES_PER_MINUTE:
            return get_response(request)
        words = "That was a lot of clicks in a minute. Wait a moment, then try again."
        response = sorry(request, 429, "Please wait a moment", words)
        response.headers["Retry-After"] = str(WINDOW_S)
        return response

    return handle


def _writes(address: str) -> int:
    """Writes of an address in this minute, with this one."""
    key = f"writes:{_sender(address)}"
    cache.add(key, 0, WINDOW_S)
    try:
        return cache.incr(key)
    except ValueError:  # the minute ended just now
        return 1


def _sender(address: str) -> str:
    """One household: an IPv4 address, or the 64 leading bits of an IPv6 one, which it has to itself."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((int(ip) >> 64 << 64, 64)))


def plain_failures(get_response: Handler) -> Handler:
    """One clear sentence for what a person can mend, and nothing but the place of what they cannot."""

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, HANDLED):
            return None
        if isinstance(exception, OutdatedVisitError):
            return sorry(request, 409, "This program was updated", str(exception), anew=True)
        if isinstance(exception, NoVisitError):
            return sorry(request, 400, "Please start a check first", str(exception), anew=True)
        if isinstance(exception, NoRecordError):
            return _sign_in(request, str(exception))
        if isinstance(exception, (NoEntryError, NotSharedError)):
            # What is not there and what is not theirs look the same.
            return sorry(request, 404, "This is not here", str(exception))
        if isinstance(exception, NotStaffError):
            return sorry(request, 403, "This is not allowed", str(exception))
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


def _sign_in(request: HttpRequest, words: str) -> HttpResponse:
    """To the page for signing in, where there is one."""
    if settings.ENVIRONMENT.accounts is None:
        words = "This site keeps no records. Install lumbago on your own computer to keep one."
        return sorry(request, 404, "No records here", words)
    if request.method in ("GET", "HEAD"):
        onward = urlencode({"next": request.path})
        return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{onward}")
    return sorry(request, 403, "Please sign in first", words)
