"""What a person can and would like to do: time, days, things at hand, positions, directions, likes."""

import difflib
from collections.abc import Iterable
from typing import Any, Literal, get_args

import msgspec

from lumbago.care.exercises import (
    CATEGORIES,
    DIRECTIONS,
    EQUIPMENT,
    HOUSEHOLD,
    POSITIONS,
    Exercise,
    load_exercises,
)
from lumbago.errors import UserError

__all__ = ["WEEKDAYS", "PreferenceError", "Preferences", "Weekday", "read_preferences"]

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
LEAST_MINUTES, MOST_MINUTES = 5, 120


class PreferenceError(UserError):
    """A preference that cannot be; the message says what would be right."""


class Preferences(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What a week of exercises has to fit.

    Args:
        minutes_a_day: Time for exercise on a day, 5 to 120 minutes.
        days: Days of the week that may hold exercise; the others are days of rest.
        equipment: Things at hand besides what nearly every home has (`HOUSEHOLD`).
        avoid_positions: Positions that the person does not want or cannot get into.
        likes: Ids of exercises, or categories, to prefer.
        dislikes: Ids of exercises, or categories, to leave out.
        eases: The direction of bending that eases the pain, or draws it back towards the spine.
        worsens: Directions that make it worse.
        walks_minutes: How long the person walks easily now.
        running: Whether the person wants to run (again).

    Raises:
        PreferenceError: If a value cannot be.
    """

    minutes_a_day: int = 20
    days: tuple[Weekday, ...] = WEEKDAYS
    equipment: tuple[str, ...] = ()
    avoid_positions: tuple[str, ...] = ()
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    eases: str | None = None
    worsens: tuple[str, ...] = ()
    walks_minutes: int = 10
    running: bool = False

    def __post_init__(self) -> None:
        if not LEAST_MINUTES <= self.minutes_a_day <= MOST_MINUTES:
            raise PreferenceError(
                f"minutes a day must be {LEAST_MINUTES} to {MOST_MINUTES}; got {self.minutes_a_day}"
            )
        if not 0 <= self.walks_minutes <= MOST_MINUTES:
            raise PreferenceError(
                f"minutes that you walk must be 0 to {MOST_MINUTES}; got {self.walks_minutes}"
            )
        if not self.days:
            raise PreferenceError("choose at least one day of the week, for example monday")
        directions = [d for d in DIRECTIONS if d != "none"]
        _known("days", self.days, WEEKDAYS)
        _known("equipment", self.equipment, EQUIPMENT)
        _known("avoid_positions", self.avoid_positions, POSITIONS)
        _known("worsens", self.worsens, directions)
        _known("eases", [] if self.eases is None else [self.eases], directions)
        _known("likes", self.likes, [*load_exercises(), *CATEGORIES])
        _known("dislikes", self.dislikes, [*load_exercises(), *CATEGORIES])
        if self.eases in self.worsens:
            raise PreferenceError(f"{self.eases} cannot both ease the pain and make it worse")

    def obstacle(self, e: Exercise) -> str | None:
        """Why an exercise does not fit, in a sentence; None if it does."""
        missing = sorted(set(e.equipment) - HOUSEHOLD - set(self.equipment))
        if missing:
            return f"It needs something that you do not have: {', '.join(missing)}."
        if set(e.positions) & set(self.avoid_positions):
            return "You would rather not be in that position."
        if {e.id, e.category} & set(self.dislikes):
            return "You would rather not do it."
        if e.direction in self.worsens:
            return "You said that this direction makes it worse."
        if "walking" in e.positions and not self.walks_minutes:
            return "You said that you cannot walk for now."
        if "running" in e.positions and not self.running:
            return "You do not want to run."
        return None

    def liked(self, e: Exercise) -> bool:
        """Whether the person asked for this exercise or its kind."""
        return bool({e.id, e.category} & set(self.likes))


def read_preferences(plain: Any) -> Preferences:
    """Preferences from plain values, such as a JSON object.

    Raises:
        PreferenceError: If a key or value cannot be; says which.
    """
    try:
        return msgspec.convert(plain, Preferences)
    except msgspec.ValidationError as error:
        raise PreferenceError(f"the preferences cannot be used: {error}") from None


def _known(field: str, given: Iterable[str], known: Iterable[str]) -> None:
    known = list(known)
    for value in given:
        if value not in known:
            near = difflib.get_close_matches(value, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it is one of {', '.join(known)}"
            raise PreferenceError(f"{field}: there is no {value!r}; {hint}")
