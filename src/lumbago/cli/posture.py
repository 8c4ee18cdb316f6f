"""`lumbago posture`."""

import argparse
from typing import TYPE_CHECKING, Any

from lumbago.cli.lifting import print_evidence, print_examples
from lumbago.cli.output import print_json, write_drawing

if TYPE_CHECKING:
    from lumbago.prevention.posture import PostureResult
    from lumbago.prevention.read_posture import PostureFile

__all__ = ["add_posture"]

COUPLINGS = ("good", "fair", "poor", "unacceptable")


def add_posture(commands: Any) -> None:
    """Add the command."""
    posture = commands.add_parser(
        "posture", help="REBA, RULA and OWAS from joint angles or points on a body over time"
    )
    posture.add_argument(
        "angles",
        nargs="?",
        help="CSV or Parquet of angles or points, one posture a row, or JSON of points (docs/prevention.md)",
    )
    posture.add_argument(
        "--method",
        action="append",
        choices=("reba", "rula", "owas"),
        help="only this one; repeatable",
    )
    posture.add_argument(
        "--rate", type=float, default=1.0, help="postures a second without time_s (1)"
    )
    posture.add_argument("--up", help="axis of the points that points up: -y, y or z (-y)")
    posture.add_argument(
        "--facing",
        choices=("left", "right"),
        help="where the person in the picture looks (the nose says)",
    )
    posture.add_argument("--load", type=float, default=0.0, help="load in kg, without load_kg (0)")
    posture.add_argument(
        "--force",
        choices=("now_and_then", "held", "shock"),
        default="now_and_then",
        help="how the load or force comes (now_and_then)",
    )
    posture.add_argument("--coupling", choices=COUPLINGS, default="good", help="hold (good)")
    posture.add_argument(
        "--activity", type=int, choices=range(4), default=0, help="REBA's activity score (0)"
    )
    posture.add_argument(
        "--repeated",
        action="store_true",
        help="held over a minute, or over 4 times a minute (RULA)",
    )
    posture.add_argument(
        "--examples", action="store_true", help="published examples, computed again"
    )
    posture.add_argument("-o", "--output", metavar="SVG", help="draw the scores over time")
    posture.add_argument("--json", action="store_true", help="print JSON")
    posture.set_defaults(run=_posture)


def _posture(arguments: argparse.Namespace) -> int:
    from lumbago.errors import MeasurementError
    from lumbago.prevention.posture import Handling, assess_posture, summarise
    from lumbago.prevention.posture_picture import posture_svg
    from lumbago.prevention.read_posture import read_posture

    if arguments.examples:
        return print_examples("posture", arguments.json)
    if arguments.angles is None:
        raise MeasurementError("give a file of joint angles, such as `lumbago posture angles.csv`")
    wanted = None if arguments.method is None else tuple(dict.fromkeys(arguments.method))
    found = read_posture(
        arguments.angles,
        rate_per_s=arguments.rate,
        methods=wanted,
        up=arguments.up,
        facing=arguments.facing,
    )
    handling = Handling(
        load_kg=arguments.load if found.load_kg is None else found.load_kg,
        force=arguments.force,
        coupling=COUPLINGS.index(arguments.coupling),
        activity=arguments.activity,
        muscle=int(arguments.repeated),
    )
    results = [
        summarise(
            method,
            assess_posture(method, found.angles, handling=handling),
            time_s=found.time_s,
            lasts_s=found.lasts_s,
        )
        for method in found.methods
    ]
    if arguments.output:
        drawing = posture_svg(results, time_s=found.time_s, lasts_s=found.lasts_s)
        write_drawing(arguments.output, drawing)
    _print(results, found, as_json=arguments.json)
    return 0


def _print(results: list["PostureResult"], found: "PostureFile", *, as_json: bool) -> None:
    if as_json:
        from lumbago.prevention.packaged import evidence

        print_json(
            {
                "postures": len(found.time_s),
                "left_out": found.gaps,
                "taken_as_neutral": list(found.assumed),
                **{result.method: result.to_dict() for result in results},
                "evidence": [study.to_dict() for study in evidence("posture").values()],
            }
        )
        return
    print(
        f"{len(found.time_s)} postures"
        + (f", {found.gaps} left out for gaps" if found.gaps else "")
    )
    for result in results:
        _print_method(result)
    if found.assumed:
        parts = ", ".join(name.replace("_", " ") for name in found.assumed)
        print(f"\nNot in the file and taken as neutral, so scores may be too low: {parts}.")
    print_evidence("posture", "posture at work")
    print("\nThe scores say how soon to look at the work. They do not say who will get pain.")


def _print_method(result: "PostureResult") -> None:
    print(f"\n{result.method.upper()}: highest {result.highest}, mean {result.mean:.1f}")
    for band, share, seconds in zip(result.bands, result.share, result.seconds, strict=True):
        print(f"  {share:>5.0%} {seconds:>9.1f} s  {band.name}: {band.action}")
    for moment in result.worst[:3]:
        print(f"  worst: {moment.score} from {moment.start_s:.1f} s to {moment.end_s:.1f} s")
