"""Files of tasks and of angles: what is read, and what is said of a file that cannot be."""

import contextlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbago.errors import MeasurementError, UserError
from lumbago.prevention.read_posture import COLUMNS as POSTURE_COLUMNS
from lumbago.prevention.read_posture import read_posture
from lumbago.prevention.read_tasks import COLUMNS as TASK_COLUMNS
from lumbago.prevention.read_tasks import read_tasks

TASKS = """task,load_kg,horizontal_cm,vertical_cm,to_vertical_cm,frequency_per_min,duration_h,coupling,control
shelf,8,35,120,150,1,2,Good,yes
,12,45,15,,2,2,,
"""
SIDES = "left_upper_arm_flexion_deg,right_upper_arm_flexion_deg"
ANGLES = f"""time_s,trunk_flexion_deg,neck_flexion_deg,{SIDES},lower_arm_flexion_deg,stance
0,5,10,10,30,80,sitting
1,,10,60,10,80,two_legs
2,70,-15,95,100,20,one_leg
"""


def write(folder: Path, text: str) -> str:
    path = folder / "data.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_tasks_are_read_with_their_units(tmp_path: Path) -> None:
    (name, shelf), (other, floor) = read_tasks(write(tmp_path, TASKS)).lifts
    assert (name, other) == ("shelf", "task 2")
    assert (shelf.load, shelf.travel, shelf.coupling, shelf.control) == (8.0, 30.0, "good", True)
    assert (floor.to_vertical, floor.coupling, floor.control) == (None, "fair", False)
    us = read_tasks(write(tmp_path, "load_lb;horizontal_in;vertical_in\n26;10;22\n")).lifts
    assert us[0][1].units == "us"


def test_lever_and_lifts_a_day_bring_the_fatigue_tool(tmp_path: Path) -> None:
    text = "load_lb,horizontal_in,vertical_in,lever_in,lifts_per_day\n30,16,30,16,760\n"
    fatigue = read_tasks(write(tmp_path, text)).fatigue
    assert fatigue is not None
    assert fatigue["load_kg"] == pytest.approx([13.6077711])
    assert fatigue["lever_cm"] == pytest.approx([40.64])
    assert read_tasks(write(tmp_path, TASKS)).fatigue is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "needs a line with the names"),
        ("load_kg,horizontal_cm\n8,30\n", "no column vertical_cm"),
        ("load_kg,horizontal_in,vertical_cm\n8,30,3\n", "mixes"),
        ("load_kg,horizontal_cm,vertical_cm\n8,30\n", "row 1 has 2 cells"),
        (
            "load_kg,horizontal_cm,vertical_cm\n8,thirty,3\n",
            "row 1, column horizontal_cm: 'thirty'",
        ),
        ("load_kg,horizontal_cm,vertical_cm\n,30,3\n", "row 1 has no load"),
        ("load_kg,horizontal_cm,hight_cm\n8,30,3\n", "'hight_cm' that is not known"),
        ("load_kg,load_kg,vertical_cm\n8,30,3\n", "twice"),
        (
            "load_kg,horizontal_cm,vertical_cm,control\n8,30,3,perhaps\n",
            "'perhaps' is not yes or no",
        ),
        (
            "load_kg,horizontal_cm,vertical_cm,lever_cm,lifts_per_day\n8,30,3,,9\n",
            "row 1 has no lever",
        ),
    ],
)
def test_a_file_of_tasks_that_cannot_be_used(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(MeasurementError, match=words):
        read_tasks(write(tmp_path, text))


def test_angles_are_read_left_and_right_and_gaps_left_out(tmp_path: Path) -> None:
    found = read_posture(write(tmp_path, ANGLES))
    assert found.methods == ("reba", "rula", "owas")
    assert found.gaps == 1
    assert found.time_s.tolist() == [0.0, 2.0]
    assert found.lasts_s.tolist() == [1.0, 1.0]
    assert found.angles.upper_arm_flexion.tolist() == [[10.0, 95.0], [30.0, 100.0]]
    assert found.angles.stance.tolist() == [2, 1]
    assert "knee_flexion" in found.assumed
    assert "lower_arm_flexion" not in found.assumed


def test_without_neck_and_elbow_only_owas_is_scored(tmp_path: Path) -> None:
    path = write(tmp_path, "trunk_flexion_deg,upper_arm_flexion_deg\n10,20\n30,20\n")
    found = read_posture(path, rate_per_s=2.0)
    assert found.methods == ("owas",)
    np.testing.assert_allclose(found.time_s, [0.0, 0.5])
    with pytest.raises(MeasurementError, match="neck_flexion_deg, which REBA needs"):
        read_posture(path, methods=("reba",))
    with pytest.raises(MeasurementError, match="above 0 postures"):
        read_posture(path, rate_per_s=0.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "trunk_flexion_deg,upper_arm_flexion_deg\n270,20\n",
            "row 1, column trunk_flexion_deg: 270",
        ),
        ("trunk_flexion_deg,left_upper_arm_flexion_deg\n10,20\n", "for one side"),
        ("trunk_flexion_deg\n10\n", "needs at least"),
        (
            "trunk_flexion_deg,upper_arm_flexion_deg\n,20\n",
            "no row in which every cell is a number",
        ),
        ("trunk_flexion_deg,upper_arm_flexion_deg,stance\n1,20,flying\n", "'flying' is not one of"),
        ("time_s,trunk_flexion_deg,upper_arm_flexion_deg\n,1,20\n", "row 1 has no time_s"),
        ("time_s,trunk_flexion_deg,upper_arm_flexion_deg\n1,1,20\n0,1,20\n", "not after the one"),
    ],
)
def test_a_file_of_angles_that_cannot_be_used(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(MeasurementError, match=words):
        read_posture(write(tmp_path, text))


CELLS = st.sampled_from(
    ["", "0", "1", "-5", "nan", "inf", "1e400", "90", "yes", "one_leg", "ß", '"']
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_file_crashes(tmp_path: Path, data: st.DataObject) -> None:
    for names, read in ((TASK_COLUMNS, read_tasks), (POSTURE_COLUMNS, read_posture)):
        header = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=6))
        rows = data.draw(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=4))
        text = "\n".join(",".join(row) for row in [header, *rows])
        with contextlib.suppress(UserError):
            read(write(tmp_path, text))  # type: ignore[operator]  # readers of two kinds


def test_binary_and_missing_files(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MeasurementError, match="not text in UTF-8"):
        read_tasks(str(tmp_path / "x.csv"))
    with pytest.raises(MeasurementError, match="No such file"):
        read_tasks(str(tmp_path / "nothing.csv"))
