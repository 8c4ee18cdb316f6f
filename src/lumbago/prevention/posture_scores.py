"""REBA, RULA and OWAS from the scores of body parts: table look-ups, for one posture or many at once.

REBA looks at the whole body, RULA at the arms, neck and trunk, OWAS at back, arms, legs and load. They rank
postures by how soon to look at them; none of them predicts who will have pain.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.posture_tables import PostureBand, load_posture

__all__ = [
    "OwasScore",
    "RebaScore",
    "RulaScore",
    "bands_of",
    "owas_score",
    "reba_score",
    "rula_score",
]

Scores = NDArray[np.int8]


class RebaScore(NamedTuple):
    """REBA of each posture, with the scores it is made of; all of one shape."""

    table_a: Scores
    score_a: Scores
    table_b: Scores
    score_b: Scores
    score_c: Scores
    reba: Scores


class RulaScore(NamedTuple):
    """RULA of each posture: `score_c` for arm and wrist, `score_d` for neck, trunk and legs."""

    table_a: Scores
    score_c: Scores
    table_b: Scores
    score_d: Scores
    rula: Scores
    action_level: Scores


class OwasScore(NamedTuple):
    """OWAS of each posture: its four-digit code and action category."""

    code: NDArray[np.int16]
    category: Scores


def reba_score(
    *,
    neck: ArrayLike,
    trunk: ArrayLike,
    legs: ArrayLike,
    upper_arm: ArrayLike,
    lower_arm: ArrayLike,
    wrist: ArrayLike,
    load: ArrayLike = 0,
    coupling: ArrayLike = 0,
    activity: ArrayLike = 0,
) -> RebaScore:
    """REBA from the scores of body parts.

    Args:
        neck: 1 to 3.
        trunk: 1 to 5.
        legs: 1 to 4.
        upper_arm: 1 to 6.
        lower_arm: 1 or 2.
        wrist: 1 to 3.
        load: 0 below 5 kg, 1 from 5 to 10 kg, 2 above 10 kg, and 1 more for a shock: 0 to 3.
        coupling: 0 good, 1 fair, 2 poor, 3 unacceptable.
        activity: 1 each for a part held over a minute, small movements over 4 a minute, and large quick
            changes or an unstable base: 0 to 3.

    Returns:
        The scores, each an array of the common shape. Scores above 12 count as 12 in Table C.

    Raises:
        MeasurementError: If a score is outside its range.

    Source:
        Hignett and McAtamney 2000, Applied Ergonomics 31:201-205.
    """
    table_a = _look_up("reba_a", neck=neck, trunk=trunk, legs=legs)
    table_b = _look_up("reba_b", upper_arm=upper_arm, lower_arm=lower_arm, wrist=wrist)
    a = table_a + _score("load", load, 0, 3)
    b = table_b + _score("coupling", coupling, 0, 3)
    c = _look_up("reba_c", score_a=np.minimum(a, 12), score_b=np.minimum(b, 12))
    return RebaScore(table_a, a, table_b, b, c, c + _score("activity", activity, 0, 3))


def rula_score(
    *,
    upper_arm: ArrayLike,
    lower_arm: ArrayLike,
    wrist: ArrayLike,
    wrist_twist: ArrayLike,
    neck: ArrayLike,
    trunk: ArrayLike,
    legs: ArrayLike,
    muscle_a: ArrayLike = 0,
    force_a: ArrayLike = 0,
    muscle_b: ArrayLike = 0,
    force_b: ArrayLike = 0,
) -> RulaScore:
    """RULA from the scores of body parts.

    Args:
        upper_arm: 1 to 6.
        lower_arm: 1 to 3.
        wrist: 1 to 4.
        wrist_twist: 1 in the middle of its range, 2 near the end.
        neck: 1 to 6.
        trunk: 1 to 6.
        legs: 1 supported and balanced, 2 not.
        muscle_a: 1 if the arm is held over a minute or moves over 4 times a minute, else 0.
        force_a: 0 to 3, for the arm: below 2 kg 0; 2 to 10 kg now and then 1; 2 to 10 kg held or repeated,
            or above 10 kg now and then, 2; above 10 kg held or repeated, or a shock, 3.
        muscle_b: The same for neck, trunk and legs.
        force_b: The same for neck, trunk and legs.

    Returns:
        The scores, each an array of the common shape.

    Raises:
        MeasurementError: If a score is outside its range.

    Source:
        McAtamney and Corlett 1993, Applied Ergonomics 24:91-99.
    """
    arm = {"upper_arm": upper_arm, "lower_arm": lower_arm, "wrist": wrist}
    table_a = _look_up("rula_a", **arm, wrist_twist=wrist_twist)
    table_b = _look_up("rula_b", neck=neck, trunk=trunk, legs=legs)
    c = table_a + _score("muscle_a", muscle_a, 0, 1) + _score("force_a", force_a, 0, 3)
    d = table_b + _score("muscle_b", muscle_b, 0, 1) + _score("force_b", force_b, 0, 3)
    rula = _look_up("rula_c", score_c=np.minimum(c, 8), score_d=np.minimum(d, 7))
    return RulaScore(table_a, c, table_b, d, rula, (rula + 1) // 2)


def owas_score(
    *, back: ArrayLike, arms: ArrayLike, legs: ArrayLike, load: ArrayLike = 1
) -> OwasScore:
    """OWAS action category from the digits of the posture code.

    Args:
        back: 1 straight, 2 bent, 3 twisted or bent sideways, 4 bent and twisted.
        arms: 1 both below the shoulder, 2 one at or above, 3 both at or above.
        legs: 1 sitting, 2 standing on both straight legs, 3 on one straight leg, 4 on both bent knees, 5 on
            one bent knee, 6 kneeling, 7 walking.
        load: 1 up to 10 kg, 2 above 10 to 20 kg, 3 above 20 kg.

    Returns:
        The code as a number of four digits, and the category, each of the common shape.

    Raises:
        MeasurementError: If a digit is outside its range.

    Source:
        Karhu, Kansi and Kuorinka 1977, Applied Ergonomics 8:199-201.
    """
    category = _look_up("owas", back=back, arms=arms, legs=legs, load=load)
    digits = (np.asarray(part).astype(np.int16) for part in (back, arms, legs, load))
    code = np.zeros(category.shape, dtype=np.int16)
    for digit in digits:
        code = code * np.int16(10) + digit
    return OwasScore(code, category)


def bands_of(method: str, scores: ArrayLike) -> tuple[list[PostureBand], NDArray[np.intp]]:
    """The bands of a method, and the place of each score among them."""
    bands = load_posture().bands[method]
    return bands, np.searchsorted([band.most for band in bands], np.asarray(scores))


def _look_up(table: str, **parts: ArrayLike) -> Any:
    cells = load_posture().scores[table]
    flat: Any = 0
    for (name, value), size in zip(parts.items(), cells.shape, strict=True):
        flat = flat * size + (_score(name, value, 1, size).astype(np.intp) - 1)
    return cells.ravel().take(flat)


def _score(name: str, value: ArrayLike, least: int, most: int) -> Scores:
    array = np.asarray(value)
    if array.size and not (array.min() >= least and array.max() <= most):
        odd = array[~((array >= least) & (array <= most))].flat[0]
        raise MeasurementError(f"score of {name} is {odd}; it must be {least} to {most}")
    if array.dtype.kind not in "iub" and not (array == np.floor(array)).all():
        raise MeasurementError(
            f"score of {name} is not a whole number; it must be {least} to {most}"
        )
    return array.astype(np.int8, copy=False)
