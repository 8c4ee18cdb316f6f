"""`lumbago lift` and `lumbago job`."""

import argparse
from typing import TYPE_CHECKING, Any

from lumbago.cli.output import print_json, write_drawing

if TYPE_CHECKING:
    from lumbago.prevention.lifting_changes import Change
    from lumbago.prevention.lifting_job import JobResult
    from lumbago.prevention.lifting_task import Lift, LiftResult
    from lumbago.prevention.lifting_variable import VariableResult

__all__ = ["add_job", "add_lift", "print_evidence", "print_examples"]

METHOD = "revised NIOSH lifting equation (DHHS 94-110, revised 9/2021)"
ADVICE = "It ranks lifts; it does not say who will get back pain."


def add_lift(commands: Any) -> None:
    """Add the command."""
    lift = commands.add_parser("lift", help="judge one lift, and what to change about it")
    lift.add_argument("--load", type=float, help="load, in kg (with --us: pounds)")
    lift.add_argument(
        "--horizontal", type=float, help="from the ankles forward to the hands, in cm (inches)"
    )
    lift.add_argument("--width", type=float, help="depth of the box, to estimate --horizontal from")
    lift.add_argument(
        "--vertical", type=float, help="height of the hands at the start, in cm (inches)"
    )
    lift.add_argument("--to-vertical", type=float, help="height of the hands at the end")
    lift.add_argument("--to-horizontal", type=float, help="the same as --horizontal, at the end")
    lift.add_argument("--asymmetry", type=float, default=0.0, help="degrees to the side (0)")
    lift.add_argument("--to-asymmetry", type=float, help="degrees to the side at the end")
    lift.add_argument("--frequency", type=float, default=0.2, help="lifts a minute (0.2 or fewer)")
    lift.add_argument("--hours", type=float, default=1.0, help="hours of lifting in a stretch (1)")
    lift.add_argument(
        "--coupling", choices=("good", "fair", "poor"), default="fair", help="hold (fair)"
    )
    lift.add_argument(
        "--control", action="store_true", help="it is set down with care: judge the end, too"
    )
    lift.add_argument("--us", action="store_true", help="inches and pounds")
    lift.add_argument(
        "--condition", action="append", default=[], help="a condition to check the method against"
    )
    lift.add_argument("--examples", action="store_true", help="published examples, computed again")
    lift.add_argument("-o", "--output", metavar="SVG", help="draw what each change would bring")
    lift.add_argument("--json", action="store_true", help="print JSON")
    lift.set_defaults(run=_lift)


def add_job(commands: Any) -> None:
    """Add the command."""
    job = commands.add_parser("job", help="judge a job of several lifting tasks")
    job.add_argument(
        "tasks", help="CSV or Parquet of tasks, one a row (columns: docs/prevention.md)"
    )
    job.add_argument(
        "--variable", action="store_true", help="variable lifting index, for more than ten tasks"
    )
    job.add_argument("-o", "--output", metavar="SVG", help="draw what each task adds")
    job.add_argument("--json", action="store_true", help="print JSON")
    job.set_defaults(run=_job)


def _lift(arguments: argparse.Namespace) -> int:
    from lumbago.prevention.lifting_changes import changes
    from lumbago.prevention.lifting_inputs import refuse
    from lumbago.prevention.lifting_picture import changes_svg
    from lumbago.prevention.lifting_slopes import index_slopes
    from lumbago.prevention.lifting_task import assess_lift

    if arguments.examples:
        return print_examples("lifting", arguments.json)
    refuse(arguments.condition)
    result = assess_lift(_read_lift(arguments))
    found = changes(result)
    if arguments.output:
        write_drawing(arguments.output, changes_svg(result, found))
    if arguments.json:
        slopes = {
            name: None if value != value else round(value, 6)
            for name, value in index_slopes(result).items()
        }
        steps = [change.to_dict() for change in found]
        told = {**result.to_dict(), "slopes": slopes, "changes": steps}
        print_json({"method": METHOD, **told, "evidence": _studies("lifting")})
        return 0
    _print_lift(result)
    print(f"\n{_heading(result, found)}")
    for change in found:
        print(f"  {_shown(change.index):>6}  {change.what}")
    print_evidence("lifting", "lifting")
    return 0


def _heading(result: "LiftResult", found: list["Change"]) -> str:
    if found:
        return "What would help most:"
    if result.index == float("inf"):
        return "No single change brings this lift within what the method allows: change several at once."
    return "Nothing is left to make better."


def _read_lift(arguments: argparse.Namespace) -> "Lift":
    from lumbago.errors import MeasurementError
    from lumbago.prevention.lifting_inputs import estimated_horizontal
    from lumbago.prevention.lifting_task import Lift

    units = "us" if arguments.us else "metric"
    for name in ("load", "vertical"):
        if getattr(arguments, name) is None:
            raise MeasurementError(
                f"give --{name}; for example --load 12 --horizontal 40 --vertical 20"
            )
    horizontal = arguments.horizontal
    if horizontal is None:
        if arguments.width is None:
            raise MeasurementError("give --horizontal, or --width of the box to estimate it from")
        horizontal = estimated_horizontal(arguments.width, arguments.vertical, units=units)
    return Lift(
        load=arguments.load,
        horizontal=horizontal,
        vertical=arguments.vertical,
        to_vertical=arguments.to_vertical,
        to_horizontal=arguments.to_horizontal,
        asymmetry_deg=arguments.asymmetry,
        to_asymmetry_deg=arguments.to_asymmetry,
        frequency_per_min=arguments.frequency,
        duration_h=arguments.hours,
        coupling=arguments.coupling,
        control=arguments.control,
        units=units,
    )


