"""What is published on how much the lower back should carry, and where a load lies against it.

The limits come from discs and vertebrae of dead people that were pressed until they broke, and are meant for
the planning of work. They are no border of harm for one person: strength differs by more than ten times
between people (0.6 to 15.6 kN, mean 4.8; Jäger 2018), and bones and discs get used to load.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from lumbago.prevention.packaged import Record, read_rows
from lumbago.prevention.spine import SpineLoad
from lumbago.prevention.spine_data import LEVELS
from lumbago.prevention.spine_interval import ForceInterval
from lumbago.prevention.spine_person import Person

__all__ = ["Limit", "Standing", "compression_against", "limits_for", "stand_against"]

Place = Literal["below", "near", "above"]
SHEAR = ("shear_seldom", "shear_often")


class Limit(Record, frozen=True):
    """One published limit."""

    limit: str
    newton: float
    words: str
    source: str
    checked: Literal["seen", "recalled"]
    sex: str | None = None
    from_age: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where the greatest force lies against one limit: `near` if the 95% interval holds the limit."""

    limit: Limit
    level: str
    newton: float
    low_newton: float
    high_newton: float
    place: Place

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain values."""
        return {
            "limit": self.limit.limit,
            "limit_n": self.limit.newton,
            "words": self.limit.words,
            "source": self.limit.source,
            "checked": self.limit.checked,
            "level": self.level,
            "force_n": round(self.newton),
            "interval_n": [round(self.low_newton), round(self.high_newton)],
            "place": self.place,
        }


def limits_for(person: Person) -> tuple[Limit, ...]:
    """The limits that hold for a person; those by age only where the age is known.

    Args:
        person: Sex and age count.
    """
    general = [row for row in _limits() if row.from_age is None]
    aged = [
        row
        for row in _limits()
        if row.from_age is not None
        and row.sex == person.sex
        and person.age is not None
        and row.from_age <= person.age
    ]
    return (*general, *aged[-1:])


def stand_against(load: SpineLoad, drawn: SpineLoad, person: Person) -> tuple[Standing, ...]:
    """Where the greatest force of one posture lies against each limit.

    Args:
        load: Loads of one posture, as `spine_load` gives them.
        drawn: Loads of the same, as `spine_load_draws` gives them.
        person: Whose back it is.

    Returns:
        One comparison for each limit; shear counts in either direction.
    """
    found = []
    for limit in limits_for(person):
        central, draws = load.compression_n[0], drawn.compression_n[0]
        if limit.limit in SHEAR:
            central, draws = _across(load)[0], _across(drawn)[0]
        level = int(np.argmax(central))
        low, high = (float(v) for v in np.percentile(draws[:, level], [2.5, 97.5]))
        place = _place(low, high, limit.newton)
        found.append(Standing(limit, LEVELS[level], float(central[level]), low, high, place))
    return tuple(found)


def compression_against(found: ForceInterval, person: Person) -> tuple[Standing, ...]:
    """Where the greatest compression of one posture lies against each limit of compression.

    Args:
        found: What `compression_interval` gives.
        person: Whose back it is.
    """
    central = found.load.compression_n[0]
    level = int(np.argmax(central))
    force, low, high = (float(v[level]) for v in (central, found.low_n, found.high_n))
    return tuple(
        Standing(limit, LEVELS[level], force, low, high, _place(low, high, limit.newton))
        for limit in limits_for(person)
        if limit.limit not in SHEAR
    )


def _across(load: SpineLoad) -> NDArray[np.float64]:
    return np.hypot(load.shear_n, load.side_shear_n)


def _place(low: float, high: float, newton: float) -> Place:
    if high < newton:
        return "below"
    return "above" if low > newton else "near"


@cache
def _limits() -> tuple[Limit, ...]:
    return read_rows("spine_limits.csv", Limit)
