"""`lumbago push`."""

import argparse
from typing import TYPE_CHECKING, Any

from lumbago.cli.lifting import print_evidence
from lumbago.cli.output import print_json

if TYPE_CHECKING:
    from lumbago.prevention.acceptable_loads import Phase
    from lumbago.prevention.pushing import ForceResult, PushResult

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
    print(_verdict(result))
    for force in result.forces:
        _print_force(force)
    for sex, why in result.left_out.items():
        print(f"  not judged for {WHO[sex]}: {why}")
    print_evidence("pushing", "pushing and pulling")
    print(f"\n{METHOD}. They say what people find acceptable, not who will get pain.")


def _verdict(result: "PushResult") -> str:
    if not all(force.widely_acceptable for force in result.forces):
        return "Too much for many people: use less force, or change what is named below."
    if not all(force.within_guideline for force in result.forces):
        return "Above a guideline figure: use less force (lighter load, better wheels, even floor)."
    if result.left_out:
        return "Outside what was studied for some people: change the task so that all of them can do it."
    return "Good: at least three in four people find this acceptable."


def _print_force(force: "ForceResult") -> None:
    print(
        f"  {force.force_n:.0f} N {WHAT[force.phase]}: acceptable to {_share(force.share)} of {WHO[force.sex]} "
        f"(three in four: up to {force.design_n:.0f} N)",
        end="",
    )
    if force.guideline_n is None:
        print("; no figure of HSE for so far")
    else:
        place = "within" if force.within_guideline else "ABOVE"
        print(f"; {place} HSE's figure of {force.guideline_n:g} N")
    if not force.widely_acceptable:
        print(f"      besides less force, this helps most: {HELPS[force.limits_most]}")
    if force.fast:
        print("      at this pace heart and lungs may be the limit before the force is")


def _share(share: float) -> str:
    if share < 0.005:
        return "under 1%"
    return f"{share:.0%}" if share < 0.995 else "over 99%"
