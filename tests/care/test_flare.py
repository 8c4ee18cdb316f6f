"""A flare: calm words, gentle exercises, danger signs, and a week that is never fuller than the usual one."""

import json
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings

from lumbago.care.exercises import exercise
from lumbago.care.flare import flare_plan, flare_week, load_flare, read_flare
from lumbago.care.preferences import Preferences
from lumbago.care.safety import Known, allowed
from lumbago.care.week import week
from lumbago.case import Case
from lumbago.errors import EvidenceError, UnknownIdError
from tests.care import strategies as people
from tests.care.strategies import amount

AREAS = ["neck", "upper_back", "low_back", "hip", "leg", "calf"]


@pytest.mark.parametrize("area", AREAS)
def test_every_area_has_three_phases_with_advice_exercises_and_an_alarm(area: str) -> None:
    found = flare_plan(area)
    assert [phase.id for phase in found.phases] == ["today", "three_days", "one_week"]
    assert any(sign.alarm for sign in found.signs)
    for phase in found.phases:
        assert len(phase.lines) >= 3
        assert phase.exercises
        for line in phase.lines:
            assert line.text.endswith((".", "?"))
            assert "diagnos" not in line.text.lower()
        for name in phase.exercises:
            assert exercise(name).load in ("none", "light", "moderate")
    assert json.dumps(found.to_dict())


def test_the_first_day_never_trains() -> None:
    for area in AREAS:
        for name in flare_plan(area).phases[0].exercises:
            assert exercise(name).load == "none"


def test_bed_rest_is_never_the_advice() -> None:
    for area in AREAS:
        words = " ".join(line.text for phase in flare_plan(area).phases for line in phase.lines)
        assert "stay in bed" not in words.lower()
        assert "bed rest" not in words.lower()


def test_advice_is_for_the_area_that_hurts() -> None:
    calf = " ".join(line.text for phase in flare_plan("calf").phases for line in phase.lines)
    neck = " ".join(line.text for phase in flare_plan("neck").phases for line in phase.lines)
    assert "Stop running" in calf
    assert "Stop running" not in neck
    assert "Warmth" in neck


@given(people.known())
@settings(max_examples=40, deadline=None)
def test_nothing_forbidden_is_in_a_flare_plan(known: Known) -> None:
    for area in AREAS:
        for phase in flare_plan(area, known).phases:
            assert set(phase.exercises) <= set(allowed(known))


def test_what_is_left_out_has_its_reason() -> None:
    found = flare_plan("neck", Known(Case(findings={"dizziness": "yes"})))
    assert "neck_rotation" in {left.exercise for left in found.left_out}
    assert all(left.rule == "dizziness" for left in found.left_out)


@given(people.causes(), people.times, people.preferences(), people.known())
@settings(max_examples=60, deadline=None)
def test_a_week_after_a_flare_is_never_longer_or_heavier(
    causes: list[str], time: Any, wishes: Preferences, known: Known
) -> None:
    usual = week(causes, time, wishes, known)
    first, second = flare_week(usual, "first_week"), flare_week(usual, "second_week")
    for easier in (first, second):
        for day in easier.days:
            assert day.minutes <= wishes.minutes_a_day
        for name in {i.exercise for day in easier.days for i in day.items}:
            assert amount(easier, name) <= amount(usual, name)
    for day in first.days:
        assert all(exercise(i.exercise).load in ("none", "light") for i in day.items)


def test_half_then_three_quarters() -> None:
    usual = week(
        ["persistent_low_back_pain"], "weeks_12_on", Preferences(minutes_a_day=60, walks_minutes=20)
    )
    walks = [
        amount(w, "walking")
        for w in (usual, flare_week(usual, "second_week"), flare_week(usual, "first_week"))
    ]
    assert walks == [20 * n for n in (5, 3.75, 2.5)]


def test_unknown_areas_and_faulty_files_are_refused() -> None:
    with pytest.raises(UnknownIdError, match="it is one of"):
        flare_plan("elbow")
    raw = msgspec.to_builtins(load_flare())
    raw["shares"] = {"first_week": 1.5}
    raw["phases"][0]["exercises"] = ["pogo_hop", "no_such_thing"]
    raw["phases"][0]["lines"][0]["source"] = "nobody_2020"
    raw["signs"]["neck"] = ["no_such_sign"]
    with pytest.raises(EvidenceError) as error:
        read_flare(yaml.safe_dump(raw).encode())
    told = "\n".join(error.value.faults)
    for fault in (
        "each between 0 and 1",
        "pogo_hop is too heavy",
        "unknown exercise",
        "nobody_2020",
        "no_such_sign",
    ):
        assert fault in told
