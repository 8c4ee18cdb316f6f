"""Twelve weeks of made-up check-ins, for tests and for pictures of five ways in which it can go.

The ratings are invented, not taken from people: they have the shape that the name says, with a day-to-day
wobble drawn from the generator that is passed in.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, get_args

import numpy as np

from lumbago.progress.diary import About, CheckIn, Diary

__all__ = ["STORIES", "Story", "simulate"]

Story = Literal["quick", "slow", "flare", "never_better", "danger_sign"]
STORIES: tuple[Story, ...] = get_args(Story)
DAYS = 84
WOBBLE = 0.6
#: Week by week: the pain that each story has in its weeks 0, 2, 4, 6, 8, 10 and 12.
SHAPES: dict[str, tuple[float, ...]] = {
    "quick": (6, 2, 0.6, 0, 0, 0, 0),
    "slow": (7, 6.8, 6.6, 6, 5, 3.8, 2.8),
    "flare": (6, 4.2, 3, 2.5, 2.2, 1.8, 1.5),
    "never_better": (6, 6.2, 6, 6.1, 6, 6.2, 6),
    "danger_sign": (6, 5, 5, 5, 5, 5, 5),
}
FLARE_DAYS = range(49, 57)
FLARE_ADDS = 3.5
DANGER_DAY = 21
DANGER = ("saddle_numbness", "bladder_retention")


def simulate(
    story: Story, rng: np.random.Generator, first: date, *, about: About | None = None
) -> Diary:
    """A diary of twelve weeks with a check-in on about six days of seven.

    Args:
        story: How it goes.
        rng: Generator of the wobble and of the days left out.
        first: date of the first check-in; the pain began three days before.
        about: What is tracked; a new pain in the low back of a person of 42 if left out.

    Returns:
        The diary; that of "danger_sign" ends on the day of the sign, three weeks in.
    """
    diary = Diary().starting(about or _low_back(first))
    last = DANGER_DAY if story == "danger_sign" else DAYS
    shape = np.interp(np.arange(DAYS + 1), np.arange(0, DAYS + 1, 14), SHAPES[story])
    for number in range(last + 1):
        kept = number in (0, last) or number in FLARE_DAYS or rng.random() < 0.86
        if kept:
            diary = diary.adding(_check_in(story, number, float(shape[number]), rng, first))
    return diary


def _check_in(
    story: Story, number: int, level: float, rng: np.random.Generator, first: date
) -> CheckIn:
    flare = story == "flare" and number in FLARE_DAYS
    wobble = rng.normal(0, WOBBLE) if level > 0 else 0.0
    pain = int(np.clip(round(level + wobble + FLARE_ADDS * flare), 0, 10))
    day = first + timedelta(days=number)
    return CheckIn(
        at=datetime.combine(day, time(20), UTC),
        day=day,
        pain=pain,
        stops=max(0, pain - 1),
        exercises=("walk",) if rng.random() < 0.7 else (),
        effort=int(rng.integers(3, 7)),
        flare=flare,
        danger_signs=DANGER if story == "danger_sign" and number == DANGER_DAY else (),
    )


def _low_back(first: date) -> About:
    began = first - timedelta(days=3)
    return About(
        at=datetime.combine(first, time(8), UTC),
        began=began,
        condition="lumbar_muscle_strain",
        age=42,
        sex="female",
        regions=("low_back",),
        findings={"low_back_pain": "yes"},
    )
