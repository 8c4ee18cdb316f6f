"""The short page before a plan: what it asks, and from its fields to wishes."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict

from lumbago.assessment import Interview
from lumbago.care.contraindications import load_facts
from lumbago.care.exercises import EQUIPMENT, HOUSEHOLD, exercise
from lumbago.care.plan import Plan, plan
from lumbago.care.preferences import WEEKDAYS, PreferenceError, read_preferences
from lumbago.care.safety import excluded, known_of, open_questions
from lumbago.web.recover import Wishes

__all__ = ["asked", "clearable", "wishes_from"]

MINUTES = (10, 15, 20, 30, 45)
EQUIPMENT_NAMES = {
    "band": "Exercise band",
    "bike": "Bicycle or exercise bike",
    "cross_trainer": "Cross trainer",
    "gym": "Gym",
    "pool": "Swimming pool",
    "step": "Stair or step",
    "stick": "Broomstick or walking stick",
    "strap": "Strap or belt",
    "weight": "Dumb-bell, or a bag to fill",
}
DIRECTION_NAMES = {
    "flexion": "Bending forward, or sitting",
    "extension": "Bending backward, or standing tall",
    "lateral": "Shifting the hips sideways",
}
POSITION_NAMES = {
    "lying_back": "Lying on my back",
    "lying_front": "Lying on my front",
    "lying_side": "Lying on my side",
    "hands_and_knees": "On hands and knees",
    "half_kneeling": "Kneeling on one knee",
    "floor_sitting": "Sitting on the floor",
    "sitting": "Sitting on a chair",
    "standing": "Standing",
}
SPINE = ("neck", "upper_back", "low_back")
#: More than this would be a questionnaire of its own.
MOST_FACTS = 8


def asked(interview: Interview, wishes: Wishes) -> dict[str, Any]:
    """What the page shows: every choice, with what is wished already ticked."""
    wanted = wishes.preferences
    found = plan(interview.assessment(), seen=wishes.seen)
    spine = [e for e in map(exercise, (c.id for c in found.exercises)) if e.area in SPINE]
    return {
        "urgent": found.urgent,
        "minutes": [(m, m == wanted.minutes_a_day) for m in _minutes(wanted.minutes_a_day)],
        "days": [(d, d.capitalize(), d in wanted.days) for d in WEEKDAYS],
        "equipment": _ticks(EQUIPMENT_NAMES, wanted.equipment),
        "positions": _ticks(POSITION_NAMES, wanted.avoid_positions),
        "directions": DIRECTION_NAMES.items()
        if any(e.direction in DIRECTION_NAMES for e in spine)
        else (),
        "eases": wanted.eases,
        "worsens": wanted.worsens,
        "walks": wanted.walks_minutes,
        "runs": found.running is not None,
        "running": wanted.running,
        "seen": wishes.seen,
        "facts": _facts(interview, found, wishes),
    }


def _minutes(now: int) -> list[int]:
    return sorted({*MINUTES, now})


def _ticks(names: Mapping[str, str], ticked: tuple[str, ...]) -> list[tuple[str, str, bool]]:
    return [(name, label, name in ticked) for name, label in names.items()]


def _facts(interview: Interview, found: Plan, wishes: Wishes) -> list[dict[str, Any]]:
    """What would leave an exercise of this plan out, or let one in, if it were so, and nobody has told."""
    return [
        {
            "id": name,
            "question": load_facts()[name].question,
            "why": load_facts()[name].why,
            "ticked": wishes.facts.get(name) == "yes",
        }
        for name in dict.fromkeys(_mattering(interview, found, seen=wishes.seen))
    ][:MOST_FACTS]


def clearable(interview: Interview) -> list[str]:
    """Facts by which a clinician may have cleared a danger sign that is there."""
    rules = set(interview.assessment().disposition["rules"])
    return [name for name, fact in load_facts().items() if rules & set(fact.settles)]


def _mattering(interview: Interview, found: Plan, *, seen: bool) -> Iterator[str]:
    answer, facts = interview.assessment(), load_facts()
    if seen:
        yield from clearable(interview)
    ids = {e.id for e in (*found.exercises, *found.left_out)}
    known = known_of(answer)
    before = excluded(known).keys()
    for name in open_questions(known, ids):
        if name in facts:
            after = excluded(known_of(answer, facts={name: "yes"})).keys()
            if (after ^ before) & ids:
                yield name


def wishes_from(fields: QueryDict) -> Wishes:
    """The wishes that a sent form holds; what it does not know is refused.

    Raises:
        PreferenceError: If a value cannot be.
    """
    plain: dict[str, Any] = {
        "minutes_a_day": _number(fields.get("minutes", "20"), "Minutes a day"),
        "days": [d for d in WEEKDAYS if d in fields.getlist("day")],
        "equipment": [
            e for e in EQUIPMENT if e in fields.getlist("equipment") and e not in HOUSEHOLD
        ],
        "avoid_positions": [p for p in POSITION_NAMES if p in fields.getlist("avoid")],
        "worsens": [d for d in DIRECTION_NAMES if d in fields.getlist("worsens")],
        "walks_minutes": _number(fields.get("walks", "10"), "Minutes that you walk"),
        "running": "running" in fields,
    }
    if fields.get("eases") in DIRECTION_NAMES:
        plain["eases"] = fields["eases"]
    if not plain["days"]:
        raise PreferenceError("Choose at least one day for exercise.")
    if plain.get("eases") in plain["worsens"]:
        raise PreferenceError("The same movement cannot both ease the pain and make it worse.")
    facts = {name: "yes" for name in load_facts() if name in fields.getlist("fact")}
    return Wishes(preferences=read_preferences(plain), seen="seen" in fields, facts=facts)


def _number(words: str, what: str) -> int:
    """A whole number as a person types it.

    Raises:
        PreferenceError: If it is none.
    """
    if not (words.strip().isascii() and words.strip().isdigit()):
        raise PreferenceError(f"{what}: write a whole number, for example 15.")
    return min(int(words.strip()[:6]), 1_000)
