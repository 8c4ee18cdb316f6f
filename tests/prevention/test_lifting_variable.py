"""The variable lifting index, held against the composite index and what was published of its classes."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbago.cli import main
from lumbago.errors import MeasurementError
from lumbago.prevention.lifting_job import assess_job
from lumbago.prevention.lifting_task import Lift, assess_lift
from lumbago.prevention.lifting_variable import class_edges, variable_index, variable_job


def test_the_published_classes_from_0_3_to_2_5() -> None:
    # ergonomiesite.be prints 0.67, 1.0, 1.4, 1.8 and 2.1 as the borders between.
    printed = [0.67, 1.0, 1.4, 1.8, 2.1]
    edges = class_edges([2.5, 0.3, 1.0])[1:-1]
    assert [round(edges[0], 2), *np.round(edges[1:], 1)] == pytest.approx(printed)


def lift(load: float, often: float, **more: float) -> Lift:
    return Lift(
        load=load, horizontal=30, vertical=75, frequency_per_min=often, duration_h=2, **more
    )


@pytest.mark.parametrize("often", [0.2, 1.5, 6.0])
def test_lifts_that_are_all_the_same_have_the_index_of_one_task(often: float) -> None:
    one = assess_lift(lift(10, often))
    job = variable_job([(str(i), lift(10, often / 8)) for i in range(8)])
    assert job.index == pytest.approx(one.index)
    assert len(job.classes) == 1


def test_six_tasks_in_six_classes_have_the_composite_index() -> None:
    tasks = [
        (str(kg), lift(kg, often))
        for kg, often in zip((2, 4, 6, 8, 10, 12), (1, 3, 2, 1, 0.5, 1), strict=True)
    ]
    composite, variable = assess_job(tasks), variable_job(tasks)
    assert len(variable.classes) == 6
    assert variable.index == pytest.approx(composite.index)
    shares = [share.added for share in composite.tasks]
    assert [found.added for found in variable.classes] == pytest.approx(shares)


FILI = st.lists(st.floats(0.05, 4.0), min_size=1, max_size=60)


@given(fili=FILI, often=st.floats(0.2, 8.0))
def test_it_lies_between_the_lightest_and_the_heaviest_lift_alone(
    fili: list[float], often: float
) -> None:
    job = variable_index(fili, frequency_per_min=often, duration_h=1, low=False)
    edge = [
        variable_index([value], frequency_per_min=often, duration_h=1, low=False).index
        for value in (min(fili), max(fili))
    ]
    assert edge[0] - 1e-9 <= job.index <= edge[1] + 1e-9
    assert sum(found.share for found in job.classes) == pytest.approx(1)
    assert sum(found.frequency_per_min for found in job.classes) == pytest.approx(often)
    assert all(found.low - 1e-9 <= found.mean <= found.high + 1e-9 for found in job.classes)


@given(fili=FILI, times=st.integers(2, 5))
def test_counts_stand_for_lifts_that_were_written_out(fili: list[float], times: int) -> None:
    how = {"frequency_per_min": 3.0, "duration_h": 8.0}
    counts = [times if i % 2 else 1 for i in range(len(fili))]
    written = [value for value, count in zip(fili, counts, strict=True) for _ in range(count)]
    short = variable_index(fili, lifts=counts, low=True, **how)
    assert short.index == pytest.approx(variable_index(written, low=True, **how).index)


def test_a_lift_without_a_limit_has_no_index() -> None:
    tasks = [("far", lift(5, 1, to_vertical=100)), ("out of reach", Lift(5, 90, 75))]
    assert variable_job(tasks).index == float("inf")
    assert variable_job(tasks).to_dict()["vli"] is None


@pytest.mark.parametrize(
    ("fili", "lifts", "says"),
    [
        ([], None, "no lift"),
        ([1.0, -1.0], None, "not above 0"),
        ([1.0], [0], "all 0"),
        ([1.0], [-1], "0 or more"),
    ],
)
def test_values_that_cannot_be(fili: list[float], lifts: list[int] | None, says: str) -> None:
    with pytest.raises(MeasurementError, match=says):
        variable_index(fili, lifts=lifts, frequency_per_min=1, duration_h=1, low=False)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"{3 + i % 7},{30 + i % 5},{60 + 10 * (i % 4)},0.3" for i in range(12)]
    path = tmp_path / "tasks.csv"
    path.write_text("\n".join(["load_kg,horizontal_cm,vertical_cm,frequency_per_min", *rows]))
    assert main(["job", str(path)]) == 0
    assert "--variable" in capsys.readouterr().out
    assert main(["job", str(path), "--variable"]) == 0
    out = capsys.readouterr().out
    assert "Variable lifting index" in out
    assert "of the lifts" in out
    assert main(["job", str(path), "--variable", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert sum(found["share"] for found in told["classes"]) == pytest.approx(1, abs=1e-3)
