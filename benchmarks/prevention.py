"""Seconds for a million lifts, postures and runs and an hour of vibration, beside open packages.

    python benchmarks/prevention.py            # a number after it sets how many

The open packages are optional: pip install --no-deps ergonomics-metrics gpxpy
"""

import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from lumbago.prevention.exposure import daily_a8
from lumbago.prevention.lifft import cumulative_damage
from lumbago.prevention.lifting import lifting_index, multipliers
from lumbago.prevention.posture import METHODS, assess_posture, summarise
from lumbago.prevention.posture_angles import Angles
from lumbago.prevention.running_files import read_runs
from lumbago.prevention.running_spikes import longest_before
from lumbago.prevention.signal_files import read_acceleration
from lumbago.prevention.vibration import measure_vibration
from lumbago.prevention.workstation import fit_workstation

PEER_COUNT = 2_000
HOUR_S, RATE_HZ, POINTS = 3600, 1000, 10_000
GPX = '<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{}</trkseg></trk></gpx>'
POINT = '<trkpt lat="{:.6f}" lon="{:.6f}"><time>2026-03-01T{:02d}:{:02d}:{:02d}Z</time></trkpt>'


class Row(NamedTuple):
    what: str
    count: int
    seconds: float
    peer: str


def seconds(run: Callable[[], Any], *, times: int = 3) -> float:
    """The best of a few runs, after one to warm up."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken)


def lifting(count: int, rng: np.random.Generator) -> list[Row]:
    columns = {
        "horizontal": rng.uniform(20, 70, count),
        "vertical": rng.uniform(0, 180, count),
        "distance": rng.uniform(0, 180, count),
        "asymmetry_deg": rng.uniform(0, 140, count),
        "frequency_per_min": rng.uniform(0, 16, count),
        "duration_h": rng.choice([1.0, 2.0, 8.0], count),
        "coupling": rng.choice(["good", "fair", "poor"], count),
    }
    load = rng.uniform(1, 30, count)
    lever, lifts = rng.uniform(10, 80, count), rng.integers(1, 1000, count)
    none = "no open package found"
    return [
        Row(
            "lifting index",
            count,
            seconds(lambda: lifting_index(load, multipliers(**columns).weight_limit)),
            none,
        ),
        Row(
            "LiFFT damage",
            count,
            seconds(lambda: cumulative_damage(load_kg=load, lever_cm=lever, lifts_per_day=lifts)),
            none,
        ),
    ]


def postures(count: int, rng: np.random.Generator) -> list[Row]:
    # Inside the ranges in which the open package and the paper say the same (its neck scores 1 from 10).
    arms = {
        "upper_arm_flexion": rng.uniform(-20, 120, count),
        "lower_arm_flexion": rng.uniform(0, 140, count),
        "wrist_flexion": rng.uniform(-30, 30, count),
    }
    body = {
        "trunk_flexion": rng.uniform(6, 90, count),
        "neck_flexion": rng.uniform(10, 50, count),
        "knee_flexion": rng.uniform(0, 90, count),
    }
    zeros, pair = np.zeros(1), np.zeros((2, 1))
    both = {name: np.stack([values, values]) for name, values in arms.items()}
    angles = Angles(
        **both,
        trunk_flexion=body["trunk_flexion"],
        neck_flexion=body["neck_flexion"],
        knee_flexion=np.stack([body["knee_flexion"]] * 2),
        trunk_side=zeros,
        trunk_twist=zeros,
        neck_side=zeros,
        neck_twist=zeros,
        upper_arm_abduction=pair,
        wrist_deviation=pair,
        wrist_twist=pair,
        shoulder_raised=pair,
        arm_supported=pair,
        lower_arm_across=pair,
        trunk_supported=zeros,
        legs_unsupported=zeros,
        stance=np.zeros(1, dtype=np.int8),
    )
    peers = {"reba": peer_reba(arms, body, assess_posture("reba", angles))}
    rows = [
        Row(
            f"{method.upper()} from angles, both arms",
            count,
            seconds(lambda method=method: assess_posture(method, angles)),
            peers.get(method, "no open package from angles"),
        )
        for method in METHODS
    ]
    scores, when = assess_posture("reba", angles), np.arange(count) / 50.0
    summary = seconds(lambda: summarise("reba", scores, time_s=when))
    return [*rows, Row("time in bands, worst moments", count, summary, "")]


def peer_reba(arms: dict[str, Any], body: dict[str, Any], ours: Any) -> str:
    """The open package on a sample, one arm, one posture at a time; its answers must be ours."""
    try:
        from ergonomics.reba import RebaScore
    except ImportError:
        return "ergonomics-metrics is not installed"
    reba, count = RebaScore(), min(PEER_COUNT, len(ours))
    found = []
    start = time.perf_counter()
    for i in range(count):
        neck, trunk, knee = (body[n][i] for n in ("neck_flexion", "trunk_flexion", "knee_flexion"))
        arm, elbow, wrist = (arms[n][i] for n in arms)
        reba.set_body(np.array([neck, 0, trunk, 0, 0, knee, 0]))
        reba.set_arms(np.array([arm, 0, 0, 0, elbow, wrist, 0]))
        score_a, _ = reba.compute_score_a()
        score_b, _ = reba.compute_score_b()
        found.append(reba.compute_score_c(score_a, score_b)[0])
    taken = time.perf_counter() - start
    if not np.array_equal(found, ours[:count]):
        raise SystemExit("REBA differs from ergonomics-metrics where the two should agree")
    return f"ergonomics-metrics: {taken / count * len(ours):.1f} s (from {count}); same scores"


def vibration(count: int, rng: np.random.Generator) -> list[Row]:
    none = "no open package found"
    hour = rng.normal(size=(HOUR_S * RATE_HZ, 3))
    minute = "\n".join(
        f"{i / RATE_HZ:.3f},{x:.4f},{y:.4f},{z:.4f}"
        for i, (x, y, z) in enumerate(hour[: 60 * RATE_HZ])
    )
    content = f"t,x,y,z\n{minute}".encode()
    days, hours = rng.uniform(0, 2, (count, 2, 3)), rng.uniform(0, 8, (count, 2))
    return [
        Row(
            "one hour of 1 kHz, three axes",
            len(hour),
            seconds(lambda: measure_vibration(hour, RATE_HZ)),
            none,
        ),
        Row(
            "reading a minute of it from CSV",
            60 * RATE_HZ,
            seconds(lambda: read_acceleration("minute.csv", content)),
            "",
        ),
        Row("A(8) of days with two tasks", count, seconds(lambda: daily_a8(days, hours)), none),
    ]


def running(count: int, rng: np.random.Generator) -> list[Row]:
    days, far = np.sort(rng.uniform(0, 3650, count)), rng.uniform(2, 30, count)
    lat, lon = 50 + np.cumsum(rng.normal(0, 1e-5, (2, POINTS)), axis=1)
    points = (
        POINT.format(a, o, i // 3600, i // 60 % 60, i % 60)
        for i, (a, o) in enumerate(zip(lat, lon, strict=True))
    )
    content = GPX.format("".join(points)).encode()
    ours = read_runs("run.gpx", content)[0][0].distance_km
    return [
        Row("longest of the 30 days before", count, seconds(lambda: longest_before(days, far)), ""),
        Row(
            "distance of a GPX track",
            POINTS,
            seconds(lambda: read_runs("run.gpx", content)),
            peer_gpx(content, ours),
        ),
    ]


def peer_gpx(content: bytes, ours_km: float) -> str:
    """The open package on the same track; its distance must be ours but for another radius of the earth."""
    try:
        import gpxpy
    except ImportError:
        return "gpxpy is not installed"
    text = content.decode()
    theirs_km = gpxpy.parse(text).length_2d() / 1000
    if abs(theirs_km / ours_km - 1) > 0.005:
        raise SystemExit(f"GPX distance differs from gpxpy: {ours_km} and {theirs_km} km")
    taken = seconds(lambda: gpxpy.parse(text).length_2d())
    return f"gpxpy: {taken:.3f} s; {abs(theirs_km / ours_km - 1):.2%} apart"


def workstations(rng: np.random.Generator) -> list[Row]:
    statures = rng.uniform(150, 195, 10_000).tolist()
    taken = seconds(lambda: [fit_workstation(cm, "female") for cm in statures])
    return [Row("seat and desk of a person", len(statures), taken, "")]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rng = np.random.default_rng(7)
    rows = [*lifting(count, rng), *postures(count, rng), *vibration(count, rng)]
    for row in [*rows, *running(count, rng), *workstations(rng)]:
        print(f"{row.what:<32} {row.count:>9,}  {row.seconds:>7.3f} s   {row.peer}")


if __name__ == "__main__":
    main()
