"""A plan: urgent care first, nothing that contradicts a danger sign, every line with what it rests on."""

import pytest

import lumbago
from lumbago.care.advice import SECTIONS, load_advice
from lumbago.care.plan import Plan, plan, plan_for
from lumbago.care.running_data import injury, load_running_return
from lumbago.care.running_return import walk_run_table
from lumbago.care.stages import GRADES, STAGES, Stage
from lumbago.care.text import plan_text
from lumbago.case import Case
from lumbago.errors import UnknownIdError
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.schema import DISPOSITIONS

CONDITIONS = load_knowledge().conditions
URGENT = DISPOSITIONS[:3]
STRAINS = ("gastrocnemius_strain", "soleus_strain", "plantaris_rupture")
#: What a person who need not be seen at once must find in a plan.
NEEDED = ("today", "not_worth", "work", "look_again", "help_now")


def every_plan() -> list[tuple[str, Stage, Plan]]:
    return [(c.id, stage, plan_for(c.id, stage)) for c in CONDITIONS for stage in STAGES]


EVERY = every_plan()


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.name)
def test_every_condition_has_a_plan_at_every_stage(stage: Stage) -> None:
    short = [
        (c, [s for s in NEEDED if not found.section(s)])
        for c, at, found in EVERY
        if at == stage and not found.urgent and not stage.seen
    ]
    assert [(c, lacking) for c, lacking in short if lacking] == []


def test_an_urgent_plan_is_about_getting_care_and_has_no_exercises() -> None:
    urgent = [(c, found) for c, stage, found in EVERY if found.level in URGENT and not stage.seen]
    assert len(urgent) == 4 * sum(c.disposition in URGENT for c in CONDITIONS)
    for condition, found in urgent:
        assert found.urgent, condition
        assert found.exercises == (), condition
        assert found.section("until_then"), condition
        assert found.section("not_meanwhile"), condition
        assert found.section("help_now"), condition
        assert not found.section("today"), condition
        assert not found.section("helps"), condition


def test_after_care_an_urgent_condition_has_a_plan_too() -> None:
    for condition, stage, found in EVERY:
        if found.level in URGENT and stage.seen:
            assert not found.urgent, condition
            assert found.section("work"), condition
            assert found.section("ask") or found.section("today"), condition
            assert found.section("help_now"), condition


def test_grades_of_a_strain_change_what_to_expect() -> None:
    for condition in STRAINS:
        courses = [
            {
                s.id
                for line in plan_for(condition, Stage("weeks_to_6", False, g)).section("expect")
                for s in line.supports
            }
            for g in GRADES
        ]
        assert len({frozenset(c) for c in courses}) == len(GRADES)


def test_no_line_stands_twice_and_sections_keep_their_order() -> None:
    for condition, _, found in EVERY:
        texts = [line.text for line in found.lines]
        assert len(texts) == len(set(texts)), condition
        order = [SECTIONS.index(line.section) for line in found.lines]
        assert order == sorted(order), condition


def test_saddle_numbness_with_sciatica_is_an_emergency_whoever_has_looked() -> None:
    answer = lumbago.assess(
        age=45, region="low_back", findings={"leg_pain_below_knee": True, "saddle_numbness": True}
    )
    for seen in (False, True):
        found = plan(answer, seen=seen)
        assert found.urgent
        assert found.level == "emergency"
        assert found.exercises == ()
        assert "scanner" in plan_text(found)


def test_the_plan_of_a_calf_strain_is_about_the_calf() -> None:
    answer = lumbago.assess(
        age=40,
        region="calf",
        findings={
            "felt_pop_or_snap": True,
            "mid_calf_pain": True,
            "calf_swelling": False,
            "duration": "weeks_1_to_6",
            "walk_normally": True,
        },
    )
    found = plan(answer, seen=True)
    assert found.stage.time == "weeks_to_6"
    assert found.family in ("calf_strain", "torn_heel_cord")


