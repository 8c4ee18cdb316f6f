"""What pulls down on the spine: the weights of trunk, head, arms and load, and where they are.

Segment masses are shares of the body's mass by sex (de Leva 1996), trunk slices by level (Pearsall 1996).
The arms hang from the chest at angles from the vertical, whatever the trunk does.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lumbago.anatomy.mannequin_body import segments as lengths
from lumbago.prevention.spine_bones import Skeleton
from lumbago.prevention.spine_data import BONES, levels, parameter, segments
from lumbago.prevention.spine_draws import Draws
from lumbago.prevention.spine_person import Person

__all__ = ["GRAVITY_MS2", "Hands", "Weights", "hand_places", "weigh"]

Floats = NDArray[np.float64]
Hands = Literal["both", "left", "right"]
GRAVITY_MS2 = 9.81
CHEST = BONES.index("thorax")
#: Which part of the load each hand takes: left, right.
SHARES: dict[Hands, tuple[float, float]] = {
    "both": (0.5, 0.5),
    "left": (1.0, 0.0),
    "right": (0.0, 1.0),
}


@dataclass(frozen=True)
class Weights:
    """Weights in N (B, W), where they are in metres (B, W, 3), and the bone that carries each (W,)."""

    newton: Floats
    places_m: Floats
    bones: NDArray[np.intp]


@dataclass(frozen=True)
class _Arm:
    """Shoulder, elbow, wrist and fingertips of one arm, (B, 3) each."""

    shoulder: Floats
    elbow: Floats
    wrist: Floats
    fingertips: Floats

    @property
    def grip(self) -> Floats:
        """The middle of the hand."""
        return np.asarray((self.wrist + self.fingertips) / 2)


def weigh(
    bones: Skeleton,
    angles: dict[str, Floats],
    person: Person,
    draws: Draws,
    load_kg: Floats,
    hands: Hands,
) -> Weights:
    """Every weight above the pelvis.

    Args:
        bones: The bones in B postures.
        angles: Angles in degrees by name, (B,) each.
        person: Whose body it is.
        draws: What differs from draw to draw.
        load_kg: What the hands hold, (B,).
        hands: Which hands hold it.
    """
    parts = [*_trunk(bones, person, draws), _head(bones, person, draws)]
    for arm, share in zip(_arms(bones, angles, person), SHARES[hands], strict=True):
        parts += _arm_weights(arm, person, draws)
        parts.append((CHEST, arm.grip, share * load_kg))
    return Weights(
        np.stack([mass for _, _, mass in parts], axis=1) * GRAVITY_MS2,
        np.stack([place for _, place, _ in parts], axis=1),
        np.array([bone for bone, _, _ in parts]),
    )


def hand_places(bones: Skeleton, angles: dict[str, Floats], person: Person) -> Floats:
    """The middle between the two hands, in metres, (B, 3)."""
    left, right = _arms(bones, angles, person)
    return np.asarray((left.grip + right.grip) / 2)


Part = tuple[int, Floats, Floats]


def _trunk(bones: Skeleton, person: Person, draws: Draws) -> list[Part]:
    count = len(draws.breadth)
    parts: list[Part] = []
    for bone, level in enumerate(levels(), start=1):
        slice_mm = np.tile([level.slice_forward_mm, level.slice_up_mm, 0.0], (count, 1))
        mass = np.full(count, level.slice_mass_share * person.mass_kg)
        parts.append((bone, _on(bones, bone, slice_mm, person), mass))
    chest = np.stack(
        [draws.thorax_forward_mm, np.full(count, parameter("thorax_up")), np.zeros(count)], axis=1
    )
    parts.append(
        (CHEST, _on(bones, CHEST, chest, person), draws.thorax_mass_share * person.mass_kg)
    )
    return parts


def _head(bones: Skeleton, person: Person, draws: Draws) -> Part:
    """The head, in line with the chest; its height comes down from the top of the body."""
    segment = segments()["head"]
    above_hips = 1 - _hip_height() - segment.centre_share(person.sex) * parameter("head_length")
    up_mm = parameter("hip_up") + 1000 * above_hips * parameter("reference_stature")
    count = len(draws.breadth)
    place = np.stack([draws.head_forward_mm, np.full(count, up_mm), np.zeros(count)], axis=1)
    mass = segment.mass_share(person.sex) * person.mass_kg * draws.limb_mass
    return CHEST, _on(bones, CHEST, place, person), mass


def _hip_height() -> float:
    size = lengths()
    return size("thigh") + size("shank") + size("foot", "height")


def _arms(bones: Skeleton, angles: dict[str, Floats], person: Person) -> tuple[_Arm, _Arm]:
    stature, size = person.stature_cm / 100, lengths()
    upper = _hanging(angles["arm_deg"], angles["turn_deg"])
    lower = _hanging(angles["arm_deg"] + angles["elbow_deg"], angles["turn_deg"])
    arms = []
    for side in (-1.0, 1.0):
        names = ("shoulder_forward", "shoulder_up", "shoulder_aside")
        place = np.array([parameter(name) for name in names]) * (1.0, 1.0, side)
        shoulder = _on(bones, CHEST, np.tile(place, (len(upper), 1)), person)
        elbow = shoulder + size("upper_arm") * stature * upper
        wrist = elbow + size("forearm") * stature * lower
        arms.append(_Arm(shoulder, elbow, wrist, wrist + size("hand") * stature * lower))
    return arms[0], arms[1]


def _arm_weights(arm: _Arm, person: Person, draws: Draws) -> list[Part]:
    pieces = {
        "upper_arm": (arm.shoulder, arm.elbow),
        "forearm": (arm.elbow, arm.wrist),
        "hand": (arm.wrist, arm.fingertips),
    }
    parts = []
    for name, (start, end) in pieces.items():
        segment = segments()[name]
        place = start + segment.centre_share(person.sex) * (end - start)
        mass = segment.mass_share(person.sex) * person.mass_kg * draws.limb_mass
        parts.append((CHEST, place, mass))
    return parts


def _hanging(forward_deg: Floats, turn_deg: Floats) -> Floats:
    """Direction of something that hangs, swung forward and then turned to the right, (B, 3)."""
    a, b = np.radians(forward_deg), np.radians(turn_deg)
    return np.stack([np.sin(a) * np.cos(b), -np.cos(a), np.sin(a) * np.sin(b)], axis=1)


def _on(bones: Skeleton, bone: int, places_mm: Floats, person: Person) -> Floats:
    scale = person.stature_cm / 100 / parameter("reference_stature")
    places = places_mm[:, None, :] / 1000 * scale
    return bones.carried(np.array([bone]), places)[:, 0]
