"""Sessions of walking and running in turn, what comes after each, and the weeks that follow the table.

>>> [step.in_words for step in walk_run_table("calf_strain")][0]
'6 times: run 1 minute, walk 4'
>>> run_week(5.0, 3).runs_km
(5.5, 3.7, 3.7)
"""

from math import floor
from typing import Literal

import msgspec

from lumbago.care.running_data import (
    Injury,
    RunningAnswerError,
    WalkRun,
    injury,
    load_running_return,
)
from lumbago.prevention.running_spikes import load_running

__all__ = ["NextSession", "RunWeek", "TableStep", "next_session", "run_week", "walk_run_table"]

MOST_PAIN = 10
CLOSE = 1e-9
#: The other runs of a week, as a share of the longest; judgement.
SHORTER = 0.75


class TableStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the walk and run table; distances are estimates at an easy pace."""

    step: int
    session: WalkRun
    in_words: str
    running_minutes: float
    distance_km: float
    sessions: int
    days_between: int


class NextSession(msgspec.Struct, frozen=True, kw_only=True):
    """What comes after a session: the step, how many good sessions it has had, and why."""

    action: Literal["repeat", "up", "back", "stop", "done"]
    step: int
    good_sessions: int
    reason: str


class RunWeek(msgspec.Struct, frozen=True, kw_only=True):
    """A week of running: its longest run, the others, and the limit that a single run must keep."""

    runs_km: tuple[float, ...]
    total_km: float
    single_run_limit_km: float
    days_between: int
    source: str


def walk_run_table(injury_id: str) -> tuple[TableStep, ...]:
    """The table of walking and running in turn for an injury.

    Raises:
        UnknownIdError: If there is no such injury.
    """
    found, data = injury(injury_id), load_running_return()
    return tuple(
        TableStep(
            step=number,
            session=session,
            in_words=session.in_words,
            running_minutes=session.running_minutes,
            distance_km=round(data.distance_km(session), 2),
            sessions=found.sessions_each,
            days_between=found.days_between,
        )
        for number, session in enumerate(data.table, start=1)
    )


def next_session(
    injury_id: str, step: int, good_sessions: int, *, pain: float, worse_next_day: bool
) -> NextSession:
    """What to do after a session of the table.

    Args:
        injury_id: The injury.
        step: The step that was done, from 1.
        good_sessions: Good sessions at this step before this one.
        pain: The worst pain while running, 0 to 10.
        worse_next_day: Whether it was worse the next day than before the run.

    Raises:
        UnknownIdError: If there is no such injury.
        RunningAnswerError: If the step or the pain cannot be.
    """
    found, last = injury(injury_id), len(load_running_return().table)
    if not 1 <= step <= last:
        raise RunningAnswerError(f"the table has the steps 1 to {last}; got {step}")
    if not 0 <= pain <= MOST_PAIN:
        raise RunningAnswerError(f"pain must be 0 to {MOST_PAIN}; got {pain:g}")
    if pain > found.pain_limit or worse_next_day:
        return _after_pain(found, step)
    good = good_sessions + 1
    if good < found.sessions_each:
        return NextSession(
            action="repeat",
            step=step,
            good_sessions=good,
            reason="That went well. Do the same again before you go up a step.",
        )
    if step == last:
        return NextSession(
            action="done",
            step=step,
            good_sessions=good,
            reason="You have passed the table. From now on make the long run longer little by little.",
        )
    return NextSession(
        action="up", step=step + 1, good_sessions=0, reason="That went well. Go up one step."
    )


def _after_pain(found: Injury, step: int) -> NextSession:
    if found.pain_means == "stop":
        return NextSession(
            action="stop",
            step=1,
            good_sessions=0,
            reason="Pain in the bone means stop running. Have it looked at before you run again.",
        )
    return NextSession(
        action="back",
        step=max(1, step - 1),
        good_sessions=0,
        reason="It was a little too much. Wait until it has settled, then go back one step.",
    )


def run_week(longest_km: float, runs_a_week: int, *, days_between: int = 1) -> RunWeek:
    """Runs of a week after the table: one longer than before, within the limit, the others as they were.

    Args:
        longest_km: The longest run of the last 30 days.
        runs_a_week: How many runs; no more than the days between them leave room for.
        days_between: Days without a run after each run.

    Returns:
        The long run first; no run is longer than the limit, rounded down to 100 m.

    Raises:
        RunningAnswerError: If a number cannot be.

    Source:
        `lumbago.prevention.running_spikes`: Frandsen 2025. That the other runs are three quarters of
        the longest is judgement.
    """
    table = load_running()
    if not table.record.least_km <= longest_km <= table.record.most_km:
        raise RunningAnswerError(
            f"the longest run must be {table.record.least_km:g} to {table.record.most_km:g} km; "
            f"got {longest_km:g}"
        )
    most = 7 // (days_between + 1)
    if not 1 <= runs_a_week <= most:
        raise RunningAnswerError(
            f"with {days_between} days between runs, a week has room for 1 to {most}; got {runs_a_week}"
        )
    limit = longest_km * table.cap_ratio
    long_run = max(_rounded_down(limit), _rounded_down(longest_km))
    others = [_rounded_down(longest_km * SHORTER)] * (runs_a_week - 1)
    return RunWeek(
        runs_km=(long_run, *others),
        total_km=round(long_run + sum(others), 1),
        single_run_limit_km=round(limit, 2),
        days_between=days_between,
        source=table.source,
    )


def _rounded_down(km: float) -> float:
    return round(floor(km * 10 + CLOSE) / 10, 1)
