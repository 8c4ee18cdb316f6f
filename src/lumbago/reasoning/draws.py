"""95% intervals: draw the whole network K times from the spread of its numbers.

Each row of parameters is a Dirichlet whose concentration comes from the record (its n, or the size
that matches its interval); each share of a prior is log-normal about its value. A parameter shared
by many conditions is drawn once per draw, as it should be. Draws depend on the seed alone, never on
the evidence, so two answers about one person are comparable. The numbers of a finding or mechanism
are drawn when they are first needed: most answers touch a tenth of the network.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lumbago.case import Case
from lumbago.knowledge.compile import CompiledNetwork, Floats, Ints

__all__ = ["Draws", "draw", "posterior_draws"]

Singles = NDArray[np.float32]


class Draws:
    """K draws of the numbers in a network, made node by node when first asked for."""

    def __init__(self, network: CompiledNetwork, count: int) -> None:
        self.network = network
        self.count = count
        self._blocks: dict[int, Singles] = {}
        self._noise: dict[int, Floats] = {}
        self._given: dict[int, tuple[Singles, Ints]] = {}

    def log_theta(self, node: int) -> Singles:
        """(parameters of the node, K) log of each parameter of one node."""
        if node not in self._blocks:
            self._blocks[node] = self._draw(node)
        return self._blocks[node]

    def get_ready(self) -> None:
        """Draw the numbers of every node now."""
        for node in range(len(self.network.first_parameter) - 1):
            self.log_theta(node)
        for mechanism in range(len(self.network.mechanisms)):
            self.given(mechanism)

    def _draw(self, node: int) -> Singles:
        network = self.network
        block = slice(network.first_parameter[node], network.first_parameter[node + 1])
        shape = np.maximum(network.theta[block] * network.concentration[block], 1e-3)
        rng = np.random.default_rng([network.seed, node])
        gamma = rng.standard_gamma(shape[:, None], (len(shape), self.count))
        row = network.row[block] - network.row[block.start]
        total = np.add.reduceat(gamma, np.flatnonzero(np.diff(row, prepend=-1)), axis=0)[row]
        logs: Singles = np.log(np.clip(gamma / total, 1e-6, 1.0)).astype(np.float32)
        return logs

    def given(self, mechanism: int) -> tuple[Singles, Ints]:
        """(S, D, K) chance of each state of a mechanism in each distinct row of its table, and (C,) the row
        of each condition. Most conditions share the row of the background.
        """
        if mechanism not in self._given:
            network = self.network
            start, stop = network.first_state[mechanism], network.first_state[mechanism + 1]
            distinct = np.array(sorted(set(network.states[start].tolist())))
            row = distinct + np.arange(stop - start)[:, None]  # a row's parameters lie side by side
            chance = np.exp(self.log_theta(mechanism)[row - network.first_parameter[mechanism]])
            self._given[mechanism] = chance, np.searchsorted(distinct, network.states[start])
        return self._given[mechanism]

    def noise(self, region: int) -> Floats:
        """(C, K) factors on one region's shares of the prior."""
        if region not in self._noise:
            spread = self.network.share_spread[region][:, None]
            rng = np.random.default_rng([self.network.seed, region, 1])  # apart from the nodes'
            normal = rng.standard_normal((len(spread), self.count))
            self._noise[region] = np.exp(spread * normal)
        return self._noise[region]


@lru_cache(maxsize=4)
def draw(network: CompiledNetwork, count: int) -> Draws:
    """`count` draws of a network, with the seed that the evidence gives."""
    return Draws(network, count)


def posterior_draws(network: CompiledNetwork, case: Case, values: Ints, draws: Draws) -> Floats:
    """(C, K) posterior of each condition in each draw.

    Args:
        values: (n,) observed positions on axis V.
    """
    prior = network.prior(case.regions, case.setting, case.age, case.sex, draws.noise)
    log_joint = np.log(prior).astype(np.float32)
    owner = network.mechanism_of[values]
    for value in values[owner < 0]:
        node = network.node_of[value]
        logs = draws.log_theta(node)
        at = network.direct[value] - network.first_parameter[node]
        log_joint += np.float32(network.direct_damping) * logs[at]
    for m in sorted(set(owner[owner >= 0].tolist())):
        log_joint += _log_factor(network, draws, m, values[owner == m])
    joint = np.exp(log_joint - log_joint.max(axis=0))
    normalised: Floats = joint / joint.sum(axis=0)
    return normalised


def _log_factor(network: CompiledNetwork, draws: Draws, m: int, values: Ints) -> Singles:
    """(C, K) log of what mechanism `m` contributes, given the observed values that hang on it."""
    start, stop = network.first_state[m], network.first_state[m + 1]
    log_likelihood = np.zeros((stop - start, draws.count), dtype=np.float32)
    for value in values:
        node = network.node_of[value]
        at = network.latent[value, : stop - start] - network.first_parameter[node]
        log_likelihood += draws.log_theta(node)[at]
    # Only ratios between states matter; scaled so, a long record does not underflow.
    log_likelihood -= log_likelihood.max(axis=0)
    likelihood = np.exp(np.float32(network.damping[m]) * log_likelihood)
    given, row_of = draws.given(m)
    factor = np.einsum("sk,sck->ck", likelihood, given)
    logs: Singles = np.log(np.maximum(factor, 1e-30))[row_of]
    return logs
