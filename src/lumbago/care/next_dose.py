"""How much of one exercise comes next: as it stood, half of it, a tenth more, or another in its place."""

from collections.abc import Sequence

import msgspec

from lumbago.care.choosing import load_starting
from lumbago.care.doses import scaled, volume
from lumbago.care.exercises import LOADS, Exercise, exercise
from lumbago.care.week_reports import Action, load_adaptation
from lumbago.care.week_values import Chosen, Week

__all__ = ["applied", "as_done"]


def as_done(c: Chosen, week: Week) -> Chosen:
    """An exercise as it really stood in the week, which may be less than its share for want of time.

    Then the share is the mean over its days, with the fewest sessions of any of them, so that laying it
    out again with more time to spare never comes to more.
    """
    items = [item for day in week.days for item in day.items if item.exercise == c.exercise]
    if not items:
        return c
    full = exercise(c.exercise).dose
    times = min(item.dose.times_a_day for item in items)
    total = sum(volume(item.dose) * item.dose.times_a_day for item in items)
    share = c.share
    if total < len(items) * volume(scaled(full, c.share)) * min(full.times_a_day, c.times):
        share = min(share, total / (len(items) * times * volume(full)))
    return Chosen(c.exercise, share, days=len(items), times=times, backs=c.backs)


def applied(action: Action, done: Chosen, week: Week, after: Sequence[Chosen]) -> Chosen | None:
    """An exercise of next week, or what takes its place; None if it goes.

    Args:
        action: What the rules say.
        done: The exercise as it stood (`as_done`).
        week: The week that was done; only what it holds as spare can take a place.
        after: The exercises of next week so far.
    """
    match action:
        case "stop":
            return None
        case "change_direction" | "swap":
            return _instead(action, done, week, after)
        case "back":
            share = done.share * load_adaptation().back
            return msgspec.structs.replace(done, share=share, backs=done.backs + 1)
        case "progress":
            return _progressed(msgspec.structs.replace(done, backs=0), week, after)
    return msgspec.structs.replace(done, backs=0)


def _progressed(done: Chosen, week: Week, after: Sequence[Chosen]) -> Chosen:
    """A tenth more; at the full share one more day; at the full dose the harder version."""
    e = exercise(done.exercise)
    if done.share < 1:
        share = min(1.0, done.share * load_adaptation().progress)
        return msgspec.structs.replace(done, share=share)
    if done.times < e.dose.times_a_day:
        return msgspec.structs.replace(done, times=done.times + 1)
    if done.days < min(e.dose.days_a_week, len(set(week.preferences.days))):
        return msgspec.structs.replace(done, days=done.days + 1)
    if _free(e.harder, week, after):
        return Chosen(e.harder, load_starting().shares[week.time], days=done.days)
    return done


def _instead(action: Action, done: Chosen, week: Week, after: Sequence[Chosen]) -> Chosen | None:
    """The easier version, or a movement in another direction; nothing that is not known to be safe."""
    e = exercise(done.exercise)
    easier = [e.easier] if action == "swap" else []
    others = [name for name in week.choice.spare if action == "change_direction"]
    for name in [*easier, *others]:
        if _free(name, week, after) and _gentler(exercise(name), e, action):
            share = min(done.share, load_starting().shares[week.time])
            return Chosen(name, share, days=done.days)
    return None


def _free(name: str, week: Week, after: Sequence[Chosen]) -> bool:
    standing = {c.exercise for c in (*week.choice.chosen, *after)}
    return name in week.choice.spare and name not in standing


def _gentler(new: Exercise, old: Exercise, action: Action) -> bool:
    if LOADS.index(new.load) > LOADS.index(old.load):
        return False
    other_way = new.category == "direction" and new.direction != old.direction
    return action == "swap" or other_way
