"""One lifting task as a value: judged at its start and, where it matters, where it is set down.

The lower of the two limits counts if the load has to be controlled at the end (gripped again, held, or
placed with care). FM takes the height at the start for both ends; CM takes the height of the end judged.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from lumbago.errors import MeasurementError
from lumbago.prevention.lifting import Multipliers, lifting_index, multipliers
from lumbago.prevention.lifting_tables import Band, load_lifting, system

__all__ = [
    "End",
    "Lift",
    "LiftResult",
    "assess_lift",
    "index_band",
]

Where = Literal["start", "end"]


@dataclass(frozen=True)
class Lift:
    """A two-handed lift; lengths and loads in the units of `units` (cm and kg, or in and lb).

    `distance` is the vertical travel; left out, it is the difference of the two heights. The fields that
    begin with `to_` describe where the load is set down, and count when `control` is true.
    """

    load: float
    horizontal: float
    vertical: float
    to_vertical: float | None = None
    to_horizontal: float | None = None
    asymmetry_deg: float = 0.0
    to_asymmetry_deg: float | None = None
    distance: float | None = None
    frequency_per_min: float = 0.2
    duration_h: float = 1.0
    coupling: str = "fair"
    control: bool = False
    load_most: float | None = None
    units: str = "metric"

    @property
    def travel(self) -> float:
        """Vertical travel of the hands."""
        if self.distance is not None:
            return self.distance
        return 0.0 if self.to_vertical is None else abs(self.to_vertical - self.vertical)


@dataclass(frozen=True)
class End:
    """One end of a lift judged: its multipliers, limits and indices (of the mean and heaviest load)."""

    where: Where
    multipliers: Multipliers
    weight_limit: float
    frequency_independent_limit: float
    index: float
    frequency_independent_index: float


@dataclass(frozen=True)
class LiftResult:
    """A lift judged; `governing` is the end with the lower limit."""

    lift: Lift
    governing: End
    ends: tuple[End, ...] = field(repr=False)

    @property
    def index(self) -> float:
        """LI of the lift."""
        return self.governing.index

    @property
    def band(self) -> Band:
        """What the manual says of this index."""
        return index_band(self.index)

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values; a limit of 0 gives an index of None."""
        unit = system(self.lift.units).mass
        ends = [
            {
                "where": end.where,
                f"rwl_{unit}": round(end.weight_limit, 3),
                f"firwl_{unit}": round(end.frequency_independent_limit, 3),
                "li": _finite(end.index),
                "fili": _finite(end.frequency_independent_index),
                "multipliers": {
                    name: round(float(getattr(end.multipliers, name)), 4) for name in FACTORS
                },
            }
            for end in self.ends
        ]
        return {
            "li": _finite(self.index),
            "band": self.band.name,
            "counts": self.governing.where,
            "ends": ends,
        }


#: What nobody reaches, far beyond the limits of the equation: forward, and above the floor.
FARTHEST, HIGHEST = {"metric": 150, "us": 60}, {"metric": 280, "us": 110}
FACTORS = ("horizontal", "vertical", "distance", "asymmetry", "frequency", "coupling")


def assess_lift(lift: Lift) -> LiftResult:
    """Weight limit and lifting index of one task.

    Raises:
        MeasurementError: If a measurement is missing or outside its range.

    Source:
        DHHS (NIOSH) Publication 94-110, revised 9/2021, sections 1.3 and 2.1 to 2.4.
    """
    _plausible(lift)
    ends = [_end(lift, "start", lift.vertical, lift.horizontal, lift.asymmetry_deg)]
    if lift.control:
        if lift.to_vertical is None:
            raise MeasurementError(
                "a load that is placed with care is judged where it is set down, too: "
                "give the height of the hands there"
            )
        ends.append(
            _end(
                lift,
                "end",
                lift.to_vertical,
                _other(lift.to_horizontal, lift.horizontal),
                _other(lift.to_asymmetry_deg, lift.asymmetry_deg),
            )
        )
    return LiftResult(lift, min(ends, key=lambda end: end.weight_limit), tuple(ends))


def _plausible(lift: Lift) -> None:
    """Lengths that no pair of hands reaches are in another unit."""
    unit = system(lift.units).length
    for what, value, most in (
        ("horizontal distance", lift.horizontal, FARTHEST),
        ("horizontal distance at the end", lift.to_horizontal, FARTHEST),
        ("height of the hands", lift.vertical, HIGHEST),
        ("height at the end", lift.to_vertical, HIGHEST),
    ):
        if value is not None and value > most[lift.units]:
            raise MeasurementError(
                f"{what} is {value:g} {unit}; hands reach {most[lift.units]} {unit} at most, so look "
                "at the unit"
            )


def index_band(index: float) -> Band:
    """What the manual says of a lifting index (section 1.4.3)."""
    return next(band for band in load_lifting().bands if index <= band.most)


def _end(lift: Lift, where: Where, vertical: float, horizontal: float, asymmetry_deg: float) -> End:
    factors = multipliers(
        horizontal=horizontal,
        vertical=vertical,
        distance=lift.travel,
        asymmetry_deg=asymmetry_deg,
        frequency_per_min=lift.frequency_per_min,
        duration_h=lift.duration_h,
        coupling=lift.coupling,
        origin_vertical=lift.vertical,
        units=lift.units,
    )
    limit = float(factors.weight_limit)
    single = float(factors.frequency_independent_limit)
    heaviest = lift.load if lift.load_most is None else lift.load_most
    return End(
        where=where,
        multipliers=factors,
        weight_limit=limit,
        frequency_independent_limit=single,
        index=float(lifting_index(lift.load, limit)),
        frequency_independent_index=float(lifting_index(heaviest, single)),
    )


def _other(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _finite(value: float) -> float | None:
    return round(value, 4) if value != float("inf") else None
