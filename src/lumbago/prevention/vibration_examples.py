"""Published worked examples of whole-body vibration, computed again for the table of examples."""

from typing import Any

from lumbago.prevention.exposure import daily_a8, daily_vdv, exposure_points
from lumbago.prevention.weighting import analogue_weight

__all__ = ["vibration_example"]

Computed = dict[str, tuple[Any, Any]]


def vibration_example(given: dict[str, Any], _wanted: set[str]) -> Computed:
    """What this package computes for the inputs of one example."""
    if "f_hz" in given:
        values = {
            "Wk_x1000": 1000 * float(analogue_weight(given["f_hz"], "wk")),
            "Wd_x1000": 1000 * float(analogue_weight(given["f_hz"], "wd")),
        }
    elif "vdv" in given:
        day = daily_vdv([[0.0, 0.0, given["vdv"]]], [given["T_meas_h"]], [given["T_exp_h"]])
        values = {"vdv_day": float(day.max())}
    elif "a_k" in given:
        values = {"points": float(exposure_points(given["a_k"], given["T_h"]))}
    else:
        tasks = given.get("tasks", [given])
        rms = [[task["ax"], task["ay"], task["az"]] for task in tasks]
        axes = daily_a8(rms, [task["T_h"] for task in tasks])
        values = dict(zip(("Ax8", "Ay8", "Az8"), axes.tolist(), strict=True))
        values["A8"] = max(axes.tolist())
    return {name: (value, value) for name, value in values.items()}
