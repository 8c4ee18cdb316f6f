"""The anatomy pages: drawings, their parts, and what there is to say of each."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from lumbago.anatomy.atlas import load_atlas
from lumbago.anatomy.describe import felt_map
from lumbago.anatomy.pictures import Part, load_parts, picture_svg
from lumbago.knowledge import load_knowledge
from lumbago.learn import load_articles
from lumbago.web.library.conditions import Entry, entry
from lumbago.web.library.felt import felt_figure

__all__ = ["DRAWINGS", "drawing_page", "drawn_parts", "named_parts", "part_panel", "picture"]

#: The drawings and what each shows, in the order of the anatomy page.
DRAWINGS = {
    "lower_back_side": "The lower back from the side",
    "lower_back_behind": "The lower back from behind",
    "pelvis_front": "The hips and pelvis from the front",
    "leg_back": "The leg from behind",
    "lower_leg_back": "The calf from behind",
    "lower_leg_front": "The lower leg from the front",
    "neck_side": "The neck from the side",
    "chest_back": "The chest from behind",
    "trunk_organs_front": "The organs of the trunk",
    "whole_body": "The whole body",
}
KINDS = {
    "bone": "Bones",
    "disc": "Discs",
    "joint": "Joints",
    "ligament": "Ligaments",
    "nerve": "Nerves",
    "cord": "Spinal cord and nerve bundles",
    "muscle": "Muscles",
    "tendon": "Tendons",
    "vessel": "Blood vessels",
    "organ": "Organs",
    "skin": "Skin and spaces",
}
SYMPTOMS = ("pain", "numbness", "weakness")


@dataclass(frozen=True)
class PartsOfKind:
    """The parts of one tissue in a drawing."""

    title: str
    parts: list[Part]


@cache
def _parts_of() -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = defaultdict(list)
    for part in load_parts():
        found[part.drawing].append(part)
    return found


def drawn_parts() -> list[Part]:
    """All parts, in the order of the drawings on the anatomy page."""
    return [part for drawing in DRAWINGS for part in _parts_of().get(drawing, [])]


def named_parts(drawing: str, names: Iterable[str]) -> list[Part]:
    """The parts of a drawing with these names; a name that is not drawn is left out."""
    by_name = {p.part: p for p in _parts_of()[drawing]}
    return [by_name[name] for name in names if name in by_name]


@cache
def _plain_picture(drawing: str, chosen: tuple[str, ...], title: str) -> str:
    # Two drawings on one page may share a part, and an id must not stand twice.
    svg = picture_svg(drawing, chosen=chosen, title=title)
    return re.sub(r'<g id="part-(\w+)"', r'<g data-part="\1"', svg)


def picture(drawing: str, *, chosen: Sequence[str], title: str) -> str:
    """A drawing with parts highlighted."""
    return _plain_picture(drawing, tuple(chosen), title)


@cache
def drawing_page(*drawings: str) -> list[dict[str, Any]]:
    """The parts of each drawing by their kind."""
    return [
        {"id": d, "title": DRAWINGS[d], "kinds": _by_kind(d), "parts": _parts_of()[d]}
        for d in drawings
    ]


def _by_kind(drawing: str) -> list[PartsOfKind]:
    parts = _parts_of()[drawing]
    return [
        PartsOfKind(title, [p for p in parts if p.kind == kind])
        for kind, title in KINDS.items()
        if any(p.kind == kind for p in parts)
    ]


@cache
def part_panel(drawing: str, name: str) -> dict[str, Any] | None:
    """What there is to say of one part; None if the drawing has no such part."""
    found = named_parts(drawing, [name])
    if not found:
        return None
    part = found[0]
    structure = load_atlas().structure_by_id.get(part.structure)
    return {
        "part": part,
        "kind": KINDS.get(part.kind, part.kind),
        "structure": structure,
        "felt": _felt(part.structure, part.label) if structure else None,
        "conditions": _concerned(name),
        "elsewhere": [
            {"id": d, "title": DRAWINGS[d]}
            for d, parts in _parts_of().items()
            if d != drawing and d in DRAWINGS and any(p.part == name for p in parts)
        ],
    }


def _felt(structure: str, label: str) -> dict[str, str] | None:
    """Where a structure at fault is felt, from the first kind of symptom that is mapped."""
    for symptom in SYMPTOMS:
        figure = felt_figure(
            felt_map(structure, symptom=symptom), f"Where {symptom} from this part is felt: {label}"
        )
        if figure:
            return {"symptom": symptom, "figure": figure}
    return None


def _concerned(name: str) -> list[Entry]:
    """Conditions whose article shows this part, dangers last."""
    k = load_knowledge()
    found = [
        entry(k.condition_by_id[a.condition])
        for a in load_articles().values()
        if name in a.picture.parts and a.condition in k.condition_by_id
    ]
    return sorted(found, key=lambda e: (e.must_not_miss, e.name))
