"""The data files on care, read into records; every fault is listed at once with its file and item."""

from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Any, Literal, TypeVar

import msgspec

from lumbago.errors import EvidenceError

__all__ = ["Record", "Sourced", "read_checked", "read_list", "read_single"]

T = TypeVar("T")


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of the records on care: frozen, and strict about its keys."""

    def to_dict(self) -> dict[str, Any]:
        """The record as plain values, ready for JSON."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


class Sourced(Record, frozen=True, kw_only=True):
    """A record with an id, and where what it says comes from.

    `evidence` is `published` if the source names this very thing, and `elicited` where it is what
    clinicians commonly teach or our own judgement; `checked` says whether the source was read.
    """

    id: str
    source: str
    checked: Literal["seen", "recalled", "elicited"]
    evidence: Literal["published", "elicited"]
    note: str = ""


def read_list(name: str, kind: type[T], content: bytes | None = None) -> tuple[T, ...]:
    """The records of a YAML list.

    Args:
        name: File under `care/data`.
        kind: What each item is.
        content: The bytes to read in place of the packaged file's.

    Raises:
        EvidenceError: If an item has a fault; lists every one.
    """
    raw = _yaml(name, content)
    if not isinstance(raw, list):
        raise EvidenceError([f"{name}: must be a list of records"])
    found, faults = [], []
    for number, item in enumerate(raw, start=1):
        label = item.get("id", number) if isinstance(item, dict) else number
        try:
            found.append(msgspec.convert(item, kind))
        except msgspec.ValidationError as error:
            faults.append(f"{name} item {label}: {error}")
    if faults:
        raise EvidenceError(faults)
    return tuple(found)


def read_single(name: str, kind: type[T], content: bytes | None = None) -> T:
    """A YAML file that is one record.

    Raises:
        EvidenceError: If it has a fault.
    """
    try:
        return msgspec.convert(_yaml(name, content), kind)
    except msgspec.ValidationError as error:
        raise EvidenceError([f"{name}: {error}"]) from None


def read_checked(
    name: str, kind: type[T], faults_of: Callable[[T], Iterable[str]], content: bytes | None = None
) -> T:
    """A YAML file that is one record, held against the rest of the evidence as well.

    Raises:
        EvidenceError: If it has a fault; lists every one that `faults_of` finds.
    """
    found = read_single(name, kind, content)
    faults = [f"{name} {fault}" for fault in faults_of(found)]
    if faults:
        raise EvidenceError(faults)
    return found


def _yaml(name: str, content: bytes | None) -> Any:
    import yaml  # `import lumbago` need not pay for it

    if content is None:
        content = (files("lumbago.care") / "data" / name).read_bytes()
    try:
        return yaml.load(content, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise EvidenceError([f"{name}: not valid YAML: {' '.join(str(error).split())}"]) from None
