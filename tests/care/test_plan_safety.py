"""No plan contradicts a danger sign, a contraindication, or a guideline that advises against something."""

import re
from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lumbago
from lumbago.assessment.assess import assess_case
from lumbago.care.advice import load_advice
from lumbago.care.contraindications import Contraindication, load_contraindications
from lumbago.care.exercises import load_exercises
from lumbago.care.plan import Plan, plan, plan_for
from lumbago.care.prescribe import prescribe
from lumbago.care.safety import Known, excluded, known_of
from lumbago.care.situation import situation_of
from lumbago.care.stages import STAGES, TIMES, Stage, Time
from lumbago.care.text import plan_text
from lumbago.case import REGIONS, Case, Region
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.expression import Age, Atom
from lumbago.knowledge.schema import DISPOSITIONS
from lumbago.reasoning.flags import FlagRule, evaluate

KNOWLEDGE = load_knowledge()
CONDITIONS = [c.id for c in KNOWLEDGE.conditions]
RULES = [c for c in load_contraindications().values() if c.expression is not None]
MOVING = [f for f in load_advice().families.values() if f.exercises]
URGENT = DISPOSITIONS[:3]
#: Ways in which a rule can hold; that every one bars its exercises is tested with the rules.
MOST_CASES = 8


def cases_of(rule_when: str, name: str) -> Iterator[Case]:
    """The smallest cases in which a rule holds."""
    from lumbago.knowledge.expression import parse

    rule = FlagRule(name, 0, parse(rule_when), "")
    for term in rule.terms:
        facts = {fact.name: fact.value for fact in term if isinstance(fact, Atom)}
        ages = [fact.low for fact in term if isinstance(fact, Age)]
        regions = [facts.pop("region")] if "region" in facts else []
        sex = facts.pop("sex", None)
        case = Case(age=max(ages, default=None), sex=sex, regions=tuple(regions), findings=facts)  # type: ignore[arg-type]  # read from a checked rule
        if evaluate(rule.when, case) is True:
            yield case


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_contraindication_bars_its_exercises_from_every_plan(rule: Contraindication) -> None:
    """Every condition that has exercises, at every time, also after a clinician has looked."""
    cases = list(islice(cases_of(rule.when, rule.id), MOST_CASES))
    assert cases
    barred = {e.id for e in load_exercises().values() if rule.forbids(e)}
    for case in cases:
        for family in MOVING:
            for time in TIMES:
                situation = situation_of(family.conditions[0], Stage(time, seen=True), case)
                chosen, left_out = prescribe(situation)
                assert barred.isdisjoint(e.id for e in chosen), (family.id, time, case.findings)
                assert all(e.why for e in left_out)


PICTURES = [
    pytest.param(
        Case(age=p.age, sex=p.sex, regions=tuple(p.regions), findings=p.findings),  # type: ignore[arg-type]  # read from checked evidence
        id=p.condition,
    )
    for p in KNOWLEDGE.textbook
]


@pytest.mark.parametrize("case", PICTURES)
def test_the_typical_picture_of_a_danger_gets_care_first_whoever_has_looked(case: Case) -> None:
    answer = assess_case(case)
    level = answer.disposition["level"]
    flagged = any(
        KNOWLEDGE.rule_by_id[r].disposition in URGENT for r in answer.disposition["rules"]
    )
    for seen in (False, True):
        found = plan(answer, seen=seen)
        assert found.level == level
        if level in URGENT and (flagged or not seen):
            assert found.urgent
            assert found.exercises == ()
            assert not found.section("today")
            assert found.section("until_then")


TORN = {"felt_pop_or_snap": "yes", "heel_cord_pain": "yes", "achilles_thompson_positive": "yes"}
JOLTED = {"whiplash_mechanism": "yes", "neck_pain": "yes", "unable_rotate_45": "yes"}
CLEARED = [
    pytest.param("calf", TORN, "calf_cleared", "calf_raise_straight", id="calf"),
    pytest.param("neck", JOLTED, "neck_cleared", "neck_isometric", id="neck"),
]


@pytest.mark.parametrize(("region", "findings", "fact", "exercise"), CLEARED)
def test_what_a_clinician_has_cleared_no_longer_keeps_the_plan_shut(
    region: Region, findings: dict[str, str], fact: str, exercise: str
) -> None:
    """Only with both: a look alone clears nothing, and nobody clears what was not looked at."""
    answer = lumbago.assess(
        age=40, region=region, findings={**findings, "duration": "over_12_weeks"}
    )
    assert answer.disposition["level"] in URGENT
    for seen, answers in ((False, {}), (True, {}), (False, {fact: "yes"}), (True, {fact: "no"})):
        assert plan(answer, seen=seen, facts=answers).urgent
    found = plan(answer, seen=True, facts={fact: "yes"})
    assert not found.urgent
    assert exercise in {e.id for e in found.exercises}


