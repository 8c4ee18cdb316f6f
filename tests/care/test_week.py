"""A week fits the person: never too long, forbidden or past the dose; it has rest, and is always the same."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbago.care.doses import day_minutes, fitted, scaled, volume
from lumbago.care.exercises import Dose, exercise, load_exercises
from lumbago.care.preferences import WEEKDAYS, PreferenceError, Preferences, read_preferences
from lumbago.care.safety import Known, allowed
from lumbago.care.week import PARTS, Week, read_week, week
from lumbago.case import Case
from lumbago.errors import UnknownIdError, UserError
from tests.care import strategies as people

FEW = settings(max_examples=60, deadline=None)


def items(of: Week) -> list[tuple[int, Any]]:
    return [(n, item) for n, day in enumerate(of.days) for item in day.items]


def within(dose: Dose, full: Dose) -> bool:
    return (
        dose.sets <= full.sets
        and dose.repetitions <= full.repetitions
        and dose.times_a_day <= full.times_a_day
        and dose.minutes <= full.minutes
        and (dose.hold_s, dose.sides) == (full.hold_s, full.sides)
    )


@given(people.causes(), people.times, people.preferences(), people.known())
@FEW
def test_laws_of_every_week(
    causes: list[str], time: Any, wishes: Preferences, known: Known
) -> None:
    made = week(causes, time, wishes, known)
    assert [day.day for day in made.days] == list(WEEKDAYS)
    assert any(day.rest for day in made.days)
    safe = set(allowed(known))
    for day in made.days:
        assert day.minutes <= wishes.minutes_a_day
        assert len(day.items) <= 7
        assert day.day in wishes.days or not day.items
        assert [i.part for i in day.items] == sorted(
            (i.part for i in day.items), key=list(PARTS).index
        )
    for number, item in items(made):
        e = exercise(item.exercise)
        assert e.id in safe
        assert wishes.obstacle(e) is None
        assert time in e.stages
        assert set(e.suits) & set(causes)
        assert within(item.dose, e.dose)
        assert item.minutes == day_minutes(item.dose)
        if made.days[number].rest:
            assert e.load in ("none", "light")
            assert e.category not in ("strength", "control", "impact") or e.dose.days_a_week == 7
    for name in {item.exercise for _, item in items(made)}:
        assert sum(day.has(name) for day in made.days) <= exercise(name).dose.days_a_week
    assert set(made.choice.spare) <= safe
    assert week(causes, time, wishes, known) == made


@given(people.causes(), people.times, people.preferences())
@FEW
def test_heavy_work_never_stands_on_two_days_in_a_row(
    causes: list[str], time: Any, wishes: Preferences
) -> None:
    made = week(causes, time, wishes)
    for today, tomorrow in zip(made.days, [*made.days[1:], made.days[0]], strict=True):
        for item in today.items:
            if exercise(item.exercise).load in ("moderate", "heavy", "impact"):
                assert not tomorrow.has(item.exercise)


@given(people.causes(), people.times, people.preferences(), people.known())
@FEW
def test_a_week_is_read_back_unchanged_from_json(
    causes: list[str], time: Any, wishes: Preferences, known: Known
) -> None:
    made = week(causes, time, wishes, known)
    assert read_week(json.loads(json.dumps(made.to_dict()))) == made


DOSES = [e.dose for e in load_exercises().values()]


@given(st.sampled_from(DOSES), st.floats(0, 1), st.floats(0, 1))
def test_a_share_of_a_dose_is_no_more_than_that_and_grows_with_it(
    dose: Dose, a: float, b: float
) -> None:
    low, high = sorted((a, b))
    small, large = scaled(dose, low), scaled(dose, high)
    assert volume(small) <= volume(large) <= volume(dose)
    assert volume(small) <= max(1, low * volume(dose) + 1e-6)
    assert scaled(dose, 1) == dose
    assert within(small, dose)


@given(st.sampled_from(DOSES), st.floats(0, 60))
def test_what_is_fitted_fits(dose: Dose, minutes: float) -> None:
    found = fitted(dose, minutes)
    if found is not None:
        assert day_minutes(found) <= minutes
        assert within(found, dose)
    else:
        assert minutes < day_minutes(dose)
    assert fitted(dose, day_minutes(dose)) == dose


def test_half_a_dose_is_what_one_would_count() -> None:
    full = Dose(days_a_week=3, sets=3, repetitions=10)
    assert volume(scaled(full, 0.5)) == 15
    assert scaled(Dose(days_a_week=5, minutes=30), 0.4).minutes == 12


def test_walks_start_from_what_is_easy_now() -> None:
    made = week(
        ["persistent_low_back_pain"], "weeks_12_on", Preferences(minutes_a_day=60, walks_minutes=12)
    )
    walks = [item.dose.minutes for _, item in items(made) if item.exercise == "walking"]
    assert walks
    assert set(walks) == {12}


def test_the_direction_that_eases_comes_every_day_and_the_other_never() -> None:
    wishes = Preferences(eases="extension", worsens=("flexion",))
    made = week(["disc_herniation_sciatica"], "first_days", wishes)
    for day in made.days:
        directions = {exercise(i.exercise).direction for i in day.items}
        assert "extension" in directions
        assert "flexion" not in directions


def test_until_a_direction_is_known_one_gentle_movement_is_enough() -> None:
    made = week(["disc_herniation_sciatica"], "first_days")
    tried = {i.exercise for _, i in items(made) if i.part == "direction"}
    assert tried == {"prone_lying"}


def test_what_is_liked_comes_before_what_is_not() -> None:
    made = week(["persistent_low_back_pain"], "weeks_12_on", Preferences(likes=("front_plank",)))
    assert "front_plank" in {item.exercise for _, item in items(made)}
    made = week(
        ["persistent_low_back_pain"], "weeks_12_on", Preferences(dislikes=("strength", "walking"))
    )
    kinds = {exercise(item.exercise).category for _, item in items(made)}
    assert kinds
    assert "strength" not in kinds
    assert "walking" not in {item.exercise for _, item in items(made)}


def test_an_ordinary_week_is_varied_with_walks_and_warm_ups() -> None:
    made = week(["lumbar_muscle_strain"], "weeks_to_6", Preferences(minutes_a_day=30))
    assert len({item.exercise for _, item in items(made)}) >= 8
    assert sum(day.has("walking") for day in made.days) >= 3
    for day in made.days:
        if any(item.part == "train" for item in day.items):
            assert day.items[0].part == "warm_up"


def test_what_is_forbidden_is_named_with_its_reason() -> None:
    known = Known(Case(findings={"osteoporosis": "yes"}))
    made = week(["lumbar_spinal_stenosis"], "weeks_12_on", None, known)
    told = {left.exercise: left for left in made.choice.left_out}
    assert told["seated_flexion"].rule == "thin_bones"
    assert told["stationary_bike"].rule == ""
    assert "bike" in told["stationary_bike"].reason


def test_while_care_comes_first_the_week_is_empty_and_says_why() -> None:
    made = week(["lumbar_muscle_strain"], "first_days", None, Known(level="emergency"))
    assert not items(made)
    assert {left.rule for left in made.choice.left_out} == {"care_first"}


def test_a_plan_can_name_what_to_choose_from() -> None:
    made = week([], "weeks_to_6", only=["bridge", "walking"])
    assert {item.exercise for _, item in items(made)} == {"bridge", "walking"}


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"minutes_a_day": 3}, "5 to 120"),
        ({"days": ()}, "at least one day"),
        ({"equipment": ["bands"]}, "did you mean band"),
        ({"avoid_positions": ["upside_down"]}, "it is one of lying_back"),
        ({"likes": ["birddog"]}, "did you mean bird_dog"),
        ({"eases": "flexion", "worsens": ["flexion"]}, "cannot both"),
        ({"walks_minutes": -1}, "0 to 120"),
        ({"days": ["caturday"]}, "cannot be used"),
        ({"colour": "blue"}, "colour"),
        ([], "cannot be used"),
    ],
)  # fmt: skip
def test_an_impossible_wish_is_met_with_what_would_be_right(wish: Any, said: str) -> None:
    with pytest.raises(PreferenceError, match=said):
        read_preferences(wish)


def test_unknown_causes_and_times_are_refused() -> None:
    with pytest.raises(UnknownIdError, match="no condition"):
        week(["sore"], "first_days")
    with pytest.raises(UnknownIdError, match="no time"):
        week(["neck_strain"], "tomorrow")  # type: ignore[arg-type]  # what a caller may get wrong
    with pytest.raises(UserError, match="schema must be"):
        read_week({})
    with pytest.raises(UserError, match="cannot be read"):
        read_week({"schema": "lumbago/week/1", "number": "one"})
