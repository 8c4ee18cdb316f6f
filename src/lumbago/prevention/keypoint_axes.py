"""Points on a body brought into one set of axes: x where the person can look, y to their left, z up.

A record whose axes cannot be as said (people who mostly stand on their heads, a nose behind the ears) is
refused, because every angle of it would be wrong without a sign of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.keypoint_names import NEEDED, SIDES, UPS

__all__ = ["Body", "Points", "as_body"]

Floats = NDArray[np.float64]
Points = Mapping[str, Floats]
UP = np.array([0.0, 0.0, 1.0])
TO_THE_LEFT = np.array([0.0, 1.0, 0.0])


@dataclass(frozen=True)
class Body:
    """N postures: points by name, `(N, 3)`, z up; `flat` where they were seen from the side alone."""

    points: Points
    flat: bool

    def middle(self, part: str) -> Floats:
        """Halfway between left and right; from the side, the one that was seen."""
        left, right = (self.points[f"{side}_{part}"] for side in SIDES)
        if self.flat:
            left, right = (
                np.where(np.isnan(left), right, left),
                np.where(np.isnan(right), left, right),
            )
        return (left + right) / 2

    def across(self, part: str) -> Floats:
        """From right to left."""
        if self.flat:
            return np.broadcast_to(TO_THE_LEFT, self.points["left_hip"].shape)
        return self.points[f"left_{part}"] - self.points[f"right_{part}"]

    def has(self, part: str) -> bool:
        """Whether the record holds a part on both sides."""
        return all(f"{side}_{part}" in self.points for side in SIDES)


def as_body(points: Points, *, up: str, facing: str | None) -> Body:
    """The points in our axes.

    Args:
        points: By name, `(N, 2)` or `(N, 3)`.
        up: The axis that points up, one of `UPS`.
        facing: In two dimensions, where the person looks.

    Raises:
        MeasurementError: If a point is missing, or the axes cannot be as said.
    """
    missing = [name for name in NEEDED if name not in points]
    if missing:
        raise MeasurementError(f"there is no point {missing[0]}; needed are {', '.join(NEEDED)}")
    flat = points["left_hip"].shape[1] == 2
    known = [name for name in UPS if not (flat and name == "z")]
    if up not in known:
        raise MeasurementError(f"up is {up!r}; it is {' or '.join(known)}")
    raw = Body(points, flat)
    _check_up(raw, up)
    if flat:
        return Body(_side_view(raw, up, facing), flat)
    body = Body({name: _turned(values, up) for name, values in points.items()}, flat)
    _check_hands(body)
    return body


def _turned(values: Floats, up: str) -> Floats:
    if up == "z":
        return values
    x, y, z = values.T
    return np.stack([z, x, y] if up == "y" else [x, z, -y], axis=1)


def _side_view(raw: Body, up: str, facing: str | None) -> dict[str, Floats]:
    forward, height = _forward(raw, facing), UPS[up][1]
    return {
        name: np.stack([p[:, 0] * forward, np.zeros(len(p)), p[:, 1] * height], axis=1)
        for name, p in raw.points.items()
    }


def _forward(raw: Body, facing: str | None) -> Floats:
    """1 where the person looks to the right of the picture, -1 to the left, nan where nobody can say."""
    if facing is not None:
        if facing not in SIDES:
            raise MeasurementError(f"facing is {facing!r}; it is left or right")
        return np.full(len(raw.points["left_hip"]), 1.0 if facing == "right" else -1.0)
    if "nose" not in raw.points or not raw.has("ear"):
        raise MeasurementError(
            "without points for the nose and the ears, say where the person looks in the picture, "
            "left or right"
        )
    ahead = raw.points["nose"][:, 0] - raw.middle("ear")[:, 0]
    return np.where(ahead == 0, np.nan, np.sign(ahead))


def _check_up(raw: Body, up: str) -> None:
    low = "ankle" if raw.has("ankle") else "hip"
    upright = raw.middle("shoulder") - raw.middle(low)
    upright = upright[np.isfinite(upright).all(axis=1)]
    if not len(upright):
        return
    typical = np.median(upright, axis=0)
    axis = int(np.abs(typical).argmax())
    wanted, sign = UPS[up]
    if axis != wanted or typical[axis] * sign <= 0:
        found = ("-" if typical[axis] < 0 else "") + "xyz"[axis]
        raise MeasurementError(
            f"the shoulders are mostly above the {low}s along {found}, not along {up}; "
            "say which axis points up, or turn the record"
        )


def _check_hands(body: Body) -> None:
    """Left-handed axes, or left and right mixed up, put the nose behind the ears."""
    if "nose" not in body.points or not body.has("ear"):
        return
    ahead = body.points["nose"] - body.middle("ear")
    along = (ahead * np.cross(body.across("shoulder"), UP)).sum(axis=1)
    along = along[np.isfinite(along)]
    if along.size and (along < 0).mean() > 0.5:
        raise MeasurementError(
            "the nose is mostly behind the ears: left and right are mixed up, or the axes are "
            "left-handed; swap them, or turn one axis round"
        )
