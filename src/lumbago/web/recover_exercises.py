"""The list of exercises with its filters, and what the page of one exercise shows."""

from collections.abc import Iterator, Mapping
from typing import Any

from lumbago.anatomy.mannequin_picture import standalone
from lumbago.care.exercises import (
    HOUSEHOLD,
    Dose,
    Exercise,
    exercise,
    load_exercises,
    load_stop_rules,
)
from lumbago.care.pictures import exercise_moving_svg, exercise_still_svg
from lumbago.care.pictures_data import load_pictures
from lumbago.care.plan import Plan
from lumbago.knowledge import load_knowledge

__all__ = [
    "chosen",
    "exercise_page",
    "filters",
    "groups",
    "in_week",
    "moves",
    "picture_file",
    "timed",
]

AREAS: Mapping[str, str] = {
    "neck": "Neck",
    "upper_back": "Upper back",
    "low_back": "Lower back",
    "hip": "Hip",
    "leg": "Leg",
    "calf": "Calf and foot",
    "whole_body": "Whole body",
}
KINDS: Mapping[str, str] = {
    "mobility": "Gentle movement",
    "stretch": "Stretch",
    "direction": "Direction that eases",
    "control": "Control",
    "strength": "Strength",
    "nerve": "Nerve glide",
    "aerobic": "Walking, cycling and the like",
    "impact": "Hops and runs",
    "relaxation": "Calm and breath",
    "everyday": "Habits for the day",
}
POSITIONS: Mapping[str, str] = {
    "lying_back": "On your back",
    "lying_front": "On your front",
    "lying_side": "On your side",
    "hands_and_knees": "On hands and knees",
    "half_kneeling": "Kneeling",
    "floor_sitting": "Sitting on the floor",
    "sitting": "Sitting",
    "standing": "Standing",
    "walking": "Walking",
    "running": "Running",
    "water": "In water",
}
LOADS: Mapping[str, str] = {
    "none": "No load",
    "light": "Light",
    "moderate": "Medium",
    "heavy": "Heavy",
    "impact": "With impact",
}
THINGS: Mapping[str, str] = {"none": "Nothing, or what every home has"}
FILTERS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "area": ("Part of the body", AREAS),
    "kind": ("Kind", KINDS),
    "position": ("Position", POSITIONS),
    "load": ("How heavy", LOADS),
    "things": ("What you need", THINGS),
}
PICTURES = {"still": exercise_still_svg, "moving": exercise_moving_svg}
BASIS = {
    "published": "The source tests or advises exercise of this kind.",
    "elicited": "It is commonly taught. We found no trial of this one exercise.",
}
CHECKED = {
    "seen": "we read it where it is published",
    "recalled": "known from the literature, not read again",
    "elicited": "our judgement",
}
ALL_DAYS = 7


def chosen(asked: Mapping[str, str]) -> dict[str, str]:
    """The filters that are asked for and exist."""
    return {n: asked[n] for n, (_, names) in FILTERS.items() if asked.get(n) in names}


def filters(wanted: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each filter with its choices and what is chosen."""
    return [
        {"name": n, "label": label, "choices": names.items(), "chosen": wanted.get(n, "")}
        for n, (label, names) in FILTERS.items()
    ]


def groups(wanted: Mapping[str, str]) -> list[tuple[str, list[Exercise]]]:
    """Exercises that pass the filters, by part of the body."""
    found = [e for e in load_exercises().values() if _passes(e, wanted)]
    sorted_in = ((label, [e for e in found if e.area == area]) for area, label in AREAS.items())
    return [(label, held) for label, held in sorted_in if held]


def in_week(found: Plan) -> list[dict[str, Any]]:
    """The exercises of a plan's week, each once, with how much of it."""
    items = [item for day in found.week.days for item in day.items] if found.week else []
    first = {item.exercise: item for item in reversed(items)}
    names = dict.fromkeys(item.exercise for item in items)
    return [{"exercise": exercise(name), "words": first[name].in_words} for name in names]


def _passes(e: Exercise, wanted: Mapping[str, str]) -> bool:
    return (
        wanted.get("area", e.area) == e.area
        and wanted.get("kind", e.category) == e.category
        and wanted.get("position", e.positions[0]) in e.positions
        and wanted.get("load", e.load) == e.load
        and ("things" not in wanted or set(e.equipment) <= HOUSEHOLD)
    )


def exercise_page(exercise_id: str) -> dict[str, Any]:
    """One exercise as plain values.

    Raises:
        UnknownIdError: If there is none of that name.
    """
    e = exercise(exercise_id)
    source = load_knowledge().source_by_id[e.source]
    return {
        "e": e,
        "area": AREAS[e.area],
        "kind": KINDS[e.category],
        "load": LOADS[e.load],
        "positions": [POSITIONS[p] for p in e.positions],
        "things": [name.replace("_", " ") for name in e.equipment],
        "moving": exercise_moving_svg(e.id),
        "moves": moves(e.id),
        "still": exercise_still_svg(e.id),
        "dose": _how_much(e.dose),
        "versions": list(_versions(e)),
        "stops": [load_stop_rules()[name] for name in e.stop_rules],
        "source": source,
        "basis": BASIS[e.evidence],
        "checked": CHECKED[e.checked],
    }


def moves(exercise_id: str) -> bool:
    """Whether the picture of an exercise moves; one that is held does not."""
    return load_pictures().exercises[exercise_id].course != "hold"


def _how_much(dose: Dose) -> dict[str, str]:
    often = "every day" if dose.days_a_week == ALL_DAYS else f"{dose.days_a_week} days a week"
    times = f", {dose.times_a_day} times a day" if dose.times_a_day > 1 else ""
    return {"words": dose.in_words, "often": f"{often}{times}", "takes": _minutes(dose)}


def _minutes(dose: Dose) -> str:
    minutes = dose.session_minutes
    return "less than a minute" if minutes < 1 else f"about {round(minutes)} min"


def _versions(e: Exercise) -> Iterator[dict[str, Any]]:
    for label, words in (("Easier", e.easier), ("Harder", e.harder)):
        yield {"label": label, "other": load_exercises().get(words), "words": words}


def timed(dose: Dose) -> dict[str, Any]:
    """What the timer counts, as the numbers of its data attributes."""
    return {
        "sets": dose.sets,
        "repetitions": dose.repetitions,
        "hold": dose.hold_s,
        "move": dose.repetition_s,
        "sides": dose.sides,
        "rest": dose.rest_s,
        "seconds": round(dose.minutes * 60),
    }


def picture_file(exercise_id: str, which: str) -> str:
    """A picture with its own style, to be shown as a file.

    Raises:
        UnknownIdError: If there is no exercise of that name.
    """
    return standalone(PICTURES[which](exercise(exercise_id).id))
