"""What happens besides when somebody signs out, or signs in at a provider."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import pre_save
from django.http import HttpRequest

from lumbago.web import visits

__all__ = ["connect"]

#: Of what a provider tells: who it is, and the address.
KEPT = ("sub", "email", "email_verified")


def connect() -> None:
    """Begin to listen. Only where there are accounts."""
    from allauth.socialaccount.models import SocialAccount  # type: ignore[import-untyped]  # no types

    user_logged_out.connect(_signed_out, dispatch_uid="lumbago.signed_out")
    pre_save.connect(_told, sender=SocialAccount, dispatch_uid="lumbago.told")


def _signed_out(request: HttpRequest, **_: Any) -> None:
    """Leave nothing behind in a browser that others may use next."""
    visits.forget_unbound(request)


def _told(instance: Any, **_: Any) -> None:
    """Name, picture and the rest of what a provider tells are never stored."""
    told = instance.extra_data
    told = told.get("userinfo") or told.get("id_token") or told
    instance.extra_data = {name: told[name] for name in KEPT if name in told}
