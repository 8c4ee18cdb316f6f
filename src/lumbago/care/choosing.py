"""Which exercises go into a person's week: what suits the causes, is safe, fits, and is liked."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from lumbago.care.exercises import Exercise, exercise, load_exercises
from lumbago.care.preferences import Preferences
from lumbago.care.records import Record, read_single
from lumbago.care.safety import Known, excluded
from lumbago.care.stages import TIMES, Time
from lumbago.care.week_values import Choice, Chosen, LeftOut
from lumbago.errors import UnknownIdError
from lumbago.knowledge import load_knowledge

__all__ = ["Starting", "choose", "load_starting"]

EVERYDAY = "everyday"


class Starting(Record, frozen=True, kw_only=True):
    """Where a first week starts, and how full a day and a week may be."""

    source: str
    checked: str
    evidence: str
    shares: dict[str, float]
    items_a_day: int
    most_a_day: dict[str, int]
    most_a_week: dict[str, int]
    directions_untested: int


@cache
def load_starting() -> Starting:
    """Where a first week starts.

    Raises:
        EvidenceError: If the file has a fault.
    """
    return read_single("starting.yaml", Starting)


def choose(
    conditions: Sequence[str],
    time: Time,
    preferences: Preferences,
    known: Known,
    only: Collection[str] | None,
) -> Choice:
    """The exercises of a first week.

    Raises:
        UnknownIdError: If there is no such condition, time or exercise.
    """
    if time not in TIMES:
        raise UnknownIdError(f"there is no time {time!r}; it is one of {', '.join(TIMES)}")
    suiting = _suiting(conditions, time) if only is None else [exercise(n) for n in only]
    fitting, left_out = _sift(suiting, preferences, known)
    timed = [e for e in fitting if e.category != EVERYDAY]
    picked = _picked(timed, _most_a_week(preferences))
    return Choice(
        chosen=tuple(Chosen(e.id, _first_share(e, time, preferences)) for e in picked),
        spare=tuple(e.id for e in timed if e not in picked),
        everyday=tuple(e.id for e in fitting if e.category == EVERYDAY),
        left_out=left_out,
    )


def _suiting(conditions: Sequence[str], time: Time) -> list[Exercise]:
    """Exercises for the causes at that time, those for the likeliest cause first."""
    known = load_knowledge().condition_by_id
    for name in conditions:
        if name not in known:
            raise UnknownIdError(f"there is no condition {name!r}; see `lumbago evidence search`")
    ids = [known[name].id for name in conditions]
    suited = [e for e in load_exercises().values() if time in e.stages and set(ids) & set(e.suits)]
    return sorted(suited, key=lambda e: next(n for n, i in enumerate(ids) if i in e.suits))


def _sift(
    suiting: Sequence[Exercise], preferences: Preferences, known: Known
) -> tuple[list[Exercise], tuple[LeftOut, ...]]:
    """What is safe and fits, the preferred first; and what is left out, with the reason."""
    forbidden = excluded(known)
    fitting: list[Exercise] = []
    left_out: list[LeftOut] = []
    for e in suiting:
        obstacle = preferences.obstacle(e)
        if e.id in forbidden:
            first = forbidden[e.id][0]
            left_out.append(LeftOut(e.id, first.reason, first.contraindication))
        elif obstacle is not None:
            left_out.append(LeftOut(e.id, obstacle))
        else:
            fitting.append(e)
    fitting.sort(key=lambda e: (not preferences.liked(e), not _eases(e, preferences)))
    return fitting, tuple(left_out)


def _eases(e: Exercise, preferences: Preferences) -> bool:
    return preferences.eases is not None and e.direction == preferences.eases


def _most_a_week(preferences: Preferences) -> Mapping[str, int]:
    """How many of each kind: few movements in one direction until it is known which one eases."""
    starting = load_starting()
    if preferences.eases is not None:
        return starting.most_a_week
    return {**starting.most_a_week, "direction": starting.directions_untested}


def _picked(fitting: Sequence[Exercise], most: Mapping[str, int]) -> list[Exercise]:
    """The first few of each kind, no easier or harder version beside an exercise of its own."""
    picked: list[Exercise] = []
    for e in fitting:
        alike = any(p.id in (e.easier, e.harder) or e.id in (p.easier, p.harder) for p in picked)
        if not alike and sum(p.category == e.category for p in picked) < most[e.category]:
            picked.append(e)
    return picked


def _first_share(e: Exercise, time: Time, preferences: Preferences) -> float:
    """Walks start from what the person walks easily; everything else from the share for that time."""
    if "walking" in e.positions and e.dose.minutes:
        return min(1.0, preferences.walks_minutes / e.dose.minutes)
    return load_starting().shares[time]
