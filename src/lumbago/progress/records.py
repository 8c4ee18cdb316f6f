"""What the packaged files of `progress` have in common: strict records, and faults all at once."""

from collections.abc import Container, Iterable, Iterator
from importlib.resources import files
from typing import Literal, TypeVar

import msgspec

from lumbago.errors import EvidenceError

__all__ = ["Checked", "Quoted", "Record", "read_list", "refuse", "unknown_sources"]

Checked = Literal["seen", "recalled", "elicited"]
T = TypeVar("T")


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A record of a packaged file; unknown keys are refused."""


class Quoted(Record, frozen=True, kw_only=True):
    """A number that somebody published, and whether it was read there."""

    value: float
    source: str
    checked: Checked
    note: str = ""


def read_list(name: str, kind: type[T]) -> tuple[T, ...]:
    """One YAML file of `data/` as records.

    Raises:
        EvidenceError: If records are malformed; lists every one by its id or place.
    """
    import yaml  # `import lumbago` need not pay for it

    text = (files("lumbago.progress") / "data" / name).read_text(encoding="utf-8")
    found: list[T] = []
    faults: list[str] = []
    for place, raw in enumerate(yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)), 1):
        try:
            found.append(msgspec.convert(raw, kind))
        except msgspec.ValidationError as error:
            label = raw.get("id", f"record {place}") if isinstance(raw, dict) else f"record {place}"
            faults.append(f"{name}: {label}: {error}")
    refuse(faults)
    return tuple(found)


def refuse(faults: Iterable[str]) -> None:
    """Do nothing if there is no fault.

    Raises:
        EvidenceError: With all of them.
    """
    listed = list(faults)
    if listed:
        raise EvidenceError(listed)


def unknown_sources(
    where: str, sources: Iterable[str | None], known: Container[str]
) -> Iterator[str]:
    """A fault for each source that the evidence does not list."""
    for source in sources:
        if source is not None and source not in known:
            yield f"{where}: unknown source {source}"
