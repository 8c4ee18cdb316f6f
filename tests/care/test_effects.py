"""Effects in plain numbers: held against SciPy, against arithmetic, and against the rows themselves."""

import re

import pytest
from scipy.stats import norm

from lumbago.care.effects import effect_of, load_units, unit_of
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.care import Treatment

ROWS = load_knowledge().care.treatments
WITH_EFFECT = [row for row in ROWS if row.effect is not None]
COURSES = {c.id: c for c in load_knowledge().care.courses}


def treatment(
    unit: str, effect: float, low: float, high: float, better: str = "lower"
) -> Treatment:
    return Treatment(
        id="invented",
        topic="nslbp_acute",
        source="care_consensus",
        checked="elicited",
        intervention="a cup of tea",
        recommendation="consider",
        effect=effect,
        effect_low=low,
        effect_high=high,
        effect_unit=unit,
        better=better,  # type: ignore[arg-type]  # both ways are tried
        comparator="placebo",
    )


def said(row: Treatment) -> str:
    found = effect_of(row)
    assert found is not None
    return found.words


@pytest.mark.parametrize("row", WITH_EFFECT, ids=lambda r: r.id)
def test_every_effect_in_the_evidence_can_be_said(row: Treatment) -> None:
    unit = unit_of(row)
    assert unit is not None, f"effects.yaml has no unit for {row.effect_unit!r}"
    assert (effect_of(row) is None) == (row.better is None or unit.kind == "untold")


@pytest.mark.parametrize("row", [r for r in WITH_EFFECT if effect_of(r)], ids=lambda r: r.id)
def test_words_say_what_the_interval_says(row: Treatment) -> None:
    found = effect_of(row)
    assert found is not None
    sizes = {
        "unclear": {"no_clear_difference"},
        "better": {"small", "noticeable", "better"},
        "worse": {"worse"},
    }
    assert found.size in sizes[row.leans or ""]
    assert ("no clear difference" in found.words) == (row.leans == "unclear")


@pytest.mark.parametrize("smd", [0.1, 0.22, 0.5, 1.1])
def test_a_standardised_difference_is_the_share_beyond_the_average(smd: float) -> None:
    words = said(treatment("pain SMD", -smd, -smd - 0.05, -smd + 0.05))
    assert f"about {round(100 * norm.cdf(smd))} had better pain" in words


def test_a_difference_on_a_scale_is_held_against_what_people_notice() -> None:
    notice = COURSES["mic_vas"].value
    assert notice == 15
    small = treatment("pain 0-100 (MD)", -7.3, -11.0, -3.6)
    assert effect_of(small).size == "small"  # type: ignore[union-attr]  # it has an effect
    assert "about 7 points better on a scale of 0 to 100 (4 to 11)" in said(small)
    assert "change of 15 points: on average this is less" in said(small)
    large = treatment("pain 0-100 (MD)", -20, -25, -16)
    assert "so many would" in said(large)
    border = treatment("pain 0-100 (MD)", -12, -20, -4)
    assert "some would and some would not" in said(border)


def test_an_interval_across_nought_is_no_clear_difference_both_ways_said() -> None:
    words = said(treatment("pain 0-10 (MD)", -0.2, -0.8, 0.4))
    assert "no clear difference in pain" in words
    assert "from 0.4 points worse to 0.8 better" in words


def test_harm_is_said_as_worse() -> None:
    found = effect_of(treatment("leg pain 0-10 at 8 wk", 1.0, 0.5, 1.5))
    assert found is not None
    assert found.size == "worse"
    assert "1 points worse" in found.words


def test_a_ratio_with_a_known_share_is_people_of_100() -> None:
    row = next(r for r in ROWS if r.id == "steffens_2016_exercise_education")
    share = COURSES["ds19_any"].value
    assert share is not None
    assert row.effect is not None
    expected = round(share * row.effect)
    words = said(row)
    assert f"about {round(share)} of 100 people" in words
    assert f"about {expected} have it with it" in words
    assert f"{round(share) - expected} fewer" in words


def test_a_ratio_without_one_is_told_of_ten() -> None:
    words = said(treatment("RR sick leave", 0.5, 0.25, 0.8))
    assert "for every 10 people with sick leave without it, about 5 with it (2.5 to 8)" in words


def test_baselines_and_scales_point_at_rows_that_exist() -> None:
    units = load_units()
    ids = {row.id for row in ROWS}
    assert {b.row for b in units.baselines} <= ids
    assert {b.course for b in units.baselines} <= set(COURSES)
    assert {u.important for u in units.units if u.important} <= set(COURSES)


def test_figures_in_words_come_from_the_row() -> None:
    row = next(r for r in ROWS if r.id == "van_der_gaag_2020_nsaids_pain")
    assert row.effect is not None
    numbers = set(re.findall(r"\d+", said(row)))
    assert str(round(abs(row.effect))) in numbers
