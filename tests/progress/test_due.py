"""Questionnaires come when they are due, two at a time, and not before."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from lumbago.progress.diary import About, Diary
from lumbago.progress.due import due
from lumbago.progress.proms import find_prom
from lumbago.progress.simulate import simulate

FIRST = date(2026, 1, 5)


def names(diary: Diary, day: int) -> list[str]:
    return [prom.id for prom in due(diary, FIRST + timedelta(days=day))]


def answering(diary: Diary, name: str, day: int) -> Diary:
    when = FIRST + timedelta(days=day)
    prom = find_prom(name)
    return diary.answering(
        name, {"score": prom.low}, day=when, at=datetime.combine(when, time(9), UTC)
    )


def test_nothing_is_due_before_the_first_check_in() -> None:
    assert due(Diary(), FIRST) == ()


def test_two_at_most_and_each_again_after_four_weeks() -> None:
    kept = simulate("slow", np.random.default_rng(1), FIRST)
    assert names(kept, 0) == ["psfs", "rmdq"]
    done = answering(answering(kept, "psfs", 0), "rmdq", 0)
    assert names(done, 27) == []
    assert names(done, 28) == ["groc", "psfs"]
    assert all(len(names(kept, day)) <= 2 for day in range(85))


def test_mood_is_asked_about_once_pain_has_lasted() -> None:
    kept = simulate("slow", np.random.default_rng(1), FIRST)
    for name, day in (("psfs", 41), ("rmdq", 41), ("groc", 41), ("peg", 42)):
        kept = answering(kept, name, day)
    assert names(kept, 42) == ["gad2", "phq2"]


def test_back_questions_are_for_backs() -> None:
    about = About(at=datetime.combine(FIRST, time(7), UTC), began=FIRST, regions=("calf",))
    kept = simulate("slow", np.random.default_rng(1), FIRST, about=about)
    assert names(kept, 0) == ["psfs"]


def test_what_is_asked_has_its_wording_here() -> None:
    kept = simulate("slow", np.random.default_rng(1), FIRST)
    assert all(prom.asked for day in range(85) for prom in due(kept, FIRST + timedelta(days=day)))
