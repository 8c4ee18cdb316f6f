"""Running load: published classes and ratios, a slow obvious engine, plans without a jump, files."""

import struct
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbago.errors import MeasurementError
from lumbago.prevention.packaged import evidence
from lumbago.prevention.running import Run, judge_next, running_load
from lumbago.prevention.running_files import read_runs
from lumbago.prevention.running_plan import plan_to_goal
from lumbago.prevention.running_spikes import longest_before, spike_of

TODAY = date(2026, 3, 15)


def runs(*kilometres: float, every_days: int = 2) -> list[Run]:
    first = datetime(2026, 3, 15) - timedelta(days=every_days * (len(kilometres) - 1))
    return [Run(first + timedelta(days=every_days * n), km) for n, km in enumerate(kilometres)]


@pytest.mark.parametrize(
    ("name", "ratio", "low", "high"),
    [("small", 1.64, 1.31, 2.05), ("moderate", 1.52, 1.16, 2.0), ("large", 2.28, 1.5, 3.48)],
)
def test_hazard_ratios_are_those_of_the_study(
    name: str, ratio: float, low: float, high: float
) -> None:
    row = evidence("running")[f"frandsen_2025_{name}"]
    assert (row.value, row.low, row.high) == (ratio, low, high)
    assert row.doi == "10.1136/bjsports-2024-109380"


@pytest.mark.parametrize(
    ("ratio", "name"),
    [
        (0.5, "none"),
        (1.1, "none"),
        (11 / 10, "none"),
        (1.101, "small"),
        (1.3, "small"),
        (1.301, "moderate"),
        (2.0, "moderate"),
        (2.001, "large"),
    ],
)
def test_classes_have_the_edges_of_the_study(ratio: float, name: str) -> None:
    assert spike_of(ratio) == name


def slow_longest(days: list[float], far: list[float]) -> list[float]:
    found = []
    for i, day in enumerate(days):
        window = [f for d, f in zip(days, far, strict=True) if day - 30 <= d < day]
        found.append(max(window) if window else float("nan"))
        assert i < len(days)
    return found


@given(
    st.lists(
        st.tuples(st.integers(0, 120).map(lambda n: n / 2), st.floats(0, 50)),
        min_size=1,
        max_size=60,
    )
)
def test_longest_of_thirty_days_agrees_with_the_obvious_way(log: list[tuple[float, float]]) -> None:
    log = sorted(log)
    days, far = [d for d, _ in log], [f for _, f in log]
    np.testing.assert_array_equal(longest_before(days, far), slow_longest(days, far))


def test_a_log_is_judged_run_by_run() -> None:
    load = running_load(runs(10, 10.5, 14, 5, 30), TODAY)
    assert [run.name for run in load.runs] == [None, "none", "moderate", "none", "large"]
    assert load.longest_km == 30
    assert load.next_most_km == pytest.approx(33)
    assert [spike.distance_km for spike in load.spikes] == [30, 14]
    assert load.runs[2].ratio == pytest.approx(14 / 10.5)


def test_runs_of_a_young_log_say_so() -> None:
    load = running_load(runs(*[5.0] * 25), TODAY)
    assert [run.young for run in load.runs] == [True] * 15 + [False] * 10


def test_weeks_start_on_monday_and_empty_ones_are_kept() -> None:
    log = [Run(datetime(2026, 2, 22, 8), 10), Run(datetime(2026, 3, 9, 8), 5)]  # Sunday, Monday
    weeks = running_load(log, TODAY).weeks
    assert [(w.monday.isoformat(), w.distance_km, w.runs) for w in weeks] == [
        ("2026-02-16", 10, 1),
        ("2026-02-23", 0, 0),
        ("2026-03-02", 0, 0),
        ("2026-03-09", 5, 1),
    ]


def test_a_break_of_over_thirty_days_leaves_nothing_to_compare() -> None:
    log = [Run(datetime(2026, 1, 1), 20), Run(datetime(2026, 3, 1), 10)]
    load = running_load(log, TODAY)
    assert load.runs[1].ratio is None
    assert running_load(log[:1], TODAY).longest_km is None


def test_a_planned_run_is_judged() -> None:
    load = running_load(runs(10, 10, 10), TODAY)
    assert judge_next(load, 11, TODAY).name == "none"
    assert judge_next(load, 12, TODAY).name == "small"
    with pytest.raises(MeasurementError, match="the next run is 0 km"):
        judge_next(load, 0, TODAY)


def test_no_ratio_of_weeks_is_scored() -> None:
    words = str(running_load(runs(10, 12, 9), TODAY).to_dict()).lower()
    assert "acwr" not in words
    assert "acute" not in words


