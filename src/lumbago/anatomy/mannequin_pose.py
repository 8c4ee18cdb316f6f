"""A posture as a value: where the pelvis is, how it is turned, and every joint angle in degrees."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from lumbago.anatomy.mannequin_body import joint_ranges
from lumbago.anatomy.mannequin_space import UPRIGHT, Axes, Point
from lumbago.errors import MeasurementError

__all__ = ["HIP_HEIGHT", "Pose", "interpolate", "mirrored", "posture", "spelt_out"]

#: Height of the hips over the floor when standing, in statures: shank, thigh and foot (segments.csv).
HIP_HEIGHT = 0.530
TURNS_THAT_MIRROR = ("side_bend", "rotation")


@dataclass(frozen=True)
class Pose:
    """A posture of the whole body. Angles that are left out are 0: standing, arms hanging.

    Args:
        angles: Joint angle in degrees by name, such as `left_knee_flexion` or `lumbar_flexion`.
            `joint_ranges()` lists them with their range and sign.
        hips: Middle between the hips, in statures: forward, to the left, up from the floor.
        pitch: Turn of the pelvis forward, in degrees: 90 lies on the front, -90 on the back.
        roll: Turn of the pelvis about its own forward axis; 90 lies on the right side.
        yaw: Turn of the pelvis about the vertical, to the left.
        twist: Turn of the pelvis about its own length, to the left, as in rolling over.

    Raises:
        MeasurementError: If an angle has no such name, or goes further than the joint does.
    """

    angles: Mapping[str, float] = field(default_factory=dict)
    hips: Point = (0.0, 0.0, HIP_HEIGHT)
    pitch: float = 0.0
    roll: float = 0.0
    yaw: float = 0.0
    twist: float = 0.0

    def __post_init__(self) -> None:
        for name, degrees in self.angles.items():
            joint = joint_ranges().get(name)
            if joint is None:
                raise MeasurementError(_no_such_angle(name))
            if not joint.low - 1e-6 <= degrees <= joint.high + 1e-6:
                raise MeasurementError(
                    f"{name} is {degrees:.1f} degrees; the joint goes from {joint.low:g} to {joint.high:g}"
                )
        object.__setattr__(self, "angles", MappingProxyType(dict(self.angles)))

    def __getitem__(self, name: str) -> float:
        """One angle in degrees; 0 if it was not given."""
        return self.angles.get(name, 0.0)

    @property
    def axes(self) -> Axes:
        """Forward, left and up of the pelvis."""
        return UPRIGHT.turned(self.yaw).pitched(self.pitch).leaned(-self.roll).turned(self.twist)

    def with_angles(self, angles: Mapping[str, float]) -> "Pose":
        """The same posture with some angles changed."""
        return replace(self, angles={**self.angles, **angles})

    def __reduce__(self) -> tuple[type["Pose"], tuple[object, ...]]:
        return Pose, (
            dict(self.angles),
            self.hips,
            self.pitch,
            self.roll,
            self.yaw,
            self.twist,
        )


def posture(**angles: float) -> Pose:
    """A standing posture from angles in degrees; a name without a side sets both sides.

    Raises:
        MeasurementError: As for `Pose`.

    Example:
        >>> posture(knee_flexion=20)["left_knee_flexion"]
        20
    """
    return Pose(spelt_out(angles))


def spelt_out(angles: Mapping[str, float]) -> dict[str, float]:
    """Angles with both sides named where one name stood for both; a named side wins."""
    bases = {joint.angle: joint.names for joint in joint_ranges().values()}
    full: dict[str, float] = {}
    for name, degrees in angles.items():
        full |= dict.fromkeys(bases.get(name, (name,)), degrees)
    return full | {name: degrees for name, degrees in angles.items() if name not in bases}


def interpolate(start: Pose, end: Pose, share: float) -> Pose:
    """The posture part of the way from one to another.

    Args:
        start: Posture at 0.
        end: Posture at 1.
        share: How much of the way, 0 to 1.
    """
    names = {*start.angles, *end.angles}

    def between(a: float, b: float) -> float:
        return a + (b - a) * share

    x, y, z = (between(a, b) for a, b in zip(start.hips, end.hips, strict=True))
    return Pose(
        {name: between(start[name], end[name]) for name in sorted(names)},
        (x, y, z),
        between(start.pitch, end.pitch),
        between(start.roll, end.roll),
        between(start.yaw, end.yaw),
        between(start.twist, end.twist),
    )


def mirrored(pose: Pose) -> Pose:
    """The same posture with left and right exchanged."""
    x, y, z = pose.hips
    angles = {_other_side(name): degrees for name, degrees in pose.angles.items()}
    turned = {
        name: -d if name.endswith(TURNS_THAT_MIRROR) and not _side(name) else d
        for name, d in angles.items()
    }
    return Pose(turned, (x, -y, z), pose.pitch, -pose.roll, -pose.yaw, -pose.twist)


def _side(name: str) -> str:
    side = name.partition("_")[0]
    return side if side in ("left", "right") else ""


def _other_side(name: str) -> str:
    other = {"left": "right", "right": "left"}.get(_side(name))
    return f"{other}_{name.partition('_')[2]}" if other else name


def _no_such_angle(name: str) -> str:
    import difflib  # only needed to mend a typing slip

    near = difflib.get_close_matches(name, joint_ranges(), n=1)
    hint = f"did you mean {near[0]}?" if near else "for example left_knee_flexion"
    return f"there is no joint angle {name!r}; {hint}"
