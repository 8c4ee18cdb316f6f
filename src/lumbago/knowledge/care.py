"""The shape of the care evidence: what helps, how pain goes on, what people believe, whom to call."""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal, TypeVar

import msgspec

from lumbago.knowledge.schema import Checked, Identified, Record

__all__ = ["AdviceLine", "Care", "Claim", "Course", "Service", "Topic", "Treatment"]


class Topic(Identified, frozen=True, kw_only=True):
    """What a treatment or a course is about, and the conditions it applies to.

    With `within`, every condition must belong to that group. A topic without conditions says why.
    """

    name: str
    conditions: list[str]
    within: str | None = None
    note: str = ""


class Figure(Identified, frozen=True, kw_only=True):
    """A row that was read somewhere; `url` is where, if it is not the source's own page.

    `limits_checked` is given where the limits are known less well than the figure between them.
    """

    topic: str
    source: str
    checked: Checked
    limits_checked: Checked | None = None
    locator: str = ""
    url: str = ""
    note: str = ""


class Treatment(Figure, frozen=True, kw_only=True):
    """What a guideline says about a treatment, or what trials found.

    An effect is the difference between treatment and `comparator` in `effect_unit`, with its 95%
    interval; `better` says which way is good. It is left out where the figure compares people, not
    treatments.
    """

    intervention: str
    recommendation: Literal["for", "consider", "against", "insufficient"]
    effect: float | None = None
    effect_low: float | None = None
    effect_high: float | None = None
    effect_unit: str = ""
    better: Literal["lower", "higher"] | None = None
    comparator: str = ""

    @property
    def no_difference(self) -> float:
        """The effect at which treatment and comparator are alike: 1 for a ratio, else 0."""
        return 1.0 if self.effect_unit.split(" ")[0] in ("RR", "HR", "OR") else 0.0

    @property
    def leans(self) -> Literal["better", "worse", "unclear"] | None:
        """Whether the interval lies on one side of no difference; None without an effect."""
        if self.effect_low is None or self.effect_high is None or self.better is None:
            return None
        if self.effect_low <= self.no_difference <= self.effect_high:
            return "unclear"
        above = self.effect_low > self.no_difference
        return "better" if above == (self.better == "higher") else "worse"


class Course(Figure, frozen=True, kw_only=True):
    """How it goes on: one figure at one time, in the people it was measured in.

    `spread` says what `low` and `high` are. A row without a value gives a rule or a finding in
    `measure` and `note`.
    """

    kind: Literal[
        "trajectory",
        "recovery",
        "recurrence",
        "outcome",
        "predictor",
        "risk_tool",
        "important_change",
        "protocol",
        "rule",
    ]
    population: str
    measure: str
    statistic: Literal["mean", "median", "share", "ratio", "other"]
    unit: str = ""
    weeks: float | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    spread: Literal["ci95", "sd", "range", "iqr", "band"] | None = None


class Claim(Identified, frozen=True, kw_only=True):
    """What people say about back pain, how it stands up, and what is known, in plain words.

    `figures` holds the numbers with their limits; `sources` are ids joined by "|" in the file.
    """

    claim: str
    verdict: Literal["supported", "partly_supported", "outdated", "conflicting", "wrong"]
    what_we_know: str
    sources: str
    checked: Checked
    nuance: str = ""
    figures: str = ""
    url: str = ""

    @property
    def source_ids(self) -> list[str]:
        """The sources, one by one."""
        return self.sources.split("|")


class AdviceLine(Record, frozen=True, kw_only=True):
    """A national number for medical advice that is not an emergency."""

    name: str
    number: str
    checked: Checked
    url: str = ""
    note: str = ""


class Service(Identified, frozen=True, kw_only=True):
    """Whom to call in a country: the id is its ISO 3166 code, or "default".

    `emergency` is the number that brings an ambulance soonest, `others` are further numbers that
    reach the emergency services. Only the default has none, and says what to do in `words`.
    """

    name: str
    checked: Checked
    emergency: str = ""
    others: list[str] = msgspec.field(default_factory=list)
    line: AdviceLine | None = None
    words: str = ""
    url: str = ""
    note: str = ""

    @property
    def call(self) -> str:
        """Whom to call in an emergency, in words."""
        return self.words or " or ".join([self.emergency, *self.others])

    @property
    def advice(self) -> str:
        """Whom to call for advice, in words; empty if no number is known for the whole country."""
        if self.line is None:
            return ""
        return f"{self.line.name}: {self.line.number}" + (
            f" ({self.line.note})" if self.line.note else ""
        )


class Care(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All care evidence, sorted by id."""

    topics: list[Topic]
    treatments: list[Treatment]
    courses: list[Course]
    claims: list[Claim]
    services: list[Service]

    @cached_property
    def topic_by_id(self) -> dict[str, Topic]:
        """Topics by id."""
        return {t.id: t for t in self.topics}

    @cached_property
    def service_by_id(self) -> dict[str, Service]:
        """Services by country code, and the default."""
        return {s.id: s for s in self.services}

    def topics_for(self, condition: str) -> list[Topic]:
        """The topics that apply to a condition."""
        return [t for t in self.topics if condition in t.conditions]

    def treatments_for(self, condition: str) -> list[Treatment]:
        """What studies and guidelines say about treating a condition."""
        return _of_topics(self.treatments, self.topics_for(condition))

    def courses_for(self, condition: str) -> list[Course]:
        """What studies say about how a condition goes on."""
        return _of_topics(self.courses, self.topics_for(condition))


F = TypeVar("F", bound=Figure)


def _of_topics(figures: Iterable[F], topics: Iterable[Topic]) -> list[F]:
    names = {t.id for t in topics}
    return [f for f in figures if f.topic in names]
