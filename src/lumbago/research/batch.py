"""Posteriors of many cases at once, over the same arrays as a single case.

Cases come in compressed rows, as in a sparse matrix: the values observed in case i are
`values[starts[i]:starts[i + 1]]`, sorted as `observed` gives them, so that the values of one
mechanism lie together. The loop is compiled with numba and shared over the cores; only mechanisms
that a case touches cost anything, and one with a single observed value costs no more than a direct
finding, because its sum over states is done once for all cases. Tables are in single precision to
fit the processor's cache; products are in double, so that long records do not underflow.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lumbago.case import Case
from lumbago.knowledge.compile import CompiledNetwork, Floats, Ints
from lumbago.reasoning.network import observed

__all__ = ["pack", "posterior_batch"]

#: Cases that a core takes at a time.
BLOCK = 256


def pack(network: CompiledNetwork, cases: Sequence[Case]) -> tuple[Floats, Ints, Ints, Ints]:
    """Cases as arrays: (priors (U, C), prior_of (N,), values (total,), starts (N + 1,)).

    People of the same region, setting, age and sex share one row of `priors`.
    """
    keys = [(c.regions, c.setting, c.age, c.sex) for c in cases]
    distinct = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    priors = np.array([network.prior(*key) for key in distinct])
    priors = priors.reshape(len(distinct), len(network.conditions))
    rows = [observed(network, c.findings) for c in cases]
    starts = np.cumsum([0] + [len(row) for row in rows])
    values = np.concatenate(rows) if rows else np.zeros(0, dtype=np.intp)
    return priors, np.array([distinct[key] for key in keys], dtype=np.intp), values, starts


def posterior_batch(
    network: CompiledNetwork, priors: Floats, prior_of: Ints, values: Ints, starts: Ints
) -> NDArray[np.float32]:
    """(N, C) posterior of each case, in single precision. Arguments as `pack` gives them."""
    out = np.empty((len(prior_of), priors.shape[1]), dtype=np.float32)
    widths = np.diff(network.first_state)
    _kernel()(
        priors, prior_of, values, starts, network.mechanism_of, widths, *_tables(network), out
    )
    return out


@lru_cache(maxsize=4)
def _tables(network: CompiledNetwork) -> tuple[NDArray[np.float32], ...]:
    """What the kernel multiplies with.

    Returns:
        (V, C) likelihood of each value were it the only one of its mechanism, (V, W) its likelihood
        by state, and (M, W, C) probability of each state.
    """
    latent, states = np.exp(network.log_latent), network.state_given
    summed = np.einsum("vw,vwc->vc", latent, states[network.mechanism_of])
    alone = np.where(network.mechanism_of[:, None] < 0, np.exp(network.log_direct), summed)
    return alone.astype(np.float32), latent.astype(np.float32), states.astype(np.float32)


@cache
def _kernel() -> Any:
    import numba  # compiles for a second or more: only batches pay for it

    # numba finds the types of the arguments; written out here they would only be repeated.
    @numba.njit(parallel=True, fastmath=True, cache=True)
    def run(priors, prior_of, values, starts, owner, widths, alone, latent, states, out):  # type: ignore[no-untyped-def]  # numba finds them
        cases, conditions = out.shape
        for block in numba.prange((cases + BLOCK - 1) // BLOCK):
            joint, factor = (
                np.empty(conditions),
                np.empty(conditions),
            )  # once per block, not per case
            for i in range(block * BLOCK, min((block + 1) * BLOCK, cases)):
                joint[:] = priors[prior_of[i]]
                j, stop = starts[i], starts[i + 1]
                while j < stop:
                    first, m = j, owner[values[j]]
                    j += 1
                    while m >= 0 and j < stop and owner[values[j]] == m:
                        j += 1
                    if j == first + 1:
                        table = alone[values[first]]
                        for c in range(conditions):
                            joint[c] *= table[c]
                        continue
                    factor[:] = 0.0
                    for s in range(widths[m]):
                        likelihood = 1.0
                        for k in range(first, j):
                            likelihood *= latent[values[k], s]
                        table = states[m, s]
                        for c in range(conditions):
                            factor[c] += likelihood * table[c]
                    for c in range(conditions):
                        joint[c] *= factor[c]
                scale = 1.0 / joint.sum()
                for c in range(conditions):
                    out[i, c] = joint[c] * scale

    return run