def _print_lift(result: "LiftResult") -> None:
    unit = "lb" if result.lift.units == "us" else "kg"
    print(f"Lifting index {_shown(result.index)}: {result.band.name}. {result.band.meaning}")
    for end in result.ends:
        print(
            f"\nAt the {end.where}: up to {end.weight_limit:.1f} {unit} (RWL); the load is", end=" "
        )
        print(f"{result.lift.load:g} {unit}")
        for name in ("horizontal", "vertical", "distance", "asymmetry", "frequency", "coupling"):
            print(f"  {name:<11} {float(getattr(end.multipliers, name)):.2f}")
    print(f"\n{METHOD}. {ADVICE}")


def _job(arguments: argparse.Namespace) -> int:
    from lumbago.prevention.lifft import cumulative_damage
    from lumbago.prevention.lifting_job import assess_job
    from lumbago.prevention.lifting_picture import job_svg
    from lumbago.prevention.read_tasks import read_tasks

    tasks = read_tasks(arguments.tasks)
    if arguments.output:
        write_drawing(arguments.output, job_svg(assess_job(tasks.lifts)))
    if arguments.variable:
        return _variable(tasks.lifts, arguments.json)
    job = assess_job(tasks.lifts)
    wear = None if tasks.fatigue is None else cumulative_damage(**tasks.fatigue)
    if arguments.json:
        extra = {} if wear is None else {"lifft": wear.to_dict()}
        print_json({"method": METHOD, **job.to_dict(), **extra})
        return 0
    _print_job(job)
    if wear is not None:
        print(
            f"\nLiFFT: damage {wear.damage:.4f} a day. Probability that a job like this has many back "
            f"injuries: {wear.probability:.0%} ({wear.band.name}). Share of each task:"
        )
        for (name, _), share in zip(tasks.lifts, wear.task_share, strict=True):
            print(f"  {share:>5.0%}  {name}")
        if wear.caution:
            print("  A load moment is above 100 Nm: be careful however few the lifts.")
    return 0


def _variable(lifts: list[tuple[str, "Lift"]], as_json: bool) -> int:
    from lumbago.prevention.lifting_variable import variable_job

    job = variable_job(lifts)
    if as_json:
        print_json({"method": f"variable lifting index on the {METHOD}", **job.to_dict()})
    else:
        _print_variable(job)
    return 0


def _print_variable(job: "VariableResult") -> None:
    print(f"Variable lifting index {_shown(job.index)}: {job.band.name}. {job.band.meaning}\n")
    for found in job.classes:
        print(
            f"  one lift {found.low:.2f} to {found.high:.2f}: {found.share:>4.0%} of the lifts, "
            f"{found.frequency_per_min:.2g} a minute, adds {_shown(found.added)}"
        )
    print(f"\nOn the {METHOD}. {ADVICE}")


def _print_job(job: "JobResult") -> None:
    from lumbago.prevention.lifting_variable import MANY_TASKS

    print(f"Composite lifting index {_shown(job.index)}: {job.band.name}. {job.band.meaning}\n")
    print(f"  {'alone':>6}  {'adds':>6}  {'one lift':>8}  task")
    for share in job.tasks:
        alone, one = _shown(share.single_task_index), _shown(share.frequency_independent_index)
        print(f"  {alone:>6}  {_shown(share.added):>6}  {one:>8}  {share.name}")
    if len(job.tasks) > MANY_TASKS:
        print(
            f"\nMore than {MANY_TASKS} tasks: --variable gives the index that is made for so many."
        )
    print(f"\n{METHOD}. {ADVICE}")


def print_examples(kind: Any, as_json: bool) -> int:
    """Print published examples beside what is computed; 1 if one differs without a known reason."""
    from lumbago.prevention.examples import compare_examples

    rows = compare_examples(kind)
    if as_json:
        print_json([row._asdict() for row in rows])
    else:
        for row in rows:
            mark = "same  " if row.agrees else "differs"
            print(f"{mark:<8}{row.method:<6} {row.case}: {row.quantity} {row.published}", end=" ")
            print(f"-> {row.computed} ({row.exact})" + (f"; {row.differs}" if row.differs else ""))
        print(f"\n{sum(row.agrees for row in rows)} of {len(rows)} published figures reproduced.")
    return int(any(not row.agrees and not row.differs for row in rows))


def print_evidence(method: str, what: str) -> None:
    """Print what studies found about one kind of exposure and the back."""
    from lumbago.prevention.packaged import evidence

    print(f"\nWhat is known of {what} and the back:")
    for study in evidence(method).values():
        print(f"- {study.in_words}")


def _studies(method: str) -> list[dict[str, Any]]:
    from lumbago.prevention.packaged import evidence

    return [study.to_dict() for study in evidence(method).values()]


def _shown(index: float) -> str:
    return f"{index:.2f}" if index != float("inf") else "too much"
