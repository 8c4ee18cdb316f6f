"""A person's pain over the expected band, drawn by matplotlib as SVG that needs no colour to be read.

Own pain is a thick line with dots, the band is hatched between dashed edges, and each is named beside it. The
drawing follows the reader's light or dark setting where it is shown as a picture, and has no inline style;
`weekly` gives the same as a table.
"""

from datetime import date, timedelta
from typing import Any, Literal

from lumbago.progress.chart_svg import ALARM, BAND, FAINT, INK, OWN, PAPER, finished_svg, plain_svg
from lumbago.progress.courses import DAYS_PER_WEEK, Band, Course, expected
from lumbago.progress.diary import Diary
from lumbago.progress.standing import WINDOW, course_of, usual
from lumbago.progress.weekly import expected_at, weekly

__all__ = ["course_chart"]

LEAST_WEEKS = 12
#: Two points of the line nearer than this would sit on one another.
NEAR = timedelta(days=3)
#: Share of the width that the name of the band takes.
LABEL_SHARE = 0.35
WIDTH_IN, HEIGHT_IN = 7.2, 4.0


def course_chart(
    diary: Diary,
    today: date,
    *,
    course: Course | None = None,
    size_in: tuple[float, float] = (WIDTH_IN, HEIGHT_IN),
) -> str:
    """The pain of a diary over what was expected.

    Args:
        course: The course to compare with; chosen from the diary if left out.
        today: Last day that is drawn.
        size_in: Width and height in inches; letters keep their size, so a narrow one reads on a phone.

    Returns:
        A whole SVG document with a title and a description in words.
    """
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    chosen = course or course_of(diary)
    figure = Figure(figsize=size_in, layout="constrained")
    FigureCanvasSVG(figure)
    axes = figure.add_subplot()
    weeks = _weeks_shown(diary, today)
    _frame(axes, weeks)
    if chosen is not None and chosen.kind == "time":
        _draw_time(axes, diary, chosen, weeks)
    else:
        _draw_band(axes, diary, chosen, weeks)
    _draw_own(axes, diary, today)
    _draw_events(axes, diary, today)
    against = f" and what was expected: {chosen.name}" if chosen else ""
    words = " ".join(week.words for week in weekly(diary, chosen, today))
    return finished_svg(
        plain_svg(figure),
        title=f"Pain week by week{against}",
        words=words or "There is no check-in yet.",
    )


def _weeks_shown(diary: Diary, today: date) -> float:
    if not diary.check_ins:
        return LEAST_WEEKS
    passed = (today - diary.check_ins[0].day).days / DAYS_PER_WEEK
    return float(max(LEAST_WEEKS, int(passed) + 2))


def _frame(axes: Any, weeks: float) -> None:
    axes.set_facecolor("none")
    axes.set_xlim(0, weeks)
    axes.set_ylim(0, 10)
    axes.set_xlabel("Weeks since the first check-in", color=INK)
    axes.set_ylabel("Pain, 0 to 10", color=INK)
    axes.set_xticks(range(0, int(weeks) + 1, 2 if weeks <= 26 else 4))
    axes.set_yticks(range(0, 11, 2))
    axes.tick_params(colors=FAINT, labelcolor=INK)
    axes.grid(axis="y", color=FAINT, alpha=0.25, linewidth=0.6)
    for side, spine in axes.spines.items():
        spine.set_color(FAINT)
        spine.set_visible(side in ("left", "bottom"))


def _draw_band(axes: Any, diary: Diary, course: Course | None, weeks: float) -> None:
    if course is None or not diary.check_ins:
        return
    begin = diary.check_ins[0].day
    days = [begin + timedelta(days=n) for n in range(int(weeks * DAYS_PER_WEEK) + 1)]
    bands = [(day, band) for day in days if (band := expected_at(diary, course, day)) is not None]
    if not bands:
        return
    x = [(day - begin).days / DAYS_PER_WEEK for day, _ in bands]
    middle = [band.middle for _, band in bands]
    limited = [band for _, band in bands if band.low is not None and band.high is not None]
    if len(limited) == len(bands):
        low, high = [b.low for b in limited], [b.high for b in limited]
        axes.fill_between(
            x, low, high, facecolor="none", edgecolor=BAND, hatch="////", linewidth=0, alpha=0.55
        )
        for edge in (low, high):
            axes.plot(x, edge, color=BAND, linewidth=1, linestyle=(0, (4, 3)))
    axes.plot(x, middle, color=FAINT, linewidth=1.4, linestyle=(0, (1, 2)))
    _label_band(axes, diary, x[-1], bands[-1][1])


