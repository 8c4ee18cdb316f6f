"""From what a person gave (words, answers, age, region) to a complete case."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import get_args

from lumbago.anatomy.drawing import Drawing, findings_of
from lumbago.case import Case, Region, Setting, Sex
from lumbago.errors import CaseError
from lumbago.knowledge import Knowledge
from lumbago.knowledge.schema import Finding
from lumbago.language import Mention, Understanding, understand

__all__ = ["Answer", "Intake", "answer_value", "implications", "take_in"]

Answer = bool | str


@dataclass(frozen=True)
class Intake:
    """A case, with the words behind it and where each finding came from.

    Attributes:
        origins: Where each finding came from: "answer", "drawing", "text" or "implied".
        unclear: Findings that the words leave open, or both affirm and deny, with those words.
        half_heard: Danger signs that the words may mean, each with the chance that they do.
        perhaps_ours: Whether plain words name a site of pain that the reader doubts.
    """

    case: Case
    understanding: Understanding | None
    origins: Mapping[str, str]
    unclear: Mapping[str, str] = field(default_factory=dict)
    half_heard: Mapping[str, float] = field(default_factory=dict)
    perhaps_ours: bool = False


def take_in(
    knowledge: Knowledge,
    *,
    text: str | None,
    age: int | None,
    sex: Sex | None,
    setting: Setting,
    region: Region | Iterable[Region] | None,
    findings: Mapping[str, Answer] | None,
    drawing: Drawing | None = None,
    rejected: Collection[str] = (),
) -> Intake:
    """Join words, a drawing and answers into a case.

    Answers win over the drawing, and the drawing over words; what none of them says is unknown.

    Args:
        rejected: Findings that the person says their words do not mean. They are unknown again, and a
            danger sign among them is asked about: a slip of the finger must not hide it.

    Raises:
        UserError: If a finding, a category, the age or another value does not exist.
    """
    heard = understand(text) if text else None
    values: dict[str, str] = {}
    origins: dict[str, str] = {}
    if heard is not None:
        for mention in heard.settled():
            if mention.finding in rejected:
                continue
            values[mention.finding] = mention.value
            origins[mention.finding] = "text"
    drawn = {} if drawing is None else findings_of(drawing)
    values |= drawn
    origins |= dict.fromkeys(drawn, "drawing")
    for finding_id, answer in (findings or {}).items():
        values[finding_id] = answer_value(knowledge.finding(finding_id), answer)
        origins[finding_id] = "answer"
    for implied, value in implications(knowledge, values):
        values[implied] = value
        origins[implied] = "implied"
    told = _regions(knowledge, values, heard)
    given = () if region is None else (region,) if isinstance(region, str) else tuple(region)
    regions = (*given, *(r for r in told if r not in given))
    case = Case(
        age=age if age is not None or heard is None else heard.age,
        sex=sex if sex is not None or heard is None else heard.sex,
        setting=setting,
        regions=regions,
        findings=values,
    )
    return Intake(
        case,
        heard,
        origins,
        _unclear(knowledge, heard, origins, rejected),
        _half_heard(knowledge, heard, values.keys() | set(rejected)),
        _perhaps_ours(knowledge, heard, rejected),
    )


def answer_value(finding: Finding, answer: Answer) -> str:
    """The stored value of an answer: "yes", "no" or a category.

    Raises:
        CaseError: If the finding has no such answer; lists those it has.
    """
    value = {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else str(answer)
    if value not in finding.values:
        allowed = ", ".join(finding.values)
        raise CaseError(f"{finding.id} can be {allowed}; got {answer!r}")
    return value


def implications(knowledge: Knowledge, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """What follows from the known findings about those of which nothing was said."""
    known = dict(values)
    for rule in (_implied, _ruled_out, _following, _excluded, _ruled_out):
        known |= rule(knowledge, known)
    return [(name, value) for name, value in known.items() if name not in values]


def _implied(knowledge: Knowledge, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Findings that must be present because another is, and about which nothing was said."""
    waiting = [f for f, value in values.items() if value == "yes"]
    found: list[str] = []
    while waiting:
        for implied in knowledge.finding(waiting.pop()).implies:
            if implied not in values and implied not in found:
                found.append(implied)
                waiting.append(implied)
    return [(name, "yes") for name in found]


def _ruled_out(knowledge: Knowledge, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Findings that cannot be present because one that they imply is absent."""
    waiting = [f for f, value in values.items() if value == "no"]
    found: list[str] = []
    while waiting:
        for name in knowledge.implied_by.get(waiting.pop(), ()):
            if name not in values and name not in found:
                found.append(name)
                waiting.append(name)
    return [(name, "no") for name in found]


def _following(knowledge: Knowledge, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Findings that are present because several others are, and about which nothing was said."""

    def holds(premise: str) -> bool:
        name, _, category = premise.partition("=")
        return values.get(name) == (category or "yes")

    return [
        (finding.id, "yes")
        for finding in knowledge.following
        if finding.id not in values
        and all(any(map(holds, either)) for either in finding.follows_from)
    ]


def _excluded(knowledge: Knowledge, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Findings that cannot be present beside one that is."""
    present = [name for name, value in values.items() if value == "yes"]
    others = {other for name in present for other in knowledge.excluded_by.get(name, ())}
    return [(other, "no") for other in sorted(others - values.keys())]


def _unclear(
    knowledge: Knowledge,
    heard: Understanding | None,
    origins: Mapping[str, str],
    rejected: Collection[str],
) -> dict[str, str]:
    if heard is None:
        return {}
    doubtful = [
        m
        for m in heard.mentions
        if (knowledge.finding(m.finding).red_flag if m.finding in rejected else _in_doubt(m))
    ]
    return {
        m.finding: m.words if m.denied is None else f"{m.words} / {m.denied}"
        for m in doubtful
        if origins.get(m.finding, "text") == "text"
    }


def _half_heard(
    knowledge: Knowledge, heard: Understanding | None, settled: Collection[str]
) -> dict[str, float]:
    return {
        m.finding: m.likely
        for m in (heard.mentions if heard else ())
        if m.state == "unsure"
        and m.value == "yes"
        and m.finding not in settled
        and knowledge.finding(m.finding).red_flag
    }


def _in_doubt(mention: Mention) -> bool:
    return mention.state == "unsure" or mention.denied is not None


def _regions(
    knowledge: Knowledge, values: Mapping[str, str], heard: Understanding | None
) -> tuple[Region, ...]:
    """Regions in which the known findings place the pain."""
    named: set[str] = set(heard.regions) if heard is not None else set()
    named |= _with_a_site(knowledge, {name for name, value in values.items() if value == "yes"})
    return tuple(r for r in get_args(Region) if r in named)


def _perhaps_ours(
    knowledge: Knowledge, heard: Understanding | None, rejected: Collection[str]
) -> bool:
    """Whether the words may place a pain in a region: too little to place it, enough to go on asking."""
    if heard is None:
        return False
    doubtful = {m.finding for m in heard.mentions if _may_place(m)}
    return bool(_with_a_site(knowledge, doubtful.difference(rejected)))


def _with_a_site(knowledge: Knowledge, present: set[str]) -> set[str]:
    return {r.id for r in knowledge.regions if not present.isdisjoint(r.sites)}


def _may_place(mention: Mention) -> bool:
    """Whether plain words name it as this person's and only the reader doubts them."""
    return (
        mention.state == "unsure"
        and mention.value == "yes"
        and mention.firm
        and mention.origin == "text"
        and mention.denied is None
    )
