"""The application for an ASGI server: `uvicorn lumbago.web.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

__all__ = ["application"]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbago.web.settings")
application = get_asgi_application()
