"""A flare: what to do on the day, in the first three days and in the first week, and an easier week.

>>> [phase.id for phase in flare_plan("low_back").phases]
['today', 'three_days', 'one_week']
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Literal

import msgspec

from lumbago.care.exercises import Area, StopRule, exercise, load_exercises, load_stop_rules
from lumbago.care.next_dose import as_done
from lumbago.care.records import Record, read_checked
from lumbago.care.safety import Known, excluded
from lumbago.care.week import arrange
from lumbago.care.week_values import LeftOut, Week
from lumbago.errors import UnknownIdError
from lumbago.knowledge import load_knowledge

__all__ = [
    "FlareLine",
    "FlarePlan",
    "Phase",
    "flare_plan",
    "flare_week",
    "load_flare",
    "read_flare",
]

#: Loads that a flare leaves out.
HEAVY = ("moderate", "heavy", "impact")
#: Exercises for the whole body suit every area; a back and its hips are looked after alike.
WHOLE = "whole_body"
BESIDE = {"hip": "low_back", "leg": "low_back"}


class FlareLine(Record, frozen=True, kw_only=True):
    """One piece of advice, for some areas or (none named) for all, and what it rests on."""

    text: str
    source: str
    checked: Literal["seen", "recalled", "elicited"]
    evidence: Literal["published", "elicited"]
    areas: tuple[Area, ...] = ()
    note: str = ""


class Phase(Record, frozen=True, kw_only=True):
    """A part of the time after a flare began: advice, and ids of gentle exercises."""

    id: str
    name: str
    lines: tuple[FlareLine, ...]
    exercises: tuple[str, ...]


class Flare(Record, frozen=True, kw_only=True):
    """Everything in the file."""

    source: str
    shares: dict[str, float]
    shares_note: str
    phases: tuple[Phase, ...]
    signs: dict[Area, tuple[str, ...]]


class FlarePlan(msgspec.Struct, frozen=True, kw_only=True):
    """What to do in a flare of one area; `signs` are the reasons to get help at once."""

    area: str
    signs: tuple[StopRule, ...]
    phases: tuple[Phase, ...]
    left_out: tuple[LeftOut, ...]

    def to_dict(self) -> dict[str, Any]:
        """The plan as plain values."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return {"schema": "lumbago/flare/1", **plain}


def flare_plan(area: str, known: Known | None = None) -> FlarePlan:
    """What to do in a flare.

    Args:
        area: neck, upper_back, low_back, hip, leg or calf.
        known: What is known of the person; exercises that it forbids are left out, with the reason.

    Raises:
        UnknownIdError: If there is no such area.
    """
    signs = {str(name): ids for name, ids in load_flare().signs.items()}
    if area not in signs:
        raise UnknownIdError(
            f"there is no flare plan for {area!r}; it is one of {', '.join(signs)}"
        )
    forbidden = excluded(known) if known is not None else {}
    phases = [_for_area(phase, area) for phase in load_flare().phases]
    named = dict.fromkeys(name for phase in phases for name in phase.exercises)
    return FlarePlan(
        area=area,
        signs=tuple(load_stop_rules()[name] for name in signs[area]),
        phases=tuple(
            msgspec.structs.replace(
                phase, exercises=tuple(n for n in phase.exercises if n not in forbidden)
            )
            for phase in phases
        ),
        left_out=tuple(
            LeftOut(n, forbidden[n][0].reason, forbidden[n][0].contraindication)
            for n in named
            if n in forbidden
        ),
    )


def flare_week(week: Week, step: Literal["first_week", "second_week"]) -> Week:
    """The usual week made easier after a flare: less of everything, and nothing heavy at first.

    Args:
        week: The week as it was before the flare.
        step: The first week, or the second.
    """
    share = load_flare().shares[step]
    standing = [c for c in week.choice.chosen if any(day.has(c.exercise) for day in week.days)]
    heavy = [
        c.exercise for c in standing if step == "first_week" and exercise(c.exercise).load in HEAVY
    ]
    kept = [as_done(c, week) for c in standing if c.exercise not in heavy]
    choice = msgspec.structs.replace(
        week.choice,
        chosen=tuple(msgspec.structs.replace(c, share=c.share * share, backs=0) for c in kept),
        left_out=(
            *week.choice.left_out,
            *(LeftOut(name, "It is too heavy for the first days of a flare.") for name in heavy),
        ),
    )
    return arrange(week.number, week.preferences, week.time, choice)


def _for_area(phase: Phase, area: str) -> Phase:
    areas = {area, BESIDE.get(area, area), WHOLE}
    return msgspec.structs.replace(
        phase,
        lines=tuple(line for line in phase.lines if not line.areas or set(line.areas) & areas),
        exercises=tuple(n for n in phase.exercises if exercise(n).area in areas),
    )


@cache
def load_flare() -> Flare:
    """The packaged flare plan.

    Raises:
        EvidenceError: If the file has a fault; lists every one.
    """
    return read_flare()


def read_flare(content: bytes | None = None) -> Flare:
    """The flare plan from the bytes of a file, or the packaged one.

    Raises:
        EvidenceError: If anything is wrong; lists every fault.
    """
    return read_checked("flare.yaml", Flare, _faults, content)


def _faults(flare: Flare) -> Iterator[str]:
    sources: Sequence[str] = [flare.source, *(x.source for p in flare.phases for x in p.lines)]
    known = load_knowledge().source_by_id
    yield from (f"unknown source {name}" for name in sources if name not in known)
    if set(flare.shares) != {"first_week", "second_week"} or not all(
        0 < share < 1 for share in flare.shares.values()
    ):
        yield "shares: give first_week and second_week, each between 0 and 1"
    for phase in flare.phases:
        for name in phase.exercises:
            if name not in load_exercises():
                yield f"{phase.id}: unknown exercise {name}"
            elif load_exercises()[name].load in ("heavy", "impact"):
                yield f"{phase.id}: {name} is too heavy for a flare"
    for area, names in flare.signs.items():
        yield from (f"{area}: unknown sign {n}" for n in names if n not in load_stop_rules())
