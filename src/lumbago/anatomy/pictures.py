"""Drawings of the body with named parts: which there are, what to say of each, and one as SVG.

The templates in `drawings/` hold no style; a page that shows one brings `styles/drawings.css`. Each part
is a group whose first line carries its name and classes, so that a few words added there choose it, fade
it or make it a button. Person's left is on the viewer's left from behind and on the right from the front;
drawings from the side look to the left.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable
from functools import cache
from html import escape
from importlib.resources import files
from typing import Literal

import msgspec

from lumbago.errors import EvidenceError, UnknownIdError

__all__ = ["Part", "load_parts", "picture_svg"]

PART = re.compile(r'<g id="part-(\w+)" class="(part [\w ]+)"')
Kind = Literal[
    "bone",
    "disc",
    "joint",
    "nerve",
    "cord",
    "muscle",
    "tendon",
    "ligament",
    "vessel",
    "organ",
    "skin",
]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of one drawing; `structure` is its id in the anatomy files, empty if it has none."""

    part: str
    drawing: str
    label: str
    kind: Kind
    what_it_does: str
    how_it_hurts: str
    structure: str


@cache
def load_parts() -> list[Part]:
    """Every part of every drawing; one that appears in two drawings is listed for each.

    Raises:
        EvidenceError: If the file has a fault.
    """
    text = (files("lumbago.anatomy") / "data" / "parts.csv").read_text(encoding="utf-8")
    try:
        return msgspec.convert(list(csv.DictReader(io.StringIO(text))), list[Part])
    except msgspec.ValidationError as error:
        raise EvidenceError([f"parts.csv: {error}"]) from None


def picture_svg(
    drawing: str, *, chosen: Collection[str] = (), interactive: bool = False, title: str
) -> str:
    """A drawing as inline SVG.

    Args:
        drawing: Name of the drawing, such as `lower_back_side`.
        chosen: Parts to highlight. In a still picture all others fade.
        interactive: Make every part a labelled button that the keyboard reaches.
        title: What the picture shows, for screen readers.

    Raises:
        UnknownIdError: If there is no such drawing, or it has no such part.
    """
    labels = _labels(drawing)
    for part in chosen:
        if part not in labels:
            raise UnknownIdError(f"the drawing {drawing} has no part {part!r}{_hint(part, labels)}")
    fade = bool(chosen) and not interactive

    def opened(match: re.Match[str]) -> str:
        name, classes = match.groups()
        state = " is-chosen" if name in chosen else " is-dim" if fade else ""
        button = _button(labels[name], pressed=name in chosen) if interactive else ""
        return f'<g id="part-{name}" class="{classes}{state}"{button}'

    role = f'role="{"group" if interactive else "img"}" aria-label="{escape(title)}"'
    return PART.sub(opened, _template(drawing)).replace("<svg ", f"<svg {role} ", 1)


def _button(label: str, *, pressed: bool) -> str:
    state = "true" if pressed else "false"
    return f' tabindex="0" role="button" aria-pressed="{state}" aria-label="{escape(label)}"'


@cache
def _labels(drawing: str) -> dict[str, str]:
    labels = {p.part: p.label for p in load_parts() if p.drawing == drawing}
    if not labels:
        names = {p.drawing for p in load_parts()}
        raise UnknownIdError(f"there is no drawing {drawing!r}{_hint(drawing, names)}")
    return labels


@cache
def _template(drawing: str) -> str:
    path = files("lumbago.anatomy") / "drawings" / f"{drawing}.svg"
    return path.read_text(encoding="utf-8").strip()


def _hint(name: str, names: Iterable[str]) -> str:
    import difflib  # only needed to mend a typing slip

    near = difflib.get_close_matches(name, list(names), n=1)
    return f"; did you mean {near[0]}?" if near else ""
