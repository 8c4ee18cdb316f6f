"""Measurements checked at the door of a calculation."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lumbago.errors import MeasurementError

__all__ = ["checked"]

Floats = NDArray[np.float64]


def checked(
    what: str, value: ArrayLike, unit: str, *, above: float | None = None, most: float = np.inf
) -> Floats:
    """A measurement as an array, or the sentence that says what is wrong with it.

    Args:
        what: What was measured, as the message names it.
        value: A number or an array of them.
        unit: Unit, as the message names it.
        above: The value must be above this; left out, it must be 0 or more.
        most: The value may be at most this.

    Raises:
        MeasurementError: If a value is outside the range, or not a number.
    """
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise MeasurementError(f"{what} is {value!r}; give a number in {unit}") from None
    good = (
        np.isfinite(array) & (array > above if above is not None else array >= 0) & (array <= most)
    )
    if not good.all():
        odd = array[~good].flat[0]
        place = "" if array.ndim == 0 else f" at index {int(np.flatnonzero(~good)[0])}"
        least = f"above {above:g}" if above is not None else "0 or more"
        limit = "" if most == np.inf else f" and at most {most:g}"
        raise MeasurementError(f"{what} is {odd:g}{place}; it must be {least}{limit}, in {unit}")
    return array
