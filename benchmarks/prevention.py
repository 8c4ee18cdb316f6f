"""Seconds for a million lifts, postures and runs and an hour of vibration, beside open packages.

    python benchmarks/prevention.py            # a number after it sets how many

The open packages are optional: see prevention_peers.
"""

import io
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from prevention_peers import peer_gpx, peer_lifting, peer_poses, peer_reba, peer_sums

from lumbago.prevention.acceptable_loads import acceptable_force
from lumbago.prevention.exposure import daily_a8
from lumbago.prevention.keypoints import angles_from_keypoints
from lumbago.prevention.lifft import cumulative_damage
from lumbago.prevention.lifting import lifting_index, multipliers
from lumbago.prevention.lifting_variable import variable_index
from lumbago.prevention.posture import METHODS, assess_posture, summarise
from lumbago.prevention.posture_angles import Angles, reba_parts, rula_parts
from lumbago.prevention.running_files import read_runs
from lumbago.prevention.running_spikes import longest_before
from lumbago.prevention.signal_files import read_acceleration
from lumbago.prevention.vibration import measure_vibration
from lumbago.prevention.workstation import fit_workstation

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
    far = rng.uniform(22, 80, count)
    lever, lifts = rng.uniform(10, 80, count), rng.integers(1, 1000, count)
    none = "no open package found"

    def index(columns: dict[str, Any], load: np.ndarray) -> np.ndarray:
        return lifting_index(load, multipliers(**columns).weight_limit)

    one_lift = load / np.maximum(multipliers(**columns).frequency_independent_limit, 1.0)
    return [
        Row(
            "lifting index",
            count,
            seconds(lambda: index(columns, load)),
            peer_lifting(columns, load, index),
        ),
        Row(
            "variable index of so many lifts",
            count,
            seconds(
                lambda: variable_index(one_lift, frequency_per_min=4.0, duration_h=2.0, low=True)
            ),
            none,
        ),
        Row(
            "acceptable forces of pushes",
            count,
            seconds(
                lambda: acceptable_force(
                    "push",
                    "initial",
                    "female",
                    height_cm=far + 50,
                    distance_m=far / 10,
                    frequency_per_min=0.2,
                )
            ),
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
    arm = replace(angles, **{name: values[:1] for name, values in both.items()})
    peers = {"reba": peer_reba(arms, body, assess_posture("reba", angles))}
    for method, parts in (("reba", reba_parts(arm)), ("rula", rula_parts(arm))):
        sums = peer_sums(method, parts, assess_posture(method, angles))
        peers[method] = "; ".join(filter(None, (peers.get(method), sums)))
    rows = [
        Row(
            f"{method.upper()} from angles, both arms",
            count,
            seconds(lambda method=method: assess_posture(method, angles)),
            peers.get(method, "no open package from angles"),
        )
        for method in METHODS
    ]
    rows.append(keypoints(count, rng))
    scores, when = assess_posture("reba", angles), np.arange(count) / 50.0
    summary = seconds(lambda: summarise("reba", scores, time_s=when))
    return [*rows, Row("time in bands, worst moments", count, summary, "")]


def keypoints(count: int, rng: np.random.Generator) -> Row:
    """A standing person whose joints wander forward, back, up and down, both sides alike."""
    heights = {
        "ankle": 0.1,
        "knee": 0.5,
        "hip": 0.9,
        "wrist": 0.8,
        "elbow": 1.1,
        "shoulder": 1.4,
        "ear": 1.6,
    }
    points, to_left = {}, np.array([0.0, 0.2, 0.0])
    for part, height in heights.items():
        wandered = np.array([0.0, 0.0, height]) + rng.normal(0, 0.05, (count, 3)) * [1, 0, 1]
        points |= {f"left_{part}": wandered + to_left, f"right_{part}": wandered - to_left}
    points["nose"] = points["left_ear"] + np.array([0.15, -0.2, 0.0])
    taken = seconds(lambda: angles_from_keypoints(points, up="z"), times=1)
    return Row(
        "angles from 15 points in space",
        count,
        taken,
        peer_poses(points, count, angles_from_keypoints(points, up="z")),
    )


def vibration(count: int, rng: np.random.Generator) -> list[Row]:
    none = "no open package found"
    hour = rng.normal(size=(HOUR_S * RATE_HZ, 3))
    minute = "\n".join(
        f"{i / RATE_HZ:.3f},{x:.4f},{y:.4f},{z:.4f}"
        for i, (x, y, z) in enumerate(hour[: 60 * RATE_HZ])
    )
    content = f"t,x,y,z\n{minute}".encode()
    parquet = as_parquet(hour)
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
        Row(
            "reading the hour from Parquet",
            len(hour),
            seconds(lambda: read_acceleration("hour.parquet", parquet)),
            "",
        ),
        Row("A(8) of days with two tasks", count, seconds(lambda: daily_a8(days, hours)), none),
    ]


def as_parquet(hour: np.ndarray) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    columns = {"t": np.arange(len(hour)) / RATE_HZ, **dict(zip("xyz", hour.T, strict=True))}
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


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
            peer_gpx(content, ours, seconds),
        ),
    ]


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
