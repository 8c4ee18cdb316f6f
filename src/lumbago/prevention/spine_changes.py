"""What would take most off the lower back: each practical change, computed anew with the whole model."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lumbago.prevention.spine import Person, Posture, spine_load
from lumbago.prevention.spine_weights import Hands

__all__ = ["SpineChange", "spine_changes"]

Floats = NDArray[np.float64]
LEAN_DEG, ARM_DEG = 15.0, 20.0
#: How a load is held against the body, and how far from upright that still helps.
CLOSE = {"arm_deg": 0.0, "elbow_deg": 60.0}
UPRIGHT_DEG = 30.0
#: A change that saves less than this share is not worth naming.
WORTH = 0.03


@dataclass(frozen=True)
class SpineChange:
    """One change, and the greatest compression of any lumbar disc after it."""

    what: str
    compression_n: float
    saved: float

    def to_dict(self) -> dict[str, Any]:
        """The change as plain values; `saved` is a share."""
        return {
            "what": self.what,
            "compression_n": round(self.compression_n),
            "saved": round(self.saved, 3),
        }


@dataclass(frozen=True)
class _Try:
    what: str
    posture: Posture
    load_kg: float
    hands: Hands


def spine_changes(
    posture: Posture, person: Person, *, load_kg: float = 0.0, hands: Hands = "both"
) -> tuple[SpineChange, ...]:
    """The changes that help, the most helpful first.

    Args:
        posture: Angles of one posture.
        person: Whose back it is.
        load_kg: What the hands hold.
        hands: Which hands hold it.

    Returns:
        Changes that take at least 3% off the disc that is pressed most.
    """
    angles = {name: float(values[0]) for name, values in posture.arrays().items()}
    now = _Try("now", Posture(**angles), load_kg, hands)
    before = _greatest(now, person)
    after = [(one.what, _greatest(one, person)) for one in _tries(now, angles)]
    changes = [SpineChange(what, force, 1 - force / before) for what, force in after]
    return tuple(sorted((c for c in changes if c.saved >= WORTH), key=lambda c: -c.saved))


def _greatest(one: _Try, person: Person) -> float:
    load = spine_load(one.posture, person, load_kg=one.load_kg, hands=one.hands)
    return float(load.compression_n.max())


def _tries(now: _Try, angles: dict[str, float]) -> Iterator[_Try]:
    trunk, lumbar = angles["trunk_deg"], angles["lumbar_deg"]
    if trunk >= LEAN_DEG:
        less = {"trunk_deg": trunk - LEAN_DEG, "lumbar_deg": lumbar * (1 - LEAN_DEG / trunk)}
        yield _changed(now, "lean 15 degrees less", less)
    if angles["arm_deg"] >= ARM_DEG:
        yield _changed(now, "arms 20 degrees lower", {"arm_deg": angles["arm_deg"] - ARM_DEG})
    if angles["turn_deg"]:
        yield _changed(now, "turn the feet: load straight in front", {"turn_deg": 0.0})
    if angles["side_bend_deg"]:
        yield _changed(now, "no bend to the side", {"side_bend_deg": 0.0})
    if not now.load_kg:
        return
    if trunk < UPRIGHT_DEG:
        yield _changed(now, "load against the body", CLOSE)
    if now.hands != "both":
        yield replace(now, what="the same load shared by both hands", hands="both")
    yield replace(now, what="half the load", load_kg=now.load_kg / 2)


def _changed(now: _Try, what: str, angles: dict[str, float]) -> _Try:
    return replace(now, what=what, posture=replace(now.posture, **angles))
