"""Where a person stands: from what they answered, else from what is usual for the cause."""

import pytest

import lumbago
from lumbago.care.plan import plan
from lumbago.care.stages import STAGES, TIMES, Stage, time_of
from lumbago.case import Case
from lumbago.knowledge import load_knowledge


def test_every_answer_about_duration_is_a_time() -> None:
    answers = load_knowledge().finding("duration").values
    times = [time_of(Case(findings={"duration": answer})) for answer in answers]
    assert times == list(TIMES)


def test_a_duration_that_is_not_told_is_not_made_up() -> None:
    assert time_of(Case()) is None


def test_there_are_four_times_before_and_after_a_look() -> None:
    assert len(STAGES) == 8
    assert [s.seen for s in STAGES] == [False] * 4 + [True] * 4


def test_a_stage_has_a_name_to_read() -> None:
    assert Stage("weeks_to_6", True, "mild").name == (
        "up to 6 weeks, mild tear, a clinician has looked at it"
    )


@pytest.mark.parametrize(
    ("findings", "grade"),
    [
        ({"calf_dent_or_gap": True}, "severe"),
        ({"calf_bruising": True, "limp": True}, "moderate"),
        ({"walk_normally": True, "calf_bruising": False, "limp": False}, "mild"),
        ({}, None),
    ],
)
def test_the_grade_of_a_calf_strain_comes_from_what_is_told(
    findings: dict[str, bool], grade: str | None
) -> None:
    told = {"mid_calf_pain": True, "sprint_or_push_off": True, "calf_swelling": False, **findings}
    found = plan(lumbago.assess(age=40, region="calf", findings=told))
    assert found.family == "calf_strain"
    assert found.stage.grade == grade


def test_what_the_caller_says_goes_before_the_answers() -> None:
    answer = lumbago.assess(region="low_back", findings={"duration": "under_1_week"})
    assert plan(answer).stage.time == "first_days"
    assert plan(answer, time="weeks_12_on").stage.time == "weeks_12_on"
