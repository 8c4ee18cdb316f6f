"""What the figure lies on, sits on, leans on or holds: slabs, balls and lines, placed in the world.

A place is a point of the world in statures, or a joint of the body, so that a weight moves with the hand
that holds it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from lumbago.anatomy.mannequin_kinematics import Skeleton, sign_of
from lumbago.anatomy.mannequin_space import Point, add, dot
from lumbago.anatomy.mannequin_view import SCALE, Flat, View

__all__ = ["Ball", "Line", "Paint", "Prop", "Shape", "Slab", "Spot", "shapes"]

Paint = Literal["mat", "prop", "gear", "water"]


@dataclass(frozen=True)
class Spot:
    """A place: a point of the world, or a joint with an offset along a segment (forward, outward, up)."""

    at: Point = (0.0, 0.0, 0.0)
    on: str | None = None
    segment: str | None = None

    def point(self, bones: Skeleton) -> Point:
        """Where it is, for this posture."""
        if self.on is None:
            return self.at
        if self.segment is None:
            return add(bones.points[self.on], self.at)
        x, y, z = self.at
        side = self.segment.partition("_")[0]
        return bones.at(self.on, self.segment, (x, sign_of(side) * y, z))


@dataclass(frozen=True)
class Slab:
    """A block between two corners."""

    low: Spot
    high: Spot
    paint: Paint = "prop"
    front: bool = False


@dataclass(frozen=True)
class Ball:
    """A round thing: a ball, a weight, the end of a rolled towel. Radii across and up, in statures."""

    centre: Spot
    across: float
    up: float
    paint: Paint = "gear"
    front: bool = False


@dataclass(frozen=True)
class Line:
    """A stick, band, strap or rail through some places; its width in statures."""

    spots: tuple[Spot, ...]
    width: float = 0.010
    paint: Paint = "gear"
    front: bool = False


Prop = Slab | Ball | Line


@dataclass(frozen=True)
class Shape:
    """One painted shape: its class, SVG path data, and its width if it is a line (0 for an area)."""

    paint: str
    d: str
    width: float = 0.0


def shapes(prop: Prop, bones: Skeleton, view: View) -> list[Shape]:
    """A prop as it is seen, from the farthest of its faces to the nearest.

    Args:
        prop: The prop.
        bones: The body, for places on it.
        view: Where it is seen from.
    """
    if isinstance(prop, Ball):
        return [_ball(prop, bones, view)]
    if isinstance(prop, Line):
        flat = [view.flat(spot.point(bones)) for spot in prop.spots]
        return [
            Shape("rod" if prop.paint == "prop" else "cord", _through(flat), prop.width * SCALE)
        ]
    return list(_slab(prop, bones, view))


def _ball(prop: Ball, bones: Skeleton, view: View) -> Shape:
    x, y = view.flat(prop.centre.point(bones))
    a, b = round(prop.across * SCALE), round(prop.up * SCALE)
    return Shape(
        prop.paint,
        f"M{x - a:.0f} {y:.0f}a{a} {b} 0 1 0 {2 * a} 0a{a} {b} 0 1 0 {-2 * a} 0z",
    )


def _slab(prop: Slab, bones: Skeleton, view: View) -> Iterator[Shape]:
    low, high = prop.low.point(bones), prop.high.point(bones)
    for axis in range(3):
        normal: Point = (float(axis == 0), float(axis == 1), float(axis == 2))
        toward = dot(normal, view.near)
        if abs(toward) < 0.02:
            continue
        corners = [view.flat(corner) for corner in _face(low, high, axis, toward > 0)]
        yield Shape(_face_paint(prop.paint, axis), _through(corners) + "z")


def _face_paint(paint: Paint, axis: int) -> str:
    return f"{paint}-side" if paint in ("mat", "prop") and axis != 2 else paint


def _face(low: Point, high: Point, axis: int, upper: bool) -> list[Point]:
    one, two = (i for i in range(3) if i != axis)
    corners = []
    for first, second in ((low, low), (high, low), (high, high), (low, high)):
        corner = [0.0, 0.0, 0.0]
        corner[axis] = high[axis] if upper else low[axis]
        corner[one], corner[two] = first[one], second[two]
        corners.append((corner[0], corner[1], corner[2]))
    return corners


def _through(points: Sequence[Flat]) -> str:
    x, y = (round(value) for value in points[0])
    pieces = [f"M{x} {y}"]
    for (ax, ay), (bx, by) in pairwise(points):
        pieces.append(f"l{round(bx) - round(ax)} {round(by) - round(ay)}")
    return "".join(pieces)
