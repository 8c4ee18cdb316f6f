"""The constants of the lifting methods, read once from `data/lifting.yaml`."""

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from lumbago.errors import EvidenceError, MeasurementError

__all__ = ["Band", "Fatigue", "LiftingTables", "Spell", "System", "load_lifting", "system"]


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of the file."""


class System(_Record, frozen=True):
    """One set of constants: lengths in `length`, loads in `mass`."""

    length: str
    mass: str
    load_constant: float
    horizontal_least: float
    horizontal_most: float
    vertical_best: float
    vertical_most: float
    vertical_slope: float
    distance_least: float
    distance_most: float
    distance_base: float
    distance_slope: float
    estimate_near: float
    estimate_low: float
    estimate_below: float


class Spell(_Record, frozen=True):
    """A duration class: its longest work, and the rest that must follow as a share of the work."""

    name: str
    most_h: float
    recovery_share: float


class Band(_Record, frozen=True):
    """A range of an index or a probability, up to and including `most`."""

    most: float
    name: str
    meaning: str = ""


class Fatigue(_Record, frozen=True):
    """Constants of the Lifting Fatigue Failure Tool."""

    source: str
    doi: str
    checked: str
    read_at: str
    log10_damage_at_rest: float
    log10_damage_per_ftlb: float
    logit_at_one: float
    logit_per_log10: float
    ftlb_per_nm: float
    caution_above_nm: float
    bands: list[Band]


class LiftingTables(_Record, frozen=True):
    """Everything in the file."""

    source: str
    doi: str
    checked: str
    read_at: str
    systems: dict[str, System]
    asymmetry_slope: float
    asymmetry_most_deg: float
    coupling: dict[str, tuple[float, float]]
    frequency: list[list[float]]
    duration: list[Spell]
    bands: list[Band]
    not_covered: dict[str, str]
    fatigue: Fatigue

    @property
    def frequency_array(self) -> NDArray[np.float64]:
        """Table 5 as `(rows, 7)`: lifts a minute, then two columns for each duration class."""
        return np.array(self.frequency)


@cache
def load_lifting() -> LiftingTables:
    """The constants of the lifting methods.

    Raises:
        EvidenceError: If the file has a fault.
    """
    import yaml

    text = (files("lumbago.prevention") / "data" / "lifting.yaml").read_text(encoding="utf-8")
    content: Any = yaml.safe_load(text)
    try:
        return msgspec.convert(content, LiftingTables)
    except msgspec.ValidationError as error:
        raise EvidenceError([f"lifting.yaml: {error}"]) from None


def system(name: str) -> System:
    """The constants for `metric` (cm, kg) or `us` (in, lb).

    Raises:
        MeasurementError: If there is no such system.
    """
    try:
        return load_lifting().systems[name]
    except KeyError:
        raise MeasurementError(f"units are {name!r}; they are 'metric' or 'us'") from None
