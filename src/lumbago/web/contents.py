"""What an entry of each kind may hold: only what its own class can read."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from lumbago.errors import UserError
from lumbago.web.models import Kind

__all__ = ["LONGEST_NOTE", "EntryContentError", "checked"]

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


def _schema(content: Content) -> None:
    """A value of a part of its own says which form it has."""


_CHECKS: dict[Kind, Callable[[Content], None]] = {
    Kind.NOTE: _note,
    Kind.PLAN: _schema,
    Kind.CHECK_IN: _schema,
    Kind.SCORE: _schema,
}
