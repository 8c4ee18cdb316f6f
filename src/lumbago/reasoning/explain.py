"""Why: what speaks for and against each cause, in log-odds, each finding left out in turn."""

import numpy as np

from lumbago.knowledge.compile import CompiledNetwork, Floats, Ints
from lumbago.reasoning.network import infer, without_each

__all__ = ["leave_one_out", "share_published"]


def leave_one_out(network: CompiledNetwork, prior: Floats, values: Ints) -> Floats:
    """Exact weight of each observed value for each condition.

    Args:
        prior: (C,) prior probabilities.
        values: (n,) observed positions on axis V.

    Returns:
        (n, C) log-odds of the condition with all findings, minus the same without this one.
    """
    posterior = infer(network, prior, values)
    without = without_each(network, posterior, values)
    return _log_odds(posterior.conditions) - _log_odds(without)


def share_published(
    network: CompiledNetwork, values: Ints, weights: Floats, condition: int
) -> float:
    """Share of the evidence for a condition, in absolute log-odds, that rests on published numbers.

    A finding counts by the share of its parameters for this condition and for the background that
    are published or derived from published figures.

    Args:
        weights: (n, C) from `leave_one_out`.
    """
    size = np.abs(weights[:, condition])
    if size.sum() == 0:
        return 0.0
    published = np.array([_published(network, value, condition) for value in values])
    return float(size @ published / size.sum())


def _published(network: CompiledNetwork, value: int, condition: int) -> float:
    m = network.mechanism_of[value]
    if m < 0:
        column = network.direct[value]
        used = [column[condition], np.bincount(column).argmax()]
    else:
        states = slice(network.first_state[m], network.first_state[m + 1])
        count = states.stop - states.start
        used = [*network.latent[value, :count], *network.states[states, condition]]
    rows = list({network.row[p] for p in used})
    return float(network.published_row[rows].mean())


def _log_odds(p: Floats) -> Floats:
    clipped = np.clip(p, 1e-12, 1 - 1e-12)
    odds: Floats = np.log(clipped) - np.log1p(-clipped)
    return odds
