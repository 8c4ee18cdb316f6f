"""`lumbago lift`, `lumbago job`, `lumbago posture`; and the published examples that they print."""

import json
from pathlib import Path

import pytest

from lumbago.cli import main
from lumbago.prevention.examples import Comparison, compare_examples

LIFT = ["lift", "--load", "12", "--horizontal", "40", "--vertical", "20", "--to-vertical", "100"]
TASKS = """task,load_kg,horizontal_cm,vertical_cm,lever_cm,lifts_per_day
floor,12,45,15,55,480
bench,5,30,80,30,700
"""
ANGLES = """trunk_flexion_deg,neck_flexion_deg,upper_arm_flexion_deg,lower_arm_flexion_deg
5,5,5,80
70,30,95,20
"""
EXAMPLES = [*compare_examples("lifting"), *compare_examples("posture")]


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: f"{row.case}: {row.quantity}")
def test_published_figures_are_reproduced_as_printed(row: Comparison) -> None:
    assert row.agrees != bool(row.differs), row
    assert row.source


def test_there_are_enough_published_figures() -> None:
    assert sum(row.agrees for row in EXAMPLES) >= 60
    assert sum(not row.agrees for row in EXAMPLES) <= 4


@pytest.mark.parametrize("kind", ["lift", "posture"])
def test_the_table_of_examples_is_printed(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([kind, "--examples"]) == 0
    assert "published figures reproduced" in capsys.readouterr().out
    assert main([kind, "--examples", "--json"]) == 0
    assert all(row["published"] for row in json.loads(capsys.readouterr().out))


def test_a_lift_and_what_would_help(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    svg = tmp_path / "changes.svg"
    assert main([*LIFT, "-o", str(svg)]) == 0
    out = capsys.readouterr().out
    assert "Lifting index 1.20: raised" in out
    assert "bring it 10 cm nearer" in out
    assert svg.read_text(encoding="utf-8").startswith("<svg")
    assert main([*LIFT, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["li"] == pytest.approx(1.2010, abs=1e-4)
    assert result["changes"][0]["id"] == "vertical"
    assert set(result["slopes"]) >= {"horizontal", "vertical"}


def test_a_lift_in_inches_with_a_box_to_measure(capsys: pytest.CaptureFixture[str]) -> None:
    box = ["--us", "--load", "26", "--width", "16", "--vertical", "22"]
    assert main(["lift", *box, "--to-vertical", "59", "--control"]) == 0
    out = capsys.readouterr().out
    assert "At the start" in out
    assert "At the end" in out
    assert "lb (RWL)" in out


def test_a_lift_out_of_reach(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lift", "--load", "12", "--horizontal", "90", "--vertical", "190"]) == 0
    out = capsys.readouterr().out
    assert "too much" in out
    assert "change several at once" in out


def test_a_job(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tasks.csv"
    path.write_text(TASKS, encoding="utf-8")
    assert main(["job", str(path)]) == 0
    out = capsys.readouterr().out
    assert "Composite lifting index" in out
    assert "LiFFT: damage" in out
    assert main(["job", str(path), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert [task["task"] for task in result["tasks"]] == ["floor", "bench"]
    assert result["lifft"]["share"][0] > 0.5


def test_posture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, svg = tmp_path / "angles.csv", tmp_path / "scores.svg"
    path.write_text(ANGLES, encoding="utf-8")
    assert main(["posture", str(path), "--repeated", "--load", "6", "-o", str(svg)]) == 0
    out = capsys.readouterr().out
    assert "REBA: highest" in out
    assert "taken as neutral" in out
    assert svg.exists()
    assert main(["posture", str(path), "--method", "owas", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["postures"] == 2
    assert "reba" not in result
    assert sum(band["share"] for band in result["owas"]["bands"]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("lift", "give --load"),
        ("lift --load 5 --vertical 20", "give --horizontal, or --width"),
        ("lift --load -5 --horizontal 30 --vertical 20", "load is -5"),
        ("lift --load 5 --horizontal 30 --vertical 20 --control", "height of the hands there"),
        ("lift --load 5 --horizontal 30 --vertical 20 --condition one_hand", "does not cover"),
        ("lift --load 5 --horizontal 30 --vertical 20 -o /nowhere/at/all.svg", "cannot write"),
        ("job /nowhere.csv", "cannot read"),
        ("posture", "give a file of joint angles"),
        ("posture /nowhere.csv", "cannot read"),
    ],
)
def test_faults_are_one_sentence(
    words: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words.split()) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
