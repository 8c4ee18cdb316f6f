"""An interview as a value: what was given, what was asked and answered, and what to ask next.

Everything follows from what is in it. Two interviews with the same start and the same answers ask the
same question next, so one can be saved, resumed elsewhere, replayed, corrected, and run with no screen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from lumbago.anatomy import Drawing
from lumbago.assessment.assess import Assessment, assess_intake
from lumbago.assessment.intake import Answer, Intake, answer_value, take_in
from lumbago.assessment.questions import EMERGENCY, PROFILE, Page, next_page
from lumbago.assessment.rules import flag_rules
from lumbago.case import Region, Setting, Sex
from lumbago.errors import CaseError
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.compile import compiled
from lumbago.knowledge.schema import DISPOSITIONS
from lumbago.reasoning.flags import fired

__all__ = ["Interview"]

SCHEMA = "lumbago/interview/1"
#: An answer: yes or no, a category, a number, a list of regions; None for "I don't know".
Reply = Answer | int | list[str] | None


@dataclass(frozen=True)
class Interview:
    """An interview so far. Nothing in it changes: each answer gives a new interview.

    Args:
        text: The person's words; what they say is never asked again.
        age: Whole years.
        sex: "female" or "male".
        setting: public, primary_care, emergency or sports_clinic.
        region: Where it hurts.
        findings: What is known already: finding id to True, False or a category.
        drawing: The body chart as the person marked it.
        rejected: Findings that the person says their words do not mean.
        suggestions: Findings that something else sees in the text, with the words for it; each is put
            to the person to confirm, and says nothing until then.
        with_clinician: Whether somebody is there who can examine; else only what the person or a
            helper can answer is asked.

    >>> interview = Interview("sudden calf pain on a sprint, felt a snap", age=44, sex="male")
    >>> page = interview.ask()
    >>> page.id
    'safety'
    >>> interview = interview.answer({page.questions[0].id: False})
    """

    text: str | None = None
    age: int | None = None
    sex: Sex | None = None
    setting: Setting = "public"
    region: tuple[Region, ...] = ()
    findings: Mapping[str, Answer] = field(default_factory=dict)
    drawing: Drawing | None = None
    rejected: tuple[str, ...] = ()
    suggestions: Mapping[str, str] = field(default_factory=dict)
    with_clinician: bool = False
    pages: tuple[Mapping[str, Reply], ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.region, str):
            object.__setattr__(self, "region", (self.region,))

    def ask(self) -> Page | None:
        """The next page of questions; None when no question is worth its burden."""
        return self._next

    def answer(self, replies: Mapping[str, Reply]) -> "Interview":
        """The interview after these answers.

        Questions of the current page that are left out count as "I don't know". If none of the
        answers belongs to it, they correct or add to earlier ones and the page stays.

        Args:
            replies: Question id to True, False, a category, an age, a list of regions, or None.

        Raises:
            UserError: If a question or an answer does not exist; nothing is lost.
        """
        checked = {name: _checked(name, reply) for name, reply in replies.items()}
        page = self.ask()
        current = {q.id: None for q in page.questions} if page is not None else {}
        if not replies or set(replies) & set(current):
            checked = {**current, **checked}
        following = replace(self, pages=(*self.pages, checked))
        _ = following.intake  # an impossible value is refused now, not at the next question
        return following

    def page(self, number: int) -> Page | None:
        """The page that was put after `number` answered pages, as it was put then."""
        if number >= len(self.pages):
            return self.ask()
        return replace(self, pages=self.pages[:number]).ask()

    def revise(self, number: int, replies: Mapping[str, Reply]) -> "Interview":
        """The interview with the answers to an earlier page replaced; later answers stay.

        Raises:
            UserError: If a question or an answer does not exist; nothing is lost.
        """
        if number >= len(self.pages):
            return self.answer(replies)
        checked = {name: _checked(name, reply) for name, reply in replies.items()}
        later = [{n: r for n, r in p.items() if n not in checked} for p in self.pages[number + 1 :]]
        pages = (*self.pages[:number], {**self.pages[number], **checked}, *later)
        revised = replace(self, pages=pages)
        _ = revised.intake
        return revised

    def back(self) -> "Interview":
        """The interview before its last answers."""
        return replace(self, pages=self.pages[:-1])

    def assessment(self) -> Assessment:
        """The answer to what is known so far."""
        return self._assessment

    def alarm(self) -> Mapping[str, Any] | None:
        """What to do at once, if an answer asks for an ambulance or the emergency department."""
        level = min((rule.level for rule in self._fired), default=EMERGENCY + 1)
        if level > EMERGENCY:
            return None
        words = load_knowledge().disposition_by_id[DISPOSITIONS[level]]
        return {
            "level": words.id,
            "headline": words.headline,
            "place": words.place,
            "time": words.time,
            "because": [rule.reason for rule in self._fired if rule.level == level],
        }

    @property
    def asked(self) -> Mapping[str, Reply]:
        """Every question put, with the latest answer to it."""
        return {name: reply for page in self.pages for name, reply in page.items()}

    def to_dict(self) -> dict[str, Any]:
        """The interview as plain values, ready for JSON; `from_dict` reads it back."""
        return {
            "schema": SCHEMA,
            "knowledge_version": load_knowledge().version,
            "start": {
                "text": self.text,
                "age": self.age,
                "sex": self.sex,
                "setting": self.setting,
                "region": list(self.region),
                "findings": dict(self.findings),
                "drawing": None if self.drawing is None else self.drawing.to_dict(),
                "rejected": list(self.rejected),
                "suggestions": dict(self.suggestions),
                "with_clinician": self.with_clinician,
            },
            "pages": [dict(page) for page in self.pages],
        }

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> "Interview":
        """A saved interview.

        Raises:
            CaseError: If this is not a saved interview, or holds an answer that does not exist.
        """
        if saved.get("schema") != SCHEMA:
            raise CaseError(f"this is not a saved interview: its schema should be {SCHEMA!r}")
        start, pages = saved.get("start"), saved.get("pages")
        if not isinstance(start, dict) or not isinstance(pages, list):
            raise CaseError("a saved interview needs `start` (an object) and `pages` (a list)")
        try:
            drawn = start.get("drawing")
            drawing = None if drawn is None else Drawing.from_dict(drawn)
            lists = {name: tuple(start.get(name) or ()) for name in ("region", "rejected")}
            interview = cls(**{**start, **lists, "drawing": drawing})
        except (TypeError, AttributeError) as error:
            raise CaseError(f"this is not a saved interview: {error}") from None
        if not all(isinstance(page, dict) for page in pages):
            raise CaseError("each page of a saved interview is an object of answers")
        checked = [{name: _checked(name, r) for name, r in page.items()} for page in pages]
        resumed = replace(interview, pages=tuple(checked))
        _ = resumed.intake  # refused as a whole, if it holds an impossible value
        return resumed

    @cached_property
    def intake(self) -> Intake:
        """Everything given so far, as a case."""
        known = dict(self.findings)
        profile: dict[str, Any] = {"age": self.age, "sex": self.sex, "region": self.region or None}
        for name, reply in self.asked.items():
            if name in PROFILE:
                profile[name] = profile[name] if reply is None else reply
            elif reply is None:
                known.pop(name, None)
            else:
                known[name] = reply  # type: ignore[assignment]  # _checked has seen to it
        knowledge = load_knowledge()
        taken = take_in(
            knowledge,
            text=self.text,
            setting=self.setting,
            findings=known,
            drawing=self.drawing,
            rejected=self.rejected,
            **profile,
        )
        suggested = {
            knowledge.finding(name).id: words
            for name, words in self.suggestions.items()
            if name not in taken.case.findings
        }
        return replace(taken, unclear={**suggested, **taken.unclear})

    @cached_property
    def _assessment(self) -> Assessment:
        return assess_intake(self.intake)

    @cached_property
    def _next(self) -> Page | None:
        who = ("person", "helper", *(("clinician", "test") if self.with_clinician else ()))
        return next_page(
            load_knowledge(), compiled(), self.intake, self.asked, len(self.pages), who
        )

    @cached_property
    def _fired(self) -> list[Any]:
        return fired(flag_rules(), self.intake.case)


def _checked(name: str, reply: Reply) -> Reply:
    """The reply in its stored form.

    Raises:
        UserError: If there is no such question or it has no such answer.
    """
    if name in ("age", "sex"):
        return reply
    if name == "region":
        return (
            None if reply is None else [reply] if isinstance(reply, str) else list(_strings(reply))
        )
    finding = load_knowledge().finding(name)
    if reply is None:
        return None
    if not isinstance(reply, bool | str):
        raise CaseError(f"{name} needs yes (true), no (false), a category or null; got {reply!r}")
    return answer_value(finding, reply)


def _strings(reply: object) -> Iterable[str]:
    if not isinstance(reply, list) or not all(isinstance(r, str) for r in reply):
        raise CaseError(f"region needs a list of regions, for example ['low_back']; got {reply!r}")
    return reply
