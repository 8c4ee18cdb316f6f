"""Files that are sent: refused everywhere, but for pages that say so, as the one that takes a record back."""

import io
from typing import Any, NoReturn

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from lumbago.web.archive import LARGEST_FILE

__all__ = ["Refused", "Taken"]


class Refused(FileUploadHandler):
    """No page takes a file unless it says so."""

    def new_file(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse it before a byte of it is kept."""
        raise SuspiciousOperation("a file where none is taken")

    def receive_data_chunk(self, *_: Any) -> NoReturn:
        """Never reached: a file is refused before its first byte."""
        raise NotImplementedError

    def file_complete(self, *_: Any) -> NoReturn:
        """Never reached either."""
        raise NotImplementedError


class Taken(FileUploadHandler):
    """A file in memory, never on disk; one that is too long ends there."""

    held = b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep what came."""
        if start + len(raw_data) > LARGEST_FILE:
            raise StopUpload(connection_reset=False)
        self.held += raw_data

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The whole of it."""
        content = io.BytesIO(self.held)
        kind, charset = self.content_type or "", self.charset
        return InMemoryUploadedFile(content, self.field_name, "record", kind, file_size, charset)
