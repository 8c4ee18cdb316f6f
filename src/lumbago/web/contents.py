"""What an entry of each kind may hold: only what its own class can read."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

from lumbago.errors import UserError
from lumbago.progress.diary import About, Answered, CheckIn, Diary
from lumbago.progress.proms import find_prom
from lumbago.web.models import Kind
from lumbago.web.recover_answers import RunningAnswers

__all__ = [
    "LONGEST_NOTE",
    "EntryContentError",
    "about_in",
    "answered_in",
    "check_in_in",
    "checked",
    "running_in",
]

V = TypeVar("V", About, CheckIn, Answered, RunningAnswers)

LONGEST_NOTE = 4_000
#: A plan with every line of its evidence is about a tenth of this.
MOST_CHARACTERS = 200_000

Content = Mapping[str, Any]


class EntryContentError(UserError):
    """An entry holds something that cannot be."""


def checked(kind: Kind, content: Content) -> Content:
    """The content, if it is what its kind says.

    Raises:
        UserError: If it is not.
    """
    if not isinstance(content, Mapping):
        raise EntryContentError(f"{kind.label}: expected an object with fields")
    try:
        length = len(json.dumps(content, allow_nan=False))
    except (TypeError, ValueError):
        raise EntryContentError(f"{kind.label}: holds something that JSON cannot") from None
    if length > MOST_CHARACTERS:
        raise EntryContentError(
            f"{kind.label}: at most {MOST_CHARACTERS:,} characters, got {length:,}"
        )
    _CHECKS[kind](content)
    return content


def _note(content: Content) -> None:
    text = content.get("text")
    if set(content) != {"text"} or not isinstance(text, str) or not text.strip():
        raise EntryContentError('Note: write something, for example {"text": "Walked to work."}')
    if len(text) > LONGEST_NOTE:
        raise EntryContentError(f"Note: at most {LONGEST_NOTE:,} characters, got {len(text):,}")


def _plan(content: Content) -> None:
    schema = content.get("schema")
    if not isinstance(schema, str) or not schema.startswith("lumbago/plan/"):
        raise EntryContentError(f"Plan: schema should be one of lumbago/plan/..., got {schema!r}")


def _value_of_a_diary(kind: type[V]) -> Callable[[Content], V]:
    def read(content: Content) -> V:
        try:
            return msgspec.convert(content, kind)
        except msgspec.ValidationError as error:
            raise EntryContentError(f"{kind.__name__}: {error}") from None

    return read


def _about(content: Content) -> None:
    Diary().starting(about_in(content))


def _check_in(content: Content) -> None:
    # Which one it corrects is looked at where the others are known (`tracking.py`).
    Diary().adding(msgspec.structs.replace(check_in_in(content), replaces=""))


def _score(content: Content) -> None:
    find_prom(answered_in(content).prom)


def _running(content: Content) -> None:
    running_in(content)


about_in = _value_of_a_diary(About)
check_in_in = _value_of_a_diary(CheckIn)
answered_in = _value_of_a_diary(Answered)
running_in = _value_of_a_diary(RunningAnswers)

_CHECKS: dict[Kind, Callable[[Content], None]] = {
    Kind.NOTE: _note,
    Kind.PLAN: _plan,
    Kind.ABOUT: _about,
    Kind.CHECK_IN: _check_in,
    Kind.SCORE: _score,
    Kind.RUNNING: _running,
}
