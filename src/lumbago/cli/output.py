"""What every command prints with."""

from typing import Any

__all__ = ["print_json"]


def print_json(value: Any) -> None:
    """Print a value as JSON to read."""
    import json

    print(json.dumps(value, indent=2, ensure_ascii=False))
