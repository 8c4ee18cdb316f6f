"""The parts of the figure in the order in which they are painted, each with its material and outline."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lumbago.anatomy.mannequin_body import SIDES
from lumbago.anatomy.mannequin_kinematics import Skeleton, sign_of, skeleton
from lumbago.anatomy.mannequin_pose import Pose
from lumbago.anatomy.mannequin_space import Point, add, dot, scaled
from lumbago.anatomy.mannequin_surface import Ring, surface
from lumbago.anatomy.mannequin_view import View, path_of, tube

__all__ = ["MARKS", "Layer", "Mark", "Part", "far_limbs", "layers", "outlines"]

Mark = Literal["works", "stretches"]
#: Places that can be marked as working or being stretched, and the layer that each lies on.
MARKS: Mapping[str, str] = {
    **{
        f"{side}_{name}": layer.format(side=side)
        for side in SIDES
        for name, layer in {
            "calf": "{side}_leg",
            "hamstrings": "{side}_leg",
            "quadriceps": "{side}_leg",
            "arm_inside": "{side}_arm",
            "buttock": "hip_patch",
            "hip_front": "hip_patch",
            "hip_side": "hip_patch",
            "waist": "trunk",
        }.items()
    },
    **dict.fromkeys(
        ("abdomen", "low_back", "upper_back", "chest", "neck_front", "neck_back"), "trunk"
    ),
}

NO_MARKS: Mapping[str, Mark] = {}
HEM = 0.22  # clothes end flat, limbs round
FAR = 0.35  # how much sideways a body must be seen for its far limbs to be paler


@dataclass(frozen=True)
class Part:
    """A part with one colour: its name in outlines.csv, its material, and how round its two ends are."""

    name: str
    material: str
    caps: tuple[float, float] = (1.0, 1.0)


@dataclass(frozen=True)
class Layer:
    """Parts that share one outline; `far` ones are in a paler tone, `bare` ones have no edge."""

    name: str
    parts: tuple[Part, ...]
    far: bool = False
    bare: bool = False


TRUNK = (
    Part("neck", "skin", (HEM, HEM)),
    Part("shorts", "shorts", (0.4, HEM)),
    Part("shirt", "shirt", (HEM, HEM)),
)
#: Painted over both thighs without an outline, so that the shorts are one garment.
HIP_PATCH = Part("hip_patch", "shorts", (0.4, HEM))
#: Painted over both sleeves, where neither is behind, so that the shirt is one garment.
SHOULDER_PATCH = Part("shoulder_patch", "shirt")


def far_limbs(pose: Pose, view: View) -> dict[str, str]:
    """Which leg and which arm are behind: side by limb, empty where neither is."""
    bones = skeleton(pose)
    return {
        "leg": _far_side(bones, "pelvis", view),
        "arm": _far_side(bones, "t6_t3", view),
    }


def layers(
    pose: Pose,
    view: View,
    marks: Mapping[str, Mark] = NO_MARKS,
    far: Mapping[str, str] | None = None,
) -> list[Layer]:
    """The layers of the figure from the farthest to the nearest.

    Args:
        pose: The posture.
        view: Where it is seen from.
        marks: Places of `MARKS` that work or are stretched.
        far: Limbs in the paler tone, as `far_limbs` gives them; those of this posture if left out.
    """
    bones = skeleton(pose)
    rings = surface(bones)
    depth = {"trunk": _depth(rings["trunk"], view), "head": _depth(rings["skull"], view)}
    far = far_limbs(pose, view) if far is None else far
    limbs = [
        Layer(f"{side}_{limb}", parts(side), far[limb] == side)
        for limb, parts in (("leg", _leg), ("arm", _arm))
        for side in SIDES
    ]
    depth |= {layer.name: _mean_depth(layer, rings, view) for layer in limbs}
    body = [Layer("trunk", TRUNK), Layer("head", tuple(_head(bones, rings, view)))]
    painted = sorted([*limbs, *body], key=lambda layer: depth[layer.name])
    whole = _over(painted, ("leg",), Layer("hip_patch", (HIP_PATCH,), bare=True))
    homes = MARKS
    if not far["arm"]:
        patch = Layer("shoulder_patch", (SHOULDER_PATCH,), bare=True)
        whole = _over(whole, ("arm", "trunk"), patch)
        homes = {**MARKS, "upper_back": patch.name, "chest": patch.name}
    return [_marked(layer, marks, homes) for layer in whole]


def outlines(pose: Pose, view: View, shown: Sequence[Layer]) -> dict[str, str]:
    """SVG path data of every part in these layers, by the name of the part."""
    rings = surface(skeleton(pose))
    return {
        part.name: path_of(
            tube(rings[part.name], view, caps=part.caps), sides=len(rings[part.name])
        )
        for layer in shown
        for part in layer.parts
    }


def _over(painted: list[Layer], under: tuple[str, ...], patch: Layer) -> list[Layer]:
    last = max(i for i, layer in enumerate(painted) if layer.name.endswith(under))
    return [*painted[: last + 1], patch, *painted[last + 1 :]]


def _marked(layer: Layer, marks: Mapping[str, Mark], homes: Mapping[str, str]) -> Layer:
    on_it = tuple(Part(place, mark) for place, mark in marks.items() if homes[place] == layer.name)
    return replace(layer, parts=(*layer.parts, *on_it))


def _leg(side: str) -> tuple[Part, ...]:
    skin = ("hindfoot", "midfoot", "forefoot", "shank", "thigh")
    return (
        *(Part(f"{side}_{name}", "skin") for name in skin),
        Part(f"{side}_short", "shorts", (1.0, HEM)),
    )


def _arm(side: str) -> tuple[Part, ...]:
    skin = ("thumb", "fingers", "palm", "forearm", "upper_arm")
    return (
        *(Part(f"{side}_{name}", "skin") for name in skin),
        Part(f"{side}_sleeve", "shirt", (1.0, HEM)),
    )


def _head(bones: Skeleton, rings: Mapping[str, Sequence[Ring]], view: View) -> Iterator[Part]:
    """Hair, face and features from the farthest to the nearest, as the head is turned."""
    head = bones.axes["head"]
    parts = [
        Part("skull", "hair"),
        Part("face", "skin"),
        Part("nose", "skin"),
        *(Part(f"{side}_ear", "skin") for side in SIDES),
    ]
    # A face in profile is painted over the hair.
    bias = {"face": 0.012}
    yield from sorted(parts, key=lambda p: _depth(rings[p.name], view) + bias.get(p.name, 0.0))
    for side in SIDES:
        outward = add(scaled(head.forward, 0.75), scaled(head.left, 0.66 * sign_of(side)))
        if dot(outward, view.near) > 0.15:
            yield Part(f"{side}_eye", "eye")


def _far_side(bones: Skeleton, segment: str, view: View) -> str:
    toward = dot(bones.axes[segment].left, view.near)
    return "left" if toward < -FAR else "right" if toward > FAR else ""


def _mean_depth(layer: Layer, rings: Mapping[str, Sequence[Ring]], view: View) -> float:
    depths = [_depth(rings[part.name], view) for part in layer.parts]
    return sum(depths) / len(depths)


def _depth(rings: Sequence[Ring], view: View) -> float:
    points: list[Point] = [ring.centre for ring in rings]
    return sum(dot(point, view.near) for point in points) / len(points)
