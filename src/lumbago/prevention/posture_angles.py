"""From measured joint angles to the scores of body parts that REBA, RULA and OWAS ask for.

Angles are in degrees, with 0 the upright posture with hanging arms: trunk and neck flexion forward (the
neck against the trunk), upper arm flexion against the trunk, lower arm flexion at the elbow (0 straight).
A value on a border belongs to the lower score (20 degrees is still 0-20). Arms and knees have a left
and a right, in that order, on the first axis.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from lumbago.errors import MeasurementError
from lumbago.prevention.posture_tables import Thresholds, load_posture

__all__ = ["STANCES", "Angles", "owas_parts", "reba_parts", "rula_parts"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Scores = NDArray[np.int8]
Parts = dict[str, Scores]  # score of each body part, as `reba_score` and the others take them
STANCES = ("two_legs", "one_leg", "sitting", "kneeling", "walking")
TWO_LEGS, ONE_LEG, SITTING, KNEELING, WALKING = range(5)


@dataclass(frozen=True)
class Angles:
    """Angles in degrees and what else is known of N postures; a field may be one number for all of them.

    Fields of arms and knees have shape `(2, N)`, left and right, or `(2, 1)`; all others `(N,)` or `(1,)`.
    `stance` holds places in `STANCES`.
    """

    trunk_flexion: Floats
    upper_arm_flexion: Floats
    neck_flexion: Floats
    lower_arm_flexion: Floats
    trunk_side: Floats
    trunk_twist: Floats
    neck_side: Floats
    neck_twist: Floats
    upper_arm_abduction: Floats
    wrist_flexion: Floats
    wrist_deviation: Floats
    wrist_twist: Floats
    knee_flexion: Floats
    stance: NDArray[np.int8]
    shoulder_raised: Floats
    arm_supported: Floats
    lower_arm_across: Floats
    trunk_supported: Floats
    legs_unsupported: Floats

    def __post_init__(self) -> None:
        for field in fields(self):
            value = np.asarray(getattr(self, field.name))
            if value.dtype.kind == "f" and not np.isfinite(value).all():
                raise MeasurementError(
                    f"{field.name} has a gap; leave out postures that were not measured"
                )


def reba_parts(angles: Angles, limits: Thresholds | None = None) -> Parts:
    """Body-part scores of REBA; arms and wrists are `(2, N)`, for the left and the right.

    Source:
        Hignett and McAtamney 2000; group A as reprinted in Fundamentals and Assessment Tools for
        Occupational Ergonomics, table 42.2, where twisting or bending sideways adds 1, not 1 each.
    """
    t = limits or load_posture().thresholds
    trunk, neck = angles.trunk_flexion, angles.neck_flexion
    turned = _beyond(angles.trunk_side, t.twisted_deg) | _beyond(angles.trunk_twist, t.twisted_deg)
    neck_turned = _beyond(angles.neck_side, t.twisted_deg) | _beyond(
        angles.neck_twist, t.twisted_deg
    )
    wrist_turned = _beyond(angles.wrist_deviation, t.deviated_deg) | _beyond(
        angles.wrist_twist, t.wrist_twist_deg
    )
    return {
        "neck": _sum(1, (neck > 20) | (neck < -t.neutral_deg), neck_turned),
        "trunk": _sum(1, _beyond(trunk, t.neutral_deg), _beyond(trunk, 20), trunk > 60, turned),
        "legs": _reba_legs(angles),
        "upper_arm": _upper_arm(angles, t),
        "lower_arm": _lower_arm(angles),
        "wrist": _sum(1, _beyond(angles.wrist_flexion, 15), wrist_turned),
    }


def rula_parts(angles: Angles, limits: Thresholds | None = None) -> Parts:
    """Body-part scores of RULA; arms and wrists are `(2, N)`, for the left and the right.

    A trunk bent back is scored like one bent forward, for which the paper has no range.

    Source:
        McAtamney and Corlett 1993; a trunk that stands erect scores 1, as on the worksheet.
    """
    t = limits or load_posture().thresholds
    trunk, neck, wrist = angles.trunk_flexion, angles.neck_flexion, angles.wrist_flexion
    supported = angles.trunk_supported > 0
    bent = _sum(1, _beyond(trunk, t.neutral_deg), _beyond(trunk, 20), _beyond(trunk, 60))
    leaning = np.where(supported, np.int8(1), bent)
    back = neck < -t.neutral_deg
    forward = _sum(1, neck > 10, neck > 20)
    return {
        "upper_arm": _upper_arm(angles, t),
        "lower_arm": _sum(0, angles.lower_arm_across > 0) + _lower_arm(angles),
        "wrist": _sum(
            1,
            _beyond(wrist, t.neutral_deg),
            _beyond(wrist, 15),
            _beyond(angles.wrist_deviation, t.deviated_deg),
        ),
        "wrist_twist": _sum(1, _beyond(angles.wrist_twist, t.wrist_twist_deg)),
        "neck": np.where(back, np.int8(4), forward)
        + _sum(
            0,
            _beyond(angles.neck_twist, t.twisted_deg),
            _beyond(angles.neck_side, t.twisted_deg),
        ),
        "trunk": leaning
        + _sum(
            0,
            _beyond(angles.trunk_twist, t.twisted_deg),
            _beyond(angles.trunk_side, t.twisted_deg),
        ),
        "legs": _sum(
            1,
            (angles.legs_unsupported > 0)
            | (angles.stance == ONE_LEG)
            | (angles.stance == KNEELING),
        ),
    }


def owas_parts(angles: Angles, limits: Thresholds | None = None) -> Parts:
    """Digits of the OWAS code, without the load.

    An arm is up when its elbow is at the height of the shoulder or above: the flexion of the arm less that
    of the trunk, or its abduction, reaches 90 degrees. Standing on two legs with one knee bent counts as
    standing on one bent knee.
    """
    t = limits or load_posture().thresholds
    bent = _beyond(angles.trunk_flexion, t.owas_back_deg)
    turned = _beyond(angles.trunk_side, t.owas_back_deg) | _beyond(
        angles.trunk_twist, t.owas_back_deg
    )
    up = (angles.upper_arm_flexion - angles.trunk_flexion >= t.owas_arm_deg) | (
        angles.upper_arm_abduction >= t.owas_arm_deg
    )
    knees = angles.knee_flexion > t.owas_knee_deg
    one, both = knees.any(axis=0), knees.all(axis=0)
    standing = np.where(both, 4, np.where(one, 5, 2))
    on_one = np.where(both, 5, 3)
    legs = np.choose(angles.stance, [standing, on_one, 1, 6, 7])
    return {
        "back": _sum(1, bent, turned, turned),
        "arms": _sum(1, up[0], up[1]),
        "legs": legs.astype(np.int8),
    }


def _reba_legs(angles: Angles) -> Scores:
    knee = angles.knee_flexion.max(axis=0)
    standing = angles.stance != SITTING  # knees do not count when sitting (table 42.2)
    return _sum(1, angles.stance == ONE_LEG, standing & (knee >= 30), standing & (knee > 60))


def _upper_arm(angles: Angles, t: Thresholds) -> Scores:
    arm = angles.upper_arm_flexion
    score = _sum(
        1,
        _beyond(arm, 20),
        arm > 45,
        arm > 90,
        angles.shoulder_raised > 0,
        _beyond(angles.upper_arm_abduction, t.abducted_deg),
    )
    return np.maximum(score - (angles.arm_supported > 0), 1).astype(np.int8)


def _lower_arm(angles: Angles) -> Scores:
    elbow = angles.lower_arm_flexion
    return _sum(1, (elbow < 60) | (elbow > 100))


def _beyond(value: Floats, limit: float) -> Flags:
    return np.asarray((value > limit) | (value < -limit))


def _sum(start: int, *flags: Flags) -> Scores:
    total: NDArray[np.int8] = np.int8(start) + flags[0].astype(np.int8)
    for flag in flags[1:]:
        total = total + flag.view(np.int8) if flag.dtype == np.bool_ else total + flag
    return total
