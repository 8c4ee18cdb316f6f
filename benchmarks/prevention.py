"""Seconds for a million lifts and a million postures, beside an open package where there is one.

    python benchmarks/prevention.py            # a number after it sets how many

The open REBA package is optional: pip install --no-deps ergonomics-metrics
"""

import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from lumbago.prevention.lifft import cumulative_damage
from lumbago.prevention.lifting import lifting_index, multipliers
from lumbago.prevention.posture import METHODS, assess_posture, summarise
from lumbago.prevention.posture_angles import Angles

PEER_COUNT = 2_000


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


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rng = np.random.default_rng(7)
    for row in [*lifting(count, rng), *postures(count, rng)]:
        print(f"{row.what:<32} {row.count:>9,}  {row.seconds:>7.3f} s   {row.peer}")


if __name__ == "__main__":
    main()
