"""Contraindications: every exercise against every rule, and nothing unknown ever unlocks an exercise."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbago.assessment import assess
from lumbago.care.contraindications import (
    checkable,
    load_contraindications,
    load_facts,
    read_contraindications,
    read_facts,
)
from lumbago.care.exercises import load_exercises
from lumbago.care.safety import Known, allowed, excluded, holding, known_of, open_questions
from lumbago.case import AGE_BANDS, Case
from lumbago.errors import CaseError, EvidenceError, UnknownIdError
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.expression import Age, Atom, parse
from lumbago.reasoning.flags import FlagRule

RULES = load_contraindications()
TEXT = (files("lumbago.care") / "data" / "contraindications.yaml").read_text(encoding="utf-8")
RAW: dict[str, dict[str, Any]] = {raw["id"]: raw for raw in yaml.safe_load(TEXT)}
#: Every name that a rule asks about, for random cases.
NAMES = sorted(
    {
        atom.name
        for c in RULES.values()
        for expression in (c.expression, c.exception)
        if expression is not None
        for atom, _ in FlagRule("", 0, expression, "").atoms
        if atom.name not in ("sex", "region")
    }
)


def case_of(term: frozenset[Any]) -> Case:
    """The least case in which a term of a rule holds."""
    findings, regions, age = {}, [], None
    for fact in term:
        match fact:
            case Atom("region", value):
                regions.append(value)
            case Atom(name, value):
                findings[name] = value
            case Age(low, _):
                age = low
            case _:  # Not(Atom): the answer "no"
                findings[fact.part.name] = "no"
    return Case(age=age, regions=tuple(regions), findings=findings)


def ways(rule: str) -> list[Known]:
    """Every least way in which a rule can hold, each alone."""
    c = RULES[rule]
    found = [Known(level=level) for level in c.levels]
    found += [Known(probabilities={name: p}) for name, p in c.conditions.items()]
    found += [Known()] if c.always else []
    if c.expression is not None:
        found += [Known(case_of(term)) for term in FlagRule("", 0, c.expression, "").terms]
    return found


def forbidden_by_hand(raw: dict[str, Any], name: str) -> bool:
    """The meaning of `excludes`, written plainly on the raw file."""
    e = load_exercises()[name]
    if name in raw.get("keeps", []):
        return False
    if raw["excludes"] == "everything":
        return True
    own = {
        "exercises": [e.id], "categories": [e.category], "areas": [e.area],
        "directions": [e.direction], "loads": [e.load], "positions": e.positions,
    }  # fmt: skip
    return any(
        all(any(v in own[key] for v in wanted) for key, wanted in block.items())
        for block in raw["excludes"]
    )


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_holds_in_each_of_its_ways_alone(rule: str) -> None:
    assert ways(rule)
    for known in ways(rule):
        assert rule in {c.id for c in holding(known)}


@pytest.mark.parametrize("rule", RULES)
def test_every_exercise_against_every_contraindication(rule: str) -> None:
    for known in ways(rule):
        told, left = excluded(known), allowed(known)
        for name in load_exercises():
            by = {x.contraindication for x in told.get(name, ())}
            assert (rule in by) == forbidden_by_hand(RAW[rule], name), name
            assert (name in left) == (not by), name


def with_answers(known: Known, answers: dict[str, str]) -> Known:
    return replace(known, case=known.case.having(answers))


@pytest.mark.parametrize("rule", [c.id for c in RULES.values() if c.unless])
def test_a_clearance_lifts_its_rule_and_nothing_less_does(rule: str) -> None:
    """In every way in which the rule can hold: each of its facts is needed, and "no" is not "yes"."""
    exception = RULES[rule].exception
    assert exception is not None
    for term in FlagRule("", 0, exception, "").terms:
        cleared = dict(case_of(term).findings)
        for known in ways(rule):
            assert rule not in {c.id for c in holding(with_answers(known, cleared))}
            for name in cleared:
                less = {n: v for n, v in cleared.items() if n != name}
                for answers in (less, {**cleared, name: "no"}):
                    assert rule in {c.id for c in holding(with_answers(known, answers))}


NECK_INJURIES = [
    {"midline_neck_tenderness": "yes"},
    {"canadian_c_spine_dangerous_mechanism": "yes"},
    {"whiplash_mechanism": "yes", "unable_rotate_45": "yes"},
]


@pytest.mark.parametrize("findings", [{"major_trauma": "yes", "neck_pain": "yes"}, *NECK_INJURIES])
def test_an_injured_neck_is_not_moved_before_it_is_cleared(findings: dict[str, str]) -> None:
    known = Known(Case(findings=findings))
    assert "neck_injury_not_cleared" in {c.id for c in holding(known)}
    cleared = with_answers(known, {"neck_cleared": "yes"})
    assert "neck_injury_not_cleared" not in {c.id for c in holding(cleared)}


def test_an_injured_low_back_is_no_injured_neck() -> None:
    fall = Case(regions=("low_back",), findings={"major_trauma": "yes", "low_back_pain": "yes"})
    told = {c.id for c in holding(Known(fall))}
    assert "neck_injury_not_cleared" not in told
    assert "fracture_suspected" in told


def test_a_cleared_heel_cord_is_loaded_before_it_is_stretched_and_hopped_on() -> None:
    torn = Known(probabilities={"achilles_rupture": 0.8})
    last = {"pogo_hop", "calf_stretch", "calf_eccentric", "calf_hsr"}
    assert {"calf_raise_seated", "calf_raise_straight", *last}.isdisjoint(allowed(torn))
    loaded = with_answers(torn, {"calf_cleared": "yes"})
    assert {"calf_raise_seated", "calf_raise_straight"} <= set(allowed(loaded))
    assert last.isdisjoint(allowed(loaded))
    assert last <= set(allowed(with_answers(loaded, {"calf_cleared_for_all": "yes"})))


#: Cases that a clinician can write; see the head of the file.
CLINIC = yaml.safe_load((Path(__file__).parent / "safety_cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("person", CLINIC, ids=str)
def test_what_a_clinician_would_insist_on(person: dict[str, Any]) -> None:
    known = Known(Case(findings=person["findings"]), person.get("conditions", {}))
    left = set(allowed(known))
    if person["never"] == "all":
        assert left <= {"diaphragm_breathing", "getting_up_roll"}
    else:
        assert left.isdisjoint(person["never"]), left & set(person["never"])
    assert left >= set(person["still"]), set(person["still"]) - left


@pytest.mark.parametrize("level", ["ambulance", "emergency", "urgent"])
def test_no_exercise_at_all_while_care_comes_first(level: str) -> None:
    assert allowed(Known(level=level)) == ()
    assert allowed(Known(level=level, checked=frozenset({"care_first"}))) != ()


def test_a_healthy_person_may_do_everything() -> None:
    ready = Known(Case(age=40, findings={"ready_to_run": "yes"}), level="self_care")
    assert allowed(ready) == tuple(load_exercises())


@pytest.mark.parametrize("answer", [{}, {"ready_to_run": "no"}])
def test_nobody_runs_before_the_tests_are_passed(answer: dict[str, str]) -> None:
    assert "return_to_run" not in allowed(Known(Case(age=40, findings=answer)))


def cases() -> st.SearchStrategy[dict[str, str]]:
    def value(name: str) -> st.SearchStrategy[str]:
        finding = load_knowledge().finding_by_id.get(name)
        return st.sampled_from(finding.values if finding else ("yes", "no"))

    return st.fixed_dictionaries({}, optional={name: value(name) for name in NAMES})


AGES = st.none() | st.integers(0, max(high for _, high in AGE_BANDS.values()))


@given(findings=cases(), age=AGES, data=st.data())
@settings(max_examples=80, deadline=None)
def test_what_is_forgotten_never_unlocks_what_a_present_finding_forbids(
    findings: dict[str, str], age: int | None, data: st.DataObject
) -> None:
    whole = Known(Case(age=age, findings=findings))
    rules = holding(whole)
    if not rules:
        return
    rule = data.draw(st.sampled_from(rules))
    term = next(
        (
            t
            for t in (FlagRule("", 0, rule.expression, "").terms if rule.expression else ())
            if _certain(t, whole.case)
        ),
        None,
    )
    if term is None:
        return
    kept = {n: v for n, v in findings.items() if n in case_of(term).findings}
    less = Known(Case(age=age, findings=kept, regions=case_of(term).regions))
    for e in load_exercises().values():
        if rule.forbids(e):
            assert e.id not in allowed(less)


def _certain(term: frozenset[Any], case: Case) -> bool:
    from lumbago.reasoning.flags import evaluate

    return all(evaluate(fact, case) is True for fact in term)


@given(findings=cases(), extra=st.sampled_from(NAMES))
@settings(max_examples=60, deadline=None)
def test_one_more_present_danger_never_allows_more(findings: dict[str, str], extra: str) -> None:
    lifting = {
        "operation_cleared",
        "first_16_weeks",
        "neck_cleared",
        "calf_cleared",
        "calf_cleared_for_all",
        "walk_normally",
        "ready_to_run",
    }
    finding = load_knowledge().finding_by_id.get(extra)
    if extra in lifting or (finding and finding.kind == "choice"):
        return
    without = {n: v for n, v in findings.items() if n != extra}
    before = allowed(Known(Case(findings=without)))
    after = allowed(Known(Case(findings={**without, extra: "yes"})))
    assert set(after) <= set(before)


def test_every_exclusion_says_why_and_what_instead() -> None:
    for c in RULES.values():
        for words in (c.reason, c.instead):
            assert words.endswith(".")
            assert words[0].isupper()
            assert "diagnos" not in words.lower()


def test_open_questions_are_those_whose_answer_could_still_forbid() -> None:
    nobody = Known()
    asked = open_questions(nobody)
    assert {"saddle_numbness", "pregnant", "osteoporosis", "heart_not_stable"} <= set(asked)
    assert "first_16_weeks" in open_questions(Known(Case(findings={"pregnant": "yes"})))
    answered = dict.fromkeys(asked, "no")
    answered["ready_to_run"] = "yes"
    answered |= {
        "walk_normally": "yes",
        "duration": "over_12_weeks",
        "course": "steady",
        "pain_severity": "mild",
    }
    assert open_questions(Known(Case(age=40, findings=answered, regions=("low_back",)))) == ()


def test_only_what_matters_for_the_exercises_in_question_is_asked() -> None:
    neck = open_questions(Known(), ["neck_rotation"])
    assert "dizziness" in neck
    assert {"ready_to_run", "kneeling_hurts", "heel_bone_pain"}.isdisjoint(neck)
    assert "ready_to_run" in open_questions(Known(), ["return_to_run"])


def test_an_assessment_brings_its_level_its_causes_and_its_findings() -> None:
    answer = assess(age=30, region="low_back", findings={"known_spondylolisthesis": True})
    known = known_of(answer, facts={"kneeling_hurts": "yes"})
    told = {x.contraindication for x in excluded(known)["bird_dog"]}
    assert "kneeling_hurts" in told
    assert "mckenzie_press_up" in excluded(known)
    assert excluded(known)["bird_dog"][0].to_dict()["reason"]


def test_an_alias_of_a_condition_forbids_what_the_condition_forbids() -> None:
    named = Known(probabilities={"vertebral_fragility_fracture": 0.5})
    assert excluded(Known(probabilities={"compression fracture": 0.5})) == excluded(named) != {}


def test_impossible_knowledge_is_refused_in_one_sentence() -> None:
    with pytest.raises(UnknownIdError, match="no condition"):
        Known(probabilities={"sore": 0.5})
    with pytest.raises(CaseError, match="0 to 1"):
        Known(probabilities={"hamstring_injury": 2})
    with pytest.raises(CaseError, match="level must be one of"):
        Known(level="soonish")
    with pytest.raises(UnknownIdError, match="no contraindication that a check can end"):
        Known(checked=frozenset({"pregnancy"}))
    with pytest.raises(UnknownIdError, match="no fact"):
        known_of(assess(age=30, region="calf"), facts={"left_handed": "yes"})


def test_only_what_a_clinician_can_settle_ends_by_checking() -> None:
    assert {"care_first", "fracture_suspected", "clot_suspected"} <= checkable()
    assert checkable().isdisjoint({"pregnancy", "thin_bones", "slipped_vertebra", "child"})


def test_facts_do_not_hide_findings() -> None:
    assert not set(load_facts()) & set(load_knowledge().finding_by_id)
    assert set(load_facts()) <= set(NAMES)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"when": "pregnant and not osteoporosis"}, "use unless"),
        ({"when": ""}, "needs when"),
        ({"when": "no_such_thing"}, "unknown no_such_thing"),
        ({"when": "pregnant +"}, "cannot be read as a rule"),
        ({"conditions": {"no_such_thing": 0.1}}, "unknown condition"),
        ({"conditions": {"hamstring_injury": 0.0}}, "must be above 0"),
        ({"excludes": [{}]}, "names nothing"),
        ({"excludes": [{"exercises": ["no_such_thing"]}]}, "unknown exercise"),
        ({"source": "nobody_2020"}, "unknown source"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_faulty_rule_is_refused_with_its_place(change: dict[str, object], fault: str) -> None:
    raw = [{**RAW["pregnancy"], **change}]
    with pytest.raises(EvidenceError, match=fault):
        read_contraindications(yaml.safe_dump(raw).encode())


def test_a_fact_that_settles_no_danger_sign_is_refused() -> None:
    raw = [{"id": "well", "question": "Well?", "why": "So.", "settles": ["no_such_sign"]}]
    with pytest.raises(EvidenceError, match="well: unknown red-flag rule no_such_sign"):
        read_facts(yaml.safe_dump(raw).encode())


def test_a_negation_that_stands_alone_is_a_rule() -> None:
    assert parse("not walk_normally or unable_to_bear_weight")
    assert RULES["cannot_walk_well"].when.startswith("not ")
