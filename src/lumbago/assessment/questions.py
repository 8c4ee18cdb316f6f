"""The next page of questions.

Who and where first, then what the words left unclear, then safety, then whatever is most worth asking.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from lumbago.assessment.change import applies, must_ask
from lumbago.assessment.intake import Intake
from lumbago.assessment.rules import flag_rules, thresholds
from lumbago.case import Case
from lumbago.knowledge import Knowledge, load_knowledge
from lumbago.knowledge.compile import CompiledNetwork, Floats, Ints
from lumbago.knowledge.schema import DISPOSITIONS, Finding
from lumbago.reasoning.flags import missing
from lumbago.reasoning.interview import worth
from lumbago.reasoning.network import infer, observed
from lumbago.reasoning.triage import Verdict, decide

__all__ = ["PROFILE", "Page", "Question", "next_page", "question_page"]

Kind = Literal["yes_no", "choice", "choices", "number"]
#: Questions about the person that are not findings.
PROFILE = ("age", "sex", "region")
#: From this level on the ranking no longer matters, only whether help is needed even faster.
EMERGENCY = DISPOSITIONS.index("emergency")


@dataclass(frozen=True)
class Question:
    """One thing to ask.

    Attributes:
        id: A finding, or "age", "sex" or "region".
        kind: yes_no, choice (one of `choices`), choices (any of them) or number (whole years).
        name: A short label for a list.
        why: Why it is asked, in plain words.
        who: Who can answer: person, helper, clinician or test.
        choices: Answer to its wording.
        words: What the person wrote, where that is to be confirmed.
    """

    id: str
    question: str
    kind: Kind
    name: str
    why: str
    who: str = "person"
    choices: Mapping[str, str] = field(default_factory=dict)
    words: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The question as plain values, ready for JSON."""
        plain: dict[str, Any] = {
            "id": self.id,
            "question": self.question,
            "kind": self.kind,
            "name": self.name,
            "why": self.why,
            "who": self.who,
        }
        if self.choices:
            plain["choices"] = dict(self.choices)
        if self.words is not None:
            plain["words"] = self.words
        return plain


@dataclass(frozen=True)
class Page:
    """Questions that are asked together. `safety` marks those that must be asked."""

    id: str
    title: str
    questions: tuple[Question, ...]
    safety: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The page as plain values, ready for JSON."""
        return {
            "id": self.id,
            "title": self.title,
            "safety": self.safety,
            "questions": [q.to_dict() for q in self.questions],
        }


def next_page(
    knowledge: Knowledge,
    network: CompiledNetwork,
    intake: Intake,
    asked: Collection[str],
    pages: int,
    who: Collection[str],
) -> Page | None:
    """What to ask next, or None if no question is worth its burden.

    Args:
        asked: Questions already put, answered or not.
        pages: How many pages have been put: each makes the next a little dearer.
        who: Whose answers can be had: person, helper, clinician, test.
    """
    return (
        _about_you(intake.case, asked)
        or _where(intake.case, asked)
        or _confirm(knowledge, intake, asked)
        or _safety(knowledge, intake.case, asked)
        or _most_worth(knowledge, network, intake.case, asked, pages, who)
    )


def _about_you(case: Case, asked: Collection[str]) -> Page | None:
    given = {"age": case.age, "sex": case.sex}
    left = [name for name, value in given.items() if value is None and name not in asked]
    questions = tuple(_profile_question(name) for name in left)
    return Page("about_you", "About you", questions) if questions else None


def _profile_question(name: str) -> Question:
    if name == "age":
        why = "Some causes belong to some ages."
        return Question("age", "How old is the person in pain?", "number", "Age", why)
    if name == "sex":
        why = (
            "Some causes are commoner in women or in men, and some questions fit only one of them."
        )
        question = "What sex was the person given at birth?"
        choices = {"female": "female", "male": "male"}
        return Question("sex", question, "choice", "Sex", why, choices=choices)
    choices = {region.id: region.name for region in load_knowledge().regions}
    why = "What can cause a pain depends first of all on where it is."
    return Question("region", "Where does it hurt?", "choices", "Place", why, choices=choices)


def question_page(name: str) -> Page:
    """A page with one question alone, to change an earlier answer.

    Raises:
        UnknownIdError: If there is no such question.
    """
    question = (
        _profile_question(name) if name in PROFILE else _question(load_knowledge().finding(name))
    )
    return Page(name, question.name, (question,))


def _where(case: Case, asked: Collection[str]) -> Page | None:
    if case.regions or "region" in asked:
        return None
    return Page("where", "Where", (_profile_question("region"),))


def _confirm(knowledge: Knowledge, intake: Intake, asked: Collection[str]) -> Page | None:
    """What the person's words left open, or both said and denied; danger signs first."""
    unclear = [(knowledge.finding(name), words) for name, words in intake.unclear.items()]
    unclear = [(f, w) for f, w in unclear if f.id not in asked and applies(f, intake.case)]
    unclear.sort(key=lambda item: not item[0].red_flag)
    chosen = unclear[: knowledge.model.interview.together]
    questions = tuple(_question(finding, words=words) for finding, words in chosen)
    title = "We want to be sure that we understood you"
    return Page("confirm", title, questions) if questions else None


