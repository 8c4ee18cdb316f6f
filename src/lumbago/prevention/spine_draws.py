"""What differs between people and from guess to guess: the parameters of the spine, drawn from their spread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lumbago.prevention.spine_data import muscles, parameters

__all__ = ["Draws", "draw"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Draws:
    """Parameters of B problems: arrays (B,), factors of the muscle areas (B, M)."""

    breadth: Floats
    area: Floats
    thorax_forward_mm: Floats
    head_forward_mm: Floats
    thorax_mass_share: Floats
    limb_mass: Floats
    tone: Floats
    pressure_kpa: Floats
    trunk_error_deg: Floats
    arm_error_deg: Floats


def draw(count: int, rng: np.random.Generator | None = None) -> Draws:
    """What the model is computed with.

    Args:
        count: How many problems, B.
        rng: Where chance comes from; left out, every problem has the central values.

    Returns:
        Draws from normal distributions with the spreads of spine_parameters.csv; areas are log-normal, one
        factor for each fascicle, the same on both sides.
    """
    half = len(muscles().names) // 2
    factor = parameters()["area_factor"]
    areas = np.ones((count, half))
    if rng is not None:
        areas = np.exp(rng.normal(0.0, factor.spread, (count, half)))

    def drawn(name: str, low: float = -np.inf) -> Floats:
        row = parameters()[name]
        values = np.full(count, row.value)
        if rng is not None:
            values = np.maximum(rng.normal(row.value, row.spread, count), low)
        return values

    return Draws(
        breadth=drawn("breadth_factor", 0.8),
        area=np.tile(areas, 2),
        thorax_forward_mm=drawn("thorax_forward"),
        head_forward_mm=drawn("head_forward"),
        thorax_mass_share=drawn("thorax_mass_share", 0.1),
        limb_mass=drawn("limb_mass_factor", 0.5),
        tone=drawn("muscle_tone", 0.0),
        pressure_kpa=drawn("abdominal_pressure", 0.0),
        trunk_error_deg=drawn("angle_error"),
        arm_error_deg=drawn("angle_error"),
    )
