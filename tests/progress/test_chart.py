"""The chart is read without colour, follows light and dark, and says in words what its table says."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest

from lumbago.progress.chart import course_chart
from lumbago.progress.courses import expected
from lumbago.progress.diary import About, Diary
from lumbago.progress.simulate import STORIES, Story, simulate
from lumbago.progress.standing import course_of, start_of
from lumbago.progress.weekly import weekly

FIRST = date(2026, 1, 5)
SVG = "{http://www.w3.org/2000/svg}"


def diary(story: Story) -> tuple[Diary, date]:
    kept = simulate(story, np.random.default_rng(1), FIRST)
    return kept, kept.check_ins[-1].day


def texts(drawing: str) -> list[str]:
    return ["".join(t.itertext()).strip() for t in ET.fromstring(drawing).iter(f"{SVG}text")]


@pytest.mark.parametrize("story", STORIES)
def test_chart_is_whole_svg_with_its_words(story: Story) -> None:
    kept, today = diary(story)
    drawing = course_chart(kept, today)
    root = ET.fromstring(drawing)
    words = root.find(f"{SVG}desc")
    assert words is not None
    assert words.text == " ".join(w.words for w in weekly(kept, course_of(kept), today))
    assert {"you", "expected on average"} <= set(texts(drawing))
    assert ("flare" in texts(drawing)) == (story == "flare")
    assert ("danger sign" in texts(drawing)) == (story == "danger_sign")


def test_chart_keeps_a_strict_content_policy() -> None:
    drawing = course_chart(*diary("flare"))
    assert ' style="' not in drawing
    assert "<script" not in drawing
    assert not re.search(r'href="(?!#)', drawing)
    assert "prefers-color-scheme: dark" in drawing
    # Every paint has a name; nothing is left that only one of light and dark could show.
    assert not re.search(r"#0[1-5]0[1-5]0[1-5]|#fefefe", drawing)


def test_the_same_diary_gives_the_same_bytes() -> None:
    assert course_chart(*diary("slow")) == course_chart(*diary("slow"))


def test_an_empty_diary_and_one_without_a_course_are_drawn() -> None:
    assert "There is no check-in yet." in course_chart(Diary(), FIRST)
    about = About(at=datetime.combine(FIRST, time(7), UTC), began=FIRST)
    kept = simulate("slow", np.random.default_rng(1), FIRST, about=about)
    assert "expected on average" not in texts(course_chart(kept, FIRST + timedelta(days=30)))


def test_a_usual_time_is_a_band_of_weeks() -> None:
    about = About(
        at=datetime.combine(FIRST, time(7), UTC), began=FIRST, course="calf_strain_grade_1"
    )
    kept = simulate("quick", np.random.default_rng(1), FIRST, about=about)
    assert "usually over by here" in texts(course_chart(kept, FIRST + timedelta(days=30)))


def test_the_line_is_where_the_numbers_are() -> None:
    # Heights of the thick line, in tenths of the field, are the usual pain of the weeks.
    kept, today = diary("never_better")
    root = ET.fromstring(course_chart(kept, today))
    (thick,) = (p for p in root.iter(f"{SVG}path") if p.get("stroke-width") == "2.6")
    heights = [float(y) for y in re.findall(r"[ML] [\d.]+ ([\d.]+)", thick.get("d", ""))]
    top, per_point = _field(root)
    drawn = [10 - (y - top) / per_point for y in heights]
    weeks = [w.usual for w in weekly(kept, None, today) if w.last < today]
    assert drawn[1 : 1 + len(weeks)] == pytest.approx(weeks, abs=0.01)


def _field(root: ET.Element) -> tuple[float, float]:
    """Top of the field, and the height of one point of pain."""
    field = next(root.iter(f"{SVG}clipPath")).find(f"{SVG}rect")
    assert field is not None
    return float(field.get("y", "0")), float(field.get("height", "0")) / 10


def test_the_table_has_what_was_expected() -> None:
    kept, today = diary("slow")
    start = start_of(kept.check_ins)
    for week in weekly(kept, course_of(kept), today):
        since = (week.last - FIRST).days / 7
        band = expected("low_back_acute", since, start)
        assert band is not None
        assert (week.low, week.high) == pytest.approx((band.low, band.high))
        own = [c.pain for c in kept.check_ins if week.first <= c.day <= week.last]
        assert week.count == len(own)
        assert week.usual == pytest.approx(sum(own) / len(own))


def test_importing_progress_draws_in_no_plotting_library() -> None:
    code = "import lumbago.progress, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert not {"matplotlib", "scipy", "django"} & set(loaded.stdout.split())
