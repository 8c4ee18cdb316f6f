"""The packaged rules and thresholds, ready to evaluate."""

from functools import cache

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.expression import parse
from lumbago.knowledge.schema import DISPOSITIONS
from lumbago.reasoning.flags import FlagRule
from lumbago.reasoning.triage import ProbabilityThreshold

__all__ = ["flag_rules", "thresholds"]


@cache
def flag_rules() -> tuple[FlagRule, ...]:
    """The packaged red-flag rules, ready to evaluate."""
    return tuple(
        FlagRule(r.id, DISPOSITIONS.index(r.disposition), parse(r.when), r.reason)
        for r in load_knowledge().rules
    )


@cache
def thresholds() -> tuple[ProbabilityThreshold, ...]:
    """Guideline thresholds on the probability of a condition."""
    return tuple(
        ProbabilityThreshold(i, t.probability, DISPOSITIONS.index(t.disposition))
        for i, c in enumerate(load_knowledge().conditions)
        for t in c.thresholds
    )
