"""What differs between people and from guess to guess: the parameters of the spine, drawn from their spread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lumbago.prevention.spine_data import Parameter, muscles, parameters

__all__ = ["Draws", "draw", "whole_body"]

Floats = NDArray[np.float64]
#: The parameters that are drawn for a whole body: field, row of spine_parameters.csv, and the least it can be.
_FIELDS = {
    "breadth": ("breadth_factor", 0.8),
    "thorax_forward_mm": ("thorax_forward", -np.inf),
    "head_forward_mm": ("head_forward", -np.inf),
    "thorax_mass_share": ("thorax_mass_share", 0.1),
    "limb_mass": ("limb_mass_factor", 0.5),
    "tone": ("muscle_tone", 0.0),
    "pressure_kpa": ("abdominal_pressure", 0.0),
    "trunk_error_deg": ("angle_error", -np.inf),
    "arm_error_deg": ("angle_error", -np.inf),
}


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

    drawn = {}
    for field, (row, least) in whole_body().items():
        drawn[field] = np.full(count, row.value)
        if rng is not None:
            drawn[field] = np.maximum(rng.normal(row.value, row.spread, count), least)
    return Draws(area=np.tile(areas, 2), **drawn)


def whole_body() -> dict[str, tuple[Parameter, float]]:
    """The parameters of a whole body by field of `Draws`, each with the least it can be."""
    return {field: (parameters()[row], least) for field, (row, least) in _FIELDS.items()}
