"""`lumbago vibration`, `lumbago desk` and `lumbago running`."""

import json
from pathlib import Path

import numpy as np
import pytest

from lumbago.cli import main

LOG = "date,km\n2026-02-01,10\n2026-02-10,10.5\n2026-03-01,14\n2026-03-10,8\n"


@pytest.fixture
def ride(tmp_path: Path) -> str:
    signal = np.random.default_rng(4).normal(size=(40_000, 3))
    rows = np.c_[np.arange(40_000) / 200, signal + np.array([0, 0, 9.81])]
    path = tmp_path / "ride.csv"
    np.savetxt(path, rows, delimiter=",", header="t,x,y,z", comments="", fmt="%.5f")
    return str(path)


@pytest.fixture
def log(tmp_path: Path) -> str:
    path = tmp_path / "log.csv"
    path.write_text(LOG, encoding="utf-8")
    return str(path)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main([*arguments, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


def test_vibration_in_words_and_as_json(
    ride: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "spectrum.svg"
    assert main(["vibration", ride, "--hours", "6", "-o", str(picture)]) == 0
    words = capsys.readouterr().out
    for part in ("action value", "A(8)", "crest", "<- counts", "odds ratio 2.17", "ISO 2631-1"):
        assert part in words
    assert picture.read_text().startswith("<svg")
    answer = told(capsys, "vibration", ride, ride, "--hours", "6", "--hours", "2")
    assert answer["schema"] == "lumbago/vibration/1"
    assert len(answer["tasks"]) == 2  # type: ignore[arg-type]  # JSON


def test_vibration_examples_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vibration", "--examples"]) == 0
    assert "18 of 18 published figures reproduced" in capsys.readouterr().out


def test_desk_in_words_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desk", "--stature", "163", "--sex", "female", "--fixed-desk", "75"]) == 0
    words = capsys.readouterr().out
    for part in ("seat", "foot-rest", "No chair", "Rules of thumb"):
        assert part in words
    answer = told(capsys, "desk", "--popliteal", "41", "--elbow", "23")
    assert answer["for"] == "person"
    assert told(capsys, "desk")["for"] == "public"
    assert main(["desk"]) == 0
    assert "5th percentile women" in capsys.readouterr().out


def test_running_in_words_and_as_json(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    today = ["--today", "2026-03-15"]
    assert main(["running", log, *today, "--next", "16", "--goal", "18", "--by", "2026-03-25"]) == 0
    words = capsys.readouterr().out
    for part in ("small spike", "1.64", "Your date is too near", "they do not say whether you"):
        assert part in words
    answer = told(capsys, "running", log, *today)
    assert answer["schema"] == "lumbago/running/1"
    assert [s["spike"] for s in answer["spikes"]] == ["moderate"]  # type: ignore[attr-defined]  # JSON
    assert main(["running", log, *today, "--goal", "12"]) == 0
    assert "that is no jump" in capsys.readouterr().out


def test_running_after_a_long_rest(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["running", log, "--today", "2026-06-01"]) == 0
    assert "No run in the last 30 days" in capsys.readouterr().out
    assert main(["running", log, "--today", "2026-06-01", "--goal", "10"]) == 2
    assert "begin with a short, easy one" in capsys.readouterr().err


def test_without_scipy_vibration_says_what_to_install(
    ride: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert main(["vibration", ride]) == 2
    assert "pip install lumbago[prevention]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["vibration"], "give a record of acceleration"),
        (["vibration", "no_such.csv"], "no_such.csv: cannot be read"),
        (["desk", "--stature", "1.63"], "give centimetres"),
        (["desk", "--sex", "male"], "give your stature, or measure"),
        (["running", "no_such.gpx"], "no_such.gpx: cannot be read"),
    ],
)
def test_bad_input_gets_one_sentence(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert says in error
    assert len(error.strip().splitlines()) == 1
