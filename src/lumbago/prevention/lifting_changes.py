"""What to change in a lift: what each practical change would bring.

Every change is computed anew with the whole equation, so one that also moves another term (raising the
start shortens the travel and may change FM and CM) counts in full.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lumbago.prevention.lifting_tables import System, load_lifting, system
from lumbago.prevention.lifting_task import Lift, LiftResult, assess_lift

__all__ = ["Change", "changes"]

Better = Iterator[tuple[str, str, Lift]]
ASYMMETRY_STEP_DEG = 30.0


@dataclass(frozen=True)
class Change:
    """One practical change: the index that it would bring, and whether it alone would reach the goal of 1."""

    id: str
    what: str
    index: float
    saved: float

    def to_dict(self) -> dict[str, Any]:
        """The change as plain values."""
        finite = np.isfinite(self.index)
        return {
            "id": self.id,
            "change": self.what,
            "li": round(self.index, 4) if finite else None,
            "saved": round(self.saved, 4) if np.isfinite(self.saved) else None,
        }


def changes(result: LiftResult) -> list[Change]:
    """Practical changes to a lift that lower its index, most helpful first.

    Args:
        result: The lift judged.

    Returns:
        One for each thing that can still be made better; steps are 10 cm (4 in) nearer, the hands at the
        best height, half the travel, 30 degrees less to the side, half as often, the next shorter
        duration, the next better hold, and a load lighter by a tenth.
    """
    now = result.index
    found = []
    for name, what, lift in _better(result.lift):
        index = assess_lift(lift).index
        if index < now:
            found.append(Change(name, what, index, now - index if np.isfinite(now) else np.inf))
    return sorted(found, key=lambda change: change.index)


def _better(lift: Lift) -> Better:
    s = system(lift.units)
    for make in (_nearer, _heights, _travel):
        yield from make(lift, s)
    yield from _straight(lift)
    if lift.frequency_per_min > 0.2:
        half = max(0.2, lift.frequency_per_min / 2)
        yield (
            "frequency",
            f"lift half as often ({half:.3g} a minute)",
            replace(lift, frequency_per_min=half),
        )
    shorter = [spell for spell in load_lifting().duration if spell.most_h < lift.duration_h]
    if shorter:
        yield (
            "duration",
            f"lift for at most {shorter[-1].most_h:g} h, then rest or change",
            replace(lift, duration_h=shorter[-1].most_h),
        )
    if lift.coupling != "good":
        grade = "good" if lift.coupling == "fair" else "fair"
        hold = "good handles or cut-outs" if grade == "good" else "fingers under the box"
        yield "coupling", f"make the hold {grade}: {hold}", replace(lift, coupling=grade)
    lighter = lift.load * 0.9
    heaviest = None if lift.load_most is None else lift.load_most * 0.9
    yield (
        "load",
        f"make the load a tenth lighter ({lighter:.3g} {s.mass})",
        replace(lift, load=lighter, load_most=heaviest),
    )


def _nearer(lift: Lift, s: System) -> Better:
    step = 10.0 if s.length == "cm" else 4.0
    furthest = max(lift.horizontal, lift.to_horizontal or 0.0)
    if furthest > s.horizontal_least:
        step = max(step, furthest - s.horizontal_most)  # too far out: come within reach first
        moved = _each(
            lift,
            ("horizontal", "to_horizontal"),
            lambda value: max(min(value, s.horizontal_least), value - step),
        )
        nearer = min(step, furthest - s.horizontal_least)
        yield "horizontal", f"bring it {nearer:.3g} {s.length} nearer", moved


def _heights(lift: Lift, s: System) -> Better:
    best = f"{s.vertical_best:g} {s.length}"
    if lift.vertical != s.vertical_best:
        word = "higher" if lift.vertical < s.vertical_best else "lower"
        yield (
            "vertical",
            f"start {word}, with the hands at {best}",
            replace(lift, vertical=s.vertical_best),
        )
    if lift.control and lift.to_vertical is not None and lift.to_vertical != s.vertical_best:
        word = "higher" if lift.to_vertical < s.vertical_best else "lower"
        yield (
            "to_vertical",
            f"set it down {word}, with the hands at {best}",
            replace(lift, to_vertical=s.vertical_best),
        )


def _travel(lift: Lift, s: System) -> Better:
    if lift.travel > s.distance_least:
        half = max(s.distance_least, lift.travel / 2)
        yield (
            "distance",
            f"halve the way up or down ({half:.3g} {s.length})",
            replace(lift, distance=half),
        )


def _straight(lift: Lift) -> Better:
    widest = max(lift.asymmetry_deg, lift.to_asymmetry_deg or 0.0)
    if widest > 0:
        moved = _each(
            lift,
            ("asymmetry_deg", "to_asymmetry_deg"),
            lambda value: max(0.0, value - ASYMMETRY_STEP_DEG),
        )
        less = min(widest, ASYMMETRY_STEP_DEG)
        yield "asymmetry", f"turn the feet: {less:.3g} degrees less to the side", moved


def _each(lift: Lift, names: tuple[str, ...], move: Callable[[float], float]) -> Lift:
    values: dict[str, Any] = {
        name: move(getattr(lift, name)) for name in names if getattr(lift, name) is not None
    }
    return replace(lift, **values)
