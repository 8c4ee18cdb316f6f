"""A posture with what presses the lowest disc: the drawn human, the load, its lever and the force.

Drawn from the right side in thousandths of stature, as the exercises are; bends to the side and turns
are not drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np

from lumbago.anatomy.mannequin_body import segments
from lumbago.anatomy.mannequin_kinematics import skeleton
from lumbago.anatomy.mannequin_picture import COLOURS, document, standalone
from lumbago.anatomy.mannequin_pose import Pose, spelt_out
from lumbago.anatomy.mannequin_props import Prop, Slab, Spot
from lumbago.anatomy.mannequin_scene import Scene, scene_bounds, still_markup
from lumbago.prevention.spine import SpineLoad
from lumbago.prevention.spine_marks import Flat, arrow, dimension, gauge, rule, text
from lumbago.prevention.spine_person import Legs, Person, Posture
from lumbago.prevention.spine_weights import GRAVITY_MS2

__all__ = ["drawn_pose", "spine_file", "spine_svg"]

#: Lean of thigh and shank forward of their lower end, in degrees, and how far the legs lean back in a stoop.
THIGH, SHANK = {"bent": -68.0, "sitting": -86.0}, {"bent": 27.0, "sitting": 0.0}
LEAN_BACK = 0.12
#: Half the depth and the height of a crate, in statures, and how far the hands are below its top.
CRATE_DEEP, CRATE_HIGH, GRIP = 0.10, 0.15, 0.01
#: Room behind and in front of the figure, and the least width of the picture.
BEHIND, BEFORE, LEAST = 390.0, 150.0, 1080.0
#: Paper under a picture that is opened as a file: a viewer's own is white even where letters are light.
GROUND = f'<rect class="ground" fill="{COLOURS["halo"]}" x="-9999" y="-9999" width="19998" height="19998"/>'
GROUND_STYLE = ".mannequin .ground { fill: var(--m-halo); }"
DIMENSION, GAUGE, FOOT = 62.0, 105.0, 225.0


def drawn_pose(posture: Posture, legs: Legs = "straight") -> Pose:
    """The posture as the drawn human takes it, feet on the floor.

    Args:
        posture: Angles of one posture.
        legs: How the legs are.
    """
    angles = {name: float(values[0]) for name, values in posture.arrays().items()}
    trunk, pelvis = angles["trunk_deg"], angles["trunk_deg"] - angles["lumbar_deg"]
    back = -LEAN_BACK * max(trunk, 0.0)
    thigh, shank = THIGH.get(legs, back), SHANK.get(legs, back)
    size, a, b = segments(), radians(thigh), radians(shank)
    forward = size("thigh") * sin(a) + size("shank") * sin(b)
    up = size("thigh") * cos(a) + size("shank") * cos(b) + size("foot", "height")
    turned = {
        "lumbar_flexion": angles["lumbar_deg"],
        "neck_flexion": -min(max(trunk, 0.0) * 0.4, 40.0),
        "hip_flexion": _within(pelvis - thigh, -30, 135),
        "knee_flexion": shank - thigh,
        "ankle_dorsiflexion": shank,
        "shoulder_flexion": _within(trunk + angles["arm_deg"], -60, 180),
        "elbow_flexion": angles["elbow_deg"],
    }
    return Pose(spelt_out(turned), (forward, 0.0, up), pitch=pelvis)


def spine_svg(
    load: SpineLoad,
    drawn: SpineLoad,
    posture: Posture,
    person: Person,
    *,
    title: str,
    load_kg: float = 0.0,
    legs: Legs = "straight",
    name: str = "spine",
) -> str:
    """The posture, the load with its lever, and the force at L5/S1 against the limits of NIOSH.

    Args:
        load: Loads of one posture, as `spine_load` gives them.
        drawn: Loads of the same, as `spine_load_draws` gives them, for the interval.
        posture: Its angles.
        person: Whose back it is.
        title: What the posture is, as the heading.
        load_kg: What the hands hold.
        legs: How the legs are drawn.
        name: Start of the ids inside.

    Returns:
        SVG with a title and words, without style or script: for a page that brings mannequin.css, or for
        `spine_file`.
    """
    pose = drawn_pose(posture, legs)
    scene = Scene(props=tuple(_props(pose, load_kg, legs)))
    left, top, right, _ = scene_bounds(scene, [pose])
    left, right = left - BEHIND, right + BEFORE
    spare = max(LEAST - (right - left), 0.0) / 2
    box = (left - spare, top - 150, right + spare, FOOT)
    low, high = np.percentile(drawn.compression_n[0, :, 0], [2.5, 97.5])
    seen = _Seen(pose, load, person, load_kg)
    force = (seen.newton, float(low), float(high))
    inside = [
        still_markup(scene, pose, (box[0], box[1], box[2], 0.0), name),
        text(((box[0] + box[2]) / 2, box[1] + 64), title, size=46, anchor="middle", weight="bold"),
        *seen.lever(),
        *seen.weights(),
        *seen.disc(),
        *gauge(*force, box[0] + 60, GAUGE, box[2] - box[0] - 120),
    ]
    words = _words(seen, float(low), float(high))
    return document(box, inside, title=title, description=words, name=name)


def spine_file(markup: str) -> str:
    """A picture as a file that brings its own style and follows light and dark.

    Args:
        markup: What `spine_svg` gives.
    """
    before, rest = standalone(markup).split("<style>", 1)
    style, after = rest.split("</style>", 1)
    return f"{before}<style>{style}{GROUND_STYLE}</style>{after.replace('</desc>', '</desc>' + GROUND, 1)}"


@dataclass(frozen=True)
class _Seen:
    """What is drawn over the figure of one posture."""

    pose: Pose
    load: SpineLoad
    person: Person
    load_kg: float

    @property
    def newton(self) -> float:
        return float(self.load.compression_n[0, 0])

    @property
    def lever_cm(self) -> float:
        """From L5/S1 forward to the load."""
        return float(self.load.hands_m[0, 0] * 100)

    def _joint(self, name: str) -> Flat:
        x, _, z = skeleton(self.pose).points[name]
        return (1000 * x, -1000 * z)

    def lever(self) -> list[str]:
        """How far in front of the disc the load is, measured under the figure."""
        if not self.load_kg:
            return []
        (x, y), (hand_x, hand_y) = self._joint("l5_s1"), self._joint("right_knuckles")
        words = f"{self.lever_cm:.0f} cm"
        return dimension(x, hand_x, DIMENSION, words, down_from=(y, hand_y))

    def weights(self) -> Iterator[str]:
        """Arrows down: the body above the disc, with words behind the back, and the load."""
        own_n = float(self.load.weight_n[0, 0]) - self.load_kg * GRAVITY_MS2
        bending = (
            float(self.load.moment_nm[0, 0]) - self.load_kg * GRAVITY_MS2 * self.lever_cm / 100
        )
        (x, y), (_, neck) = self._joint("l5_s1"), self._joint("c7")
        at_x = x + 1000 * bending / own_n / (self.person.stature_cm / 100)
        at_y = y + 0.6 * (neck - y)
        words_y = min(at_y + 10, y - 120)
        yield rule((x - 112, words_y - 12), (at_x, words_y - 12), thick=2.5)
        yield rule((at_x, words_y - 12), (at_x, at_y), thick=2.5)
        yield arrow((at_x, at_y), (at_x, at_y + 120))
        words = f"{own_n / GRAVITY_MS2:.0f} kg of body"
        yield text((x - 124, words_y), words, anchor="end", size=32)
        if self.load_kg:
            hand_x, hand_y = self._joint("right_knuckles")
            middle = hand_y + 1000 * (CRATE_HIGH - GRIP) / 2
            yield arrow((hand_x, middle - 60), (hand_x, middle + 60))
            yield text((hand_x + 26, middle + 12), f"{self.load_kg:g} kg", weight="bold")

    def disc(self) -> Iterator[str]:
        """Two arrows that press the disc along the spine, and the force in words."""
        up = skeleton(self.pose).axes["l5"].up
        x, y = self._joint("l5_s1")
        for side in (1, -1):
            far, near = ((x + side * r * up[0], y - side * r * up[2]) for r in (150, 14))
            yield arrow(far, near, "works")
        yield text(
            (x - 112, y - 6), f"{_round(self.newton):,} N", anchor="end", weight="bold", size=44
        )
        yield text((x - 112, y + 36), "on the lowest disc", anchor="end", size=32)


def _props(pose: Pose, load_kg: float, legs: Legs) -> Iterator[Prop]:
    if load_kg:
        yield Slab(
            Spot(at=(-CRATE_DEEP, 0.02, GRIP - CRATE_HIGH), on="right_knuckles"),
            Spot(at=(CRATE_DEEP, 0.2, GRIP), on="right_knuckles"),
        )
    if legs == "sitting":
        x, _, z = pose.hips
        yield Slab(Spot(at=(x - 0.11, -0.1, 0.0)), Spot(at=(x + 0.12, 0.1, z - 0.055)))


def _words(seen: _Seen, low: float, high: float) -> str:
    load = ""
    if seen.load_kg:
        load = f" {seen.load_kg:g} kg is held {seen.lever_cm:.0f} cm in front of it."
    return (
        "Seen from the right side. The lowest disc (L5/S1) is pressed with about "
        f"{_round(seen.newton):,} N, likely between {_round(low):,} and {_round(high):,} N.{load}"
    )


def _round(newton: float) -> int:
    """A force no finer than the model is: to 10 N below 1000, to 50 N above."""
    step = 10 if newton < 1000 else 50
    return round(newton / step) * step


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
