"""Where on the body a condition is felt, from the same numbers that rank it."""

from collections.abc import Iterable
from functools import cache

import numpy as np

from lumbago.anatomy import load_atlas
from lumbago.anatomy.atlas import SIDES, ChartRule
from lumbago.knowledge.compile import compiled
from lumbago.reasoning.network import infer, predictive

__all__ = ["felt_in"]

#: What is felt more seldom than this is not worth shading.
SELDOM = 0.15
#: How much oftener than among all conditions together it must be, or it is not of this condition.
TELLING = 1.1


def felt_in(condition: str, side: str = "right") -> dict[str, float]:
    """Zone id to how often people with this condition feel pain there, 0 to 1.

    A zone that several findings of the body chart cover (leg pain, calf pain) takes the rarest of them,
    which is the most particular. Zones that are not on the midline are given on one side.
    """
    middle = {z.zone for z in load_atlas().zones if z.middle == "yes"}
    return {
        zone if zone in middle else f"{side}_{zone}": share
        for zone, share in _shares(condition).items()
        if share >= SELDOM and side in SIDES
    }


@cache
def _shares(condition: str) -> dict[str, float]:
    network = compiled()
    certain = np.zeros(len(network.conditions))
    certain[network.conditions.index(condition)] = 1.0
    nothing = np.array([], dtype=np.intp)
    often = predictive(network, infer(network, certain, nothing))
    anybody = predictive(network, infer(network, np.full_like(certain, 1 / len(certain)), nothing))
    shares: dict[str, float] = {}
    for rule in _telling_rules():
        at = network.value_index[rule.finding, "yes"]
        share = float(often[at]) if often[at] > TELLING * anybody[at] else 0.0
        for zone in rule.zones:
            shares[zone] = min(share, shares.get(zone, 1.0))
    return shares


@cache
def _telling_rules() -> tuple[ChartRule, ...]:
    """Rules of pain that say where it is. One that narrower ones mostly cover says no more than they do."""
    rules = [
        r
        for r in load_atlas().chart_rules
        if r.symptom == "pain" and r.sides == "any" and not r.along
    ]
    return tuple(
        r for r in rules if 2 * len(_narrower(r, rules)) < len(r.zones) or len(r.zones) == 1
    )


def _narrower(rule: ChartRule, rules: Iterable[ChartRule]) -> set[str]:
    return {
        zone
        for other in rules
        if len(other.zones) < len(rule.zones)
        for zone in set(other.zones) & set(rule.zones)
    }
