"""Exact inference on the tree-structured network.

    P(C | e)  ∝  P(C) · Π_{j on C} P(f_j | C)^d · Π_k Σ_s P(M_k = s | C) · (Π_{j on k} P(f_j | s))^d_k

Conditions are mutually exclusive and mechanisms are independent given the condition, so the sum over
each mechanism's few states is all that exactness costs. d and d_k are the dampings in the evidence.
Unknown findings drop out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lumbago.knowledge.compile import CompiledNetwork, Floats, Ints

__all__ = ["Posterior", "hypothetical", "infer", "observed", "predictive", "without_each"]


@dataclass(frozen=True, eq=False)
class Posterior:
    """What the network believes once the evidence is in.

    Attributes:
        prior: (C,) before any finding.
        conditions: (C,) after all of them; sums to one.
        log_joint: (C,) log of prior times likelihood, not normalised.
        likelihood: (M, W) joint likelihood of each mechanism's findings by state.
        factor: (M, C) what each mechanism contributes to each condition.
    """

    prior: Floats
    conditions: Floats
    log_joint: Floats
    likelihood: Floats
    factor: Floats

    def mechanisms(self, network: CompiledNetwork) -> Floats:
        """(M, W) posterior probability of each mechanism state; rows sum to one."""
        weight = self.conditions / self.factor
        joint: Floats = np.einsum("mwc,mc->mw", network.state_given, weight) * self.likelihood
        return joint


def observed(network: CompiledNetwork, findings: Mapping[str, str]) -> Ints:
    """(n,) positions on axis V of the findings that are known, in order of that axis."""
    return np.array(sorted(network.value_index[item] for item in findings.items()), dtype=np.intp)


def infer(network: CompiledNetwork, prior: Floats, values: Ints) -> Posterior:
    """Posterior given the values that were observed.

    Args:
        prior: (C,) prior probabilities.
        values: (n,) positions on axis V, from `observed`.
    """
    with np.errstate(divide="ignore"):  # a prior may rule a condition out
        log_joint = np.log(prior)
    owner = network.mechanism_of[values]
    hidden = owner >= 0
    log_joint += network.log_direct[values[~hidden]].sum(axis=0)
    log_likelihood = np.zeros((len(network.mechanisms), network.latent.shape[1]))
    np.add.at(log_likelihood, owner[hidden], network.log_latent[values[hidden]])
    likelihood = np.exp(log_likelihood)
    touched = np.flatnonzero(np.bincount(owner[hidden]))
    factor = np.ones((len(network.mechanisms), len(prior)))
    factor[touched] = (likelihood[touched, None] @ network.state_given[touched])[:, 0]
    log_joint += np.log(factor[touched]).sum(axis=0)
    return Posterior(prior, _normalise(log_joint), log_joint, likelihood, factor)


def hypothetical(network: CompiledNetwork, posterior: Posterior, values: Ints) -> Floats:
    """(n, C) posterior of the conditions if each single one of the values were observed as well."""
    return _reweighed(network, posterior, values, 1.0)


def without_each(network: CompiledNetwork, posterior: Posterior, values: Ints) -> Floats:
    """(n, C) posterior of the conditions had each single one of the values not been observed."""
    return _reweighed(network, posterior, values, -1.0)


def _reweighed(
    network: CompiledNetwork, posterior: Posterior, values: Ints, power: float
) -> Floats:
    """(n, C) posterior of the conditions with each value's likelihood, to a power, put in as well."""
    log_joint = posterior.log_joint + power * network.log_direct[values]
    hidden = np.flatnonzero(network.mechanism_of[values] >= 0)
    owner = network.mechanism_of[values[hidden]]
    likelihood = posterior.likelihood[owner] * np.exp(power * network.log_latent[values[hidden]])
    factor = (likelihood[:, None] @ network.state_given[owner])[:, 0]
    log_joint[hidden] += np.log(factor / posterior.factor[owner])
    return _normalise(log_joint)


def predictive(network: CompiledNetwork, posterior: Posterior) -> Floats:
    """(V,) probability of each value of each finding, were it asked now."""
    by_condition = network.theta[network.direct] @ posterior.conditions
    mechanisms = posterior.mechanisms(network)
    by_state = (network.theta[network.latent] * (network.latent > 0)) * mechanisms[
        network.mechanism_of
    ]
    return np.where(network.mechanism_of >= 0, by_state.sum(axis=1), by_condition)


def _normalise(log_joint: Floats) -> Floats:
    joint = np.exp(log_joint - log_joint.max(axis=-1, keepdims=True))
    normalised: Floats = joint / joint.sum(axis=-1, keepdims=True)
    return normalised
