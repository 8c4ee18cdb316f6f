"""Weeks of running behind and ahead, as columns: the distance of each week and its longest run."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import NamedTuple

from lumbago.prevention.running import RunningLoad
from lumbago.prevention.running_plan import RunningPlan

__all__ = ["runs_svg"]

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FLOOR = 640, 300, 44, 12, 34, 252
#: Weeks behind that are drawn; fewer where there are weeks ahead.
BEHIND, BEHIND_A_PLAN = 12, 6
#: Heights of the lines across: the first of these that makes at most four of them.
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


class _Column(NamedTuple):
    """A week in the unit of the page: its Monday, or if it lies ahead the day of its long run."""

    day: date
    whole: float
    longest: float
    ahead: bool


def runs_svg(load: RunningLoad, plan: RunningPlan | None, *, km: float, unit: str) -> str:
    """The last weeks, and those of a plan.

    Args:
        load: The log judged.
        plan: A way to a longer run, if there is one.
        km: Kilometres of the unit of the page.
        unit: The unit, `km` or `mi`.

    Returns:
        SVG with a title and words, without style or script, for a page that brings prevent.css; empty if no run
        is in these weeks.
    """
    columns = _columns(load, plan, km)
    if not any(column.whole for column in columns):
        return ""
    goal = None if plan is None else plan.goal_km / km
    top = max([1.0, goal or 0.0, *(c.whole for c in columns)])
    scale = (FLOOR - TOP) / (1.04 * top)
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="runs" role="img" '
            f'viewBox="0 0 {WIDTH} {HEIGHT}" aria-labelledby="runs-title runs-words">',
            '<title id="runs-title">Your weeks</title>',
            f'<desc id="runs-words">{escape(_words(columns, goal, unit))}</desc>',
            *_lines(top, scale, unit),
            *_bars(columns, scale),
            *([] if goal is None else _goal(goal, scale, unit)),
            "</svg>",
        ]
    )


def _columns(load: RunningLoad, plan: RunningPlan | None, km: float) -> list[_Column]:
    ahead = () if plan is None else plan.weeks
    behind = load.weeks[-(BEHIND_A_PLAN if ahead else BEHIND) :]
    return [
        *(_Column(w.monday, w.distance_km / km, w.longest_km / km, ahead=False) for w in behind),
        *(_Column(w.day, w.week_km / km, w.long_run_km / km, ahead=True) for w in ahead),
    ]


def _words(columns: Sequence[_Column], goal: float | None, unit: str) -> str:
    ahead = [c for c in columns if c.ahead]
    told = f"{len(columns) - len(ahead)} weeks behind"
    if ahead:
        told += f" and {len(ahead)} ahead, the last with a run of {ahead[-1].longest:.1f} {unit}"
    return told + ("." if goal is None else f"; a line marks the goal, {goal:.1f} {unit}.")


def _lines(top: float, scale: float, unit: str) -> Iterator[str]:
    step = next((s for s in STEPS if top / s <= 4), STEPS[-1])
    for place in range(int(top // step) + 1):
        y = FLOOR - place * step * scale
        yield f'<line class="across" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 5:.1f}" text-anchor="end">{place * step}</text>'
    yield f'<text x="{LEFT - 8}" y="{TOP - 14}" text-anchor="end">{unit}</text>'


def _bars(columns: Sequence[_Column], scale: float) -> Iterator[str]:
    wide = (WIDTH - LEFT - RIGHT) / len(columns)
    gap = min(10.0, 0.2 * wide)
    for place, column in enumerate(columns):
        x, kind = LEFT + place * wide, "ahead" if column.ahead else "behind"
        for name, far in (("whole", column.whole), ("longest", column.longest)):
            yield (
                f'<rect class="{name} {kind}" x="{x + gap / 2:.1f}" y="{FLOOR - far * scale:.1f}" '
                f'width="{wide - gap:.1f}" height="{far * scale:.1f}"/>'
            )
        if column.ahead and not columns[place - 1].ahead:
            yield f'<line class="today" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 10}" y2="{FLOOR}"/>'
            yield f'<text x="{x + 6:.1f}" y="{TOP - 14}">ahead</text>'
    yield _day(LEFT, columns[0].day, "start")
    yield _day(WIDTH - RIGHT, columns[-1].day, "end")


def _day(x: float, day: date, anchor: str) -> str:
    return f'<text x="{x}" y="{FLOOR + 28}" text-anchor="{anchor}">{day:%-d %b}</text>'


def _goal(goal: float, scale: float, unit: str) -> Iterator[str]:
    y = FLOOR - goal * scale
    yield f'<line class="goal" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
    yield (f'<text class="goal-words" x="{LEFT + 6}" y="{y - 8:.1f}">goal {goal:.1f} {unit}</text>')
