"""Arrows, lines and words over a drawn posture, in drawing units and in the tones of mannequin.css."""

from html import escape
from math import hypot

from lumbago.anatomy.mannequin_picture import COLOURS, classes

__all__ = ["Flat", "arrow", "dimension", "gauge", "rule", "text"]

Flat = tuple[float, float]
LINE, HEAD = 10, 28
THIN = 4
#: Limits of NIOSH on the gauge, and where it ends.
LIMITS = ((3400, "3,400 N: plan below"), (6400, "6,400 N: too much"))
MOST_N = 8000


def arrow(start: Flat, end: Flat, paint: str = "label") -> str:
    """A straight arrow.

    Args:
        start: Where it begins.
        end: Where its point is.
        paint: Its tone: `label` is ink, `works` is red.
    """
    (ax, ay), (bx, by) = start, end
    size = hypot(bx - ax, by - ay) or 1.0
    ux, uy = (bx - ax) / size, (by - ay) / size
    nx, ny = bx - HEAD * ux, by - HEAD * uy
    wide, slim = HEAD * 0.55, LINE / 2
    corners = [
        (bx, by),
        (nx - wide * uy, ny + wide * ux),
        (nx - slim * uy, ny + slim * ux),
        (ax - slim * uy, ay + slim * ux),
        (ax + slim * uy, ay - slim * ux),
        (nx + slim * uy, ny - slim * ux),
        (nx + wide * uy, ny - wide * ux),
    ]
    d = "L".join(f"{x:.0f} {y:.0f}" for x, y in corners)
    return f'<path {_toned(paint)} d="M{d}z"/>'


def rule(start: Flat, end: Flat, *, thick: float = THIN, paint: str = "label") -> str:
    """A level or upright line.

    Args:
        start: One end.
        end: The other.
        thick: How thick it is.
        paint: Its tone.
    """
    left, top = min(start[0], end[0]) - thick / 2, min(start[1], end[1]) - thick / 2
    wide, high = abs(end[0] - start[0]) + thick, abs(end[1] - start[1]) + thick
    return _box(left, top, wide, high, paint)


def dimension(left: float, right: float, y: float, words: str, *, down_from: Flat) -> list[str]:
    """A measured distance under the figure, with upright lines from the two places it lies between.

    Args:
        left: Where the distance begins.
        right: Where it ends.
        y: Height of the line.
        words: The distance in words.
        down_from: Heights at which the upright lines begin, at the left and at the right.
    """
    ends = ((left, down_from[0]), (right, down_from[1]))
    return [
        *(rule((x, top), (x, y + 14), thick=2.5) for x, top in ends),
        rule((left, y), (right, y)),
        text(((left + right) / 2, y - 14), words, anchor="middle"),
    ]


def text(
    place: Flat, words: str, *, size: int = 36, anchor: str = "start", weight: str = "normal"
) -> str:
    """Words with a halo, so that they can be read over the figure.

    Args:
        place: Where the line of writing begins, is centred, or ends.
        words: What is written.
        size: Height of the letters.
        anchor: `start`, `middle` or `end`.
        weight: `normal` or `bold`.
    """
    where = f'x="{place[0]:.0f}" y="{place[1]:.0f}" text-anchor="{anchor}"'
    font = f'font-family="sans-serif" font-size="{size}" font-weight="{weight}"'
    tone = f'class="{classes("halo")}" stroke="{COLOURS["halo"]}"'
    halo = f'{tone} stroke-width="10" stroke-linejoin="round"'
    words = escape(words)
    return (
        f'<text {halo} fill="none" aria-hidden="true" {where} {font}>{words}</text>'
        f"<text {_toned('label')} {where} {font}>{words}</text>"
    )


def gauge(
    newton: float, low: float, high: float, left: float, top: float, width: float
) -> list[str]:
    """A force and its interval on a bar from 0, with the limits of NIOSH.

    Args:
        newton: The force.
        low: Lower end of its interval.
        high: Upper end of its interval.
        left: Where the bar begins.
        top: Its upper edge.
        width: Its length.
    """
    tall = 44

    def at(force: float) -> float:
        return left + width * min(force, MOST_N) / MOST_N

    middle = top + tall / 2
    parts = [
        _box(left, top, width, tall, "mat"),
        _box(left, top, at(newton) - left, tall, "works"),
        rule((at(low), middle), (at(high), middle), thick=6),
        *(rule((at(n), middle - 12), (at(n), middle + 12), thick=6) for n in (low, high)),
    ]
    for limit, words in LIMITS:
        parts.append(rule((at(limit), top - 12), (at(limit), top + tall + 12)))
        parts.append(text((at(limit), top + tall + 50), words, size=30, anchor="middle"))
    return parts


def _box(left: float, top: float, wide: float, high: float, paint: str) -> str:
    return f'<rect {_toned(paint)} x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}"/>'


def _toned(paint: str) -> str:
    return f'class="{classes(paint)}" fill="{COLOURS[paint]}"'
