"""The values of a week of exercises: seven days of items, and what they were made from."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

import msgspec

from lumbago.care.exercises import Dose
from lumbago.care.preferences import Preferences, Weekday
from lumbago.care.stages import Time
from lumbago.errors import UserError

__all__ = ["PARTS", "Choice", "Chosen", "Day", "Item", "LeftOut", "Part", "Week", "read_week"]

SCHEMA = "lumbago/week/1"
Part = Literal["warm_up", "direction", "move", "train", "loosen", "calm"]
#: The parts of a day in order, with their headings.
PARTS: Mapping[Part, str] = MappingProxyType(
    {
        "warm_up": "Warm up",
        "direction": "Ease it",
        "move": "Get moving",
        "train": "Grow stronger",
        "loosen": "Loosen",
        "calm": "Calm down",
    }
)


class Chosen(msgspec.Struct, frozen=True):
    """An exercise of a week, and how much of its full dose.

    Attributes:
        share: The share of the full dose of one session, 0 to 1.
        days: On how many days at most.
        times: How many times a day at most.
        backs: For how many weeks in a row it has gone back.
    """

    exercise: str
    share: float
    days: int = 7
    times: int = 8
    backs: int = 0


class LeftOut(msgspec.Struct, frozen=True):
    """An exercise that would suit the cause but is not in the week, and why; `rule` if it is forbidden."""

    exercise: str
    reason: str
    rule: str = ""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """The exercises that a week is made from.

    Attributes:
        chosen: Exercises with the share of their full dose.
        spare: Ids that are safe and fit too, for when something has to change.
        everyday: Ids of habits for the whole day; they take no time of their own.
        left_out: What would suit the cause and is not in the week, with reasons.
    """

    chosen: tuple[Chosen, ...] = ()
    spare: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class Item(msgspec.Struct, frozen=True):
    """One exercise on one day. `minutes` is its time on that day, all sessions together."""

    exercise: str
    name: str
    part: Part
    dose: Dose
    minutes: float

    @property
    def in_words(self) -> str:
        """How much, as a person would say it."""
        times = self.dose.times_a_day
        return self.dose.in_words + (f", {times} times that day" if times > 1 else "")


class Day(msgspec.Struct, frozen=True):
    """One day: its exercises in order; on a day of rest nothing that trains."""

    day: Weekday
    rest: bool
    items: tuple[Item, ...]

    @property
    def minutes(self) -> float:
        """Time that the exercises of the day take together."""
        return sum(item.minutes for item in self.items)

    def has(self, exercise_id: str) -> bool:
        """Whether an exercise stands on this day."""
        return any(item.exercise == exercise_id for item in self.items)


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """Seven days from Monday, and what they were made from."""

    number: int
    preferences: Preferences
    time: Time
    choice: Choice
    days: tuple[Day, ...]

    def to_dict(self) -> dict[str, Any]:
        """The week as plain values, ready for JSON; `read_week` reads them back."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return {"schema": SCHEMA, **plain}


def read_week(plain: Any) -> Week:
    """A week from the plain values of `Week.to_dict`.

    Raises:
        UserError: If they are no week; says where they are not.
    """
    if not isinstance(plain, dict) or plain.get("schema") != SCHEMA:
        raise UserError(f"this is no week of exercises: its schema must be {SCHEMA}")
    try:
        return msgspec.convert({k: v for k, v in plain.items() if k != "schema"}, Week)
    except msgspec.ValidationError as error:
        raise UserError(f"this week of exercises cannot be read: {error}") from None
