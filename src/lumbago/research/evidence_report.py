"""The `lumbago evidence` commands: every number, what it says, and where it comes from."""

import argparse
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
from rich.console import Console
from rich.table import Table

from lumbago.errors import UnknownIdError
from lumbago.knowledge import Knowledge, load_knowledge
from lumbago.knowledge.compile import compiled
from lumbago.knowledge.schema import Demographics, Estimate, Prior
from lumbago.research.evidence_about import About, about, named, search, tables
from lumbago.research.evidence_care import care_counts, care_rows
from lumbago.research.gaps import evidence_gaps
from lumbago.research.literature import Comparison, compare_all

__all__ = ["run"]

REQUIRED_ROWS = 400
REQUIRED_SHARE = 0.85


def run(arguments: argparse.Namespace) -> int:
    """Run one evidence command; returns the exit code."""
    actions: dict[str, Callable[[argparse.Namespace, Knowledge], tuple[Any, int]]] = {
        "show": _show,
        "search": _search,
        "stats": _stats,
        "check": _check,
        "gaps": _gaps,
    }
    result, code = actions[arguments.action](arguments, load_knowledge())
    if arguments.json:
        print(json.dumps(result, indent=2, ensure_ascii=False))
    else:
        _print(result)
    return code


def _show(arguments: argparse.Namespace, k: Knowledge) -> tuple[Any, int]:
    """Everything about one id: its record, its numbers, and the sources of both."""
    for kind, table in tables(k).items():
        record = table.get(arguments.id)
        if record is not None:
            return _plain(about(kind, record, k)), 0
    raise UnknownIdError(
        f"nothing in the evidence is called {arguments.id!r}; try `lumbago evidence search "
        f"{arguments.id.replace('_', ' ')}`"
    )


def _plain(found: About) -> dict[str, Any]:
    """What was found as plain values, without what is empty."""
    shown = {
        "kind": found.kind,
        "record": msgspec.to_builtins(found.record),
        "numbers": [_number(e) for e in found.numbers],
        "priors": [msgspec.to_builtins(p) for p in found.priors],
        "rules": [r.id for r in found.rules],
        "literature": [msgspec.to_builtins(row) for row in found.literature],
        "treatments": care_rows(found.treatments),
        "courses": care_rows(found.courses),
        "claims": care_rows(found.claims),
        "sources": [msgspec.to_builtins(s) for s in found.sources],
    }
    return {key: value for key, value in shown.items() if value}


def _number(e: Estimate) -> dict[str, Any]:
    spread = f"n {e.n:g}" if e.n is not None else f"{e.low:g} to {e.high:g}"
    return {
        "probability of": f"{e.of} = {e.value}",
        "given": e.parent,
        "value": e.probability,
        "spread": spread,
        "grade": e.grade,
        "checked": e.checked,
        "source": e.source or "",
        "population": ", ".join(part for part in (e.population, e.setting) if part),
        "note": e.note,
    }


def _search(arguments: argparse.Namespace, k: Knowledge) -> tuple[Any, int]:
    found = [
        {"kind": kind, "id": record.id, "name": named(record)}
        for kind, record in search(arguments.words, k)
    ]
    if not found:
        raise UnknownIdError(f"nothing in the evidence has the words {' '.join(arguments.words)!r}")
    return found, 0


def _stats(_: argparse.Namespace, k: Knowledge) -> tuple[Any, int]:
    numbers: list[Estimate | Prior | Demographics]
    numbers = [*k.estimates, *k.priors, *(c.demographics for c in k.conditions)]
    grades = Counter(n.grade for n in numbers)
    sourced = Counter(n.checked for n in numbers if n.grade != "elicited")
    published = Counter(row.checked for row in k.literature)
    return {
        "conditions": len(k.conditions),
        "findings": len(k.findings),
        "mechanisms": len(k.mechanisms),
        "rules": len(k.rules),
        "sources": len(k.sources),
        "numbers": len(numbers),
        **{f"numbers {g}": f"{n} ({n / len(numbers):.1%})" for g, n in sorted(grades.items())},
        **{f"sourced numbers {c}": n for c, n in sorted(sourced.items())},
        "published accuracy rows": len(k.literature),
        "published rows compared": sum(row.use == "compare" for row in k.literature),
        **{f"published rows {c}": n for c, n in sorted(published.items())},
        **care_counts(k),
        "version": k.version,
    }, 0


def _check(arguments: argparse.Namespace, k: Knowledge) -> tuple[Any, int]:
    compared = compare_all(k, compiled())
    rows: dict[str, list[Comparison]] = {}
    for c in compared:
        rows.setdefault(c.row.id, []).append(c)
    inside = {name for name, cells in rows.items() if all(c.inside for c in cells)}
    unexplained = [
        name for name, cells in rows.items() if name not in inside and not cells[0].row.explained
    ]
    share = len(inside) / max(len(rows), 1)
    listed = [_comparison(c) for c in compared if arguments.all or not c.inside]
    summary = {
        "rows compared": len(rows),
        "rows inside their published interval": len(inside),
        "share inside": round(share, 4),
        "rows outside without an explanation": len(unexplained),
    }
    good = len(rows) >= REQUIRED_ROWS and share >= REQUIRED_SHARE and not unexplained
    return {"rows": listed, "summary": summary}, 0 if good else 1


def _comparison(c: Comparison) -> dict[str, Any]:
    return {
        "row": c.row.id,
        "target": c.row.target,
        "finding": c.row.finding,
        "quantity": c.quantity,
        "published": c.published,
        "interval": f"{c.low:g} to {c.high:g}",
        "computed": round(c.computed, 3),
        "inside": "yes" if c.inside else "no",
        "explained": c.row.explained,
    }


def _gaps(arguments: argparse.Namespace, k: Knowledge) -> tuple[Any, int]:
    network = compiled()
    ranked = evidence_gaps(k, network, np.random.default_rng(network.seed))
    return [
        {"effect": f"{effect:.4f}", **_number(e)} for e, effect in ranked[: max(arguments.top, 0)]
    ], 0


def _print(result: Any) -> None:
    out = Console(highlight=False)
    if isinstance(result, list):
        out.print(_table(result))
        return
    for key, value in result.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            out.print(f"\n[bold]{key}[/bold]")
            out.print(_table(value))
        elif isinstance(value, dict):
            out.print(f"\n[bold]{key}[/bold]")
            for name, cell in value.items():
                if cell not in (None, "", [], {}):
                    out.print(f"  {name}: {cell}", markup=False)
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            out.print(f"{key}: {shown}", markup=False)


def _table(rows: list[dict[str, Any]]) -> Table:
    columns = [
        c for c in dict.fromkeys(k for row in rows for k in row) if any(row.get(c) for row in rows)
    ]
    table = Table(*columns)
    for row in rows:
        table.add_row(*("" if row.get(c) is None else str(row[c]) for c in columns))
    return table
