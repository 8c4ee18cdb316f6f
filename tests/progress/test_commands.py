"""`lumbago prom` and `lumbago track`: what they print, and that a diary file loses nothing."""

import argparse
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from lumbago.cli.progress import add_prom, add_track
from lumbago.errors import UserError
from lumbago.progress.diary import About, CheckIn, read_diary
from lumbago.progress.diary_file import change_file, load_file
from lumbago.progress.proms import load_proms

TODAY = date.today()
BEGAN = (TODAY - timedelta(days=3)).isoformat()


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    add_prom(commands)
    add_track(commands)
    arguments = parser.parse_args(words)
    code: int = arguments.run(arguments)
    return code


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "me.json"


@pytest.fixture
def begun(file: Path) -> Path:
    change_file(
        file,
        lambda d: d.starting(
            About(
                at=datetime.now().astimezone() - timedelta(days=60),
                began=TODAY - timedelta(days=60),
                condition="lumbar_muscle_strain",
                regions=("low_back",),
            )
        ),
    )
    return file


def test_list_names_every_questionnaire(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("prom", "list") == 0
    shown = capsys.readouterr().out
    assert "rmdq       questions here" in shown
    assert "odi        score only" in shown


def test_show_has_questions_only_where_they_are_free(capsys: pytest.CaptureFixture[str]) -> None:
    run("prom", "show", "phq-2")
    assert "Little interest or pleasure in doing things (0: Not at all;" in capsys.readouterr().out
    run("prom", "show", "odi")
    shown = capsys.readouterr().out
    assert "Items by number: 1 (0 to 5)" in shown
    assert "needs permission" in shown


def test_every_questionnaire_is_shown_as_strict_json(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(word)

    for prom in load_proms():
        run("prom", "show", prom.id, "--json")
        assert json.loads(capsys.readouterr().out, parse_constant=refuse)["id"] == prom.id


def test_score_reads_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"interest": 2, "down": 2}')
    assert run("prom", "score", "phq2", str(answers)) == 0
    shown = capsys.readouterr().out
    assert "PHQ-2: 4 of 6: positive screen" in shown
    assert "talk with your GP" in shown
    run("prom", "score", "phq2", str(answers), "--json")
    assert json.loads(capsys.readouterr().out)["value"] == 4


@pytest.mark.parametrize("content", ["{", "[1]", '{"interest": 9, "down": 1}', '"4"'])
def test_answers_that_cannot_be_are_one_sentence(tmp_path: Path, content: str) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(content)
    with pytest.raises(UserError) as caught:
        run("prom", "score", "phq2", str(answers))
    assert "\n" not in str(caught.value)


def test_a_first_check_in_makes_the_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("track", str(file), "--check-in", "6", "5", "--began", BEGAN, "--region", "low_back")
    assert run(*words, "--did", "walked", "--medicine", "ibuprofen", "--flare") == 0
    kept = load_file(file)
    assert (kept.check_ins[0].pain, kept.check_ins[0].stops) == (6, 5)
    assert kept.check_ins[0].done == "walked"
    assert kept.check_ins[0].flare
    assert "We cannot say how this compares" in capsys.readouterr().out


def test_a_danger_sign_is_the_first_thing_said(
    begun: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("track", str(begun), "--check-in", "6", "5", "--sign", "saddle_numbness")
    assert capsys.readouterr().out.startswith("Go to an emergency department now.")
    run("track", str(begun), "--table")
    shown = capsys.readouterr().out
    assert shown.startswith("Go to an emergency department now.")
    assert len(shown.strip().splitlines()) == 1
    run("track", str(begun), "--assessed")
    assert "emergency" not in capsys.readouterr().out


def test_signs_are_listed_for_the_region(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("track", str(begun), "--signs")
    assert "saddle_numbness" in capsys.readouterr().out


def test_chart_table_and_json(
    begun: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for days in (42, 35, 21, 7, 1, 0):
        day = (TODAY - timedelta(days=days)).isoformat()
        run("track", str(begun), "--check-in", "6", "5", "--day", day)
    capsys.readouterr()
    run("track", str(begun), "--table", "--chart", str(tmp_path / "out.svg"))
    shown = capsys.readouterr().out
    assert "It is going more slowly than usual, and it is time to have that looked at." in shown
    assert "usual pain   expected" in shown
    assert (tmp_path / "out.svg").read_text(encoding="utf-8").startswith("<svg")
    run("track", str(begun), "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["standing"] == "behind"
    assert len(answer["weekly"]) == 7


def test_a_questionnaire_can_be_added(begun: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"1": true, "2": true}')
    run("track", str(begun), "--check-in", "5", "5", "--answers", "rmdq", str(answers))
    assert [a.value for a in load_file(begun).scores("rmdq")] == [2]


def test_another_copy_is_joined(begun: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_bytes(begun.read_bytes())
    run("track", str(begun), "--check-in", "5", "5")
    run("track", str(other), "--check-in", "4", "4")
    run("track", str(begun), "--merge", str(other))
    assert sorted(c.pain for c in load_file(begun).check_ins) == [4, 5]


@pytest.mark.parametrize(
    "words",
    [
        ("--check-in", "11", "5"),
        ("--check-in", "x", "5"),
        ("--check-in", "5", "5", "--day", "yesterday"),
        ("--check-in", "5", "5", "--day", "2999-01-01"),
        ("--check-in", "5", "5", "--sign", "nothing"),
        ("--check-in", "5", "5", "--effort", "12"),
        ("--condition", "nothing"),
        ("--course", "nothing"),
        ("--age", "200"),
        ("--merge", "/nowhere.json"),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(begun: Path, words: tuple[str, ...]) -> None:
    before = begun.read_bytes()
    with pytest.raises(UserError) as caught:
        run("track", str(begun), *words)
    assert "\n" not in str(caught.value)
    assert begun.read_bytes() == before


def test_a_diary_without_a_beginning_asks_for_it(file: Path) -> None:
    with pytest.raises(UserError, match="say on which day the pain began"):
        run("track", str(file), "--check-in", "5", "5")
    with pytest.raises(UserError, match="no check-in yet"):
        run("track", str(file))
    assert not file.exists()


def test_a_file_that_is_no_diary_is_left_alone(file: Path) -> None:
    file.write_text("not a diary")
    with pytest.raises(UserError, match="is not a diary"):
        run("track", str(file), "--check-in", "5", "5", "--began", BEGAN)
    assert file.read_text() == "not a diary"


def test_the_file_is_for_its_owner_and_keeps_its_permissions(file: Path) -> None:
    run("track", str(file), "--check-in", "5", "5", "--began", BEGAN)
    assert file.stat().st_mode & 0o077 == 0
    file.chmod(0o640)
    run("track", str(file), "--check-in", "4", "5")
    assert file.stat().st_mode & 0o777 == 0o640


WRITER = """
import sys
from datetime import UTC, date, datetime, timedelta
from lumbago.progress.diary import CheckIn
from lumbago.progress.diary_file import change_file

path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
for number in range(count):
    at = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(seconds=number)
    check_in = CheckIn(at=at, day=date(2026, 1, 5), pain=number % 11, stops=0, notes=f"{name} {number}")
    change_file(path, lambda diary: diary.adding(check_in))
    print(check_in.notes, flush=True)  # acknowledged
"""


def writer(file: Path, name: str, count: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITER), str(file), name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_at_once_lose_nothing(file: Path) -> None:
    writers = [writer(file, name, 25) for name in ("one", "two")]
    said = [line for w in writers for line in w.communicate()[0].splitlines()]
    assert all(w.returncode == 0 for w in writers)
    assert len(said) == 50
    assert {c.notes for c in load_file(file).written} == set(said)


@pytest.mark.parametrize("after_s", [0.0, 0.05, 0.2])
def test_killed_half_way_loses_nothing_acknowledged(file: Path, after_s: float) -> None:
    process = writer(file, "one", 1000)
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(5)]
    time.sleep(after_s)
    os.kill(process.pid, signal.SIGKILL)
    said += [line.strip() for line in process.stdout]
    process.wait()
    process.stdout.close()
    kept = {c.notes for c in read_diary(file.read_bytes()).written}
    assert set(said) <= kept
    assert len(kept) <= len(said) + 1  # at most the one that was not acknowledged any more
    change_file(file, lambda d: d.adding(_one()))  # the lock of the dead holds nobody up
    assert _one().key in {c.key for c in load_file(file).written}
    assert {p.name for p in file.parent.iterdir()} == {"me.json", ".me.json.lock"}


def _one() -> CheckIn:
    at = datetime.fromisoformat("2026-02-01T08:00:00+00:00")
    return CheckIn(at=at, day=date(2026, 2, 1), pain=1, stops=1)
