"""What the spine model says beside what was published, and how far the two lie apart.

No parameter of the model was fitted to these figures; each has its own source in spine_parameters.csv.
The two regressions are models too: agreement with them shows that this one is in the company of its kind.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from lumbago.prevention.packaged import Record, read_rows
from lumbago.prevention.spine import SpineLoad, spine_load, spine_load_draws
from lumbago.prevention.spine_data import LEVELS, parameters
from lumbago.prevention.spine_person import NamedPosture, Person, named_posture
from lumbago.prevention.spine_weights import Hands

__all__ = ["STUDIES", "Compared", "Summary", "compare_spine", "hcbcf_n", "mcgill_n", "summarise"]

#: Wilke's volunteer; the other studies compare ratios, or formulae fed with the same person.
VOLUNTEER = Person("male", 173.9, 70.0)
DRAWS = 100
STUDIES = {
    "wilke": "pressure in the disc L4/L5 of one man (Wilke 1999)",
    "nachemson": "pressure in the disc L3/L4 against standing (Nachemson 1976)",
    "carry": "compression at L4/L5 in a model led by muscle activity (McGill 2013, six people)",
    "implant": "force on an implant at L1 against standing (Dreischarf 2015)",
    "hcbcf": "hand formula fitted to 3DSSPP (Merryweather 2009), at L5/S1",
    "mcgill": "polynomial fitted to a model led by muscle activity (McGill 1996), at L4/L5",
}


class Published(Record, frozen=True):
    """One published figure; without `low` it is computed from the study's formula."""

    id: str
    study: str
    what: str
    load_kg: float
    level: str
    quantity: Literal["pressure_mpa", "ratio_to_standing", "ratio_to_both_hands", "compression_n"]
    statics: Literal["yes", "no"]
    source: str
    checked: Literal["seen", "recalled"]
    posture: str | None = None
    hands: Hands = "both"
    low: float | None = None
    high: float | None = None
    why: str = ""


class Compared(NamedTuple):
    """One figure, published and computed with its 95% interval; without a posture nothing was computed."""

    study: str
    what: str
    quantity: str
    published: float
    computed: float | None
    low: float | None
    high: float | None
    error: float | None
    counts: bool
    why: str
    source: str
    checked: str


class Summary(NamedTuple):
    """How far one study lies from the model: the middle of the errors, and whether the order agrees."""

    study: str
    words: str
    rows: int
    median_error: float
    rank_correlation: float | None


def hcbcf_n(person: Person, posture: NamedPosture, load_kg: float, hands_cm: float) -> float:
    """Compression at L5/S1 by the hand formula, in N.

    Args:
        person: Whose back it is.
        posture: For the lean of the trunk.
        load_kg: What the hands hold.
        hands_cm: From L5/S1 forward to the hands.

    Source:
        Merryweather, Loertscher & Bloswick 2009, Work 34:263 (recalled; the paper ends with one formula for
        each sex, this is the one without).
    """
    trunk = 0.0167 * person.mass_kg * person.stature_cm * np.sin(np.radians(posture.trunk_deg))
    load = 0.145 * load_kg * hands_cm
    return float(9.81 * (trunk + load + 0.8 * (person.mass_kg / 2 + load_kg) + 23))


def mcgill_n(moment_nm: float) -> float:
    """Compression at L4/L5 from the moment that bends forward, in N.

    Args:
        moment_nm: Moment at L4/L5, without bending aside or turning.

    Source:
        McGill, Norman & Cholewicki 1996, Ergonomics 39:1107 (recalled).
    """
    return 1067.6 + 1.219 * moment_nm + 0.083 * moment_nm**2 - 0.0001 * moment_nm**3


def compare_spine(rng: np.random.Generator | None = None) -> tuple[Compared, ...]:
    """Every published figure beside the computed one, in the order of spine_published.csv.

    Args:
        rng: Where chance comes from for the intervals of the pressures; left out, there are none.

    Returns:
        Errors are shares of the published figure; a range counts as its middle. Intervals are percentiles of
        draws of all parameters, the area of the disc and the factor of the pressure among them.
    """
    return tuple(_compared(row, rng) for row in read_rows("spine_published.csv", Published))


