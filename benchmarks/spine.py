"""The spine model: how fast it is, beside SciPy, and what each of its parts does to the comparison with Wilke.

python benchmarks/spine.py
"""

import time
from dataclasses import replace
from unittest.mock import patch

import numpy as np

from lumbago.prevention import spine
from lumbago.prevention.spine import Person, Posture, named_posture, spine_load, spine_load_draws
from lumbago.prevention.spine_bones import muscle_lines, place_bones
from lumbago.prevention.spine_check import compare_spine, summarise
from lumbago.prevention.spine_data import muscles
from lumbago.prevention.spine_draws import Draws, draw
from lumbago.prevention.spine_muscles import muscle_forces

MAN = Person("male", 175.0, 75.0)
#: Parts of the model taken away, and what is put in their place.
WITHOUT = {
    "whole model": {},
    "without muscle tone": {"tone": 0.0},
    "without pressure in the belly": {"pressure_kpa": 0.0},
    "without both": {"tone": 0.0, "pressure_kpa": 0.0},
    "bones as slight as the model's own": {"breadth": 1.0},
    "that, and without both": {"breadth": 1.0, "tone": 0.0, "pressure_kpa": 0.0},
}


def main() -> None:
    print("Middle error of the nine postures of Wilke, and rank correlation")
    for words, values in WITHOUT.items():
        with patch.object(spine, "draw", lambda n, r=None, v=values: _changed(draw(n, r), v)):
            wilke = summarise(compare_spine())[0]
        print(f"  {words:<40}{wilke.median_error:>6.0%}{wilke.rank_correlation:>7.2f}")
    _timed()


def _changed(draws: Draws, values: dict[str, float]) -> Draws:
    return replace(draws, **{k: np.full(len(draws.tone), v) for k, v in values.items()})


def _timed() -> None:
    print("\nSeconds")
    lean = np.random.default_rng(1).uniform(0, 90, 10_000)
    start = time.perf_counter()
    spine_load(Posture(lean), MAN, load_kg=10)
    print(f"  10,000 postures {time.perf_counter() - start:>30.2f}")
    start = time.perf_counter()
    spine_load_draws(named_posture("stooped").angles, MAN, load_kg=20, rng=np.random.default_rng(1))
    print(f"  one posture with 200 draws {time.perf_counter() - start:>19.2f}")
    _beside_scipy()


def _beside_scipy() -> None:
    from scipy.optimize import minimize

    bones = place_bones(np.array([60.0]), np.array([35.0]), np.zeros(1), 1.0)
    arms = muscle_lines(bones, np.array([1.17]), 1.0)[0][:, :, [0, 2]].reshape(1, 10, -1)
    area, moment = muscles().area_cm2, np.tile([0.0, 120.0], 5)
    start = time.perf_counter()
    own = muscle_forces(arms, moment[None], area)[0]
    mine = time.perf_counter() - start
    start = time.perf_counter()
    peer = minimize(
        lambda f: ((f / area) ** 2 * np.abs(f)).sum() / 1e4,
        np.full(len(area), 10.0),
        jac=lambda f: 3 * (f / area) ** 2 / 1e4,
        method="SLSQP",
        bounds=[(0, None)] * len(area),
        constraints={"type": "eq", "fun": lambda f: arms[0] @ f - moment, "jac": lambda _: arms[0]},
        options={"maxiter": 1000, "ftol": 1e-10},
    )
    scipys = time.perf_counter() - start
    print(f"  {len(area)} muscles, once {mine:>26.4f}   SLSQP of SciPy {scipys:.2f}")
    print(
        f"  largest difference of a muscle{np.abs(own - peer.x).max():>15.2f} N of {own.max():.0f} N"
    )


if __name__ == "__main__":
    main()
