"""Open packages that do a part of the same, timed on a sample, and how often they say the same.

All are optional: pip install --no-deps ergonomics-metrics smartqhse-hse-calculators gpxpy
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

__all__ = ["peer_gpx", "peer_lifting", "peer_poses", "peer_reba", "peer_sums"]

SAMPLE = 2_000


def _timed(run: Callable[[int], Any], count: int, whole: int) -> tuple[list[Any], str]:
    """What it says of the first `count`, and the seconds that `whole` would take."""
    start = time.perf_counter()
    found = [run(i) for i in range(count)]
    taken = (time.perf_counter() - start) / count * whole
    return found, f"{taken:.1f} s (from {count:,})"


def peer_lifting(
    columns: Mapping[str, Any], load: Any, index: Callable[[Mapping[str, Any], Any], Any]
) -> str:
    """One lift at a time. It steps between frequencies and has no limits of reach, nor the columns for 1 to 2
    hours and for low starts; where none of these matters its answers must be ours.
    """
    try:
        from smartqhse_hse_calculators import calculate_niosh_lift
    except ImportError:
        return "smartqhse-hse-calculators is not installed"

    def theirs(columns: Mapping[str, Any]) -> tuple[list[float], str]:
        return _timed(
            lambda i: calculate_niosh_lift(
                horizontal_cm=columns["horizontal"][i],
                vertical_cm=columns["vertical"][i],
                vertical_travel_cm=columns["distance"][i],
                angle_degrees=columns["asymmetry_deg"][i],
                frequency_per_min=columns["frequency_per_min"][i],
                duration_hours=columns["duration_h"][i],
                coupling_quality=str(columns["coupling"][i]),
                load_kg=load[i],
            )["li"],
            min(SAMPLE, len(load)),
            len(load),
        )

    found, taken = theirs(columns)
    ours = index(columns, load)[: len(found)]
    same = np.isclose(found, ours, rtol=0.005, atol=0.006).mean()
    plain = {**columns, **_within_both(columns)}
    if not np.allclose(theirs(plain)[0], index(plain, load)[: len(found)], rtol=0.005, atol=0.006):
        raise SystemExit(
            "the lifting index differs from smartqhse-hse-calculators where both agree"
        )
    return f"smartqhse-hse-calculators: {taken}; the same in {same:.0%}"


def _within_both(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The same lifts moved to where the package follows the manual."""
    rows = np.array([0.2, 0.5, 1.0, 2.0])
    return {
        "horizontal": np.clip(columns["horizontal"], 25, 63),
        "vertical": np.clip(columns["vertical"], 75, 175),
        "distance": np.clip(columns["distance"], 0, 175),
        "asymmetry_deg": np.clip(columns["asymmetry_deg"], 0, 135),
        "frequency_per_min": rows[np.asarray(columns["frequency_per_min"], dtype=int) % 4],
        "duration_h": np.where(columns["duration_h"] > 2, 8.0, 1.0),
        "coupling": np.full(len(columns["coupling"]), "good"),
    }


def peer_reba(arms: Mapping[str, Any], body: Mapping[str, Any], ours: Any) -> str:
    """One arm, one posture at a time; its answers must be ours."""
    try:
        from ergonomics.reba import RebaScore
    except ImportError:
        return "ergonomics-metrics is not installed"
    reba = RebaScore()

    def one(i: int) -> int:
        neck, trunk, knee = (body[n][i] for n in ("neck_flexion", "trunk_flexion", "knee_flexion"))
        arm, elbow, wrist = (arms[n][i] for n in arms)
        reba.set_body(np.array([neck, 0, trunk, 0, 0, knee, 0]))
        reba.set_arms(np.array([arm, 0, 0, 0, elbow, wrist, 0]))
        score_a, _ = reba.compute_score_a()
        score_b, _ = reba.compute_score_b()
        return int(reba.compute_score_c(score_a, score_b)[0])

    found, taken = _timed(one, min(SAMPLE, len(ours)), len(ours))
    if not np.array_equal(found, ours[: len(found)]):
        raise SystemExit("REBA differs from ergonomics-metrics where the two should agree")
    return f"ergonomics-metrics: {taken}; same scores"


def peer_sums(method: str, parts: Mapping[str, Any], ours: Any) -> str:
    """A package that adds the scores of body parts where the papers have tables."""
    try:
        from smartqhse_hse_calculators import calculate_reba, calculate_rula
    except ImportError:
        return "smartqhse-hse-calculators is not installed"
    score = calculate_reba if method == "reba" else calculate_rula
    names = [name for name in parts if method == "rula" or name != "wrist_twist"]
    columns = {name: np.broadcast_to(np.atleast_2d(parts[name])[0], len(ours)) for name in names}

    def one(i: int) -> int:
        return int(score(**{name: int(values[i]) for name, values in columns.items()})["score"])

    found, taken = _timed(one, min(SAMPLE, len(ours)), len(ours))
    same = np.equal(found, ours[: len(found)]).mean()
    return f"smartqhse-hse-calculators: {taken}; it adds, so {same:.0%} the same"


def peer_poses(points: Mapping[str, Any], count: int, ours: Mapping[str, Any]) -> str:
    """Angles of the body and the right arm from points, one posture at a time; its y is up.

    It projects on the side view where ours swing; where nothing leans to the side its angles must be ours.
    """
    try:
        from ergonomics.reba import RebaScore
    except ImportError:
        return "ergonomics-metrics is not installed"
    reba, sample = RebaScore(), min(SAMPLE // 4, count)
    middle = {
        part: (points[f"left_{part}"] + points[f"right_{part}"]) / 2 for part in ("ear", "shoulder")
    }
    arms = [
        f"{side}_{part}" for side in ("left", "right") for part in ("shoulder", "elbow", "wrist")
    ]
    legs = [f"{side}_{part}" for side in ("left", "right") for part in ("hip", "knee", "ankle")]
    joints = [middle["ear"], middle["shoulder"], *(points[name] for name in (*arms, *legs))]
    poses = np.stack([joint[:sample][:, [1, 2, 0]] for joint in joints], axis=1)

    poses -= (poses[:, [8]] + poses[:, [11]]) / 2  # it turns about the middle of the hips

    def one(i: int) -> tuple[float, float]:
        body = reba.get_body_angles_from_pose_right(poses[i])
        return float(body[2]), float(reba.get_arms_angles_from_pose_right(poses[i])[4])

    found, taken = _timed(one, sample, count)
    names = ("trunk_flexion_deg", "right_lower_arm_flexion_deg")
    for theirs, name in zip(zip(*found, strict=True), names, strict=True):
        apart = (np.abs(theirs) - np.abs(ours[name][:sample]) + 180) % 360 - 180
        if np.abs(apart).max() > 1e-6:
            raise SystemExit(f"{name} differs from ergonomics-metrics where the two should agree")
    return f"ergonomics-metrics: {taken}, one side; same angles"


def peer_gpx(content: bytes, ours_km: float, seconds: Callable[[Callable[[], Any]], float]) -> str:
    """The same track; its distance must be ours but for another radius of the earth."""
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
