"""Which muscles pull how hard: the sharing of a moment between many muscles, as an optimisation.

Many more muscles cross a disc than are needed, so statics alone leaves their forces open. The body is taken
to spread the effort: the sum over muscles of area x stress^3 is least (Crowninshield & Brand 1981), with
every moment balanced and no muscle pushing. That problem is convex, so its answer is the only one. Its dual
has one unknown a moment (ten here) instead of one a muscle (about two hundred), is smooth, and is solved by
Newton's method for all postures and draws at once. SciPy's solvers take one problem at a time; the tests
hold this one against them.

The force of a muscle in the answer is area x sqrt(lever arms . multipliers) where that is above 0.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["muscle_forces"]

Floats = NDArray[np.float64]
#: Corners of the square root at 0 are rounded by these, in (N/cm2)^2, one after the other.
ROUNDING = (1e2, 1e1, 1e0, 1e-1, 1e-2, 1e-3)
STEPS, HALVINGS, CLOSE_NM = 60, 25, 1e-6
#: Moment that may stay open when the muscles pull at full strength, in Nm: keeps every problem solvable.
OPEN_NM, FULL_STRENGTH = 0.001, 46.0**2 / 0.05


@dataclass(frozen=True)
class _Problem:
    """B problems: arms (B, D, M), moments (B, D), areas (B, M), and how much may stay open."""

    arms_m: Floats
    moment_nm: Floats
    area_cm2: Floats
    give: float

    def pull(self, unknowns: Floats) -> Floats:
        """Square of the stress of each muscle where it is above 0, (B, M)."""
        return np.asarray(np.matmul(unknowns[:, None, :], self.arms_m)[:, 0])

    def error(self, unknowns: Floats, rounding: float) -> Floats:
        """What is still missing from each moment, (B, D)."""
        force = self.area_cm2 * np.sqrt(_rounded(self.pull(unknowns), rounding)[0])
        made = np.matmul(self.arms_m, force[:, :, None])[:, :, 0]
        return np.asarray(made + self.give * unknowns - self.moment_nm)

    def step(self, unknowns: Floats, error: Floats, rounding: float) -> Floats:
        """The step of Newton's method, (B, D)."""
        positive, root = _rounded(self.pull(unknowns), rounding)
        slope = self.area_cm2 * 0.5 * np.sqrt(positive) / root
        matrix = np.matmul(self.arms_m * slope[:, None, :], self.arms_m.transpose(0, 2, 1))
        matrix += self.give * np.eye(unknowns.shape[1])
        return np.asarray(np.linalg.solve(matrix, -error[..., None])[..., 0], dtype=float)


def muscle_forces(arms_m: Floats, moment_nm: Floats, area_cm2: Floats) -> Floats:
    """Forces that balance given moments with the least sum of area x stress^3.

    Args:
        arms_m: Lever arm of each muscle for each moment, (B, D, M).
        moment_nm: Moments that the muscles must make, (B, D).
        area_cm2: Cross-sections, (B, M) or (M,).

    Returns:
        Forces in N, 0 or more, (B, M). Where no muscles can balance the moments, a part stays open.

    Source:
        Crowninshield & Brand 1981, J Biomech 14:793 (the criterion).
    """
    batch, moments, count = arms_m.shape
    area = np.broadcast_to(area_cm2, (batch, count))
    problem = _Problem(arms_m, moment_nm, area, OPEN_NM / FULL_STRENGTH)
    unknowns = np.zeros((batch, moments))
    for rounding in ROUNDING:
        unknowns = _newton(unknowns, problem, rounding)
    return np.asarray(area * np.sqrt(np.maximum(problem.pull(unknowns), 0.0)))


def _newton(unknowns: Floats, problem: _Problem, rounding: float) -> Floats:
    for _ in range(STEPS):
        error = problem.error(unknowns, rounding)
        size = np.linalg.norm(error, axis=1)
        if (size < CLOSE_NM).all():
            break
        step = problem.step(unknowns, error, rounding)
        unknowns = unknowns + _length(unknowns, step, size, problem, rounding)[:, None] * step
    return unknowns


def _length(
    unknowns: Floats, step: Floats, size: Floats, problem: _Problem, rounding: float
) -> Floats:
    """How much of each step to take: halved until the error falls."""
    length = np.ones(len(unknowns))
    for _ in range(HALVINGS):
        tried = problem.error(unknowns + length[:, None] * step, rounding)
        worse = np.linalg.norm(tried, axis=1) > size * (1 - 0.1 * length)
        worse &= size >= CLOSE_NM
        if not worse.any():
            break
        length = np.where(worse, length / 2, length)
    return length


def _rounded(pull: Floats, rounding: float) -> tuple[Floats, Floats]:
    """The positive part with a round corner, without cancellation far below 0; and the root in it."""
    root = np.sqrt(pull**2 + rounding**2)
    below = 0.5 * rounding**2 / (root - np.minimum(pull, 0.0))
    return np.where(pull > 0, 0.5 * (pull + root), below), root
