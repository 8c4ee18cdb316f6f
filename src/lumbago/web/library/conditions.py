"""The index of conditions: by region, commonest first, with those that must not be missed apart."""

import re
from dataclasses import dataclass
from functools import cache

from lumbago.case import REGIONS, SETTINGS
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.compile import compiled
from lumbago.knowledge.schema import Condition
from lumbago.learn import load_articles
from lumbago.web.outcome import LEVELS

__all__ = ["Entry", "RegionOfConditions", "called", "conditions_by_region", "entry"]

#: From the calf to the neck is how often people look them up least; from the back on is how they think.
ORDER = ("low_back", "leg", "calf", "neck", "upper_back")


@dataclass(frozen=True)
class Entry:
    """A condition in a list."""

    id: str
    name: str
    summary: str
    level: str
    level_label: str
    must_not_miss: bool


@dataclass(frozen=True)
class RegionOfConditions:
    """The conditions of one region of the body."""

    id: str
    name: str
    usual: list[Entry]
    serious: list[Entry]


def entry(condition: Condition) -> Entry:
    """A condition as it stands in lists."""
    article = load_articles().get(condition.id)
    return Entry(
        id=condition.id,
        name=condition.name,
        summary=article.summary if article else condition.description.split(". ")[0] + ".",
        level=condition.disposition,
        level_label=LEVELS[condition.disposition],
        must_not_miss=condition.must_not_miss,
    )


@cache
def conditions_by_region() -> list[RegionOfConditions]:
    """Every condition under each region where it is felt, in the order of how common it is there."""
    k, network = load_knowledge(), compiled()
    found = []
    for region in ORDER:
        shares = network.shares[REGIONS.index(region), SETTINGS.index("primary_care")]
        there = [c for c in k.conditions if region in c.regions and c.id != "something_else"]
        there.sort(key=lambda c: -shares[network.condition_index[c.id]])
        entries = [entry(c) for c in there]
        found.append(
            RegionOfConditions(
                id=region,
                name=k.region_by_id[region].name.capitalize(),
                usual=[e for e in entries if not e.must_not_miss],
                serious=[e for e in entries if e.must_not_miss],
            )
        )
    return found


def called(name: str) -> Condition | None:
    """The condition with this id, or with this alias or other name, however it is written."""
    return load_knowledge().condition_by_id.get(name) or _other_names().get(_plain(name))


@cache
def _other_names() -> dict[str, Condition]:
    """The first condition of each alias and name, as they may stand in an address."""
    found: dict[str, Condition] = {}
    for c in load_knowledge().conditions:
        for name in (c.id, c.name, c.clinical_name, *c.aliases):
            found.setdefault(_plain(name), c)
    return found


def _plain(name: str) -> str:
    return re.sub(r"\W+|_+", "_", name.lower()).strip("_")
