"""What a person reports after a week of exercises, and the rules that judge it, as data."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

import msgspec

from lumbago.care.exercises import load_exercises, load_stop_rules
from lumbago.care.records import Record, Sourced, read_checked
from lumbago.errors import UserError
from lumbago.knowledge import load_knowledge

__all__ = [
    "Action",
    "Adaptation",
    "AdaptationRule",
    "ExerciseReport",
    "ReportError",
    "WeekReport",
    "load_adaptation",
    "read_adaptation",
    "read_report",
    "rule_for",
]

Action = Literal["stop", "change_direction", "swap", "back", "hold", "progress"]
Limits = tuple[float, float]


class ReportError(UserError):
    """A report that cannot be; the message says what would be right."""


class ExerciseReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one exercise went. Whatever was not said is None.

    Args:
        exercise: Its id.
        done: Share of the planned sessions that were done, 0 to 1.
        pain_during: The worst pain while doing it, 0 to 10.
        worse_next_day: Whether pain or stiffness was worse the next day than before it.
        effort: How hard it was, 0 (nothing) to 10 (all that was possible).
        spread: Whether limb pain moved "down" the limb, drew "back" to the spine, or stayed the "same".

    Raises:
        ReportError: If a value cannot be.
    """

    exercise: str
    done: float | None = None
    pain_during: float | None = None
    worse_next_day: bool | None = None
    effort: float | None = None
    spread: Literal["down", "back", "same"] | None = None

    def __post_init__(self) -> None:
        if self.exercise not in load_exercises():
            raise ReportError(f"the report names an exercise {self.exercise!r} that there is not")
        for name, most in (("done", 1), ("pain_during", 10), ("effort", 10)):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= most:
                raise ReportError(f"{self.exercise}: {name} must be 0 to {most}; got {value:g}")


class WeekReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a week went: one report for each exercise, and the stop rules (by id) that came up.

    Raises:
        ReportError: If there is no such stop rule, or an exercise is reported twice.
    """

    exercises: tuple[ExerciseReport, ...] = ()
    signs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in self.signs:
            if name not in load_stop_rules():
                known = ", ".join(load_stop_rules())
                raise ReportError(f"there is no sign {name!r}; it is one of {known}")
        names = [e.exercise for e in self.exercises]
        if len(set(names)) < len(names):
            raise ReportError("the report names an exercise twice")

    @property
    def alarm(self) -> bool:
        """Whether a sign came up that needs care at once."""
        return any(load_stop_rules()[name].alarm for name in self.signs)


class Bounds(Record, frozen=True, kw_only=True):
    """What must be reported for a rule to apply; a limit on something unknown does not hold."""

    alarm: bool | None = None
    spread: Literal["down", "back", "same"] | None = None
    worse_next_day: bool | None = None
    pain_during: Limits | None = None
    effort: Limits | None = None
    done: Limits | None = None
    backs: Limits | None = None

    def hold(self, facts: dict[str, Any]) -> bool:
        """Whether everything that is asked for was reported."""
        for name in self.__struct_fields__:
            wanted, value = getattr(self, name), facts[name]
            if wanted is None:
                continue
            if value is None:
                return False
            within = isinstance(wanted, tuple) and wanted[0] <= value <= wanted[1]
            if not within and value != wanted:
                return False
        return True


class AdaptationRule(Sourced, frozen=True, kw_only=True):
    """What to do about an exercise that went like `when`, and why."""

    when: Bounds
    do: Action
    reason: str


class Adaptation(Record, frozen=True, kw_only=True):
    """The rules in order, and the two factors they apply."""

    progress: float
    back: float
    progress_source: str
    rules: tuple[AdaptationRule, ...]


def rule_for(report: ExerciseReport, *, backs: int, alarm: bool) -> AdaptationRule:
    """The first rule that applies to a report; `backs` is for how many weeks it has gone back."""
    facts = {**msgspec.structs.asdict(report), "backs": backs, "alarm": alarm}
    return next(rule for rule in load_adaptation().rules if rule.when.hold(facts))


def read_report(plain: Any) -> WeekReport:
    """A report from plain values, such as a JSON object.

    Raises:
        ReportError: If a key or value cannot be; says which.
    """
    try:
        return msgspec.convert(plain, WeekReport)
    except msgspec.ValidationError as error:
        raise ReportError(f"the report cannot be used: {error}") from None


@cache
def load_adaptation() -> Adaptation:
    """The packaged rules of adaptation.

    Raises:
        EvidenceError: If the file has a fault; lists every one.
    """
    return read_adaptation()


def read_adaptation(content: bytes | None = None) -> Adaptation:
    """The rules of adaptation from the bytes of a file, or the packaged one.

    Raises:
        EvidenceError: If anything is wrong; lists every fault.
    """
    return read_checked("adaptation.yaml", Adaptation, _faults, content)


def _faults(a: Adaptation) -> Iterator[str]:
    if not 1 < a.progress <= 1.1:
        yield f"progress: must be above 1 and at most 1.1, a tenth more; got {a.progress:g}"
    if not 0 < a.back < 1:
        yield f"back: must lie between 0 and 1; got {a.back:g}"
    if not a.rules or a.rules[-1].when != Bounds() or a.rules[-1].do != "hold":
        yield "rules: the last must apply to everything and hold"
    for name in [a.progress_source, *(rule.source for rule in a.rules)]:
        if name not in load_knowledge().source_by_id:
            yield f"unknown source {name}"
