"""The way back to running: tests in order, a table within the limit for a single run, caution after pain."""

from itertools import pairwise
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lumbago.care.running_data import load_running_return, read_running_return
from lumbago.care.running_return import (
    RunningAnswerError,
    injury,
    injury_for,
    next_session,
    run_week,
    standing,
    walk_run_table,
)
from lumbago.care.safety import Known
from lumbago.case import Case
from lumbago.errors import EvidenceError, UnknownIdError
from lumbago.knowledge import load_knowledge
from lumbago.prevention.running_spikes import load_running, spike_of

DATA = load_running_return()
INJURIES = [i.id for i in DATA.injuries]
ALL_PASSED: dict[str, bool | float] = {
    c.id: True if c.at_least is None else c.at_least for c in DATA.criteria
}


@pytest.mark.parametrize("name", INJURIES)
def test_a_person_who_answers_nothing_is_at_the_first_stage_and_may_not_run(name: str) -> None:
    found = standing(name, {})
    assert found.stage == injury(name).stages[0].id
    assert not found.may_run
    assert found.missing


@pytest.mark.parametrize("name", INJURIES)
def test_passing_everything_is_the_end(name: str) -> None:
    found = standing(name, ALL_PASSED)
    assert found.stage == "full"
    assert found.may_run
    assert found.missing == ()


@given(st.sampled_from(INJURIES), st.sets(st.sampled_from(sorted(ALL_PASSED))))
def test_one_more_test_passed_never_goes_back_and_one_missing_holds(
    name: str, passed: set[str]
) -> None:
    stages = [s.id for s in injury(name).stages]
    answers = {n: ALL_PASSED[n] for n in passed}
    here = stages.index(standing(name, answers).stage)
    for extra in ALL_PASSED:
        assert stages.index(standing(name, {**answers, extra: ALL_PASSED[extra]}).stage) >= here
    for stage in injury(name).stages[:here]:
        assert set(stage.to_leave) <= passed


def test_shin_bone_asks_for_all_five_components_of_the_review_before_running() -> None:
    # George 2024: bony tenderness resolved, pain-free walking, healing shown at high-risk sites, strength and
    # loading tests, contributing factors identified.
    asked: set[str] = set()
    for stage in injury("tibial_stress_injury").stages:
        if stage.id == "walk_run":
            break
        asked |= set(stage.to_leave)
    assert {"no_bone_tenderness", "painless_walking", "clinician_agrees", "reasons_found"} <= asked
    assert {"heel_raises_bone", "hops_without_pain"} <= asked
    for name in ("no_bone_tenderness", "painless_walking", "clinician_agrees", "reasons_found"):
        assert not standing("tibial_stress_injury", {**ALL_PASSED, name: False}).may_run


def test_full_sport_after_a_calf_strain_asks_what_the_experts_ask() -> None:
    # Green 2022 table 4: 30 heel raises from the floor, within 10% of the other side, no pain on pressing.
    asked = {c.id: c for c in DATA.criteria}
    assert asked["heel_raises_full"].at_least == 30
    assert asked["heel_raises_alike"].at_least == 90
    for name in ("heel_raises_full", "heel_raises_alike", "no_calf_tenderness", "confident"):
        assert (
            standing(
                "calf_strain", {**ALL_PASSED, name: 0 if asked[name].at_least else False}
            ).stage
            != "full"
        )


@pytest.mark.parametrize("name", INJURIES)
def test_no_session_of_the_table_goes_past_the_limit_for_a_single_run(name: str) -> None:
    table = walk_run_table(name)
    for before, after in pairwise(table):
        assert after.running_minutes > before.running_minutes
        assert after.distance_km <= before.distance_km * load_running().cap_ratio
        assert spike_of(after.distance_km / before.distance_km) == "none"


@given(st.floats(0.2, 100), st.integers(1, 3))
def test_no_run_of_a_week_is_a_spike(longest: float, runs: int) -> None:
    found = run_week(longest, runs)
    assert len(found.runs_km) == runs
    assert found.total_km == pytest.approx(sum(found.runs_km), abs=0.06)
    for km in found.runs_km:
        assert spike_of(km / longest) == "none"