def test_a_clearance_does_not_settle_another_danger_sign() -> None:
    findings = {
        "achilles_thompson_positive": "yes",
        "heel_cord_pain": "yes",
        "calf_swelling": "yes",
    }
    answer = lumbago.assess(age=40, region="calf", findings=findings)
    assert plan(answer, seen=True, facts={"calf_cleared": "yes"}).urgent


def test_until_help_comes_is_about_what_is_feared() -> None:
    answer = lumbago.assess(
        age=66,
        sex="male",
        region="low_back",
        findings={"pulsating_abdomen": True, "sudden_onset": True, "fainted_or_collapsed": True},
    )
    found = plan(answer)
    assert found.level == "ambulance"
    assert "ambulance" in found.headline.lower()
    assert any("emergency number" in line.text for line in found.section("until_then"))


#: Words for what guidelines advise against in low back pain and sciatica, and lines that may hold them.
AGAINST = {
    r"\bbelts?\b|\bcorset|\bbrace\b": "ordinary_low_back_pain sciatica",
    r"\btraction\b": "ordinary_low_back_pain sciatica",
    r"\belectric|\bultrasound treatment|\bTENS\b": "ordinary_low_back_pain sciatica",
    r"\bgabapentin|\bpregabalin": "ordinary_low_back_pain sciatica",
    r"\bparacetamol\b": "ordinary_low_back_pain",
    r"\bfusing|\bfusion": "ordinary_low_back_pain",
    r"\bcollar\b": "ordinary_neck_pain whiplash",
    r"\bbed rest\b|\blie in bed\b|\brest in bed\b": "ordinary_low_back_pain sciatica ordinary_neck_pain",
}
RECOMMENDING = ("today", "helps", "work", "positions", "ask")


@pytest.mark.parametrize(("words", "families"), AGAINST.items())
def test_what_guidelines_advise_against_is_never_recommended(words: str, families: str) -> None:
    for name in families.split():
        for condition in load_advice().families[name].conditions:
            for stage in STAGES:
                for line in plan_for(condition, stage).lines:
                    if re.search(words, line.text, re.I):
                        assert line.section not in RECOMMENDING, (condition, line.text)


def test_a_scan_is_never_asked_for_in_the_first_weeks_of_ordinary_pain() -> None:
    for name in ("ordinary_low_back_pain", "sciatica", "ordinary_neck_pain"):
        for condition in load_advice().families[name].conditions:
            for time in ("first_days", "weeks_to_6"):
                found = plan_for(condition, Stage(time))  # type: ignore[arg-type]  # both are times
                assert not any(
                    re.search(r"\bscan|X-ray|MRI", line.text) for line in found.section("ask")
                )
                assert any("scan" in line.text for line in found.section("not_ask"))


def lines_that_recommend(found: Plan) -> Iterator[tuple[str, str]]:
    for line in found.lines:
        if line.section in (*RECOMMENDING, "medicines"):
            yield line.section, line.strength


def test_no_line_that_recommends_rests_on_advice_against_alone() -> None:
    for condition in CONDITIONS:
        for stage in STAGES:
            for section, strength in lines_that_recommend(plan_for(condition, stage)):
                if section != "medicines":
                    assert strength not in ("against", "insufficient"), condition


CLOSED = [f for f in KNOWLEDGE.findings if f.who in ("person", "helper")]


@st.composite
def told(draw: st.DrawFn) -> Case:
    """Anybody, with up to eight answers that need not make sense together."""
    chosen = draw(st.lists(st.sampled_from(CLOSED), max_size=8, unique_by=lambda f: f.id))
    return Case(
        age=draw(st.one_of(st.none(), st.integers(5, 95))),
        sex=draw(st.sampled_from([None, "female", "male"])),
        regions=tuple(draw(st.lists(st.sampled_from(REGIONS), max_size=2, unique=True))),
        findings={f.id: draw(st.sampled_from(f.values)) for f in chosen},
    )


@given(case=told(), seen=st.booleans(), time=st.sampled_from(list(TIMES)))
@settings(max_examples=60, deadline=None)
def test_whatever_is_told_care_comes_first_and_nothing_forbidden_is_advised(
    case: Case, seen: bool, time: Time
) -> None:
    answer = assess_case(case)
    found = plan(answer, seen=seen, time=time)
    assert found.level == answer.disposition["level"]
    if found.level in URGENT and not seen:
        assert found.urgent
    if found.urgent:
        assert found.exercises == ()
        assert found.section("until_then")
        assert found.section("help_now")
    told_of_now = excluded(Known(case))  # without likely causes or levels, which a look may end
    assert told_of_now.keys().isdisjoint(e.id for e in found.exercises)
    assert plan_text(found)
    if not seen:
        everything = excluded(known_of(answer))
        assert everything.keys().isdisjoint(e.id for e in found.exercises)
