"""Advice as data: families of causes that are looked after alike, line by line, each with its evidence.

A file of `data/plans/` is one family. A line says in which section of a plan it stands, when it holds
(stage, grade, before or after a clinician, for which conditions, with which findings), and from which
records of the evidence it comes: rows of treatments, courses, claims, red-flag rules or sources.
A line that names none is plain teaching, and is marked so.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, TypeVar, get_args

import msgspec

from lumbago.care.stages import Grade, Stage, Time
from lumbago.errors import EvidenceError

__all__ = [
    "SECTIONS",
    "Advice",
    "Block",
    "Family",
    "Fitted",
    "Line",
    "Medicine",
    "Prescription",
    "Section",
    "Warned",
    "load_advice",
    "read_advice",
]

Section = Literal[
    "until_then",
    "not_meanwhile",
    "today",
    "help_now",
    "helps",
    "treatment",
    "not_worth",
    "medicines",
    "work",
    "positions",
    "ask",
    "not_ask",
    "expect",
    "look_again",
]
SECTIONS: tuple[Section, ...] = get_args(Section)


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of the records: frozen, and strict about its keys."""


class Fitted(Record, frozen=True, kw_only=True):
    """Something that holds for some stages, conditions and people only; what is left out, for all.

    `needs` and `unless` are expressions over findings, in the language of the red-flag rules.
    """

    stages: list[Time] = []
    grades: list[Grade | Literal["unknown"]] = []
    seen: bool | None = None
    only: list[str] = []
    needs: str = ""
    unless: str = ""

    def suits(self, stage: Stage) -> bool:
        """Whether it holds at a stage."""
        return (
            (not self.stages or stage.time in self.stages)
            and (not self.grades or (stage.grade or "unknown") in self.grades)
            and (self.seen is None or self.seen == stage.seen)
        )


class Line(Fitted, frozen=True, kw_only=True):
    """One thing that a plan says; `{course}` in its text stands for the value of that course."""

    section: Section
    text: str
    rests_on: list[str] = msgspec.field(default_factory=list, name="from")
    medicine: str = ""


class Prescription(Fitted, frozen=True, kw_only=True):
    """Exercises to choose from, by id."""

    ids: list[str]
    why: str = ""


class Block(Record, frozen=True, kw_only=True):
    """Lines that several families share."""

    id: str
    lines: list[Line]


class Family(Record, frozen=True, kw_only=True):
    """Causes that are looked after alike.

    Attributes:
        uses: Blocks of lines that it shares with others.
        own: Which parts the lines say in full; the others are taken from the article as well.
        usual_time: The stage to assume where the person does not say how long it has lasted.
        grades: How to tell how bad a strain is, from findings.
        flares_in: The area whose flare plan fits; empty where a flare needs its own judgement.
    """

    id: str
    name: str
    conditions: list[str]
    lines: list[Line]
    uses: list[str] = []
    own: list[Literal["treatment", "outlook"]] = []
    exercises: list[Prescription] = []
    usual_time: Time = "first_days"
    grades: dict[Grade, str] = {}
    flares_in: str = ""


class Warned(Record, frozen=True, kw_only=True):
    """Who must not take a medicine (`never`), or must ask first; `when` tells it from findings."""

    text: str
    level: Literal["never", "ask"]
    when: str = ""


class Medicine(Record, frozen=True, kw_only=True):
    """A kind of medicine, for information: what it is, and who must not take it."""

    id: str
    name: str
    words: str
    warnings: list[Warned]
    rests_on: list[str] = msgspec.field(default_factory=list, name="from")


class Advice(msgspec.Struct, frozen=True, dict=True):
    """Everything that plans are made from."""

    families: Mapping[str, Family]
    blocks: Mapping[str, Block]
    medicines: Mapping[str, Medicine]

    def family_of(self, condition: str) -> Family:
        """The family of a condition (every condition has one)."""
        return next(f for f in self.families.values() if condition in f.conditions)

    def lines(self, family: Family) -> list[Line]:
        """All lines of a family, the shared ones after its own."""
        return [*family.lines, *(line for b in family.uses for line in self.blocks[b].lines)]


T = TypeVar("T")


@cache
def load_advice() -> Advice:
    """The packaged advice, checked.

    Raises:
        EvidenceError: If a file has a fault; lists every one.
    """
    from lumbago.care.advice_checks import advice_faults  # it needs this module's records

    root = files("lumbago.care") / "data"
    contents = {
        f"plans/{entry.name}": entry.read_bytes()
        for entry in sorted((root / "plans").iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".yaml")
    }
    contents["medicines.yaml"] = (root / "medicines.yaml").read_bytes()
    advice = read_advice(contents)
    faults = advice_faults(advice)
    if faults:
        raise EvidenceError(faults)
    return advice


def read_advice(contents: Mapping[str, bytes]) -> Advice:
    """Advice from the bytes of its files by name; `plans/shared.yaml` holds the blocks.

    Raises:
        EvidenceError: If a file is malformed; lists every one that is.
    """
    faults: list[str] = []
    families: dict[str, Family] = {}
    blocks: list[Block] = []
    medicines: list[Medicine] = []
    for name, content in contents.items():
        if name == "medicines.yaml":
            medicines = _convert(name, content, list[Medicine], faults) or []
        elif name == "plans/shared.yaml":
            blocks = _convert(name, content, list[Block], faults) or []
        else:
            for family in _convert(name, content, list[Family], faults) or []:
                if family.id in families:
                    faults.append(f"{name}: {family.id} is defined twice")
                families[family.id] = family
    if faults:
        raise EvidenceError(faults)
    return Advice(
        MappingProxyType(families),
        MappingProxyType({b.id: b for b in blocks}),
        MappingProxyType({m.id: m for m in medicines}),
    )


def _convert(name: str, content: bytes, kind: type[T], faults: list[str]) -> T | None:
    import yaml  # `import lumbago` need not pay for it

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return msgspec.convert(yaml.load(content, loader), kind)
    except yaml.YAMLError as error:
        faults.append(f"{name}: not valid YAML: {' '.join(str(error).split())}")
    except msgspec.ValidationError as error:
        faults.append(f"{name}: {error}")
    return None
