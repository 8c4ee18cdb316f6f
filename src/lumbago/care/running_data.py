"""The way back to running as data: injuries, stages, tests and the table of walking and running in turn."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Literal

from lumbago.care.exercises import load_exercises
from lumbago.care.records import Record, Sourced, read_checked
from lumbago.errors import UnknownIdError, UserError
from lumbago.knowledge import load_knowledge

__all__ = [
    "Criterion",
    "Injury",
    "RunningAnswerError",
    "RunningReturn",
    "RunningStage",
    "WalkRun",
    "injury",
    "injury_for",
    "load_running_return",
    "read_running_return",
]


class RunningAnswerError(UserError):
    """An answer about running that cannot be; the message says what would be right."""


class Criterion(Sourced, frozen=True, kw_only=True):
    """A test to pass: a question answered yes, or a number that reaches `at_least`."""

    ask: str
    at_least: float | None = None


class RunningStage(Record, frozen=True, kw_only=True):
    """A stage: what to do in it, and the tests to pass before the next."""

    id: str
    name: str
    todo: str
    exercises: tuple[str, ...]
    to_leave: tuple[str, ...]


class Injury(Sourced, frozen=True, kw_only=True):
    """An injury with its stages; `pain_limit` is the most pain while running that may go on.

    `days_between` are the days without a run after each run, `sessions_each` the good sessions before
    the next step of the table, and `pain_means` what more pain leads to.
    """

    name: str
    conditions: tuple[str, ...]
    pain_limit: float
    days_between: int
    sessions_each: int
    pain_means: Literal["step_back", "stop"]
    stages: tuple[RunningStage, ...]


class WalkRun(Record, frozen=True, kw_only=True):
    """A session of running and walking in turn."""

    repeats: int
    run_minutes: float
    walk_minutes: float

    @property
    def minutes(self) -> float:
        """Time of the whole session."""
        return self.repeats * (self.run_minutes + self.walk_minutes)

    @property
    def running_minutes(self) -> float:
        """Time of it that is run."""
        return self.repeats * self.run_minutes

    @property
    def in_words(self) -> str:
        """The session as a person would say it."""
        if not self.walk_minutes:
            return f"run {self.run_minutes:g} minutes"
        unit = "minute" if self.run_minutes == 1 else "minutes"
        return f"{self.repeats} times: run {self.run_minutes:g} {unit}, walk {self.walk_minutes:g}"


class RunningReturn(Record, frozen=True, kw_only=True):
    """Everything in the file."""

    walk_kmh: float
    run_kmh: float
    table_source: str
    table_note: str
    table: tuple[WalkRun, ...]
    criteria: tuple[Criterion, ...]
    injuries: tuple[Injury, ...]

    def distance_km(self, session: WalkRun) -> float:
        """How far a session goes at an easy run and a brisk walk."""
        walked = session.minutes - session.running_minutes
        return (session.running_minutes * self.run_kmh + walked * self.walk_kmh) / 60


@cache
def load_running_return() -> RunningReturn:
    """The packaged way back to running.

    Raises:
        EvidenceError: If the file has a fault; lists every one.
    """
    return read_running_return()


def injury(injury_id: str) -> Injury:
    """The injury with this id.

    Raises:
        UnknownIdError: If there is none.
    """
    found = {i.id: i for i in load_running_return().injuries}
    if injury_id not in found:
        raise UnknownIdError(
            f"there is no way back to running for {injury_id!r}; it is one of {', '.join(found)}"
        )
    return found[injury_id]


def injury_for(condition: str) -> Injury | None:
    """The injury that a condition counts as; None if running after it has no plan of its own."""
    return next((i for i in load_running_return().injuries if condition in i.conditions), None)


def read_running_return(content: bytes | None = None) -> RunningReturn:
    """The way back to running from the bytes of a file, or the packaged one.

    Raises:
        EvidenceError: If anything is wrong; lists every fault.
    """
    return read_checked("running_return.yaml", RunningReturn, _faults, content)


def _faults(r: RunningReturn) -> Iterator[str]:
    sources = load_knowledge().source_by_id
    criteria = {c.id for c in r.criteria}
    for record in (*r.criteria, *r.injuries):
        if record.source not in sources:
            yield f"{record.id}: unknown source {record.source}"
    if r.table_source not in sources:
        yield f"table: unknown source {r.table_source}"
    ids = [record.id for record in (*r.criteria, *r.injuries)]
    yield from (f"{name}: is defined {n} times" for name, n in Counter(ids).items() if n > 1)
    running = [session.running_minutes for session in r.table]
    if running != sorted(set(running)):
        yield "table: the running must grow from step to step"
    for injury in r.injuries:
        yield from (f"{injury.id}: {fault}" for fault in _injury_faults(injury, criteria))
    used = {name for injury in r.injuries for stage in injury.stages for name in stage.to_leave}
    yield from (f"{name}: no stage asks for it" for name in sorted(criteria - used))


def _injury_faults(injury: Injury, criteria: set[str]) -> Iterator[str]:
    known = {c.id for c in load_knowledge().conditions}
    yield from (f"unknown condition {name}" for name in injury.conditions if name not in known)
    for stage in injury.stages:
        for name in stage.to_leave:
            if name not in criteria:
                yield f"{stage.id}: unknown criterion {name}"
        for name in stage.exercises:
            if name not in load_exercises():
                yield f"{stage.id}: unknown exercise {name}"
    if "walk_run" not in {stage.id for stage in injury.stages}:
        yield "needs a stage walk_run"
    if [bool(stage.to_leave) for stage in injury.stages] != [True] * (len(injury.stages) - 1) + [
        False
    ]:
        yield "every stage but the last must say how to leave it"
