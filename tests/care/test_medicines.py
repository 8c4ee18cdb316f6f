"""Medicines are information: no dose, who must not take them, and nothing offered that is ruled out."""

import re

import pytest

from lumbago.care.advice import load_advice
from lumbago.care.plan import plan_for
from lumbago.care.stages import STAGES, Stage
from lumbago.case import Case
from lumbago.knowledge import load_knowledge

MEDICINES = load_advice().medicines
CONDITIONS = [c.id for c in load_knowledge().conditions]
OFFERING = ("for", "consider", "insufficient", "disputed", "published", "teaching")


@pytest.mark.parametrize("name", MEDICINES)
def test_a_medicine_says_who_must_be_careful_and_where_that_is_from(name: str) -> None:
    medicine = MEDICINES[name]
    assert medicine.warnings
    assert medicine.rests_on
    assert not re.search(
        r"\d+ ?(mg|ml|g)\b", medicine.words + " ".join(w.text for w in medicine.warnings)
    )


@pytest.mark.parametrize(
    ("findings", "named"),
    [
        ({"pregnant": "yes"}, "pregnant"),
        ({"blood_thinners": "yes"}, "blood thinner"),
        ({"black_stools": "yes"}, "ulcer"),
        ({"dark_urine": "yes"}, "hot event"),
    ],
)
def test_no_plan_offers_tablets_that_an_answer_forbids(
    findings: dict[str, str], named: str
) -> None:
    """Over all conditions and stages; `named` makes sure that the warning is about that answer."""
    warned = [
        w for w in MEDICINES["anti_inflammatories"].warnings if set(findings) & set(w.when.split())
    ]
    assert any(named in w.text and w.level == "never" for w in warned)
    for condition in CONDITIONS:
        for stage in STAGES:
            found = plan_for(condition, stage, Case(findings=findings))
            offered = [
                line.text
                for line in found.section("medicines")
                if line.medicine == "anti_inflammatories" and line.strength in OFFERING
            ]
            assert offered == [], (condition, stage)


def test_a_warning_that_the_answers_meet_is_said_to_that_person() -> None:
    older = plan_for("lumbar_muscle_strain", Stage("first_days"), Case(age=70))
    note = next(m for m in older.medicines if m.id == "anti_inflammatories")
    assert any("65" in text for text in note.for_you)
    younger = plan_for("lumbar_muscle_strain", Stage("first_days"), Case(age=30))
    assert next(m for m in younger.medicines if m.id == "anti_inflammatories").for_you == ()


@pytest.mark.parametrize(
    "condition", ["disc_herniation_sciatica", "foraminal_stenosis_radiculopathy"]
)
def test_gabapentinoids_are_never_offered_for_sciatica(condition: str) -> None:
    for stage in STAGES:
        for line in plan_for(condition, stage).section("medicines"):
            if line.medicine == "gabapentinoids":
                assert line.strength == "against"


def test_paracetamol_alone_is_advised_against_for_low_back_pain() -> None:
    for stage in STAGES:
        lines = plan_for("lumbar_muscle_strain", stage).section("medicines")
        strengths = {line.strength for line in lines if line.medicine == "paracetamol"}
        assert strengths == {"against"}


def test_stopping_long_used_medicine_is_never_left_to_the_person() -> None:
    for name in ("opioids", "gabapentinoids", "antidepressants_for_pain"):
        assert any("do not stop suddenly" in w.text for w in MEDICINES[name].warnings)
