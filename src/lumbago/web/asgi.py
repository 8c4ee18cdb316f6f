"""The application for an ASGI server: `uvicorn lumbago.web.asgi:application`.

Every page is plain synchronous work, so Django runs as it does under WSGI, each request in one thread from
end to end. Its own ASGI handler would hand each request from thread to thread at every change between
synchronous and asynchronous middleware, which took as long as the pages themselves.
"""

import os
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

__all__ = ["application"]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbago.web.settings")
_wsgi: Any = get_wsgi_application()  # Django names its types otherwise than a2wsgi does
_django = WSGIMiddleware(_wsgi, workers=4)

from lumbago.web.gate import gate  # noqa: E402  # settings and models exist from here on
from lumbago.web.start import at_start  # noqa: E402  # the same

application = gate(_django, at_start=at_start)
