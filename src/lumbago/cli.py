"""The `lumbago` command: a thin face over the public API.

Exit codes: 0 done; 1 a check failed; 2 the input cannot be used (the message says how to mend it);
3 the packaged evidence is faulty; 130 interrupted.
"""

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lumbago.case import REGIONS, SETTINGS
from lumbago.errors import CaseError, EvidenceError, UserError

if TYPE_CHECKING:
    from lumbago.anatomy import Drawing
    from lumbago.assessment import Interview

__all__ = ["main"]

EXAMPLE = (
    "I went for a run on Sunday and since then I have pain in the back of my right calf, "
    "it came on suddenly when I sprinted"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    gc.disable()  # a command makes much, drops little and ends: collecting costs a tenth of its time
    arguments = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        code = run(arguments)
        gc.freeze()  # nor is the rest worth looking through at the end
        return code
    except UserError as error:
        print(f"lumbago: {error}", file=sys.stderr)
        return 2
    except EvidenceError as error:
        print(f"lumbago: {error}", file=sys.stderr)
        return 3
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except (KeyboardInterrupt, EOFError):
        print(file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lumbago",
        description="Decision support for pain in the back, neck, leg and calf. "
        "It names likely causes and a safe level of care; it is not a diagnosis.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_assess(commands)
    _add_interview(commands)
    _add_anatomy(commands)
    _add_evidence(commands)
    _add_evaluate(commands)
    _add_web(commands)
    return parser


def _add_assess(commands: Any) -> None:
    assess = commands.add_parser("assess", help="how urgent, what is likely, and why")
    _add_person(assess)
    assess.add_argument(
        "--json", action="store_true", help="print JSON (schema lumbago/assessment/1)"
    )
    assess.set_defaults(run=_assess)


def _add_interview(commands: Any) -> None:
    interview = commands.add_parser("interview", help="be asked what matters, then the same answer")
    _add_person(interview)
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


def _add_person(command: Any) -> None:
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


def _add_evidence(commands: Any) -> None:
    evidence = commands.add_parser("evidence", help="every number and where it comes from")
    actions = evidence.add_subparsers(required=True, metavar="ACTION")
    show = actions.add_parser("show", help="a condition, finding, mechanism, rule or source")
    show.add_argument("id")
    search = actions.add_parser("search", help="find ids by words")
    search.add_argument("words", nargs="+")
    actions.add_parser("stats", help="counts, grades, and the share that was seen")
    check = actions.add_parser("check", help="the model against the literature")
    check.add_argument("--all", action="store_true", help="list rows inside their interval, too")
    gaps = actions.add_parser("gaps", help="the elicited numbers that move answers most")
    gaps.add_argument("--top", type=int, default=25)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true", help="print JSON")
    for name, action in actions.choices.items():
        action.set_defaults(run=_evidence, action=name)


def _add_anatomy(commands: Any) -> None:
    anatomy = commands.add_parser("anatomy", help="nerves, joints, muscles: where each is felt")
    actions = anatomy.add_subparsers(required=True, metavar="ACTION")
    show = actions.add_parser("show", help="one structure, such as L5 or sciatic")
    show.add_argument("name", nargs="+")
    show.add_argument("--svg", metavar="FILE", help="write a drawing of where it is felt")
    show.set_defaults(run=_anatomy)
    listed = actions.add_parser("list", help="every structure, by kind")
    listed.set_defaults(run=_anatomy, name=None)


def _add_evaluate(commands: Any) -> None:
    evaluate = commands.add_parser(
        "evaluate", help="measure accuracy and safety on a file of cases"
    )
    evaluate.add_argument("cases", nargs="+", help="YAML file of cases, or of annotated texts")
    evaluate.add_argument(
        "--use",
        choices=("both", "findings", "text", "interview"),
        default="both",
        help="what of each case to use",
    )
    evaluate.add_argument(
        "--interview",
        action="store_const",
        const="interview",
        dest="use",
        help="let each case answer an interview: the same as --use interview",
    )
    evaluate.add_argument(
        "--language", action="store_true", help="measure understanding on annotated texts instead"
    )
    evaluate.add_argument("--json", action="store_true", help="print JSON")
    evaluate.set_defaults(run=_evaluate)


def _add_web(commands: Any) -> None:
    web = commands.add_parser("web", help="the web app, on this computer")
    web.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    web.add_argument("--port", type=int, default=8000, help="port to listen on (8000; 0: any)")
    web.add_argument("--no-browser", action="store_true", help="do not open the browser")
    web.add_argument(
        "--check", action="store_true", help="stop as soon as the first page has answered"
    )
    web.set_defaults(run=_web)


def _assess(arguments: argparse.Namespace) -> int:
    from lumbago.assessment import assess

    given = arguments.text or arguments.finding or arguments.drawing
    if not given and sys.stdin.isatty():
        return _converse(_start(arguments, _own_words()), None)
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
    if arguments.json:
        _print_json(answer.to_dict())
    else:
        from lumbago.report import print_assessment

        print_assessment(answer, text)
    return 0


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


def _anatomy(arguments: argparse.Namespace) -> int:
    from lumbago.anatomy.describe import run

    return run(arguments)


def _evidence(arguments: argparse.Namespace) -> int:
    from lumbago.research import evidence_report

    return evidence_report.run(arguments)


def _evaluate(arguments: argparse.Namespace) -> int:
    if arguments.language:
        return _evaluate_language(arguments)
    from lumbago.research.evaluate import evaluate, print_evaluation

    result = evaluate(*arguments.cases, use=arguments.use)
    if arguments.json:
        _print_json(result.to_dict())
    else:
        print_evaluation(result)
    return 0


def _evaluate_language(arguments: argparse.Namespace) -> int:
    from lumbago.research.language import measure_language, print_language, read_texts

    by_file = [(path, read_texts(path)) for path in arguments.cases]
    named = [(Path(path).stem, measure_language(texts)) for path, texts in by_file]
    if len(by_file) > 1:
        named.append(("all", measure_language(t for _, texts in by_file for t in texts)))
    if arguments.json:
        _print_json({name: figures.to_dict() for name, figures in named})
    else:
        print_language(named)
    return 0


def _web(arguments: argparse.Namespace) -> int:
    gc.enable()  # a server lives long
    from lumbago.web.serve import run

    return run(arguments)


def _print_json(value: Any) -> None:
    import json

    print(json.dumps(value, indent=2, ensure_ascii=False))
