"""The packaged tables of `data/`, read into records; a fault names the file and the row."""

import csv
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

from lumbago.errors import EvidenceError

__all__ = ["Evidence", "Record", "evidence", "read_record", "read_rows"]

T = TypeVar("T")


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of a packaged file; unknown keys are refused."""


class Evidence(Record, frozen=True):
    """What one study found: a statement, and the size of the effect where it has one."""

    id: str
    method: str
    statement: str
    design: str
    source: str
    checked: str
    effect: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    year: int | None = None
    doi: str | None = None
    url: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The row as plain values, without what it does not have."""
        return {k: v for k, v in msgspec.to_builtins(self).items() if v is not None}

    @property
    def in_words(self) -> str:
        """The statement with its effect and where it comes from."""
        size = ""
        if self.value is not None:
            spread = "" if self.low is None else f", 95% interval {self.low:g} to {self.high:g}"
            size = f" ({self.effect} {self.value:g}{spread})"
        return f"{self.statement}{size}. {self.design[:1].upper()}{self.design[1:]}; {self.source}."


def read_record(name: str, kind: type[T]) -> T:
    """One YAML file as a record.

    Raises:
        EvidenceError: If the file has a fault.
    """
    import yaml

    try:
        return msgspec.convert(yaml.safe_load(_text(name)), kind)
    except msgspec.ValidationError as error:
        raise EvidenceError([f"{name}: {error}"]) from None


def read_rows(name: str, kind: type[T]) -> tuple[T, ...]:
    """One CSV file as records; empty cells are left out.

    Raises:
        EvidenceError: If a row has a fault; lists every one.
    """
    rows, faults = [], []
    for number, row in enumerate(csv.DictReader(_text(name).splitlines()), start=2):
        try:
            rows.append(
                msgspec.convert({k: v for k, v in row.items() if v != ""}, kind, strict=False)
            )
        except msgspec.ValidationError as error:
            faults.append(f"{name} row {number}: {error}")
    if faults:
        raise EvidenceError(faults)
    return tuple(rows)


@cache
def evidence(method: str) -> dict[str, Evidence]:
    """What studies found about one method, by id, in the order of the file."""
    rows = read_rows("prevention_evidence.csv", Evidence)
    return {row.id: row for row in rows if row.method == method}


def _text(name: str) -> str:
    return (files("lumbago.prevention") / "data" / name).read_text(encoding="utf-8")
