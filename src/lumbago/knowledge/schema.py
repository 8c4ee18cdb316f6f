"""The shape of every evidence record; unknown keys and wrong types are refused."""

from typing import Literal

import msgspec

from lumbago.case import AGE_BANDS

__all__ = [
    "DISPOSITIONS",
    "Condition",
    "Demographics",
    "Disposition",
    "Estimate",
    "Finding",
    "Given",
    "Group",
    "Identified",
    "LiteratureRow",
    "Mechanism",
    "Model",
    "Population",
    "Prior",
    "RegionOfPain",
    "Rule",
    "Source",
    "TextbookPicture",
    "Threshold",
]

Grade = Literal["published", "derived", "elicited"]
Checked = Literal["seen", "recalled", "elicited"]
Level = Literal["ambulance", "emergency", "urgent", "soon", "routine", "self_care"]

#: Most urgent first.
DISPOSITIONS: tuple[str, ...] = (
    "ambulance",
    "emergency",
    "urgent",
    "soon",
    "routine",
    "self_care",
)


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all records: frozen, and strict about its keys."""


class Identified(Record, frozen=True):
    """A record with an id that is unique among its kind and stable once released."""

    id: str


class Estimate(Record, frozen=True):
    """One probability P(`of` = `value` | parent) with its spread and where it comes from.

    The spread is either `n` (people behind the figure) or `low` and `high` (95% interval; for an
    elicited number, its stated width). `parent` is filled in from the file: a condition, a
    mechanism state ("leg_fluid=swollen") or "background".
    """

    of: str
    value: str
    probability: float
    grade: Grade
    checked: Checked
    low: float | None = None
    high: float | None = None
    n: float | None = None
    source: str | None = None
    population: str = ""
    setting: str = ""
    note: str = ""
    state: str | None = None
    parent: str = ""


class Threshold(Record, frozen=True):
    """Probability of a condition from which a guideline asks for a level of care."""

    probability: float
    disposition: Level
    source: str
    checked: Checked
    note: str = ""


class Demographics(Record, frozen=True):
    """Who gets a condition: relative chance by age band (1 = average adult) and share of women."""

    ages: dict[str, float]
    female: float
    grade: Grade
    checked: Checked
    source: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if set(self.ages) != set(AGE_BANDS):
            raise ValueError(f"ages must have exactly the bands {', '.join(AGE_BANDS)}")
        if not 0 <= self.female <= 1:
            raise ValueError(f"female must be a share from 0 to 1, not {self.female}")


class Condition(Identified, frozen=True):
    """A cause of pain, with its texts, codes and usual level of care.

    `recheck` says when to look again and for what, where a guideline or a known trap asks for it.
    """

    name: str
    clinical_name: str
    description: str
    icd10: list[str]
    regions: list[str]
    disposition: Level
    must_not_miss: bool
    demographics: Demographics
    sources: list[str]
    group: str | None = None
    separated_by: list[str] = []
    aliases: list[str] = []
    watch_for: list[str] = []
    recheck: str = ""
    thresholds: list[Threshold] = []


class Group(Identified, frozen=True):
    """Conditions that a person's answers cannot tell apart."""

    name: str
    description: str


class Mechanism(Identified, frozen=True):
    """A hidden fact about the body on which several findings hang."""

    name: str
    description: str
    states: dict[str, str]
    damping: "Damping"

    @property
    def default(self) -> str:
        """The state that holds when nothing is wrong."""
        return next(iter(self.states))


class Damping(Record, frozen=True):
    """Power put on the joint likelihood of findings that repeat one another, with its reason."""

    value: float
    reason: str

    def __post_init__(self) -> None:
        if not 0 < self.value <= 1:
            raise ValueError(f"damping must be above 0 and at most 1, not {self.value}")


class Finding(Identified, frozen=True):
    """Something a person can report or a clinician can find.

    One that is `lasting` is an illness, a risk or a way of life rather than a symptom: told of a
    relative it is the relative's, and one that is over may still count. One that has `follows_from` is
    present where each of its lists holds something that is: a finding, or `finding=category`. What it
    `excludes` cannot be beside it, nor it beside them. Where "no" before the name would not do, `absent`
    says that it is not there.
    """

    name: str
    question: str
    why: str
    kind: Literal["yes_no", "choice"]
    who: Literal["person", "helper", "clinician", "test"]
    regions: list[str]
    hangs_on: str
    absent: str = ""
    lasting: bool = False
    sex: Literal["any", "female", "male"] = "any"
    min_age: int = 0
    max_age: int = 120
    categories: dict[str, str] = {}
    red_flag: bool = False
    must_ask: list[str] = []
    implies: list[str] = []
    follows_from: list[list[str]] = []
    excludes: list[str] = []

    @property
    def values(self) -> tuple[str, ...]:
        """The answers there are: yes and no, or the categories."""
        return tuple(self.categories) if self.kind == "choice" else ("yes", "no")


