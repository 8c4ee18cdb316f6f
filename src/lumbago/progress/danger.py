"""Danger signs in a diary: which to offer, and what a new one asks for, by the rules of the assessment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import get_args

from lumbago.assessment import assess
from lumbago.assessment.change import applies
from lumbago.assessment.rules import flag_rules
from lumbago.case import Case, Region
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.schema import DISPOSITIONS, Finding
from lumbago.progress.diary import Diary
from lumbago.reasoning.flags import fired

__all__ = ["HELP_TODAY", "Reassess", "danger_signs", "reassess"]

ANYWHERE: tuple[Region, ...] = get_args(Region)
#: Levels of care that do not wait for another day.
HELP_TODAY = ("ambulance", "emergency", "urgent")


@dataclass(frozen=True)
class Reassess:
    """Danger signs that were ticked since the last assessment, and the level of care with them.

    Attributes:
        level: The level of care of the case with these signs added.
        rules: Flag rules that hold, most urgent first.
        provisional: Whether safety questions are still open, so that it could be more urgent.
    """

    signs: tuple[str, ...]
    level: str
    headline: str
    place: str
    because: tuple[str, ...]
    rules: tuple[str, ...]
    provisional: bool

    @property
    def words(self) -> str:
        """What was ticked, what to do and why, in a few sentences."""
        names = ", ".join(load_knowledge().finding(sign).name.lower() for sign in self.signs)
        ticked = f"You ticked: {names}. "
        act = f"{self.headline}. {self.place} "
        why = f"{self.because[0]} " if self.because else ""
        if self.level in HELP_TODAY:
            return (act + why + ticked).strip()
        return (ticked + "Go through the questions again now. So far: " + act + why).strip()


def danger_signs(case: Case) -> tuple[Finding, ...]:
    """Signs to offer in a check-in: each would, by itself, call for help today or sooner.

    Args:
        case: The person: where it hurts, age and sex. What cannot concern them is left out.
    """
    return tuple(f for f in _alone_urgent(case.regions or ANYWHERE) if applies(f, case))


def reassess(diary: Diary, today: date) -> Reassess | None:
    """What the danger signs between the last assessment and today ask for; None if there are none.

    The signs are added to what was known, and the flag rules and the ranking judge the whole again.
    """
    signs = _since_last(diary, today)
    if diary.about is None or not signs:
        return None
    case = diary.about.case
    answer = assess(
        age=case.age,
        sex=case.sex,
        region=case.regions,
        findings={**case.findings, **dict.fromkeys(signs, "yes")},
    )
    return _reassess(signs, answer.disposition)


def _since_last(diary: Diary, today: date) -> tuple[str, ...]:
    """A sign that was known before counts again when it is ticked: it may be new or worse."""
    judged = diary.assessed
    since = (c for c in diary.check_ins if c.day <= today and (judged is None or c.at > judged))
    return tuple(dict.fromkeys(sign for c in since for sign in c.danger_signs))


def _reassess(signs: Sequence[str], disposition: Mapping[str, object]) -> Reassess:
    because, rules = disposition["because"], disposition["rules"]
    return Reassess(
        signs=tuple(signs),
        level=str(disposition["level"]),
        headline=str(disposition["headline"]),
        place=str(disposition["place"]),
        because=tuple(because) if isinstance(because, list) else (),
        rules=tuple(rules) if isinstance(rules, list) else (),
        provisional=bool(disposition["provisional"]),
    )


@lru_cache(maxsize=16)
def _alone_urgent(regions: tuple[Region, ...]) -> tuple[Finding, ...]:
    urgent = DISPOSITIONS.index("urgent")
    found = []
    for finding in load_knowledge().findings:
        new = finding.kind == "yes_no" and finding.red_flag and not finding.lasting
        if not new or finding.who not in ("person", "helper"):
            continue
        holding = fired(flag_rules(), Case(regions=regions, findings={finding.id: "yes"}))
        if holding and holding[0].level <= urgent:
            found.append(finding)
    return tuple(found)
