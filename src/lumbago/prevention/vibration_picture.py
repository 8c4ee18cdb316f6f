"""Which frequencies make up the vibration of a record: a small drawing, one line for each axis."""

import numpy as np
from numpy.typing import NDArray

from lumbago.prevention.vibration import band_rms
from lumbago.prevention.vibration_tables import AXES, load_vibration, multipliers
from lumbago.prevention.weighting import analogue_weight

__all__ = ["spectrum_svg", "weighted_bands"]

Floats = NDArray[np.float64]
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 360, 64, 150, 48, 52
LABELS_HZ = (0.5, 1, 2, 4, 8, 16, 31.5, 63)
WORDS = ("x, forward", "y, sideways", "z, up and down")
STYLE = """.ride { --ink: #212b32; --paper: #ffffff; --grid: #d8dde0;
  --x: #005eb8; --y: #8a4b00; --z: #007f3b; }
@media (prefers-color-scheme: dark) { .ride { --ink: #f0f4f5; --paper: #16191c; --grid: #3b4248;
  --x: #6fb1ff; --y: #ffb05c; --z: #5fd39a; } }
.ride text { font: 13px sans-serif; fill: var(--ink); } .ride .heading { font: bold 16px sans-serif; }
.ride .ground { fill: var(--paper); } .ride .grid { stroke: var(--grid); }
.ride polyline { fill: none; stroke-width: 2.5; } .ride .x { stroke: var(--x); stroke-dasharray: 7 4; }
.ride .y { stroke: var(--y); stroke-dasharray: 2 4; } .ride .z { stroke: var(--z); }"""


def weighted_bands(acceleration_ms2: Floats, rate_hz: float) -> tuple[Floats, Floats]:
    """How much each third-octave band adds to the weighted r.m.s., factors k included.

    Args:
        acceleration_ms2: Samples of x, y, z `(n, 3)`.
        rate_hz: Samples a second.

    Returns:
        Centres `(b,)` in Hz and r.m.s. `(b, 3)` in m/s^2; the root of the summed squares is a_w times k.
    """
    axes = load_vibration().axes
    centres, rms = band_rms(acceleration_ms2, rate_hz)
    weights = [
        analogue_weight(centres, "wk" if axis.weighting == "wk" else "wd")
        for axis in (axes.x, axes.y, axes.z)
    ]
    return centres, np.asarray(rms * np.array(weights).T * multipliers())


def spectrum_svg(name: str, acceleration_ms2: Floats, rate_hz: float) -> str:
    """The weighted spectrum of a record.

    Args:
        name: What the drawing is of, in its heading.
        acceleration_ms2: Samples of x, y, z `(n, 3)`.
        rate_hz: Samples a second.

    Returns:
        A whole SVG document with a title and a description in words, readable in light and dark.
    """
    from html import escape

    centres, rms = weighted_bands(acceleration_ms2, rate_hz)
    highest = float(rms.max()) or 1.0
    band, axis = np.unravel_index(int(np.argmax(rms)), rms.shape)
    words = (
        f"The strongest part is on the {AXES[axis]} axis near {centres[band]:.2g} Hz, "
        f"with {highest:.2g} metres per second squared."
    )
    lines = [
        f'<polyline class="{AXES[i]}" points="{_points(centres, rms[:, i], highest)}"/>{_key(i)}'
        for i in range(len(AXES))
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="ride" role="img" '
            f'viewBox="0 0 {WIDTH} {HEIGHT}" aria-labelledby="ride-title ride-words">',
            f'<title id="ride-title">Vibration by frequency: {escape(name)}</title>',
            f'<desc id="ride-words">{words}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
            f'<text class="heading" x="16" y="28">Vibration by frequency: {escape(name)}</text>',
            *_grid(highest),
            *lines,
            "</svg>\n",
        ]
    )


def _across(frequency_hz: float) -> float:
    share = np.log(frequency_hz / 0.45) / np.log(90 / 0.45)
    return float(LEFT + share * (WIDTH - LEFT - RIGHT))


def _up(value: float, highest: float) -> float:
    return HEIGHT - BOTTOM - value / (1.05 * highest) * (HEIGHT - TOP - BOTTOM)


def _points(centres: Floats, values: Floats, highest: float) -> str:
    pairs = zip(centres.tolist(), values.tolist(), strict=True)
    return " ".join(f"{_across(f):.1f},{_up(v, highest):.1f}" for f, v in pairs)


def _key(axis: int) -> str:
    y, x = TOP + 24 * (axis + 1), WIDTH - RIGHT + 12
    return (
        f'<polyline class="{AXES[axis]}" points="{x},{y - 4} {x + 28},{y - 4}"/>'
        f'<text x="{x + 34}" y="{y}">{WORDS[axis]}</text>'
    )


def _grid(highest: float) -> list[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    lines = [
        f'<line class="grid" x1="{_across(f):.1f}" x2="{_across(f):.1f}" y1="{TOP}" y2="{bottom}"/>'
        f'<text x="{_across(f):.1f}" y="{bottom + 18}" text-anchor="middle">{f:g}</text>'
        for f in LABELS_HZ
    ]
    for value in (0.0, highest / 2, highest):
        y = _up(value, highest)
        lines.append(f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        lines.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:.2g}</text>')
    lines.append(
        f'<text x="{LEFT}" y="{HEIGHT - 12}">Frequency in Hz; weighted m/s² in each band</text>'
    )
    return lines
