"""`lumbago push`."""

import argparse
from typing import TYPE_CHECKING, Any

from lumbago.cli.lifting import print_evidence
from lumbago.cli.output import print_json

if TYPE_CHECKING:
    from lumbago.prevention.acceptable_loads import Phase
    from lumbago.prevention.pushing import PushResult

__all__ = ["add_push"]

METHOD = "Liberty Mutual equations (Potvin 2021); guideline figures of HSE (L23)"
WHO, WHAT = (
    {"female": "women", "male": "men"},
    {"initial": "to start", "sustained": "to keep going"},
)
HELPS = {
    "height": "hands nearer the height of the elbows",
    "distance": "a shorter way",
    "frequency": "fewer times",
}


def add_push(commands: Any) -> None:
    """Add the command."""
    push = commands.add_parser("push", help="judge pushing or pulling a trolley or a load")
    push.add_argument(
        "--start", type=float, metavar="N", help="force that gets it moving, in newtons"
    )
    push.add_argument(
        "--keep", type=float, metavar="N", help="force that keeps it moving, in newtons"
    )
    push.add_argument(
        "--weight", type=float, metavar="KG", help="trolley and load, where --keep is not measured"
    )
    push.add_argument(
        "--floor",
        choices=("level", "uneven"),
        default="level",
        help="ground under --weight (level)",
    )
    push.add_argument("--pull", action="store_true", help="it is pulled")
    push.add_argument("--height", type=float, default=95.0, help="height of the hands in cm (95)")
    push.add_argument("--distance", type=float, default=5.0, help="metres each time (5)")
    push.add_argument("--frequency", type=float, default=0.2, help="times a minute (0.2)")
    push.add_argument("--json", action="store_true", help="print JSON")
    push.set_defaults(run=_push)


def _push(arguments: argparse.Namespace) -> int:
    from lumbago.prevention.packaged import evidence
    from lumbago.prevention.pushing import judge_push

    result = judge_push(
        "pull" if arguments.pull else "push",
        _forces(arguments),
        height_cm=arguments.height,
        distance_m=arguments.distance,
        frequency_per_min=arguments.frequency,
    )
    if arguments.json:
        studies = [study.to_dict() for study in evidence("pushing").values()]
        told = {"schema": "lumbago/push/1", "method": METHOD, **result.to_dict()}
        print_json({**told, "evidence": studies})
    else:
        _print(result)
    return 0


def _forces(arguments: argparse.Namespace) -> "dict[Phase, float]":
    from lumbago.prevention.pushing import trolley_force_n

    forces: dict[Phase, float] = {}
    if arguments.start is not None:
        forces["initial"] = arguments.start
    if arguments.keep is not None:
        forces["sustained"] = arguments.keep
    elif arguments.weight is not None:
        forces["sustained"] = trolley_force_n(arguments.weight, arguments.floor)
    return forces


def _print(result: "PushResult") -> None:
    if result.acceptable:
        print(
            "Good: at least three in four people find this acceptable, and it is within HSE's figures."
        )
    else:
        print("Too much for some: make it lighter, or change what is named below.")
    for force in result.forces:
        mark = ""
        if force.guideline_n is not None:
            place = "within" if force.within_guideline else "ABOVE"
            mark = f"; {place} HSE's figure of {force.guideline_n:g} N"
        print(
            f"  {force.force_n:.0f} N {WHAT[force.phase]}: acceptable to {force.share:.0%} of "
            f"{WHO[force.sex]} (three in four: up to {force.design_n:.0f} N){mark}"
        )
        if force.share < 1.0 and not result.acceptable:
            print(f"      what would help most besides less force: {HELPS[force.limits_most]}")
        if force.fast:
            print("      fast: heart and lungs may be the limit before the force is")
    for sex, why in result.left_out.items():
        print(f"  not judged for {WHO[sex]}: {why}")
    print_evidence("pushing", "pushing and pulling")
    print(f"\n{METHOD}. They say what people find acceptable, not who will get pain.")
