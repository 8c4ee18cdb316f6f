"""The product on the development cases, which nobody tuned by name."""

from pathlib import Path

import pytest

from lumbago import assess
from lumbago.case import Region
from lumbago.knowledge import load_knowledge
from lumbago.research.evaluate import Evaluation, evaluate, read_cases

CASES = sorted((Path(__file__).parents[2] / "evaluation" / "cases").glob("*.yaml"))


@pytest.fixture(scope="module")
def from_findings() -> Evaluation:
    return evaluate(*CASES, use="findings")


@pytest.fixture(scope="module")
def from_text() -> Evaluation:
    return evaluate(*CASES, use="text")


def value(result: Evaluation, name: str) -> float:
    return result.figures[name][0]


def test_there_are_enough_cases_and_every_must_not_miss_condition_is_among_them() -> None:
    cases = [case for path in CASES for case in read_cases(path)]
    covered = {gold for case in cases for gold in case.gold}
    wanted = {c.id for c in load_knowledge().conditions if c.must_not_miss}
    assert len(cases) >= 120
    assert wanted <= covered
    assert len({case.id for case in cases}) == len(cases)


def test_from_findings_the_right_cause_is_among_the_first_three(from_findings: Evaluation) -> None:
    assert value(from_findings, "top 3") >= 0.90


def test_from_findings_triage_is_safe_and_calm(from_findings: Evaluation) -> None:
    assert value(from_findings, "emergency sent below urgent") == 0
    assert value(from_findings, "under-triage (any level below gold)") <= 0.08
    assert value(from_findings, "non-emergency sent to emergency") <= 0.10


def test_from_text_alone_the_right_cause_is_among_the_first_three(from_text: Evaluation) -> None:
    assert value(from_text, "top 3") >= 0.80


def test_from_text_alone_no_emergency_is_sent_below_urgent(from_text: Evaluation) -> None:
    assert value(from_text, "emergency sent below urgent") == 0


@pytest.mark.parametrize("said", ["leg", "low_back", None])
def test_a_place_that_is_said_hides_no_other_that_hurts(said: Region | None) -> None:
    """Most people call the shin their leg."""
    findings = {
        "shin_inner_border_pain": True,
        "diffuse_shin_tenderness": True,
        "after_running": True,
    }
    answer = assess(age=19, region=said, findings=findings)
    assert answer.differential[0]["condition"] == "medial_tibial_stress_syndrome"
