"""The summary as a page to print or to send, typeset without any network.

What a person wrote reaches the typesetter as data, never as source: nothing in it can be a command.
"""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any
from unicodedata import category

import typst

from lumbago.anatomy import Drawing
from lumbago.anatomy.figure import figure_markup

__all__ = ["as_pdf"]

#: Letters in a row without a gap, after which a line may be broken all the same.
LONGEST_RUN = 40
BREAK_HERE = "\u200b"
TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def as_pdf(summary: dict[str, Any], drawing: Drawing | None) -> bytes:
    """A summary as a PDF of A4 pages, with the body chart if the summary has one."""
    figure = _figure(drawing) if drawing is not None and summary["chart"] else ""
    data = json.dumps(_breakable({**summary, "figure": figure}))
    return bytes(
        typst.compile(_template(), font_paths=_fonts(), sys_inputs={"data": data}, format="pdf")
    )


@cache
def _template() -> bytes:
    return (files("lumbago.web.summary") / "summary.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """The fonts that come with the typesetter, then those of the system for other scripts."""
    return typst.Fonts()


def _breakable(value: Any, name: str = "") -> Any:
    """The same values, with room for a line break in anything that is too long for a line."""
    if isinstance(value, str) and name != "figure":
        run = rf"(\S{{{LONGEST_RUN}}})(?=\S)"
        return re.sub(run, rf"\1{BREAK_HERE}", _printable(value))
    if isinstance(value, dict):
        return {key: _breakable(part, key) for key, part in value.items()}
    return [_breakable(part) for part in value] if isinstance(value, list) else value


def _printable(words: str) -> str:
    """Without what no font has a letter for, and without marks that turn the direction of a line."""
    plain = words.replace("\t", " ").translate(TURNS)
    return "".join(c for c in plain if c == "\n" or category(c) not in ("Cc", "Cs", "Co", "Cn"))


def _figure(drawing: Drawing) -> str:
    """The marked body with its colours written out: the typesetter knows no style variables."""
    rules, colours = _style()
    markup = figure_markup(drawing=drawing, title="Where it hurts")
    styled = markup.replace("<defs>", f"<style>{rules}</style><defs>", 1)
    return re.sub(r"var\(--(\w+)\)", lambda found: colours[found[1]], styled)


@cache
def _style() -> tuple[str, dict[str, str]]:
    """The rules of the figure's style that a printed page needs, and its light colours."""
    sheet = (files("lumbago.anatomy") / "styles" / "figure.css").read_text(encoding="utf-8")
    light, _, rest = sheet.partition("@media")
    rules = [line for line in rest.splitlines() if line.startswith(".body .")]
    return "\n".join(rules), dict(re.findall(r"--(\w+): (#\w+)", light))
