"""`lumbago plan`: what to do now about a pain, or about a condition that a clinician has named."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from lumbago.cli.output import print_json, read_file, write_drawing
from lumbago.cli.person import EXAMPLE, add_person, assess_person
from lumbago.errors import CaseError

if TYPE_CHECKING:
    from lumbago.care.plan import Plan
    from lumbago.care.preferences import Preferences

__all__ = ["add_plan"]

STAGES = ("first_days", "weeks_to_6", "weeks_6_to_12", "weeks_12_on")
GRADES = ("mild", "moderate", "severe")


def add_plan(commands: Any) -> None:
    """Add the command."""
    plan = commands.add_parser("plan", help="what to do now, what helps, and what to expect")
    add_person(plan)
    plan.add_argument(
        "--condition", metavar="ID", help="plan for a condition that a clinician has named"
    )
    plan.add_argument("--stage", choices=STAGES, help="how long it has hurt")
    plan.add_argument("--grade", choices=GRADES, help="how bad a muscle tear is")
    plan.add_argument("--seen", action="store_true", help="a clinician has looked at it")
    plan.add_argument(
        "--fact",
        action="append",
        default=[],
        metavar="ID=ANSWER",
        help="what an exercise depends on, yes or no, for example calf_cleared=yes",
    )
    plan.add_argument("--week", action="store_true", help="lay the exercises out over a week")
    plan.add_argument(
        "--preferences",
        metavar="FILE",
        help="JSON file of what the week has to fit; implies --week",
    )
    plan.add_argument("--json", action="store_true", help="print JSON (schema lumbago/plan/1)")
    plan.add_argument(
        "--all", action="store_true", help="write the plans of every condition and stage for review"
    )
    plan.add_argument("-o", "--output", metavar="FILE", help="HTML file for --all")
    plan.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    if arguments.all:
        return _write_all(arguments)
    found = _plan(arguments)
    if arguments.json:
        print_json(found.to_dict())
        return 0
    from lumbago.care.text import plan_text

    print(plan_text(found), end="")
    return 0


def _write_all(arguments: argparse.Namespace) -> int:
    from lumbago.care.report import plans_report

    if not arguments.output:
        raise CaseError(
            "--all needs a file to write, for example: lumbago plan --all -o plans.html"
        )
    write_drawing(arguments.output, plans_report())
    print(f"wrote {arguments.output}")
    return 0


def _plan(arguments: argparse.Namespace) -> "Plan":
    from lumbago.care.plan import plan, plan_for
    from lumbago.care.stages import Stage

    if arguments.condition is None:
        _refuse_nothing(arguments)
        answer, _ = assess_person(arguments)
        return plan(
            answer,
            _preferences(arguments),
            seen=arguments.seen,
            time=arguments.stage,
            grade=arguments.grade,
            facts=_facts(arguments.fact),
        )
    if arguments.text:
        raise CaseError("give either words or --condition, not both")
    if arguments.fact:
        raise CaseError("--fact goes with words, not with --condition")
    stage = Stage(arguments.stage or "first_days", arguments.seen, arguments.grade)
    return plan_for(arguments.condition, stage, preferences=_preferences(arguments))


def _facts(given: list[str]) -> dict[str, str]:
    found = {}
    for fact in given:
        name, _, answer = fact.partition("=")
        if answer not in ("yes", "no"):
            raise CaseError(f"--fact {fact}: write ID=yes or ID=no, for example calf_cleared=yes")
        found[name] = answer
    return found


def _preferences(arguments: argparse.Namespace) -> "Preferences | None":
    from lumbago.care.preferences import Preferences, read_preferences

    if arguments.preferences is None:
        return Preferences() if arguments.week else None
    import json

    try:
        return read_preferences(json.loads(read_file(arguments.preferences)))
    except ValueError:
        raise CaseError(f"{arguments.preferences}: is not JSON") from None


def _refuse_nothing(arguments: argparse.Namespace) -> None:
    given = arguments.text or arguments.finding or arguments.drawing
    if not given and sys.stdin.isatty():  # waiting for words in silence would look like a fault
        raise CaseError(f'say where it hurts, for example: lumbago plan "{EXAMPLE}"')
