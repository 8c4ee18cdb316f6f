"""A case that answers an interview: what it states is answered, all else is "I don't know"."""

from collections.abc import Mapping
from dataclasses import dataclass

from lumbago.assessment import Assessment, Interview
from lumbago.assessment.change import ASKABLE, applies
from lumbago.assessment.interview import Reply
from lumbago.case import Case
from lumbago.knowledge import load_knowledge

__all__ = ["Simulation", "everything", "simulate"]


@dataclass(frozen=True)
class Simulation:
    """What an interview came to.

    Attributes:
        pages: How many pages of questions were put.
        questions: How many questions they held.
    """

    assessment: Assessment
    pages: int
    questions: int


def simulate(start: Interview, truth: Case) -> Simulation:
    """Put every page to a case until the interview ends or raises the alarm."""
    interview = start
    while interview.alarm() is None and (page := interview.ask()) is not None:
        interview = interview.answer({q.id: _reply(q.id, truth) for q in page.questions})
    asked = sum(map(len, interview.pages))
    return Simulation(interview.assessment(), len(interview.pages), asked)


def _reply(name: str, truth: Case) -> Reply:
    profile: Mapping[str, Reply] = {
        "age": truth.age,
        "sex": truth.sex,
        "region": list(truth.regions) or None,
    }
    return profile[name] if name in profile else truth.findings.get(name)


def everything(truth: Case) -> int:
    """How many questions a fixed questionnaire would put to this person."""
    return sum(f.who in ASKABLE and applies(f, truth) for f in load_knowledge().findings)
