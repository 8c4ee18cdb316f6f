"""What a person answers to the tests on the way back to running, as an entry of their record holds it."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import msgspec

from lumbago.progress.diary import Moment

__all__ = ["RunningAnswers"]


class RunningAnswers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All answers as they stood at one moment; the latest count.

    Attributes:
        at: When it was written down.
        day: The day that it is about.
        injury: The injury whose tests they are (`care.running_data.injury`).
        answers: Id of a test to yes or no, or to a number.
        step: The step of the walk and run table to do next.
        good_sessions: Good sessions at this step so far.
    """

    at: Moment
    day: date
    injury: str
    answers: Mapping[str, bool | float]
    step: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1
    good_sessions: Annotated[int, msgspec.Meta(ge=0, le=100)] = 0
