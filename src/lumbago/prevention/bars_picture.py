"""Figures as bars with their words and numbers: a small drawing that can be read in light and dark."""

from collections.abc import Sequence
from html import escape

import numpy as np

__all__ = ["bars_svg"]

WIDTH, LEFT, RIGHT, ROW, TOP = 780, 390, 80, 30, 56
#: Signs of a row before which its words are cut.
LONGEST = 44
STYLE = """.bars { --ink: #1e2b2c; --paper: #fffdfa; --now: #6b7a79; --bar: #0f514e; --goal: #b3462a; }
@media (prefers-color-scheme: dark) { .bars { --ink: #eef1ec; --paper: #12191a; --now: #9fb0ae;
  --bar: #83d6c8; --goal: #ff9c7e; } }
.bars text { font: 14px sans-serif; fill: var(--ink); }
.bars .heading { font-weight: bold; font-size: 16px; }
.bars .ground { fill: var(--paper); } .bars .now { fill: var(--now); } .bars .bar { fill: var(--bar); }
.bars .goal { stroke: var(--goal); stroke-width: 2; stroke-dasharray: 5 4; }"""


def bars_svg(
    rows: Sequence[tuple[str, float, str]],
    *,
    title: str,
    heading: str,
    words: str,
    goal: float | None = None,
    first_is_now: bool = False,
) -> str:
    """Bars from the left, one a row.

    Args:
        rows: Words, length, and the figure as it is read; a length without limit is drawn to the edge.
        title: Of the drawing.
        heading: Over the bars.
        words: What the drawing says, for those who do not see it.
        goal: A length that is marked with a line.
        first_is_now: Whether the first row is what is, and the others are what could be.

    Returns:
        A whole SVG document.
    """
    finite = [length for _, length, _ in rows if np.isfinite(length)]
    longest = max([1e-9 if goal is None else 1.2 * goal, *finite]) * 1.05
    scale = (WIDTH - LEFT - RIGHT) / longest
    height = TOP + ROW * len(rows) + (12 if goal is None else 34)
    body = [
        _row(place, row, scale, "now" if first_is_now and place == 0 else "bar")
        for place, row in enumerate(rows)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="bars" role="img" '
            f'viewBox="0 0 {WIDTH} {height}" aria-labelledby="bars-title bars-words">',
            f'<title id="bars-title">{escape(title)}</title>',
            f'<desc id="bars-words">{escape(words)}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="ground" width="{WIDTH}" height="{height}"/>',
            f'<text class="heading" x="16" y="28">{escape(heading)}</text>',
            *body,
            *([] if goal is None else _goal(goal, scale, height)),
            "</svg>\n",
        ]
    )


def _goal(goal: float, scale: float, height: float) -> list[str]:
    x = LEFT + goal * scale
    return [
        f'<line class="goal" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 10}" y2="{height - 28}"/>',
        f'<text x="{x:.1f}" y="{height - 10}" text-anchor="middle">goal: {goal:g}</text>',
    ]


def _row(place: int, row: tuple[str, float, str], scale: float, kind: str) -> str:
    what, value, figure = row
    y = TOP + ROW * place
    length = value * scale if np.isfinite(value) else WIDTH - LEFT - RIGHT
    short = what if len(what) <= LONGEST else what[: LONGEST - 1].rstrip() + "…"
    return (
        f'<text x="{LEFT - 12}" y="{y + 16}" text-anchor="end">{escape(short)}</text>'
        f'<rect class="{kind}" x="{LEFT}" y="{y}" width="{max(length, 1.0):.1f}" height="22"/>'
        f'<text x="{LEFT + length + 8:.1f}" y="{y + 16}">{escape(figure)}</text>'
    )
