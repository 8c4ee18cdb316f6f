"""The revised NIOSH lifting equation: six multipliers, the recommended weight limit, the lifting index.

    RWL = LC x HM x VM x DM x AM x FM x CM        LI = load / RWL

Lengths are in cm and loads in kg with the metric constants, in inches and pounds with the US ones; the two
sets are not exact conversions of each other. Every argument may be a number or an array, and arrays
broadcast. Formulas govern, not the printed tables (Table 1 rounds H = 22 and 23 in upwards).
The index is not a personal risk: the manual says that the shape of the risk curve is not known.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.lifting_tables import System, load_lifting, system
from lumbago.prevention.measure import checked

__all__ = ["COUPLINGS", "Multipliers", "frequency_multiplier", "lifting_index", "multipliers"]

Floats = NDArray[np.float64]
COUPLINGS = ("good", "fair", "poor")
LOW, AT_HEIGHT = 0, 1


@dataclass(frozen=True)
class Multipliers:
    """The factors of the equation, each a number between 0 and 1 or an array of them."""

    load_constant: float
    horizontal: Floats
    vertical: Floats
    distance: Floats
    asymmetry: Floats
    frequency: Floats
    coupling: Floats

    @property
    def frequency_independent_limit(self) -> Floats:
        """FIRWL: the weight limit for a single lift, in the mass unit of the system."""
        return np.asarray(
            self.load_constant
            * self.horizontal
            * self.vertical
            * self.distance
            * self.asymmetry
            * self.coupling
        )

    @property
    def weight_limit(self) -> Floats:
        """RWL, in the mass unit of the system; 0 where the lift is outside what the method allows."""
        return np.asarray(self.frequency_independent_limit * self.frequency)


def multipliers(
    *,
    horizontal: ArrayLike,
    vertical: ArrayLike,
    distance: ArrayLike,
    asymmetry_deg: ArrayLike = 0.0,
    frequency_per_min: ArrayLike = 0.2,
    duration_h: ArrayLike = 1.0,
    coupling: ArrayLike = "good",
    origin_vertical: ArrayLike | None = None,
    units: str = "metric",
) -> Multipliers:
    """Multipliers of the revised NIOSH lifting equation.

    Args:
        horizontal: From the midpoint between the inner ankle bones to below the hands. Shorter than 25 cm
            (10 in) counts as that; longer than 63 cm (25 in) gives a limit of 0.
        vertical: Height of the hands above the floor at the end of the lift that is judged, 0 or more.
            Above 175 cm (70 in) the limit is 0.
        distance: Vertical travel of the hands. Less than 25 cm (10 in) counts as that.
        asymmetry_deg: Angle of the load off straight ahead, 0 to 180; above 135 the limit is 0.
        frequency_per_min: Average lifts a minute over 15 minutes.
        duration_h: Hours of lifting: up to 1 short, up to 2 moderate, up to 8 long (`duration_class`).
        coupling: `good`, `fair` or `poor`, or an array of these.
        origin_vertical: Height of the hands at the start, which chooses the column of FM; taken to be
            `vertical` if left out.
        units: `metric` (cm, kg) or `us` (in, lb).

    Returns:
        The multipliers, each of the common shape or of shape ().

    Raises:
        MeasurementError: If a value is negative, not a number, or outside its range.

    Source:
        DHHS (NIOSH) Publication 94-110, revised 9/2021, section 1.3 and Tables 5 and 7.
    """
    s, t = system(units), load_lifting()
    h = checked("horizontal distance", horizontal, s.length, above=0.0)
    v = checked("height of the hands", vertical, s.length)
    d = checked("vertical travel", distance, s.length)
    a = checked("asymmetry angle", asymmetry_deg, "degrees", most=180.0)
    start = (
        v if origin_vertical is None else checked("height at the start", origin_vertical, s.length)
    )
    return Multipliers(
        load_constant=s.load_constant,
        horizontal=np.where(
            h > s.horizontal_most, 0.0, s.horizontal_least / np.maximum(h, s.horizontal_least)
        ),
        vertical=np.where(
            v > s.vertical_most, 0.0, 1.0 - s.vertical_slope * np.abs(v - s.vertical_best)
        ),
        distance=np.where(
            d > s.distance_most,
            0.0,
            s.distance_base + s.distance_slope / np.maximum(d, s.distance_least),
        ),
        asymmetry=np.where(a > t.asymmetry_most_deg, 0.0, 1.0 - t.asymmetry_slope * a),
        frequency=frequency_multiplier(
            frequency_per_min, duration_h=duration_h, low=start < s.vertical_best
        ),
        coupling=_coupling_multiplier(coupling, v, s),
    )


def frequency_multiplier(
    frequency_per_min: ArrayLike, *, duration_h: ArrayLike, low: ArrayLike
) -> Floats:
    """FM of Table 5, linear between its rows.

    Args:
        frequency_per_min: Lifts a minute, 0 or more; less than 0.2 counts as 0.2.
        duration_h: Hours of lifting, above 0 and at most 8.
        low: Whether the lift starts below 75 cm (30 in).

    Returns:
        FM. It is 0 above the last frequency of a column that has a value: the manual says that the limit
        is 0 above the maximum frequency, and leaves open whether to interpolate towards that 0.

    Raises:
        MeasurementError: If a value is outside its range.
    """
    f = checked("lifting frequency", frequency_per_min, "lifts a minute")
    hours = checked("duration of lifting", duration_h, "hours", above=0.0, most=8.0)
    table = load_lifting().frequency_array
    kinds = np.array([spell.most_h for spell in load_lifting().duration])
    column = 2 * np.searchsorted(kinds, hours) + np.where(low, LOW, AT_HEIGHT)
    f, column = np.broadcast_arrays(f, column)
    if column.size and column.min() == column.max():
        return _interpolated(f, table, int(column.flat[0]))
    result = np.zeros(f.shape)
    for wanted in range(table.shape[1] - 1):
        here = column == wanted
        result[here] = _interpolated(f[here], table, wanted)
    return result


def lifting_index(load: ArrayLike, weight_limit: ArrayLike) -> Floats:
    """LI: the load divided by the weight limit; infinite where the limit is 0.

    Raises:
        MeasurementError: If a load is not above 0.
    """
    weight = checked("load", load, "kg or lb", above=0.0)
    limit = np.asarray(weight_limit, dtype=float)
    with np.errstate(divide="ignore"):
        return np.asarray(weight / limit)


def _interpolated(f: Floats, table: Floats, column: int) -> Floats:
    values = table[:, 1 + column]
    last = table[values > 0, 0].max()
    return np.where(f > last, 0.0, np.interp(f, table[:, 0], values))


def _coupling_multiplier(coupling: ArrayLike, vertical: Floats, s: System) -> Floats:
    table = load_lifting().coupling
    high = vertical >= s.vertical_best
    if isinstance(coupling, str):
        if coupling not in table:
            raise MeasurementError(f"coupling is {coupling!r}; it is good, fair or poor")
        low_value, high_value = table[coupling]
        return np.where(high, high_value, low_value)
    names: NDArray[Any] = np.asarray(coupling)
    result = np.full(np.broadcast_shapes(names.shape, high.shape), np.nan)
    for name, (low_value, high_value) in table.items():
        result = np.where(names == name, np.where(high, high_value, low_value), result)
    if np.isnan(result).any():
        odd = sorted(set(map(str, names.ravel())) - set(table))[0]
        raise MeasurementError(f"coupling is {odd!r}; it is good, fair or poor")
    return result
