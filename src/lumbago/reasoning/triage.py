"""How urgent: flag rules and probability each propose a level, and the more urgent one wins."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lumbago.case import Case
from lumbago.knowledge.compile import CompiledNetwork, Floats, Ints
from lumbago.reasoning.flags import FlagRule, fired

__all__ = ["ProbabilityThreshold", "Verdict", "care_needed", "decide", "probability_levels"]


@dataclass(frozen=True)
class ProbabilityThreshold:
    """A guideline's threshold: from this probability of a condition, at least this level."""

    condition: int
    probability: float
    level: int


@dataclass(frozen=True)
class Verdict:
    """A level of care (0 = ambulance) and the two voices that it came from.

    Attributes:
        level: The more urgent of the two voices.
        rules: Flag rules that hold, most urgent first.
        by_flags: Level the rules ask for; the least urgent level if none holds.
        by_probability: Level that thresholds and expected loss ask for.
    """

    level: int
    rules: tuple[FlagRule, ...]
    by_flags: int
    by_probability: int


def decide(
    network: CompiledNetwork,
    rules: Sequence[FlagRule],
    thresholds: Sequence[ProbabilityThreshold],
    case: Case,
    conditions: Floats,
) -> Verdict:
    """Join the two voices for one case, given the (C,) posterior of its conditions."""
    holding = tuple(fired(rules, case))
    least = len(network.losses) - 1
    by_flags = min((rule.level for rule in holding), default=least)
    by_probability = int(probability_levels(network, thresholds, conditions))
    return Verdict(min(by_flags, by_probability), holding, by_flags, by_probability)


def care_needed(network: CompiledNetwork, conditions: Floats) -> Floats:
    """(..., L) probability that each level of care is what the cause needs, from (..., C).

    Sums by level, not a matrix product: that would wake the threads of BLAS, which on arrays as small as
    these take eight times as long as one thread alone.
    """
    levels = range(len(network.losses))
    return np.stack([conditions[..., network.level == v].sum(axis=-1) for v in levels], axis=-1)


def probability_levels(
    network: CompiledNetwork, thresholds: Sequence[ProbabilityThreshold], conditions: Floats
) -> Ints:
    """(...) level of care that the probabilities (..., C) ask for.

    The level of least expected loss, or a more urgent one where a guideline's threshold is passed.
    """
    levels: Ints = np.argmin(care_needed(network, conditions) @ network.losses, axis=-1)
    for t in thresholds:
        passed = conditions[..., t.condition] >= t.probability
        levels = np.where(passed, np.minimum(levels, t.level), levels)
    return levels
