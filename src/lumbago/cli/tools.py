"""`lumbago evidence`, `lumbago anatomy`, `lumbago evaluate` and `lumbago web`."""

import argparse
import gc
from pathlib import Path
from typing import Any

from lumbago.cli.output import print_json

__all__ = ["add_anatomy", "add_evaluate", "add_evidence", "add_web"]


def add_evidence(commands: Any) -> None:
    """Add the commands."""
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


def add_anatomy(commands: Any) -> None:
    """Add the commands."""
    anatomy = commands.add_parser("anatomy", help="nerves, joints, muscles: where each is felt")
    actions = anatomy.add_subparsers(required=True, metavar="ACTION")
    show = actions.add_parser("show", help="one structure, such as L5 or sciatic")
    show.add_argument("name", nargs="+")
    show.add_argument("--svg", metavar="FILE", help="write a drawing of where it is felt")
    show.set_defaults(run=_anatomy)
    listed = actions.add_parser("list", help="every structure, by kind")
    listed.set_defaults(run=_anatomy, name=None)


def add_evaluate(commands: Any) -> None:
    """Add the command."""
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


def add_web(commands: Any) -> None:
    """Add the command."""
    web = commands.add_parser("web", help="the web app, on this computer")
    web.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    web.add_argument("--port", type=int, default=8000, help="port to listen on (8000; 0: any)")
    web.add_argument("--no-browser", action="store_true", help="do not open the browser")
    web.add_argument(
        "--check", action="store_true", help="stop as soon as the first page has answered"
    )
    web.set_defaults(run=_web)


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
        print_json(result.to_dict())
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
        print_json({name: figures.to_dict() for name, figures in named})
    else:
        print_language(named)
    return 0


def _web(arguments: argparse.Namespace) -> int:
    gc.enable()  # a server lives long
    from lumbago.web.serve import run

    return run(arguments)
