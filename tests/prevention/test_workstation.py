"""Seat, desk and screen: rules, percentiles, estimates, and what nobody can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbago.errors import MeasurementError
from lumbago.prevention.anthropometry import body, design_length, percentile
from lumbago.prevention.packaged import evidence
from lumbago.prevention.workstation import fit_for_public, fit_workstation

MEASURED = {
    "popliteal_height": 42.0,
    "elbow_rest_height": 24.0,
    "eye_height_sitting": 78.0,
    "elbow_height_standing": 105.0,
    "buttock_popliteal_length": 49.0,
}


def test_rules_by_hand_for_somebody_measured() -> None:
    heights = fit_workstation(measured_cm=MEASURED).heights
    expected = {
        "seat": (42.5, 44.5),  # 42 + 2.5 shoe - 2 to 0
        "desk": (64.5, 70.5),  # seat + 24, within 2
        "screen_top": (115.5, 122.5),  # seat + 78 - 5 to 0
        "seat_depth": (44.0, 44.0),  # 49 - 5
        "standing_desk": (102.5, 107.5),  # 105 + 2.5 shoe - 5 to 0
        "armrest_above_seat": (24.0, 24.0),
        "lumbar_support_above_seat": (15.0, 25.0),
    }
    assert {n: (v.low_cm, v.high_cm) for n, v in heights.items()} == expected


@pytest.mark.parametrize(
    ("sex", "measure", "p5", "p95"),
    [
        ("female", "popliteal_height", 35.0, 42.8),
        ("male", "popliteal_height", 39.0, 47.1),
        ("female", "elbow_rest_height", 18.9, 27.6),
        ("male", "eye_height_sitting", 75.0, 86.0),
        ("female", "stature", 152.5, 174.0),
    ],
)
def test_percentiles_of_the_survey(sex: str, measure: str, p5: float, p95: float) -> None:
    assert percentile(measure, p5, sex) == pytest.approx(5, abs=1)
    assert percentile(measure, p95, sex) == pytest.approx(95, abs=1)


def test_range_for_the_public_is_from_small_women_to_tall_men() -> None:
    seat = design_length("popliteal_height")
    assert (seat.low_cm, seat.high_cm) == (35.0, 47.1)
    public = fit_for_public()
    for person in (fit_workstation(157, "female"), fit_workstation(182, "male")):
        assert public.heights["seat"].low_cm < person.heights["seat"].cm
        assert public.heights["desk"].high_cm > person.heights["desk"].cm
    hips = design_length("hip_breadth_sitting")
    assert hips.high_cm == 45.6  # women are broader


def test_estimate_for_mean_stature_is_the_mean() -> None:
    found = body(175.62, "male", {})
    assert found["popliteal_height"].cm == pytest.approx(42.98, abs=0.02)
    assert not found["popliteal_height"].measured


def test_measures_replace_estimates_and_narrow_the_range() -> None:
    guessed = fit_workstation(170, "female").heights["desk"]
    known = fit_workstation(170, "female", measured_cm={"popliteal_height": 41}).heights["desk"]
    sure = fit_workstation(170, measured_cm=MEASURED).heights["desk"]
    widths = [length.high_cm - length.low_cm for length in (guessed, known, sure)]
    assert widths[0] > widths[2]
    assert widths[1] > widths[2]
    assert sure.measured


def test_percentiles_are_not_added() -> None:
    whole = design_length("seated_elbow_height")
    legs, arms = design_length("popliteal_height"), design_length("elbow_rest_height")
    assert whole.high_cm < legs.high_cm + arms.high_cm - 2
    assert whole.low_cm > legs.low_cm + arms.low_cm + 2


def test_unknown_sex_covers_both() -> None:
    both = fit_workstation(170).heights["seat"]
    for sex in ("female", "male"):
        one = fit_workstation(170, sex).heights["seat"]
        assert both.low_cm <= one.low_cm
        assert one.high_cm <= both.high_cm


def test_desk_that_is_too_high_raises_the_seat_onto_a_footrest() -> None:
    free = fit_workstation(measured_cm=MEASURED)
    fixed = fit_workstation(measured_cm=MEASURED, fixed_desk_cm=75)
    raised = 75 - free.heights["desk"].cm
    assert fixed.footrest is not None
    assert fixed.footrest.cm == pytest.approx(raised)
    assert fixed.heights["seat"].cm == pytest.approx(free.heights["seat"].cm + raised)
    assert "foot-rest" in fixed.notes[0]


def test_desk_that_is_too_low_is_to_be_raised() -> None:
    low = fit_workstation(measured_cm=MEASURED, fixed_desk_cm=60)
    assert low.footrest is None
    assert "too low" in low.notes[0]
    assert fit_workstation(measured_cm=MEASURED, fixed_desk_cm=67.5).notes == ()


@given(st.floats(140, 210), st.floats(0.1, 10), st.sampled_from(["female", "male", None]))
def test_taller_people_get_higher_seats_and_desks(
    stature: float, more: float, sex: str | None
) -> None:
    short, tall = (
        fit_workstation(stature, sex).heights,
        fit_workstation(stature + more, sex).heights,
    )
    for name in ("seat", "desk", "screen_top", "standing_desk", "seat_depth"):
        assert short[name].cm < tall[name].cm
        assert short[name].low_cm <= short[name].cm <= short[name].high_cm


def test_evidence_is_honest_and_has_sources() -> None:
    rows = evidence("workstation")
    assert len(rows) >= 5
    assert all(row.source and row.checked == "seen" and row.url for row in rows.values())
    assert "No chair" in fit_for_public().to_dict()["advice"][2]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"stature_cm": 1.75}, "give centimetres"),
        ({"stature_cm": 260}, "between 120 and 230"),
        ({"stature_cm": -170}, "between 120 and 230"),
        ({}, "give your stature, or measure"),
        ({"stature_cm": 170, "sex": "x"}, "'female' or 'male'"),
        ({"stature_cm": 170, "shoe_cm": 30}, "between 0 and 15"),
        ({"stature_cm": 170, "measured_cm": {"popliteal_height": 90}}, "hollow of the knee is 90"),
        ({"stature_cm": 170, "measured_cm": {"nose": 5}}, "no measure that is used"),
        ({"stature_cm": 170, "fixed_desk_cm": 7.3}, "between 50 and 140"),
    ],
)
def test_what_cannot_be_gets_one_sentence(arguments: dict[str, object], says: str) -> None:
    with pytest.raises(MeasurementError, match=says):
        fit_workstation(**arguments)  # type: ignore[arg-type]  # wrong types are the test
