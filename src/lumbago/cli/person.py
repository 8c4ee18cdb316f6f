"""`lumbago assess` and `lumbago interview`: one person's pain."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lumbago.case import REGIONS, SETTINGS
from lumbago.cli.output import print_json
from lumbago.errors import CaseError

if TYPE_CHECKING:
    from lumbago.anatomy import Drawing
    from lumbago.assessment import Assessment, Interview

__all__ = ["EXAMPLE", "add_assess", "add_interview", "add_person", "assess_person"]

EXAMPLE = (
    "I went for a run on Sunday and since then I have pain in the back of my right calf, "
    "it came on suddenly when I sprinted"
)


def add_assess(commands: Any) -> None:
    """Add the command."""
    assess = commands.add_parser("assess", help="how urgent, what is likely, and why")
    add_person(assess)
    assess.add_argument(
        "--json", action="store_true", help="print JSON (schema lumbago/assessment/1)"
    )
    assess.set_defaults(run=_assess)


def add_interview(commands: Any) -> None:
    """Add the command."""
    interview = commands.add_parser("interview", help="be asked what matters, then the same answer")
    add_person(interview)
    interview.add_argument(
        "--json",
        action="store_true",
        help="one JSON object per line on standard input and output, for programs",
    )
    interview.add_argument(
        "--resume",
        nargs="?",
        const="",
        metavar="FILE",
        help="go on with an interview that was stopped",
    )
    interview.add_argument(
        "--clinician", action="store_true", help="ask for examination findings as well"
    )
    interview.add_argument(
        "--endpoint",
        metavar="URL",
        help="let a language model at this OpenAI-compatible address suggest findings to confirm; "
        "the words are sent there (key in LUMBAGO_ENDPOINT_KEY)",
    )
    interview.add_argument("--model", default="default", help="the model to ask for")
    interview.set_defaults(run=_interview)


def add_person(command: Any) -> None:
    """Add the arguments that say whose pain it is."""
    command.add_argument(
        "text", nargs="*", help="the person's words; assess reads standard input if left out"
    )
    command.add_argument("--age", type=int, help="whole years")
    command.add_argument("--sex", choices=("female", "male"))
    command.add_argument("--setting", choices=SETTINGS, default="public")
    command.add_argument(
        "--region", choices=REGIONS, action="append", help="where it hurts; may be repeated"
    )
    command.add_argument(
        "--finding",
        action="append",
        default=[],
        metavar="ID=VALUE",
        help="yes, no or a category; may be repeated",
    )
    command.add_argument(
        "--drawing", metavar="FILE", help="JSON file of a marked body chart: zone to its marks"
    )


def _assess(arguments: argparse.Namespace) -> int:
    given = arguments.text or arguments.finding or arguments.drawing
    if not given and sys.stdin.isatty():
        return _converse(_start(arguments, _own_words()), None)
    answer, text = assess_person(arguments)
    if arguments.json:
        print_json(answer.to_dict())
    else:
        from lumbago.report import print_assessment

        print_assessment(answer, text)
    return 0


def assess_person(arguments: argparse.Namespace) -> "tuple[Assessment, str | None]":
    """The assessment of the person that the arguments describe, and their words.

    Raises:
        CaseError: If nothing is given, or a value cannot be.
    """
    from lumbago.assessment import assess

    text = _text(arguments)
    answer = assess(
        text,
        age=arguments.age,
        sex=arguments.sex,
        setting=arguments.setting,
        region=arguments.region,
        findings=dict(_finding(item) for item in arguments.finding),
        drawing=_drawing(arguments.drawing),
    )
    return answer, text


def _text(arguments: argparse.Namespace) -> str | None:
    """Words from the command line, else standard input, else asked for in the terminal."""
    if arguments.text:
        return " ".join(arguments.text)
    if arguments.finding or arguments.drawing:
        return None
    text = sys.stdin.read().strip()
    if not text:
        raise CaseError(f'there is nothing to assess; try: lumbago assess "{EXAMPLE}"')
    return text


def _own_words() -> str | None:
    print("Where is the pain, how did it start, and what makes it better or worse?")
    print("Say it in your own words, or just press Enter to be asked.")
    return input("> ").strip() or None


def _interview(arguments: argparse.Namespace) -> int:
    from lumbago.dialogue import default_save_path, load

    path = Path(arguments.resume) if arguments.resume else default_save_path()
    text = " ".join(arguments.text) or None
    if arguments.resume is not None:
        interview = load(path)
    elif text is None and not arguments.json:
        interview = _start(arguments, _own_words())
    else:
        interview = _start(arguments, text)
    if arguments.endpoint and interview.text:
        interview = _with_suggestions(interview, arguments)
    if arguments.json:
        return _exchange(interview)
    return _converse(interview, path)


def _with_suggestions(interview: "Interview", arguments: argparse.Namespace) -> "Interview":
    import os
    from dataclasses import replace

    from lumbago.language.endpoint import EndpointError, suggest

    key = os.environ.get("LUMBAGO_ENDPOINT_KEY")
    try:
        found = suggest(interview.text or "", arguments.endpoint, arguments.model, key)
    except EndpointError as error:  # the interview is complete without it
        print(f"lumbago: {error}; going on without it", file=sys.stderr)
        return interview
    return replace(interview, suggestions=found)


def _start(arguments: argparse.Namespace, text: str | None) -> "Interview":
    from lumbago.assessment import Interview

    interview = Interview(
        text,
        age=arguments.age,
        sex=arguments.sex,
        setting=arguments.setting,
        region=tuple(arguments.region or ()),
        findings=dict(_finding(item) for item in arguments.finding),
        drawing=_drawing(arguments.drawing),
        with_clinician=getattr(arguments, "clinician", False),
    )
    _ = (
        interview.intake
    )  # an unknown finding or an impossible age is refused before anything is asked
    return interview


def _converse(interview: "Interview", path: Path | None) -> int:
    from lumbago.dialogue import converse, default_save_path
    from lumbago.report import plain_console

    converse(interview, path or default_save_path(), input, plain_console())
    return 0


def _exchange(interview: "Interview") -> int:
    import json

    from lumbago.lines import exchange

    for message in exchange(interview, sys.stdin):
        print(json.dumps(message, ensure_ascii=False), flush=True)
    return 0


def _finding(item: str) -> tuple[str, str | bool]:
    name, equals, value = item.partition("=")
    if not equals or not value:
        raise CaseError(
            f"--finding needs id=yes, id=no or id=category, for example fever=no; got {item!r}"
        )
    return name, {"true": "yes", "false": "no"}.get(value.lower(), value)


def _drawing(path: str | None) -> "Drawing | None":
    if path is None:
        return None
    import json

    from lumbago.anatomy import Drawing

    try:
        plain = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise CaseError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError:
        raise CaseError(f"{path}: is not JSON") from None
    if not isinstance(plain, dict):
        raise CaseError(
            f'{path}: needs an object, for example {{"left_calf_lower": {{"pain": 6}}}}'
        )
    return Drawing.from_dict(plain)
