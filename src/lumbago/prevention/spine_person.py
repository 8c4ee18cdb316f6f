"""Who stands how: the person and the posture."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.packaged import Record, read_rows
from lumbago.prevention.spine_data import parameter

__all__ = [
    "Legs",
    "NamedPosture",
    "Person",
    "Posture",
    "lumbar_share",
    "named_posture",
    "postures",
]

Floats = NDArray[np.float64]
Legs = Literal["straight", "bent", "sitting"]
#: What an angle may be, in degrees, and how it is called.
RANGES = {
    "trunk_deg": (-30.0, 120.0, "the lean of the trunk"),
    "lumbar_deg": (-30.0, 60.0, "the bend of the lower back"),
    "side_bend_deg": (-35.0, 35.0, "the bend to the side"),
    "turn_deg": (-135.0, 135.0, "the turn of the arms"),
    "arm_deg": (-60.0, 180.0, "the angle of the upper arm"),
    "elbow_deg": (0.0, 150.0, "the bend of the elbow"),
}


@dataclass(frozen=True)
class Person:
    """Whose back it is.

    Args:
        sex: `female` or `male`.
        stature_cm: Body height, 120 to 220.
        mass_kg: Body mass, 30 to 250.
        age: Whole years, for the limits; may be left out.

    Raises:
        MeasurementError: If a value cannot be an adult's.
    """

    sex: str = "male"
    stature_cm: float = 175.0
    mass_kg: float = 75.0
    age: float | None = None

    def __post_init__(self) -> None:
        if self.sex not in ("female", "male"):
            raise MeasurementError(f"the sex is {self.sex!r}; give 'female' or 'male'")
        for what, value, low, high, unit in (
            ("stature", self.stature_cm, 120, 220, "cm"),
            ("body mass", self.mass_kg, 30, 250, "kg"),
            ("age", 20 if self.age is None else self.age, 16, 110, "years"),
        ):
            if not low <= value <= high:
                raise MeasurementError(
                    f"the {what} is {value:g}; an adult's is between {low} and {high} {unit}"
                )


@dataclass(frozen=True)
class Posture:
    """How the person stands or sits: angles in degrees, each a number or an array (N,).

    Args:
        trunk_deg: Lean of the chest forward from upright.
        lumbar_deg: How much the lower back is bent from its standing curve; left out, the usual share of
            the lean (`lumbar_share`). The pelvis turns by the rest.
        side_bend_deg: Bend of the lower back to the right.
        turn_deg: Arms and load to the right of straight ahead.
        arm_deg: Upper arms forward from hanging straight down.
        elbow_deg: Bend of the elbows.

    Raises:
        MeasurementError: If an angle cannot be.
    """

    trunk_deg: ArrayLike = 0.0
    lumbar_deg: ArrayLike | None = None
    side_bend_deg: ArrayLike = 0.0
    turn_deg: ArrayLike = 0.0
    arm_deg: ArrayLike = 0.0
    elbow_deg: ArrayLike = 0.0

    def __post_init__(self) -> None:
        for name, (low, high, what) in RANGES.items():
            given = getattr(self, name)
            if given is not None:
                _check_angle(np.asarray(given, dtype=float), low, high, what)

    def arrays(self) -> dict[str, Floats]:
        """The angles as arrays of one shape (N,), with the lower back filled in."""
        trunk = np.asarray(self.trunk_deg, dtype=float)
        lumbar = lumbar_share(trunk) if self.lumbar_deg is None else self.lumbar_deg
        given = {name: getattr(self, name) for name in RANGES} | {"lumbar_deg": lumbar}
        try:
            flat = np.broadcast_arrays(*(np.atleast_1d(v) for v in given.values()))
        except ValueError:
            raise MeasurementError("the angles are arrays of different lengths") from None
        return {name: np.asarray(v, dtype=float) for name, v in zip(given, flat, strict=True)}


class NamedPosture(Record, frozen=True):
    """A posture with a name, and where its angles come from."""

    posture: str
    words: str
    trunk_deg: float
    lumbar_deg: float
    arm_deg: float
    elbow_deg: float
    legs: Legs
    source: str

    @property
    def angles(self) -> Posture:
        """Its angles."""
        return Posture(
            self.trunk_deg, self.lumbar_deg, arm_deg=self.arm_deg, elbow_deg=self.elbow_deg
        )


def lumbar_share(trunk_deg: ArrayLike) -> Floats:
    """How far the lower back bends when the trunk leans, in degrees.

    Args:
        trunk_deg: Lean of the chest, of any shape.

    Source:
        Esola 1996, Spine 21:71 (ratios of lumbar spine to hips), ended at the range of Pearcy 1984.
    """
    lean = np.asarray(trunk_deg, dtype=float)
    steps = [np.minimum(lean, 30), np.clip(lean - 30, 0, 30), np.maximum(lean - 60, 0)]
    bend = sum(parameter(f"rhythm_{k}") * step for k, step in enumerate(steps, start=1))
    return np.asarray(np.minimum(bend, parameter("lumbar_range")))


@cache
def postures() -> dict[str, NamedPosture]:
    """The named postures."""
    return {row.posture: row for row in read_rows("spine_postures.csv", NamedPosture)}


def named_posture(name: str) -> NamedPosture:
    """One named posture.

    Raises:
        MeasurementError: If there is none of that name.
    """
    if name not in postures():
        raise MeasurementError(f"there is no posture {name!r}; there are {', '.join(postures())}")
    return postures()[name]


def _check_angle(values: Floats, low: float, high: float, what: str) -> None:
    bad = ~((values >= low) & (values <= high))
    if bad.any():
        place = "" if values.ndim == 0 else f" at index {int(np.flatnonzero(bad)[0])}"
        raise MeasurementError(
            f"{what} is {values[bad].flat[0]:g}{place}; it must be between {low:g} and {high:g} degrees"
        )
