"""Posture over time as a small drawing: the score through the recording, and the time in each band."""

from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

from lumbago.prevention.posture import PostureResult
from lumbago.prevention.posture_tables import PostureBand

__all__ = ["posture_svg"]

WIDTH, LEFT, RIGHT, PANEL, GAP, TOP = 720, 60, 20, 110, 74, 56
STEPS = 320
SHADES = ("#d9ecd9", "#dfe9f5", "#fdebc8", "#fbd3bd", "#f3b5b5")
STYLE = """.posture { --ink: #212b32; --paper: #ffffff; }
.posture text { font: 13px sans-serif; fill: var(--ink); }
.posture .heading { font-weight: bold; font-size: 16px; }
.posture .ground { fill: var(--paper); }
.posture .score { fill: none; stroke: #1d3557; stroke-width: 1.6; }"""


def posture_svg(
    results: Sequence[PostureResult], *, time_s: NDArray[np.float64], lasts_s: NDArray[np.float64]
) -> str:
    """A panel for each method: the highest score of each moment of the recording over the method's bands.

    Args:
        results: Methods over the same moments.
        time_s: Time of each moment, `(N,)`.
        lasts_s: How long each lasts, `(N,)`.

    Returns:
        A whole SVG document with a title and a description in words.
    """
    height = TOP + (PANEL + GAP) * len(results)
    end = float(time_s[-1] + lasts_s[-1])
    panels = [
        _panel(result, TOP + (PANEL + GAP) * place, time_s, max(end - float(time_s[0]), 1e-9))
        for place, result in enumerate(results)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="posture" role="img" '
            f'viewBox="0 0 {WIDTH} {height}" aria-labelledby="posture-title posture-words">',
            '<title id="posture-title">Posture over time</title>',
            f'<desc id="posture-words">{escape(" ".join(map(_words, results)))}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="ground" width="{WIDTH}" height="{height}"/>',
            f'<text class="heading" x="16" y="28">Posture over {end - float(time_s[0]):.4g} seconds</text>',
            *panels,
            "</svg>\n",
        ]
    )


def _panel(result: PostureResult, y: float, time_s: NDArray[np.float64], lasts: float) -> str:
    most = result.bands[-1].most
    per_score = PANEL / most
    shapes = [f'<text x="16" y="{y - 8}">{result.method.upper()}: highest {result.highest}</text>']
    low = 0
    for shade, band, share in zip(SHADES, result.bands, result.share, strict=False):
        shapes.append(_band(band, shade, share, y=y, low=low, per_score=per_score))
        low = band.most
    points = _outline(result, time_s, lasts)
    path = " ".join(f"{x:.1f},{y + PANEL - score * per_score:.1f}" for x, score in points)
    shapes.append(f'<polyline class="score" points="{path}"/>')
    return "\n".join([*shapes, _shares(result, y + PANEL + 22)])


def _band(
    band: PostureBand, shade: str, share: float, *, y: float, low: int, per_score: float
) -> str:
    top = y + PANEL - band.most * per_score
    return (
        f'<rect x="{LEFT}" y="{top:.1f}" width="{WIDTH - LEFT - RIGHT}" '
        f'height="{(band.most - low) * per_score:.1f}" fill="{shade}">'
        f"<title>{escape(band.name)}: {share:.0%} of the time</title></rect>"
        f'<text x="{LEFT - 8}" y="{top + 10:.1f}" text-anchor="end">{band.most}</text>'
    )


def _outline(
    result: PostureResult, time_s: NDArray[np.float64], lasts: float
) -> list[tuple[float, int]]:
    """The highest score in each of a few hundred slices of time; slices without one are skipped."""
    slices = np.minimum(((time_s - time_s[0]) / lasts * STEPS).astype(int), STEPS - 1)
    highest = np.zeros(STEPS, dtype=int)
    np.maximum.at(highest, slices, result.scores)
    step = (WIDTH - LEFT - RIGHT) / STEPS
    return [
        (LEFT + (place + corner) * step, int(score))
        for place, score in enumerate(_held(highest))
        for corner in (0, 1)
    ]


def _held(highest: NDArray[np.int_]) -> NDArray[np.int_]:
    place = np.maximum.accumulate(np.where(highest > 0, np.arange(len(highest)), 0))
    return highest[place]


def _shares(result: PostureResult, y: float) -> str:
    words = ", ".join(
        f"{band.name} {share:.0%}"
        for band, share in zip(result.bands, result.share, strict=True)
        if share > 0
    )
    return f'<text x="{LEFT}" y="{y}">Time: {escape(words)}</text>'


def _words(result: PostureResult) -> str:
    times = ", ".join(
        f"{band.name} for {share:.0%} of the time"
        for band, share in zip(result.bands, result.share, strict=True)
        if share > 0
    )
    return f"{result.method.upper()}: highest score {result.highest}; {times}."
