"""Faults in the care evidence: unknown sources and conditions, limits, numbers to call."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator

from lumbago.knowledge.base import Knowledge
from lumbago.knowledge.care import Course, Figure, Service, Treatment
from lumbago.knowledge.schema import Identified

__all__ = ["care_faults"]

DEFAULT_SERVICE = "default"
#: What a 95% interval, a mean with its deviations, or a range must contain; a mean may lie outside
#: the middle half of skewed times, so an interquartile range need not.
ENCLOSING = ("ci95", "sd", "range", "band")
DIALLED = re.compile(r"[#+]?\d[\d ]*\d")
COUNTRY = re.compile(r"[A-Z]{2}")


def care_faults(k: Knowledge) -> Iterator[str]:
    """Every fault in the care evidence, and between it and the rest."""
    yield from _duplicates(k)
    yield from _topic_faults(k)
    for treatment in k.care.treatments:
        yield from _figure_faults(k, "treatment", treatment)
        yield from _treatment_faults(treatment)
    for course in k.care.courses:
        yield from _figure_faults(k, "course", course)
        yield from _course_faults(course)
    yield from _claim_faults(k)
    yield from _service_faults(k)


def _duplicates(k: Knowledge) -> Iterator[str]:
    tables: dict[str, list[Identified]] = {
        "topic": [*k.care.topics],
        "treatment": [*k.care.treatments],
        "course": [*k.care.courses],
        "claim": [*k.care.claims],
        "service": [*k.care.services],
    }
    for name, records in tables.items():
        counts = Counter(record.id for record in records)
        yield from (f"{name} {i} is defined {n} times" for i, n in counts.items() if n > 1)


def _topic_faults(k: Knowledge) -> Iterator[str]:
    # An alias would do for a look-up, but a page finds its topics by the condition's own id.
    conditions = {c.id: c for c in k.conditions}
    for topic in k.care.topics:
        where = f"topic {topic.id}"
        yield from _unknown(where, "condition", topic.conditions, conditions)
        if topic.within is not None:
            yield from _unknown(where, "group", [topic.within], k.group_by_id)
            for name in topic.conditions:
                if name in conditions and conditions[name].group != topic.within:
                    yield f"{where}: {name} is not in the group {topic.within}"
        if not topic.conditions and not topic.note:
            yield f"{where}: a topic without conditions needs its reason in note"


def _figure_faults(k: Knowledge, kind: str, figure: Figure) -> Iterator[str]:
    where = f"{kind} {figure.id}"
    yield from _unknown(where, "topic", [figure.topic], k.care.topic_by_id)
    yield from _unknown(where, "source", [figure.source], k.source_by_id)
    source = k.source_by_id.get(figure.source)
    if figure.checked == "seen" and not figure.url and not (source and source.url):
        yield f"{where}: seen, but neither it nor its source says at which url"
    if figure.checked == "elicited" and not figure.note:
        yield f"{where}: an elicited row needs its reason in note"


def _treatment_faults(t: Treatment) -> Iterator[str]:
    where = f"treatment {t.id}"
    given = [x is not None for x in (t.effect, t.effect_low, t.effect_high)]
    if any(given) and not all(given):
        yield f"{where}: give the effect with both its limits, or none of the three"
    elif all(given):
        yield from _order_faults(where, t.effect, t.effect_low, t.effect_high)
        if not t.effect_unit or not t.comparator:
            yield f"{where}: an effect needs its unit and what it is compared with"
        if t.better is None and not t.note:
            yield f"{where}: say which way is better, or in note why none is"
    elif t.effect_unit or t.better or t.limits_checked:
        yield f"{where}: has a unit, a direction or limits, but no effect"


def _course_faults(c: Course) -> Iterator[str]:
    where = f"course {c.id}"
    if (c.low is None) != (c.high is None) or (c.low is None) != (c.spread is None):
        yield f"{where}: give low, high and what they are (spread) together"
    if c.value is None:
        if not c.note:
            yield f"{where}: a row without a value needs a note"
        return
    if not c.unit:
        yield f"{where}: a value needs its unit"
    if c.spread in ENCLOSING:
        yield from _order_faults(where, c.value, c.low, c.high)
    if c.statistic == "share" and (c.unit != "%" or not 0 <= c.value <= 100):
        yield f"{where}: a share is given in % from 0 to 100"
    if c.weeks is not None and c.weeks < 0:
        yield f"{where}: weeks must be 0 or more"


def _order_faults(
    where: str, value: float | None, low: float | None, high: float | None
) -> Iterator[str]:
    if value is None or low is None or high is None or not low <= value <= high:
        yield f"{where}: {value} lies outside {low} to {high}"


def _claim_faults(k: Knowledge) -> Iterator[str]:
    for claim in k.care.claims:
        where = f"claim {claim.id}"
        yield from _unknown(where, "source", claim.source_ids, k.source_by_id)
        if not claim.what_we_know.endswith("."):
            yield f"{where}: what_we_know must be whole sentences"
        urls = [
            claim.url,
            *(k.source_by_id[s].url for s in claim.source_ids if s in k.source_by_id),
        ]
        if claim.checked == "seen" and not any(urls):
            yield f"{where}: seen, but neither it nor a source says at which url"


def _service_faults(k: Knowledge) -> Iterator[str]:
    if DEFAULT_SERVICE not in k.care.service_by_id:
        yield "services.yaml: needs a default"
    for s in k.care.services:
        where = f"services.yaml: {s.id}"
        if s.id == DEFAULT_SERVICE:
            if s.emergency or not s.words:
                yield f"{where}: has no number of its own, but words"
            continue
        if not COUNTRY.fullmatch(s.id):
            yield f"{where}: is not an ISO 3166 code such as GB"
        if not s.emergency or s.words:
            yield f"{where}: needs an emergency number, and no words"
        if s.checked == "seen" and not s.url:
            yield f"{where}: seen, but not at which url"
        yield from _number_faults(where, s)


def _number_faults(where: str, s: Service) -> Iterator[str]:
    numbers = [s.emergency, *s.others, *([s.line.number] if s.line else [])]
    for number in numbers:
        if not DIALLED.fullmatch(number):
            yield f"{where}: {number!r} cannot be dialled"
    if len(set(numbers)) < len(numbers):
        yield f"{where}: gives a number twice"
    if s.line and s.line.checked == "seen" and not s.line.url:
        yield f"{where}: advice line seen, but not at which url"


def _unknown(where: str, what: str, ids: Iterable[str], known: Container[str]) -> Iterator[str]:
    for name in ids:
        if name not in known:
            yield f"{where}: unknown {what} {name}"
