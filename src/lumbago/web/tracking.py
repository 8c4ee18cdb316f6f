"""The diary of a record: its values are entries that are only ever added, so nothing can be lost by adding.

An entry's number is worked out from its value: a form that is sent twice, or a copy that is taken back, is
stored once. A correction is a value of its own that names the one that it corrects; the diary knows which one
counts.
"""

import uuid
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from lumbago.progress.diary import About, Answered, CheckIn, Diary
from lumbago.web import record
from lumbago.web.contents import about_in, answered_in, check_in_in
from lumbago.web.models import Kind
from lumbago.web.record import NoEntryError, Own, Reading

__all__ = ["add_check_in", "answer", "diary", "start"]

#: Makes the number of an entry from the key of its value.
NAMES = uuid.UUID("5d2d0d0c-6b5a-4b0c-9d9e-2d7c3f8f6a11")


def diary(reading: Reading) -> Diary:
    """Everything that was written down, as a diary."""

    def held(kind: Kind) -> Iterator[Mapping[str, Any]]:
        return (entry.content for entry in record.entries(reading, kind))

    return Diary().joined(
        Diary(
            abouts=tuple(map(about_in, held(Kind.ABOUT))),
            written=tuple(map(check_in_in, held(Kind.CHECK_IN))),
            answered=tuple(map(answered_in, held(Kind.SCORE))),
        )
    )


def start(own: Own, about: About) -> None:
    """Say what is tracked, or say it anew.

    Raises:
        UserError: If a value of it does not exist.
    """
    _store(own, Kind.ABOUT, about)


def add_check_in(own: Own, check_in: CheckIn) -> None:
    """Add a check-in, or the correction of one.

    Raises:
        UserError: If it cannot be; nothing is stored then.
    """
    # By its value: an entry that came back from a file may have another number.
    if check_in.replaces and check_in.replaces not in {c.key for c in diary(own).written}:
        raise NoEntryError("There is no such check-in here. It may have been deleted.")
    _store(own, Kind.CHECK_IN, check_in)


def answer(own: Own, prom: str, answers: Mapping[str, Any], *, day: date, at: datetime) -> Answered:
    """Score a questionnaire and add it.

    Raises:
        PromError: If an answer cannot be; nothing is stored then.
    """
    (value,) = Diary().answering(prom, answers, day=day, at=at).answered
    _store(own, Kind.SCORE, value)
    return value


def _store(own: Own, kind: Kind, value: About | CheckIn | Answered) -> None:
    record.add(own, kind, msgspec.to_builtins(value), _number(kind, value.key))


def _number(kind: Kind, key: str) -> uuid.UUID:
    return uuid.uuid5(NAMES, f"{kind} {key}")
