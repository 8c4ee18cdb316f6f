"""Published worked examples of the lifting and posture methods, computed again: a table of the two.

The manual's worksheets round every multiplier to two decimals and go on with the rounded values; so does
this module, and it shows the value at full precision beside it.
"""

import csv
import io
import json
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from lumbago.prevention.acceptable_examples import (
    acceptable_example,
    trolley_example,
    variable_example,
)
from lumbago.prevention.lifft import cumulative_damage
from lumbago.prevention.lifting import multipliers
from lumbago.prevention.lifting_inputs import duration_class, frequency_with_breaks
from lumbago.prevention.lifting_job import composite_index
from lumbago.prevention.lifting_tables import load_lifting
from lumbago.prevention.posture_scores import reba_score
from lumbago.prevention.posture_tables import load_posture
from lumbago.prevention.vibration_examples import vibration_example

__all__ = ["Comparison", "compare_examples"]

Computed = dict[str, tuple[Any, Any]]  # by quantity: as the source computes, and at full precision
FACTORS = {
    "HM": "horizontal",
    "VM": "vertical",
    "DM": "distance",
    "AM": "asymmetry",
    "FM": "frequency",
    "CM": "coupling",
}
KG_PER_LB, CM_PER_IN = 0.45359237, 2.54


class Comparison(NamedTuple):
    """One published figure beside ours; `differs` says why where the two are not meant to agree."""

    method: str
    case: str
    quantity: str
    published: str
    computed: str
    exact: str
    agrees: bool
    differs: str
    source: str
    checked: str


def compare_examples(kind: Literal["lifting", "posture", "vibration"]) -> list[Comparison]:
    """Every published figure of one kind of method, and what this package computes."""
    text = (files("lumbago.prevention") / "data" / f"{kind}_examples.csv").read_text(
        encoding="utf-8"
    )
    return [row for record in csv.DictReader(io.StringIO(text)) for row in _compare(record)]


def _compare(record: dict[str, str]) -> list[Comparison]:
    published: dict[str, str] = json.loads(record["published_json"])
    differs: dict[str, str] = json.loads(record["differs_json"] or "{}")
    computed = METHODS[record["method"]](json.loads(record["inputs_json"]), set(published))
    rows = []
    for quantity, printed in published.items():
        value, exact = computed[quantity]
        shown = value if isinstance(value, str) else _rounded(value, _decimals(printed))
        rows.append(
            Comparison(
                record["method"],
                record["case"],
                quantity,
                printed,
                shown,
                exact if isinstance(exact, str) else f"{exact:.6g}",
                shown == printed,
                differs.get(quantity, ""),
                record["source"],
                record["checked"],
            )
        )
    return rows


def _rnle(given: dict[str, Any], wanted: set[str]) -> Computed:
    if "tasks" in given:
        return _cli(given)
    if "sessions" in given:
        name, minutes = duration_class(given["sessions"])
        return {"category": (name, name), "work_min": (minutes, minutes)}
    if "recovery_min" in wanted:
        spell = next(s for s in load_lifting().duration if given["work_min"] <= s.most_h * 60)
        rest = spell.recovery_share * given["work_min"]
        return {"recovery_min": (rest, rest)}
    if "F" in wanted:
        f = frequency_with_breaks(
            given["lifts_per_min"], given["work_min"], period_min=given["period_min"]
        )
        return {"F": (f, f)}
    return _lift(given)


def _lift(given: dict[str, Any]) -> Computed:
    us = given["units"] == "US"
    length = "in" if us else "cm"
    best = 30.0 if us else 75.0
    m = multipliers(
        horizontal=given.get(f"H_{length}", 1.0),
        vertical=given.get(f"V_{length}", best),
        distance=given.get(f"D_{length}", 0.0),
        asymmetry_deg=given.get("A_deg", 0.0),
        frequency_per_min=given.get("F_per_min", 0.2),
        duration_h=given.get("duration_h", 1.0),
        coupling=given.get("coupling", "good"),
        units="us" if us else "metric",
    )
    factors = {symbol: float(getattr(m, name)) for symbol, name in FACTORS.items()}
    printed = {symbol: float(_rounded(value, 2)) for symbol, value in factors.items()}
    printed["HM"] = given.get("HM_table", printed["HM"])
    found: Computed = {symbol: (printed[symbol], factors[symbol]) for symbol in factors}
    limit = m.load_constant
    for value in printed.values():
        limit *= value
    found["RWL_lb"] = (limit, float(m.weight_limit))
    if "load_lb" in given:
        found["LI"] = (given["load_lb"] / limit, given["load_lb"] / float(m.weight_limit))
    return found


def _cli(given: dict[str, Any]) -> Computed:
    total, _ = composite_index(
        given["tasks"][0]["STLI"],
        fili=[task["FILI"] for task in given["tasks"]],
        frequency_multipliers=[given["FM_1"], given["FM_12"], given["FM_123"]],
    )
    return {"CLI": (total, total)}


def _lifft(given: dict[str, Any], _wanted: set[str]) -> Computed:
    result = cumulative_damage(
        load_kg=given.get("load_kg", given.get("load_lb", 0) * KG_PER_LB),
        lever_cm=given.get("dist_cm", given.get("lever_in", 0) * CM_PER_IN),
        lifts_per_day=given["reps"],
    )
    values = {
        "PLM_Nm": float(result.moment_nm[0]),
        "CD": result.damage,
        "risk": result.probability,
        "prob_high_risk": result.probability,
    }
    return {name: (value, value) for name, value in values.items()}


def _reba(given: dict[str, Any], _wanted: set[str]) -> Computed:
    tables = load_posture().scores
    found: dict[str, int] = {}
    parts = {"neck", "trunk", "legs", "upper_arm", "lower_arm", "wrist"}
    if parts <= set(given):
        score = reba_score(**given)
        found = {
            "table_A": int(score.table_a),
            "table_B": int(score.table_b),
            "table_C": int(score.score_c),
            "reba": int(score.reba),
        }
    elif "neck" in given:
        found["table_A"] = int(tables["reba_a"][_cell(given, "neck", "trunk", "legs")])
    elif "wrist" in given:
        found["table_B"] = int(tables["reba_b"][_cell(given, "upper_arm", "lower_arm", "wrist")])
        found["score_B"] = found["table_B"] + given.get("coupling", 0)
    else:
        found["table_C"] = int(tables["reba_c"][_cell(given, "score_A", "score_B")])
        found["reba"] = found["table_C"] + given.get("activity", 0)
    return {name: (value, value) for name, value in found.items()}


def _cell(given: dict[str, Any], *names: str) -> tuple[int, ...]:
    return tuple(given[name] - 1 for name in names)


METHODS: dict[str, Callable[[dict[str, Any], set[str]], Computed]] = {
    "RNLE": _rnle,
    "LiFFT": _lifft,
    "LM-MMH": acceptable_example,
    "VLI": variable_example,
    "L23": trolley_example,
    "REBA": _reba,
    "WBV": vibration_example,
}


def _decimals(printed: str) -> int:
    return len(printed.partition(".")[2])


def _rounded(value: float, decimals: int) -> str:
    """Half away from zero, as the manual's tables do: .925 is .93."""
    exact = Decimal(repr(round(float(value), 9)))
    return str(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))
