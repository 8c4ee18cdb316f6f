"""Check a lift: from the form to the lifting equation, the spine and what would help."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.lifting_changes import changes
from lumbago.prevention.lifting_tables import load_lifting, system
from lumbago.prevention.lifting_task import FACTORS, End, Lift, LiftResult, assess_lift
from lumbago.prevention.spine_person import Person
from lumbago.web.prevent.fields import Slider, number, one_of
from lumbago.web.prevent.lift_back import back_of

__all__ = ["EXAMPLES", "Form", "lift_form", "lift_shown", "switched"]

UNITS = {"metric": "cm and kg", "us": "inches and pounds"}
HOLDS = {
    "good": "Good: handles or cut-outs",
    "fair": "Fair: fingers bent under the edge",
    "poor": "Poor: bulky, slippery or saggy",
}
SPELLS = {"1": "Up to 1 hour", "2": "1 to 2 hours", "8": "2 to 8 hours"}
KNEES = {"no": "Bending the back", "yes": "Bending the knees"}
SEXES = {"female": "Woman", "male": "Man"}
CM_PER_IN, KG_PER_LB = 2.54, 0.45359237
LENGTHS = ("horizontal", "vertical", "to_vertical", "to_horizontal", "stature")
LOADS = ("load", "mass")
#: For each measure: its words, its hint, and in each system the least, the most and the step.
MEASURES: dict[str, tuple[str, str, tuple[float, float, float], tuple[float, float, float]]] = {
    "load": ("Load", "", (1, 60, 0.5), (2, 130, 1)),
    "horizontal": (
        "How far forward",
        "From between the ankles to below the middle of the hands.",
        (20, 75, 1),
        (8, 30, 1),
    ),
    "vertical": ("Height at the start", "Of the hands above the floor.", (0, 180, 1), (0, 72, 1)),
    "to_vertical": ("Height at the end", "", (0, 180, 1), (0, 72, 1)),
    "asymmetry": (
        "Turned to the side",
        "0 is straight ahead, 90 is right beside you.",
        (0, 135, 5),
        (0, 135, 5),
    ),
    "frequency": ("Lifts a minute", "One in five minutes is 0.2.", (0.2, 15, 0.1), (0.2, 15, 0.1)),
    "to_horizontal": ("Forward at the end", "", (20, 75, 1), (8, 30, 1)),
    "to_asymmetry": ("Turned at the end", "", (0, 135, 5), (0, 135, 5)),
    "stature": ("Height of the person", "", (140, 205, 1), (55, 81, 1)),
    "mass": ("Weight of the person", "", (40, 160, 1), (88, 350, 1)),
}
FIRST = ("load", "horizontal", "vertical", "to_vertical", "asymmetry", "frequency")
AT_END, WHO = ("to_horizontal", "to_asymmetry"), ("stature", "mass")
WORDS = {
    "horizontal": "Distance forward",
    "vertical": "Height",
    "distance": "Way up or down",
    "asymmetry": "Turn",
    "frequency": "How often and how long",
    "coupling": "Hold",
}
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
        words, hint, *ranges = MEASURES[name]
        least, most, step = ranges[self.units == "us"]
        written = self.fields.get(name, "")
        return Slider(name, words, self.unit(name), written, least, most, step, hint)

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
        words, _, *ranges = MEASURES[name]
        least, most, _ = ranges[self.units == "us"]
        what = words[:1].lower() + words[1:]
        return number(self.fields, name, f"{what} ({self.unit(name)})", least=least, most=most)

    def needed(self, name: str) -> float:
        """One measure that cannot be left out.

        Raises:
            MeasurementError: If it is empty, no number, or outside its range.
        """
        value = self.number(name)
        if value is None:
            words = MEASURES[name][0]
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
        least, most, step = MEASURES[name][3 if us else 2]
        turned = value / factor if us else value * factor
        new[name] = (
            f"{min(max(round(turned / step) * step, least), most):g}" if isfinite(value) else ""
        )
    return new


def lift_shown(form: Form) -> dict[str, Any]:
    """The lift judged: its index, what presses the back, what would help, and how it was worked out.

    Raises:
        MeasurementError: If a measure is missing or cannot be.
    """
    lift = form.lift()
    result = assess_lift(lift)
    found = changes(result)
    longest = max([1.2, *(i for i in (result.index, *(c.index for c in found)) if isfinite(i))])
    return {
        "index": shown_index(result.index),
        "too_much": not isfinite(result.index),
        "band": result.band,
        "level": LEVELS[result.band.name],
        "mass": system(lift.units).mass,
        "limit": f"{result.governing.weight_limit:.1f}",
        "load": f"{lift.load:g}",
        "where": result.governing.where if lift.control else None,
        "now_bar": _bar(result.index, longest),
        "goal": f"{100 / (longest * 1.05):.1f}",
        "changes": [
            {"what": c.what, "index": shown_index(c.index), "bar": _bar(c.index, longest)}
            for c in found
        ],
        "ends": [_end(end) for end in result.ends],
        "constant": f"{system(lift.units).load_constant:g}",
        "inputs": _inputs(form, result),
        "source": load_lifting().source,
        "read_at": load_lifting().read_at,
        "not_covered": list(load_lifting().not_covered.values()),
        "back": back_of(
            lift, form.person(), bent_knees=one_of(form.fields, "knees", KNEES, "no") == "yes"
        ),
    }


#: Tone of each band of the manual.
LEVELS = {"within the goal": "good", "raised": "warn", "high": "danger"}


def shown_index(index: float) -> str:
    """An index as it is read."""
    return f"{index:.1f}" if isfinite(index) else "too much"


def _bar(index: float, longest: float) -> str:
    """How long a bar is, of 100."""
    return f"{min(100.0, 100 * index / (longest * 1.05)):.1f}" if isfinite(index) else "100"


def _end(end: End) -> dict[str, Any]:
    factors = [(WORDS[name], f"{float(getattr(end.multipliers, name)):.2f}") for name in FACTORS]
    return {"where": end.where, "factors": factors, "limit": f"{end.weight_limit:.1f}"}


def _inputs(form: Form, result: LiftResult) -> list[tuple[str, str]]:
    """What went in, for the printed page."""
    names = (*FIRST, *(AT_END if result.lift.control else ()))
    told = [
        (slider.label, f"{slider.value} {slider.unit}")
        for slider in form.sliders(names)
        if slider.value.strip()
    ]
    hours = f"{result.lift.duration_h:g}"
    return [*told, ("For how long at a time", SPELLS[hours]), ("Hold", HOLDS[result.lift.coupling])]
