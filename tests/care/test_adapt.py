"""Next week after this one: never more after a bad report, a tenth more after a good one, always a reason."""

import json
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbago.care.adapt import Adapted, adapt, renew
from lumbago.care.doses import volume
from lumbago.care.exercises import LOADS, exercise, load_exercises, load_stop_rules
from lumbago.care.preferences import Preferences
from lumbago.care.safety import Known, allowed
from lumbago.care.week import Choice, Chosen, Week, arrange, read_week, week
from lumbago.care.week_reports import (
    ExerciseReport,
    ReportError,
    WeekReport,
    load_adaptation,
    read_adaptation,
    read_report,
)
from lumbago.case import Case
from lumbago.errors import EvidenceError
from tests.care import strategies as people
from tests.care.strategies import amount

FEW = settings(max_examples=60, deadline=None)
GOOD = {"pain_during": 1, "worse_next_day": False, "effort": 5, "done": 1}


def reports(of: Week) -> st.SearchStrategy[WeekReport]:
    number = st.none() | st.integers(0, 10)
    each = [
        st.builds(
            ExerciseReport,
            exercise=st.just(c.exercise),
            done=st.none() | st.floats(0, 1),
            pain_during=number,
            effort=number,
            worse_next_day=st.sampled_from([None, True, False]),
            spread=st.sampled_from([None, "down", "back", "same"]),
        )
        for c in of.choice.chosen
    ]
    signs = st.lists(st.sampled_from(list(load_stop_rules())), unique=True, max_size=1)
    return st.builds(
        lambda e, s: WeekReport(exercises=tuple(e), signs=tuple(s)), st.tuples(*each), signs
    )


def bad(e: ExerciseReport) -> bool:
    return (e.pain_during or 0) > 5 or e.worse_next_day is True or e.spread == "down"


@given(people.causes(), people.times, people.preferences(), people.known(), st.data())
@FEW
def test_laws_of_every_adaptation(
    causes: list[str], time: Any, wishes: Preferences, known: Known, data: st.DataObject
) -> None:
    this = week(causes, time, wishes, known)
    for _ in range(3):
        report = data.draw(reports(this))
        found = adapt(this, report, known)
        for day in found.week.days:
            assert day.minutes <= wishes.minutes_a_day
        for item in (i for day in found.week.days for i in day.items):
            assert item.exercise in allowed(known)
            full = exercise(item.exercise).dose
            assert volume(item.dose) <= volume(full)
            assert item.dose.times_a_day <= full.times_a_day
        for e in report.exercises:
            before, after = amount(this, e.exercise), amount(found.week, e.exercise)
            if before and bad(e):
                assert after <= before
        if report.alarm:
            assert not any(day.items for day in found.week.days)
            assert found.advice == "stop"
            assert found.actions
        assert {c.exercise for c in found.changes} == {c.exercise for c in this.choice.chosen}
        assert all(c.reason.endswith(".") for c in found.changes)
        assert read_week(json.loads(json.dumps(found.to_dict()["week"]))) == found.week
        this = found.week


@given(people.causes(), people.times, people.preferences())
@FEW
def test_a_week_without_a_report_stays_or_shrinks(
    causes: list[str], time: Any, wishes: Preferences
) -> None:
    this = week(causes, time, wishes)
    after = adapt(this, WeekReport()).week
    for c in this.choice.chosen:
        if amount(this, c.exercise):
            assert amount(after, c.exercise) <= amount(this, c.exercise)


@given(people.causes(), people.times, people.preferences())
@FEW
def test_a_good_week_grows_by_no_more_than_a_tenth_of_its_share(
    causes: list[str], time: Any, wishes: Preferences
) -> None:
    this = week(causes, time, wishes)
    good = WeekReport(
        exercises=tuple(ExerciseReport(exercise=c.exercise, **GOOD) for c in this.choice.chosen)
    )
    found = adapt(this, good)
    shares = {c.exercise: c.share for c in this.choice.chosen}
    for c in found.week.choice.chosen:
        if c.exercise in shares:
            assert c.share <= shares[c.exercise] * 1.1 + 1e-9


