"""Where the bones, weights and muscles are in a posture: kinematics and lever arms of the spine model.

Axes: forward, up, right, in metres, from the middle between the front corners of the pelvis when
standing. The pelvis turns about the hips; each disc takes its share of the bend about its own centre.

Limits: no twist inside the lumbar spine (one to two degrees a disc); the chest is stiff.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lumbago.prevention.spine_data import LEVELS, levels, muscles, parameter

__all__ = ["Skeleton", "attachments", "muscle_lines", "place_bones"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Skeleton:
    """Bones in B postures.

    `turn` (B, bones, 3, 3) and `shift` (B, bones, 3) carry a place from where it is when standing;
    `discs` (B, 5, 3) are the centres, `axes` (B, 5, 3, 3) hold forward, up and right of each disc in rows.
    """

    turn: Floats
    shift: Floats
    discs: Floats
    axes: Floats

    def carried(self, bones: NDArray[np.intp], places: Floats) -> Floats:
        """Places (P, 3) or (B, P, 3) on bones (P,), after the movement: (B, P, 3)."""
        moved = np.broadcast_to(places, (len(self.turn), len(bones), 3)).copy()
        for bone in set(bones.tolist()):
            own = bones == bone
            turned = moved[:, own] @ self.turn[:, bone].transpose(0, 2, 1)
            moved[:, own] = turned + self.shift[:, None, bone]
        return moved


def place_bones(
    trunk_deg: Floats, lumbar_deg: Floats, side_bend_deg: Floats, scale: float
) -> Skeleton:
    """The bones in a posture.

    Args:
        trunk_deg: Lean of the chest, (B,).
        lumbar_deg: Bend of the lower back from its standing curve, (B,).
        side_bend_deg: Bend of the lower back to the right, (B,).
        scale: Size of the body against the reference.
    """
    hips = np.array([parameter("hip_forward"), parameter("hip_up"), 0.0]) / 1000 * scale
    turn = _bent(trunk_deg - lumbar_deg, np.zeros_like(trunk_deg))
    turns, shifts = [turn], [hips - turn @ hips]
    discs, axes = [], []
    for level in levels():
        centre = np.array([level.forward_mm, level.up_mm, 0.0]) / 1000 * scale
        below, shift = turns[-1], shifts[-1]
        own = _bent(level.flexion_share * lumbar_deg, level.side_bend_share * side_bend_deg)
        half = _bent(
            level.flexion_share * lumbar_deg / 2, level.side_bend_share * side_bend_deg / 2
        )
        place = np.einsum("bij,j->bi", below, centre) + shift
        turns.append(below @ own)
        shifts.append(place - np.einsum("bij,j->bi", turns[-1], centre))
        discs.append(place)
        tilt = _bent(np.array([level.tilt_deg]), np.zeros(1))
        axes.append((below @ half @ tilt).transpose(0, 2, 1))
    return Skeleton(*(np.stack(part, axis=1) for part in (turns, shifts, discs, axes)))


def muscle_lines(bones: Skeleton, breadth: Floats, scale: float) -> tuple[Floats, Floats]:
    """Lever arms and directions of every muscle at every disc.

    Args:
        bones: The bones in B postures.
        breadth: How far attachments lie from the line of the discs against the model's bones, (B,).
        scale: Size of the body against the reference.

    Returns:
        Arms in metres (B, 5, 3, M) about the forward, up and right axis of each disc (positive about the
        right axis: lifts the front), and unit vectors of the pull on what lies above (B, 5, 3, M); both 0
        where a muscle does not cross.
    """
    body = muscles()
    places = bones.carried(body.point_bones, attachments(breadth, scale))
    disc, fascicle, low, high = body.crossings.T
    pull = places[:, low] - places[:, high]
    pull /= np.linalg.norm(pull, axis=2, keepdims=True)
    lever = np.cross(places[:, low] - bones.discs[:, disc], pull)
    shape = (len(places), len(LEVELS), 3, len(body.names))
    arms, pulls = np.zeros(shape), np.zeros(shape)
    for level in range(len(LEVELS)):
        own = disc == level
        local = lever[:, own] @ bones.axes[:, level].transpose(0, 2, 1)
        arms[:, level, :, fascicle[own]] = local.transpose(1, 0, 2)
        pulls[:, level, :, fascicle[own]] = pull[:, own].transpose(1, 0, 2)
    return arms, pulls


def attachments(breadth: Floats, scale: float) -> Floats:
    """Places of all attachments and guides when standing, in metres, (B, P, 3).

    Args:
        breadth: How far from the line of the discs they lie, against the model's bones, (B,).
        scale: Size of the body against the reference.
    """
    points = muscles().points_m * scale
    heights = np.array([level.up_mm for level in levels()]) / 1000 * scale
    forward = np.array([level.forward_mm for level in levels()]) / 1000 * scale
    line = np.interp(points[:, 1], heights, forward)
    factor = breadth * parameter("reference_stature") / parameter("breadth_stature")
    out = np.broadcast_to(points, (len(breadth), *points.shape)).copy()
    out[:, :, 0] = line + factor[:, None] * (points[:, 0] - line)
    out[:, :, 2] *= factor[:, None]
    return out


def _bent(forward_deg: Floats, right_deg: Floats) -> Floats:
    """Turn forward about the right axis, then to the right about the forward axis: (B, 3, 3)."""
    a, b = np.radians(forward_deg), np.radians(right_deg)
    zero, one = np.zeros_like(a), np.ones_like(a)
    pitch = [[np.cos(a), np.sin(a), zero], [-np.sin(a), np.cos(a), zero], [zero, zero, one]]
    lean = [[one, zero, zero], [zero, np.cos(b), -np.sin(b)], [zero, np.sin(b), np.cos(b)]]
    return np.asarray(np.moveaxis(np.array(pitch), -1, 0) @ np.moveaxis(np.array(lean), -1, 0))
