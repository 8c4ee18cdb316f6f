"""Exact slopes of the lifting index: how much it changes with each measurement, the others held."""

import numpy as np

from lumbago.prevention.lifting_tables import load_lifting, system
from lumbago.prevention.lifting_task import End, Lift, LiftResult

__all__ = ["VARIABLES", "index_slopes"]

VARIABLES = ("horizontal", "vertical", "distance", "asymmetry", "frequency", "load")


def index_slopes(result: LiftResult) -> dict[str, float]:
    """Exact slopes of the index at the governing end, in index per unit (cm or in, degree, lift a minute).

    Returns:
        The partial derivative for each variable, the others held: `horizontal`, `vertical`, `distance`,
        `asymmetry`, `frequency`, `load`. 0 where a clamp holds; at a corner, the slope towards more;
        nan where the limit is 0.
    """
    lift, end = result.lift, result.governing
    if not np.isfinite(end.index):
        return dict.fromkeys(VARIABLES, float("nan"))
    s, t = system(lift.units), load_lifting()
    horizontal, vertical, asymmetry = _at(lift, end)
    li, m = end.index, end.multipliers
    d = lift.travel
    return {
        "horizontal": li / horizontal if horizontal >= s.horizontal_least else 0.0,
        "vertical": li
        * s.vertical_slope
        * (1.0 if vertical >= s.vertical_best else -1.0)
        / float(m.vertical),
        "distance": li * s.distance_slope / d**2 / float(m.distance)
        if d >= s.distance_least
        else 0.0,
        "asymmetry": li * t.asymmetry_slope / float(m.asymmetry) if asymmetry >= 0 else 0.0,
        "frequency": -li * _frequency_slope(lift) / float(m.frequency),
        "load": li / lift.load,
    }


def _at(lift: Lift, end: End) -> tuple[float, float, float]:
    if end.where == "start":
        return lift.horizontal, lift.vertical, lift.asymmetry_deg
    return (
        lift.horizontal if lift.to_horizontal is None else lift.to_horizontal,
        lift.vertical if lift.to_vertical is None else lift.to_vertical,
        lift.asymmetry_deg if lift.to_asymmetry_deg is None else lift.to_asymmetry_deg,
    )


def _frequency_slope(lift: Lift) -> float:
    """Slope of FM between the two rows of Table 5 around the frequency, towards more."""
    table = load_lifting().frequency_array
    kinds = [spell.most_h for spell in load_lifting().duration]
    low = lift.vertical < system(lift.units).vertical_best
    column = 1 + 2 * int(np.searchsorted(kinds, lift.duration_h)) + (0 if low else 1)
    row = int(np.searchsorted(table[:, 0], lift.frequency_per_min, side="right"))
    if row == 0 or row == len(table) or table[row, column] == 0:
        return 0.0
    below, above = table[row - 1], table[row]
    return float((above[column] - below[column]) / (above[0] - below[0]))
