"""The tables of the posture methods, read once from `data/posture.yaml`."""

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from lumbago.errors import EvidenceError

__all__ = ["PostureBand", "PostureTables", "Thresholds", "load_posture"]

DIGITS = "0123456789ABC"


class PostureBand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A range of a score, up to and including `most`."""

    most: int
    name: str
    action: str


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    axes: dict[str, int]
    source: str
    checked: str
    rows: list[int | str]
    doi: str = ""
    read_at: str = ""
    note: str = ""

    def array(self) -> NDArray[np.int8]:
        cells = [DIGITS.index(digit) for row in self.rows for digit in str(row)]
        return np.array(cells, dtype=np.int8).reshape(tuple(self.axes.values()))


class _Threshold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    value: float
    grade: str
    source: str = ""
    read_at: str = ""
    note: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tables: dict[str, _Table]
    bands: dict[str, list[PostureBand]]
    thresholds: dict[str, _Threshold]


class Thresholds(NamedTuple):
    """The angles, in degrees, that the methods leave open (see `data/posture.yaml` for why)."""

    neutral_deg: float
    twisted_deg: float
    abducted_deg: float
    deviated_deg: float
    wrist_twist_deg: float
    owas_back_deg: float
    owas_arm_deg: float
    owas_knee_deg: float


class PostureTables(NamedTuple):
    """Score tables by name, each with one axis for each body part; bands by method; thresholds."""

    scores: dict[str, NDArray[np.int8]]
    axes: dict[str, tuple[str, ...]]
    bands: dict[str, list[PostureBand]]
    thresholds: Thresholds


@cache
def load_posture() -> PostureTables:
    """The tables of REBA, RULA and OWAS.

    Raises:
        EvidenceError: If the file has a fault.
    """
    import yaml

    text = (files("lumbago.prevention") / "data" / "posture.yaml").read_text(encoding="utf-8")
    content: Any = yaml.safe_load(text)
    try:
        read = msgspec.convert(content, _File)
        scores = {name: table.array() for name, table in read.tables.items()}
        limits = Thresholds(**{name: item.value for name, item in read.thresholds.items()})
    except (msgspec.ValidationError, ValueError, TypeError) as error:
        raise EvidenceError([f"posture.yaml: {error}"]) from None
    axes = {name: tuple(table.axes) for name, table in read.tables.items()}
    return PostureTables(scores, axes, read.bands, limits)
