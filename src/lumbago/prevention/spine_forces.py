"""Forces at the discs: the weights above each, the muscles that hold against them, and what presses it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lumbago.prevention.spine_bones import Skeleton, muscle_lines, place_bones
from lumbago.prevention.spine_data import LEVELS, muscles, parameter
from lumbago.prevention.spine_draws import Draws
from lumbago.prevention.spine_muscles import muscle_forces
from lumbago.prevention.spine_person import Person
from lumbago.prevention.spine_weights import Hands, Weights, hand_places, weigh

__all__ = ["SpineLoad", "solve"]

Floats = NDArray[np.float64]
FORWARD, UP, RIGHT = 0, 1, 2
BACK = ("iliocostalis lumborum", "longissimus thoracis", "multifidus")
LEVEL_NM = 1e-6
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

    def parts(self) -> dict[str, Floats]:
        """Every field by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def at(self, index: int) -> dict[str, Any]:
        """One posture as plain values."""
        out: dict[str, Any] = {}
        for name, values in self.parts().items():
            value = values[index]
            if name == "hands_m":
                out[name] = [round(float(v), 3) for v in value]
            elif value.ndim:
                out[name] = dict(zip(LEVELS, (round(float(v), 1) for v in value), strict=True))
            else:
                out[name] = round(float(value), 3)
        return out


def solve(
    angles: dict[str, Floats], person: Person, loads: Floats, hands: Hands, draws: Draws
) -> SpineLoad:
    """Loads for B problems.

    Args:
        angles: Angles in degrees by name, (B,) each.
        person: Whose back it is.
        loads: What the hands hold in kg, (B,).
        hands: Which hands hold it.
        draws: What differs from problem to problem.
    """
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
    hands_m = hand_places(bones, angles, person) - bones.discs[:, 0]
    return _balanced(bones, weights, hands_m, draws, scale)


def _balanced(
    bones: Skeleton, weights: Weights, hands_m: Floats, draws: Draws, scale: float
) -> SpineLoad:
    """What presses each disc once the muscles and the belly hold the weights."""
    pushed, turned = _above(bones, weights)
    belly_n = _belly(turned[:, 0, RIGHT], draws, scale)
    arms, pulls = muscle_lines(bones, draws.breadth, scale)
    force = _muscles(arms, turned, belly_n, draws, scale)
    pulled = (pulls @ force[:, None, :, None])[..., 0]
    across = np.einsum("bdij,bdj->bdi", bones.axes, pushed + pulled)
    across[:, :, UP] += belly_n[:, None]
    made = (arms @ force[:, None, :, None])[..., 0] + turned
    made[:, :, RIGHT] += (belly_n * parameter("abdominal_arm") / 1000 * scale)[:, None]
    return SpineLoad(
        compression_n=-across[:, :, UP],
        shear_n=across[:, :, FORWARD],
        side_shear_n=across[:, :, RIGHT],
        moment_nm=-turned[:, :, RIGHT],
        side_moment_nm=turned[:, :, FORWARD],
        turning_nm=made[:, :, UP],
        open_nm=np.abs(made[:, :, [FORWARD, RIGHT]]).max(axis=(1, 2)),
        back_muscle_stress_n_cm2=_back_stress(force, draws, scale),
        weight_n=-pushed[:, :, UP],
        hands_m=hands_m,
    )


def _back_stress(force: Floats, draws: Draws, scale: float) -> Floats:
    """Mean stress of the muscles behind the spine, (B,)."""
    back = np.isin(muscles().groups, BACK)
    area = (muscles().area_cm2 * draws.area * scale**2)[:, back]
    return np.asarray(force[:, back].sum(axis=1) / area.sum(axis=1))


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
    effort = np.maximum(-turned_nm, 0.0) / parameter("abdominal_moment")
    pressure_kpa = draws.pressure_kpa * effort ** parameter("abdominal_exponent")
    pressure_kpa = np.minimum(pressure_kpa, parameter("abdominal_most"))
    return np.asarray(pressure_kpa * parameter("abdominal_area") * scale**2 / 10)


def _muscles(arms: Floats, turned: Floats, belly_n: Floats, draws: Draws, scale: float) -> Floats:
    """Forces of the muscles, (B, M): their tone, and what balances forward and side bending on top."""
    area = muscles().area_cm2 * draws.area * scale**2
    tone = draws.tone[:, None] * parameter("muscle_strength") * area
    held = arms[:, :, [FORWARD, RIGHT]]
    needed = -turned[:, :, [FORWARD, RIGHT]] - (held @ tone[:, None, :, None])[..., 0]
    needed[:, :, 1] -= (belly_n * parameter("abdominal_arm") / 1000 * scale)[:, None]
    if np.abs(needed[:, :, 0]).max() < LEVEL_NM:
        # Nothing leans aside: left and right pull alike, and half the problem says it all.
        half = area.shape[1] // 2
        one_side = muscle_forces(2 * held[:, :, 1, :half], needed[:, :, 1], area[:, :half])
        return np.asarray(tone + np.tile(one_side, 2))
    count, _, _, every = held.shape
    both = muscle_forces(held.reshape(count, -1, every), needed.reshape(count, -1), area)
    return np.asarray(tone + both)
