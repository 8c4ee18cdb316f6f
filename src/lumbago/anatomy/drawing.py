"""A body chart that somebody has marked, and the findings that it gives. Mirror the body, mirror the answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from lumbago.anatomy.atlas import SIDES, ChartRule, Symptom, load_atlas
from lumbago.errors import CaseError

__all__ = ["Drawing", "Mark", "findings_of"]

#: Lowest pain out of ten of each category of the finding pain_severity, worst first.
SEVERITY = (("severe", 7), ("moderate", 4), ("mild", 1))


@dataclass(frozen=True)
class Mark:
    """What is felt in one zone. `pain` is 0 to 10, 0 for none."""

    pain: int = 0
    numbness: bool = False
    weakness: bool = False

    def has(self, symptom: Symptom) -> bool:
        """Whether this symptom is marked."""
        return bool(getattr(self, symptom))


@dataclass(frozen=True)
class Drawing:
    """Marks by zone, such as `left_calf_lower` or `low_back_middle`.

    Raises:
        CaseError: If a zone does not exist or a pain is not 0 to 10.
    """

    marks: Mapping[str, Mark] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = load_atlas().zone_by_id
        for zone, mark in self.marks.items():
            if zone not in known:
                import difflib  # only needed to mend a typing slip

                near = difflib.get_close_matches(zone, known, n=1)
                hint = f"did you mean {near[0]}?" if near else "for example left_calf_lower"
                raise CaseError(f"the body chart has no zone {zone!r}; {hint}")
            if not 0 <= mark.pain <= 10:
                raise CaseError(f"pain in {zone} must be 0 to 10; got {mark.pain!r}")
        object.__setattr__(self, "marks", MappingProxyType(dict(self.marks)))

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Drawing":
        """A drawing from plain values: zone to {"pain": 0-10, "numbness": bool, "weakness": bool}.

        Raises:
            CaseError: If it is not one.
        """
        marks = {}
        for zone, mark in plain.items():
            if not isinstance(mark, Mapping) or not set(mark) <= {"pain", "numbness", "weakness"}:
                raise CaseError(
                    f"{zone} needs pain (0 to 10), numbness or weakness (true or false); got {mark!r}"
                )
            pain = mark.get("pain", 0)
            if isinstance(pain, bool) or not isinstance(pain, int):
                raise CaseError(f"pain in {zone} must be a whole number from 0 to 10; got {pain!r}")
            marks[zone] = Mark(pain, bool(mark.get("numbness")), bool(mark.get("weakness")))
        return cls(marks)

    def to_dict(self) -> dict[str, dict[str, Any]]:
        """The drawing as plain values, ready for JSON."""
        return {
            zone: {"pain": m.pain, "numbness": m.numbness, "weakness": m.weakness}
            for zone, m in self.marks.items()
        }

    def mirrored(self) -> "Drawing":
        """The same drawing with left and right exchanged."""
        return Drawing({_other_side(zone): mark for zone, mark in self.marks.items()})

    def __reduce__(self) -> tuple[type["Drawing"], tuple[dict[str, Mark]]]:
        return Drawing, (dict(self.marks),)


def findings_of(drawing: Drawing) -> dict[str, str]:
    """The findings that a drawing gives; none from an empty one."""
    if not any(m.pain or m.numbness or m.weakness for m in drawing.marks.values()):
        return {}
    symptoms: tuple[Symptom, ...] = ("pain", "numbness", "weakness")
    marked = {symptom: _by_side(drawing, symptom) for symptom in symptoms}
    hurts = any(mark.pain for mark in drawing.marks.values())
    found: dict[str, str] = {}
    for rule in load_atlas().chart_rules:
        if any(found.get(other) == "yes" for other in rule.unless):
            continue
        if _holds(rule, marked[rule.symptom]):
            found[rule.finding] = "yes"
        elif rule.otherwise is not None and hurts:
            found[rule.finding] = rule.otherwise
    worst = max(mark.pain for mark in drawing.marks.values())
    severity = next((name for name, least in SEVERITY if worst >= least), None)
    if severity is not None:
        found["pain_severity"] = severity
    return found


def _by_side(drawing: Drawing, symptom: Symptom) -> list[set[str]]:
    """For each side its marked zones, and those of the middle, without the side in front."""
    marked = [zone for zone, mark in drawing.marks.items() if mark.has(symptom)]
    return [
        {zone.removeprefix(f"{side}_") for zone in marked if not zone.startswith(f"{other}_")}
        for side, other in (SIDES, SIDES[::-1])
    ]


def _holds(rule: ChartRule, marked: Iterable[set[str]]) -> bool:
    hits = [
        not zones.isdisjoint(rule.zones) and (not rule.along or not zones.isdisjoint(rule.along))
        for zones in marked
    ]
    return all(hits) if rule.sides == "both" else any(hits)


def _other_side(zone: str) -> str:
    side, _, base = zone.partition("_")
    return f"{'right' if side == 'left' else 'left'}_{base}" if side in SIDES else zone
