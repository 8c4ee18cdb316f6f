"""Published figures of acceptable loads and of the variable index, computed again for the table of examples."""

from statistics import NormalDist
from typing import Any

from lumbago.prevention.acceptable_loads import acceptable_lift
from lumbago.prevention.acceptable_tables import load_acceptable
from lumbago.prevention.lifting_variable import class_edges
from lumbago.prevention.pushing import trolley_force_n

__all__ = ["acceptable_example", "trolley_example", "variable_example"]

Computed = dict[str, tuple[Any, Any]]
Z_PRINTED = (
    0.675  # the normal score in the paper's example; its Table 4 follows the exact one, 0.67449
)
NORMAL = NormalDist()


def acceptable_example(given: dict[str, Any], _wanted: set[str]) -> Computed:
    """The paper's lift, whose factors it rounds to three decimals, or one row of its Table 4."""
    if "equation" in given:
        equation = load_acceptable().equations[given["equation"]]
        most = equation.reference_kg * (1 - equation.cv * NORMAL.inv_cdf(0.75))
        return {"most_for_75_kg": (most, most)}
    found = acceptable_lift(
        given["task"],
        given["sex"],
        reach_cm=given["reach_cm"],
        from_cm=given["from_cm"],
        to_cm=given["to_cm"],
        frequency_per_min=given["F_per_min"],
    )
    exact = {name: float(value) for name, value in found.factors.items()}
    load = load_acceptable().equations[f"{given['task']}_{given['sex']}"].reference_kg
    for value in exact.values():
        load *= round(value, 3)
    load = round(load, 2)
    values: Computed = {name: (value, value) for name, value in exact.items()}
    values["acceptable_kg"] = (load, float(found.load_kg))
    values["spread_kg"] = (found.cv * load, found.cv * float(found.load_kg))
    values["share_percent"] = (100 * float(found.share_for(given["load_kg"])),) * 2
    values["most_for_75_kg"] = (load * (1 - found.cv * Z_PRINTED), float(found.for_share(0.75)))
    values["velocity_m_per_min"] = (float(found.velocity_m_per_min),) * 2
    return values


def variable_example(given: dict[str, Any], _wanted: set[str]) -> Computed:
    """Borders of the classes of the variable index between its lowest and highest lift."""
    edges = class_edges([given["lowest"], given["highest"]]).tolist()
    return {f"border_{place}": (edge, edge) for place, edge in enumerate(edges[1:-1], 1)}


def trolley_example(given: dict[str, Any], _wanted: set[str]) -> Computed:
    """The force that a trolley takes, as a mass whose weight it is."""
    force = trolley_force_n(given["weight_kg"], given["floor"]) / load_acceptable().newtons_per_kg
    return {"force_kg": (force, force)}