@pytest.mark.parametrize(
    ("log", "says"),
    [
        ([], "there is no run in the log"),
        ([Run(datetime(2027, 1, 1), 5)], "after today"),
    ],
)
def test_logs_that_cannot_be_judged(log: list[Run], says: str) -> None:
    with pytest.raises(MeasurementError, match=says):
        running_load(log, TODAY)


@given(
    st.floats(0.3, 40),
    st.floats(0.3, 100),
    st.one_of(st.none(), st.integers(1, 400)),
    st.floats(0, 50),
)
def test_no_run_of_a_plan_jumps(
    longest: float, goal: float, days: int | None, others: float
) -> None:
    by = None if days is None else TODAY + timedelta(days=days)
    plan = plan_to_goal(longest, goal, TODAY, by=by, other_runs_km=others)
    before = longest
    for week in plan.weeks:
        assert spike_of(week.long_run_km / before) == "none"
        assert week.long_run_km >= before
        before = week.long_run_km
    if plan.weeks:
        assert before == pytest.approx(goal, abs=0.01)
        if plan.in_time:
            assert by is not None
            assert plan.weeks[-1].day <= by
    if plan.in_time is False:
        assert plan.by_then_km is not None
        assert plan.by_then_km < goal


def test_more_time_makes_smaller_steps() -> None:
    soon = plan_to_goal(10, 14, TODAY)
    late = plan_to_goal(10, 14, TODAY, by=TODAY + timedelta(weeks=10))
    assert len(soon.weeks) == 4
    assert len(late.weeks) == 10
    assert late.reached_on == soon.weeks[-1].day


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((0, 10, TODAY), "the longest run is 0 km"),
        ((10, 1000, TODAY), "the goal is 1000 km"),
    ],
)
def test_plans_that_cannot_be(arguments: tuple[float, float, date], says: str) -> None:
    with pytest.raises(MeasurementError, match=says):
        plan_to_goal(*arguments)


def test_goals_in_the_past_are_refused() -> None:
    with pytest.raises(MeasurementError, match="give a day after today"):
        plan_to_goal(10, 20, TODAY, by=date(2026, 3, 1))


# Files

GPX = """<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">
<trk><type>{sport}</type><trkseg>{points}</trkseg></trk></gpx>"""
POINT = '<trkpt lat="{lat}" lon="{lon}"><time>{time}</time></trkpt>'
TCX = """<?xml version="1.0"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>
<Activity Sport="Running"><Id>2026-03-01T08:00:00Z</Id>
<Lap StartTime="2026-03-01T08:00:00Z"><DistanceMeters>5000</DistanceMeters></Lap>
<Lap StartTime="2026-03-01T08:30:00Z"><DistanceMeters>2500.5</DistanceMeters></Lap></Activity>
<Activity Sport="Biking"><Id>2026-03-02T08:00:00Z</Id>
<Lap StartTime="2026-03-02T08:00:00Z"><DistanceMeters>40000</DistanceMeters></Lap></Activity>
</Activities></TrainingCenterDatabase>"""


def gpx(sport: str = "running", jump: bool = False) -> bytes:
    """A degree of latitude northwards in half-kilometre steps of three minutes: 111.195 km / 10."""
    points = [
        POINT.format(
            lat=f"{50 + n * 0.005:.4f}",
            lon="7.0",
            time=(datetime(2026, 3, 1, 8) + timedelta(minutes=3 * n)).isoformat() + "Z",
        )
        for n in range(21)
    ]
    if jump:
        points.insert(10, POINT.format(lat="51.0", lon="7.0", time="2026-03-01T08:28:00Z"))
    return GPX.format(sport=sport, points="".join(points)).encode()


def test_gpx_distance_is_along_great_circles() -> None:
    found, notes = read_runs("run.gpx", gpx())
    assert found[0].distance_km == pytest.approx(11.1195, abs=0.001)
    assert found[0].start == datetime(2026, 3, 1, 8)
    assert notes == []


def test_satellite_jumps_are_left_out_and_said() -> None:
    found, notes = read_runs("run.gpx", gpx(jump=True))
    assert found[0].distance_km == pytest.approx(11.1195, abs=0.6)
    assert "satellite errors: 2" in notes[0]


def test_other_sports_are_left_out_and_said() -> None:
    found, notes = read_runs("log.tcx", TCX.encode())
    assert [run.distance_km for run in found] == [pytest.approx(7.5005)]
    assert "not runs: 1" in notes[0]
    assert read_runs("ride.gpx", gpx("cycling"))[0] == []


