"""The drawn body in SVG: a chart to mark, or a map of where something is felt.

The drawing holds one half of each view; the other is its mirror image. Seen from the front, the
person's left is on the viewer's right; from behind, on the viewer's left. Symptoms differ by pattern as
well as by colour.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from lumbago.anatomy.atlas import View, Views, Zone, load_atlas
from lumbago.anatomy.drawing import Drawing, Mark

__all__ = ["felt_markup", "figure_markup", "figure_svg", "standalone", "zone_label"]

PATTERNS = """
<pattern id="dots-{name}" width="6" height="6" patternUnits="userSpaceOnUse">
<circle cx="1.5" cy="1.5" r="1.3" fill="var(--numb)"/>
<circle cx="4.5" cy="4.5" r="1.3" fill="var(--numb)"/></pattern>
<pattern id="stripes-{name}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="2" height="5" fill="var(--weak)"/></pattern>
"""
VIEWS: tuple[View, ...] = ("front", "back")
TITLES: Mapping[str, str] = {"front": "Front of the body", "back": "Back of the body"}


def zone_label(zone_id: str) -> str:
    """The zone in words, such as "lower calf, left"."""
    zone = load_atlas().zone_by_id[zone_id]
    side, _, base = zone_id.partition("_")
    return f"{zone.name}, {side}" if base == zone.zone else zone.name


def figure_svg(views: Iterable[View] = VIEWS, **how: Any) -> str:
    """The chart as a document with its own style. Arguments as for `figure_markup`."""
    return standalone(figure_markup(views, **how))


def standalone(markup: str) -> str:
    """A figure with its own style, to be kept as a file."""
    return markup.replace("<defs>", f"<style>\n{_style()}</style><defs>", 1)


@cache
def _style() -> str:
    return (files("lumbago.anatomy") / "styles" / "figure.css").read_text(encoding="utf-8")


def figure_markup(
    views: Iterable[View] = VIEWS,
    *,
    drawing: Drawing | None = None,
    to_mark: bool = False,
    title: str = "Body chart",
) -> str:
    """The chart of all zones, for a page that brings `styles/figure.css`.

    Args:
        views: Which views, side by side.
        drawing: Marks to show.
        to_mark: Make every zone a labelled button that the keyboard reaches.
    """
    shown = list(views)
    name = "-".join(shown)  # several figures may stand on one page
    inside = [[*_chart(view, name, drawing, to_mark=to_mark)] for view in shown]
    role = "group" if to_mark else "img"
    return _document(shown, inside, role, title, PATTERNS.format(name=name))


def felt_markup(felt: Mapping[str, float], *, views: Iterable[View] = VIEWS, title: str) -> str:
    """A map of where something is felt, for a page that brings `styles/figure.css`.

    Args:
        felt: Zone id to how often it is felt there, 0 to 1. Other zones are not drawn.
    """
    shown = list(views)
    return _document(shown, [[*_map(view, felt)] for view in shown], "img", title, "")


def _document(
    views: Sequence[View], inside: Sequence[Sequence[str]], role: str, title: str, defs: str
) -> str:
    figure = load_atlas().figure
    width = figure.width * len(views)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="body" viewBox="0 0 {width:g} {figure.height:g}" '
        f'role="{role}" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title><defs>{defs}</defs>",
    ]
    for place, view in enumerate(views):
        move = f'transform="translate({place * figure.width:g} 0)"'
        parts += [f'<g {move} role="group" aria-label="{TITLES[view]}">', *inside[place], "</g>"]
    return "\n".join([*parts, "</svg>"])


def _chart(view: View, name: str, drawing: Drawing | None, *, to_mark: bool) -> Iterator[str]:
    paths: Views = getattr(load_atlas().figure, view)
    placed = [item for zone in _in_reading_order(view) for item in _placed(zone, paths)]
    for zone_id, path, mirror in placed:
        label = escape(zone_label(zone_id))
        button = f' role="button" tabindex="0" aria-pressed="false" aria-label="{label}"' * to_mark
        yield (
            f'<path class="zone" data-zone="{zone_id}"{button}{mirror} d="{path}">'
            f"<title>{label}</title></path>"
        )
    for zone_id, path, mirror in placed:
        if drawing is not None and zone_id in drawing.marks:
            yield from _marked(drawing.marks[zone_id], name, path, mirror)
    yield from _lines(paths)


def _map(view: View, felt: Mapping[str, float]) -> Iterator[str]:
    paths: Views = getattr(load_atlas().figure, view)
    yield f'<path class="ground" d="{paths.outline}"/>'
    for zone in _in_reading_order(view):
        for zone_id, path, mirror in _placed(zone, paths):
            if felt.get(zone_id, 0.0) > 0:
                shade = f"{0.15 + 0.75 * felt[zone_id]:.2f}"
                label = f"<title>{escape(zone_label(zone_id))}</title>"
                yield f'<path class="felt" opacity="{shade}"{mirror} d="{path}">{label}</path>'
    yield from _lines(paths)


def _lines(paths: Views) -> Iterator[str]:
    yield from (f'<path class="line mark" d="{line}"/>' for line in paths.lines)
    yield f'<path class="outline mark" d="{paths.outline}"/>'


def _marked(mark: Mark, name: str, path: str, mirror: str) -> Iterator[str]:
    if mark.pain:
        yield f'<path class="mark pain" opacity="{0.25 + 0.065 * mark.pain:.2f}"{mirror} d="{path}"/>'
    for pattern, there in (("dots", mark.numbness), ("stripes", mark.weakness)):
        if there:
            yield f'<path class="mark" fill="url(#{pattern}-{name})"{mirror} d="{path}"/>'


def _in_reading_order(view: View) -> list[Zone]:
    """From head to foot, as the zones file lists them: the order of the tabulator key."""
    return [zone for zone in load_atlas().zones if zone.view == view]


def _placed(zone: Zone, paths: Views) -> Iterator[tuple[str, str, str]]:
    """Marked id, path and mirroring of a zone. The drawn half is the left in front, the right behind."""
    path = paths.zones[zone.zone]
    if zone.middle == "yes":
        yield zone.zone, path, ""
        return
    drawn, mirrored = ("left", "right") if zone.view == "front" else ("right", "left")
    flip = f' transform="translate({load_atlas().figure.width:g} 0) scale(-1 1)"'
    yield f"{drawn}_{zone.zone}", path, ""
    yield f"{mirrored}_{zone.zone}", path, flip
