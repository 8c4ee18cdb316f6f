"""Where a person stands: how long it has hurt, how bad the tear is, whether a clinician has looked."""

from collections.abc import Mapping
from itertools import product
from types import MappingProxyType
from typing import Literal, get_args

import msgspec

from lumbago.case import Case

__all__ = ["GRADES", "STAGES", "TIMES", "Grade", "Stage", "Time", "time_of"]

Time = Literal["first_days", "weeks_to_6", "weeks_6_to_12", "weeks_12_on"]
Grade = Literal["mild", "moderate", "severe"]

#: Times in order, with their names in a sentence.
TIMES: Mapping[Time, str] = MappingProxyType(
    {
        "first_days": "the first days",
        "weeks_to_6": "up to 6 weeks",
        "weeks_6_to_12": "6 to 12 weeks",
        "weeks_12_on": "12 weeks and more",
    }
)
GRADES: tuple[Grade, ...] = get_args(Grade)

_TIME_OF_DURATION: Mapping[str, Time] = MappingProxyType(
    {
        "under_1_week": "first_days",
        "weeks_1_to_6": "weeks_to_6",
        "weeks_6_to_12": "weeks_6_to_12",
        "over_12_weeks": "weeks_12_on",
    }
)


class Stage(msgspec.Struct, frozen=True):
    """Where somebody stands.

    Attributes:
        time: How long this spell has lasted.
        seen: Whether a clinician has looked at it.
        grade: How bad a strain is; None if that is not known or nothing is strained.
    """

    time: Time = "first_days"
    seen: bool = False
    grade: Grade | None = None

    @property
    def name(self) -> str:
        """The stage in words, such as "up to 6 weeks, a clinician has looked at it"."""
        looked = (
            "a clinician has looked at it" if self.seen else "no clinician has looked at it yet"
        )
        grade = f", {self.grade} tear" if self.grade else ""
        return f"{TIMES[self.time]}{grade}, {looked}"


#: Every time before and after a clinician has looked, the grade left open.
STAGES: tuple[Stage, ...] = tuple(Stage(time, seen) for seen, time in product((False, True), TIMES))


def time_of(case: Case) -> Time | None:
    """How long it has lasted, as the person answered; None if they did not say."""
    return _TIME_OF_DURATION.get(case.findings.get("duration", ""))
