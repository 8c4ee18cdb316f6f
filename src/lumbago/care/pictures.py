"""The picture of every exercise: start and end side by side, and one figure that moves.

Both are inline SVG without script or style; a page brings `styles/mannequin.css` of the anatomy.
"""

from collections.abc import Sequence
from functools import cache
from html import escape
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
from lumbago.care.pictures_poses import Movement, load_pictures, movement

__all__ = ["exercise_moving_svg", "exercise_still_svg", "pictured"]

MARGIN, GAP, LABEL = 45, 70, 95
FONT = 46
TRACKED = (
    *("hips", "vertex", "chin"),
    *(
        f"{side}_{joint}"
        for side in ("right", "left")
        for joint in ("knee", "toe", "fingertips", "elbow")
    ),
)
SHORTEST, SHOWN = 25.0, 90.0  # an arrow shorter than this says nothing; a short one is lengthened
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
    box = _room(shown)
    width = box[2] - box[0] + GAP
    panels = []
    for place, (pose, label) in enumerate(zip(shown.keys, shown.labels, strict=True)):
        inside = still_markup(shown.scene, pose, box, f"{name}-{place}")
        arrow = _arrows(shown, place) if place < len(shown.ways) else ""
        words = _label(label, (box[0] + box[2]) / 2, box[3] + 0.75 * LABEL)
        panels.append(_panel(f"{inside}{arrow}{words}", box, place * width))
    whole = (box[0], box[1], box[2] + (len(panels) - 1) * width, box[3] + LABEL)
    return document(whole, panels, title=shown.picture.shows, description="", name=name)


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
    still = still_markup(shown.scene, shown.keys[0], box, f"{name}-s") + _arrows(shown, 0)
    if shown.picture.course == "hold":
        inside = [still]
    else:
        moving = moving_markup(shown.scene, shown.steps, box, f"{name}-m", _timing(shown))
        inside = [
            f'<g class="moving">{moving}</g>',
            f'<g class="still" display="none">{still}</g>',
        ]
    return document(box, inside, title=shown.picture.shows, description="", name=name)


def _panel(inside: str, box: Box, by: float) -> str:
    """A part of the picture with its own edges, moved to the right."""
    left, top, right, bottom = box
    size = f'width="{right - left:.0f}" height="{bottom - top + LABEL:.0f}"'
    seen = f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top + LABEL:.0f}"
    return f'<svg x="{left + by:.0f}" y="{top:.0f}" {size} viewBox="{seen}">{inside}</svg>'


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


def _label(words: str, x: float, y: float) -> str:
    return (
        f'<text class="label" x="{x:.0f}" y="{y:.0f}" text-anchor="middle" font-size="{FONT}" '
        f'font-family="sans-serif" fill="{COLOURS["label"]}">{escape(words)}</text>'
    )


def _arrows(shown: Movement, way: int) -> str:
    """Arrows along what moves most in one way, or along the joints that the data name."""
    if not shown.ways:
        return ""
    poses, view = shown.ways[way], shown.scene.seen
    tracks = {joint: _track(poses, joint, view) for joint in shown.picture.arrows or TRACKED}
    if not shown.picture.arrows:
        most = max(tracks, key=lambda joint: _length(tracks[joint]))
        tracks = {most: tracks[most]}
    return "".join(_arrow(track) for track in tracks.values() if _length(track) >= SHORTEST / 4)


def _track(poses: Sequence[Pose], joint: str, view: View) -> list[Flat]:
    return [view.flat(skeleton(pose).points[joint]) for pose in poses]


def _length(track: Sequence[Flat]) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in zip(track, track[1:], strict=False))


def _arrow(track: Sequence[Flat]) -> str:
    long = _length(track)
    if long < SHOWN:
        (x, y), grow = track[0], SHOWN / max(long, 1.0)
        track = [(x + (a - x) * grow, y + (b - y) * grow) for a, b in track]
    line = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in track)
    (ax, ay), (bx, by) = track[-2], track[-1]
    angle = atan2(by - ay, bx - ax)
    corners = [
        (bx + r * cos(angle + turn), by + r * sin(angle + turn))
        for r, turn in ((26.0, 0.0), (24.0, 0.72 * pi), (24.0, -0.72 * pi))
    ]
    head = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in corners) + "Z"
    common = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
    return (
        f'<path class="halo" {common} stroke="{COLOURS["halo"]}" stroke-width="22" d="{line}{head}"/>'
        f'<path class="arrow" {common} stroke="{COLOURS["arrow"]}" stroke-width="10" d="{line}"/>'
        f'<path class="arrow-head" fill="{COLOURS["arrow"]}" d="{head}"/>'
    )
