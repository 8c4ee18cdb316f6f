"""How hard a posture or a lift presses on each disc of the lower back: a static model of the spine.

The weights of trunk, head, arms and load bend the trunk forward and to the side at each disc. The muscles that
cross the disc hold against it with short levers, and their pull presses the disc far more than the weight
does. The model finds the muscle forces that balance every disc at once (`spine_muscles`) and adds up what
presses (compression) and what pushes across (shear).

Two measured facts are added to statics: trunk muscles are never quite slack (`muscle_tone`), and effort raises
the pressure in the belly, which holds the chest up (`abdominal_pressure_slope`).

Limits: still postures only, no jerk and no speed; discs and ligaments hold nothing back, so the end of the
range is overrated; backrests and arms that rest on something are not seen; turning moments are reported and
not balanced. Lying is not a matter of weights above a disc. What the model gets wrong is printed by
`lumbago spine --check`.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.measure import checked
from lumbago.prevention.spine_bones import Skeleton, muscle_lines, place_bones
from lumbago.prevention.spine_data import LEVELS, muscles, parameter
from lumbago.prevention.spine_muscles import muscle_forces
from lumbago.prevention.spine_person import Draws, Person, Posture, draw
from lumbago.prevention.spine_weights import Hands, Weights, hand_places, weigh

__all__ = ["SpineLoad", "spine_load", "spine_load_draws"]

Floats = NDArray[np.float64]
FORWARD, UP, RIGHT = 0, 1, 2
BACK = ("iliocostalis lumborum", "longissimus thoracis", "multifidus")
CHUNK = 256  # postures solved at once: bounds the memory


@dataclass(frozen=True)
class SpineLoad:
    """Forces at the five lumbar discs, from L5/S1 up to L1/L2 (`LEVELS`).

    The leading axes are N postures, or N postures and K draws.

    Args:
        compression_n: Force along the spine that presses each disc, (..., 5).
        shear_n: Force across the disc that pushes what is above forward, (..., 5).
        side_shear_n: Force across the disc that pushes what is above to the right, (..., 5).
        moment_nm: Moment of the weights that bends forward at each disc, (..., 5).
        side_moment_nm: Moment of the weights that bends to the right, (..., 5).
        turning_nm: Turning moment that is left for discs and joints after the muscles, (..., 5).
        open_nm: The greatest moment that no muscle could balance, (...); 0 in ordinary postures.
        back_muscle_stress_n_cm2: Mean stress of the muscles behind the spine, (...); strength is about 46.
        weight_n: Weight above each disc, (..., 5).
        hands_m: Middle of the hands from L5/S1, forward, up and right, (..., 3).
    """

    compression_n: Floats
    shear_n: Floats
    side_shear_n: Floats
    moment_nm: Floats
    side_moment_nm: Floats
    turning_nm: Floats
    open_nm: Floats
    back_muscle_stress_n_cm2: Floats
    weight_n: Floats
    hands_m: Floats

    def pressure_kpa(self, disc_area_cm2: ArrayLike | None = None) -> Floats:
        """Pressure in the middle of each disc, for comparison with measured ones, (..., 5).

        Args:
            disc_area_cm2: Area of the disc; left out, that of Wilke's volunteer (18 cm2).

        Source:
            Dreischarf 2013, Med Eng Phys 35: force = pressure x area x 0.66.
        """
        area = parameter("disc_area") if disc_area_cm2 is None else disc_area_cm2
        return np.asarray(
            self.compression_n * 10 / (np.asarray(area) * parameter("pressure_factor"))
        )

    def _parts(self) -> dict[str, Floats]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def at(self, index: int) -> dict[str, Any]:
        """One posture as plain values."""
        out: dict[str, Any] = {}
        for name, values in self._parts().items():
            value = values[index]
            if name == "hands_m":
                out[name] = [round(float(v), 3) for v in value]
            elif value.ndim:
                out[name] = dict(zip(LEVELS, (round(float(v), 1) for v in value), strict=True))
            else:
                out[name] = round(float(value), 3)
        return out


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
    angles, loads = _problems(posture, load_kg, hands)
    return _solve(angles, person, loads, hands, draw(len(loads)))


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
    angles, loads = _problems(posture, load_kg, hands)
    many = {name: np.repeat(values, draws) for name, values in angles.items()}
    solved = _solve(many, person, np.repeat(loads, draws), hands, draw(len(loads) * draws, rng))
    shaped = {
        name: values.reshape(len(loads), draws, *values.shape[1:])
        for name, values in solved._parts().items()
    }
    return SpineLoad(**shaped)


def _problems(
    posture: Posture, load_kg: ArrayLike, hands: Hands
) -> tuple[dict[str, Floats], Floats]:
    if hands not in ("both", "left", "right"):
        raise MeasurementError(f"the hands are {hands!r}; give both, left or right")
    loads = np.atleast_1d(checked("the load", load_kg, "kg", most=200.0))
    angles = posture.arrays()
    try:
        *parts, loads = np.broadcast_arrays(*angles.values(), loads)
    except ValueError:
        raise MeasurementError("the loads and the angles are arrays of different lengths") from None
    return dict(zip(angles, parts, strict=True)), np.asarray(loads)


def _solve(
    angles: dict[str, Floats], person: Person, loads: Floats, hands: Hands, draws: Draws
) -> SpineLoad:
    pieces = []
    for start in range(0, len(loads), CHUNK):
        part = slice(start, start + CHUNK)
        own = Draws(**{name: getattr(draws, name)[part] for name in draws.__dataclass_fields__})
        own_angles = {name: values[part] for name, values in angles.items()}
        pieces.append(_chunk(own_angles, person, loads[part], hands, own))
    names = SpineLoad.__dataclass_fields__
    return SpineLoad(
        **{name: np.concatenate([getattr(piece, name) for piece in pieces]) for name in names}
    )


def _chunk(
    angles: dict[str, Floats], person: Person, loads: Floats, hands: Hands, draws: Draws
) -> SpineLoad:
    angles = angles | {
        "trunk_deg": angles["trunk_deg"] + draws.trunk_error_deg,
        "arm_deg": angles["arm_deg"] + draws.arm_error_deg,
    }
    scale = person.stature_cm / 100 / parameter("reference_stature")
    bones = place_bones(angles["trunk_deg"], angles["lumbar_deg"], angles["side_bend_deg"], scale)
    weights = weigh(bones, angles, person, draws, loads, hands)
    pushed, turned = _above(bones, weights)
    belly_n = _belly(turned[:, 0, RIGHT], draws, scale)
    arms, pulls = muscle_lines(bones, draws.breadth, scale)
    force = _muscles(arms, turned, belly_n, draws, scale)
    across = np.einsum("bdij,bdj->bdi", bones.axes, pushed)
    across += np.einsum("bdij,bdjm,bm->bdi", bones.axes, pulls, force)
    across[:, :, UP] += belly_n[:, None]
    made = np.einsum("bdim,bm->bdi", arms, force) + turned
    made[:, :, RIGHT] += (belly_n * parameter("abdominal_arm") / 1000 * scale)[:, None]
    hands_m = hand_places(bones, angles, person) - bones.discs[:, 0]
    back = np.isin(muscles().groups, BACK)
    stress = force[:, back].sum(axis=1) / (
        (muscles().area_cm2 * draws.area)[:, back].sum(axis=1) * scale**2
    )
    return SpineLoad(
        compression_n=-across[:, :, UP],
        shear_n=across[:, :, FORWARD],
        side_shear_n=across[:, :, RIGHT],
        moment_nm=-turned[:, :, RIGHT],
        side_moment_nm=turned[:, :, FORWARD],
        turning_nm=made[:, :, UP],
        open_nm=np.abs(made[:, :, [FORWARD, RIGHT]]).max(axis=(1, 2)),
        back_muscle_stress_n_cm2=stress,
        weight_n=-pushed[:, :, UP],
        hands_m=hands_m,
    )


def _above(bones: Skeleton, weights: Weights) -> tuple[Floats, Floats]:
    """Force in the world and moment about the axes of each disc, of all weights above it, (B, 5, 3)."""
    above = weights.bones[None, :] > np.arange(len(LEVELS))[:, None]
    down = np.zeros((*weights.newton.shape, 3))
    down[..., UP] = -weights.newton
    pushed = np.einsum("dw,bwi->bdi", above, down)
    lever = weights.places_m[:, None] - bones.discs[:, :, None]
    moment = np.einsum("dw,bdwi->bdi", above, np.cross(lever, down[:, None]))
    return pushed, np.einsum("bdij,bdj->bdi", bones.axes, moment)


def _belly(turned_nm: Floats, draws: Draws, scale: float) -> Floats:
    """Force with which the pressure in the belly holds the chest up, (B,)."""
    pressure_kpa = draws.pressure_slope * np.maximum(-turned_nm, 0.0)
    return np.asarray(pressure_kpa * parameter("abdominal_area") * scale**2 / 10)


def _muscles(arms: Floats, turned: Floats, belly_n: Floats, draws: Draws, scale: float) -> Floats:
    """Forces of the muscles, (B, M): their tone, and what balances forward and side bending on top."""
    area = muscles().area_cm2 * draws.area * scale**2
    tone = draws.tone[:, None] * parameter("muscle_strength") * area
    held = arms[:, :, [FORWARD, RIGHT]]
    needed = -turned[:, :, [FORWARD, RIGHT]] - np.einsum("bdim,bm->bdi", held, tone)
    needed[:, :, 1] -= (belly_n * parameter("abdominal_arm") / 1000 * scale)[:, None]
    count = len(area)
    return np.asarray(
        tone
        + muscle_forces(held.reshape(count, -1, held.shape[-1]), needed.reshape(count, -1), area)
    )
