"""The lifting equation against the manual's tables, a slow version of itself, and its own laws."""

import csv
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbago.errors import MeasurementError
from lumbago.prevention.lifting import frequency_multiplier, lifting_index, multipliers
from lumbago.prevention.lifting_changes import changes
from lumbago.prevention.lifting_picture import changes_svg
from lumbago.prevention.lifting_slopes import VARIABLES, index_slopes
from lumbago.prevention.lifting_task import Lift, assess_lift

HERE = Path(__file__).parent
# Rows that the manual prints differently from its own formula; the formula governs (p. 7).
PRINTED_OTHERWISE = {("H", "us", "22"), ("H", "us", "23"), ("D", "metric", "130")}


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def one(units: str, **changed: Any) -> Any:
    best = 75.0 if units == "metric" else 30.0
    given_ = {"horizontal": 1.0, "vertical": best, "distance": 0.0} | changed
    return multipliers(**given_, units=units)


@pytest.mark.parametrize("row", rows("rnle_tables.csv"), ids=lambda row: "-".join(row.values()))
def test_multipliers_round_to_tables_1_to_4(row: dict[str, str]) -> None:
    names = {"H": "horizontal", "V": "vertical", "D": "distance", "A": "asymmetry_deg"}
    found = one(row["units"], **{names[row["table"]]: float(row["at"])})
    value = float(getattr(found, names[row["table"]].removesuffix("_deg")))
    rounded = Decimal(repr(round(value, 9))).quantize(Decimal("0.01"), ROUND_HALF_UP)
    same = rounded == Decimal(row["value"])
    assert same != ((row["table"], row["units"], row["at"]) in PRINTED_OTHERWISE)


@pytest.mark.parametrize("row", rows("rnle_frequency.csv"), ids=lambda row: row["lifts_per_min"])
def test_every_cell_of_table_5(row: dict[str, str]) -> None:
    for name, cell in row.items():
        if name != "lifts_per_min":
            hours = float(name[2])
            found = frequency_multiplier(
                float(row["lifts_per_min"]), duration_h=hours, low=name.endswith("low")
            )
            assert float(found) == pytest.approx(float(cell)), name


def test_frequency_is_linear_between_rows_and_zero_above_the_last_one() -> None:
    # Example 7 of the manual interpolates 2.4 lifts a minute between .91 and .88.
    assert float(frequency_multiplier(2.4, duration_h=1, low=False)) == pytest.approx(0.898)
    assert float(frequency_multiplier(0.05, duration_h=8, low=False)) == 0.85
    assert float(frequency_multiplier(12.5, duration_h=1, low=True)) == 0.0


@pytest.mark.parametrize(
    ("grade", "low", "high"), [("good", 1.0, 1.0), ("fair", 0.95, 1.0), ("poor", 0.9, 0.9)]
)
def test_every_cell_of_table_7(grade: str, low: float, high: float) -> None:
    assert float(one("metric", vertical=74.9, coupling=grade).coupling) == low
    assert float(one("metric", vertical=75.0, coupling=grade).coupling) == high
    assert float(one("us", vertical=29.9, coupling=grade).coupling) == low
    assert float(one("us", vertical=30.0, coupling=grade).coupling) == high


def test_frequency_looks_at_the_start_and_coupling_at_the_end_judged() -> None:
    end = one(
        "us",
        vertical=59.0,
        origin_vertical=22.0,
        coupling="fair",
        frequency_per_min=9,
        duration_h=8,
    )
    assert float(end.frequency) == 0.0
    assert float(end.coupling) == 1.0


LIFT = {
    "horizontal": st.floats(1, 80),
    "vertical": st.floats(0, 200),
    "distance": st.floats(0, 200),
    "asymmetry_deg": st.floats(0, 180),
    "frequency_per_min": st.floats(0, 18),
    "duration_h": st.floats(0.01, 8),
    "coupling": st.sampled_from(["good", "fair", "poor"]),
}


def slow_limit(lift: dict[str, Any]) -> float:
    """The metric equation as one would work it out on paper."""
    h, v, d, a, f = (lift[name] for name in list(LIFT)[:5])
    hm = 0.0 if h > 63 else min(1.0, 25 / h)
    vm = 0.0 if v > 175 else 1 - 0.003 * abs(v - 75)
    dm = 0.0 if d > 175 else min(1.0, 0.82 + 4.5 / max(d, 25))
    am = 0.0 if a > 135 else 1 - 0.0032 * a
    cm = {"good": 1.0, "poor": 0.9, "fair": 0.95 if v < 75 else 1.0}[lift["coupling"]]
    kind = "le1h" if lift["duration_h"] <= 1 else "le2h" if lift["duration_h"] <= 2 else "le8h"
    column = f"{kind}_{'low' if v < 75 else 'high'}"
    table = [(float(r["lifts_per_min"]), float(r[column])) for r in rows("rnle_frequency.csv")]
    f, fm = max(f, 0.2), 0.0
    for (f0, y0), (f1, y1) in pairwise(table):
        if f == f0 or (f0 <= f <= f1 and y1 > 0):
            fm = y0 + (y1 - y0) * (f - f0) / (f1 - f0)
            break
    return float(23 * hm * vm * dm * am * fm * cm)