def test_ten_kilometres_may_become_eleven_and_no_more() -> None:
    found = run_week(10, 3)
    assert found.runs_km == (11.0, 7.5, 7.5)
    assert found.single_run_limit_km == 11.0
    assert "Frandsen" in found.source


@given(
    st.sampled_from(INJURIES), st.integers(1, 5), st.integers(0, 3), st.floats(0, 10), st.booleans()
)
def test_pain_never_leads_up_a_step(
    name: str, step: int, good: int, pain: float, worse: bool
) -> None:
    found = next_session(name, step, good, pain=pain, worse_next_day=worse)
    limit = injury(name).pain_limit
    if pain > limit or worse:
        assert found.action in ("back", "stop")
        assert found.step <= max(1, step - 1)
        assert found.good_sessions == 0
    else:
        assert found.step - step in (0, 1)
        assert (found.action == "up") == (good + 1 >= injury(name).sessions_each and step < 5)


def test_any_pain_in_the_bone_stops_and_a_little_in_a_tendon_does_not() -> None:
    stop = next_session("tibial_stress_injury", 3, 1, pain=1, worse_next_day=False)
    assert (stop.action, stop.step) == ("stop", 1)
    assert (
        next_session("achilles_tendinopathy", 3, 1, pain=5, worse_next_day=False).action == "repeat"
    )
    assert next_session("achilles_tendinopathy", 3, 1, pain=2, worse_next_day=True).action == "back"
    assert next_session("calf_strain", 5, 1, pain=0, worse_next_day=False).action == "done"


def test_what_is_forbidden_forbids_running_whatever_was_passed() -> None:
    swollen = Known(Case(findings={"calf_swelling": "yes"}))
    found = standing("calf_strain", ALL_PASSED, swollen)
    assert not found.may_run
    assert "clot" in found.because[0]
    assert found.exercises == ()
    assert found.to_dict()["schema"] == "lumbago/running-return/1"


def test_conditions_find_their_way_back() -> None:
    found = injury_for("soleus_strain")
    assert found is not None
    assert found.id == "calf_strain"
    assert injury_for("neck_strain") is None
    named = [c for i in DATA.injuries for c in i.conditions]
    assert len(set(named)) == len(named)
    assert set(named) <= {c.id for c in load_knowledge().conditions}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: standing("calf_strain", {"heel_raises": True}), "give a number"),
        (lambda: standing("calf_strain", {"no_limp": 3}), "yes or no"),
        (lambda: next_session("calf_strain", 9, 0, pain=0, worse_next_day=False), "steps 1 to 5"),
        (lambda: next_session("calf_strain", 1, 0, pain=11, worse_next_day=False), "0 to 10"),
        (lambda: run_week(0, 3), "longest run must be"),
        (lambda: run_week(5, 4), "room for 1 to 3"),
        (lambda: run_week(5, 3, days_between=2), "room for 1 to 2"),
    ],
)
def test_impossible_answers_are_met_with_what_would_be_right(call: Any, said: str) -> None:
    with pytest.raises(RunningAnswerError, match=said):
        call()


def test_unknown_injuries_and_tests_are_refused() -> None:
    with pytest.raises(UnknownIdError, match="it is one of calf_strain"):
        standing("sore_arm", {})
    with pytest.raises(UnknownIdError, match="no test"):
        standing("calf_strain", {"juggling": True})


def test_faults_of_the_file_are_told_at_once() -> None:
    raw = msgspec.to_builtins(DATA)
    raw["table"] = raw["table"][::-1]
    raw["injuries"][0]["stages"][0]["to_leave"] = ["no_such_test"]
    raw["injuries"][1]["stages"][0]["exercises"] = ["no_such_exercise"]
    raw["injuries"][2]["conditions"] = ["no_such_condition"]
    raw["injuries"][3]["stages"][0]["to_leave"] = []
    raw["criteria"][0]["source"] = "nobody_2020"
    with pytest.raises(EvidenceError) as error:
        read_running_return(yaml.safe_dump(raw).encode())
    told = "\n".join(error.value.faults)
    for fault in (
        "must grow",
        "unknown criterion no_such_test",
        "unknown exercise no_such_exercise",
        "unknown condition no_such_condition",
        "every stage but the last",
        "nobody_2020",
    ):
        assert fault in told
