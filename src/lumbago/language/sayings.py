"""How people say each finding, for teaching the reader: `data/sayings`, and `data/neutral.txt` for the rest."""

import re
from importlib.resources import files

import msgspec

from lumbago.errors import EvidenceError

__all__ = ["DATA", "Sayings", "read_lists", "read_neutral", "tokens"]

DATA = files("lumbago.language") / "data"
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+")


def tokens(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Words of a text in lower case, each with its place; "can't" and "cant" are one word."""
    return [(re.sub(r"\d+", "#", m[0]).replace("'", ""), m.span()) for m in _TOKEN.finditer(text)]


class Sayings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How people say that a finding is so, that it is not so, and what only sounds like it."""

    finding: str
    said: list[str]
    denied: list[str] = []
    near: list[str] = []


def read_lists() -> list[Sayings]:
    """The packaged sayings, in order of their finding.

    Raises:
        EvidenceError: If a file has a fault.
    """
    import yaml  # only training and the checks read these

    found: list[Sayings] = []
    for entry in sorted((DATA / "sayings").iterdir(), key=lambda e: e.name):
        try:
            found += msgspec.convert(yaml.safe_load(entry.read_text("utf-8")), list[Sayings])
        except (yaml.YAMLError, msgspec.ValidationError) as error:
            raise EvidenceError([f"sayings/{entry.name}: {error}"]) from None
    return sorted(found, key=lambda s: s.finding)


def read_neutral() -> list[str]:
    """Things that people write along with their pain and that are no finding."""
    return (DATA / "neutral.txt").read_text(encoding="utf-8").splitlines()
