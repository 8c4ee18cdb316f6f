"""A person's record. Every page reads and writes it through these functions, and through nothing else.

A record is reached in two ways: `mine` gives the one of whoever asks, to read and write; `sharing.opened` gives
one that somebody shared, to read. Functions that write take only the first, and a type checker holds that.

An entry is added, replaced or taken away, and never written over. Nothing is replaced twice: of two windows
that change the same entry at once, the second works from what the first one left.
"""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Length
from django.http import HttpRequest

from lumbago.errors import UserError
from lumbago.web.contents import checked
from lumbago.web.models import Entry, Kind, Person
from lumbago.web.people import required_person

__all__ = [
    "MOST_ENTRIES",
    "NoEntryError",
    "Own",
    "Reading",
    "Stored",
    "add",
    "change_plan",
    "counts",
    "entries",
    "entry",
    "history",
    "mine",
    "plan",
    "remove",
    "replace",
]

#: How often a change is made again because another window was quicker.
TRIES = 20
#: Fifty years of check-ins.
MOST_ENTRIES = 20_000
#: Of all entries together; what an import takes back in one file (`archive.py`) is more.
MOST_CHARACTERS = 20_000_000


class NoEntryError(UserError):
    """There is no such entry in this record."""


class BusyRecordError(UserError):
    """The same entry is being changed from too many places at once."""


class FullRecordError(UserError):
    """More entries than a person can make."""


@dataclass(frozen=True)
class Reading:
    """Leave to read a person's record."""

    person: Person


@dataclass(frozen=True)
class Own(Reading):
    """Leave to read and write one's own record."""


@dataclass(frozen=True)
class Stored:
    """An entry: its number, what kind it is, when it was made, and the value as JSON."""

    key: uuid.UUID
    kind: Kind
    content: Mapping[str, Any]
    made: datetime
    replaces: uuid.UUID | None = None

    @property
    def day(self) -> date | None:
        """The day that it is about, if it is about one."""
        said = self.content.get("day")
        return date.fromisoformat(said) if isinstance(said, str) else None

    @property
    def said(self) -> dict[str, Any]:
        """The fields that hold something."""
        return {
            name: value for name, value in self.content.items() if value not in ("", None, [], {})
        }

    @property
    def brief(self) -> str:
        """A few words by which its person knows it again; empty where its date has to do."""
        held = self.content
        if self.kind == Kind.CHECK_IN:
            return f"pain {held.get('pain')} of 10"
        if self.kind == Kind.SCORE:
            return f"{held.get('prom')}, {held.get('value')}"
        return str(held.get("text", ""))


def mine(request: HttpRequest) -> Own:
    """The record of whoever asks.

    Raises:
        NoRecordError: If nobody is signed in.
    """
    return Own(required_person(request))


def entries(reading: Reading, kind: Kind | None = None) -> list[Stored]:
    """What stands in a record today, oldest first: of one kind, or all of it."""
    standing = _rows(reading).filter(replaced_by__isnull=True)
    return [_stored(row) for row in (standing.filter(kind=kind) if kind else standing)]


def history(reading: Reading) -> list[Stored]:
    """Everything in a record, what was replaced too, oldest first."""
    return [_stored(row) for row in _rows(reading)]


def counts(reading: Reading) -> dict[Kind, int]:
    """How many entries of each kind stand in a record."""
    kinds = _rows(reading).filter(replaced_by__isnull=True).values_list("kind", flat=True)
    found = list(kinds)
    return {kind: found.count(kind) for kind in Kind}


def entry(reading: Reading, key: uuid.UUID) -> Stored:
    """One entry.

    Raises:
        NoEntryError: If it is not in this record.
    """
    return _stored(_row(reading, key))


def plan(reading: Reading) -> Stored | None:
    """The plan of today, if there is one."""
    standing = entries(reading, Kind.PLAN)
    return standing[-1] if standing else None


