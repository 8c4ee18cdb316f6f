"""`lumbago desk`."""

import argparse
from typing import TYPE_CHECKING, Any

from lumbago.cli.output import print_json, write_drawing

if TYPE_CHECKING:
    from lumbago.prevention.anthropometry import Length
    from lumbago.prevention.workstation import Workstation

__all__ = ["add_desk"]

MEASURES = {
    "popliteal": ("popliteal_height", "floor to the hollow of the knee, barefoot, in cm"),
    "elbow": ("elbow_rest_height", "seat to the elbow, upper arm hanging, in cm"),
    "eyes": ("eye_height_sitting", "seat to the eyes, in cm"),
    "standing_elbow": ("elbow_height_standing", "floor to the elbow when standing, in cm"),
    "thigh": ("buttock_popliteal_length", "buttocks to the hollow of the knee, in cm"),
}
NAMES = {
    "seat": "seat",
    "desk": "desk and keyboard, sitting",
    "screen_top": "top of the screen",
    "lumbar_support_above_seat": "support of the lower back, above the seat",
    "armrest_above_seat": "arm-rest, above the seat",
    "seat_depth": "depth of the seat",
    "under_desk": "free room under the desk, at least",
    "standing_desk": "desk, standing",
}


def add_desk(commands: Any) -> None:
    """Add the command."""
    desk = commands.add_parser(
        "desk", help="heights of seat, desk and screen for a person, or for the public"
    )
    desk.add_argument("--stature", type=float, help="height of the person, barefoot, in cm")
    desk.add_argument("--sex", choices=("female", "male"), help="narrows estimates from stature")
    for option, (_, what) in MEASURES.items():
        desk.add_argument(f"--{option.replace('_', '-')}", type=float, help=what)
    desk.add_argument("--shoe", type=float, help="height of the heel in cm (2.5)")
    desk.add_argument("--fixed-desk", type=float, help="height of a desk that cannot move, in cm")
    desk.add_argument("-o", "--output", metavar="SVG", help="draw the person at the desk")
    desk.add_argument("--stand", action="store_true", help="draw them standing")
    desk.add_argument("--json", action="store_true", help="print JSON")
    desk.set_defaults(run=_desk)


def _desk(arguments: argparse.Namespace) -> int:
    from lumbago.prevention.anthropometry import load_rules
    from lumbago.prevention.packaged import evidence
    from lumbago.prevention.workstation import fit_for_public, fit_workstation

    measured = {
        name: value
        for option, (name, _) in MEASURES.items()
        if (value := getattr(arguments, option)) is not None
    }
    nobody = arguments.stature is None and not measured
    if nobody and arguments.fixed_desk is None and arguments.sex is None:
        found = fit_for_public()
    else:
        found = fit_workstation(
            arguments.stature,
            arguments.sex,
            measured_cm=measured,
            shoe_cm=arguments.shoe,
            fixed_desk_cm=arguments.fixed_desk,
        )
    if arguments.output:
        _draw(arguments, found)
    method = load_rules().source
    studies = evidence("workstation")
    if arguments.json:
        print_json(
            {
                "schema": "lumbago/desk/1",
                "method": method,
                "for": "public" if nobody else "person",
                **found.to_dict(),
                "evidence": [study.to_dict() for study in studies.values()],
            }
        )
        return 0
    print(
        "For 5th percentile women to 95th percentile men:" if nobody else "For you, to start from:"
    )
    _print(found)
    for line in load_rules().advice:
        print(f"- {line}")
    print("\nWhat is known:")
    for study in studies.values():
        print(f"- {study.in_words}")
    print(f"\nRules of thumb ({method}). Body measures: {load_rules().body.source}.")
    return 0


def _draw(arguments: argparse.Namespace, found: "Workstation") -> None:
    from lumbago.errors import MeasurementError
    from lumbago.prevention.spine_picture import spine_file
    from lumbago.prevention.workstation_scene import sitting_svg, standing_svg

    if arguments.stature is None:
        raise MeasurementError("a drawing needs the height of the person; give --stature 170")
    draw = standing_svg if arguments.stand else sitting_svg
    write_drawing(arguments.output, spine_file(draw(found, arguments.stature, _told)))


def _told(length: "Length") -> str:
    low, high = round(length.low_cm), round(length.high_cm)
    return f"{low} cm" if low == high else f"{low} to {high} cm"


def _print(found: "Workstation") -> None:
    from lumbago.prevention.anthropometry import load_rules

    rules = load_rules()
    for name, what in NAMES.items():
        if name in found.heights:
            length = found.heights[name]
            _print_line(what, length.low_cm, length.high_cm)
    if found.footrest:
        _print_line("foot-rest", found.footrest.low_cm, found.footrest.high_cm)
    _print_line("distance of the screen", *rules.screen_distance_cm)
    for name, rank in found.percentiles.items():
        plain = name.replace("_", " ")
        print(f"  {rank:.0f} of 100 US soldiers of your sex have a smaller {plain}.")
    for note in found.notes:
        print(f"\n{note}")
    print()


def _print_line(what: str, low_cm: float, high_cm: float) -> None:
    same = round(low_cm) == round(high_cm)
    print(f"  {what:<44}{low_cm:>4.0f}" + (" cm" if same else f" to {high_cm:.0f} cm"))
