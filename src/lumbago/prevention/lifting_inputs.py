"""What goes into the lifting equation where it cannot be read off a tape: class of duration, average
frequency, estimated distance, and the cases that the equation does not cover."""

from lumbago.errors import MeasurementError
from lumbago.prevention.lifting_tables import Spell, load_lifting, system

__all__ = ["duration_class", "estimated_horizontal", "frequency_with_breaks", "refuse"]


def refuse(conditions: list[str]) -> None:
    """Stop where the equation does not apply.

    Raises:
        MeasurementError: If a condition is in the manual's list (section 1.2), or unknown.
    """
    known = load_lifting().not_covered
    for condition in conditions:
        if condition not in known:
            raise MeasurementError(
                f"{condition!r} is not a condition; it is one of {', '.join(known)}"
            )
        raise MeasurementError(
            f"the lifting equation does not cover {known[condition]}; ask someone trained in "
            "manual handling to look at this task"
        )


def estimated_horizontal(width: float, vertical: float, *, units: str = "metric") -> float:
    """Horizontal distance from the width of a container, where it cannot be measured (p. 8).

    Args:
        width: Width of the container front to back, above 0.
        vertical: Height of the hands.
        units: `metric` (cm) or `us` (in).

    Raises:
        MeasurementError: If the width is not above 0.
    """
    s = system(units)
    if not width > 0:
        raise MeasurementError(
            f"width of the container is {width:g} {s.length}; it must be above 0"
        )
    return (s.estimate_low if vertical < s.estimate_below else s.estimate_near) + width / 2


def frequency_with_breaks(
    lifts_per_min: float, work_min: float, *, period_min: float = 15.0
) -> float:
    """Lifts a minute averaged over the period when lifting stops within it (p. 16).

    Raises:
        MeasurementError: If the rate is above 15, or the work is longer than the period.
    """
    if not 0 <= lifts_per_min <= 15:
        raise MeasurementError(
            f"lifting frequency is {lifts_per_min:g}; averaging over breaks holds for 0 to 15 lifts a minute"
        )
    if not 0 <= work_min <= period_min:
        raise MeasurementError(
            f"lifting goes on for {work_min:g} of {period_min:g} minutes; give 0 to {period_min:g}"
        )
    return lifts_per_min * work_min / period_min


def duration_class(spells_min: list[float]) -> tuple[str, float]:
    """Duration class of a day from spells of lifting and lighter work, in turn.

    Args:
        spells_min: Minutes of lifting, of lighter work, of lifting, and so on; the last spell of lifting
            is taken to be followed by enough rest.

    Returns:
        The class (`short`, `moderate` or `long`) and the minutes of lifting of the spell that sets it:
        where the rest is too short for the class, the work adds up as if there had been none (p. 14).

    Raises:
        MeasurementError: If a spell is not above 0, or the work adds up to more than 8 hours.
    """
    if not spells_min or not all(minutes > 0 for minutes in spells_min):
        raise MeasurementError("spells of lifting and rest are minutes above 0, such as 30 10 45")
    longest = work = 0.0
    for place in range(0, len(spells_min), 2):
        work += spells_min[place]
        longest = max(longest, work)
        rest = spells_min[place + 1] if place + 1 < len(spells_min) else float("inf")
        if rest >= _spell(work).recovery_share * work and work <= 120:
            work = 0.0
    return _spell(longest).name, longest


def _spell(work_min: float) -> Spell:
    for spell in load_lifting().duration:
        if work_min <= spell.most_h * 60:
            return spell
    raise MeasurementError(
        f"lifting adds up to {work_min:g} minutes; the equation holds for at most 8 hours"
    )
