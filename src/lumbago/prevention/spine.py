"""How hard a posture or a lift presses on each disc of the lower back: a static model of the spine.

The weights of trunk, head, arms and load bend the trunk forward and to the side at each disc. The muscles that
cross the disc hold against it with short levers, and their pull presses the disc far more than the weight
does. The model finds the muscle forces that balance every disc at once (`spine_muscles`) and adds up what
presses (compression) and what pushes across (shear).

Two measured facts are added to statics: trunk muscles are never quite slack (`muscle_tone`), and effort raises
the pressure in the belly, which holds the chest up (`abdominal_pressure`).

Limits: still postures only, no jerk and no speed; discs and ligaments hold nothing back, so the end of the
range is overrated; backrests and arms that rest on something are not seen; turning moments are reported and
not balanced. Lying is not a matter of weights above a disc. What the model gets wrong is printed by
`lumbago spine --check`.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.measure import checked
from lumbago.prevention.spine_data import LEVELS
from lumbago.prevention.spine_draws import draw
from lumbago.prevention.spine_forces import SpineLoad, solve
from lumbago.prevention.spine_person import Person, Posture, named_posture, postures
from lumbago.prevention.spine_weights import Hands

__all__ = [
    "LEVELS",
    "Person",
    "Posture",
    "SpineLoad",
    "named_posture",
    "postures",
    "spine_load",
    "spine_load_draws",
    "spine_problems",
]

Floats = NDArray[np.float64]


def spine_load(
    posture: Posture, person: Person, *, load_kg: ArrayLike = 0.0, hands: Hands = "both"
) -> SpineLoad:
    """Forces at every lumbar disc in one posture or many.

    Args:
        posture: Angles, numbers or arrays (N,).
        person: Whose back it is.
        load_kg: What the hands hold, a number or (N,).
        hands: Which hands hold it.

    Returns:
        Loads with leading axis N (1 for a single posture), with the central parameters.

    Raises:
        MeasurementError: If the load is negative or beyond 200 kg, or lengths differ.

    Source:
        docs/spine.md: every part with its source and what it was held against.

    Example:
        >>> round(float(spine_load(Posture(), Person()).compression_n[0, 1]), -2)
        500.0
    """
    angles, loads = spine_problems(posture, load_kg, hands)
    return solve(angles, person, loads, hands, draw(len(loads)))


def spine_load_draws(
    posture: Posture,
    person: Person,
    *,
    load_kg: ArrayLike = 0.0,
    hands: Hands = "both",
    draws: int = 200,
    rng: np.random.Generator,
) -> SpineLoad:
    """The same, many times, with parameters and angles drawn from their spread.

    Args:
        posture: Angles, numbers or arrays (N,).
        person: Whose back it is.
        load_kg: What the hands hold, a number or (N,).
        hands: Which hands hold it.
        draws: How many times, K.
        rng: Where chance comes from.

    Returns:
        Loads with leading axes (N, K). The percentiles over K hold the spread between people of that sex,
        stature and mass and of angles judged by eye; they do not hold the error of statics itself.

    Raises:
        MeasurementError: As for `spine_load`.
    """
    angles, loads = spine_problems(posture, load_kg, hands)
    many = {name: np.repeat(values, draws) for name, values in angles.items()}
    solved = solve(many, person, np.repeat(loads, draws), hands, draw(len(loads) * draws, rng))
    shaped = {
        name: values.reshape(len(loads), draws, *values.shape[1:])
        for name, values in solved.parts().items()
    }
    return SpineLoad(**shaped)


def spine_problems(
    posture: Posture, load_kg: ArrayLike, hands: Hands
) -> tuple[dict[str, Floats], Floats]:
    """Angles by name and loads of N problems, `(N,)` each.

    Raises:
        MeasurementError: As for `spine_load`.
    """
    if hands not in ("both", "left", "right"):
        raise MeasurementError(f"the hands are {hands!r}; give both, left or right")
    loads = np.atleast_1d(checked("the load", load_kg, "kg", most=200.0))
    angles = posture.arrays()
    try:
        *parts, loads = np.broadcast_arrays(*angles.values(), loads)
    except ValueError:
        raise MeasurementError("the loads and the angles are arrays of different lengths") from None
    return dict(zip(angles, parts, strict=True)), np.asarray(loads)