def one(name: str, share: float = 0.5, **more: Any) -> Week:
    """A week of one exercise, with others to fall back on."""
    spare = tuple(n for n in load_exercises() if n != name)
    choice = Choice(chosen=(Chosen(name, share, **more),), spare=spare)
    return arrange(1, Preferences(minutes_a_day=60), "weeks_12_on", choice)


def after(this: Week, **report: Any) -> Adapted:
    name = this.choice.chosen[0].exercise
    return adapt(this, WeekReport(exercises=(ExerciseReport(exercise=name, **report),)))


@pytest.mark.parametrize(
    ("report", "rule", "action"),
    [
        ({"spread": "down", **GOOD}, "moves_down", "change_direction"),
        ({"pain_during": 7}, "too_sore", "back"),
        ({"pain_during": 2, "worse_next_day": True}, "worse_next_day", "back"),
        ({"pain_during": 5, "worse_next_day": False}, "some_pain", "hold"),
        ({"pain_during": 4, "spread": "back"}, "draws_back", "hold"),
        ({"pain_during": 0, "effort": 9, "worse_next_day": False, "done": 1}, "hard_work", "hold"),
        (
            {"pain_during": 0, "effort": 3, "worse_next_day": False, "done": 0.2},
            "seldom_done",
            "hold",
        ),
        (GOOD, "going_well", "progress"),
        ({"pain_during": 0}, "not_known", "hold"),
        ({}, "not_known", "hold"),
        ({"worse_next_day": False, "effort": 5, "done": 1}, "not_known", "hold"),
    ],
)
def test_each_kind_of_week_meets_its_rule(report: dict[str, Any], rule: str, action: str) -> None:
    (change,) = after(one("bridge"), **report).changes
    assert (change.rule, change.action) == (rule, action)


def test_half_of_it_after_pain_and_something_easier_if_that_hurts_too() -> None:
    first = after(one("bridge", 0.8), pain_during=8)
    assert first.week.choice.chosen[0].share == pytest.approx(0.4)
    assert first.advice == "ease_off"
    settled = after(first.week, pain_during=3, worse_next_day=False)
    assert settled.week.choice.chosen[0].backs == 0
    second = after(first.week, pain_during=8)
    assert second.changes[0].action == "swap"
    assert (
        second.week.choice.chosen == ()
    )  # its easier version is a smaller movement, not another exercise
    plank = after(after(one("single_leg_bridge", 0.8), pain_during=8).week, pain_during=8)
    assert plank.changes[0].instead == "bridge"


def test_a_tenth_more_then_more_often_then_the_harder_version() -> None:
    this, seen = one("bridge", 0.95, days=2), []
    for _ in range(4):
        found = after(this, **GOOD)
        seen.append(found.week.choice.chosen[0])
        this = found.week
    assert [(c.share, c.days) for c in seen[:2]] == [(1, 2), (1, 3)]
    assert seen[2].exercise == "single_leg_bridge"
    assert seen[2].share < 1
    assert "bridge" in this.choice.spare


def test_small_steps_are_not_lost_in_whole_numbers() -> None:
    this = one("childs_pose", 0.4)  # five repetitions at most
    amounts = []
    for _ in range(10):
        amounts.append(amount(this, "childs_pose"))
        this = after(this, **GOOD).week
    assert amounts == sorted(amounts)
    assert amounts[-1] > amounts[0]


def test_pain_that_moves_down_turns_the_direction_for_everything() -> None:
    wishes = Preferences(minutes_a_day=60, eases="extension")
    this = week(["disc_herniation_sciatica"], "weeks_to_6", wishes)
    extending = [
        c.exercise for c in this.choice.chosen if exercise(c.exercise).direction == "extension"
    ]
    assert len(extending) >= 2
    report = WeekReport(exercises=(ExerciseReport(exercise="mckenzie_press_up", spread="down"),))
    found = adapt(this, report)
    assert "side_glide_wall" in {c.instead for c in found.changes}
    left = {exercise(i.exercise).direction for day in found.week.days for i in day.items}
    assert "extension" not in left
    assert found.week.preferences.worsens == ("extension",)
    assert found.week.preferences.eases is None