def _label_band(axes: Any, diary: Diary, x: float, band: Band) -> None:
    """Name the band at its right end, on the side where fewer of the person's ratings lie."""
    low = band.middle if band.low is None else band.low
    high = band.middle if band.high is None else band.high
    late = [
        c.pain
        for c in diary.check_ins
        if (c.day - diary.check_ins[0].day).days / DAYS_PER_WEEK > x * (1 - LABEL_SHARE)
    ]
    above = sum(high - 0.5 <= pain <= high + 1 for pain in late)
    below = sum(low - 1 <= pain <= low + 0.5 for pain in late)
    if below < above and low > 1:
        _label(axes, x, low, "expected on average", FAINT, side="below")
    else:
        _label(axes, x, high, "expected on average", FAINT, side="above")


def _draw_time(axes: Any, diary: Diary, course: Course, weeks: float) -> None:
    band = expected(course.id, 0.0)
    if band is None:
        return
    # A usual time counts from the day the pain began, the picture from the first check-in.
    entry = diary.check_ins[0].day if diary.check_ins else None
    began = diary.about.began if diary.about and course.clock == "onset" else entry
    before = (entry - began).days / DAYS_PER_WEEK if entry and began else 0.0
    if band.low is not None and band.high is not None:
        low, high = max(band.low - before, 0.0), max(band.high - before, 0.0)
        axes.axvspan(
            low,
            min(high, weeks),
            facecolor="none",
            edgecolor=BAND,
            hatch="////",
            linewidth=0,
            alpha=0.55,
        )
        _label(
            axes, min((low + high) / 2, weeks), 9.5, "usually over by here", FAINT, side="middle"
        )
        return
    at = band.middle - before
    axes.axvline(at, color=BAND, linewidth=1.4, linestyle=(0, (4, 3)))
    half = course.records[0].statistic == "median"
    _label(
        axes,
        at,
        9.5,
        "over for half of people" if half else "over on average",
        FAINT,
        side="middle",
    )


def _draw_own(axes: Any, diary: Diary, today: date) -> None:
    past = [c for c in diary.check_ins if c.day <= today]
    if not past:
        return
    begin = past[0].day

    def week(day: date) -> float:
        return (day - begin).days / DAYS_PER_WEEK

    axes.scatter(
        [week(c.day) for c in past],
        [c.pain for c in past],
        s=9,
        color=OWN,
        alpha=0.35,
        linewidths=0,
        zorder=3,
    )
    ends = [begin, *(w.last for w in weekly(diary, None, today) if today - w.last > NEAR), today]
    line = [
        (week(day), value) for day in dict.fromkeys(ends) if (value := usual(past, day)) is not None
    ]
    x, y = [point[0] for point in line], [point[1] for point in line]
    axes.plot(x, y, color=OWN, linewidth=2.6, marker="o", markersize=6, zorder=4, clip_on=False)
    if line:
        _label(axes, x[-1], y[-1], "you", OWN, side="right")


def _draw_events(axes: Any, diary: Diary, today: date) -> None:
    """Flares and danger signs, in a strip above the field where no line can hide them."""
    past = [c for c in diary.check_ins if c.day <= today]
    flares = _first_of_each([c for c in past if c.flare])
    signs = [c for c in past if c.danger_signs]
    above = axes.get_xaxis_transform()
    for check_in, name, colour, mark, height in (
        *((c, "flare", INK, "^", 1.04) for c in flares),
        *((c, "danger sign", ALARM, "X", 1.12) for c in signs),
    ):
        x = (check_in.day - past[0].day).days / DAYS_PER_WEEK
        axes.plot(
            [x],
            [height],
            marker=mark,
            markersize=8,
            color=colour,
            linestyle="none",
            transform=above,
            clip_on=False,
        )
        _label(axes, x, height, name, colour, side="right", transform=above)


def _first_of_each(flares: list[Any]) -> list[Any]:
    """The first day of each flare; a week without one ends a flare."""
    found: list[Any] = []
    last: date | None = None
    for check_in in flares:
        if last is None or check_in.day - last >= WINDOW:
            found.append(check_in)
        last = check_in.day
    return found


def _label(
    axes: Any,
    x: float,
    y: float,
    words: str,
    colour: str,
    *,
    side: Literal["right", "above", "below", "middle"],
    transform: Any = None,
) -> None:
    offset, aligned = {
        "right": ((8, -3), "left"),
        "above": ((0, 6), "right"),
        "below": ((0, -14), "right"),
        "middle": ((0, 0), "center"),
    }[side]
    axes.annotate(
        words,
        (x, y),
        xycoords=transform or "data",
        xytext=offset,
        textcoords="offset points",
        ha=aligned,
        color=colour,
        fontsize=10,
        fontweight="bold",
        annotation_clip=False,
        zorder=2.5 if colour == FAINT else 6,  # nothing lies on the person's own line
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.8},
    )
