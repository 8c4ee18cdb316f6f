"""The picture of every exercise: start and end side by side, and one figure that moves.

Both are inline SVG without script or style; a page brings `styles/mannequin.css` of the anatomy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin

from lumbago.anatomy.mannequin_kinematics import skeleton
from lumbago.anatomy.mannequin_picture import COLOURS, Box, document
from lumbago.anatomy.mannequin_pose import Pose
from lumbago.anatomy.mannequin_scene import (
    Timing,
    moving_markup,
    scene_bounds,
    still_markup,
    upper_bounds,
)
from lumbago.anatomy.mannequin_view import Flat, View
from lumbago.care.pictures_data import load_pictures, picture
from lumbago.care.pictures_poses import Movement, movement

__all__ = ["exercise_marks", "exercise_moving_svg", "exercise_still_svg", "pictured"]

#: Places that pictures mark, in the words of the public.
PLACES: Mapping[str, str] = {
    "abdomen": "belly",
    "arm_inside": "inside of the arm",
    "buttock": "buttock",
    "calf": "calf",
    "chest": "chest",
    "hamstrings": "back of the thigh",
    "hip_front": "front of the hip",
    "hip_side": "side of the hip",
    "low_back": "low back",
    "neck_back": "back of the neck",
    "neck_front": "front of the neck",
    "quadriceps": "front of the thigh",
    "upper_back": "between the shoulder blades",
    "waist": "side of the waist",
}
MARGIN, GAP, LABEL = 45, 70, 95
FONT = 46
ROUND = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
TRACKED = (
    *("hips", "vertex", "chin"),
    *(
        f"{side}_{joint}"
        for side in ("right", "left")
        for joint in ("knee", "toe", "fingertips", "elbow")
    ),
)
STILL, SHOWN = 5.0, 90.0  # what moves less has no arrow; a short arrow is lengthened
MOVE_S, REST_S = 1.8, 0.9


def pictured() -> tuple[str, ...]:
    """Ids of all exercises that have a picture."""
    return tuple(load_pictures().exercises)


@cache
def exercise_still_svg(exercise_id: str) -> str:
    """Start and end of an exercise side by side, with an arrow of the movement.

    Args:
        exercise_id: Id of the exercise, such as `bridge`.

    Raises:
        UnknownIdError: If there is no picture of that name.
    """
    shown = movement(exercise_id)
    name = f"still-{exercise_id.replace('_', '-')}"
    grid = _Grid.of(shown)
    panels = []
    for place, key in enumerate(_panels(shown)):
        inside = still_markup(shown.scene, shown.keys[key], grid.box, f"{name}-{place}")
        moves = key < len(shown.ways) and not (key and shown.picture.course == "round")
        arrow = _arrows(shown, key, grid.size) if moves else ""
        panels.append(grid.panel(place, inside + arrow, shown.labels[key]))
    return document(
        grid.whole,
        panels,
        title=shown.picture.shows,
        description=exercise_marks(exercise_id),
        name=name,
    )


def exercise_marks(exercise_id: str) -> str:
    """What the marked places mean, in words; empty if nothing is marked.

    Args:
        exercise_id: Id of the exercise.

    Raises:
        UnknownIdError: If there is no picture of that name.
    """
    shown = picture(exercise_id)
    told = []
    for places, start in ((shown.works, "Works:"), (shown.stretches, "Is stretched:")):
        if places:
            names = dict.fromkeys(
                PLACES[place.removeprefix("left_").removeprefix("right_")] for place in places
            )
            told.append(f"{start} {', '.join(names)}.")
    return " ".join(told)


def _panels(shown: Movement) -> list[int]:
    """Places of the key postures that a still picture shows; of a round, the first and its opposite."""
    count = len(shown.keys)
    return [0, (count - 1) // 2] if shown.picture.course == "round" else list(range(count))


@dataclass(frozen=True)
class _Grid:
    """Equal panels in one row, or in two if there are more than three."""

    box: Box
    columns: int
    rows: int
    overflow: str

    @classmethod
    def of(cls, shown: Movement) -> "_Grid":
        count = len(_panels(shown))
        columns = count if count <= 3 else (count + 1) // 2
        overflow = "hidden" if shown.picture.upper else "visible"
        return cls(_room(shown), columns, -(-count // columns), overflow)

    @property
    def size(self) -> float:
        """How large lettering and arrows are: in step with the whole picture, so that they look alike."""
        left, top, right, bottom = self.box
        width = self.columns * (right - left)
        return max(0.45, min(1.15, max(width / 2200, self.rows * (bottom - top) / 1050)))

    @property
    def steps(self) -> tuple[float, float]:
        """From one panel to the next, to the right and down."""
        left, top, right, bottom = self.box
        return (right - left + GAP * self.size, bottom - top + LABEL * self.size)

    @property
    def whole(self) -> Box:
        """The edges of all panels and their labels."""
        across, down = self.steps
        left, top, right, _ = self.box
        return (left, top, right + (self.columns - 1) * across, top + self.rows * down)

    def panel(self, place: int, inside: str, label: str) -> str:
        """One panel in its place, cut off at its edges, with its label below."""
        left, top, right, bottom = self.box
        across, down = self.steps
        x, y = left + (place % self.columns) * across, top + (place // self.columns) * down
        width, height = right - left, bottom - top
        seen = f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}"
        return (
            f'<svg x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" viewBox="{seen}"'
            f' overflow="{self.overflow}">{inside}</svg>'
            + _label(label, x + width / 2, y + height, self.size)
        )


@cache
def exercise_moving_svg(exercise_id: str) -> str:
    """One figure that does the exercise again and again; a still one for who asked for less movement.

    Args:
        exercise_id: Id of the exercise, such as `bridge`.

    Raises:
        UnknownIdError: If there is no picture of that name.
    """
    shown = movement(exercise_id)
    name = f"moving-{exercise_id.replace('_', '-')}"
    box = _room(shown)
    still = still_markup(shown.scene, shown.keys[0], box, f"{name}-s")
    still += _arrows(shown, 0, _Grid.of(shown).size)
    if shown.picture.course == "hold":
        inside = [still]
    else:
        moving = moving_markup(shown.scene, shown.steps, box, f"{name}-m", _timing(shown))
        inside = [
            f'<g class="moving">{moving}</g>',
            f'<g class="still" display="none">{still}</g>',
        ]
    return document(
        box, inside, title=shown.picture.shows, description=exercise_marks(exercise_id), name=name
    )


def _timing(shown: Movement) -> Timing:
    count, ways = len(shown.steps), len(shown.ways)
    if shown.picture.course == "round":
        return Timing.round_and_round(count, turn_s=shown.picture.turn_s)
    return Timing.there_and_back(count, move_s=MOVE_S * ways, rest_s=REST_S)


def _room(shown: Movement) -> Box:
    measured = upper_bounds if shown.picture.upper else scene_bounds
    left, top, right, bottom = measured(shown.scene, shown.steps)
    if shown.picture.upper:
        return (left - MARGIN, top - MARGIN, right + MARGIN, bottom)
    return (left - MARGIN, top - MARGIN, right + MARGIN, max(bottom, 0.0) + MARGIN / 2)


def _label(words: str, x: float, y: float, size: float) -> str:
    return (
        f'<text class="m-label" x="{x:.0f}" y="{y + 0.72 * LABEL * size:.0f}" text-anchor="middle" '
        f'font-size="{FONT * size:.0f}" font-family="sans-serif" fill="{COLOURS["label"]}">'
        f"{escape(words)}</text>"
    )


def _arrows(shown: Movement, way: int, size: float) -> str:
    """Arrows along what moves most in one way, or along the joints that the data name."""
    if not shown.ways or (shown.picture.course == "round" and not shown.picture.arrows):
        return ""  # in walking everything moves
    poses, view = shown.ways[way], shown.scene.seen
    tracks = {joint: _track(poses, joint, view) for joint in shown.picture.arrows or TRACKED}
    if not shown.picture.arrows:
        most = max(tracks, key=lambda joint: _length(tracks[joint]))
        tracks = {most: tracks[most]}
    lengths = {joint: _length(track) for joint, track in tracks.items()}
    least = max(STILL, max(lengths.values()) / 8)
    return "".join(_arrow(tracks[joint], size) for joint, long in lengths.items() if long >= least)


def _track(poses: Sequence[Pose], joint: str, view: View) -> list[Flat]:
    return [view.flat(skeleton(pose).points[joint]) for pose in poses]


def _length(track: Sequence[Flat]) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(track))


def _arrow(track: Sequence[Flat], size: float) -> str:
    long = _length(track)
    if long < SHOWN * size:
        (x, y), grow = track[0], SHOWN * size / max(long, 1.0)
        track = [(x + (a - x) * grow, y + (b - y) * grow) for a, b in track]
    line = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in track)
    (ax, ay), (bx, by) = track[-2], track[-1]
    angle = atan2(by - ay, bx - ax)
    corners = [
        (bx + r * cos(angle + turn), by + r * sin(angle + turn))
        for r, turn in ((27 * size, 0.0), (24 * size, 0.72 * pi), (24 * size, -0.72 * pi))
    ]
    head = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in corners) + "Z"
    whole = f'd="{line}{head}"'
    return (
        f'<path class="m-halo" {ROUND} stroke="{COLOURS["halo"]}" stroke-width="{22 * size:.0f}" {whole}/>'
        f'<path class="m-arrow" {ROUND} stroke="{COLOURS["arrow"]}" stroke-width="{10 * size:.0f}" d="{line}"/>'
        f'<path class="m-arrow-head" fill="{COLOURS["arrow"]}" d="{head}"/>'
    )
