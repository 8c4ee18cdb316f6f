"""A record as one file that anybody can read, and back again unchanged.

`record.json` holds everything, and is all that an import reads; tables and pictures beside it are for people.
What is imported is added: an entry that is there already is left as it is, and nothing is deleted.
"""

import io
import zipfile
import zlib
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from lumbago.errors import UserError
from lumbago.web.models.record import Kind

__all__ = [
    "LARGEST_FILE",
    "Archive",
    "ArchiveError",
    "ArchivedCheck",
    "ArchivedEntry",
    "pack",
    "unpack",
]

#: Bytes of a file that is sent; the largest record that can be kept packs into less.
LARGEST_FILE = 10_000_000
#: Bytes that `record.json` may unpack to. Read up to here and no further, whatever the file says of itself.
LARGEST_RECORD = 64_000_000
MOST_FILES = 2_000
NAME = "record.json"
#: Every file has the same date, so that the same record gives the same bytes.
DATE = (1980, 1, 1, 0, 0, 0)
#: What reading a file that is no sound archive raises; NotImplementedError: a compression nobody here knows.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    UnicodeError,
    ValueError,
)


class ArchiveError(UserError):
    """A file that cannot be taken back."""


class ArchivedEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An entry of the record; `replaces` is the key of the one that it stands for."""

    key: UUID
    kind: Kind
    made: datetime
    content: dict[str, Any]
    replaces: UUID | None = None


class ArchivedCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A check of a pain that was kept."""

    key: UUID
    created: datetime
    changed: datetime
    interview: dict[str, Any]
    alarm: str = ""


class Archive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a person has recorded, oldest first."""

    schema: Literal["lumbago/record/1"]
    entries: list[ArchivedEntry]
    checks: list[ArchivedCheck]


def pack(archive: Archive, others: dict[str, bytes]) -> bytes:
    """The zip: `record.json`, and other files by name."""
    record = msgspec.json.format(msgspec.json.encode(archive), indent=2)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {NAME: record, **others}.items():
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, content)
    return out.getvalue()


def unpack(sent: bytes) -> Archive:
    """What a file holds. Nothing is written to disk, and no name in it is ever used as a path.

    Raises:
        ArchiveError: If it is not such a file.
    """
    record = _record(sent)
    try:
        archive = msgspec.json.decode(record, type=Archive)
    except msgspec.ValidationError as error:
        raise ArchiveError(f"{NAME} in this file cannot be read: {error}") from None
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise ArchiveError(f"{NAME} in this file is damaged. Export the record again.") from None
    _ordered(archive)
    return archive


def _record(sent: bytes) -> bytes:
    """The bytes of `record.json`."""
    if len(sent) > LARGEST_FILE:
        raise ArchiveError(f"The file is larger than {LARGEST_FILE // 1_000_000} MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(sent)) as held:
            found = [info for info in held.infolist() if info.filename == NAME]
            if len(held.infolist()) > MOST_FILES or len(found) != 1:
                raise ArchiveError(
                    f"This is not a record exported from here: it should hold one {NAME}."
                )
            with held.open(found[0]) as part:
                record = part.read(LARGEST_RECORD + 1)
    except BROKEN:
        raise ArchiveError(
            "This file cannot be opened. Choose the zip file that “Export everything” gave you."
        ) from None
    if len(record) > LARGEST_RECORD:
        raise ArchiveError(f"{NAME} in this file is larger than {LARGEST_RECORD // 1_000_000} MB.")
    return record


def _ordered(archive: Archive) -> None:
    """Every entry stands after the one that it replaces, times have a zone, and no key comes twice."""
    seen = dict[UUID, str]()
    for number, entry in enumerate(archive.entries, start=1):
        where = f"{NAME}, entry {number}"
        if entry.key in seen:
            raise ArchiveError(f"{where}: its key comes twice.")
        if entry.replaces is not None and seen.get(entry.replaces) != entry.kind:
            raise ArchiveError(
                f"{where}: replaces names no earlier entry of the kind {entry.kind}."
            )
        if entry.made.tzinfo is None:
            raise ArchiveError(f"{where}: made needs a time zone, such as 2026-11-28T09:00:00Z.")
        seen[entry.key] = entry.kind
    for number, check in enumerate(archive.checks, start=1):
        if check.created.tzinfo is None or check.changed.tzinfo is None:
            raise ArchiveError(f"{NAME}, check {number}: times need a time zone.")
