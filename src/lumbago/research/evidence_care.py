"""The care evidence in the `lumbago evidence` commands: found, shown and counted like the rest."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from lumbago.knowledge import Knowledge
from lumbago.knowledge.care import Claim, Course, Figure, Service, Topic, Treatment
from lumbago.knowledge.schema import Identified

__all__ = ["care_counts", "care_named", "care_records", "care_rows"]


def care_records(k: Knowledge) -> dict[str, Sequence[Identified]]:
    """The records by kind, in the order in which a search lists them."""
    care = k.care
    return {
        "topic": care.topics,
        "treatment": care.treatments,
        "course": care.courses,
        "claim": care.claims,
        "service": care.services,
    }


def care_named(record: Identified) -> str:
    """What a search shows beside the id."""
    match record:
        case Treatment():
            return f"{record.intervention} ({record.recommendation})"
        case Course():
            return f"{record.measure}: {record.population}"
        case Claim():
            return record.claim
        case Topic() | Service():
            return record.name
        case _:
            return ""


def care_rows(found: Iterable[Identified]) -> list[dict[str, Any]]:
    """Records as plain values, without what is empty."""
    return [
        {key: value for key, value in msgspec.to_builtins(r).items() if value not in (None, "")}
        for r in found
    ]


def care_counts(k: Knowledge) -> dict[str, int]:
    """How much there is, and how much of it was seen."""
    care = k.care
    figures: list[Figure] = [*care.treatments, *care.courses]
    checked = Counter(f.checked for f in figures)
    verdicts = Counter(c.verdict for c in care.claims)
    countries = [s for s in care.services if s.emergency]
    return {
        "treatment rows": len(care.treatments),
        "course rows": len(care.courses),
        **{f"care rows {c}": n for c, n in sorted(checked.items())},
        "care rows whose limits are known less well": sum(bool(f.limits_checked) for f in figures),
        "claims": len(care.claims),
        **{f"claims {v}": n for v, n in sorted(verdicts.items())},
        "countries with numbers to call": len(countries),
        "countries whose number was seen": sum(s.checked == "seen" for s in countries),
    }