class Prior(Record, frozen=True):
    """Cases of a condition per 1000 people with pain of a region, by setting.

    `spread` is a factor: 95% of belief lies within value/spread to value*spread.
    """

    condition: str
    public: float
    primary_care: float
    emergency: float
    sports_clinic: float
    spread: float
    grade: Grade
    checked: Checked
    source: str | None = None
    note: str = ""
    region: str = ""


class Rule(Identified, frozen=True):
    """A red-flag rule: when it holds, care is at least as urgent as `disposition`."""

    disposition: Level
    when: str
    reason: str
    source: str
    checked: Checked
    catches: list[str] = []
    note: str = ""


class TextbookPicture(Record, frozen=True):
    """The typical picture of a must-not-miss condition, used to prove that a rule catches it."""

    condition: str
    age: int
    sex: Literal["female", "male"]
    regions: list[str]
    findings: dict[str, str]


class Source(Identified, frozen=True):
    """Where a number or a rule comes from."""

    kind: Literal["guideline", "systematic_review", "study", "textbook", "other"]
    citation: str
    checked: Checked
    year: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    note: str = ""


class Disposition(Identified, frozen=True):
    """A level of care in plain words."""

    id: Level
    headline: str
    place: str
    time: str


class RegionOfPain(Identified, frozen=True):
    """A region of the body, its share of consultations, and the findings that place pain there."""

    name: str
    weight: float
    sites: list[str]


class QuestionGroup(Identified, frozen=True):
    """Questions that people answer together, in the order of the page."""

    ask: str
    findings: list[str]


class InterviewSettings(Record, frozen=True):
    """What a question costs and brings, in units of the loss table.

    `information` is what a nat of information about the cause is worth; `burden` what a question
    costs by who has to answer it; `fatigue` the share by which each page put so far raises that
    cost; `together` and `safety_together` the most questions on one page.
    """

    information: float
    burden: dict[Literal["person", "helper", "clinician", "test"], float]
    fatigue: float
    together: int
    safety_together: int


class HalfHeard(Record, frozen=True):
    """From which chance that the words mean an emergency the advice is at least this, until that is clear."""

    probability: float
    disposition: str


class Model(Record, frozen=True):
    """Settings of the whole model: the loss table, damping, draws, the interview, half-heard dangers."""

    losses: dict[str, dict[str, float]]
    direct_damping: Damping
    age_mix: dict[str, float]
    draws: int
    seed: int
    interview: InterviewSettings
    half_heard: HalfHeard


class Given(Record, frozen=True):
    """What everybody in a study population has in common, beyond region and setting."""

    findings: dict[str, str] = {}
    any_of: list[str] = []


class Population(Identified, frozen=True):
    """People in whom a published figure was measured, in terms that the network can represent."""

    description: str
    regions: list[str]
    setting: str
    ages: list[str] = []
    sex: str | None = None
    given: Given = Given()
    only: list[str] = []
    mix: dict[str, float] = {}


class LiteratureRow(Identified, frozen=True):
    """A published accuracy figure, and how it maps to the network.

    `target` is condition ids joined by "|", or "mechanism=state". `use` says whether the row is
    compared with the network; if not, `note` says why. `explained` says why a compared row misses.
    """

    target: str
    finding: str
    value: str
    population: str
    source: str
    checked: Checked
    use: Literal["compare", "context"]
    n: float | None = None
    sens: float | None = None
    sens_low: float | None = None
    sens_high: float | None = None
    spec: float | None = None
    spec_low: float | None = None
    spec_high: float | None = None
    lr_positive: float | None = None
    lr_positive_low: float | None = None
    lr_positive_high: float | None = None
    lr_negative: float | None = None
    lr_negative_low: float | None = None
    lr_negative_high: float | None = None
    note: str = ""
    explained: str = ""
