"""What happens besides when somebody signs out."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from lumbago.web import visits

__all__ = ["connect"]


def connect() -> None:
    """Begin to listen."""
    user_logged_out.connect(_signed_out, dispatch_uid="lumbago.signed_out")


def _signed_out(request: HttpRequest, **_: Any) -> None:
    """Leave nothing behind in a browser that others may use next."""
    visits.forget_unbound(request)
