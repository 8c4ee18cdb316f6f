"""The form of a lift: its measures in two systems of units, examples to start from, and the lift it tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, NamedTuple

from lumbago.errors import MeasurementError
from lumbago.prevention.lifting_tables import system
from lumbago.prevention.lifting_task import Lift
from lumbago.prevention.spine_person import Person
from lumbago.web.prevent.fields import CM_PER_IN, KG_PER_LB, Slider, number, one_of

__all__ = [
    "AT_END",
    "EXAMPLES",
    "FIRST",
    "HOLDS",
    "KNEES",
    "MEASURES",
    "SEXES",
    "SPELLS",
    "START",
    "WHO",
    "Form",
    "lift_form",
    "switched",
]

UNITS = {"metric": "cm and kg", "us": "inches and pounds"}
HOLDS = {
    "good": "Good: handles or cut-outs",
    "fair": "Fair: fingers bent under the edge",
    "poor": "Poor: bulky, slippery or saggy",
}
SPELLS = {"1": "Up to 1 hour", "2": "1 to 2 hours", "8": "2 to 8 hours"}
KNEES = {"no": "Bending the back", "yes": "Bending the knees"}
SEXES = {"female": "Woman", "male": "Man"}
LENGTHS = ("horizontal", "vertical", "to_vertical", "to_horizontal", "stature")
LOADS = ("load", "mass")


class Measure(NamedTuple):
    """A measure: its words, and in each system the least, the most and the step."""

    label: str
    hint: str
    metric: tuple[float, float, float]
    us: tuple[float, float, float]

    def range(self, units: str) -> tuple[float, float, float]:
        """Least, most and step."""
        return self.us if units == "us" else self.metric


FORWARD = "From between the ankles to below the middle of the hands."
MEASURES = {
    "load": Measure("Load", "", (1, 60, 0.5), (2, 130, 1)),
    "horizontal": Measure("How far forward", FORWARD, (20, 75, 1), (8, 30, 1)),
    "vertical": Measure(
        "Height at the start", "Of the hands above the floor.", (0, 180, 1), (0, 72, 1)
    ),
    "to_vertical": Measure("Height at the end", "", (0, 180, 1), (0, 72, 1)),
    "asymmetry": Measure(
        "Turned to the side",
        "0 is straight ahead, 90 is right beside you.",
        (0, 135, 5),
        (0, 135, 5),
    ),
    "frequency": Measure(
        "Lifts a minute", "One in five minutes is 0.2.", (0.2, 15, 0.1), (0.2, 15, 0.1)
    ),
    "to_horizontal": Measure("Forward at the end", "", (20, 75, 1), (8, 30, 1)),
    "to_asymmetry": Measure("Turned at the end", "", (0, 135, 5), (0, 135, 5)),
    "stature": Measure("Height of the person", "", (140, 205, 1), (55, 81, 1)),
    "mass": Measure("Weight of the person", "", (40, 160, 1), (88, 350, 1)),
}
FIRST = ("load", "horizontal", "vertical", "to_vertical", "asymmetry", "frequency")
AT_END, WHO = ("to_horizontal", "to_asymmetry"), ("stature", "mass")
START = {
    "units": "metric",
    "load": "15",
    "horizontal": "40",
    "vertical": "20",
    "to_vertical": "75",
    "asymmetry": "0",
    "frequency": "0.2",
    "hours": "1",
    "coupling": "fair",
    "stature": "170",
    "mass": "72",
    "sex": "female",
    "knees": "no",
}
US = {"units": "us", "stature": "67", "mass": "160"}
#: Examples of the manual (data/lifting_examples.csv), in its own inches and pounds.
EXAMPLES: dict[str, tuple[str, dict[str, str]]] = {
    "box": ("A box from low down", {}),
    "press": (
        "Loading a punch press",
        US
        | {
            "load": "44",
            "horizontal": "23",
            "vertical": "15",
            "to_vertical": "64",
            "control": "yes",
        },
    ),
    "rolls": (
        "Loading paper rolls",
        US
        | {"load": "35", "horizontal": "20", "vertical": "27", "to_vertical": "10"}
        | {"coupling": "poor", "control": "yes"},
    ),
    "bags": (
        "Bags into a hopper",
        US
        | {
            "load": "40",
            "horizontal": "18",
            "vertical": "15",
            "to_vertical": "36",
            "asymmetry": "45",
        },
    ),
    "parcels": (
        "Checking parcels",
        US
        | {
            "load": "26",
            "horizontal": "10",
            "vertical": "22",
            "to_vertical": "59",
            "frequency": "3",
        }
        | {"to_horizontal": "20", "control": "yes"},
    ),
}


@dataclass(frozen=True)
class Form:
    """What a form holds, as it was written."""

    fields: Mapping[str, str]

    @property
    def units(self) -> str:
        """`metric` or `us`."""
        return one_of(self.fields, "units", UNITS, "metric")

    def choice(self, name: str, known: Mapping[str, str], otherwise: str) -> list[dict[str, Any]]:
        """The choices of one question, with the one that was made."""
        made = one_of(self.fields, name, known, otherwise)
        return [{"value": v, "label": w, "checked": v == made} for v, w in known.items()]

    def sliders(self, names: tuple[str, ...]) -> list[Slider]:
        """Measures with their ranges in these units."""
        return [self._slider(name) for name in names]

    def _slider(self, name: str) -> Slider:
        measure = MEASURES[name]
        least, most, step = measure.range(self.units)
        written = self.fields.get(name, "")
        # A measure of the end that is left empty is as at the start.
        at = written.strip() or self.fields.get(name.removeprefix("to_"), "")
        unit = self.unit(name)
        return Slider(name, measure.label, unit, written, least, most, step, measure.hint, at)

    def unit(self, name: str) -> str:
        """The unit of a measure, as it is written behind a number."""
        s = system(self.units)
        if name in LENGTHS:
            return s.length
        if name in LOADS:
            return s.mass
        return "°" if name.endswith("asymmetry") else "a minute"

    def number(self, name: str) -> float | None:
        """One measure; None where the box is empty.

        Raises:
            MeasurementError: If it is no number, or outside its range.
        """
        words = MEASURES[name].label
        least, most, _ = MEASURES[name].range(self.units)
        what = words[:1].lower() + words[1:]
        return number(self.fields, name, f"{what} ({self.unit(name)})", least=least, most=most)

    def needed(self, name: str) -> float:
        """One measure that cannot be left out.

        Raises:
            MeasurementError: If it is empty, no number, or outside its range.
        """
        value = self.number(name)
        if value is None:
            words = MEASURES[name].label
            raise MeasurementError(f"give a number for “{words}”, in {self.unit(name)}")
        return value

    def lift(self) -> Lift:
        """The lift.

        Raises:
            MeasurementError: If a measure is missing or cannot be.
        """
        control = self.fields.get("control") == "yes"
        return Lift(
            load=self.needed("load"),
            horizontal=self.needed("horizontal"),
            vertical=self.needed("vertical"),
            to_vertical=self.number("to_vertical"),
            to_horizontal=self.number("to_horizontal") if control else None,
            to_asymmetry_deg=self.number("to_asymmetry") if control else None,
            asymmetry_deg=self.number("asymmetry") or 0.0,
            frequency_per_min=self.number("frequency") or 0.2,
            duration_h=float(one_of(self.fields, "hours", SPELLS, "1")),
            coupling=one_of(self.fields, "coupling", HOLDS, "fair"),
            control=control,
            units=self.units,
        )

    @property
    def bent_knees(self) -> bool:
        """Whether a low load is reached by bending the knees."""
        return one_of(self.fields, "knees", KNEES, "no") == "yes"

    def person(self) -> Person:
        """Whose back it is."""
        length, mass = (CM_PER_IN, KG_PER_LB) if self.units == "us" else (1.0, 1.0)
        sex = one_of(self.fields, "sex", SEXES, "female")
        return Person(sex, self.needed("stature") * length, self.needed("mass") * mass)


def lift_form(form: Form) -> dict[str, Any]:
    """What the form shows."""
    return {
        "units": form.units,
        "other_units": UNITS["metric" if form.units == "us" else "us"],
        "first": form.sliders(FIRST),
        "at_end": form.sliders(AT_END),
        "who": form.sliders(WHO),
        "control": form.fields.get("control") == "yes",
        "holds": form.choice("coupling", HOLDS, "fair"),
        "spells": form.choice("hours", SPELLS, "1"),
        "knees": form.choice("knees", KNEES, "no"),
        "sexes": form.choice("sex", SEXES, "female"),
        "examples": [(name, words) for name, (words, _) in EXAMPLES.items()],
    }


def switched(fields: Mapping[str, str]) -> dict[str, str]:
    """The same measures in the other units, to whole inches or halves of a kilogram."""
    form = Form(fields)
    us = form.units == "metric"
    new = dict(fields) | {"units": "us" if us else "metric"}
    for name in (*LENGTHS, *LOADS):
        factor = CM_PER_IN if name in LENGTHS else KG_PER_LB
        try:
            value = float(fields.get(name, "").replace(",", "."))
        except ValueError:
            continue
        least, most, step = MEASURES[name].range(new["units"])
        turned = value / factor if us else value * factor
        new[name] = (
            f"{min(max(round(turned / step) * step, least), most):g}" if isfinite(value) else ""
        )
    return new
