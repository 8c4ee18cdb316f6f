"""Where the drawn human is seen from, and the outline of a part as seen from there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin
from typing import Literal

from lumbago.anatomy.mannequin_space import Point, dot, scaled
from lumbago.anatomy.mannequin_surface import Ring

__all__ = ["SCALE", "VIEWS", "Flat", "View", "ViewName", "path_of", "tube"]

#: Drawing units for one stature.
SCALE = 1000
Flat = tuple[float, float]
ViewName = Literal[
    "side", "front", "back", "quarter", "front_quarter", "feet", "above", "front_above"
]
QUARTER = 0.39  # handle of a Bezier curve over a quarter circle, as a share of its chord
THIRD = 0.34
# Length over thickness below which a part is drawn as seen from its end, and above which from its side.
END_ON, SIDE_ON = 0.7, 1.7


@dataclass(frozen=True)
class View:
    """A direction of looking without perspective: screen right, screen up and towards the viewer."""

    right: Point
    up: Point
    near: Point

    def flat(self, point: Point) -> Flat:
        """A place on the drawing, in drawing units, downward as in SVG."""
        return (dot(point, self.right) * SCALE, -dot(point, self.up) * SCALE)


def _view(azimuth: float, elevation: float) -> View:
    a, e = radians(azimuth), radians(elevation)
    return View(
        (cos(a), sin(a), 0.0),
        (-sin(a) * sin(e), cos(a) * sin(e), cos(e)),
        (sin(a) * cos(e), -cos(a) * cos(e), sin(e)),
    )


#: Azimuth 0 sees the person's right side and looks along their left axis; 90 sees them from the front.
VIEWS: Mapping[str, View] = {
    "side": _view(0, 0),
    "front": _view(90, 0),
    "back": _view(-90, 0),
    "quarter": _view(32, 14),
    "front_quarter": _view(60, 12),
    "feet": _view(90, 24),
    "above": _view(0, 60),
    "front_above": _view(90, 48),
}


def tube(
    rings: Sequence[Ring], view: View, *, caps: tuple[float, float] = (1.0, 1.0)
) -> list[tuple[Flat, Flat]]:
    """The outline of a part as a closed curve.

    Args:
        rings: Slices from one end to the other, two or more.
        view: Where it is seen from.
        caps: How round the two ends are: 1 for a half circle, near 0 for a hem.

    Returns:
        Places on the outline, each with the direction of the curve there (not of length one).
    """
    centres = [view.flat(ring.centre) for ring in rings]
    long = hypot(centres[-1][0] - centres[0][0], centres[-1][1] - centres[0][1])
    along = _directions(centres)
    beside = _beside(rings, centres, along, view, caps)
    thick = max(_half(ring, view, (-t[1], t[0])) for ring, t in zip(rings, along, strict=True))
    share = min(max((long / thick - END_ON) / (SIDE_ON - END_ON), 0.0), 1.0)
    if share == 1.0:
        return beside
    around = _around(rings, _unit(centres[0], centres[-1], (0.0, 1.0)), view, min(caps))
    return [
        (_mixed(a, b, share), _mixed(ta, tb, share))
        for (a, ta), (b, tb) in zip(around, beside, strict=True)
    ]


def _beside(
    rings: Sequence[Ring],
    centres: Sequence[Flat],
    along: Sequence[Flat],
    view: View,
    caps: tuple[float, float],
) -> list[tuple[Flat, Flat]]:
    """The outline of a part seen from its side: up its left edge and down its right one."""
    halves = [_half(ring, view, (-t[1], t[0])) for ring, t in zip(rings, along, strict=True)]
    left = [_moved(c, (-t[1], t[0]), h) for c, t, h in zip(centres, along, halves, strict=True)]
    right = [_moved(c, (t[1], -t[0]), h) for c, t, h in zip(centres, along, halves, strict=True)]
    first, last = along[0], along[-1]
    foot = _moved(centres[0], first, -caps[0] * max(halves[0], _half(rings[0], view, first)))
    head = _moved(centres[-1], last, caps[1] * max(halves[-1], _half(rings[-1], view, last)))
    return [
        *zip(left, _tangents(left, first, last), strict=True),
        (head, (last[1], -last[0])),
        *zip(right[::-1], _tangents(right[::-1], _back(last), _back(first)), strict=True),
        (foot, (-first[1], first[0])),
    ]


def _around(
    rings: Sequence[Ring], along: Flat, view: View, roundness: float
) -> list[tuple[Flat, Flat]]:
    """The outline of a part seen from its end: the farthest places in directions all round."""
    count = len(rings) + 1
    solids = [_Solid.of(ring, view, roundness) for ring in rings]
    outline = []
    for place in range(1, 2 * count + 1):
        angle = pi * place / count
        # From the foot over the left to the head, and on over the right, as `_beside` goes.
        out = _turned(along, cos(angle), sin(angle))
        best = max(solids, key=lambda solid: solid.reach(out))
        outline.append((best.edge(out), (out[1], -out[0])))
    return outline


@dataclass(frozen=True)
class _Solid:
    """A ring made round along the part as well: an ellipsoid as it lies on the drawing."""

    centre: Flat
    axes: tuple[Flat, Flat, Flat]

    @classmethod
    def of(cls, ring: Ring, view: View, roundness: float) -> "_Solid":
        axes = (ring.depth, ring.breadth, scaled(ring.along, roundness))
        a, b, c = (view.flat(axis) for axis in axes)
        return cls(view.flat(ring.centre), (a, b, c))

    def _shares(self, out: Flat) -> tuple[float, ...]:
        return tuple(axis[0] * out[0] + axis[1] * out[1] for axis in self.axes)

    def reach(self, out: Flat) -> float:
        return self.centre[0] * out[0] + self.centre[1] * out[1] + hypot(*self._shares(out))

    def edge(self, out: Flat) -> Flat:
        shares = self._shares(out)
        size = hypot(*shares) or 1.0
        x, y = (
            sum(axis[i] * share for axis, share in zip(self.axes, shares, strict=True)) / size
            for i in (0, 1)
        )
        return (self.centre[0] + x, self.centre[1] + y)


def _turned(along: Flat, c: float, s: float) -> Flat:
    return (-along[0] * c - along[1] * s, -along[1] * c + along[0] * s)


def path_of(outline: Sequence[tuple[Flat, Flat]], *, sides: int) -> str:
    """An outline as SVG path data in whole drawing units, each curve relative to where it starts.

    Args:
        outline: As `tube` gives it.
        sides: How many rings the part has; the rest are the caps.
    """
    x, y = (round(value) for value in outline[0][0])
    pieces = [f"M{x} {y}"]
    for place, (start, from_) in enumerate(outline):
        end, to = outline[(place + 1) % len(outline)]
        on_cap = place in (sides - 1, sides, 2 * sides, 2 * sides + 1)
        handle = (QUARTER if on_cap else THIRD) * hypot(end[0] - start[0], end[1] - start[1])
        curve = (_moved(start, from_, handle), _moved(end, to, -handle), end)
        steps = [(round(px) - x, round(py) - y) for px, py in curve]
        pieces.append("c" + " ".join(f"{dx} {dy}" for dx, dy in steps))
        x, y = x + steps[-1][0], y + steps[-1][1]
    return "".join([*pieces, "z"])


def _half(ring: Ring, view: View, direction: Flat) -> float:
    """Half the width of a ring across the drawing, along a flat direction of length one."""
    a, b = view.flat(ring.depth), view.flat(ring.breadth)
    return hypot(
        a[0] * direction[0] + a[1] * direction[1], b[0] * direction[0] + b[1] * direction[1]
    )


def _directions(centres: Sequence[Flat]) -> list[Flat]:
    last = len(centres) - 1
    whole = _unit(centres[0], centres[-1], (0.0, 1.0))
    return [
        _unit(centres[max(i - 1, 0)], centres[min(i + 1, last)], whole) for i in range(last + 1)
    ]


def _tangents(points: Sequence[Flat], first: Flat, last: Flat) -> list[Flat]:
    inner = [_unit(points[i - 1], points[i + 1], first) for i in range(1, len(points) - 1)]
    return [first, *inner, last]


def _unit(start: Flat, end: Flat, otherwise: Flat) -> Flat:
    dx, dy = end[0] - start[0], end[1] - start[1]
    size = hypot(dx, dy)
    # Seen end on, a part has no direction of its own.
    return (dx / size, dy / size) if size > 1e-3 * SCALE else otherwise


def _moved(point: Flat, direction: Flat, by: float) -> Flat:
    return (point[0] + direction[0] * by, point[1] + direction[1] * by)


def _mixed(a: Flat, b: Flat, share: float) -> Flat:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def _back(direction: Flat) -> Flat:
    return (-direction[0], -direction[1])
