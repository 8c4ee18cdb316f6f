"""Which elicited numbers move answers most: where a study, or a better look, would help most.

People are drawn from the network itself (each region, primary care), each with answers to a dozen
questions of that region. For every number used in a person's answer, its effect is how far the
posterior moves (total variation) when the number moves by one standard deviation of its own spread,
which for this network has a closed form. Effects are averaged over people.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from lumbago.case import REGIONS
from lumbago.knowledge.base import Knowledge
from lumbago.knowledge.compile import CompiledNetwork, Floats, Ints
from lumbago.knowledge.schema import Estimate
from lumbago.reasoning.network import Posterior, infer

__all__ = ["evidence_gaps"]

PEOPLE_PER_REGION = 60
QUESTIONS = 12


def evidence_gaps(
    knowledge: Knowledge, network: CompiledNetwork, rng: np.random.Generator
) -> list[tuple[Estimate, float]]:
    """Elicited numbers with their mean effect on the posterior (0 to 1), largest first."""
    effects: defaultdict[int, float] = defaultdict(float)
    people = 0
    for region in REGIONS:
        prior = network.prior([region], "primary_care", None, None)
        for _ in range(PEOPLE_PER_REGION):
            values = _person(knowledge, network, prior, region, rng)
            people += 1
            for parameter, effect in _effects(network, infer(network, prior, values), values):
                effects[parameter] += effect
    found: list[tuple[Estimate, float]] = []
    for parameter, total in effects.items():
        record = network.records[parameter]
        if record is not None and record.grade == "elicited":
            found.append((record, total / people))
    return sorted(found, key=lambda item: -item[1])


def _person(
    knowledge: Knowledge,
    network: CompiledNetwork,
    prior: Floats,
    region: str,
    rng: np.random.Generator,
) -> Ints:
    """Sorted values that one simulated person would answer to a dozen random questions."""
    condition = rng.choice(len(prior), p=prior)
    states = {}
    for m, names in enumerate(network.state_names):
        given = network.state_given[m, : len(names), condition]
        states[m] = rng.choice(len(names), p=given / given.sum())
    asked = [
        f for f in knowledge.findings if f.who == "person" and {region, "all"} & set(f.regions)
    ]
    chosen = rng.choice(len(asked), size=min(QUESTIONS, len(asked)), replace=False)
    values = []
    for finding in (asked[i] for i in chosen):
        first = network.value_index[finding.id, finding.values[0]]
        block = np.arange(first, first + len(finding.values))
        m = network.mechanism_of[first]
        column = network.direct[block, condition] if m < 0 else network.latent[block, states[m]]
        chance = network.theta[column]
        values.append(rng.choice(block, p=chance / chance.sum()))
    return np.array(sorted(values), dtype=np.intp)


def _effects(
    network: CompiledNetwork, posterior: Posterior, values: Ints
) -> Iterator[tuple[int, float]]:
    for value in values[network.mechanism_of[values] < 0]:
        for parameter in np.unique(network.direct[value]):
            ratio = np.where(network.direct[value] == parameter, _step(network, parameter), 1.0)
            yield int(parameter), _shift(posterior.conditions, ratio**network.direct_damping)
    for m in np.unique(network.mechanism_of[values]):
        if m >= 0:
            yield from _mechanism_effects(network, posterior, values, int(m))


def _mechanism_effects(
    network: CompiledNetwork, posterior: Posterior, values: Ints, m: int
) -> Iterator[tuple[int, float]]:
    count = len(network.state_names[m])
    share = (
        network.state_given[m, :count] * posterior.likelihood[m, :count, None] / posterior.factor[m]
    )
    for value in values[network.mechanism_of[values] == m]:
        for s, parameter in enumerate(network.latent[value, :count]):
            step = _step(network, parameter) ** network.damping[m] - 1
            yield int(parameter), _shift(posterior.conditions, 1 + share[s] * step)
    start = network.first_state[m]
    for s in range(count):
        column = network.states[start + s]
        for parameter in np.unique(column):
            step = np.where(column == parameter, _step(network, parameter) - 1, 0.0)
            yield int(parameter), _shift(posterior.conditions, 1 + share[s] * step)


def _step(network: CompiledNetwork, parameter: int) -> float:
    """Factor by which one standard deviation raises a probability."""
    p, size = network.theta[parameter], network.concentration[parameter]
    return float(1 + np.sqrt(p * (1 - p) / (size + 1)) / p)


def _shift(conditions: Floats, ratio: Floats) -> float:
    moved = conditions * ratio
    return float(np.abs(moved / moved.sum() - conditions).sum() / 2)
