"""Where allauth's habits are not ours."""

from typing import Any

from allauth.account.adapter import (  # type: ignore[import-untyped]  # allauth has no types
    DefaultAccountAdapter,
)
from allauth.mfa.adapter import DefaultMFAAdapter  # type: ignore[import-untyped]  # the same
from django.http import HttpRequest

__all__ = ["AccountAdapter", "SecondStepAdapter"]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """No message for what the page that follows shows anyway."""

    quiet = (
        "account/messages/logged_in.txt",
        "account/messages/logged_out.txt",
        "account/messages/email_confirmation_sent.txt",
    )

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: Any = None,
        *more: Any,
        **rest: Any,
    ) -> None:
        """A message on the next page."""
        if message_template not in self.quiet:
            super().add_message(request, level, message_template, *more, **rest)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The square to scan as a part of the page: the policy takes no picture from an address of data."""

    def build_totp_svg(self, url: str) -> str:
        """The picture without the head of a file."""
        svg = str(super().build_totp_svg(url))
        label = "Square code to scan with the app; the letters below say the same"
        return svg[svg.index("<svg") :].replace("<svg", f'<svg role="img" aria-label="{label}"', 1)
