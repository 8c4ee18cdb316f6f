"""A lift as it is measured: the drawn human, the load, where the hands are, and what presses the back.

Drawn from the right side in thousandths of stature, always in the same frame, so that nothing jumps while a
measure is dragged. A load to the side is not turned in the drawing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lumbago.anatomy.mannequin_kinematics import Skeleton, skeleton
from lumbago.anatomy.mannequin_picture import COLOURS, classes, document
from lumbago.anatomy.mannequin_props import Slab, Spot
from lumbago.anatomy.mannequin_scene import Scene, still_markup
from lumbago.prevention.lifting_posture import LiftPosture
from lumbago.prevention.spine_marks import arrow, rule, text

__all__ = ["Measured", "lift_svg"]

#: Left, top, right and bottom of the frame, in thousandths of stature.
FRAME = (-650.0, -1170.0, 800.0, 215.0)
#: Half the depth and the height of a crate, in statures, and how far the hands are below its top.
DEEP, TALL, GRIP = 0.10, 0.15, 0.01
CM_PER_IN = 2.54
BELOW, LOWER, BESIDE, SIZE = 74.0, 164.0, 135.0, 58
#: Room for the words of a length, and for those of a height.
LONGEST, SHORTER = 440.0, 355.0


@dataclass(frozen=True)
class Measured:
    """What was measured, in the units of the page: `us` is inches and pounds, else cm and kg."""

    load: float
    horizontal: float
    vertical: float
    to_vertical: float | None
    to_horizontal: float
    units: str = "metric"

    def cm(self, length: float) -> float:
        """A length of the page in cm."""
        return length * CM_PER_IN if self.units == "us" else length

    def told(self, length: float) -> str:
        """A length with its unit."""
        return f"{length:g} {'in' if self.units == 'us' else 'cm'}"


def lift_svg(
    posture: LiftPosture,
    measured: Measured,
    stature_cm: float,
    *,
    newton: float | None,
    name: str = "lift",
) -> str:
    """The lift from the right side.

    Args:
        posture: How the person stands.
        measured: What was measured.
        stature_cm: Body height.
        newton: What presses the lowest disc; left out, no force is drawn.
        name: Start of the ids inside.

    Returns:
        SVG with a title and words, without style or script, for a page that brings mannequin.css.
    """
    scale = 1000 / stature_cm
    x, y = measured.cm(measured.horizontal) * scale, -measured.cm(measured.vertical) * scale
    scene = Scene(props=(_crate(x / 1000, -y / 1000),))
    left, top, right, _ = FRAME
    bones = skeleton(posture.pose)
    inside = [
        *_end(measured, scale),
        still_markup(scene, posture.pose, (left, top, right, 0.0), name),
        *_lengths(measured, x, y),
        *_lever(bones, x, measured, scale),
        *_disc(bones, newton),
    ]
    return document(
        FRAME, inside, title="The lift", description=_words(measured, newton), name=name
    )


def _crate(x: float, z: float) -> Slab:
    low = max(z + GRIP - TALL, 0.0)
    return Slab(Spot(at=(x - DEEP, 0.02, low)), Spot(at=(x + DEEP, 0.2, low + TALL)))


def _lengths(measured: Measured, x: float, y: float) -> Iterator[str]:
    """How far forward, under the floor line; how high, beside the load."""
    yield rule((0.0, 0.0), (0.0, BELOW + 16), thick=3)
    yield rule((x, min(y, 0.0)), (x, BELOW + 16), thick=3)
    yield rule((0.0, BELOW), (x, BELOW))
    words_x = min(x + 22, FRAME[2] - LONGEST)
    yield text((words_x, BELOW + 18), f"{measured.told(measured.horizontal)} forward", size=SIZE)
    beside = x + BESIDE
    yield rule((x, y), (beside + 16, y), thick=3)
    yield rule((beside, y), (beside, 0.0))
    words = f"{measured.told(measured.vertical)} high"
    yield text((min(beside + 20, FRAME[2] - SHORTER), min(y / 2 + 16, -24)), words, size=SIZE)


def _lever(bones: Skeleton, x: float, measured: Measured, scale: float) -> Iterator[str]:
    """The moment arm of the load: how far its middle is in front of the lowest disc, under the floor line."""
    disc = 1000 * bones.points["l5_s1"][0]
    arm = (x - disc) / scale / (CM_PER_IN if measured.units == "us" else 1.0)
    if arm <= 0:
        return
    for end in (disc, x):
        yield rule((end, BELOW + 30), (end, LOWER + 16), thick=3)
    yield rule((disc, LOWER), (x, LOWER))
    words_x = min(x + 22, FRAME[2] - LONGEST)
    yield text((words_x, LOWER + 18), f"{measured.told(round(arm))} lever", size=SIZE)


def _end(measured: Measured, scale: float) -> Iterator[str]:
    """Where the load is set down: an outline, and an arrow towards it."""
    if measured.to_vertical is None or measured.to_vertical == measured.vertical:
        return
    x = measured.cm(measured.to_horizontal) * scale
    hands = measured.cm(measured.to_vertical) * scale
    start = measured.cm(measured.vertical) * scale
    bottom = max(hands + 10 - 1000 * TALL, 0.0)
    yield (
        f'<rect class="{classes("rod")}" x="{x - 1000 * DEEP:.0f}" y="{-bottom - 1000 * TALL:.0f}" '
        f'width="{2000 * DEEP:.0f}" height="{1000 * TALL:.0f}" rx="6" fill="none" '
        f'stroke="{COLOURS["rod"]}" stroke-width="5" stroke-dasharray="18 12"/>'
    )
    up = hands > start
    middle = -bottom - 500 * TALL
    tail, point = -start + (-90 if up else 160), middle + (95 if up else -95)
    if abs(point - tail) > 60 and (point < tail) == up:
        yield arrow((x, tail), (x, point), "arrow")


def _disc(bones: Skeleton, newton: float | None) -> Iterator[str]:
    """Two arrows that press the lowest disc along the spine, and the force in words."""
    if newton is None:
        return
    up, (px, _, pz) = bones.axes["l5"].up, bones.points["l5_s1"]
    x, y = 1000 * px, -1000 * pz
    for side in (1, -1):
        far, near = ((x + side * r * up[0], y - side * r * up[2]) for r in (150, 16))
        yield arrow(far, near, "works")
    # Beside the disc of somebody upright, above the arrows of somebody who leans.
    words_y = min(y + 10 - 110 * max(up[0], 0.0), -150)
    yield text((x - 100, words_y), f"{newton:,.0f} N", anchor="end", weight="bold", size=64)
    yield text((x - 100, words_y + 52), "on the lowest disc", anchor="end", size=46)


def _words(measured: Measured, newton: float | None) -> str:
    mass = "lb" if measured.units == "us" else "kg"
    said = (
        f"Seen from the right side. {measured.load:g} {mass} in both hands, "
        f"{measured.told(measured.horizontal)} in front of the ankles and "
        f"{measured.told(measured.vertical)} above the floor. The lever is from the lowest disc to the load."
    )
    if measured.to_vertical is not None:
        said += f" It is set down {measured.told(measured.to_vertical)} above the floor."
    if newton is not None:
        said += f" The lowest disc is pressed with about {newton:,.0f} newtons."
    return said
