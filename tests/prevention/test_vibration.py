"""Whole-body vibration: printed weights, known answers, an exact reference, worked examples, laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import freqz_sos

from lumbago.errors import MeasurementError
from lumbago.prevention.examples import compare_examples
from lumbago.prevention.exposure import (
    daily_a8,
    daily_vdv,
    exposure_points,
    hours_until_a8,
    hours_until_vdv,
)
from lumbago.prevention.vibration import (
    band_rms,
    maximum_transient,
    measure_vibration,
    root_mean_square,
    vibration_dose,
)
from lumbago.prevention.vibration_day import daily_exposure
from lumbago.prevention.vibration_picture import spectrum_svg, weighted_bands
from lumbago.prevention.vibration_tables import load_weights
from lumbago.prevention.weighting import (
    Name,
    analogue_weight,
    tolerance,
    weighted,
    weighting_sections,
)

NAMES: tuple[Name, ...] = ("wk", "wd")
RATES = (40, 50, 64, 80, 100, 128, 150, 151, 160, 200, 256, 320, 400, 500, 512, 800)
RATES += (1000, 1024, 2000, 4096, 6400, 25600, 51200)


@pytest.mark.parametrize("name", NAMES)
def test_every_printed_weight_of_iso_8041_is_reproduced(name: Name) -> None:
    for weight in load_weights():
        ours = float(analogue_weight(weight.centre_hz, name))
        assert f"{ours:.4g}" == f"{getattr(weight, name):.4g}", weight.nominal_hz


@pytest.mark.parametrize("name", NAMES)
def test_every_printed_weight_of_iso_2631_is_reproduced(name: Name) -> None:
    for weight in load_weights():  # three digits, at nominal frequencies; below 0.001 two
        printed = getattr(weight, f"{name}_iso2631_1997")
        ours = float(analogue_weight(weight.nominal_hz, name))
        assert ours == pytest.approx(printed, rel=0.0065)


@pytest.mark.parametrize("rate_hz", RATES)
@pytest.mark.parametrize("name", NAMES)
def test_filter_is_within_the_tolerance_of_the_standard(name: Name, rate_hz: int) -> None:
    checked = 0
    for weight in load_weights():
        if weight.centre_hz >= rate_hz / 2:
            continue
        sections = weighting_sections(name, float(rate_hz))
        gain = abs(freqz_sos(sections, [weight.centre_hz], fs=rate_hz)[1][0])
        off = gain / getattr(weight, name) - 1
        above, below = tolerance(weight.band)
        assert -below <= off <= above, (weight.nominal_hz, off)
        checked += 1
    assert checked >= 23


@pytest.mark.parametrize(("rate_hz", "most"), [(500, 0.045), (1000, 0.02), (2000, 0.006)])
def test_filter_is_close_to_the_standard_at_common_rates(rate_hz: int, most: float) -> None:
    bands = [w for w in load_weights() if -6 < w.band < 22]
    for name in NAMES:
        gains = freqz_sos(
            weighting_sections(name, float(rate_hz)), [w.centre_hz for w in bands], fs=rate_hz
        )[1]
        assert np.abs(np.abs(gains) / [getattr(w, name) for w in bands] - 1).max() < most


def test_tolerance_has_the_corners_of_table_4() -> None:
    assert tolerance(-6) == (0.26, 1.0)
    assert tolerance(-5) == tolerance(-3) == (0.26, 0.21)
    assert tolerance(-2) == tolerance(18) == (0.12, 0.11)
    assert tolerance(19) == tolerance(21) == (0.26, 0.21)
    assert tolerance(22) == (0.26, 1.0)


@pytest.mark.parametrize("rate_hz", [256, 500, 1000, 2000])
@pytest.mark.parametrize("frequency_hz", [1.0, 2.0, 5.0, 8.0, 16.0, 31.5, 63.0])
def test_sine_has_the_rms_that_the_table_gives(rate_hz: int, frequency_hz: float) -> None:
    time = np.arange(120 * rate_hz) / rate_hz
    sine = np.sqrt(2) * np.sin(2 * np.pi * frequency_hz * time)
    found = measure_vibration(np.stack([sine, sine, sine], axis=1), float(rate_hz))
    expected = [float(analogue_weight(frequency_hz, name)) for name in ("wd", "wd", "wk")]
    share = 0.11 if rate_hz == 256 else 0.05
    assert found.rms_ms2 == pytest.approx(expected, rel=share)


@pytest.mark.parametrize("rate_hz", [500, 1000, 2000])
@pytest.mark.parametrize("name", NAMES)
def test_filter_agrees_with_exact_weighting_in_the_frequency_domain(
    rate_hz: int, name: Name
) -> None:
    noise = np.random.default_rng(7).normal(size=300 * rate_hz)
    spectrum = np.fft.rfft(noise - noise.mean())
    frequencies = np.fft.rfftfreq(len(noise), 1 / rate_hz)
    weights = np.zeros(len(frequencies))
    weights[1:] = analogue_weight(frequencies[1:], name)
    exact = np.fft.irfft(spectrum * weights, len(noise))
    ours = weighted(noise, float(rate_hz), name)
    assert root_mean_square(ours) == pytest.approx(root_mean_square(exact), rel=0.01)


def test_gravity_does_not_count() -> None:
    noise = np.random.default_rng(3).normal(size=(30_000, 3))
    still = measure_vibration(noise, 1000.0)
    upright = measure_vibration(noise + np.array([0, 0, 9.81]), 1000.0)
    assert upright.rms_ms2 == pytest.approx(still.rms_ms2, rel=1e-9)


def test_known_answers_of_the_measures() -> None:
    rate, steady = 100.0, np.full(1600, 2.0)
    assert root_mean_square(steady) == pytest.approx(2.0)
    assert vibration_dose(steady, rate) == pytest.approx(2.0 * 16**0.25)  # A T^(1/4)
    assert maximum_transient(steady, rate) == pytest.approx(2.0)
    burst = np.zeros(1600)
    burst[700:750] = 4.0  # half a second of 4 m/s2: in its second, the root of 16 / 2
    assert maximum_transient(burst, rate) == pytest.approx(np.sqrt(8))
    assert vibration_dose(burst, rate) == pytest.approx(4.0 * 0.5**0.25)


def test_shock_shows_in_crest_factor_and_vdv_but_hardly_in_rms() -> None:
    rate = 1000.0
    quiet = 0.3 * np.random.default_rng(5).normal(size=(60_000, 3))
    shocked = quiet.copy()
    shocked[30_000:30_050, 2] += 30 * np.sin(np.linspace(0, np.pi, 50))
    before, after = measure_vibration(quiet, rate), measure_vibration(shocked, rate)
    assert not before.shocks
    assert after.shocks
    assert after.crest_factor[2] > 9 > before.crest_factor[2]
    assert after.vdv_ms175[2] > 3 * before.vdv_ms175[2]
    assert after.governing_axis == "z"


def test_published_examples_are_reproduced_as_printed() -> None:
    rows = compare_examples("vibration")
    assert len(rows) == 18
    assert [row for row in rows if not row.agrees] == []


def test_day_takes_the_highest_axis_and_not_the_vector_sum() -> None:
    axes = daily_a8([[0.23, 0.44, 0.26]], [6.5])
    assert axes.max() == pytest.approx(0.5552, abs=1e-4)
    assert axes.max() < np.sqrt((axes**2).sum())


def test_times_until_a_value_reach_it_exactly() -> None:
    hours = float(hours_until_a8(0.8, 0.5))
    assert daily_a8([[0, 0, 0.8]], [hours]).max() == pytest.approx(0.5)
    hours = float(hours_until_vdv(6.0, 0.5, 9.1))
    assert daily_vdv([[0, 0, 6.0]], [0.5], [hours]).max() == pytest.approx(9.1)
    assert hours_until_a8(0.0, 0.5) == np.inf


def test_points_add_up_as_the_squares_do() -> None:
    assert exposure_points(0.5, 8) == pytest.approx(100)
    assert exposure_points(1.15, 8) == pytest.approx(529)
    assert exposure_points(0.5, 4) + exposure_points(0.7, 2) == pytest.approx(
        100 * (daily_a8([[0, 0, 0.5], [0, 0, 0.7]], [4, 2]).max() / 0.5) ** 2
    )


def record(scale: float, seconds: int = 300) -> np.ndarray:
    return scale * np.random.default_rng(11).normal(size=(seconds * 200, 3))


@pytest.mark.parametrize(
    ("scale", "level"), [(0.2, "below_action"), (1.5, "above_action"), (12.0, "above_limit")]
)
def test_level_of_a_day(scale: float, level: str) -> None:
    day = daily_exposure([measure_vibration(record(scale), 200.0)], [8.0])
    assert day.level == level
    told = day.to_dict()
    assert told["day"]["a8_ms2"] == max(told["day"]["a8_axes_ms2"].values())


def test_without_hours_there_is_no_day_but_the_times_are_known() -> None:
    day = daily_exposure([measure_vibration(record(2.5), 200.0)])
    assert day.level is None
    assert day.to_dict()["day"] is None
    minutes = day.to_dict()["minutes_until"][0]
    assert 0 < minutes["a8"]["action"] < 24 * 60


def test_minutes_until_come_down_as_vibration_goes_up() -> None:
    days = [daily_exposure([measure_vibration(record(s), 200.0)]) for s in (1.0, 2.0)]
    assert days[0].until_h[0, 0, 0] == pytest.approx(4 * days[1].until_h[0, 0, 0])  # square
    assert days[0].until_h[0, 1, 0] == pytest.approx(16 * days[1].until_h[0, 1, 0])  # fourth power


@given(st.floats(0.01, 20), st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_measures_scale_with_the_record(scale: float, seed: int) -> None:
    noise = np.random.default_rng(seed).normal(size=(2000, 3))
    one, many = measure_vibration(noise, 200.0), measure_vibration(scale * noise, 200.0)
    for name in ("rms_ms2", "vdv_ms175", "mtvv_ms2", "peak_ms2"):
        assert getattr(many, name) == pytest.approx(scale * getattr(one, name), rel=1e-9)
    assert (one.rms_ms2 <= one.mtvv_ms2 + 1e-12).all()
    assert (one.mtvv_ms2 <= one.peak_ms2 + 1e-12).all()


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 3)), min_size=1, max_size=8))
def test_order_and_splitting_of_tasks_change_nothing(tasks: list[tuple[float, float]]) -> None:
    rms, hours = [[a, a / 2, a] for a, _ in tasks], [h for _, h in tasks]
    whole = daily_a8(rms, hours)
    assert daily_a8(rms[::-1], hours[::-1]) == pytest.approx(whole)
    halves = [h / 2 for h in hours]
    assert daily_a8(rms + rms, halves + halves) == pytest.approx(whole)


def test_band_values_add_up_to_the_weighted_rms() -> None:
    noise = np.random.default_rng(2).normal(size=(200_000, 3))
    smooth = np.apply_along_axis(lambda a: np.convolve(a, np.ones(25) / 25, "same"), 0, noise)
    centres, bands = weighted_bands(smooth, 1000.0)
    found = measure_vibration(smooth, 1000.0)
    total = np.sqrt((bands**2).sum(axis=0)) / [1.4, 1.4, 1.0]
    assert total == pytest.approx(found.rms_ms2, rel=0.05)
    assert centres[0] == pytest.approx(0.501, abs=0.001)


def test_bands_stop_where_the_record_does() -> None:
    centres, _ = band_rms(np.random.default_rng(1).normal(size=(4000, 3)), 50.0)
    assert centres.max() < 25


def test_picture_is_one_svg_with_words() -> None:
    drawing = spectrum_svg("a <ride>.csv", record(1.0), 200.0)
    assert drawing.startswith("<svg")
    assert "<desc" in drawing
    assert "a &lt;ride&gt;.csv" in drawing


@pytest.mark.parametrize(
    ("acceleration", "rate_hz", "says"),
    [
        (np.zeros((1000, 2)), 100.0, "three columns: x, y and z"),
        (np.zeros((1000, 3)), 20.0, "at least 40"),
        (np.zeros((100, 3)), 100.0, "it needs at least 5 s"),
        (np.full((1000, 3), np.nan), 100.0, "sample 1 of x is not a number"),
    ],
)
def test_records_that_cannot_be_judged(acceleration: np.ndarray, rate_hz: float, says: str) -> None:
    with pytest.raises(MeasurementError, match=says):
        measure_vibration(acceleration, rate_hz)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: daily_a8([[0.5, 0.5, -0.5]], [8]), "must be 0 or more"),
        (lambda: daily_a8([[0.5, 0.5, 0.5]] * 2, [13, 12]), "a day has 24"),
        (lambda: daily_vdv([[1, 1, 1]], [0], [8]), "must be above 0"),
        (
            lambda: daily_exposure([measure_vibration(record(1.0), 200.0)], [1.0, 2.0]),
            "one time for each record",
        ),
    ],
)
def test_days_that_cannot_be(call: "object", says: str) -> None:
    assert callable(call)
    with pytest.raises(MeasurementError, match=says):
        call()