def test_open_safety_questions_make_a_plan_provisional() -> None:
    unasked = plan(lumbago.assess("my lower back hurts", age=40))
    assert unasked.open_questions
    assert "provisional" in plan_text(unasked)
    must_ask = [f for f in load_knowledge().findings if "low_back" in f.must_ask]
    answers = {f.id: "no" for f in must_ask if f.kind == "yes_no"}
    asked = plan(lumbago.assess("my lower back hurts", age=40, findings=answers))
    assert asked.open_questions == ()
    assert "provisional" not in plan_text(asked)


def test_a_flare_plan_and_the_way_back_to_running_fit_the_cause() -> None:
    strain = plan_for("soleus_strain", Stage("weeks_to_6"))
    assert strain.flare is not None
    assert strain.flare.area == "calf"
    assert strain.running == "calf_strain"
    clot = plan_for("deep_vein_thrombosis")
    assert clot.flare is None
    assert clot.running is None
    assert plan_for("spinal_metastasis", Stage("weeks_to_6", seen=True)).flare is None


RUNNERS = [
    ("soleus_strain", "calf_strain"),
    ("achilles_tendinopathy", "achilles_tendinopathy"),
    ("medial_tibial_stress_syndrome", "shin_splints"),
    ("tibial_stress_fracture", "tibial_stress_injury"),
]


@pytest.mark.parametrize(("condition", "injury_id"), RUNNERS)
def test_the_text_shows_the_whole_way_back_to_running(condition: str, injury_id: str) -> None:
    text = " ".join(plan_text(plan_for(condition, Stage("weeks_12_on", seen=True))).split())
    found, criteria = injury(injury_id), {c.id: c for c in load_running_return().criteria}
    assert "The way back to running" in text
    for stage in found.stages:
        assert f"{stage.name}. {stage.todo}" in text
        for name in stage.to_leave:
            assert criteria[name].ask in text
    for step in walk_run_table(injury_id):
        assert f"step {step.step}: {step.in_words}" in text
    assert f"{found.sessions_each} good sessions at each step" in text


def test_the_text_has_no_way_back_to_running_where_there_is_none() -> None:
    for condition in ("neck_strain", "deep_vein_thrombosis", "femoral_stress_fracture"):
        assert "way back to running" not in plan_text(plan_for(condition, Stage(seen=True)))


def test_what_bars_running_stands_above_the_way_back() -> None:
    text = plan_text(plan_for("tibial_stress_fracture", Stage("weeks_12_on", seen=True)))
    assert "No running for now." in text.split("The way back to running")[1]


def test_words_about_something_else_give_a_general_plan_that_says_so() -> None:
    found = plan(lumbago.assess("my printer is broken"))
    assert found.out_of_scope
    assert found.exercises == ()
    assert found.family == "not_known_yet"
    assert "does not sound like a pain" in plan_text(found)


def test_a_medicine_that_an_answer_rules_out_is_not_offered() -> None:
    offered = [
        found
        for findings in ({}, {"pregnant": "yes"}, {"blood_thinners": "yes"})
        for found in [
            plan_for("lumbar_muscle_strain", Stage("first_days"), Case(findings=findings))
        ]
    ]
    ruled_out = [
        not any(line.medicine == "anti_inflammatories" for line in found.section("medicines"))
        for found in offered
    ]
    assert ruled_out == [False, True, True]


def test_treatment_by_hand_is_not_advised_with_thin_bones() -> None:
    for findings, advised in (({}, True), ({"osteoporosis": "yes"}, False)):
        found = plan_for("lumbar_facet_joint_pain", Stage("weeks_to_6"), Case(findings=findings))
        assert any("by hand" in line.text for line in found.section("helps")) is advised


def test_an_unknown_condition_is_refused_with_one_sentence() -> None:
    with pytest.raises(UnknownIdError, match="there is no condition 'sore_wing'"):
        plan_for("sore_wing")


def test_json_holds_the_whole_plan() -> None:
    plain = plan_for("neck_strain").to_dict()
    assert plain["schema"] == "lumbago/plan/1"
    assert {line["section"] for line in plain["lines"]} <= set(SECTIONS)
    assert all(line["checked"] in ("seen", "recalled", "elicited") for line in plain["lines"])


def test_families_are_of_conditions_that_exist() -> None:
    named = [c for f in load_advice().families.values() for c in f.conditions]
    assert sorted(named) == sorted(c.id for c in CONDITIONS)
