"""What each change would bring to a lift, as a small drawing: bars against the goal of 1."""

from collections.abc import Sequence
from html import escape

import numpy as np

from lumbago.prevention.lifting_changes import Change
from lumbago.prevention.lifting_task import LiftResult, index_band

__all__ = ["changes_svg"]

WIDTH, LEFT, RIGHT, ROW, TOP = 720, 330, 60, 30, 56
STYLE = """.lift { --ink: #212b32; --paper: #ffffff; --now: #4c6272; --bar: #005eb8; --goal: #00703c; }
@media (prefers-color-scheme: dark) { .lift { --ink: #f0f4f5; --paper: #16191c; --now: #aeb7bd;
  --bar: #6fb1ff; --goal: #5fd39a; } }
.lift text { font: 14px sans-serif; fill: var(--ink); }
.lift .heading { font-weight: bold; font-size: 16px; }
.lift .ground { fill: var(--paper); } .lift .now { fill: var(--now); } .lift .bar { fill: var(--bar); }
.lift .goal { stroke: var(--goal); stroke-width: 2; stroke-dasharray: 5 4; }"""


def changes_svg(result: LiftResult, found: Sequence[Change]) -> str:
    """The lifting index now and after each change.

    Args:
        result: The lift as it is.
        found: Its changes, most helpful first.

    Returns:
        A whole SVG document with a title and a description in words, readable in light and dark.
    """
    rows = [("as it is now", result.index), *((change.what, change.index) for change in found)]
    finite = [index for _, index in rows if np.isfinite(index)]
    longest = max([1.2, *finite]) * 1.05
    scale = (WIDTH - LEFT - RIGHT) / longest
    height = TOP + ROW * len(rows) + 34
    body = [_row(place, what, index, scale) for place, (what, index) in enumerate(rows)]
    goal = LEFT + scale
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="lift" role="img" '
            f'viewBox="0 0 {WIDTH} {height}" aria-labelledby="lift-title lift-words">',
            '<title id="lift-title">What would make this lift easier</title>',
            f'<desc id="lift-words">{escape(_words(result, found))}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="ground" width="{WIDTH}" height="{height}"/>',
            '<text class="heading" x="16" y="28">Lifting index, and what each change would make it</text>',
            *body,
            f'<line class="goal" x1="{goal:.1f}" x2="{goal:.1f}" y1="{TOP - 10}" y2="{height - 28}"/>',
            f'<text x="{goal:.1f}" y="{height - 10}" text-anchor="middle">goal: 1</text>',
            "</svg>\n",
        ]
    )


def _row(place: int, what: str, index: float, scale: float) -> str:
    y = TOP + ROW * place
    kind = "now" if place == 0 else "bar"
    length = index * scale if np.isfinite(index) else WIDTH - LEFT - RIGHT
    return (
        f'<text x="{LEFT - 12}" y="{y + 16}" text-anchor="end">{escape(what)}</text>'
        f'<rect class="{kind}" x="{LEFT}" y="{y}" width="{max(length, 1.0):.1f}" height="22"/>'
        f'<text x="{LEFT + length + 8:.1f}" y="{y + 16}">{_shown(index)}</text>'
    )


def _words(result: LiftResult, found: Sequence[Change]) -> str:
    now = f"The lifting index is {_shown(result.index)}: {index_band(result.index).name}."
    steps = [f"{change.what}: {_shown(change.index)}" for change in found]
    return " ".join([now, "; ".join(steps) + "." if steps else "Nothing is left to change."])


def _shown(index: float) -> str:
    return f"{index:.2f}" if np.isfinite(index) else "not allowed"
