"""How long each exposure may last in its day until the day reaches the action and the limit value."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lumbago.prevention.vibration_parts import Part, VibrationDay, put_together
from lumbago.prevention.vibration_tables import load_vibration

__all__ = ["hours_in_day"]

Floats = NDArray[np.float64]
#: What of a day is summed, and in which power: A(8) in squares, VDV in fourth powers.
SUMMED: tuple[tuple[Callable[[VibrationDay], Floats | None], str, int], ...] = (
    (lambda day: day.a8_ms2, "a8_ms2", 2),
    (lambda day: day.vdv_ms175, "vdv_ms175", 4),
)


def hours_in_day(parts: Sequence[Part], place: int) -> tuple[float, float]:
    """Hours of one exposure until the day reaches the action and the limit value.

    Args:
        parts: The exposures of the day.
        place: Which of them; the others last as long as they say.

    Returns:
        Hours until the action value and until the limit value, by the worse of A(8) and VDV; 0 if the others
        reach it without this one, infinite if it is never reached.
    """
    limits = load_vibration().limits
    action, limit = (
        min(_hours(parts, place, of, getattr(pair, name), power) for of, name, power in SUMMED)
        for pair in (limits.action, limits.limit)
    )
    return action, limit


def _hours(
    parts: Sequence[Part],
    place: int,
    of: Callable[[VibrationDay], Floats | None],
    value: float,
    power: int,
) -> float:
    """Hours by one measure: what the others leave, over what an hour of this one adds, on the first axis."""
    an_hour = of(put_together([replace(parts[place], hours=1.0)]))
    if an_hour is None:
        return float("inf")
    others = [part for i, part in enumerate(parts) if i != place]
    there = of(put_together(others)) if others else None
    taken = np.zeros(3) if there is None else there**power
    left = np.maximum(value**power - taken, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        hours = np.where(left == 0.0, 0.0, left / an_hour**power)
    return float(hours.min())
