"""A week of exercises that fits a person: their causes, what is safe, their time and what they like.

>>> from lumbago.care.preferences import Preferences
>>> first = week(["lumbar_muscle_strain"], "weeks_to_6", Preferences(minutes_a_day=15))
>>> len(first.days), max(day.minutes for day in first.days) <= 15
(7, True)

The same request gives the same week. A week holds what it was made from, so that it can be saved, read
back and adapted. No day takes longer than the person has, and nothing goes past its full dose.
"""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import msgspec

from lumbago.care.choosing import choose, load_starting
from lumbago.care.doses import day_minutes, fitted, scaled
from lumbago.care.exercises import Dose, Exercise, exercise
from lumbago.care.preferences import WEEKDAYS, Preferences, Weekday
from lumbago.care.safety import Known
from lumbago.care.stages import Time
from lumbago.care.week_values import (
    PARTS,
    Choice,
    Chosen,
    Day,
    Item,
    LeftOut,
    Part,
    Week,
    read_week,
)

__all__ = [
    "PARTS",
    "Choice",
    "Chosen",
    "Day",
    "Item",
    "LeftOut",
    "Week",
    "arrange",
    "read_week",
    "week",
]

PART_OF: Mapping[str, Part] = MappingProxyType(
    {
        "mobility": "warm_up",
        "direction": "direction",
        "aerobic": "move",
        "impact": "move",
        "control": "train",
        "strength": "train",
        "nerve": "loosen",
        "stretch": "loosen",
        "relaxation": "calm",
    }
)
#: What is filled first, in turn from day to day, so that short days leave nothing out all week.
TRAIN_FIRST: tuple[Part, ...] = ("direction", "warm_up", "train", "move", "loosen", "calm")
MOVE_FIRST: tuple[Part, ...] = ("direction", "move", "warm_up", "loosen", "train", "calm")
#: Kinds of exercise, and loads, that need a day without them in between.
TRAINING = ("strength", "control", "impact")
LOADED = ("moderate", "heavy", "impact")


def week(
    conditions: Sequence[str],
    time: Time,
    preferences: Preferences | None = None,
    known: Known | None = None,
    *,
    only: Collection[str] | None = None,
) -> Week:
    """The first week for a person.

    Args:
        conditions: Likely causes, likeliest first.
        time: How long it has hurt.
        preferences: What the week has to fit; 20 minutes on any day if left out.
        known: What is known of the person; whatever it forbids never appears.
        only: Ids to choose from; what suits the causes at that time if left out.

    Raises:
        UnknownIdError: If there is no such condition, time or exercise.
    """
    preferences = preferences or Preferences()
    choice = choose(conditions, time, preferences, known or Known(), only)
    return arrange(1, preferences, time, choice)


def arrange(number: int, preferences: Preferences, time: Time, choice: Choice) -> Week:
    """Lay chosen exercises out over the seven days of the week with this number."""
    days: list[Day] = []
    for day in WEEKDAYS:
        days.append(_day(day, choice.chosen, preferences, days))
    return Week(number=number, preferences=preferences, time=time, choice=choice, days=tuple(days))


def _day(
    day: Weekday, chosen: Sequence[Chosen], preferences: Preferences, before: Sequence[Day]
) -> Day:
    """Fill one day in order of priority; what has been done least this week comes first."""
    if day not in preferences.days:
        return Day(day, True, ())
    rest = set(preferences.days) == set(WEEKDAYS) and day == WEEKDAYS[-1]
    done = {c.exercise: sum(d.has(c.exercise) for d in before) for c in chosen}
    active = sum(not d.rest for d in before)
    priority = MOVE_FIRST if active % 2 else TRAIN_FIRST
    items: list[Item] = []
    for c in sorted(chosen, key=lambda c: _order(exercise(c.exercise), done, priority)):
        e = exercise(c.exercise)
        if done[e.id] >= min(e.dose.days_a_week, c.days) or not _may(e, items, rest=rest):
            continue
        if not rest and _needs_a_day_between(e) and _stands_beside(e.id, day, before):
            continue
        dose = fitted(_part_of_dose(e, c), preferences.minutes_a_day - _minutes(items))
        if dose is not None:
            items.append(Item(e.id, e.name, PART_OF[e.category], dose, day_minutes(dose)))
    items.sort(key=lambda item: list(PARTS).index(item.part))
    return Day(day, rest, tuple(items))


def _part_of_dose(e: Exercise, c: Chosen) -> Dose:
    part = scaled(e.dose, c.share)
    return msgspec.structs.replace(part, times_a_day=min(part.times_a_day, c.times))


def _minutes(items: Sequence[Item]) -> float:
    return sum(item.minutes for item in items)


def _order(e: Exercise, done: Mapping[str, int], priority: Sequence[Part]) -> tuple[int, float]:
    return priority.index(PART_OF[e.category]), done[e.id] / e.dose.days_a_week


def _may(e: Exercise, items: Sequence[Item], *, rest: bool) -> bool:
    """Whether an exercise may stand beside what the day holds already."""
    if rest and (_needs_a_day_between(e) or e.dose.days_a_week < len(WEEKDAYS)):
        return False
    if len(items) >= load_starting().items_a_day:
        return False
    part = PART_OF[e.category]
    if part == "move" and any(item.part == part for item in items):
        return False
    alike = sum(exercise(item.exercise).category == e.category for item in items)
    return alike < load_starting().most_a_day[e.category]


def _needs_a_day_between(e: Exercise) -> bool:
    daily = e.dose.days_a_week == len(WEEKDAYS)
    return e.load in LOADED or (e.category in TRAINING and not daily)


def _stands_beside(name: str, day: Weekday, before: Sequence[Day]) -> bool:
    """Whether the exercise stands on the day before, or on the Monday after this Sunday."""
    neighbours = [*before[-1:], *(before[:1] if day == WEEKDAYS[-1] else [])]
    return any(d.has(name) for d in neighbours)
