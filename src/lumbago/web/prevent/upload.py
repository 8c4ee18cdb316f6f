"""Files that are measured: held in memory while a page is made, and let go with it."""

import io
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from lumbago.errors import MeasurementError

__all__ = ["LARGEST_FILE", "LARGEST_MB", "Measured", "file_of", "takes_a_file"]

#: Bytes of a file: ten minutes of three axes at 500 samples a second as text, or years of runs.
LARGEST_MB = 10
LARGEST_FILE = LARGEST_MB * 1_000_000


class Measured(FileUploadHandler):
    """A file in memory, never on disk; one that is too long ends there."""

    too_long = False

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.held = io.BytesIO()  # the settings let one file through, no more

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep what came."""
        if start + len(raw_data) > LARGEST_FILE:
            self.too_long = True
            raise StopUpload(connection_reset=False)
        self.held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The whole of it."""
        self.held.seek(0)
        kind, charset = self.content_type or "", self.charset
        return InMemoryUploadedFile(
            self.held, self.field_name, self.file_name, kind, file_size, charset
        )


def takes_a_file(
    view: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let a page take one file. The mark against forgery is looked at after the handler is set."""
    guarded = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def handle(request: HttpRequest) -> HttpResponse:
        request.upload_handlers = [Measured(request)]
        return guarded(request)

    return handle


def file_of(request: HttpRequest, kinds: tuple[str, ...]) -> "UploadedFile[Any] | None":
    """The file that was sent; None if there is none.

    Args:
        request: The request.
        kinds: Endings that its name may have.

    Raises:
        MeasurementError: If it is too long or of another kind; one sentence says so.
    """
    sent = request.FILES.get("file")
    handler = request.upload_handlers[0]
    if sent is None:
        if getattr(handler, "too_long", False):
            raise MeasurementError(
                f"the file is longer than {LARGEST_MB} MB; send a shorter part of it"
            )
        return None
    if not (sent.name or "").lower().endswith(kinds):
        raise MeasurementError(f"this kind of file is not known here; send {' or '.join(kinds)}")
    return sent
