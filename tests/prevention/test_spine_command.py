"""`lumbago spine`: words, JSON, the picture, the check, and bad input."""

import argparse
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from lumbago.cli.spine import add_spine
from lumbago.errors import MeasurementError
from lumbago.prevention.spine_limits import limits_for
from lumbago.prevention.spine_person import Person, postures


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    add_spine(parser.add_subparsers())
    read = parser.parse_args(["spine", *arguments])
    code: int = read.run(read)
    return code


def test_words_name_the_force_its_range_and_the_limits(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--posture", "stooped", "--load-kg", "20", "--age", "45", "--sex", "female") == 0
    words = capsys.readouterr().out
    for part in (
        "round back, 20 kg in both hands",
        "L5/S1",
        "likely between",
        "3,400 N",
        "from 40",
    ):
        assert part in words


def test_json_is_the_same_twice(capsys: pytest.CaptureFixture[str]) -> None:
    answers = []
    for _ in range(2):
        assert run("--posture", "squat", "--load-kg", "12", "--turn", "30", "--json") == 0
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0] == answers[1]
    assert answers[0]["schema"] == "lumbago/spine/1"
    low, high = answers[0]["compression_interval_n"]["l5_s1"]
    assert low < answers[0]["compression_n"]["l5_s1"] < high


def test_changes_are_named_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--posture", "holding_far", "--load-kg", "12", "--hands", "right", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    now = max(answer["compression_n"].values())
    saved = [change["saved"] for change in answer["changes"]]
    assert answer["changes"][0]["what"] == "load against the body"
    assert saved == sorted(saved, reverse=True)
    assert all(change["compression_n"] < now for change in answer["changes"])
    assert run("--posture", "standing") == 0
    assert "take most off" not in capsys.readouterr().out  # nothing to mend


def test_own_angles_take_the_place_of_the_named_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--posture", "stooped", "--trunk", "60", "--json") == 0
    angles = json.loads(capsys.readouterr().out)["posture"]
    assert angles["trunk_deg"] == 60
    assert angles["lumbar_deg"] == pytest.approx(33.9, abs=0.1)  # the usual share of the lean


def test_check_prints_published_beside_computed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--check") == 0
    words = capsys.readouterr().out
    for part in ("lifting 20 kg, round back", "rank correlation", "Nachemson", "McGill"):
        assert part in words
    assert run("--check", "--json") == 0
    assert json.loads(capsys.readouterr().out)["holds"] is True


def test_check_is_drawn_with_intervals_that_hold_most_of_what_was_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "check.svg"
    assert run("--check", "--json", "-o", str(path)) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    shown = [row for row in rows if row["low"] is not None]
    inside = [row for row in shown if row["low"] <= row["published"] <= row["high"]]
    assert len(shown) == 9
    assert len(inside) >= 7
    drawing = ET.fromstring(path.read_text(encoding="utf-8"))
    space = "{http://www.w3.org/2000/svg}"
    rings = [e for e in drawing.iter(f"{space}circle") if e.get("class") == "ring"]
    assert len(rings) == 9 + 1  # and one in the legend
    assert "lifting 20 kg, round back: 2.30" in (drawing.findtext(f"{space}desc") or "")


@pytest.mark.parametrize("posture", sorted(postures()))
def test_picture_of_every_posture_has_words_and_stands_on_the_floor(
    posture: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "spine.svg"
    assert run("--posture", posture, "--load-kg", "10", "-o", str(path)) == 0
    capsys.readouterr()
    drawing = ET.fromstring(path.read_text(encoding="utf-8"))
    space = "{http://www.w3.org/2000/svg}"
    described = drawing.findtext(f"{space}desc") or ""
    assert "10 kg is held" in described
    assert "likely between" in described
    written = [e.text for e in drawing.iter(f"{space}text")]
    assert "10 kg" in written
    assert "on the lowest disc" in written


def test_limits_fall_with_age() -> None:
    def by_age(age: float) -> float:
        return limits_for(Person("male", age=age))[-1].newton

    assert [by_age(age) for age in (19, 25, 45, 80)] == [700, 6000, 4100, 2300]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--posture", "sqat"], "there is no posture 'sqat'"),
        (["--trunk", "200"], "the lean of the trunk is 200"),
        (["--stature-cm", "1.75"], "the stature is 1.75"),
        (["--load-kg", "-4"], "the load is -4"),
        (["--seed", "-1"], "the seed is -1"),
    ],
)
def test_bad_input_gets_one_sentence(arguments: list[str], says: str) -> None:
    with pytest.raises(MeasurementError, match=says):
        run(*arguments)
