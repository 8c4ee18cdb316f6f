"""The exercises: what each is for, how it is done, how much, and when to stop.

The dose of an exercise is its full dose. A week starts below it and grows towards it, never past it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args

import msgspec

from lumbago.care.doses import Dose
from lumbago.care.records import Sourced, read_list
from lumbago.care.stages import TIMES, Time
from lumbago.errors import EvidenceError, UnknownIdError
from lumbago.knowledge import Knowledge, load_knowledge

__all__ = [
    "ANY",
    "AREAS",
    "CATEGORIES",
    "DIRECTIONS",
    "EQUIPMENT",
    "HOUSEHOLD",
    "LOADS",
    "POSITIONS",
    "Dose",
    "Exercise",
    "StopRule",
    "exercise",
    "exercises_for",
    "load_exercises",
    "load_stop_rules",
    "read_exercises",
]

Area = Literal["neck", "upper_back", "low_back", "hip", "leg", "calf", "whole_body"]
Category = Literal[
    "mobility",
    "stretch",
    "direction",
    "control",
    "strength",
    "nerve",
    "aerobic",
    "impact",
    "relaxation",
    "everyday",
]
Direction = Literal["flexion", "extension", "lateral", "neutral", "none"]
Load = Literal["none", "light", "moderate", "heavy", "impact"]
Position = Literal[
    "lying_back",
    "lying_front",
    "lying_side",
    "hands_and_knees",
    "half_kneeling",
    "floor_sitting",
    "sitting",
    "standing",
    "walking",
    "running",
    "water",
]
Equipment = Literal[
    "band",
    "bike",
    "chair",
    "cross_trainer",
    "cushion",
    "gym",
    "pool",
    "step",
    "stick",
    "strap",
    "towel",
    "wall",
    "weight",
]

AREAS: tuple[str, ...] = get_args(Area)
CATEGORIES: tuple[str, ...] = get_args(Category)
DIRECTIONS: tuple[str, ...] = get_args(Direction)
LOADS: tuple[str, ...] = get_args(Load)
POSITIONS: tuple[str, ...] = get_args(Position)
EQUIPMENT: tuple[str, ...] = get_args(Equipment)
#: Things that nearly every home has.
HOUSEHOLD: frozenset[str] = frozenset({"chair", "cushion", "towel", "wall"})
#: In `suits`: whatever the cause, unless it needs care at once.
ANY = "any"
AT_ONCE = ("ambulance", "emergency", "urgent")


class StopRule(Sourced, frozen=True, kw_only=True):
    """A reason to stop an exercise, and what to do then; `alarm` means care is needed at once."""

    sign: str
    action: str
    alarm: bool = False


class Exercise(Sourced, frozen=True, kw_only=True):
    """One exercise.

    `suits` are the conditions it suits; in the file also groups of conditions, or "any". `easier` and
    `harder` are ids of other exercises or a sentence.
    """

    name: str
    also: list[str]
    purpose: str
    area: Area
    category: Category
    start: str
    steps: list[str]
    dose: Dose
    equipment: list[Equipment]
    easier: str
    harder: str
    direction: Direction
    positions: list[Position]
    load: Load
    suits: list[str]
    stages: list[Time]
    stop_rules: list[str]

    def to_dict(self) -> dict[str, Any]:
        """The exercise as plain values, with its stop rules in words."""
        rules = load_stop_rules()
        return {
            **super().to_dict(),
            "session_minutes": self.dose.session_minutes,
            "dose_in_words": self.dose.in_words,
            "stop_rules": [rules[name].to_dict() for name in self.stop_rules],
        }


@cache
def load_stop_rules() -> Mapping[str, StopRule]:
    """The packaged stop rules by id.

    Raises:
        EvidenceError: If the file has a fault; lists every one.
    """
    return MappingProxyType({rule.id: rule for rule in read_list("stop_rules.yaml", StopRule)})


@cache
def load_exercises() -> Mapping[str, Exercise]:
    """The packaged exercises by id, in the order of the file.

    Raises:
        EvidenceError: If the file has a fault; lists every one.
    """
    return MappingProxyType(read_exercises())


def exercise(exercise_id: str) -> Exercise:
    """The exercise with this id.

    Raises:
        UnknownIdError: If there is none; suggests the nearest id.
    """
    found = load_exercises().get(exercise_id)
    if found is None:
        import difflib  # only needed to mend a typing slip

        near = difflib.get_close_matches(exercise_id, load_exercises(), n=1)
        hint = f"did you mean {near[0]}?" if near else "see `lumbago exercises list`"
        raise UnknownIdError(f"there is no exercise {exercise_id!r}; {hint}")
    return found


def exercises_for(condition: str, time: Time | None = None) -> tuple[Exercise, ...]:
    """Exercises that suit a condition (so long after it began, if that is given), in the order of the file.

    Raises:
        UnknownIdError: If there is no such condition or time.
    """
    if condition not in load_knowledge().condition_by_id:
        raise UnknownIdError(f"there is no condition {condition!r}; see `lumbago evidence search`")
    if time is not None and time not in TIMES:
        raise UnknownIdError(f"there is no time {time!r}; it is one of {', '.join(TIMES)}")
    name = load_knowledge().condition_by_id[condition].id
    return tuple(
        e
        for e in load_exercises().values()
        if name in e.suits and (time is None or time in e.stages)
    )


def read_exercises(content: bytes | None = None) -> dict[str, Exercise]:
    """Exercises by id, from the bytes of a file or the packaged one.

    Raises:
        EvidenceError: If anything is wrong; lists every fault.
    """
    found = read_list("exercises.yaml", Exercise, content)
    faults = [
        f"exercises.yaml {e.id}: {fault}"
        for e in found
        for fault in _faults(e, {e.id for e in found}, load_knowledge())
    ]
    names = [e.id for e in found]
    faults += [f"exercises.yaml {n}: is defined twice" for n in sorted(_repeated(names))]
    if faults:
        raise EvidenceError(faults)
    return {e.id: msgspec.structs.replace(e, suits=_expanded(e.suits)) for e in found}


def _repeated(names: Iterable[str]) -> set[str]:
    return {name for name, count in Counter(names).items() if count > 1}


def _faults(e: Exercise, ids: set[str], knowledge: Knowledge) -> Iterator[str]:
    yield from (f"dose: {fault}" for fault in e.dose.faults())
    if not 2 <= len(e.steps) <= 5:
        yield f"steps: 2 to 5 are good; got {len(e.steps)}"
    for name in ("equipment", "positions", "suits", "stages", "stop_rules"):
        values = getattr(e, name)
        yield from (f"{name}: {value} comes twice" for value in sorted(_repeated(values)))
        if not values and name != "equipment":
            yield f"{name}: is empty"
    for name in ("easier", "harder"):
        yield from _version_faults(e.id, name, getattr(e, name), ids)
    known = {c.id for c in knowledge.conditions} | set(knowledge.group_by_id) | {ANY}
    yield from (f"suits: unknown condition {name}" for name in e.suits if name not in known)
    yield from (f"unknown stop rule {n}" for n in e.stop_rules if n not in load_stop_rules())
    if e.source not in knowledge.source_by_id:
        yield f"unknown source {e.source}"


def _version_faults(own: str, name: str, version: str, ids: set[str]) -> Iterator[str]:
    if version == own:
        yield f"{name}: is the exercise itself"
    elif version not in ids and not version.endswith("."):
        yield f"{name}: must be the id of an exercise or a whole sentence; got {version!r}"


def _expanded(suits: list[str]) -> list[str]:
    """Ids of conditions for conditions, groups and "any"; any leaves out what needs care at once."""
    return [
        c.id
        for c in load_knowledge().conditions
        if {c.id, c.group} & set(suits) or (ANY in suits and c.disposition not in AT_ONCE)
    ]
