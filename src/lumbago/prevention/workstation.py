"""Heights of a seat, a desk, a screen, a foot-rest and a lumbar support for one person, or for the public.

    seat = hollow of the knee + shoe - 0 to 2 cm        desk = seat + elbow above the seat, within 2 cm
    screen top = seat + eyes above the seat, or a little lower        standing desk = elbow - 0 to 5 cm

These are rules of thumb (data/workstation.yaml), and a place to start. Where a desk cannot be lowered, the
seat goes up to it and a foot-rest fills what is then missing below the feet.

Not for: wheelchairs, children, work that needs force or fine sight, driving. No chair, desk or cushion has
been shown to prevent back pain; what studies found is in `evidence("workstation")`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.anthropometry import (
    Length,
    Rules,
    body,
    design_length,
    load_rules,
    percentile,
)

__all__ = ["Workstation", "fit_for_public", "fit_workstation"]

NEEDED = ("popliteal_height", "elbow_rest_height")
DESK_CM = (50.0, 140.0)


@dataclass(frozen=True)
class Workstation:
    """Heights above the floor in cm unless the name says otherwise; `footrest` is None if none is needed."""

    heights: Mapping[str, Length]
    footrest: Length | None
    body: Mapping[str, Length]
    percentiles: Mapping[str, float]
    shoe_cm: float
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The workstation as plain values."""
        return {
            "heights": {name: length.to_dict() for name, length in self.heights.items()},
            "footrest": self.footrest.to_dict() if self.footrest else None,
            "body": {name: length.to_dict() for name, length in self.body.items()},
            "percentiles": {name: round(p, 1) for name, p in self.percentiles.items()},
            "shoe_cm": self.shoe_cm,
            "notes": list(self.notes),
            "advice": load_rules().advice,
        }


def fit_workstation(
    stature_cm: float | None = None,
    sex: str | None = None,
    *,
    measured_cm: Mapping[str, float] | None = None,
    shoe_cm: float | None = None,
    fixed_desk_cm: float | None = None,
) -> Workstation:
    """The heights for one person.

    Args:
        stature_cm: Stature without shoes, 120 to 230.
        sex: `female`, `male`, or None: then the ranges cover both.
        measured_cm: Measures taken barefoot, by name: `popliteal_height`, `elbow_rest_height`,
            `eye_height_sitting`, `elbow_height_standing`, `buttock_popliteal_length`. They replace estimates.
        shoe_cm: Height of the heel of the shoes, 2.5 if left out.
        fixed_desk_cm: Height of a desk that cannot be moved.

    Returns:
        Heights with the range that they may well have: rules and, where a measure is estimated, its 90% range.

    Raises:
        MeasurementError: If a measure cannot be an adult's, or what the seat and desk need is missing.

    Source:
        ISO 9241-5, EN 527-1, EN 1335-1 and HSE L26 as rules of thumb; ANSUR II for estimates.
    """
    rules = load_rules()
    shoe = rules.shoe_cm if shoe_cm is None else shoe_cm
    if not 0 <= shoe <= rules.shoe_most_cm:
        raise MeasurementError(
            f"the shoe is {shoe:g} cm high; it must be between 0 and {rules.shoe_most_cm:g}"
        )
    lengths = body(stature_cm, sex, measured_cm or {})
    if not all(name in lengths for name in NEEDED):
        raise MeasurementError(
            "give your stature, or measure the height of the hollow of your knee and of your elbow "
            "above the seat"
        )
    heights = _heights(lengths, shoe, rules)
    footrest = None
    notes: list[str] = []
    if fixed_desk_cm is not None:
        heights, footrest, notes = _at_fixed_desk(heights, lengths, fixed_desk_cm, rules)
    estimated = [n for n in NEEDED if not lengths[n].measured]
    if estimated:
        notes.append(
            "Estimated from stature. Measure the hollow of your knee and your elbow to narrow the ranges."
        )
    ranks = (
        {}
        if sex is None
        else {n: percentile(n, v.cm, sex) for n, v in lengths.items() if v.measured}
    )
    return Workstation(heights, footrest, lengths, ranks, shoe, tuple(notes))


