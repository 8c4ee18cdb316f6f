"""How a condition goes on, from what was measured: rows, and measures over time as small pictures."""

from collections import defaultdict
from dataclasses import dataclass

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.care import Course
from lumbago.web.library.sources import CHECKED, short_name, source_link

__all__ = ["CourseRow", "Curve", "course_rows", "curves"]

SHOWN_COURSES = ("recovery", "recurrence", "outcome")
SPREADS = {
    "ci95": "95% interval",
    "sd": "one standard deviation either way",
    "range": "from least to most",
    "iqr": "middle half",
    "band": "usual band",
}
#: The drawing of a curve: width and height of its field, and where the field begins.
WIDE, HIGH, LEFT, TOP = 260, 120, 34, 12


@dataclass(frozen=True)
class CourseRow:
    """One figure on how it goes on."""

    measure: str
    population: str
    value: str
    limits: str
    source: str
    link: str
    checked: str


@dataclass(frozen=True)
class Curve:
    """A measure over time, drawn."""

    title: str
    population: str
    line: str
    band: str
    points: list[dict[str, float | str]]
    ticks: list[dict[str, float | str]]
    levels: list[dict[str, float | str]]
    words: str
    source: str
    link: str


def course_rows(condition: str) -> list[CourseRow]:
    """Single figures on recovery, coming back, and outcomes."""
    rows = load_knowledge().care.courses_for(condition)
    shown = [c for c in rows if c.kind in SHOWN_COURSES and c.value is not None]
    shown.sort(key=lambda c: (SHOWN_COURSES.index(c.kind), c.measure, c.weeks or 0))
    return [_course_row(c) for c in shown]


def _course_row(c: Course) -> CourseRow:
    source = load_knowledge().source_by_id[c.source]
    limits = f"{c.low:g} to {c.high:g}, {SPREADS[c.spread]}" if c.spread else ""
    return CourseRow(
        measure=c.measure[:1].upper() + c.measure[1:],
        population=c.population,
        value=_value(c),
        limits=limits,
        source=short_name(source),
        link=source_link(source) or c.url,
        checked=CHECKED[c.checked],
    )


def _value(c: Course) -> str:
    if c.statistic == "share":
        return f"{c.value:.0f} in 100{_after(c)}"
    words = {"median": "half within ", "mean": "on average "}.get(c.statistic, "")
    return f"{words}{c.value:g} {c.unit}{_after(c)}"


def _after(c: Course) -> str:
    if c.weeks is None:
        return ""
    years = c.weeks / 52
    if c.weeks >= 52 and years == round(years):
        return f" at {years:.0f} year{'s' if years > 1 else ''}"
    return f" at {c.weeks:g} weeks"


def curves(condition: str) -> list[Curve]:
    """Measures that were taken at several times, each as a line with its interval."""
    series: dict[tuple[str, str, str], list[Course]] = defaultdict(list)
    for c in load_knowledge().care.courses_for(condition):
        if c.kind == "trajectory" and c.weeks is not None and c.value is not None:
            series[c.population, c.measure, c.unit].append(c)
    return [
        _curve(sorted(rows, key=lambda c: c.weeks or 0))
        for rows in series.values()
        if len(rows) > 1
    ]


def _curve(rows: list[Course]) -> Curve:
    first = rows[0]
    source = load_knowledge().source_by_id[first.source]
    last = max(c.weeks or 0 for c in rows)
    top = 100.0 if "100" in first.unit else 1.1 * max(c.high or c.value or 0 for c in rows)

    def at(c: Course, value: float | None) -> tuple[float, float]:
        return LEFT + WIDE * (c.weeks or 0) / last, TOP + HIGH * (1 - (value or 0) / top)

    middle = [at(c, c.value) for c in rows]
    upper = [at(c, c.high if c.high is not None else c.value) for c in rows]
    lower = [at(c, c.low if c.low is not None else c.value) for c in rows]
    return Curve(
        title=f"{first.measure[:1].upper()}{first.measure[1:]}, {first.unit}",
        population=first.population,
        line=_path(middle),
        band=_path([*upper, *reversed(lower)]),
        points=[
            {"x": x, "y": y, "above": y - 8, "words": f"{c.value:g}"}
            for c, (x, y) in zip(rows, middle, strict=True)
        ],
        ticks=[{"x": at(c, 0)[0], "words": f"{c.weeks:g}"} for c in rows],
        levels=[{"y": TOP + HIGH * (1 - s), "words": f"{top * s:.0f}"} for s in (0, 0.5, 1)],
        words="; ".join(f"{c.value:g} at {c.weeks:g} weeks" for c in rows),
        source=short_name(source),
        link=source_link(source) or first.url,
    )


def _path(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
