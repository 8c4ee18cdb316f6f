"""The model against the literature: each published figure beside what the network says of it.

A row gives the sensitivity, specificity or likelihood ratios of a finding for a target in a study
population. The population is a case-mix over our conditions, in the terms of the evidence: regions
and setting with their priors, or an explicit mix, narrowed to the findings that all its members
share. The same quantity is computed exactly, without damping, for the network speaks of
probabilities here and not of how far to trust their product.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from lumbago.case import AGE_BANDS
from lumbago.knowledge.base import Knowledge
from lumbago.knowledge.compile import CompiledNetwork, Floats
from lumbago.knowledge.schema import LiteratureRow, Population
from lumbago.reasoning.network import infer, observed

__all__ = ["Comparison", "accuracy", "compare_all", "population_mix", "undamped"]


@dataclass(frozen=True)
class Comparison:
    """One published quantity beside the computed one."""

    row: LiteratureRow
    quantity: str
    published: float
    low: float
    high: float
    computed: float

    @property
    def inside(self) -> bool:
        """Whether the computed value lies inside the published 95% interval (to two decimals)."""
        slack = 0.005 if self.quantity in ("sens", "spec") else 0.005 * self.high
        return self.low - slack <= self.computed <= self.high + slack


def undamped(network: CompiledNetwork) -> CompiledNetwork:
    """The same network with every damping set to one."""
    return replace(network, damping=np.ones_like(network.damping), direct_damping=1.0)


def compare_all(knowledge: Knowledge, network: CompiledNetwork) -> list[Comparison]:
    """Every quantity of every row that the evidence marks for comparison."""
    plain = undamped(network)
    populations = {p.id: p for p in knowledge.populations}
    mixes = {p.id: population_mix(plain, p) for p in knowledge.populations}
    found: list[Comparison] = []
    for row in knowledge.literature:
        if row.use == "compare":
            found.extend(_compare(plain, row, populations[row.population], mixes[row.population]))
    return found


def _compare(
    network: CompiledNetwork, row: LiteratureRow, population: Population, mix: Floats
) -> Iterable[Comparison]:
    sens, spec = accuracy(network, row, population, mix)
    computed = {
        "sens": sens,
        "spec": spec,
        "lr_positive": sens / max(1 - spec, 1e-9),
        "lr_negative": (1 - sens) / max(spec, 1e-9),
    }
    for quantity in quantities(row):
        low, high = getattr(row, f"{quantity}_low"), getattr(row, f"{quantity}_high")
        yield Comparison(row, quantity, getattr(row, quantity), low, high, computed[quantity])


def quantities(row: LiteratureRow) -> list[str]:
    """What a row is compared on: sensitivity and specificity, else its likelihood ratios."""
    direct = [q for q in ("sens", "spec") if _complete(row, q)]
    return direct or [q for q in ("lr_positive", "lr_negative") if _complete(row, q)]


def _complete(row: LiteratureRow, quantity: str) -> bool:
    names = (quantity, f"{quantity}_low", f"{quantity}_high")
    return all(getattr(row, name) is not None for name in names)


def population_mix(network: CompiledNetwork, population: Population) -> Floats:
    """(C,) case-mix of a study population, before the findings that all its members share."""
    index = network.condition_index
    if population.mix:
        mix = np.zeros(len(network.conditions))
        mix[[index[c] for c in population.mix]] = list(population.mix.values())
        return _normalised(mix)
    # The middle of each band stands for it.
    ages: list[int | None] = [sum(AGE_BANDS[band]) // 2 for band in population.ages]
    mix = np.zeros(len(network.conditions))
    for age in ages or [None]:
        mix += network.prior(population.regions, population.setting, age, population.sex)
    if population.only:
        keep = np.zeros_like(mix)
        keep[[index[c] for c in population.only]] = 1
        mix = mix * keep
    return _normalised(mix)


def _normalised(mix: Floats) -> Floats:
    shares: Floats = mix / mix.sum()
    return shares


def accuracy(
    network: CompiledNetwork, row: LiteratureRow, population: Population, mix: Floats
) -> tuple[float, float]:
    """Sensitivity and specificity of a row's finding for its target in a population."""
    given, item = population.given.findings, {row.finding: row.value}
    none = dict.fromkeys(population.given.any_of, "no")

    def mass(findings: Mapping[str, str]) -> tuple[float, float]:
        return _mass(network, mix, findings, row.target)

    positive, everyone = mass({**given, **item}), mass(given)
    if none:
        everyone = _minus(everyone, mass({**given, **none}))
        if row.finding not in none:
            positive = _minus(positive, mass({**given, **none, **item}))
    sens = positive[0] / everyone[0]
    spec = 1 - positive[1] / everyone[1] if everyone[1] > 0 else float("nan")
    return sens, spec


def _minus(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    return a[0] - b[0], a[1] - b[1]


def _mass(
    network: CompiledNetwork, mix: Floats, findings: Mapping[str, str], target: str
) -> tuple[float, float]:
    """Probability of the findings together with the target, and together with anything else."""
    posterior = infer(network, np.maximum(mix, 1e-12), observed(network, findings))
    joint = np.exp(posterior.log_joint)
    mechanism, _, state = target.partition("=")
    if state:
        m = network.mechanisms.index(mechanism)
        s = network.state_names[m].index(state)
        share = network.state_given[m, s] * posterior.likelihood[m, s] / posterior.factor[m]
        inside = float(joint @ share)
    else:
        inside = float(sum(joint[network.condition_index[c]] for c in target.split("|")))
    return inside, float(joint.sum()) - inside
