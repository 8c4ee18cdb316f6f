"""Linear maps in whole numbers: the same input gives the same bits, whatever else is mapped with it.

How a library adds up a product of matrices depends on how many rows there are, so that what is read of a
sentence would hang on its neighbours in the last digits. Sums of whole numbers below 2^24 are exact in 32-bit
floats in any order. Weights are stored as whole numbers of 8 bits anyway; each row of the input is rounded
to as many levels as keep every sum over `LONGEST` inputs below that, about a thousand.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["WEIGHT_LEVELS", "Floats", "WholeMap", "rounded", "whole_map"]

Floats = NDArray[np.float32]
WEIGHT_LEVELS = 127
#: Whole numbers up to here, and their sums, are exact in 32-bit floats.
EXACT = 2**24
#: Inputs over which a sum is exact; the sums of longer inputs are then added in their order.
LONGEST = 384
_TINY = np.float32(1e-12)


@dataclass(frozen=True, eq=False)
class WholeMap:
    """A linear map.

    Attributes:
        weights: Whole numbers, (up to `LONGEST`, N) for each run of inputs.
        scale: (N,) what one of them stands for.
        bias: (N,).
        levels: The largest whole number that an input is rounded to.
    """

    weights: tuple[Floats, ...]
    scale: Floats
    bias: Floats
    levels: np.float32

    def __call__(self, x: Floats) -> Floats:
        """(rows, N) map of (rows, K); each row is the same whatever the others are."""
        step = np.maximum(np.abs(x).max(axis=1, keepdims=True), _TINY) / self.levels
        numbers = np.rint(x / step)
        mapped: Floats = numbers[:, :LONGEST] @ self.weights[0]
        for i, weights in enumerate(self.weights[1:], start=1):
            mapped += numbers[:, i * LONGEST : (i + 1) * LONGEST] @ weights
        mapped *= step
        mapped *= self.scale
        mapped += self.bias
        return mapped


def rounded(weights: Floats, axis: int) -> tuple[Floats, Floats]:
    """Weights as whole numbers of 8 bits, and what one of them stands for along the axis."""
    scale = np.abs(weights).max(axis=axis, keepdims=True) / np.float32(WEIGHT_LEVELS) + _TINY
    return np.round(weights / scale), scale


def whole_map(weights: Floats, bias: Floats) -> WholeMap:
    """A map of (K, N) weights as whole numbers, with as many levels of input as stay exact."""
    numbers, scale = rounded(weights, 0)
    runs = [numbers[start : start + LONGEST] for start in range(0, len(numbers), LONGEST)]
    heaviest = max(np.abs(run).sum(axis=0).max() for run in runs)
    # Weights of all zeros would allow any number of levels; rounding may go one beyond the last.
    levels = np.float32(EXACT // max(heaviest, 1) - 1)
    # Columns one after the other are what BLAS packs fastest.
    return WholeMap(tuple(map(np.asfortranarray, runs)), scale[0], bias, levels)
