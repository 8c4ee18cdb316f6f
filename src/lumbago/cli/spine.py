"""`lumbago spine`."""

import argparse
from typing import TYPE_CHECKING, Any

from lumbago.cli.output import print_json, write_drawing

if TYPE_CHECKING:
    from lumbago.prevention.spine import SpineLoad
    from lumbago.prevention.spine_changes import SpineChange
    from lumbago.prevention.spine_limits import Standing
    from lumbago.prevention.spine_person import Legs, Person, Posture

__all__ = ["add_spine"]

METHOD = "static model of the lumbar spine (docs/spine.md)"
ADVICE = (
    "The limits are for planning work, not a border of harm. A spine is strong and gets used to load. "
    "Nobody can tell from a force who will have pain."
)
NAMES = {"l5_s1": "L5/S1", "l4_l5": "L4/L5", "l3_l4": "L3/L4", "l2_l3": "L2/L3", "l1_l2": "L1/L2"}
ANGLES = {
    "trunk": ("trunk_deg", "lean of the trunk forward from upright"),
    "lumbar": ("lumbar_deg", "bend of the lower back from its standing curve"),
    "side_bend": ("side_bend_deg", "bend to the right"),
    "turn": ("turn_deg", "arms and load to the right of straight ahead"),
    "arm": ("arm_deg", "upper arms forward from hanging"),
    "elbow": ("elbow_deg", "bend of the elbows"),
}
PLACES = {"below": "below", "near": "about at", "above": "above"}
#: What the check must hold: middle error of the postures of Wilke, and how well their order agrees.
MOST_ERROR, LEAST_RANKS = 0.20, 0.80


def add_spine(commands: Any) -> None:
    """Add the command."""
    spine = commands.add_parser("spine", help="what presses the discs of the lower back")
    spine.add_argument(
        "--posture", default="standing", metavar="NAME", help="such as stooped or squat"
    )
    for option, (_, what) in ANGLES.items():
        spine.add_argument(f"--{option.replace('_', '-')}", type=float, help=f"{what}, in degrees")
    spine.add_argument("--load-kg", type=float, default=0.0, help="what the hands hold (0)")
    spine.add_argument("--hands", choices=("both", "left", "right"), default="both")
    spine.add_argument("--sex", choices=("female", "male"), default="male")
    spine.add_argument("--stature-cm", type=float, default=175.0, help="body height (175)")
    spine.add_argument("--mass-kg", type=float, default=75.0, help="body mass (75)")
    spine.add_argument("--age", type=float, help="for the limit by age")
    spine.add_argument("--seed", type=int, default=0, help="of the draws behind the intervals (0)")
    spine.add_argument(
        "--check", action="store_true", help="published figures beside computed ones"
    )
    spine.add_argument("--json", action="store_true", help="print JSON")
    spine.add_argument(
        "-o", "--output", metavar="SVG", help="draw the posture and the force, or the check"
    )
    spine.set_defaults(run=_spine)


def _spine(arguments: argparse.Namespace) -> int:
    import numpy as np

    from lumbago.errors import MeasurementError
    from lumbago.prevention.spine import spine_load, spine_load_draws
    from lumbago.prevention.spine_changes import spine_changes
    from lumbago.prevention.spine_limits import stand_against
    from lumbago.prevention.spine_person import Person

    if arguments.seed < 0:
        raise MeasurementError(f"the seed is {arguments.seed}; give 0 or more")
    if arguments.check:
        return _check(arguments)
    person = Person(arguments.sex, arguments.stature_cm, arguments.mass_kg, arguments.age)
    posture, words, legs = _posture(arguments)
    what = {"load_kg": arguments.load_kg, "hands": arguments.hands}
    load = spine_load(posture, person, **what)
    drawn = spine_load_draws(posture, person, **what, rng=np.random.default_rng(arguments.seed))
    standing = stand_against(load, drawn, person)
    changes = spine_changes(posture, person, **what)
    if arguments.output:
        _draw(arguments, (load, drawn), posture, person, words, legs)
    if arguments.json:
        answer = _as_json(load, drawn, standing, posture, person, arguments)
        print_json(answer | {"changes": [one.to_dict() for one in changes]})
    else:
        who = f"{person.sex}, {person.stature_cm:g} cm, {person.mass_kg:g} kg"
        print(f"{words}{_loaded(arguments)} ({who})\n")
        _print(load, drawn, standing)
        _print_changes(changes)
    return 0


