"""A part of a dose: what a share of it comes to, and what of it fits into the time that is left."""

from itertools import product
from math import floor

import msgspec

from lumbago.care.exercises import Dose

__all__ = ["day_minutes", "fitted", "scaled", "volume"]

#: A walk or ride is not cut shorter than this for want of time; it is left out.
LEAST_MINUTES = 5
CLOSE = 1e-9


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