def summarise(rows: Sequence[Compared]) -> tuple[Summary, ...]:
    """The middle error and the rank correlation (Spearman) of each study, over the rows that count."""
    found = []
    for study, words in STUDIES.items():
        counted = [row for row in rows if row.study == study and row.counts]
        if not counted:
            continue
        published = np.array([row.published for row in counted])
        computed = np.array([row.computed for row in counted], dtype=float)
        error = float(np.median(np.abs(computed / published - 1)))
        ranks = _rank_correlation(published, computed) if len(counted) > 3 else None
        found.append(Summary(study, words, len(counted), error, ranks))
    return tuple(found)


def _compared(row: Published, rng: np.random.Generator | None) -> Compared:
    published, computed, interval = _middle(row), None, None
    if row.posture is not None:
        posture = named_posture(row.posture)
        load = spine_load(posture.angles, VOLUNTEER, load_kg=row.load_kg, hands=row.hands)
        computed = _QUANTITIES[row.quantity](load, row)
        if row.low is None:
            published = _by_formula(row, posture, load)
        if rng is not None and row.quantity == "pressure_mpa":
            interval = _interval(row, posture, rng)
    return Compared(
        study=row.study,
        what=row.what,
        quantity=row.quantity,
        published=published,
        computed=computed,
        low=interval and interval[0],
        high=interval and interval[1],
        error=None if computed is None else computed / published - 1,
        counts=row.statics == "yes" and computed is not None,
        why=row.why,
        source=row.source,
        checked=row.checked,
    )


def _interval(
    row: Published, posture: NamedPosture, rng: np.random.Generator
) -> tuple[float, float]:
    drawn = spine_load_draws(posture.angles, VOLUNTEER, load_kg=row.load_kg, draws=DRAWS, rng=rng)
    force = drawn.compression_n[0, :, LEVELS.index(row.level)]
    area, factor = (parameters()[name] for name in ("disc_area", "pressure_factor"))
    areas = rng.normal(area.value, area.spread, DRAWS) * rng.normal(
        factor.value, factor.spread, DRAWS
    )
    low, high = np.percentile(force / areas / 100, [2.5, 97.5])
    return float(low), float(high)


def _middle(row: Published) -> float:
    low = row.low or 0.0
    return (low + (row.high or low)) / 2


def _by_formula(row: Published, posture: NamedPosture, load: SpineLoad) -> float:
    if row.study == "mcgill":
        return mcgill_n(float(load.moment_nm[0, LEVELS.index("l4_l5")]))
    return hcbcf_n(VOLUNTEER, posture, row.load_kg, float(load.hands_m[0, 0] * 100))


def _compression(load: SpineLoad, row: Published) -> float:
    return float(load.compression_n[0, LEVELS.index(row.level)])


def _ratio(load: SpineLoad, row: Published) -> float:
    standing = spine_load(named_posture("standing").angles, VOLUNTEER)
    return _compression(load, row) / _compression(standing, row)


def _one_hand(load: SpineLoad, row: Published) -> float:
    posture = named_posture(row.posture or "standing")
    both = spine_load(posture.angles, VOLUNTEER, load_kg=row.load_kg)
    return _compression(load, row) / _compression(both, row)


def _pressure(load: SpineLoad, row: Published) -> float:
    return float(load.pressure_kpa()[0, LEVELS.index(row.level)] / 1000)


_QUANTITIES: dict[str, Callable[[SpineLoad, Published], float]] = {
    "compression_n": _compression,
    "ratio_to_standing": _ratio,
    "ratio_to_both_hands": _one_hand,
    "pressure_mpa": _pressure,
}


def _rank_correlation(one: Any, other: Any) -> float:
    """Spearman's: the correlation of the ranks, ties sharing the mean of theirs."""
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: Any) -> Any:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return (last - (count - 1) / 2)[place]