@pytest.mark.parametrize(
    ("content", "kilometres"),
    [
        ("date,km\n2026-03-01,7.5\n", 7.5),
        ("Date;Distance (km)\n2026-03-01;7,5\n", 7.5),
        ("date,distance_m\n2026-03-01,7500\n", 7.5),
        ("date,miles\n2026-03-01,5\n", 8.04672),
        (
            'Activity Date,Activity Type,Distance\n"Mar 1, 2026, 8:05:10 AM",Run,7.5\n'
            '"Mar 2, 2026, 8:05:10 AM",Ride,40\n',
            7.5,
        ),
        ("start_time,type,distance\n2026-03-01T08:00:00+01:00,trail running,7.5\n\n", 7.5),
    ],
)
def test_csv_logs_that_people_have(content: str, kilometres: float) -> None:
    found, _ = read_runs("log.csv", content.encode())
    assert [run.distance_km for run in found] == [pytest.approx(kilometres)]
    assert found[0].start.date() == date(2026, 3, 1)


def fit_file(metres: float) -> bytes:
    """The least FIT file with a session: header, one definition, one record, check sums."""
    start = int((datetime(2026, 3, 1, 8) - datetime(1989, 12, 31)).total_seconds())
    definition = struct.pack("<BBBHB", 0x40, 0, 0, 18, 3)
    definition += bytes([2, 4, 0x86, 9, 4, 0x86, 5, 1, 0x00])
    body = definition + struct.pack("<BIIB", 0x00, start, round(metres * 100), 1)
    header = struct.pack("<BBHI4s", 14, 0x10, 2132, len(body), b".FIT")
    header += struct.pack("<H", fit_sum(header))
    return header + body + struct.pack("<H", fit_sum(header + body))


def fit_sum(content: bytes) -> int:
    table = (0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401)
    table += (0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400)
    total = 0
    for byte in content:
        for nibble in (byte & 0xF, byte >> 4):
            total = ((total >> 4) & 0x0FFF) ^ table[total & 0xF] ^ table[nibble]
    return total


def test_fit_sessions_are_read_where_the_package_is_there() -> None:
    pytest.importorskip("fitdecode")
    found, _ = read_runs("run.fit", fit_file(7500.5))
    assert [run.distance_km for run in found] == [pytest.approx(7.5005)]
    assert found[0].start == datetime(2026, 3, 1, 8)
    with pytest.raises(MeasurementError, match=r"run\.fit: it is not a whole FIT file"):
        read_runs("run.fit", b"nothing of the kind")


def test_without_the_package_fit_files_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    import lumbago.prevention.running_tracks as tracks

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(tracks, "import_module", missing)
    with pytest.raises(MeasurementError, match="needs the package fitdecode"):
        read_runs("run.fit", fit_file(1000))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("log.xls", b"", "this kind of file is not known"),
        ("log.csv", b"", "it is empty"),
        ("log.csv", b"when,km\n", "no column for the date"),
        ("log.csv", b"date,speed\n2026-03-01,5\n", "no column for the distance"),
        ("log.csv", b"date,km\n03/04/2026,5\n", "row 2: the date is '03/04/2026'"),
        ("log.csv", b"date,km\n2026-03-01,far\n", "row 2: the distance is 'far'"),
        ("log.csv", b"date,km\n2026-03-01,-5\n", "row 2: the distance is '-5'"),
        ("log.csv", b"date,km\n2026-03-01,5000\n", "look at the unit"),
        ("log.csv", b"date,km\n0001-01-01T00:00:00+14:00,5\n", "write it as 2026-03-28"),
        ("log.csv", b'date,km\n"' + b"a" * 200_000, "not a table of text"),
        ("run.gpx", b"<?xml version='1.0' encoding='utf-99'?><gpx/>", "it is not whole XML"),
        ("run.gpx", b"<gpx><trk>", "it is not whole XML"),
        ("run.gpx", b"<!DOCTYPE x [<!ENTITY a 'b'>]><gpx/>", "declares entities"),
        ("run.tcx", "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>".encode("utf-16"), "declares entities"),
        ("run.gpx", gpx().replace(b"<time>", b"<old>").replace(b"</time>", b"</old>"), "no times"),
        ("run.gpx", gpx().replace(b"lat=", b"late="), "no latitude or longitude"),
        ("run.tcx", TCX.replace("2500.5", "far").encode(), "not a number"),
    ],
)
def test_each_fault_gets_one_sentence_that_names_the_file(
    name: str, content: bytes, says: str
) -> None:
    with pytest.raises(MeasurementError) as caught:
        read_runs(name, content)
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert says in message
    assert "\n" not in message


def test_unknown_unit_is_refused() -> None:
    with pytest.raises(MeasurementError, match="'km', 'm' or 'mi'"):
        read_runs("log.csv", b"date,km\n", unit="furlong")
