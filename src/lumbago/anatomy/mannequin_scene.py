"""The figure among its props, still or moving.

A moving picture is one figure whose outlines change by SMIL animation, so it needs neither script nor
style. Beside it lies the still one, which mannequin.css shows to people who asked for less movement.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import acos, pi

from lumbago.anatomy.mannequin_kinematics import Skeleton, skeleton
from lumbago.anatomy.mannequin_layers import NO_MARKS, Layer, Mark, layers, outlines
from lumbago.anatomy.mannequin_picture import COLOURS, Box, bounds, classes, painted
from lumbago.anatomy.mannequin_pose import Pose
from lumbago.anatomy.mannequin_props import Ball, Prop, Shape, Slab, Spot, shapes
from lumbago.anatomy.mannequin_space import Point
from lumbago.anatomy.mannequin_surface import Ring, surface
from lumbago.anatomy.mannequin_view import VIEWS, View, ViewName

__all__ = ["Scene", "Timing", "moving_markup", "scene_bounds", "still_markup", "upper_bounds"]

#: Parts of the body below the waist, by the end of their names.
LOWER = re.compile(
    "(thigh|shank|foot|short|shorts|trunk|patch|calf|hamstrings|quadriceps|buttock|hip_front|hip_side)$"
)
BELOW_HIPS = 35
LOW = 150  # hips nearer to the floor than this lie on it
LEVEL = 1e-6
FLOOR_WIDTH = 5


@dataclass(frozen=True)
class Scene:
    """How a figure is shown: from where, among which props, with which places marked.

    `far` keeps the same limbs in the paler tone in every posture; see `far_limbs`.
    """

    view: ViewName = "side"
    props: tuple[Prop, ...] = ()
    marks: Mapping[str, Mark] = field(default_factory=lambda: NO_MARKS)
    far: Mapping[str, str] | None = None

    @property
    def seen(self) -> View:
        """The direction of looking."""
        return VIEWS[self.view]


@dataclass(frozen=True)
class Timing:
    """When each posture of a movement is shown: its places in the list, and seconds from the start."""

    order: tuple[int, ...]
    at_s: tuple[float, ...]

    @classmethod
    def there_and_back(cls, count: int, *, move_s: float, rest_s: float) -> "Timing":
        """To the last posture, a rest, back to the first, a rest."""
        # Slow at both ends, as people move: even shares of a half turn, seen from its side.
        there = [move_s * acos(1 - 2 * i / (count - 1)) / pi for i in range(count)]
        back = [move_s + rest_s + time for time in there]
        ways = (*range(count), *reversed(range(count)), 0)
        return cls(ways, (*there, *back, 2 * (move_s + rest_s)))

    @classmethod
    def round_and_round(cls, count: int, *, turn_s: float) -> "Timing":
        """From the first posture to the last, which is the first again."""
        return cls(tuple(range(count)), tuple(turn_s * i / (count - 1) for i in range(count)))

    def animate(self, paths: Sequence[str]) -> str:
        """The element that animates a path through its outlines."""
        whole = self.at_s[-1]
        times = ";".join(f"{time / whole:.3g}" for time in self.at_s)
        values = ";".join(paths[place] for place in self.order)
        return (
            f'<animate attributeName="d" dur="{whole:g}s" repeatCount="indefinite" '
            f'keyTimes="{times}" values="{values}"/>'
        )


def still_markup(scene: Scene, pose: Pose, box: Box, name: str) -> str:
    """The figure and its props, standing still.

    Args:
        scene: How it is shown.
        pose: The posture.
        box: Left, top, right and bottom of the picture, for the floor.
        name: Start of the ids inside.
    """
    return _markup(scene, [pose], box, name, None)


def moving_markup(scene: Scene, poses: Sequence[Pose], box: Box, name: str, timing: Timing) -> str:
    """The figure and its props, moving through some postures for ever. Arguments as for `still_markup`."""
    return _markup(scene, poses, box, name, timing)


def scene_bounds(scene: Scene, poses: Sequence[Pose]) -> Box:
    """Left, top, right and bottom of everything that is seen in any of these postures."""
    return _outermost(
        scene, poses, lambda bones: [*surface(bones).values(), _props_rings(scene, bones)]
    )


def upper_bounds(scene: Scene, poses: Sequence[Pose]) -> Box:
    """Left, top, right and bottom of the body from the hips up, in any of these postures."""
    left, top, right, _ = _outermost(
        scene, poses, lambda bones: [r for n, r in surface(bones).items() if not LOWER.search(n)]
    )
    hips = max(scene.seen.flat(pose.hips)[1] for pose in poses)
    lying = hips > -LOW
    return (left, top, right, BELOW_HIPS if lying else hips + BELOW_HIPS)


def _outermost(
    scene: Scene, poses: Sequence[Pose], parts: Callable[[Skeleton], list[list[Ring]]]
) -> Box:
    boxes = [bounds(parts(skeleton(pose)), scene.seen) for pose in poses]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def _props_rings(scene: Scene, bones: Skeleton) -> list[Ring]:
    return [ring for prop in scene.props for ring in _rings(prop, bones)]


def _markup(scene: Scene, poses: Sequence[Pose], box: Box, name: str, timing: Timing | None) -> str:
    shown = layers(poses[0], scene.seen, scene.marks, scene.far)
    frames = [outlines(pose, scene.seen, shown) for pose in poses]
    ends = {part: _end([frame[part] for frame in frames], timing) for part in frames[0]}
    props = [
        (prop.front, "".join(_painted_prop(prop, scene, poses, timing))) for prop in scene.props
    ]
    return "\n".join(
        [
            _floor(scene.seen, box),
            *(markup for front, markup in props if not front),
            *(painted(layer, name, _of(layer, ends)) for layer in shown),
            *(markup for front, markup in props if front),
        ]
    )


def _of(layer: Layer, ends: Mapping[str, str]) -> dict[str, str]:
    return {part.name: ends[part.name] for part in layer.parts}


def _end(paths: Sequence[str], timing: Timing | None) -> str:
    """The end of a path element, from its data on, moving if its outline changes."""
    if timing is None or len(set(paths)) == 1:
        return f' d="{paths[0]}"/>'
    return f' d="{paths[0]}">{timing.animate(paths)}</path>'


def _painted_prop(
    prop: Prop, scene: Scene, poses: Sequence[Pose], timing: Timing | None
) -> Iterator[str]:
    frames = [shapes(prop, skeleton(pose), scene.seen) for pose in poses]
    for faces in zip(*frames, strict=True):
        yield _opened(faces[0]) + _end([face.d for face in faces], timing)


def _opened(shape: Shape) -> str:
    colour = COLOURS[shape.paint]
    start = f'<path class="{classes(shape.paint)}"'
    if shape.width:
        ends = 'stroke-linecap="round" stroke-linejoin="round"'
        return f'{start} fill="none" stroke="{colour}" stroke-width="{shape.width:.0f}" {ends}'
    edge = f' stroke="{COLOURS["rod"]}" stroke-width="4"' if shape.paint.startswith("prop") else ""
    clear = ' fill-opacity=".45"' if shape.paint == "water" else ""
    return f'{start} fill="{colour}"{edge}{clear}'


def _floor(view: View, box: Box) -> str:
    if abs(view.near[2]) > LEVEL:
        return ""  # seen from above, the floor is no line
    colour = COLOURS["floor"]
    return (
        f'<path class="m-floor" stroke="{colour}" stroke-width="{FLOOR_WIDTH}" '
        f'd="M{box[0]:.0f} {FLOOR_WIDTH / 2:g}H{box[2]:.0f}"/>'
    )


def _rings(prop: Prop, bones: Skeleton) -> Iterator[Ring]:
    """Slices that reach as far as a prop does."""
    across: Point = (0.0, 0.0, 0.0)
    up: Point = (0.0, 0.0, 0.0)
    if isinstance(prop, Ball):
        across, up = (prop.across, prop.across, 0.0), (0.0, 0.0, prop.up)
        spots: tuple[Spot, ...] = (prop.centre,)
    elif isinstance(prop, Slab):
        (x, y, z), (a, b, c) = prop.low.point(bones), prop.high.point(bones)
        spots = tuple(Spot((i, j, k)) for i in (x, a) for j in (y, b) for k in (z, c))
    else:
        spots = prop.spots
    yield from (Ring(spot.point(bones), across, up) for spot in spots)
