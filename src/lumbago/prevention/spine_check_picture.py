"""Measured and computed disc pressures side by side, as a drawing: a ring for one, a dot for the other."""

from collections.abc import Iterator, Sequence
from html import escape

from lumbago.prevention.spine_check import Compared, summarise

__all__ = ["check_svg"]

WIDTH, LEFT, RIGHT, ROW, TOP = 760, 290, 40, 34, 86
MOST_MPA, STEP_MPA = 4.0, 0.5
STYLE = """.spine-check { --ink: #212b32; --paper: #ffffff; --line: #d8dde0; --bar: #005eb8; }
@media (prefers-color-scheme: dark) { .spine-check { --ink: #f0f4f5; --paper: #16191c; --line: #3b4348;
  --bar: #6fb1ff; } }
.spine-check text { font: 14px sans-serif; fill: var(--ink); }
.spine-check .heading { font-weight: bold; font-size: 16px; }
.spine-check .ground { fill: var(--paper); }
.spine-check .grid { stroke: var(--line); }
.spine-check .spread { stroke: var(--bar); stroke-width: 3; }
.spine-check .dot { fill: var(--bar); }
.spine-check .ring { fill: var(--paper); stroke: var(--ink); stroke-width: 2.5; }"""


def check_svg(rows: Sequence[Compared]) -> str:
    """The pressures of Wilke's postures, measured and computed.

    Args:
        rows: What `compare_spine` gives; with a source of chance it has intervals, which are drawn.

    Returns:
        A whole SVG document with a title and the figures in words, readable in light and dark.
    """
    shown = [row for row in rows if row.study == "wilke" and row.computed is not None]
    height = TOP + ROW * len(shown) + 40
    found = summarise(shown)[0]
    heading = "Pressure in the disc L4/L5: measured in one man, and computed"
    words = "; ".join(f"{r.what}: {r.published:.2f} and {r.computed:.2f}" for r in shown)
    summary = (
        f"middle error {found.median_error:.0%}, rank correlation {found.rank_correlation:.2f}"
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="spine-check" role="img" '
            f'viewBox="0 0 {WIDTH} {height}" aria-labelledby="spine-check-title spine-check-words">',
            f'<title id="spine-check-title">{heading}</title>',
            f'<desc id="spine-check-words">In MPa, measured and computed. {escape(words)}; {summary}.</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="ground" width="{WIDTH}" height="{height}"/>',
            f'<text class="heading" x="16" y="28">{heading}</text>',
            *_legend(summary),
            *_axis(height),
            *(mark for place, row in enumerate(shown) for mark in _row(place, row)),
            "</svg>\n",
        ]
    )


def _legend(summary: str) -> Iterator[str]:
    yield '<circle class="ring" cx="24" cy="52" r="6"/><text x="38" y="57">measured (Wilke 1999)</text>'
    yield '<path class="spread" d="M216 52h32"/><circle class="dot" cx="232" cy="52" r="6"/>'
    yield '<text x="256" y="57">computed, with 95 of 100 draws</text>'
    yield f'<text x="{WIDTH - 16}" y="57" text-anchor="end">{summary}</text>'


def _axis(height: int) -> Iterator[str]:
    for step in range(round(MOST_MPA / STEP_MPA) + 1):
        mpa = step * STEP_MPA
        x = _at(mpa)
        yield f'<path class="grid" d="M{x:.1f} {TOP - 10}V{height - 34}"/>'
        if step % 2 == 0:
            unit = " MPa" if mpa == MOST_MPA else ""
            yield f'<text x="{x:.1f}" y="{height - 14}" text-anchor="middle">{mpa:g}{unit}</text>'


def _row(place: int, row: Compared) -> Iterator[str]:
    y = TOP + ROW * (place + 0.5)
    yield f'<text x="{LEFT - 16}" y="{y + 5:.1f}" text-anchor="end">{escape(row.what)}</text>'
    if row.low is not None and row.high is not None:
        yield f'<path class="spread" d="M{_at(row.low):.1f} {y:.1f}H{_at(row.high):.1f}"/>'
    yield f'<circle class="dot" cx="{_at(row.computed or 0.0):.1f}" cy="{y:.1f}" r="6"/>'
    yield f'<circle class="ring" cx="{_at(row.published):.1f}" cy="{y:.1f}" r="6"/>'


def _at(mpa: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * min(mpa, MOST_MPA) / MOST_MPA
