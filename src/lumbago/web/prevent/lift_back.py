"""What a lift does to the lower back: the posture that reaches the load, the force, and the picture."""

from functools import lru_cache
from typing import Any

import numpy as np

from lumbago.prevention.lifting_posture import LiftPosture, lift_posture
from lumbago.prevention.lifting_scene import Measured, lift_svg
from lumbago.prevention.lifting_task import Lift
from lumbago.prevention.spine_interval import compression_interval
from lumbago.prevention.spine_limits import Standing, compression_against
from lumbago.prevention.spine_person import Person

__all__ = ["back_of", "picture_of"]

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
    stand, load_kg = _stands(lift, person.stature_cm, bent_knees=bent_knees)
    found = compression_interval(stand.angles, person, load_kg=load_kg)
    newton, low, high = (
        _round(float(n)) for n in (found.load.compression_n[0, 0], found.low_n[0], found.high_n[0])
    )
    picture = lift_svg(
        stand, _measured(lift), person.stature_cm, newton=newton if stand.reached else None
    )
    return {
        "picture": picture,
        "reached": stand.reached,
        "newton": f"{newton:,}",
        "low": f"{low:,}",
        "high": f"{high:,}",
        "limits": [_limit(one) for one in compression_against(found, person)[:2]],
        "lean": round(float(np.asarray(stand.angles.trunk_deg))),
    }


def picture_of(lift: Lift, stature_cm: float = 170.0) -> str:
    """The picture of a lift by somebody of whom nothing is known, so without a force."""
    stand, _ = _stands(lift, stature_cm, bent_knees=False)
    return lift_svg(stand, _measured(lift), stature_cm, newton=None)


def _stands(lift: Lift, stature_cm: float, *, bent_knees: bool) -> tuple[LiftPosture, float]:
    """The posture that reaches the load, and the load in kg."""
    length, mass = (CM_PER_IN, KG_PER_LB) if lift.units == "us" else (1.0, 1.0)
    stand = lift_posture(
        lift.horizontal * length,
        lift.vertical * length,
        stature_cm,
        turn_deg=lift.asymmetry_deg,
        bent_knees=bent_knees,
    )
    return stand, lift.load * mass


def _measured(lift: Lift) -> Measured:
    return Measured(
        lift.load,
        lift.horizontal,
        lift.vertical,
        lift.to_vertical,
        lift.horizontal if lift.to_horizontal is None else lift.to_horizontal,
        lift.units,
    )


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
