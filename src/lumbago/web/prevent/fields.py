"""Numbers that come from a form, and the one sentence that says what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from lumbago.errors import MeasurementError

__all__ = ["CM_PER_IN", "KG_PER_LB", "Slider", "number", "one_of", "turned"]

CM_PER_IN, KG_PER_LB = 2.54, 0.45359237


@dataclass(frozen=True)
class Slider:
    """A measure with its range: a slider and a number box, which are one answer."""

    name: str
    label: str
    unit: str
    value: str
    least: float
    most: float
    step: float
    hint: str = ""
    #: Where the slider stands.
    at: str = ""
    #: What it is a measure of, said and not seen, where several stand on a page.
    of: str = ""
    #: Whether the box takes more than the slider shows.
    wider: bool = False


def number(
    fields: Mapping[str, str], name: str, what: str, *, least: float, most: float
) -> float | None:
    """A number of a form; None where the box is empty.

    Raises:
        MeasurementError: If it is no number, or outside its range.
    """
    written = fields.get(name, "").strip().replace(",", ".")
    if not written:
        return None
    try:
        value = float(written[:30])
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise MeasurementError(f"{what} is {written[:30]!r}; give a number such as {least:g}")
    if not least <= value <= most:
        raise MeasurementError(f"{what} is {value:g}; it must be between {least:g} and {most:g}")
    return value


def one_of(fields: Mapping[str, str], name: str, known: Mapping[str, str], otherwise: str) -> str:
    """A choice of a form; what is not among the choices counts as the usual one."""
    chosen = fields.get(name, otherwise)
    return chosen if chosen in known else otherwise


def turned(written: str, factor: float, step: float) -> str:
    """A number of a form in another unit, to whole steps of it; what is no number becomes empty."""
    try:
        value = float(written.replace(",", ".")) * factor
    except ValueError:
        return ""
    return f"{round(value / step) * step:g}" if isfinite(value) else ""
