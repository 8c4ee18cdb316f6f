"""The accounts as Django knows them."""

from django.apps import AppConfig
from django.conf import settings

__all__ = ["AccountsConfig"]


class AccountsConfig(AppConfig):
    """Accounts of a site; the table is there, and empty, where accounts are off."""

    name = "lumbago.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for people who sign out."""
        if settings.ENVIRONMENT.accounts:
            from lumbago.web.accounts import signals

            signals.connect()
