"""What is sent by mistake gets one sentence that says what to do, on every command, and never a traceback."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lumbago.cli import main

GPX = '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
POINTS = '<trkpt lat="52" lon="13"/><trkpt lat="52.01" lon="13"/>'
CUT_FIT = bytes([14, 16, 0x5D, 0x08, 0xFF, 0xFF, 0, 0]) + b".FIT\0\0\x40\0\0"


def shaking(*, row: Callable[[int], str | None] | None = None, head: str = "t,x,y,z") -> bytes:
    """Twenty seconds at 128 samples a second."""

    def usual(i: int) -> str:
        return f"{i / 128:.6f},{math.sin(i / 5):.4f},{math.sin(i / 6):.4f},{math.sin(i / 7):.4f}"

    rows = [usual(i) if row is None else row(i) for i in range(128 * 20)]
    return "\n".join([head, *(r for r in rows if r is not None)]).encode()


def _spiked(i: int, x: str) -> str:
    return f"{i / 128:.6f},{x if i == 900 else math.sin(i / 5)},{math.sin(i / 6)},{math.sin(i / 7)}"


def _gap(i: int) -> str | None:
    return None if 1000 < i < 1400 else _spiked(i, "0.5")


@pytest.mark.parametrize(
    ("command", "name", "content", "words"),
    [
        ("vibration", "a.csv", b"", "it is empty"),
        ("vibration", "a.wav", b"hello\nworld\n", "not a whole WAV file"),
        ("vibration", "a.csv", shaking(row=_gap), "the time jumps from"),
        ("vibration", "a.csv", shaking(row=lambda i: _spiked(i, "500")), "(1 such spike), as a loose"),
        ("vibration", "a.csv", shaking(row=lambda i: _spiked(i, "nan")), "x is empty or not a number"),
        ("vibration", "a.csv", shaking(head="t,x,y"), "no column for z"),
        ("vibration", "a.csv", shaking(row=lambda i: f"{i / 128},0,{math.sin(i)},{math.cos(i)}"),
         "its sensor was not connected"),
        ("vibration", "a.csv", shaking(row=lambda i: f"{i / 128},{math.sin(i) / 20},{math.cos(i) / 20},"
                                       f"{1 + math.sin(i) / 20}"), "as one in g does"),
        ("running", "a.csv", b"", "it is empty"),
        ("running", "a.gpx", b" ", "it is empty"),
        ("running", "a.fit", b"", "it is empty"),
        ("running", "a.gpx", (GPX + POINTS + "</trkseg></trk></gpx>").encode(), "a track has no times"),
        ("running", "a.gpx", (GPX + POINTS).encode(), "not whole XML"),
        ("running", "a.fit", CUT_FIT, "a.fit: "),
        ("running", "a.csv", b"date,km\n2026-01-01,-5\n", "the distance is '-5'"),
        ("running", "a.csv", b"date,km\n2026-01-01,nan\n", "the distance is 'nan'"),
        ("running", "a.csv", b"date,km\n2026-01-01,8000\n", "look at the unit"),
        ("job", "a.csv", b"", "names of the columns"),
        ("job", "a.csv", b"task,load_kg,horizontal_cm,vertical_cm\na,10,-30,50\n", "must be above 0"),
        ("job", "a.csv", b"task,load_kg,horizontal_cm,vertical_cm\na,nan,30,50\n", "load is nan"),
        ("job", "a.csv", b"task,load_kg,horizontal_cm,vertical_cm\na,10,400,50\n", "look at the unit"),
        ("job", "a.csv", b"task,load_kg,horizontal_mm,vertical_cm\na,10,300,50\n",
         "did you mean horizontal_cm"),
        ("posture", "a.csv", b"", "names of the columns"),
        ("posture", "a.csv", b"trunk_flexion_deg,upper_arm_flexion_deg\nnan,10\n", "fill the gaps"),
        ("posture", "a.csv", b"trunk_flexion_deg,upper_arm_flexion_deg\n999,10\n", "999 degrees cannot be"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_gets_one_sentence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    name: str,
    content: bytes,
    words: str,
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert main([command, str(path)]) == 2
    said = capsys.readouterr().err.strip()
    assert words in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("lift --load 10 --horizontal -5 --vertical 50", "horizontal distance is -5; it must be above 0"),
        ("lift --load 10 --horizontal 400 --vertical 50", "400 cm; hands reach 150 cm at most"),
        ("lift --load 10 --horizontal 30 --vertical 50 --to-vertical 900", "look at the unit"),
        ("lift --load nan --horizontal 30 --vertical 50", "load is nan"),
        ("desk --stature -170", "an adult's is between 120 and 230 cm"),
        ("desk --stature 1.7", "give centimetres"),
        ("desk -o none.svg", "give --stature 170"),
        ("spine --load-kg -5", "the load is -5"),
        ("spine --trunk 500", "between -30 and 120 degrees"),
    ],
)  # fmt: skip
def test_a_measure_that_cannot_be_gets_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: str, words: str
) -> None:
    assert main(arguments.split()) == 2
    said = capsys.readouterr().err.strip()
    assert words in said
    assert len(said.splitlines()) == 1


LIFT = "lift --load 15 --horizontal 40 --vertical 20 --to-vertical 75"
FILES = {
    "tasks.csv": "task,load_kg,horizontal_cm,vertical_cm\nSacks & bags,15,45,25\nParcels,8,35,70\n",
    "log.csv": "date,km\n2026-01-01,8\n2026-01-08,8\n2026-01-20,17\n",
    "angles.csv": "trunk_flexion_deg,upper_arm_flexion_deg\n20,30\n40,60\n",
}


@pytest.mark.parametrize(
    "arguments",
    [
        LIFT,
        "job tasks.csv",
        "posture angles.csv",
        "vibration seat.csv --hours 2",
        "desk --stature 170",
        "desk --stature 170 --stand",
        "running log.csv --today 2026-01-22",
        "running log.csv --today 2026-01-22 --goal 25",
        "spine --load-kg 10",
    ],
)
def test_every_command_prints_json_and_draws_a_picture_with_words(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "seat.csv").write_bytes(shaking())
    assert main([*arguments.split(), "--json", "-o", "picture.svg"]) == 0
    assert json.loads(capsys.readouterr().out)
    drawing = ElementTree.parse(tmp_path / "picture.svg").getroot()
    names = [child.tag.rpartition("}")[2] for child in drawing]
    assert drawing.tag.endswith("svg")
    assert {"title", "desc"} <= set(names)
