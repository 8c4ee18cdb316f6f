"""A worker's posture over time: REBA, RULA and OWAS of every moment, time in each band, worst moments."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.posture_angles import Angles, owas_parts, reba_parts, rula_parts
from lumbago.prevention.posture_scores import bands_of, owas_score, reba_score, rula_score
from lumbago.prevention.posture_tables import PostureBand, Thresholds

__all__ = [
    "METHODS",
    "Handling",
    "Moment",
    "PostureResult",
    "assess_posture",
    "durations",
    "rula_force",
    "summarise",
]

Floats = NDArray[np.float64]
Scores = NDArray[np.int8]
Method = Literal["reba", "rula", "owas"]
Force = Literal["now_and_then", "held", "shock"]
METHODS: tuple[Method, ...] = ("reba", "rula", "owas")


@dataclass(frozen=True)
class Handling:
    """What is handled, and how; each a number for all postures or an array of N.

    `coupling` is 0 good to 3 unacceptable, `activity` 0 to 3 (REBA), `muscle` 0 or 1 (RULA).
    """

    load_kg: ArrayLike = 0.0
    force: Force = "now_and_then"
    coupling: ArrayLike = 0
    activity: ArrayLike = 0
    muscle: ArrayLike = 0


@dataclass(frozen=True)
class Moment:
    """A spell of time at one score."""

    start_s: float
    end_s: float
    score: int


@dataclass(frozen=True)
class PostureResult:
    """One method over time: scores `(N,)`, seconds and share in each band, and the worst moments."""

    method: Method
    scores: Scores
    bands: tuple[PostureBand, ...]
    seconds: tuple[float, ...]
    share: tuple[float, ...]
    worst: tuple[Moment, ...]
    mean: float

    @property
    def highest(self) -> int:
        """The highest score."""
        return int(self.scores.max())

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values, without the score of every moment."""
        return {
            "highest": self.highest,
            "mean": round(self.mean, 3),
            "bands": [
                {
                    "band": band.name,
                    "up_to_score": band.most,
                    "action": band.action,
                    "seconds": round(seconds, 3),
                    "share": round(share, 4),
                }
                for band, seconds, share in zip(self.bands, self.seconds, self.share, strict=True)
            ],
            "worst": [
                {"start_s": round(m.start_s, 3), "end_s": round(m.end_s, 3), "score": m.score}
                for m in self.worst
            ],
        }


def assess_posture(
    method: Method,
    angles: Angles,
    *,
    handling: Handling | None = None,
    limits: Thresholds | None = None,
) -> Scores:
    """Final score of each posture, `(N,)`; of the two arms the worse counts.

    Args:
        method: `reba`, `rula` or `owas`.
        angles: Angles of N postures.
        handling: Load, hold and activity; nothing in the hands if left out.
        limits: Angles that the methods leave open, the packaged ones if left out.

    Raises:
        MeasurementError: If a score is outside its range.
    """
    h = handling or Handling()
    load = np.asarray(h.load_kg, dtype=float)
    if not (np.isfinite(load) & (load >= 0)).all():
        raise MeasurementError("the load must be 0 kg or more")
    if method == "reba":
        kilograms = 0 + (load >= 5) + (load > 10).astype(np.int8) + (h.force == "shock")
        parts = reba_parts(angles, limits)
        found = reba_score(**parts, load=kilograms, coupling=h.coupling, activity=h.activity).reba
        return np.asarray(found.max(axis=0))
    if method == "rula":
        force = rula_force(load, h.force)
        pushes = {"force_a": force, "force_b": force, "muscle_a": h.muscle, "muscle_b": h.muscle}
        return np.asarray(rula_score(**rula_parts(angles, limits), **pushes).rula.max(axis=0))
    weight = 1 + (load > 10).astype(np.int8) + (load > 20)
    return np.asarray(owas_score(**owas_parts(angles, limits), load=weight).category)


def rula_force(load_kg: ArrayLike, force: Force) -> Scores:
    """RULA's score of force or load (McAtamney and Corlett 1993, stage 2)."""
    load = np.asarray(load_kg, dtype=float)
    if force == "shock":
        return np.full(load.shape, 3, dtype=np.int8)
    score = (load >= 2).astype(np.int8) + (load > 10)
    return np.asarray(score + (load >= 2) if force == "held" else score)


def summarise(
    method: Method,
    scores: Scores,
    *,
    time_s: Floats,
    lasts_s: Floats | None = None,
    most_moments: int = 5,
) -> PostureResult:
    """Time in each band and the worst moments.

    Args:
        method: `reba`, `rula` or `owas`.
        scores: Score of each moment, `(N,)`.
        time_s: Time of each moment, rising, `(N,)`.
        lasts_s: How long each lasts; left out, as `durations` says. Time between the end of one and the
            start of the next counts for nothing.
        most_moments: How many of the worst spells to list.

    Raises:
        MeasurementError: If there is no moment, or the time does not rise.
    """
    if scores.size == 0:
        raise MeasurementError("there is no posture to score")
    lasts = durations(np.asarray(time_s, dtype=float)) if lasts_s is None else lasts_s
    bands, place = bands_of(method, scores)
    weights = lasts if lasts.sum() > 0 else np.ones_like(lasts)
    seconds = np.bincount(place, weights=lasts, minlength=len(bands))
    share = np.bincount(place, weights=weights, minlength=len(bands)) / weights.sum()
    return PostureResult(
        method,
        scores,
        tuple(bands),
        tuple(seconds.tolist()),
        tuple(share.tolist()),
        _worst(scores, time_s, lasts, most_moments),
        float(np.average(scores, weights=weights)),
    )


def durations(time_s: Floats) -> Floats:
    """How long each moment lasts: until the next; the last as long as the median, a single one no time.

    Raises:
        MeasurementError: If the time does not rise.
    """
    steps = np.diff(time_s)
    if not (steps > 0).all():
        row = int(np.flatnonzero(~(steps > 0))[0]) + 2
        raise MeasurementError(
            f"the time of posture {row} is {time_s[row - 1]:g} s, not after the one before it; "
            "put the rows in order of time"
        )
    last = float(np.median(steps)) if steps.size else 0.0
    return np.append(steps, last)


def _worst(scores: Scores, time_s: Floats, lasts: Floats, most: int) -> tuple[Moment, ...]:
    """Spells of one score, the highest first and of those the longest first."""
    ends_s = time_s + lasts
    fresh = np.diff(scores, prepend=scores[:1] - 1) != 0
    fresh[1:] |= time_s[1:] > ends_s[:-1] + 1e-6  # a gap ends a spell
    starts = np.flatnonzero(fresh)
    ends = np.append(starts[1:], len(scores)) - 1
    length = ends_s[ends] - time_s[starts]
    order = np.lexsort((-length, -scores[starts].astype(int)))[:most]
    return tuple(
        Moment(float(time_s[starts[i]]), float(ends_s[ends[i]]), int(scores[starts[i]]))
        for i in order
    )
