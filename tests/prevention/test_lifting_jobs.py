"""Jobs of several tasks, what goes into the equation, and the fatigue tool."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbago.errors import MeasurementError
from lumbago.prevention.lifft import cumulative_damage, cycles_to_failure, high_risk_probability
from lumbago.prevention.lifting_inputs import (
    duration_class,
    estimated_horizontal,
    frequency_with_breaks,
    refuse,
)
from lumbago.prevention.lifting_job import assess_job
from lumbago.prevention.lifting_tables import load_lifting
from lumbago.prevention.lifting_task import Lift, assess_lift

TASK = st.builds(
    Lift,
    load=st.floats(1, 25),
    horizontal=st.floats(20, 60),
    vertical=st.floats(0, 170),
    distance=st.floats(0, 170),
    frequency_per_min=st.floats(0.2, 2),
    duration_h=st.sampled_from([1.0, 2.0, 8.0]),
    coupling=st.sampled_from(["good", "fair", "poor"]),
)


def named(tasks: list[Lift]) -> list[tuple[str, Lift]]:
    return [(f"task {place}", task) for place, task in enumerate(tasks)]


@given(TASK)
def test_a_job_of_one_task_has_its_index(task: Lift) -> None:
    assert assess_job(named([task])).index == pytest.approx(assess_lift(task).index)


@given(st.lists(TASK, min_size=2, max_size=5))
def test_more_tasks_never_make_a_job_easier(tasks: list[Lift]) -> None:
    job = assess_job(named(tasks))
    assert job.index >= max(assess_lift(task).index for task in tasks) - 1e-9
    assert sum(share.added for share in job.tasks) == pytest.approx(job.index)


@given(st.lists(TASK, min_size=2, max_size=5))
def test_the_order_of_the_file_does_not_matter(tasks: list[Lift]) -> None:
    forwards, backwards = assess_job(named(tasks)), assess_job(named(tasks)[::-1])
    assert forwards.index == pytest.approx(backwards.index)


def test_the_three_task_formula_by_hand() -> None:
    tasks = [
        Lift(10, 40, 80, distance=25, frequency_per_min=1, coupling="good"),
        Lift(8, 35, 90, distance=40, frequency_per_min=2, coupling="good"),
        Lift(5, 30, 100, distance=30, frequency_per_min=4, coupling="good"),
    ]
    firwl = [assess_lift(task).governing.frequency_independent_limit for task in tasks]
    stli = [10 / (firwl[0] * 0.94), 8 / (firwl[1] * 0.91), 5 / (firwl[2] * 0.84)]
    assert stli == sorted(stli, reverse=True)
    by_hand = stli[0] + 8 / firwl[1] * (1 / 0.88 - 1 / 0.94) + 5 / firwl[2] * (1 / 0.70 - 1 / 0.88)
    assert assess_job(named(tasks)).index == pytest.approx(by_hand)


def test_the_heaviest_load_counts_for_one_lift_and_the_mean_for_the_task() -> None:
    share = assess_job([("mixed", Lift(8, 40, 80, distance=25, load_most=12))]).tasks[0]
    assert share.frequency_independent_index / share.single_task_index == pytest.approx(12 / 8)


def test_a_low_task_sets_the_column_for_the_sum() -> None:
    high = Lift(9, 30, 80, distance=25, frequency_per_min=5, duration_h=8, coupling="good")
    low = replace(high, load=3, vertical=74)
    assert assess_job(named([high, replace(high, load=3)])).index < float("inf")
    assert assess_job(named([high, low])).index == float("inf")


def test_faults_of_a_job_name_the_task() -> None:
    with pytest.raises(MeasurementError, match="task 'shelf': horizontal distance is -3"):
        assess_job([("shelf", Lift(8, -3, 80))])
    with pytest.raises(MeasurementError, match="at least one"):
        assess_job([])
    with pytest.raises(MeasurementError, match="mix metric and US"):
        assess_job([("a", Lift(8, 30, 80)), ("b", Lift(8, 30, 30, units="us"))])


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        ([30, 10, 45], ("moderate", 75)),
        ([30, 30, 45], ("short", 45)),
        ([120, 36, 60], ("moderate", 120)),
        ([120, 35, 60], ("long", 180)),
        ([60, 60, 60, 60, 60], ("short", 60)),
        ([300], ("long", 300)),
    ],
)
def test_duration_from_work_and_rest(spells: list[float], expected: tuple[str, float]) -> None:
    assert duration_class(spells) == expected


def test_more_than_eight_hours_is_refused() -> None:
    with pytest.raises(MeasurementError, match="at most 8 hours"):
        duration_class([490])
    with pytest.raises(MeasurementError, match="minutes above 0"):
        duration_class([30, -1])


def test_horizontal_distance_from_the_width_of_a_box() -> None:
    assert estimated_horizontal(40, 25) == 40
    assert estimated_horizontal(40, 24.9) == 45
    assert estimated_horizontal(16, 10, units="us") == 16
    assert estimated_horizontal(16, 9, units="us") == 18
    with pytest.raises(MeasurementError, match="above 0"):
        estimated_horizontal(0, 25)


def test_breaks_within_a_quarter_hour() -> None:
    assert frequency_with_breaks(10, 8) == pytest.approx(5.333, abs=1e-3)
    with pytest.raises(MeasurementError, match="0 to 15 lifts"):
        frequency_with_breaks(16, 8)
    with pytest.raises(MeasurementError, match="of 15 minutes"):
        frequency_with_breaks(10, 16)


def test_every_condition_outside_the_method_is_refused_in_words() -> None:
    refuse([])
    for condition in load_lifting().not_covered:
        with pytest.raises(MeasurementError, match="does not cover"):
            refuse([condition])
    with pytest.raises(MeasurementError, match="is not a condition"):
        refuse(["raining"])


@given(
    st.lists(
        st.tuples(st.floats(0, 40), st.floats(0, 80), st.integers(0, 2000)), min_size=1, max_size=5
    )
)
def test_damage_adds_up_and_shares_are_whole(tasks: list[tuple[float, float, float]]) -> None:
    load, lever, lifts = np.array(tasks).T
    day = cumulative_damage(load_kg=load, lever_cm=lever, lifts_per_day=lifts)
    each = [cumulative_damage(load_kg=a, lever_cm=b, lifts_per_day=c).damage for a, b, c in tasks]
    assert day.damage == pytest.approx(sum(each))
    assert day.task_share.sum() == pytest.approx(1.0 if lifts.sum() else 0.0, abs=1e-9)
    assert 0.0 <= day.probability < 1.0


def test_the_fatigue_tool_at_its_edges() -> None:
    assert high_risk_probability(0.0) == 0.0
    assert cumulative_damage(load_kg=20, lever_cm=60, lifts_per_day=1).caution
    assert not cumulative_damage(load_kg=10, lever_cm=60, lifts_per_day=1).caution
    assert float(cycles_to_failure(20)) == pytest.approx(35342, abs=1)
    with pytest.raises(MeasurementError, match="lever arm is -1"):
        cumulative_damage(load_kg=20, lever_cm=-1, lifts_per_day=1)
