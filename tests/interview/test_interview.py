"""Laws of the interview: deterministic, never asks twice, safety first, ends, and never loses an answer."""

import json

import numpy as np
import pytest

from lumbago import Drawing, Interview
from lumbago.assessment.change import must_ask
from lumbago.assessment.interview import Reply
from lumbago.assessment.questions import Page, Question
from lumbago.case import REGIONS
from lumbago.errors import UserError
from lumbago.knowledge import load_knowledge
from lumbago.lines import exchange

STARTS = [
    Interview(
        "my back went when I lifted a box and now pain goes down my left leg", age=44, sex="male"
    ),
    Interview(region=("calf",), age=30, sex="female"),
    Interview("stiff neck since the crash, my hands are clumsy", age=61, sex="female"),
    Interview(drawing=Drawing.from_dict({"right_calf_lower": {"pain": 6}})),
    Interview(),
]


def random_reply(rng: np.random.Generator, question: Question) -> Reply:
    if rng.random() < 0.3:
        return None
    if question.kind == "number":
        return int(rng.integers(0, 100))
    if question.kind == "choices":
        return [str(rng.choice(list(question.choices)))]
    if question.kind == "choice":
        return str(rng.choice(list(question.choices)))
    return bool(rng.random() < 0.15)


def held(start: Interview, seed: int) -> list[tuple[Interview, Page]]:
    """Every step of an interview that is answered at random."""
    rng, interview, steps = np.random.default_rng(seed), start, []
    while (page := interview.ask()) is not None:
        steps.append((interview, page))
        interview = interview.answer({q.id: random_reply(rng, q) for q in page.questions})
    assert interview.assessment().disposition["level"]
    return steps


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("start", STARTS, ids=range(len(STARTS)))
def test_it_ends_never_asks_twice_and_is_the_same_when_resumed(start: Interview, seed: int) -> None:
    seen: set[str] = set()
    for interview, page in held(start, seed):
        ids = {q.id for q in page.questions}
        assert ids
        assert not ids & seen
        assert not ids & set(interview.intake.case.findings) or page.id == "confirm"
        seen |= ids
        saved = json.loads(json.dumps(interview.to_dict()))
        assert Interview.from_dict(saved).ask() == page


@pytest.mark.parametrize("region", REGIONS)
def test_safety_questions_come_before_all_others(region: str) -> None:
    interview = Interview(region=(region,), age=50, sex="female")  # type: ignore[arg-type]  # a region
    due = {f.id for f in must_ask(load_knowledge(), interview.intake.case)}
    asked: set[str] = set()
    while due - asked:
        page = interview.ask()
        assert page is not None
        assert page.safety
        asked |= {q.id for q in page.questions}
        interview = interview.answer({q.id: False for q in page.questions})
    assert not must_ask(load_knowledge(), interview.intake.case)


def test_words_and_drawing_are_not_asked_again() -> None:
    start = Interview(
        "no fever, I have had cancer, calf is not swollen",
        age=50,
        sex="male",
        drawing=Drawing.from_dict({"left_calf_lower": {"pain": 4}}),
    )
    asked = {q.id for _, page in held(start, 0) for q in page.questions}
    assert not {"fever", "cancer_history", "calf_swelling", "calf_pain", "region"} & asked


def test_an_answer_is_corrected_and_taken_back() -> None:
    first = Interview(region=("calf",), age=40, sex="male")
    page = first.ask()
    assert page is not None
    second = first.answer({q.id: False for q in page.questions})
    corrected = second.answer({page.questions[0].id: True})
    assert corrected.intake.case.findings[page.questions[0].id] == "yes"
    assert corrected.ask() is not None
    assert corrected.back() == second
    assert second.back() == first


def test_a_danger_answer_raises_the_alarm_at_once() -> None:
    interview = Interview(region=("calf",), age=40, sex="male")
    assert interview.alarm() is None
    alarm = interview.answer({"cold_pale_foot": True}).alarm()
    assert alarm is not None
    assert alarm["level"] == "ambulance"
    assert alarm["because"]


def test_unsure_words_are_confirmed_with_those_words() -> None:
    page = Interview("my bum goes numb when I sit, low back pain", age=40, sex="male").ask()
    assert page is not None
    assert page.id == "confirm"
    assert page.questions[0].id == "saddle_numbness"
    assert "numb" in (page.questions[0].words or "")


@pytest.mark.parametrize(
    "replies",
    [
        {"fever": "often"},
        {"no_such_finding": True},
        {"age": 200},
        {"region": "elbow"},
        {"region": 5},
        {"fever": 3},
    ],
    ids=str,
)
def test_a_bad_answer_is_refused_and_nothing_is_lost(replies: dict) -> None:
    interview = Interview(region=("low_back",), age=40, sex="male")
    with pytest.raises(UserError):
        interview.answer(replies)
    assert interview.ask() == Interview(region=("low_back",), age=40, sex="male").ask()


HOSTILE = [
    "",
    "null",
    "[]",
    "{}",
    '{"answer": 5}',
    '{"answer": {"fever": [1]}}',
    '{"answer": {"age": "old"}}',
    '{"resume": {"schema": "lumbago/interview/1", "start": {"age": -4}, "pages": []}}',
    '{"resume": {"schema": "lumbago/interview/1", "start": {"colour": 1}, "pages": [3]}}',
    '{"back": true}',
    "[" * 5000,
    '{"answer": {"region": ["leg", "leg", 3]}}',
    '{"answer": {"\\ud800": true}}',
]


def test_no_line_ends_the_protocol_in_an_error() -> None:
    out = list(exchange(Interview(), [*HOSTILE, '{"save": true}', '{"stop": true}']))
    assert set(out[-1]) == {"assessment"}
    assert any("saved" in message for message in out)
    assert sum("error" in message for message in out) >= len(HOSTILE) - 3
    json.dumps(out)


def test_lines_hold_a_whole_interview() -> None:
    interview = Interview("calf pain after a sprint", age=44, sex="male")
    replies = ['{"answer": {}}'] * 60
    out = list(exchange(interview, replies))
    asks = [m for m in out if "ask" in m]
    assert 3 <= len(asks) < 60
    assert out[-1]["assessment"]["schema"] == "lumbago/assessment/1"
