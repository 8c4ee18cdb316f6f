"""A workstation as a picture: the drawn human sitting or standing at a desk of the heights that were found.

Drawn from the right side in thousandths of stature. The furniture keeps its distances to the body (desk over
seat, screen over seat), so that estimates that do not add up to the drawn body leave no gap under it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from lumbago.anatomy.mannequin_kinematics import skeleton
from lumbago.anatomy.mannequin_picture import document
from lumbago.anatomy.mannequin_pose import Pose
from lumbago.anatomy.mannequin_props import Line, Prop, Slab, Spot
from lumbago.anatomy.mannequin_scene import Scene, still_markup
from lumbago.prevention.anthropometry import Length
from lumbago.prevention.spine_marks import rule, text
from lumbago.prevention.spine_person import Posture
from lumbago.prevention.spine_picture import drawn_pose
from lumbago.prevention.workstation import Workstation

__all__ = ["sitting_svg", "standing_svg"]

Told = Callable[[Length], str]
SITTING = Posture(0.0, 12.0, arm_deg=4.0, elbow_deg=84.0)
STANDING = Posture(0.0, 0.0, arm_deg=4.0, elbow_deg=84.0)
#: From the middle of the hips down to the seat, in statures, as the mannequin sits.
SUNK = 0.055
THICK, SIZE = 0.018, 54
#: Where the words stand that would cover the leg of a desk to stand at.
BESIDE_DESK = 560.0
FRAME_SITTING = (-770.0, -900.0, 810.0, 50.0)
FRAME_STANDING = (-560.0, -1060.0, 980.0, 50.0)


def sitting_svg(found: Workstation, stature_cm: float, told: Told, *, name: str = "sit") -> str:
    """Somebody of this stature who sits at the desk.

    Args:
        found: The heights.
        stature_cm: Body height.
        told: A length in words, in the units of the page.
        name: Start of the ids inside.

    Returns:
        SVG with a title and words, without style or script, for a page that brings mannequin.css.
    """
    h, pose = found.heights, drawn_pose(SITTING, "sitting")
    rest = 0.0 if found.footrest is None else found.footrest.cm / stature_cm
    x, y, z = pose.hips
    pose = replace(pose, hips=(x, y, z + rest))
    seat = z + rest - SUNK

    def over_seat(height: str) -> float:
        return seat + (h[height].cm - h["seat"].cm) / stature_cm

    desk, screen = over_seat("desk"), over_seat("screen_top")
    props = (*_chair(x, seat), *_desk(pose, desk, screen), *_footrest(pose, rest))
    labels: list[list[str] | str] = [
        _label(-seat * 1000, "Seat", told(h["seat"]), left=True),
        _label(-desk * 1000, "Desk", told(h["desk"])),
        _label(-screen * 1000, "Top of the screen", told(h["screen_top"])),
    ]
    if found.footrest:
        labels.append(
            text((150, -1000 * rest - 12), f"Foot-rest {told(found.footrest)}", size=SIZE)
        )
    inside = [still_markup(Scene(props=props), pose, _floor(FRAME_SITTING), name), *_flat(labels)]
    words = (
        f"Seen from the right side: the seat at {told(h['seat'])}, the desk at {told(h['desk'])}, "
        f"the top of the screen at {told(h['screen_top'])} above the floor. The forearms are level."
    )
    return document(FRAME_SITTING, inside, title="Sitting", description=words, name=name)


def standing_svg(found: Workstation, stature_cm: float, told: Told, *, name: str = "stand") -> str:
    """Somebody of this stature who stands at a desk; arguments as for `sitting_svg`."""
    pose = drawn_pose(STANDING)
    desk = found.heights["standing_desk"].cm / stature_cm
    eyes = skeleton(pose).points["c0"][2]
    where = told(found.heights["standing_desk"])
    inside = [
        still_markup(
            Scene(props=tuple(_desk(pose, desk, eyes))), pose, _floor(FRAME_STANDING), name
        ),
        *_label(-desk * 1000, "Desk", where, start=BESIDE_DESK),
    ]
    words = f"Seen from the right side: the desk at {where}, a little below the elbows."
    return document(FRAME_STANDING, inside, title="Standing", description=words, name=name)


def _floor(frame: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return (frame[0], frame[1], frame[2], 0.0)


def _flat(parts: list[list[str] | str]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        else:
            yield from part


def _label(
    y: float, what: str, where: str, *, left: bool = False, start: float = 330.0
) -> list[str]:
    """A height at the edge of the picture: a line, what it is above it, and how high below it."""
    start, end = (
        (FRAME_SITTING[0] + 20, -230.0)
        if left
        else (start, min(start + 460.0, FRAME_STANDING[2] - 20))
    )
    return [
        rule((start, y), (end, y), thick=3),
        text((start, y - 18), what, size=SIZE),
        text((start, y + 56), where, size=SIZE, weight="bold"),
    ]


def _chair(x: float, seat: float) -> Iterator[Prop]:
    yield Slab(Spot(at=(x - 0.13, -0.1, seat - 0.035)), Spot(at=(x + 0.15, 0.1, seat)))
    yield Line(
        (Spot(at=(x - 0.15, 0.0, seat - 0.02)), Spot(at=(x - 0.165, 0.0, seat + 0.3))), 0.03, "prop"
    )
    yield Line((Spot(at=(x, 0.0, seat - 0.04)), Spot(at=(x, 0.0, 0.03))), 0.025, "prop")
    yield Line((Spot(at=(x - 0.12, 0.0, 0.012)), Spot(at=(x + 0.12, 0.0, 0.012))), 0.02, "prop")


def _desk(pose: Pose, top: float, screen: float) -> Iterator[Prop]:
    hand, *_ = skeleton(pose).points["right_wrist"]
    near, far = hand - 0.02, hand + 0.36
    yield Slab(Spot(at=(near, -0.2, top - THICK)), Spot(at=(far, 0.2, top)))
    yield Line(
        (Spot(at=(far - 0.05, 0.0, top - THICK)), Spot(at=(far - 0.05, 0.0, 0.0))), 0.022, "prop"
    )
    middle = hand + 0.24
    yield Line((Spot(at=(middle, 0.0, top)), Spot(at=(middle, 0.0, screen - 0.1))), 0.012, "prop")
    yield Line(
        (Spot(at=(middle - 0.02, 0.0, screen - 0.2)), Spot(at=(middle - 0.01, 0.0, screen))), 0.022
    )


def _footrest(pose: Pose, rest: float) -> Iterator[Prop]:
    if rest:
        heel, toe = (skeleton(pose).points[f"right_{name}"][0] for name in ("heel", "toe"))
        yield Slab(Spot(at=(heel - 0.02, -0.1, 0.0)), Spot(at=(toe + 0.03, 0.1, rest)))
