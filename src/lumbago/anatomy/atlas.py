"""The anatomy files as records. Zones are named for one side of the body: `left_` and `right_` go in front."""

import csv
import io
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

import msgspec

from lumbago.errors import EvidenceError, UnknownIdError

__all__ = ["Atlas", "ChartRule", "Felt", "Link", "Sign", "Structure", "Zone", "load_atlas"]

Symptom = Literal["pain", "numbness", "weakness"]
View = Literal["front", "back"]
Grade = Literal["published", "derived", "elicited"]
SIDES = ("left", "right")


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of the anatomy files."""


class Zone(Record, frozen=True):
    """A part of the drawn body. A middle zone lies on the midline; any other has a left and a right."""

    zone: str
    view: View
    middle: Literal["yes", "no"]
    name: str
    part: str
    definition: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The zone as it is marked: once for the middle, else for each side."""
        return (self.zone,) if self.middle == "yes" else tuple(f"{s}_{self.zone}" for s in SIDES)


class Structure(Record, frozen=True):
    """A vertebra, disc, joint, nerve, muscle, vessel or organ."""

    structure: str
    name: str
    kind: str
    region: str
    description: str


class Link(Record, frozen=True):
    """How one structure depends on another: supplied_by, formed_from, pressed_by, exits_between."""

    structure: str
    relation: str
    other: str
    frequency: float | None = None
    source: str = ""
    checked: str = ""
    note: str = ""


class Felt(Record, frozen=True):
    """How often a structure at fault is felt in a zone."""

    structure: str
    zone: str
    symptom: Symptom
    frequency: float
    low: float
    high: float
    grade: Grade
    n: float | None = None
    source: str = ""
    checked: str = ""
    population: str = ""
    note: str = ""


class Sign(Record, frozen=True):
    """How often a structure at fault shows as weakness or a lost reflex."""

    structure: str
    sign: str
    symptom: Literal["weakness", "reflex"]
    frequency: float
    low: float
    high: float
    grade: Grade
    n: float | None = None
    source: str = ""
    checked: str = ""
    population: str = ""
    note: str = ""


class ChartRule(Record, frozen=True, rename={"along": "with"}):
    """What marks on the body chart say: the finding is present if `symptom` is marked in a zone.

    With `sides: both` it must be marked on both sides; with `along`, in one of those zones too (on the
    same side, or the middle). It is left out where a finding of `unless` is present, which says the same
    and more. `otherwise` is the value of a chart without such a mark.
    """

    finding: str
    symptom: Symptom
    zones: list[str]
    along: list[str] = []
    unless: list[str] = []
    sides: Literal["any", "both"] = "any"
    otherwise: Literal["no"] | None = None


class Views(Record, frozen=True):
    """One view of the drawn figure: paths in SVG's own language; half zones are for x >= width / 2."""

    zones: dict[str, str]
    outline: str
    lines: list[str]


class FigurePaths(Record, frozen=True):
    """The drawn figure."""

    width: float
    height: float
    front: Views
    back: Views


class Atlas(msgspec.Struct, frozen=True, dict=True):
    """Everything in the anatomy files."""

    zones: list[Zone]
    structures: list[Structure]
    links: list[Link]
    felt: list[Felt]
    signs: list[Sign]
    chart_rules: list[ChartRule]
    figure: FigurePaths

    @cached_property
    def zone_by_id(self) -> dict[str, Zone]:
        """Zones by the id that is marked, such as left_calf_lower or low_back_middle."""
        return {marked: zone for zone in self.zones for marked in zone.ids}

    @cached_property
    def structure_by_id(self) -> dict[str, Structure]:
        """Structures by id."""
        return {s.structure: s for s in self.structures}

    def structure(self, name: str) -> Structure:
        """The structure that somebody means by "L5", "l5 root", "sciatic" or its id.

        Raises:
            UnknownIdError: If nothing has that name; suggests the nearest.
        """
        wanted = name.strip().lower().replace("-", "_").replace("/", "_").replace(" ", "_")
        for candidate in (
            wanted,
            f"{wanted}_root",
            f"{wanted}_disc",
            f"{wanted}_nerve",
            f"{wanted}_joint",
        ):
            if candidate in self.structure_by_id:
                return self.structure_by_id[candidate]
        for s in self.structures:
            if s.name.lower() == name.strip().lower():
                return s
        import difflib  # only needed to mend a typing slip

        near = difflib.get_close_matches(wanted, self.structure_by_id, n=1)
        hint = f"did you mean {near[0]}?" if near else "try L5, sciatic or sacroiliac"
        raise UnknownIdError(f"there is no structure {name!r}; {hint}")


@cache
def load_atlas() -> Atlas:
    """The packaged anatomy.

    Raises:
        EvidenceError: If a file has a fault; lists all of them.
    """
    import yaml  # `import lumbago` need not pay for it

    data = files("lumbago.anatomy") / "data"
    raw: dict[str, Any] = {
        name: list(csv.DictReader(io.StringIO((data / f"{name}.csv").read_text(encoding="utf-8"))))
        for name in ("zones", "structures", "links", "felt", "signs")
    }
    tables = {
        name: [{k: v for k, v in row.items() if v != ""} for row in rows]
        for name, rows in raw.items()
    }
    tables["chart_rules"] = yaml.safe_load((data / "drawing.yaml").read_text(encoding="utf-8"))
    figure = msgspec.json.decode((data / "figure.json").read_bytes(), type=FigurePaths)
    try:
        return msgspec.convert({**tables, "figure": figure}, Atlas, strict=False)
    except msgspec.ValidationError as error:
        raise EvidenceError([f"anatomy files: {error}"]) from None
