"""Check a lift: the lifting equation, what presses the back, what would help, and how it was worked out."""

from math import isfinite
from typing import Any

from lumbago.prevention.lifting_changes import changes
from lumbago.prevention.lifting_tables import load_lifting, system
from lumbago.prevention.lifting_task import End, LiftResult, assess_lift
from lumbago.web.prevent.lift_back import back_of
from lumbago.web.prevent.lift_form import AT_END, FIRST, HOLDS, KNEES, SEXES, SPELLS, WHO, Form

__all__ = ["LEVELS", "lift_shown", "shown_index"]

#: Tone of each band of the manual.
LEVELS = {"within the goal": "good", "raised": "warn", "high": "danger"}
WORDS = {
    "horizontal": "Distance forward",
    "vertical": "Height",
    "distance": "Way up or down",
    "asymmetry": "Turn",
    "frequency": "How often and how long",
    "coupling": "Hold",
}


def lift_shown(form: Form) -> dict[str, Any]:
    """The lift judged: its index, what presses the back, what would help, and how it was worked out.

    Raises:
        MeasurementError: If a measure is missing or cannot be.
    """
    lift = form.lift()
    result = assess_lift(lift)
    found = changes(result)
    longest = max([1.2, *(i for i in (result.index, *(c.index for c in found)) if isfinite(i))])
    return {
        "index": shown_index(result.index),
        "too_much": not isfinite(result.index),
        "band": result.band,
        "level": LEVELS[result.band.name],
        "mass": system(lift.units).mass,
        "limit": f"{result.governing.weight_limit:.1f}",
        "load": f"{lift.load:g}",
        "where": result.governing.where if lift.control else None,
        "now_bar": _bar(result.index, longest),
        "goal": f"{100 / (longest * 1.05):.1f}",
        "changes": [
            {"what": c.what, "index": shown_index(c.index), "bar": _bar(c.index, longest)}
            for c in found
        ],
        "ends": [{"where": e.where, "limit": f"{e.weight_limit:.1f}"} for e in result.ends],
        "factors": _factors(result.ends),
        "constant": f"{system(lift.units).load_constant:g}",
        "inputs": _inputs(form, result),
        "source": load_lifting().source,
        "read_at": load_lifting().read_at,
        "not_covered": list(load_lifting().not_covered.values()),
        "back": back_of(lift, form.person(), bent_knees=form.bent_knees),
    }


def shown_index(index: float) -> str:
    """An index as it is read."""
    return f"{index:.1f}" if isfinite(index) else "too much"


def _bar(index: float, longest: float) -> str:
    """How long a bar is, of 100."""
    return f"{min(100.0, 100 * index / (longest * 1.05)):.1f}" if isfinite(index) else "100"


def _factors(ends: tuple[End, ...]) -> list[tuple[str, list[str]]]:
    """Each factor with its value at each end."""
    return [
        (words, [f"{float(getattr(end.multipliers, name)):.2f}" for end in ends])
        for name, words in WORDS.items()
    ]


def _inputs(form: Form, result: LiftResult) -> list[tuple[str, str]]:
    """What went in, for the printed page."""
    names = (*FIRST, *(AT_END if result.lift.control else ()), *WHO)
    told = [
        (slider.label, f"{slider.value} {slider.unit}".replace(" °", "°"))
        for slider in form.sliders(names)
        if slider.value.strip()
    ]
    hours = f"{result.lift.duration_h:g}"
    return [
        *told,
        ("Person", SEXES[form.person().sex]),
        ("A low load is reached by", KNEES["yes" if form.bent_knees else "no"].lower()),
        ("For how long at a time", SPELLS[hours]),
        ("Hold", HOLDS[result.lift.coupling]),
    ]
