"""What a lift does to the lower back: the posture that reaches the load, the force, and the picture."""

from functools import lru_cache
from typing import Any

import numpy as np

from lumbago.prevention.lifting_posture import lift_posture
from lumbago.prevention.lifting_scene import Measured, lift_svg
from lumbago.prevention.lifting_task import Lift
from lumbago.prevention.spine_interval import compression_interval
from lumbago.prevention.spine_limits import Standing, compression_against
from lumbago.prevention.spine_person import Person

__all__ = ["back_of"]

CM_PER_IN, KG_PER_LB = 2.54, 0.45359237
TO_N = 50
PLACES = {"below": "below", "near": "about at", "above": "above"}
TONES = {"below": "good", "near": "warn", "above": "danger"}


@lru_cache(maxsize=512)
def back_of(lift: Lift, person: Person, *, bent_knees: bool) -> dict[str, Any]:
    """The picture of a lift and what presses the lowest disc at its start.

    Args:
        lift: The lift.
        person: Whose back it is.
        bent_knees: How a low load is reached.
    """
    us = lift.units == "us"
    length, mass = (CM_PER_IN, KG_PER_LB) if us else (1.0, 1.0)
    stand = lift_posture(
        lift.horizontal * length,
        lift.vertical * length,
        person.stature_cm,
        turn_deg=lift.asymmetry_deg,
        bent_knees=bent_knees,
    )
    load_kg = lift.load * mass
    found = compression_interval(stand.angles, person, load_kg=load_kg)
    newton, low, high = (
        _round(float(n)) for n in (found.load.compression_n[0, 0], found.low_n[0], found.high_n[0])
    )
    measured = Measured(
        lift.load,
        lift.horizontal,
        lift.vertical,
        lift.to_vertical,
        lift.horizontal if lift.to_horizontal is None else lift.to_horizontal,
        lift.units,
    )
    picture = lift_svg(stand, measured, person.stature_cm, newton=newton if stand.reached else None)
    return {
        "picture": picture,
        "reached": stand.reached,
        "newton": f"{newton:,}",
        "low": f"{low:,}",
        "high": f"{high:,}",
        "limits": [_limit(one) for one in compression_against(found, person)[:2]],
        "lean": round(float(np.asarray(stand.angles.trunk_deg))),
    }


def _limit(one: Standing) -> dict[str, str]:
    return {
        "place": PLACES[one.place],
        "tone": TONES[one.place],
        "newton": f"{one.limit.newton:,.0f}",
        "words": one.limit.words,
        "source": one.limit.source,
    }


def _round(newton: float) -> int:
    return round(newton / TO_N) * TO_N