def _posture(arguments: argparse.Namespace) -> tuple["Posture", str, "Legs"]:
    """The named posture with the given angles in place of its own."""
    from lumbago.prevention.spine_person import Posture, named_posture

    named = named_posture(arguments.posture)
    own = {
        name: getattr(arguments, option)
        for option, (name, _) in ANGLES.items()
        if getattr(arguments, option) is not None
    }
    # A trunk that leans otherwise takes its usual share of the lower back, unless that is given too.
    lumbar = None if "trunk_deg" in own else named.lumbar_deg
    angles: dict[str, Any] = {
        "trunk_deg": named.trunk_deg,
        "lumbar_deg": lumbar,
        "arm_deg": named.arm_deg,
        "elbow_deg": named.elbow_deg,
    } | own
    words = named.words[:1].upper() + named.words[1:]
    return Posture(**angles), f"{words}, changed" if own else words, named.legs


def _loaded(arguments: argparse.Namespace) -> str:
    hands = "both hands" if arguments.hands == "both" else f"the {arguments.hands} hand"
    return f", {arguments.load_kg:g} kg in {hands}" if arguments.load_kg else ""


def _draw(
    arguments: argparse.Namespace,
    loads: tuple["SpineLoad", "SpineLoad"],
    posture: "Posture",
    person: "Person",
    words: str,
    legs: "Legs",
) -> None:
    from lumbago.prevention.spine_picture import spine_file, spine_svg

    drawing = spine_svg(*loads, posture, person, title=words, load_kg=arguments.load_kg, legs=legs)
    write_drawing(arguments.output, spine_file(drawing))


def _as_json(
    load: "SpineLoad",
    drawn: "SpineLoad",
    standing: tuple["Standing", ...],
    posture: "Posture",
    person: "Person",
    arguments: argparse.Namespace,
) -> dict[str, Any]:
    import dataclasses

    angles = {name: round(float(values[0]), 1) for name, values in posture.arrays().items()}
    return {
        "schema": "lumbago/spine/1",
        "method": METHOD,
        "posture": angles,
        "person": dataclasses.asdict(person),
        "load_kg": arguments.load_kg,
        "hands": arguments.hands,
        **load.at(0),
        "compression_interval_n": _intervals(drawn),
        "limits": [one.to_dict() for one in standing],
        "advice": ADVICE,
    }


def _intervals(drawn: "SpineLoad") -> dict[str, list[int]]:
    import numpy as np

    low, high = np.percentile(drawn.compression_n[0], [2.5, 97.5], axis=0)
    ends = zip(NAMES, low, high, strict=True)
    return {name: [round(float(a)), round(float(b))] for name, a, b in ends}


def _print(load: "SpineLoad", drawn: "SpineLoad", standing: tuple["Standing", ...]) -> None:
    print("  disc     pressed with       likely between     pushed across")
    for level, (name, (low, high)) in enumerate(_intervals(drawn).items()):
        press, shear = load.compression_n[0, level], load.shear_n[0, level]
        way = "forward" if shear >= 0 else "backward"
        print(
            f"  {NAMES[name]:<8}{press:>8,.0f} N    {low:>8,} to {high:>6,} N{abs(shear):>11,.0f} N {way}"
        )
    print()
    for one in standing:
        print(
            f"  {PLACES[one.place]} {one.limit.newton:,.0f} N at {NAMES[one.level]}: {one.limit.words}"
        )
        print(f"      ({one.limit.source}; {one.limit.checked})")
    if load.open_nm[0] > 1:
        print(
            "\nThe muscles cannot hold this posture in balance: take the forces as a rough guide."
        )


def _print_changes(changes: tuple["SpineChange", ...]) -> None:
    if changes:
        print("\nWhat would take most off the disc that is pressed most:")
    for one in changes:
        print(f"  {one.saved:>4.0%}  {one.what} ({one.compression_n:,.0f} N)")
    print(f"\nA {METHOD}; the range holds 95 of 100 draws. {ADVICE}")


def _check(arguments: argparse.Namespace) -> int:
    import numpy as np

    from lumbago.prevention.spine_check import compare_spine, summarise
    from lumbago.prevention.spine_check_picture import check_svg
    from lumbago.prevention.spine_check_words import check_words

    rng = np.random.default_rng(arguments.seed) if arguments.output else None
    rows = compare_spine(rng)
    summary = summarise(rows)
    if arguments.output:
        write_drawing(arguments.output, check_svg(rows))
    wilke = summary[0]
    holds = wilke.median_error <= MOST_ERROR and (wilke.rank_correlation or 0) >= LEAST_RANKS
    if arguments.json:
        print_json(
            {
                "schema": "lumbago/spine-check/1",
                "rows": [row._asdict() for row in rows],
                "summary": [row._asdict() for row in summary],
                "holds": holds,
            }
        )
    else:
        print(check_words(rows))
    return int(not holds)
