"""Faults in the advice: causes without a family, unknown ids, lines that stand where they must not."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator

from lumbago.care.advice import Advice, Family, Fitted, Line, Prescription
from lumbago.care.evidence import records, supports, weigh
from lumbago.care.exercises import load_exercises
from lumbago.care.flare import load_flare
from lumbago.knowledge import Knowledge, load_knowledge
from lumbago.knowledge.expression import atoms, parse

__all__ = ["PLACEHOLDER", "advice_faults"]

PLACEHOLDER = re.compile(r"\{(\w+)(?:\.(low|high))?(?:/(7))?\}")
#: What the records under a line of a section may say together. A line about a treatment that is
#: advised against belongs under what is not worth it, or under what not to ask for.
_ALLOWED = {
    "today": {"for", "consider", "published", "teaching"},
    "helps": {"for", "consider", "disputed", "published", "teaching"},
    "work": {"for", "consider", "published", "teaching"},
    "positions": {"for", "consider", "published", "teaching"},
    "ask": {"for", "consider", "disputed", "published", "teaching"},
    "not_worth": {"against", "insufficient", "disputed", "published", "teaching"},
    "not_ask": {"against", "insufficient", "disputed", "published", "teaching"},
}


def advice_faults(advice: Advice) -> list[str]:
    """Every fault of the advice, each with where it is."""
    k = load_knowledge()
    faults = list(_coverage(advice, k))
    for family in advice.families.values():
        faults += _family_faults(family, advice, k)
    for block in advice.blocks.values():
        for number, line in enumerate(block.lines, start=1):
            faults += _line_faults(f"{block.id} line {number}", line, None, advice, k)
    for medicine in advice.medicines.values():
        where = f"medicine {medicine.id}"
        faults += _unknown(where, "record", medicine.rests_on, records())
        for warned in medicine.warnings:
            faults += _expression_faults(f"{where}: {warned.text}", warned.when, k)
    return faults


def _coverage(advice: Advice, k: Knowledge) -> Iterator[str]:
    counts = Counter(c for f in advice.families.values() for c in f.conditions)
    for condition in k.conditions:
        if counts[condition.id] != 1:
            yield f"{condition.id} stands in {counts[condition.id]} families, not in one"


def _family_faults(family: Family, advice: Advice, k: Knowledge) -> Iterator[str]:
    known = {c.id for c in k.conditions}
    yield from _unknown(family.id, "condition", family.conditions, known)
    yield from _unknown(family.id, "block", family.uses, advice.blocks)
    for number, line in enumerate(family.lines, start=1):
        yield from _line_faults(f"{family.id} line {number}", line, family, advice, k)
    for prescription in family.exercises:
        yield from _prescription_faults(prescription, family, k)
    if family.flares_in and family.flares_in not in load_flare().signs:
        yield f"{family.id}: there is no flare plan for {family.flares_in}"
    for grade, expression in family.grades.items():
        yield from _expression_faults(f"{family.id}: grade {grade}", expression, k)


def _line_faults(
    where: str, line: Line, family: Family | None, advice: Advice, k: Knowledge
) -> Iterator[str]:
    where = f"{where} ({line.text[:40]}...)"
    yield from _fitted_faults(where, line, family, k)
    unknown = list(_unknown(where, "record", line.rests_on, records()))
    yield from unknown
    if line.medicine:
        yield from _unknown(where, "medicine", [line.medicine], advice.medicines)
    for match in PLACEHOLDER.finditer(line.text):
        if getattr(records().get(match[1]), match[2] or "value", None) is None:
            yield f"{where}: {match[0]} stands for no figure of a course"
        elif match[1] not in line.rests_on:
            yield f"{where}: {match[1]} is named, but not among its records"
    if not unknown:
        strength = weigh(supports(line.rests_on))
        if strength not in _ALLOWED.get(line.section, {strength}):
            yield f"{where}: its records together are {strength}, so it cannot stand in {line.section}"
    if not line.text.endswith((".", "?", "!")):
        yield f"{where}: is not a whole sentence"


def _prescription_faults(prescription: Prescription, family: Family, k: Knowledge) -> Iterator[str]:
    where = f"{family.id}: exercises {prescription.ids[0]}..."
    yield from _fitted_faults(where, prescription, family, k)
    yield from _unknown(where, "exercise", prescription.ids, load_exercises())
    for name in prescription.ids:
        for time in prescription.stages if name in load_exercises() else ():
            if time not in load_exercises()[name].stages:
                yield f"{where}: {name} is not for {time}"


def _fitted_faults(
    where: str, fitted: Fitted, family: Family | None, k: Knowledge
) -> Iterator[str]:
    if family is not None:
        yield from _unknown(where, "condition of its family", fitted.only, family.conditions)
    yield from _expression_faults(where, fitted.needs, k)
    yield from _expression_faults(where, fitted.unless, k)


def _expression_faults(where: str, expression: str, k: Knowledge) -> Iterator[str]:
    if not expression:
        return
    try:
        named = [atom for atom, _ in atoms(parse(expression))]
    except ValueError as error:
        yield f"{where}: {error}"
        return
    for atom in named:
        finding = k.finding_by_id.get(atom.name)
        if finding is None and atom.name not in ("sex", "region"):
            yield f"{where}: there is no finding {atom.name}"
        elif finding is not None and atom.value not in finding.values:
            yield f"{where}: {atom.name} has no value {atom.value}"


def _unknown(where: str, what: str, ids: Iterable[str], known: Container[str]) -> Iterator[str]:
    for name in ids:
        if name not in known:
            yield f"{where}: unknown {what} {name}"
