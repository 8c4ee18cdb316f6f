"""`lumbago anatomy`: one structure in plain words, with every number and where it comes from."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lumbago.anatomy.atlas import SIDES, Felt, Link, Sign, Structure, load_atlas
from lumbago.anatomy.figure import felt_markup, standalone
from lumbago.errors import CaseError

__all__ = ["felt_map", "run"]

RELATIONS = {
    "supplied_by": ("Nerve supply", "Supplies"),
    "formed_from": ("Formed from", "Runs into"),
    "pressed_by": ("Often pressed by", "Often presses on"),
    "exits_between": ("Leaves the spine between", "Nerve that leaves here"),
}


def run(arguments: argparse.Namespace) -> int:
    """Show one structure or list them all."""
    out = Console(highlight=False, width=110)
    if arguments.name is None:
        for kind in sorted({s.kind for s in load_atlas().structures}):
            ids = ", ".join(s.structure for s in load_atlas().structures if s.kind == kind)
            out.print(Text(f"{kind.replace('_', ' ')}: {ids}"))
        return 0
    structure = load_atlas().structure(" ".join(arguments.name))
    _show(out, structure)
    if arguments.svg:
        _write(Path(arguments.svg), structure)
        out.print(Text(f"\nDrawing written to {arguments.svg}"))
    return 0


def felt_map(structure: str, side: str = "right", symptom: str = "pain") -> dict[str, float]:
    """Zone id to how often this structure, on one side, is felt there."""
    zones = {zone.zone: zone for zone in load_atlas().zones}
    found = {}
    for row in load_atlas().felt:
        if row.structure == structure and row.symptom == symptom:
            middle = zones[row.zone].middle == "yes"
            found[row.zone if middle else f"{side}_{row.zone}"] = row.frequency
    return found


def _write(path: Path, structure: Structure) -> None:
    side = SIDES[1]
    pain = felt_map(structure.structure, side)
    felt = pain or felt_map(structure.structure, side, "numbness")
    what = "pain" if pain else "numbness"
    title = f"{structure.name}, {side} side: where {what} is felt"
    try:
        path.write_text(standalone(felt_markup(felt, title=title)), encoding="utf-8")
    except OSError as error:
        raise CaseError(f"{path}: cannot be written: {error.strerror}") from None


def _show(out: Console, structure: Structure) -> None:
    atlas, name = load_atlas(), structure.structure
    out.print(Text(f"{structure.name} ({structure.kind.replace('_', ' ')}) [{name}]", style="bold"))
    out.print(Text(structure.description))
    _links(out, [link for link in atlas.links if link.structure == name], forward=True)
    _links(out, [link for link in atlas.links if link.other == name], forward=False)
    zones = {zone.zone: zone.name for zone in atlas.zones}
    for symptom in ("pain", "numbness", "weakness"):
        felt = [f for f in atlas.felt if f.structure == name and f.symptom == symptom]
        felt.sort(key=lambda f: -f.frequency)
        _table(out, f"Where {symptom} is felt", ((zones[f.zone], f) for f in felt))
    signs = sorted((s for s in atlas.signs if s.structure == name), key=lambda s: -s.frequency)
    _table(out, "What gets weak, and which reflex", ((s.sign, s) for s in signs))


def _links(out: Console, links: Iterable[Link], *, forward: bool) -> None:
    names = load_atlas().structure_by_id
    by_relation: dict[str, list[str]] = {}
    for link in links:
        other = names[link.other if forward else link.structure].name
        share = f" ({link.frequency:.0%})" if link.frequency is not None else ""
        by_relation.setdefault(link.relation, []).append(f"{other}{share}")
    for relation, others in by_relation.items():
        out.print(Text(f"{RELATIONS[relation][not forward]}: {', '.join(others)}"))


def _table(out: Console, title: str, rows: Iterable[tuple[str, Felt | Sign]]) -> None:
    table = Table("place or sign", "how often", "95% interval", "grade", "source", "checked")
    for where, row in rows:
        interval = f"{row.low:.0%} to {row.high:.0%}"
        source = row.source or "judgement"
        table.add_row(where, f"{row.frequency:.0%}", interval, row.grade, source, row.checked)
    if table.row_count:
        out.print()
        out.print(Text(title, style="bold"))
        out.print(table)
