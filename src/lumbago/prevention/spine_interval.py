"""The interval of the force on each disc from a few chosen problems, for a page that keeps up with a slider.

Drawing is slow to settle: with 50 draws the ends of a 95% interval moved by 10 to 20% from seed to seed, with
1600 still by 2 to 3%, at about two thousandths of a second each. But the logarithm of the force is a smooth
function of the nine parameters that are drawn for the whole body, and nearly a sum of one function of each.
So the model is solved at the centre and one step up and down in each parameter (19 problems at once), a
parabola is laid through the three points, and the percentiles are read off many draws of the sum.

Limits: parameters are taken to act one by one on the logarithm, and the spread of the 97 single muscle areas is
left out: it is below 0.5% of the variance (docs/spine.md).
"""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from lumbago.prevention.spine import spine_problems
from lumbago.prevention.spine_draws import Draws, draw, whole_body
from lumbago.prevention.spine_forces import SpineLoad, solve
from lumbago.prevention.spine_person import Person, Posture

__all__ = ["ForceInterval", "compression_interval"]

Floats = NDArray[np.float64]
#: One step in each parameter, in standard deviations: the outer points of Gauss and Hermite's rule of three.
STEP = 3**0.5
DRAWS, SEED = 12_000, 0


@dataclass(frozen=True)
class ForceInterval:
    """The central loads of one posture, and the ends of the 95% interval of compression, N `(5,)`."""

    load: SpineLoad
    low_n: Floats
    high_n: Floats


def compression_interval(
    posture: Posture, person: Person, *, load_kg: float = 0.0
) -> ForceInterval:
    """Compression of every disc in one posture, with its interval.

    Args:
        posture: One posture.
        person: Whose back it is.
        load_kg: What both hands hold.

    Returns:
        The central loads, and the 2.5th and 97.5th percentile of the compression; the same each time.

    Raises:
        MeasurementError: As for `spine_load`.
    """
    angles, loads = spine_problems(posture, load_kg, "both")
    count = 1 + 2 * len(whole_body())
    many = {name: np.repeat(values, count) for name, values in angles.items()}
    solved = solve(many, person, np.repeat(loads, count), "both", _around())
    logs = np.log(np.maximum(solved.compression_n, 1.0))
    up, down = (logs[1:].reshape(-1, 2, logs.shape[1]) - logs[0]).transpose(1, 0, 2)
    slope, bend = (up - down) / (2 * STEP), (up + down) / (2 * STEP**2)
    chance, squared = _chance()
    drawn = chance @ slope + squared @ bend
    low, high = np.exp(logs[0] + np.percentile(drawn, [2.5, 97.5], axis=0))
    central = {name: values[:1] for name, values in solved.parts().items()}
    return ForceInterval(SpineLoad(**central), low, high)


@cache
def _chance() -> tuple[Floats, Floats]:
    """Standard normal draws of the parameters and their squares, (DRAWS, parameters) each."""
    drawn = np.random.default_rng(SEED).standard_normal((DRAWS, len(whole_body())))
    return drawn, drawn**2


@cache
def _around() -> Draws:
    """The centre, then one step up and one step down in each parameter."""
    around = draw(1 + 2 * len(whole_body()))
    for place, (name, (row, low)) in enumerate(whole_body().items()):
        values = getattr(around, name).copy()
        values[1 + 2 * place] += STEP * row.spread
        values[2 + 2 * place] = max(values[2 + 2 * place] - STEP * row.spread, low)
        around = replace(around, **{name: values})
    return around
