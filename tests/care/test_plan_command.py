"""`lumbago plan`: text, JSON, a named condition, a week that fits, and one sentence for what cannot be."""

import argparse
import json
from pathlib import Path

import pytest

from lumbago.cli.plan import add_plan
from lumbago.errors import UserError

WORDS = "my lower back has hurt for three weeks after lifting a box, no fever"


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_plan(parser.add_subparsers())
    arguments = parser.parse_args(["plan", *words])
    code: int = arguments.run(arguments)
    return code


def test_words_give_a_plan_to_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(WORDS, "--age", "40") == 0
    said = capsys.readouterr().out
    assert said.index("What to do now") < said.index("When to get help at once")
    assert said.index("When to get help at once") < said.index("What to expect")
    assert "Stage: up to 6 weeks" in said


def test_json_is_the_plan(capsys: pytest.CaptureFixture[str]) -> None:
    run("--condition", "gastrocnemius_strain", "--stage", "weeks_to_6", "--grade", "mild", "--json")
    plain = json.loads(capsys.readouterr().out)
    assert plain["schema"] == "lumbago/plan/1"
    assert plain["stage"] == {"time": "weeks_to_6", "seen": False, "grade": "mild"}
    assert plain["week"] is None


def test_a_week_fits_the_preferences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "preferences.json"
    file.write_text(json.dumps({"minutes_a_day": 10, "days": ["monday", "thursday"]}))
    run(
        "--condition",
        "lumbar_muscle_strain",
        "--stage",
        "weeks_to_6",
        "--preferences",
        str(file),
        "--json",
    )
    plain = json.loads(capsys.readouterr().out)
    listed = {e["id"] for e in plain["exercises"]}
    for day in plain["week"]["days"]:
        assert sum(item["minutes"] for item in day["items"]) <= 10
        assert {item["exercise"] for item in day["items"]} <= listed
        assert not day["items"] or day["day"] in ("monday", "thursday")


def test_a_danger_sign_leaves_no_exercises(capsys: pytest.CaptureFixture[str]) -> None:
    run("my back hurts and I am numb between my legs and cannot pass urine", "--week")
    said = capsys.readouterr().out
    assert "EMERGENCY" in said.splitlines()[0]
    assert "Exercises for this stage" not in said
    assert "Your first week" not in said


def test_all_plans_go_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "plans.html"
    assert run("--all", "-o", str(target)) == 0
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert str(target) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--all"], "needs a file to write"),
        (["--condition", "sore_wing"], "there is no condition"),
        (["--condition", "neck_strain", "my neck hurts"], "either words or --condition"),
        (["my back hurts", "--preferences", "nowhere.json"], "cannot be read"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(words: list[str], says: str) -> None:
    with pytest.raises(UserError, match=says) as error:
        run(*words)
    assert "\n" not in str(error.value)


def test_what_a_clinician_cleared_opens_the_plan(capsys: pytest.CaptureFixture[str]) -> None:
    words = "Two weeks ago my head was jerked in a small bump and I cannot turn my neck halfway, it hurts."
    run(words, "--seen")
    assert "There are no exercises in this plan" in capsys.readouterr().out
    run(words, "--seen", "--fact", "neck_cleared=yes")
    assert "Exercises for this stage" in capsys.readouterr().out


@pytest.mark.parametrize("fact", ["neck_cleared", "neck_cleared=maybe", "no_such_fact=yes"])
def test_a_fact_that_cannot_be_is_refused(fact: str) -> None:
    with pytest.raises(UserError):
        run(WORDS, "--fact", fact)