@given(st.lists(st.fixed_dictionaries(LIFT), min_size=1, max_size=8))
def test_arrays_agree_with_the_slow_equation(lifts: list[dict[str, Any]]) -> None:
    columns = {name: np.array([lift[name] for lift in lifts]) for name in LIFT}
    fast = multipliers(**columns).weight_limit
    assert fast.shape == (len(lifts),)
    np.testing.assert_allclose(fast, [slow_limit(lift) for lift in lifts], rtol=1e-9, atol=1e-12)


@given(st.fixed_dictionaries(LIFT))
def test_the_limit_is_never_above_the_load_constant(lift: dict[str, Any]) -> None:
    assert 0.0 <= float(multipliers(**lift).weight_limit) <= 23.0


INSIDE = st.builds(
    Lift,
    load=st.floats(1, 40),
    horizontal=st.floats(26, 60),
    vertical=st.floats(0, 70) | st.floats(80, 150),
    distance=st.floats(30, 150),
    asymmetry_deg=st.floats(0, 120),
    frequency_per_min=st.floats(0.25, 0.45) | st.floats(2.1, 2.9) | st.floats(6.1, 6.9),
    duration_h=st.sampled_from([1.0, 2.0, 8.0]),
    coupling=st.sampled_from(["good", "fair", "poor"]),
)


@given(INSIDE)
def test_slopes_are_those_of_small_steps(lift: Lift) -> None:
    slopes = index_slopes(assess_lift(lift))
    names = {"asymmetry": "asymmetry_deg", "frequency": "frequency_per_min"}
    for variable in VARIABLES:
        name, step = names.get(variable, variable), 1e-6
        here = getattr(lift, name)
        above = assess_lift(replace(lift, **{name: here + step})).index
        below = assess_lift(replace(lift, **{name: max(here - step, 0.0)})).index
        numeric = (above - below) / (2 * step if here >= step else step + here)
        assert slopes[variable] == pytest.approx(numeric, rel=1e-4, abs=1e-6)


@given(INSIDE)
def test_every_change_offered_lowers_the_index(lift: Lift) -> None:
    result = assess_lift(lift)
    found = changes(result)
    assert [change.index for change in found] == sorted(change.index for change in found)
    for change in found:
        assert change.index < result.index
        assert change.saved == pytest.approx(result.index - change.index)


def test_the_lower_limit_counts_where_the_load_is_placed_with_care() -> None:
    lift = Lift(44, 23, 15, to_vertical=64, control=True, units="us")
    assert assess_lift(lift).governing.where == "end"
    assert assess_lift(replace(lift, control=False)).governing.where == "start"


def test_a_lift_out_of_reach_has_no_index_and_says_how_to_come_back() -> None:
    result = assess_lift(Lift(12, 80, 75))
    assert result.index == float("inf")
    assert result.to_dict()["li"] is None
    assert [change.id for change in changes(result)] == ["horizontal"]
    assert all(np.isnan(slope) for slope in index_slopes(result).values())
    assert "not allowed" in changes_svg(result, changes(result))


def test_the_drawing_says_in_words_what_it_shows() -> None:
    result = assess_lift(Lift(12, 45, 20, to_vertical=120))
    svg = changes_svg(result, changes(result))
    assert svg.startswith("<svg")
    assert "bring it 10 cm nearer" in svg
    assert 'role="img"' in svg
    assert f"{result.index:.2f}" in svg


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"horizontal": -1}, "horizontal distance is -1; it must be above 0, in cm"),
        ({"horizontal": [30.0, float("nan")]}, "at index 1"),
        ({"vertical": -5}, "0 or more"),
        ({"duration_h": 9}, "at most 8"),
        ({"asymmetry_deg": 200}, "at most 180"),
        ({"coupling": "ok"}, "good, fair or poor"),
        ({"coupling": ["good", "meh"]}, "'meh'"),
        ({"frequency_per_min": "often"}, "give a number"),
        ({"units": "stone"}, "'metric' or 'us'"),
    ],
)
def test_bad_input_gets_one_clear_sentence(changed: dict[str, Any], words: str) -> None:
    good = {"horizontal": 30.0, "vertical": 70.0, "distance": 30.0}
    with pytest.raises(MeasurementError, match=words.replace("(", r"\(")):
        multipliers(**(good | changed))


def test_a_load_of_nothing_is_refused() -> None:
    with pytest.raises(MeasurementError, match="load is 0; it must be above 0"):
        lifting_index(0.0, 10.0)
