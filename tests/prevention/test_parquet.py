"""Parquet says the same as CSV, for postures, tasks and vibration; and one sentence for each fault."""

import io
from pathlib import Path

import numpy as np
import pytest

from lumbago.errors import MeasurementError
from lumbago.prevention.read_posture import read_posture
from lumbago.prevention.read_tasks import read_tasks
from lumbago.prevention.signal_files import read_acceleration

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

RATE = 200
TIME = np.arange(2_000) / RATE
SIGNAL = np.random.default_rng(3).normal(size=(2_000, 3)) + np.array([0, 0, 9.81])
ANGLES = {
    "time_s": [0.0, 1.0, 2.0],
    "trunk_flexion_deg": [5.0, None, 70.0],
    "neck_flexion_deg": [10, 10, -15],
    "left_upper_arm_flexion_deg": [10.0, 60.0, 95.0],
    "right_upper_arm_flexion_deg": [30.0, 10.0, 100.0],
    "lower_arm_flexion_deg": [80.0, 80.0, 20.0],
    "stance": ["sitting", "two_legs", "one_leg"],
    "arm_supported": [True, False, False],
}


def parquet_of(columns: dict[str, object]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def ride(**changed: object) -> bytes:
    columns: dict[str, object] = {
        "t": TIME,
        "x": SIGNAL[:, 0],
        "y": SIGNAL[:, 1],
        "z": SIGNAL[:, 2],
    }
    columns.update(changed)
    return parquet_of({name: values for name, values in columns.items() if values is not None})


def write(folder: Path, columns: dict[str, object]) -> str:
    path = folder / "data.parquet"
    path.write_bytes(parquet_of(columns))
    return str(path)


def csv_twin(folder: Path, columns: dict[str, list[object]]) -> str:
    cells = [
        ["" if c is None else str(c) for c in row] for row in zip(*columns.values(), strict=True)
    ]
    text = "\n".join(",".join(row) for row in [list(columns), *cells])
    path = folder / "data.csv"
    path.write_text(text.replace("True", "1").replace("False", "0"), encoding="utf-8")
    return str(path)


def test_postures_are_those_of_the_same_csv(tmp_path: Path) -> None:
    ours = read_posture(write(tmp_path, ANGLES))  # type: ignore[arg-type]  # columns of many kinds
    theirs = read_posture(csv_twin(tmp_path, ANGLES))  # type: ignore[arg-type]  # as above
    for name in vars(theirs.angles):
        np.testing.assert_array_equal(getattr(ours.angles, name), getattr(theirs.angles, name))
    assert (ours.gaps, ours.methods, ours.assumed) == (1, theirs.methods, theirs.assumed)
    np.testing.assert_array_equal(ours.lasts_s, theirs.lasts_s)


def test_tasks_are_those_of_the_same_csv(tmp_path: Path) -> None:
    tasks: dict[str, list[object]] = {
        "task": ["shelf", None],
        "load_kg": [8, 12],
        "horizontal_cm": [35.0, 45.5],
        "vertical_cm": [120.0, 15.0],
        "control": ["no", None],
    }
    assert read_tasks(write(tmp_path, dict(tasks))) == read_tasks(csv_twin(tmp_path, tasks))


@pytest.mark.parametrize(
    "times",
    [
        pa.array(TIME),
        pa.array(TIME).cast(pa.float32()),
        pa.array((TIME * 1e6).astype("int64")).cast(pa.timestamp("us")),
        pa.array((TIME * 1e9).astype("int64")).cast(pa.duration("ns")),
    ],
    ids=lambda times: str(times.type),
)
def test_vibration_in_any_kind_of_time(times: object) -> None:
    record = read_acceleration("ride.parquet", ride(t=times))
    assert record.rate_hz == pytest.approx(RATE, rel=1e-4)
    np.testing.assert_array_equal(record.acceleration_ms2, SIGNAL)


def test_a_clock_called_ms_is_not_scaled_but_milliseconds_are() -> None:
    clock = pa.array((TIME * 1e3).astype("int64")).cast(pa.timestamp("ms"))
    for name, values in (("time_ms", clock), ("time_ms", TIME * 1000)):
        record = read_acceleration("ride.parquet", ride(**{"t": None, name: values}))
        assert record.rate_hz == pytest.approx(RATE)


def test_without_times_the_rate_is_given_and_an_index_is_no_column() -> None:
    content = ride(t=None, __index_level_0__=np.arange(2_000))
    assert read_acceleration("ride.parquet", content, rate_hz=100).rate_hz == 100


def holed() -> np.ndarray:
    column = SIGNAL[:, 1].copy()
    column[9] = np.nan
    return column


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not a whole Parquet file"),
        (b"PAR1 nothing PAR1", "not a whole Parquet file"),
        (ride()[:-40], "not a whole Parquet file"),
        (ride(t=None), "say how many samples a second"),
        (ride(z=None), "no column for z"),
        (ride(y=pa.array(["1"] * 2_000)), "column y holds text"),
        (ride(y=pa.array([[1.0]] * 2_000)), "column y holds list"),
        (ride(y=holed()), "row 10: y is empty or not a number"),
        (ride(t=[], x=[], y=[], z=[]), "no rows of samples"),
    ],
)
def test_each_fault_gets_one_sentence_that_names_the_file(content: bytes, says: str) -> None:
    with pytest.raises(MeasurementError) as caught:
        read_acceleration("r.parquet", content)
    assert str(caught.value).startswith("r.parquet: ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_faults_of_posture_files(tmp_path: Path) -> None:
    with pytest.raises(MeasurementError, match="No such file"):
        read_posture(str(tmp_path / "nothing.parquet"))
    with pytest.raises(MeasurementError, match="'trunk_flex_deg' that is not known; did you mean"):
        read_posture(write(tmp_path, {"trunk_flex_deg": [1.0]}))
    with pytest.raises(MeasurementError, match="at least one column and one row"):
        read_posture(write(tmp_path, {"trunk_flexion_deg": []}))
    with pytest.raises(MeasurementError, match="row 2, column trunk_flexion_deg: 'bent' is not"):
        read_posture(
            write(tmp_path, {"trunk_flexion_deg": ["1", "bent"], "upper_arm_flexion_deg": [1, 2]})
        )