def add(own: Own, kind: Kind, content: Mapping[str, Any], key: uuid.UUID | None = None) -> Stored:
    """Add an entry.

    Args:
        own: Whose record.
        kind: Anything but a plan, which `change_plan` makes.
        content: The value's `to_dict`.
        key: Its number. A form that carries one can be sent twice and is stored once.

    Raises:
        UserError: If the content cannot be, or the record is full.
    """
    if kind == Kind.PLAN:
        raise ValueError("plans are made by change_plan, each from the one before")
    text = _written(kind, content)
    _room(own)
    with transaction.atomic():
        row, _ = Entry.objects.get_or_create(
            person=own.person, key=key or uuid.uuid4(), defaults={"kind": kind, "content": text}
        )
    return _stored(row)


def replace(
    own: Own, key: uuid.UUID, how: Callable[[Mapping[str, Any]], Mapping[str, Any]]
) -> Stored:
    """Put a changed entry in the place of the newest version of this one.

    Raises:
        NoEntryError: If it is not in this record.
        UserError: If the change cannot be; nothing is stored then.
    """
    for _ in range(TRIES):
        row = _newest(_row(own, key))
        text = _written(Kind(row.kind), how(json.loads(row.content)))
        made = _follow(own, Kind(row.kind), text, row)
        if made is not None:
            return made
    raise BusyRecordError("other windows were changing this at the same moment; please try again")


def change_plan(own: Own, how: Callable[[Mapping[str, Any] | None], Mapping[str, Any]]) -> Stored:
    """Make the next plan from the one of today (None if there is none yet).

    Raises:
        UserError: If the change cannot be; nothing is stored then.
    """
    for _ in range(TRIES):
        row = _rows(own).filter(kind=Kind.PLAN, replaced_by__isnull=True).first()
        text = _written(Kind.PLAN, how(json.loads(row.content) if row else None))
        made = _follow(own, Kind.PLAN, text, row)
        if made is not None:
            return made
    raise BusyRecordError(
        "other windows were changing the plan at the same moment; please try again"
    )


def remove(own: Own, key: uuid.UUID) -> None:
    """Delete an entry with every version of it, for good.

    Raises:
        NoEntryError: If it is not in this record.
    """
    row = _newest(_row(own, key))
    versions = [row.pk]
    while row.replaces is not None:
        row = row.replaces
        versions.append(row.pk)
    Entry.objects.filter(person=own.person, pk__in=versions).delete()


def _rows(reading: Reading) -> QuerySet[Entry]:
    return Entry.objects.filter(person=reading.person).select_related("replaces")


def _row(reading: Reading, key: uuid.UUID) -> Entry:
    row = _rows(reading).filter(key=key).first()
    if row is None:
        raise NoEntryError("There is no such entry here. It may have been deleted.")
    return row


def _newest(row: Entry) -> Entry:
    while (later := Entry.objects.filter(replaces=row).first()) is not None:
        row = later
    return row


def _follow(own: Own, kind: Kind, text: str, before: Entry | None) -> Stored | None:
    """Store an entry in the place of another; None if somebody else was quicker."""
    _room(own)
    try:
        with transaction.atomic():
            row = Entry.objects.create(person=own.person, kind=kind, content=text, replaces=before)
    except IntegrityError:
        return None
    return _stored(row)


def _room(own: Own) -> None:
    held = Entry.objects.filter(person=own.person).aggregate(
        rows=Count("pk"), characters=Sum(Length("content"), default=0)
    )
    if held["rows"] >= MOST_ENTRIES or held["characters"] >= MOST_CHARACTERS:
        raise FullRecordError("This record is full. Export it, then delete some entries.")


def _written(kind: Kind, content: Mapping[str, Any]) -> str:
    return json.dumps(checked(kind, content), sort_keys=True, ensure_ascii=False)


def _stored(row: Entry) -> Stored:
    before = row.replaces.key if row.replaces is not None else None
    return Stored(row.key, Kind(row.kind), json.loads(row.content), row.made, before)