def _safety(knowledge: Knowledge, case: Case, asked: Collection[str]) -> Page | None:
    order = {name: place for place, name in enumerate(_in_page_order(knowledge))}
    open_now = [f for f in must_ask(knowledge, case) if f.id not in asked]
    open_now.sort(key=lambda f: (order.get(f.id, len(order)), f.id))
    count = knowledge.model.interview.safety_together
    # Two pages of five are kinder than one of seven and one of three.
    pages = -(-len(open_now) // count) or 1
    chosen = open_now[: -(-len(open_now) // pages)]
    questions = tuple(_question(f) for f in chosen)
    title = "Safety first: is any of these true?"
    return Page("safety", title, questions, safety=True) if questions else None


def _in_page_order(knowledge: Knowledge) -> Iterable[str]:
    return (name for group in knowledge.questions for name in group.findings)


def _most_worth(
    knowledge: Knowledge,
    network: CompiledNetwork,
    case: Case,
    asked: Collection[str],
    pages: int,
    who: Collection[str],
) -> Page | None:
    """The question most worth its burden, with those of its group that are worth theirs."""
    candidates = [
        (number, f)
        for number, f in enumerate(knowledge.findings)
        if f.who in who and f.id not in case.findings and f.id not in asked and applies(f, case)
    ]
    if not candidates:
        return None
    open_now = np.array([number for number, _ in candidates])
    net = _net_worth(knowledge, network, case, pages, open_now)
    worthy = {f.id: net[number] for number, f in candidates if net[number] > 0}
    if not worthy:
        return None
    best = max(worthy, key=lambda name: (worthy[name], name))
    group = knowledge.question_group_of.get(best)
    if group is None:
        finding = knowledge.finding(best)
        return Page(best, finding.name, (_question(finding),))
    members = sorted((n for n in group.findings if n in worthy), key=lambda n: -worthy[n])
    chosen = set(members[: knowledge.model.interview.together])
    questions = tuple(_question(knowledge.finding(n)) for n in group.findings if n in chosen)
    return Page(group.id, group.ask, questions)


def _net_worth(
    knowledge: Knowledge, network: CompiledNetwork, case: Case, pages: int, open_now: Ints
) -> Floats:
    """(F,) what each finding that is open now is worth asking, less its burden."""
    settings = knowledge.model.interview
    prior = network.prior(case.regions, case.setting, case.age, case.sex)
    posterior = infer(network, prior, observed(network, case.findings))
    verdict = decide(network, flag_rules(), thresholds(), case, posterior.conditions)
    levels = _flag_levels(network, case, verdict)
    values = np.flatnonzero(np.isin(network.node_of - len(network.mechanisms), open_now))
    brings = worth(network, thresholds(), posterior, verdict, levels, values)
    burden = np.array([settings.burden[f.who] for f in knowledge.findings])
    per_nat = settings.information if verdict.level > EMERGENCY else 0.0
    tired = 1 + settings.fatigue * pages
    return brings.loss + per_nat * brings.information - burden * tired


def _flag_levels(network: CompiledNetwork, case: Case, verdict: Verdict) -> Ints:
    """(V,) level of care that the rules would ask for if each value were known as well."""
    levels = np.full(len(network.values), verdict.by_flags)
    for rule, answers in missing(flag_rules(), case, 1, below=verdict.level):
        for item in answers.items():
            at = network.value_index[item]
            levels[at] = min(levels[at], rule.level)
    return levels


def _question(finding: Finding, words: str | None = None) -> Question:
    kind: Kind = "choice" if finding.kind == "choice" else "yes_no"
    return Question(
        finding.id,
        finding.question,
        kind,
        finding.name,
        finding.why,
        finding.who,
        finding.categories,
        words,
    )
