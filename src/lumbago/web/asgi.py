"""The application for an ASGI server: `uvicorn lumbago.web.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

__all__ = ["application"]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbago.web.settings")
_django = get_asgi_application()

from lumbago.web.gate import gate  # noqa: E402  # settings and models exist from here on
from lumbago.web.start import at_start  # noqa: E402

application = gate(_django, at_start=at_start)
