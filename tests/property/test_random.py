"""Random cases and random texts: no crash, probabilities sum to one, flags never lowered.

The suite runs a share of them; `make night` runs all ten thousand of each.
"""

import os
from typing import get_args

import numpy as np
import pytest

from lumbago.assessment import assess
from lumbago.assessment.rules import flag_rules
from lumbago.case import SETTINGS, Case, Region, Setting
from lumbago.knowledge import load_knowledge
from lumbago.reasoning.flags import fired

COUNT = 10_000 if os.environ.get("LUMBAGO_NIGHT") else 600
ALPHABET = [
    *"abcdefghijklmnopqrstuvwxyz     .,;:!?'-0123456789()[]{}*+\\|/\"<>&%$#@\n\t",
    *"\u00e9\u0130\u1e9e\ufb01\u4e2d\u0639\u202e\u200d\U0001f480\x00\ud7ff\ufeff",
]
HOSTILE = [
    "",
    " ",
    "\x00",
    "no " * 5000,
    "pain in my back " * 3000,
    "(" * 2000,
    "a" * 100_000,
    "\u202epain back",
    "'; DROP TABLE cases; --",
    "{calf} ~6 {pain}",
    "%s%n%x",
    "\U0001f480" * 500,
    "calf-" * 4000,
    "0" * 5000 + "/10 for 99999999999999999999 years",
]


def random_case(rng: np.random.Generator) -> Case:
    findings = load_knowledge().findings
    chosen = rng.choice(len(findings), size=rng.integers(0, 40), replace=False)
    return Case(
        age=None if rng.random() < 0.2 else int(rng.integers(0, 121)),
        sex=rng.choice(np.array([None, "female", "male"], dtype=object)),
        setting=get_args(Setting)[rng.integers(len(SETTINGS))],
        regions=tuple(r for r in get_args(Region) if rng.random() < 0.3),
        findings={findings[i].id: str(rng.choice(findings[i].values)) for i in chosen},
    )


def random_text(rng: np.random.Generator) -> str:
    words = [w for f in load_knowledge().findings for w in f.question.split()]
    if rng.random() < 0.3:
        return "".join(rng.choice(ALPHABET, size=rng.integers(0, 400)))
    picked = rng.choice(words, size=rng.integers(0, 80))
    noise = rng.choice(ALPHABET, size=len(picked))
    return " ".join(
        w + (n if rng.random() < 0.2 else "") for w, n in zip(picked, noise, strict=True)
    )


@pytest.mark.parametrize("batch", range(4))
def test_random_cases_are_answered_soundly(batch: int) -> None:
    rng = np.random.default_rng(batch)
    for _ in range(COUNT // 4):
        case = random_case(rng)
        answer = assess(
            age=case.age,
            sex=case.sex,
            setting=case.setting,
            region=case.regions or None,
            findings=case.findings,
        )
        _check(answer.to_dict())
        floor = min((r.level for r in fired(flag_rules(), answer.case)), default=5)
        assert _level(answer.disposition["level"]) <= floor


@pytest.mark.parametrize("batch", range(4))
def test_random_texts_are_answered_soundly(batch: int) -> None:
    rng = np.random.default_rng(100 + batch)
    for _ in range(COUNT // 4):
        answer = assess(random_text(rng))
        _check(answer.to_dict())
        floor = min((r.level for r in fired(flag_rules(), answer.case)), default=5)
        assert _level(answer.disposition["level"]) <= floor


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_answered_soundly(text: str) -> None:
    _check(assess(text).to_dict())


def test_adding_a_red_flag_never_lowers_the_urgency_that_flags_ask_for() -> None:
    rng = np.random.default_rng(11)
    red = [f.id for f in load_knowledge().findings if f.red_flag and f.kind == "yes_no"]
    for _ in range(COUNT):
        case = random_case(rng)
        more = case.having({str(rng.choice(red)): "yes"})
        before = min((r.level for r in fired(flag_rules(), case)), default=5)
        assert min((r.level for r in fired(flag_rules(), more)), default=5) <= before


def _level(name: str) -> int:
    from lumbago.knowledge.schema import DISPOSITIONS

    return DISPOSITIONS.index(name)


def _check(answer: dict) -> None:
    listed = [d["probability"] for d in answer["differential"]]
    assert 0 < sum(listed) <= 1.001
    for d in answer["differential"]:
        low, high = d["interval"]
        assert 0 <= low <= d["probability"] <= high <= 1
    assert 0 <= answer["evidence_share_published"] <= 1
    final = (
        answer["disposition"]["level"] == "self_care" and not answer["disposition"]["provisional"]
    )
    assert not (final and answer["unresolved"])
