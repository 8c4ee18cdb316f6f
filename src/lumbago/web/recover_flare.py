"""What holds today: the plan that is kept, made easier in a flare, and a danger sign that comes before it.

The stored week stays as it is. The easier one is made from it each time, by the days since somebody last
said in a check-in that it has flared up: half of it for a week, three quarters for the next, then all of it.
Whoever feels ready sooner goes back by themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

import msgspec
from django.http import HttpRequest

from lumbago.care.exercises import Exercise, StopRule, exercise
from lumbago.care.flare import FlareLine, flare_week, load_flare
from lumbago.progress import CheckIn, Diary
from lumbago.progress.danger import Reassess
from lumbago.web import record, recover, recover_diary
from lumbago.web.people import person_of
from lumbago.web.recover import UNREADABLE, FlareOver, Kept, NoPlanError

__all__ = [
    "Flare",
    "Now",
    "end_flare",
    "flare_of",
    "flare_shown",
    "now",
    "plan_now",
    "resume_flare",
]

WEEK = timedelta(days=7)
Step = Literal["first_week", "second_week"]
SHARES: Mapping[float, str] = {0.5: "half", 0.75: "three quarters"}
#: Last day since the flare began on which a phase of the flare plan is the one to read first.
PHASES: tuple[tuple[str, int], ...] = (("today", 0), ("three_days", 3))
LAST_PHASE = "one_week"


@dataclass(frozen=True)
class Flare:
    """A flare that is not over.

    Attributes:
        began: First day of it that a check-in tells of.
        last: The last one.
        usual: The day on which the usual week comes back.
        over: Whether the person has gone back to the usual week by themselves.
    """

    began: date
    last: date
    step: Step
    usual: date
    over: bool

    @property
    def more(self) -> date:
        """The day on which the second of the easier weeks begins."""
        return self.last + WEEK

    @property
    def share(self) -> str:
        """How much of the usual week it is, in words."""
        share = load_flare().shares[self.step]
        return SHARES.get(share, f"{share:.0%}")

    def phase(self, today: date) -> str:
        """The phase of the flare plan to read first."""
        days = (today - self.began).days
        return next((name for name, last in PHASES if days <= last), LAST_PHASE)


@dataclass(frozen=True)
class Now:
    """What holds today.

    Attributes:
        kept: The plan as it stands today: in a flare with an easier week.
        usual: The plan as it is stored.
        flare: The flare, if there is one.
        alarm: What danger signs of a check-in ask for, if they do not wait for another day.
        today: The day, by the diary.
        usual_since: The day on which the usual week came, or comes, back after the last flare.
        unreadable: Whether there is a plan, which another version wrote.
    """

    kept: Kept | None
    usual: Kept | None
    flare: Flare | None
    alarm: Reassess | None
    today: date
    usual_since: date | None = None
    unreadable: bool = False

    @property
    def easier(self) -> Flare | None:
        """The flare, if the week is an easier one for it."""
        eased = self.kept is not None and self.kept is not self.usual
        return self.flare if eased else None


def now(request: HttpRequest) -> Now:
    """What holds for whoever asks. A plan that cannot be read stops nothing else."""
    try:
        usual, unreadable = recover.kept(request), False
    except NoPlanError:
        usual, unreadable = None, True
    diary = recover_diary.own_diary(request) if person_of(request) is not None else None
    if diary is None:
        return Now(usual, usual, None, None, date.today(), unreadable=unreadable)
    today, alarm = recover_diary.today_for(diary), recover_diary.alarm_of(diary)
    over = usual.flare_over if usual is not None else None
    flare = flare_of(diary, today, over)
    return Now(
        kept=usual if flare is None or flare.over else _eased(usual, flare),
        usual=usual,
        flare=flare,
        alarm=alarm if recover_diary.help_today(alarm) else None,
        today=today,
        usual_since=_usual_since(diary, today, over),
        unreadable=unreadable,
    )


def plan_now(request: HttpRequest) -> Now:
    """What holds for whoever asks, for a page that is about the plan.

    Raises:
        NoPlanError: If there is a plan that cannot be read.
    """
    found = now(request)
    if found.unreadable:
        raise NoPlanError(UNREADABLE)
    return found


def flare_of(diary: Diary, today: date, over: FlareOver | None) -> Flare | None:
    """The flare that the check-ins of the last two weeks tell of."""
    told = _told(diary, today)
    if not told or today - told[-1].day >= 2 * WEEK:
        return None
    began = last = told[-1].day
    for check_in in reversed(told):
        if began - check_in.day > WEEK:
            break
        began = check_in.day
    return Flare(
        began=began,
        last=last,
        step="first_week" if today - last < WEEK else "second_week",
        usual=last + 2 * WEEK,
        over=over is not None and not _told_after(told[-1], over),
    )


def _told(diary: Diary, today: date) -> list[CheckIn]:
    return [c for c in diary.check_ins if c.flare and c.day <= today]


def _usual_since(diary: Diary, today: date, over: FlareOver | None) -> date | None:
    told = _told(diary, today)
    if not told:
        return None
    end = told[-1].day + 2 * WEEK
    return end if over is None or _told_after(told[-1], over) else min(end, over.day)


def _told_after(check_in: CheckIn, over: FlareOver) -> bool:
    """Whether a flare is a new one: of a later day, or of the same day and told later."""
    return (check_in.day, check_in.at) > (over.day, over.at)


def _eased(usual: Kept | None, flare: Flare) -> Kept | None:
    if usual is None or usual.plan.week is None:
        return usual
    week = flare_week(usual.plan.week, flare.step)
    return replace(usual, plan=msgspec.structs.replace(usual.plan, week=week))


def end_flare(request: HttpRequest, today: date) -> None:
    """Go back to the usual week."""
    over = FlareOver(day=today, at=datetime.now(UTC))
    _set_over(request, msgspec.to_builtins(over))


def resume_flare(request: HttpRequest) -> None:
    """Take the easier week again."""
    _set_over(request, None)


def _set_over(request: HttpRequest, over: Any) -> None:
    def changed(content: Mapping[str, Any] | None) -> Mapping[str, Any]:
        held = dict(content or {})
        return {**held, "own": {**held.get("own", {}), "flare_over": over}}

    record.change_plan(record.mine(request), changed)


def flare_shown(found: Now) -> dict[str, Any] | None:
    """The easier week on its pages: since when and why, what is left out, what to do today, the way back."""
    flare, kept, usual = found.flare, found.kept, found.usual
    if flare is None or kept is None or usual is None or kept.plan.week is None:
        return None
    before = len(usual.plan.week.choice.left_out) if usual.plan.week else 0
    left_out = kept.plan.week.choice.left_out[before:]
    phase = _phase(kept, flare.phase(found.today))
    return {
        "flare": flare,
        "first": flare.step == "first_week",
        "left_out": [exercise(x.exercise) for x in left_out],
        "why_left_out": [
            (why, [exercise(x.exercise) for x in left_out if x.reason == why])
            for why in dict.fromkeys(x.reason for x in left_out)
        ],
        "source": load_flare().source,
        **phase,
    }


def _phase(kept: Kept, name: str) -> dict[str, Any]:
    plan = kept.plan.flare
    found = next((p for p in plan.phases if p.id == name), None) if plan is not None else None
    lines: tuple[FlareLine, ...] = found.lines if found is not None else ()
    signs: tuple[StopRule, ...] = plan.signs if plan is not None else ()
    gentle: list[Exercise] = [exercise(n) for n in found.exercises] if found is not None else []
    return {"phase": found.name if found else "", "lines": lines, "gentle": gentle, "signs": signs}
