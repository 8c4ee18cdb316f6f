"""The drawn human as SVG: a figure that stands still.

Shapes carry their colour twice: as a plain attribute, for files and print, and as a class, for pages that
bring `styles/mannequin.css` with its light and dark tones. There is no style attribute and no script.

Drawing units are thousandths of stature; the floor is at 0 and up is negative, as in SVG.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from importlib.resources import files

from lumbago.anatomy.mannequin_kinematics import skeleton
from lumbago.anatomy.mannequin_layers import Layer, layers, outlines
from lumbago.anatomy.mannequin_pose import Pose
from lumbago.anatomy.mannequin_space import Point, scaled
from lumbago.anatomy.mannequin_surface import Ring, surface
from lumbago.anatomy.mannequin_view import VIEWS, View, ViewName

__all__ = [
    "COLOURS",
    "Box",
    "bounds",
    "classes",
    "document",
    "figure_markup",
    "mannequin_svg",
    "painted",
    "standalone",
]

#: Colours of files and of print: the light tones of mannequin.css.
COLOURS: Mapping[str, str] = {
    "skin": "#c9936f",
    "skin far": "#e3c4ae",
    "shirt": "#2f8079",
    "shirt far": "#94bdb6",
    "shorts": "#123f47",
    "shorts far": "#8aa3a4",
    "hair": "#3d2c26",
    "eye": "#3d2c26",
    "edge": "#5b3f31",
    "edge far": "#a98a76",
    "works": "#d9482b",
    "stretches": "#f2b134",
    "mat": "#cfe0da",
    "mat-side": "#a9c4bb",
    "prop": "#d8c3a0",
    "prop-side": "#bfa57c",
    "rod": "#7d6645",
    "gear": "#6a4c93",
    "cord": "#6a4c93",
    "water": "#7db7d6",
    "floor": "#b9ab98",
    "arrow": "#b3462a",
    "halo": "#fffdfa",
    "label": "#1e2b2c",
}
EDGE_WIDTH = 6
MARGIN = 40
Box = tuple[float, float, float, float]


def mannequin_svg(
    pose: Pose, *, view: ViewName = "side", title: str, description: str = "", name: str = "figure"
) -> str:
    """A posture as inline SVG, on the floor.

    Args:
        pose: The posture.
        view: Where it is seen from; `side` sees the right side.
        title: What the picture shows, for everyone who does not see it.
        description: More words about it.
        name: Start of the ids inside; each picture on a page needs its own.
    """
    left, top, right, bottom = bounds(surface(skeleton(pose)).values(), VIEWS[view])
    box = (left - MARGIN, top - MARGIN, right + MARGIN, max(bottom, 0.0) + MARGIN)
    floor = f'<path class="m-floor" stroke="#b9ab98" stroke-width="5" d="M{box[0]:.0f} 0H{box[2]:.0f}"/>'
    inside = [floor, figure_markup(pose, view, name)]
    return document(box, inside, title=title, description=description, name=name)


def figure_markup(pose: Pose, view: ViewName, name: str) -> str:
    """The figure alone, as groups to put into a drawing of one's own.

    Args:
        pose: The posture.
        view: Where it is seen from.
        name: Start of the ids inside.
    """
    seen = VIEWS[view]
    shown = layers(pose, seen)
    paths = outlines(pose, seen, shown)
    return "\n".join(
        painted(layer, name, {k: f' d="{d}"/>' for k, d in paths.items()}) for layer in shown
    )


def painted(layer: Layer, name: str, rest: Mapping[str, str]) -> str:
    """One layer: its parts with an edge, then again without, so that only the outer edge is left.

    Args:
        layer: The layer.
        name: Start of its id.
        rest: For each part, the end of its path element, from the path data on.
    """
    tone = " far" if layer.far else ""
    parts = "".join(_opened(part.material, tone) + rest[part.name] for part in layer.parts)
    if layer.bare:
        return parts
    key = f"{name}-{layer.name.replace('_', '-')}"
    edge = f'class="{classes("edge" + tone)}" stroke="{COLOURS["edge" + tone]}" stroke-width="{EDGE_WIDTH}"'
    return f'<g {edge} stroke-linejoin="round"><g id="{key}">{parts}</g></g><use href="#{key}"/>'


def _opened(material: str, tone: str) -> str:
    colour = COLOURS.get(material + tone, COLOURS[material])
    # What is stretched has an edge, so that colour alone does not tell it from what works.
    edge = f' stroke="{COLOURS["edge"]}" stroke-width="4"' if material == "stretches" else ""
    return f'<path class="{classes(material + tone)}" fill="{colour}"{edge}'


def classes(names: str) -> str:
    """The classes under which mannequin.css knows a material, such as `skin far`."""
    return " ".join(f"m-{name}" for name in names.split())


def bounds(parts: Iterable[Iterable[Ring]], view: View) -> Box:
    """Left, top, right and bottom of all these parts on the drawing, in drawing units."""
    rings = [ring for part in parts for ring in part]

    def farthest(direction: Point) -> float:
        return max(ring.reach(direction) for ring in rings) * 1000

    return (
        -farthest(scaled(view.right, -1)),
        -farthest(view.up),
        farthest(view.right),
        farthest(scaled(view.up, -1)),
    )


def document(box: Box, inside: Iterable[str], *, title: str, description: str, name: str) -> str:
    """A whole picture around markup that is already drawn.

    Args:
        box: Left, top, right and bottom, in drawing units.
        inside: The markup.
        title: What it shows.
        description: More words; may be empty.
        name: Start of the ids of title and description.
    """
    left, top, right, bottom = box
    words = f'<desc id="{name}-words">{escape(description)}</desc>' if description else ""
    named = f"{name}-title {name}-words" if description else f"{name}-title"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="mannequin" role="img" '
            f'viewBox="{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}" aria-labelledby="{named}">',
            f'<title id="{name}-title">{escape(title)}</title>{words}',
            *inside,
            "</svg>",
        ]
    )


def standalone(markup: str) -> str:
    """A picture with its own style, to be kept as a file that follows light and dark."""
    return markup.replace("<title", f"<style>\n{_style()}</style><title", 1)


@cache
def _style() -> str:
    """In a page a style sheet may hold any sign; in an XML file "<" begins an element."""
    css = (files("lumbago.anatomy") / "styles" / "mannequin.css").read_text(encoding="utf-8")
    return escape(css, quote=False)
