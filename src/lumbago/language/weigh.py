"""Weigh what a phrase found against what the reader hears: how likely it is that the words say so.

A logistic model with a handful of weights, the same for every finding, learned by
`python -m lumbago.research.weigh_words` from annotated texts that the reader had not been taught.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import exp

import msgspec

from lumbago.language.similar import Heard

__all__ = [
    "ASKED",
    "ASKED_OF_DANGER",
    "NAMES",
    "SAID",
    "SAID_AGAINST",
    "SAID_IF_FIRM",
    "chance",
    "features",
]

#: From this chance on the words count as said, and from this one on the person is asked.
SAID, ASKED = 0.6, 0.2
#: More is wanted of the reader where words of denial stand in a danger sign ("I feel nothing when I wipe").
SAID_AGAINST = 0.9
#: Less is enough for a red flag in a firm wording, and to ask about a red flag.
SAID_IF_FIRM, ASKED_OF_DANGER = 0.15, 0.04
#: Log odds beyond these say no more.
CLIP = 9.0
NAMES = (
    "said",
    "denied",
    "unsure",
    "unheard",
    "firm",
    "said_about",
    "said_most",
    "said_agrees",
    "denied_agrees",
    "unsure_about",
    "unsure_agrees",
    "unheard_about",
    "unheard_decided",
    "untaught",
    "danger",
    "always",
)


def features(
    state: str | None, firm: bool, value: str, heard: Heard | None, danger: bool
) -> tuple[float, ...]:
    """The evidence in the order of `NAMES`.

    Args:
        state: What the phrases say: present, absent or unsure; None if no phrase found it.
        firm: Whether a wording found it that is not loose.
        value: "yes" or "no": what would be taken.
        heard: What the reader hears there; None if it was not taught the finding.
        danger: Whether it is a red flag.
    """
    settled, unsure, unheard = state in ("present", "absent"), state == "unsure", state is None
    about = 0.0 if heard is None else _clipped(heard.about)
    most = 0.0 if heard is None else _clipped(heard.most)
    denied = 0.0 if heard is None else _clipped(heard.denied) / 2
    agrees = denied if value == "no" else -denied
    return (
        float(state == "present"),
        float(state == "absent"),
        float(unsure),
        float(unheard),
        float(firm and settled),
        about * settled,
        most * settled,
        agrees * (state == "present"),
        agrees * (state == "absent"),
        about * unsure,
        agrees * unsure,
        about * unheard,
        abs(denied) * unheard,
        float(heard is None and not unheard),
        float(danger),
        1.0,
    )


def chance(evidence: Sequence[float]) -> float:
    """Probability that a careful reader would take it from the words."""
    odds = sum(w * x for w, x in zip(_weights(), evidence, strict=True))
    return 1 / (1 + exp(-odds))


def _clipped(odds: float) -> float:
    return max(-CLIP, min(CLIP, odds))


@cache
def _weights() -> tuple[float, ...]:
    stored = (files("lumbago.language") / "data" / "weights.json").read_bytes()
    by_name = msgspec.json.decode(stored, type=dict[str, float])
    return tuple(by_name[name] for name in NAMES)
