"""What people with a condition report, and what else feels like it, from the numbers that rank it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from lumbago.case import AGE_BANDS
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.compile import Floats, compiled
from lumbago.knowledge.schema import Condition, Finding
from lumbago.reasoning.draws import draw
from lumbago.reasoning.network import infer, predictive

__all__ = ["Typical", "feels_like", "typical_findings"]

#: What fewer people with the condition report than this is not typical of it.
SELDOM = 0.15
#: How much oftener than among others with pain there it must be, or it does not tell them apart.
TELLING = 1.25
#: How many of the most telling findings are put in when looking for what else they fit, and the least
#: probability at which something fits.
TOGETHER = 4
FITS = 0.04
#: Share of one sex among people with a condition from which a finding of that sex is shown for all.
NEARLY_ALL = 0.9


@dataclass(frozen=True)
class Typical:
    """How often people with a condition report a finding.

    Attributes:
        share: Of people with the condition, 0 to 1; `low` and `high` hold 95% of 500 draws of the numbers.
        others: Of people in primary care with pain in the same regions, whatever the cause.
        rests_on: Whether all the numbers behind it are published or derived, some, or none.
    """

    finding: str
    value: str
    share: float
    low: float
    high: float
    others: float
    rests_on: Literal["studies", "partly studies", "judgement"]


@cache
def typical_findings(condition: str) -> tuple[Typical, ...]:
    """What a person with the condition can tell of it, most telling first.

    Telling is p·ln(p/q): how much the finding, being so common in the condition (p), says for it among
    people with pain in the same regions (q). Only the most telling answer to a question is given.
    """
    k, network = load_knowledge(), compiled()
    certain = (np.arange(len(network.conditions)) == network.condition_index[condition]).astype(
        float
    )
    nothing = np.array([], dtype=np.intp)
    often = predictive(network, infer(network, certain, nothing))
    others = predictive(network, infer(network, _others(condition), nothing))
    telling = often * np.log(often / others)
    found: dict[str, Typical] = {}
    for at in np.argsort(-telling):
        finding, value = network.values[at]
        about = k.finding_by_id[finding]
        if often[at] < SELDOM or often[at] < TELLING * others[at] or finding in found:
            continue
        if value == "no" or not _can_be_told(about, k.condition_by_id[condition]):
            continue
        low, high = np.quantile(_drawn(int(at), condition), [0.025, 0.975])
        found[finding] = Typical(
            finding=finding,
            value=value,
            share=float(often[at]),
            low=min(float(low), float(often[at])),
            high=max(float(high), float(often[at])),
            others=float(others[at]),
            rests_on=_rests_on(int(at), condition),
        )
    return tuple(found.values())


def _can_be_told(finding: Finding, condition: Condition) -> bool:
    """Whether most people with the condition can be asked: it needs no examination, and fits who they are."""
    who = condition.demographics
    usual = AGE_BANDS[max(who.ages, key=lambda band: who.ages[band])]
    women = {"any": 1.0, "female": who.female, "male": 1 - who.female}[finding.sex]
    return (
        finding.who in ("person", "helper")
        and finding.min_age <= usual[1]
        and usual[0] <= finding.max_age
        and women >= NEARLY_ALL
    )


@cache
def feels_like(condition: str) -> tuple[str, ...]:
    """Other conditions that the most telling findings also fit, likeliest first."""
    network = compiled()
    typical = typical_findings(condition)[:TOGETHER]
    values = np.array(
        sorted(network.value_index[t.finding, t.value] for t in typical), dtype=np.intp
    )
    posterior = infer(network, _others(condition), values).conditions
    ranked = (network.conditions[at] for at in np.argsort(-posterior) if posterior[at] >= FITS)
    return tuple(name for name in ranked if name not in (condition, "something_else"))


def _others(condition: str) -> Floats:
    """(C,) who else comes to primary care with pain in the regions of a condition."""
    regions = load_knowledge().condition_by_id[condition].regions
    return compiled().prior(regions, "primary_care", None, None)


def _parameters(at: int, condition: str) -> Iterable[tuple[int, list[int]]]:
    """Each node on the way from a condition to a value, with the numbers that it takes from it."""
    network = compiled()
    column, m = network.condition_index[condition], network.mechanism_of[at]
    if m < 0:
        return [(int(network.node_of[at]), [int(network.direct[at, column])])]
    start, stop = network.first_state[m], network.first_state[m + 1]
    latent = [int(p) for p in network.latent[at, : stop - start]]
    states = [int(p) for p in network.states[start:stop, column]]
    return [(int(m), states), (int(network.node_of[at]), latent)]


def _drawn(at: int, condition: str) -> Floats:
    """(K,) share of people with the condition who have the value, in each draw of the network."""
    network = compiled()
    draws = draw(network, load_knowledge().model.draws)
    product = 1.0
    for node, parameters in _parameters(at, condition):
        places = np.array(parameters) - network.first_parameter[node]
        product = product * np.exp(draws.log_theta(node)[places].astype(float))
    summed: Floats = np.sum(product, axis=0)
    return summed


def _rests_on(at: int, condition: str) -> Literal["studies", "partly studies", "judgement"]:
    network = compiled()
    rows = [network.row[p] for _, numbers in _parameters(at, condition) for p in numbers]
    published = [bool(network.published_row[row]) for row in rows]
    return "studies" if all(published) else "partly studies" if any(published) else "judgement"
