"""What every command prints with."""

from pathlib import Path
from typing import Any

from lumbago.errors import UserError

__all__ = ["print_json", "read_file", "write_drawing"]


def print_json(value: Any) -> None:
    """Print a value as JSON to read."""
    import json

    print(json.dumps(value, indent=2, ensure_ascii=False))


def write_drawing(path: str, drawing: str) -> None:
    """Write a drawing to a file.

    Raises:
        UserError: If the file cannot be written.
    """
    try:
        Path(path).write_text(drawing, encoding="utf-8")
    except OSError as error:
        raise UserError(f"cannot write {path}: {error.strerror}") from None


def read_file(path: str) -> bytes:
    """The bytes of a file.

    Raises:
        UserError: If the file cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from None
