"""The contraindications and the facts that they ask for, as data: read, and held against the evidence."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property
from types import MappingProxyType
from typing import Literal

import msgspec

from lumbago.care.exercises import (
    Area,
    Category,
    Direction,
    Exercise,
    Load,
    Position,
    load_exercises,
)
from lumbago.care.records import Record, Sourced, read_list
from lumbago.errors import EvidenceError
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.expression import AtLeast, Expression, Not, atoms, known_values, parse
from lumbago.knowledge.schema import Level

__all__ = [
    "Block",
    "Contraindication",
    "Fact",
    "checkable",
    "load_contraindications",
    "load_facts",
    "read_contraindications",
    "read_facts",
]

EVERYTHING: Literal["everything"] = "everything"


class Fact(Record, frozen=True, kw_only=True):
    """Something that an exercise depends on and no finding holds; answered yes, no or not known.

    `settles` names the danger signs, as rules, that a yes answers once a clinician has looked: the
    sign may still be there, and is no longer a reason to get care first.
    """

    id: str
    question: str
    why: str
    settles: tuple[str, ...] = ()


class Block(Record, frozen=True, kw_only=True):
    """Exercises that a rule forbids: those that match everything that is named."""

    exercises: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    areas: tuple[Area, ...] = ()
    directions: tuple[Direction, ...] = ()
    loads: tuple[Load, ...] = ()
    positions: tuple[Position, ...] = ()

    def matches(self, e: Exercise) -> bool:
        """Whether an exercise is among them."""
        named: tuple[tuple[Collection[str], Collection[str]], ...] = (
            (self.exercises, (e.id,)),
            (self.categories, (e.category,)),
            (self.areas, (e.area,)),
            (self.directions, (e.direction,)),
            (self.loads, (e.load,)),
            (self.positions, e.positions),
        )
        return all(set(wanted) & set(own) for wanted, own in named if wanted)


class Contraindication(Sourced, frozen=True, kw_only=True, dict=True):
    """A rule that forbids exercises.

    It holds if `when` is certainly true, or one of `conditions` is at least as likely as stated, or the
    level of care is one of `levels`; but not if `unless` is certainly true. If it has nothing but an
    `unless`, it holds until that is certain.
    """

    excludes: Literal["everything"] | tuple[Block, ...]
    reason: str
    instead: str
    ends: Literal["once_checked", "with_the_cause"]
    when: str = ""
    unless: str = ""
    conditions: dict[str, float] = msgspec.field(default_factory=dict)
    levels: tuple[Level, ...] = ()
    keeps: tuple[str, ...] = ()

    @property
    def always(self) -> bool:
        """Whether it holds for everybody until its `unless` is certain."""
        return not (self.when or self.conditions or self.levels)

    @cached_property
    def expression(self) -> Expression | None:
        """`when`, parsed."""
        return parse(self.when) if self.when else None

    @cached_property
    def exception(self) -> Expression | None:
        """`unless`, parsed."""
        return parse(self.unless) if self.unless else None

    def forbids(self, e: Exercise) -> bool:
        """Whether the rule, where it holds, forbids an exercise."""
        if e.id in self.keeps:
            return False
        return self.excludes == EVERYTHING or any(block.matches(e) for block in self.excludes)


def checkable() -> frozenset[str]:
    """Rules that end once a clinician has looked into them."""
    return frozenset(c.id for c in load_contraindications().values() if c.ends == "once_checked")


@cache
def load_facts() -> Mapping[str, Fact]:
    """The packaged facts by id.

    Raises:
        EvidenceError: If the file has a fault; lists every one.
    """
    return MappingProxyType(read_facts())


def read_facts(content: bytes | None = None) -> dict[str, Fact]:
    """Facts by id, from the bytes of a file or the packaged one.

    Raises:
        EvidenceError: If anything is wrong; lists every fault.
    """
    found, rules = read_list("facts.yaml", Fact, content), load_knowledge().rule_by_id
    faults = [
        f"facts.yaml {fact.id}: unknown red-flag rule {name}"
        for fact in found
        for name in fact.settles
        if name not in rules
    ]
    if faults:
        raise EvidenceError(faults)
    return {fact.id: fact for fact in found}


@cache
def load_contraindications() -> Mapping[str, Contraindication]:
    """The packaged contraindications by id, in the order of the file.

    Raises:
        EvidenceError: If the file has a fault; lists every one.
    """
    return MappingProxyType(read_contraindications())


def read_contraindications(content: bytes | None = None) -> dict[str, Contraindication]:
    """Contraindications by id, from the bytes of a file or the packaged one.

    Raises:
        EvidenceError: If anything is wrong; lists every fault.
    """
    found = read_list("contraindications.yaml", Contraindication, content)
    faults = [f"contraindications.yaml {c.id}: {fault}" for c in found for fault in _faults(c)]
    if len({c.id for c in found}) < len(found):
        faults.append("contraindications.yaml: an id is defined twice")
    if faults:
        raise EvidenceError(faults)
    return {c.id: c for c in found}


def _faults(c: Contraindication) -> Iterator[str]:
    knowledge = load_knowledge()
    if c.always and not c.unless:
        yield "needs when, conditions, levels or unless"
    for name in ("when", "unless"):
        yield from (f"{name}: {fault}" for fault in _rule_faults(getattr(c, name)))
    for name, probability in c.conditions.items():
        if name not in {k.id for k in knowledge.conditions}:
            yield f"unknown condition {name}"
        if not 0 < probability <= 1:
            yield f"the probability of {name} must be above 0, up to 1; got {probability}"
    if c.source not in knowledge.source_by_id:
        yield f"unknown source {c.source}"
    blocks = [] if c.excludes == EVERYTHING else list(c.excludes)
    named = [*c.keeps, *(name for block in blocks for name in _ids(block))]
    yield from (f"unknown exercise {name}" for name in named if name not in load_exercises())
    if any(block == Block() for block in blocks) or (c.excludes != EVERYTHING and not blocks):
        yield "excludes: a block names nothing; write everything if that is meant"


def _ids(block: object) -> tuple[str, ...]:
    return block.exercises if isinstance(block, Block) else ()


def _rule_faults(text: str) -> Iterator[str]:
    if not text:
        return
    try:
        rule = parse(text)
    except ValueError as error:
        yield str(error)
        return
    for atom, _ in atoms(rule):
        finding = load_knowledge().finding_by_id.get(atom.name)
        fact = ("yes", "no") if atom.name in load_facts() else ()
        if atom.value not in (known_values(atom) or (finding.values if finding else fact)):
            yield f"unknown {atom.name} == {atom.value!r}"
    if _negated_within(rule):
        yield "a negation beside other findings would let the unknown lift a rule; use unless"


def _negated_within(rule: Expression, *, beside: bool = False) -> bool:
    """Whether a negation must hold together with something else."""
    match rule:
        case Not():
            return beside
        case AtLeast(count, parts):
            return any(_negated_within(part, beside=beside or count > 1) for part in parts)
    return False
