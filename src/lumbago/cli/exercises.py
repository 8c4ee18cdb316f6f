"""`lumbago exercises list` and `lumbago exercises show`."""

import argparse
from typing import TYPE_CHECKING, Any

from lumbago.cli.output import print_json, write_drawing

if TYPE_CHECKING:
    from lumbago.care.exercises import Exercise

__all__ = ["add_exercises"]

BASIS = {
    "published": "The source tests or advises exercise of this kind.",
    "elicited": "Common teaching; no trial of this one exercise was found.",
}


def add_exercises(commands: Any) -> None:
    """Add the command."""
    exercises = commands.add_parser(
        "exercises", help="the exercises: what for, how, how much, when to stop"
    )
    actions = exercises.add_subparsers(required=True, metavar="list|show")
    listing = actions.add_parser(
        "list", help="all exercises, or those for a cause or a part of the body"
    )
    listing.add_argument(
        "--for", dest="condition", metavar="CONDITION", help="those that suit a cause"
    )
    listing.add_argument(
        "--area", metavar="AREA", help="those for a part of the body, such as neck or calf"
    )
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=_list)
    showing = actions.add_parser("show", help="one exercise with its steps, dose and stop rules")
    showing.add_argument("id", metavar="ID", help="such as bird_dog")
    showing.add_argument("--json", action="store_true", help="print JSON")
    showing.add_argument("-o", "--output", metavar="SVG", help="write its picture, start and end")
    showing.set_defaults(run=_show)


def _list(arguments: argparse.Namespace) -> int:
    found = _found(arguments.condition, arguments.area)
    if arguments.json:
        print_json({"schema": "lumbago/exercises/1", "exercises": [e.to_dict() for e in found]})
        return 0
    if not found:
        print("No exercise suits that. Care that a clinician gives comes first there.")
        return 0
    width = max(len(e.id) for e in found)
    area = ""
    for e in sorted(found, key=lambda e: _areas().index(e.area)):
        if e.area != area:
            area = e.area
            print(f"\n{area.replace('_', ' ').capitalize()}")
        print(f"  {e.id:<{width}}  {e.name}")
    print(f"\n{len(found)} exercises. `lumbago exercises show ID` says how one is done.")
    return 0


def _areas() -> tuple[str, ...]:
    from lumbago.care.exercises import AREAS

    return AREAS


def _found(condition: str | None, area: str | None) -> "list[Exercise]":
    from lumbago.care.exercises import exercises_for, load_exercises
    from lumbago.errors import UnknownIdError

    if area is not None and area not in _areas():
        raise UnknownIdError(f"there is no area {area!r}; it is one of {', '.join(_areas())}")
    suited = exercises_for(condition) if condition else tuple(load_exercises().values())
    return [e for e in suited if area is None or e.area == area]


def _show(arguments: argparse.Namespace) -> int:
    from lumbago.care.exercises import exercise

    e = exercise(arguments.id)
    if arguments.output:
        from lumbago.anatomy.mannequin import standalone
        from lumbago.care.pictures import exercise_still_svg

        write_drawing(arguments.output, standalone(exercise_still_svg(e.id)))
    if arguments.json:
        print_json({"schema": "lumbago/exercise/1", **e.to_dict()})
        return 0
    _print(e)
    return 0


def _print(e: "Exercise") -> None:
    from lumbago.care.exercises import load_exercises, load_stop_rules
    from lumbago.knowledge import load_knowledge

    also = f" (also: {', '.join(e.also)})" if e.also else ""
    print(f"{e.name}{also}\n{e.purpose}\n\nStart: {e.start}")
    for number, step in enumerate(e.steps, start=1):
        print(f"  {number}. {step}")
    times = f", {e.dose.times_a_day} times a day" if e.dose.times_a_day > 1 else ""
    days = "every day" if e.dose.days_a_week == 7 else f"{e.dose.days_a_week} days a week"
    print(f"\nHow much, to grow towards: {e.dose.in_words}{times}, {days}.")
    minutes = e.dose.session_minutes
    print(f"It takes about {minutes:g} minute{'' if minutes <= 1 else 's'} each time.")
    if e.equipment:
        print(f"You need: {', '.join(name.replace('_', ' ') for name in e.equipment)}.")
    known = load_exercises()
    for label, version in (("Easier", e.easier), ("Harder", e.harder)):
        other = known.get(version)
        print(f"{label}: {f'{other.name} ({other.id}).' if other else version}")
    print("\nWhen to stop:")
    for name in e.stop_rules:
        rule = load_stop_rules()[name]
        print(f"- {rule.sign}. {rule.action}")
    source = load_knowledge().source_by_id[e.source]
    print(f"\n{BASIS[e.evidence]} Source ({e.checked}): {source.citation}.")
