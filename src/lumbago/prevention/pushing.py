"""A push or pull judged: who finds its forces acceptable, and the guideline figures of HSE.

Two forces count, measured at the hands with a scale: the one that gets the load moving, and the one that keeps
it moving. A task is good when at least three in four women find both acceptable, and neither is above the
guideline figure. Where the forces cannot be measured, the weight of a trolley gives the least that it takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from lumbago.errors import MeasurementError
from lumbago.prevention.acceptable_loads import SEXES, Acceptable, Phase, Sex, acceptable_force
from lumbago.prevention.acceptable_tables import load_acceptable
from lumbago.prevention.measure import checked

__all__ = ["ForceResult", "PushResult", "judge_push", "trolley_force_n"]

Floor = Literal["level", "uneven"]


@dataclass(frozen=True)
class ForceResult:
    """One force for one sex: who finds it acceptable (0-1), and what three in four would, in N.

    `limits_most` is the measure that lowers the acceptable force most; `guideline_n` is None beyond the
    distance for which HSE gives figures.
    """

    phase: Phase
    sex: Sex
    force_n: float
    share: float
    design_n: float
    guideline_n: float | None
    limits_most: str
    fast: bool

    @property
    def within_guideline(self) -> bool:
        """Whether the force is at or below the guideline figure, if there is one."""
        return self.guideline_n is None or self.force_n <= self.guideline_n

    @property
    def widely_acceptable(self) -> bool:
        """Whether three in four find the force acceptable."""
        return self.share >= load_acceptable().design_share

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values."""
        rounded = {"share": round(self.share, 4), "design_n": round(self.design_n, 1)}
        return {**vars(self), **rounded, "within_guideline": self.within_guideline}


@dataclass(frozen=True)
class PushResult:
    """A task judged, force by force; a sex for whom the studies did not cover it is left out."""

    forces: tuple[ForceResult, ...]
    left_out: dict[Sex, str]

    @property
    def acceptable(self) -> bool:
        """Whether three in four of either sex find every force acceptable, and none is above its figure."""
        good = all(force.widely_acceptable and force.within_guideline for force in self.forces)
        return good and not self.left_out

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values."""
        forces = [force.to_dict() for force in self.forces]
        return {"acceptable": self.acceptable, "forces": forces, "left_out": self.left_out}


def judge_push(
    task: Literal["push", "pull"],
    forces_n: Mapping[Phase, float],
    *,
    height_cm: float,
    distance_m: float,
    frequency_per_min: float,
) -> PushResult:
    """Judge a push or a pull with two hands through a working day.

    Args:
        task: `push` or `pull`.
        forces_n: Force in N for `initial`, `sustained`, or both.
        height_cm: Height of the hands above the floor.
        distance_m: How far each time.
        frequency_per_min: How often a minute.

    Raises:
        MeasurementError: If no force is given, or a measure is outside what was studied for both sexes.
    """
    if not forces_n:
        raise MeasurementError("give the force to start, the force to keep going, or both, in N")
    for phase, force in forces_n.items():
        checked(f"{phase} force", force, "N", above=0.0)
    where = {
        "height_cm": height_cm,
        "distance_m": distance_m,
        "frequency_per_min": frequency_per_min,
    }
    found: list[ForceResult] = []
    left_out: dict[Sex, str] = {}
    for sex in SEXES:
        try:
            for phase, force in forces_n.items():
                limits = acceptable_force(task, phase, sex, **where)
                found.append(_judged(limits, phase, sex, force, distance_m))
        except MeasurementError as error:
            left_out[sex] = str(error)
    if not found:
        raise MeasurementError(next(iter(left_out.values())))
    return PushResult(tuple(found), left_out)


def trolley_force_n(weight_kg: float, floor: Floor) -> float:
    """The least force that keeps a well kept trolley moving, in N.

    Args:
        weight_kg: Trolley and load together.
        floor: `level` (flat, hard), or `uneven`.

    Source:
        HSE pages on pushing and pulling: 2% of the weight, up to 10% on uneven ground.
    """
    tables = load_acceptable()
    shares = {"level": tables.guideline.level_share, "uneven": tables.guideline.uneven_share}
    weight = float(checked("weight", weight_kg, "kg", above=0.0))
    return weight * shares[floor] * tables.newtons_per_kg


def _judged(
    limits: Acceptable, phase: Phase, sex: Sex, force_n: float, distance_m: float
) -> ForceResult:
    tables = load_acceptable()
    figures = tables.guideline.initial_n if phase == "initial" else tables.guideline.sustained_n
    near = distance_m <= tables.guideline.distance_most_m
    return ForceResult(
        phase=phase,
        sex=sex,
        force_n=force_n,
        share=float(limits.share_for(force_n / tables.newtons_per_kg)),
        design_n=float(limits.for_share(tables.design_share)) * tables.newtons_per_kg,
        guideline_n=figures[sex] if near else None,
        limits_most=min(limits.factors, key=lambda name: float(limits.factors[name])),
        fast=bool(limits.fast),
    )
