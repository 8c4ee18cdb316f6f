"""Doses of an exercise: how long they take, what a share comes to, and what fits into the time that is left."""

from collections.abc import Iterator
from itertools import product
from math import ceil, floor
from typing import Literal

import msgspec

from lumbago.care.records import Record

__all__ = ["Dose", "day_minutes", "fitted", "scaled", "volume"]

#: A walk or ride is not cut shorter than this for want of time; it is left out.
LEAST_MINUTES = 5
CLOSE = 1e-9
#: Times are told to the half minute.
GRAIN_S = 30


class Dose(Record, frozen=True, kw_only=True, omit_defaults=True):
    """How much of an exercise.

    Either counted in repetitions, or (`minutes`) going on for a time. `sides` is 2 if each side is
    done; `repetition_s` is the time that one repetition takes besides its hold.
    """

    days_a_week: int
    times_a_day: int = 1
    sets: int = 1
    repetitions: int = 1
    hold_s: int = 0
    repetition_s: int = 4
    sides: int = 1
    rest_s: int = 0
    minutes: float = 0
    basis: Literal["published", "elicited"] = "elicited"

    @property
    def session_minutes(self) -> float:
        """Time that one session takes, in minutes, to the half minute above."""
        if self.minutes:
            return self.minutes
        moving = self.sets * self.sides * self.repetitions * (self.hold_s + self.repetition_s)
        resting = (self.sets - 1) * self.rest_s
        return ceil((moving + resting) / GRAIN_S) * GRAIN_S / 60

    @property
    def in_words(self) -> str:
        """The dose of one session as a person would say it."""
        if self.minutes:
            return f"{self.minutes:g} minutes"
        moves = "once" if self.repetitions == 1 else f"{self.repetitions} times"
        sets = f"{self.sets} sets of {self.repetitions}" if self.sets > 1 else moves
        side = " on each side" if self.sides == 2 else ""
        return sets + side + self._hold_in_words

    @property
    def _hold_in_words(self) -> str:
        if not self.hold_s:
            return ""
        whole = self.hold_s // 60 if self.hold_s % 60 == 0 else self.hold_s
        unit = ("minute" if self.hold_s % 60 == 0 else "second") + ("" if whole == 1 else "s")
        return f", hold {whole} {unit}"

    def faults(self) -> Iterator[str]:
        """What cannot be."""
        limits = {"days_a_week": 7, "times_a_day": 8, "sets": 6, "repetitions": 40, "sides": 2}
        for name, most in limits.items():
            if not 1 <= getattr(self, name) <= most:
                yield f"{name} must be 1 to {most}; got {getattr(self, name)}"
        for name, most in {"hold_s": 300, "repetition_s": 60, "rest_s": 180, "minutes": 60}.items():
            if not 0 <= getattr(self, name) <= most:
                yield f"{name} must be 0 to {most}; got {getattr(self, name)}"
        if self.minutes and (self.sets, self.repetitions, self.hold_s) != (1, 1, 0):
            yield "a dose is counted in minutes or in repetitions, not in both"


def day_minutes(dose: Dose) -> float:
    """Time that a dose takes on a day, in minutes, all its sessions together."""
    return dose.session_minutes * dose.times_a_day


def volume(dose: Dose) -> float:
    """How much a dose is: minutes of a session, or its repetitions times its sets."""
    return dose.minutes or dose.sets * dose.repetitions


def scaled(dose: Dose, share: float) -> Dose:
    """The largest dose that is no more than a share of a full one, but at least the smallest there is.

    Args:
        dose: The full dose.
        share: 0 to 1.

    Returns:
        A dose of fewer minutes, or of fewer sets and repetitions; holds and sides stay as they are.
    """
    if dose.minutes:
        minutes = max(floor(dose.minutes * share + CLOSE), 1)
        return msgspec.structs.replace(dose, minutes=minutes)
    most = dose.sets * dose.repetitions * share + CLOSE
    choices = product(range(1, dose.sets + 1), range(1, dose.repetitions + 1))
    fitting = [(sets, reps) for sets, reps in choices if sets * reps <= most] or [(1, 1)]
    sets, repetitions = max(fitting, key=lambda pair: (pair[0] * pair[1], pair[1]))
    return msgspec.structs.replace(dose, sets=sets, repetitions=repetitions)


def fitted(dose: Dose, minutes: float) -> Dose | None:
    """As much of a dose as fits into a time: fewer times a day, then fewer sets or minutes.

    Returns:
        A dose whose day takes no more than `minutes`; None if not even its smallest part does.
    """
    if dose.minutes:
        left = min(dose.minutes, floor(minutes / dose.times_a_day))
        if left < min(LEAST_MINUTES, dose.minutes):
            return None
        return msgspec.structs.replace(dose, minutes=left)
    for sets, times in product(range(dose.sets, 0, -1), range(dose.times_a_day, 0, -1)):
        smaller = msgspec.structs.replace(dose, sets=sets, times_a_day=times)
        if day_minutes(smaller) <= minutes:
            return smaller
    return None
