"""The application as Django knows it."""

from django.apps import AppConfig

__all__ = ["WebConfig"]


class WebConfig(AppConfig):
    """The web app of lumbago."""

    name = "lumbago.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