def test_a_danger_sign_stops_everything_and_says_where_to_go() -> None:
    this = week(["lumbar_muscle_strain"], "weeks_to_6")
    found = adapt(this, WeekReport(signs=("danger_signs_back",)))
    assert found.advice == "stop"
    assert "emergency department" in found.actions[0]
    assert not any(day.items for day in found.week.days)


def test_what_is_forbidden_by_now_is_taken_out() -> None:
    this = week(["persistent_low_back_pain"], "weeks_12_on", Preferences(minutes_a_day=60))
    assert any(day.has("bridge") for day in this.days)
    found = adapt(this, WeekReport(), Known(Case(findings={"pregnant": "yes"})))
    assert not any(day.has("bridge") for day in found.week.days)
    assert "pregnancy_on_the_back" in {left.rule for left in found.week.choice.left_out}


def test_swapping_never_makes_it_heavier() -> None:
    timed = [e.id for e in load_exercises().values() if e.category != "everyday"]
    for name in timed:
        for report in ({"pain_during": 9}, {"spread": "down"}):
            found = after(one(name, backs=1), **report)
            for c in found.week.choice.chosen:
                assert LOADS.index(exercise(c.exercise).load) <= LOADS.index(exercise(name).load)
                assert c.exercise != name


def test_a_week_chosen_anew_keeps_the_dose_of_what_goes_on() -> None:
    this = week(["lumbar_muscle_strain"], "first_days", Preferences(minutes_a_day=40))
    chosen = tuple(msgspec.structs.replace(c, share=0.77) for c in this.choice.chosen)
    this = arrange(
        2, this.preferences, this.time, msgspec.structs.replace(this.choice, chosen=chosen)
    )
    later = renew(this, ["lumbar_muscle_strain"], "weeks_to_6", Known())
    shares = {c.exercise: c.share for c in later.choice.chosen}
    going_on = set(shares) & {c.exercise for c in chosen}
    assert going_on
    assert {shares[name] for name in going_on} == {0.77}
    assert set(shares) - going_on, "a later stage brings something new"
    assert (later.number, later.time) == (2, "weeks_to_6")


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ({"exercises": [{"exercise": "nothing"}]}, "there is not"),
        ({"exercises": [{"exercise": "bridge", "pain_during": 11}]}, "0 to 10"),
        ({"exercises": [{"exercise": "bridge", "done": 50}]}, "done must be 0 to 1"),
        ({"exercises": [{"exercise": "bridge"}, {"exercise": "bridge"}]}, "twice"),
        ({"signs": ["sneezing"]}, "no sign"),
        ({"mood": "good"}, "cannot be used"),
    ],
)
def test_an_impossible_report_is_met_with_what_would_be_right(plain: Any, said: str) -> None:
    with pytest.raises(ReportError, match=said):
        read_report(plain)


def test_faulty_rules_are_refused_all_at_once() -> None:
    raw = msgspec.to_builtins(load_adaptation())
    raw["progress"], raw["back"], raw["progress_source"] = 1.5, 1.0, "nobody_2020"
    raw["rules"] = raw["rules"][:-1]
    with pytest.raises(EvidenceError) as error:
        read_adaptation(yaml.safe_dump(raw).encode())
    told = "\n".join(error.value.faults)
    for fault in (
        "at most 1.1",
        "between 0 and 1",
        "unknown source nobody_2020",
        "the last must apply",
    ):
        assert fault in told


def test_time_set_free_by_one_exercise_is_not_filled_by_another_that_went_badly() -> None:
    shares = {"walking": 1.0, "pelvic_tilt": 0.05, "diaphragm_breathing": 0.06}
    choice = Choice(chosen=tuple(Chosen(name, share) for name, share in shares.items()))
    this = arrange(1, Preferences(minutes_a_day=31), "weeks_12_on", choice)
    breaths = [i.dose.times_a_day for day in this.days for i in day.items if i.part == "calm"]
    assert set(breaths) == {1, 2}, "on days with a walk there is time for one session only"
    report = WeekReport(
        exercises=tuple(ExerciseReport(exercise=name, pain_during=8) for name in shares)
    )
    later = adapt(this, report).week
    for name in shares:
        assert amount(later, name) <= amount(this, name)
