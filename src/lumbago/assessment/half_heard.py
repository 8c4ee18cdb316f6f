"""Danger signs that the words may mean: advice that holds until the person has said yes or no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from lumbago.case import Case
from lumbago.knowledge.schema import DISPOSITIONS, HalfHeard
from lumbago.reasoning.flags import FlagRule, fired

__all__ = ["Suspicion", "suspicion"]

_EMERGENCY = DISPOSITIONS.index("emergency")
_LEAST = len(DISPOSITIONS) - 1


@dataclass(frozen=True)
class Suspicion:
    """Danger signs that the words may mean.

    Attributes:
        levels: Each that would ask for the emergency department or an ambulance, likeliest first, and which.
        level: Level of care until that is clear; the least urgent one if all are unlikely.
    """

    levels: Mapping[str, int]
    level: int


def suspicion(
    settings: HalfHeard, rules: Sequence[FlagRule], case: Case, chances: Mapping[str, float]
) -> Suspicion:
    """What danger signs with these chances of being meant ask for.

    They are weighed together: four of 1 in 10 each are as good as one of 1 in 3.
    """
    levels = {}
    for name in sorted(chances, key=lambda name: -chances[name]):
        level = min((r.level for r in fired(rules, case.having({name: "yes"}))), default=_LEAST)
        if level <= _EMERGENCY:
            levels[name] = level
    meant = 1 - prod(1 - chances[name] for name in levels)
    likely = meant >= settings.probability
    return Suspicion(levels, DISPOSITIONS.index(settings.disposition) if likely else _LEAST)
