"""The command line, as a person or a program uses it."""

import json
import subprocess
import sys

import pytest

from lumbago.cli import EXAMPLE, main


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lumbago", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def test_example_gives_urgency_causes_reasons_and_what_would_change_it() -> None:
    done = run("assess", EXAMPLE)
    assert done.returncode == 0, done.stderr
    for words in ("Calf muscle", "for:", "What would change this advice", "Safety questions"):
        assert words in done.stdout
    assert "\x1b[" not in done.stdout  # plain where there is no terminal


def test_json_follows_the_contract() -> None:
    answer = json.loads(run("assess", EXAMPLE, "--age", "44", "--sex", "male", "--json").stdout)
    assert answer["schema"] == "lumbago/assessment/1"
    assert set(answer) >= {
        "disposition",
        "differential",
        "mechanisms",
        "findings",
        "groups",
        "would_change",
        "unresolved",
        "out_of_scope",
        "evidence_share_published",
        "knowledge_version",
    }
    for finding in answer["findings"]:
        if finding["origin"] == "text":
            start, end = finding["span"]
            assert EXAMPLE[start:end] == finding["words"]
    best = answer["differential"][0]
    assert best["icd10"]
    assert best["interval"][0] <= best["probability"] <= best["interval"][1]


def test_reads_standard_input() -> None:
    done = run("assess", "--json", stdin="my lower back hurts after lifting a box yesterday\n")
    assert json.loads(done.stdout)["differential"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("assess", "--finding", "fevr=yes"), "did you mean fever?"),
        (("assess", "--finding", "fever"), "--finding needs id=yes"),
        (("assess", "--finding", "fever=perhaps"), "fever can be yes, no"),
        (("assess", "back pain", "--age", "400"), "age must be whole years from 0 to 120"),
        (("assess",), "there is nothing to assess"),
        (("evidence", "show", "nonsense"), "nothing in the evidence is called 'nonsense'"),
        (("evidence", "search", "zzzzqqq"), "nothing in the evidence has the words"),
        (("evaluate", "no_such_file.yaml"), "no_such_file.yaml: cannot be read"),
    ],
)
def test_bad_input_gets_one_clear_sentence(arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "name", ["gastrocnemius_strain", "saddle_numbness", "lumbar_root", "ces_saddle_numbness"]
)
def test_evidence_show_opens_anything(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "show", name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["record"]["id"] == name


def test_evidence_stats_and_search_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "stats", "--json"]) == 0
    stats = json.loads(capsys.readouterr().out)
    assert stats["conditions"] >= 65
    assert main(["evidence", "search", "calf", "strain"]) == 0
    assert "gastrocnemius_strain" in capsys.readouterr().out


def test_evidence_gaps_lists_elicited_numbers_by_effect(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "gaps", "--top", "5", "--json"]) == 0
    gaps = json.loads(capsys.readouterr().out)
    effects = [float(g["effect"]) for g in gaps]
    assert len(gaps) == 5
    assert effects == sorted(effects, reverse=True)
    assert {g["grade"] for g in gaps} == {"elicited"}