def fit_for_public() -> Workstation:
    """The range that furniture must adjust over, from a small woman (5th percentile) to a tall man (95th)."""
    rules = load_rules()
    names = (*NEEDED, "eye_height_sitting", "buttock_popliteal_length", "thigh_clearance")
    whole = ("seated_elbow_height", "seated_eye_height", "seated_thigh_height")
    more = ("elbow_height_standing", "hip_breadth_sitting")
    lengths = {name: design_length(name) for name in (*names, *whole, *more)}
    note = f"Of {rules.body.who}: for the public make the range wider."
    return Workstation(
        _heights(lengths, rules.shoe_cm, rules), None, lengths, {}, rules.shoe_cm, (note,)
    )


def _heights(lengths: Mapping[str, Length], shoe_cm: float, rules: Rules) -> dict[str, Length]:
    low, high = rules.seat_below_cm
    low, high = shoe_cm - high, shoe_cm - low
    seat = _sum(lengths["popliteal_height"], low, high)
    around, support = rules.desk_around_elbow_cm, rules.lumbar.above_seat_cm
    elbow = _above_floor(lengths, "elbow_rest_height", "seated_elbow_height")
    heights = {
        "seat": seat,
        "desk": _sum(elbow, low - around, high + around),
        "lumbar_support_above_seat": Length(sum(support) / 2, *support),
        "armrest_above_seat": lengths["elbow_rest_height"],
    }
    if "eye_height_sitting" in lengths:
        nearest, furthest = rules.screen_top_below_eye_cm
        eyes = _above_floor(lengths, "eye_height_sitting", "seated_eye_height")
        heights["screen_top"] = _sum(eyes, low - furthest, high - nearest)
    if "thigh_clearance" in lengths:
        thigh = _above_floor(lengths, "thigh_clearance", "seated_thigh_height")
        heights["under_desk"] = _sum(thigh, low + rules.thigh_room_cm, high + rules.thigh_room_cm)
    if "buttock_popliteal_length" in lengths:
        short = -rules.seat_depth_short_cm
        heights["seat_depth"] = _sum(lengths["buttock_popliteal_length"], short, short)
    if "elbow_height_standing" in lengths:
        nearest, furthest = rules.standing_below_elbow_cm
        heights["standing_desk"] = _sum(
            lengths["elbow_height_standing"], shoe_cm - furthest, shoe_cm - nearest
        )
    return heights


def _sum(length: Length, low_cm: float, high_cm: float) -> Length:
    """A length and a rule that adds from `low_cm` to `high_cm`."""
    return Length(
        length.cm + (low_cm + high_cm) / 2,
        length.low_cm + low_cm,
        length.high_cm + high_cm,
        length.measured,
    )


def _above_floor(lengths: Mapping[str, Length], above_seat: str, whole: str) -> Length:
    """A height over a seat at the hollow of the knee: the row of its own if nothing of it was measured."""
    leg, part = lengths["popliteal_height"], lengths[above_seat]
    if whole in lengths and not leg.measured and not part.measured:
        return lengths[whole]
    low, high = leg.low_cm + part.low_cm, leg.high_cm + part.high_cm
    return Length(leg.cm + part.cm, low, high, leg.measured and part.measured)


def _at_fixed_desk(
    heights: Mapping[str, Length], lengths: Mapping[str, Length], desk_cm: float, rules: Rules
) -> tuple[dict[str, Length], Length | None, list[str]]:
    """Raise the seat to a desk that is too high; say so if it is too low."""
    if not DESK_CM[0] <= desk_cm <= DESK_CM[1]:
        raise MeasurementError(
            f"the desk is {desk_cm:g} cm high; a desk is between {DESK_CM[0]:g} and {DESK_CM[1]:g} cm"
        )
    raised = desk_cm - heights["desk"].cm
    desk = Length(desk_cm, desk_cm, desk_cm, measured=True)
    if raised <= rules.desk_around_elbow_cm:
        too_low = raised < -rules.desk_around_elbow_cm
        note = f"The desk is about {-raised:.0f} cm too low for you: raise it on blocks."
        return {**heights, "desk": desk}, None, [note] if too_low else []
    shifted = {
        name: _sum(length, raised, raised)
        if name in ("seat", "screen_top", "under_desk")
        else length
        for name, length in heights.items()
    }
    elbow = _above_floor(lengths, "elbow_rest_height", "seated_elbow_height")
    spread = (elbow.high_cm - elbow.low_cm) / 2
    footrest = Length(raised, max(0.0, raised - spread), raised + spread, elbow.measured)
    note = f"The desk is higher than suits you: raise the seat by about {raised:.0f} cm and use a foot-rest."
    return {**shifted, "desk": desk}, footrest, [note]
