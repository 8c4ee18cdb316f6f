"""What an article adds to a plan fits the stage: no first aid afterwards, no waiting after a visit."""

import re

import pytest
import yaml

from lumbago.care.article_lines import belongs, load_kept, read_kept, visit_words
from lumbago.care.plan import Plan, plan_for
from lumbago.care.stages import STAGES, TIMES, Stage
from lumbago.errors import EvidenceError
from lumbago.knowledge import load_knowledge
from lumbago.learn.articles import load_articles

LATE = ("weeks_6_to_12", "weeks_12_on")
PLANS: list[tuple[str, Stage, Plan]] = [
    (c.id, stage, plan_for(c.id, stage)) for c in load_knowledge().conditions for stage in STAGES
]
#: Words for the time until help comes; none may be read by somebody who has been treated.
UNTIL_HELP = re.compile(
    r"until help|till (help|the ambulance)|call handler|on the way to hospital|"
    r"(eat and drink nothing|do not eat or drink)|do not drive yourself|needs an operation soon",
    re.I,
)
WAIT = re.compile(
    r"\b(look after|care for|treat)\b[^.]*\byourself\b|\bself-care\b|by yourself and book", re.I
)


def test_first_aid_is_not_said_to_somebody_who_was_treated() -> None:
    found = [
        (condition, line.text)
        for condition, stage, found in PLANS
        if stage.seen and not found.urgent
        for line in found.section("treatment")
        if UNTIL_HELP.search(line.text)
    ]
    assert found == []


def test_first_aid_is_said_while_help_is_on_its_way() -> None:
    urgent = plan_for("acute_coronary_syndrome")
    assert any("until help comes" in line.text for line in urgent.section("treatment"))


@pytest.mark.parametrize("section", ["look_again", "today"])
def test_no_late_or_seen_plan_says_to_wait_and_see(section: str) -> None:
    found = [
        (condition, stage.name, line.text)
        for condition, stage, found in PLANS
        if stage.seen or stage.time in LATE
        for line in found.lines
        if line.section == section and WAIT.search(line.text)
    ]
    assert found == []


def test_after_a_visit_nobody_is_sent_to_book_the_first_one() -> None:
    for condition, stage, found in PLANS:
        if stage.seen and not found.urgent:
            for line in found.section("look_again"):
                assert "Book a routine appointment" not in line.text, condition


def test_who_was_not_seen_by_six_weeks_is_told_whom_to_see() -> None:
    helpers = re.compile(
        r"\bbook|physio|\bGP\b|clinic|doctor|midwife|pharmacist|looked at|\bteam\b|\bask\b", re.I
    )
    for condition, stage, found in PLANS:
        if stage.time in LATE and not stage.seen and not found.urgent:
            said = [line.text for line in found.section("look_again")]
            assert any(helpers.search(text) for text in said), (condition, said)


def test_help_at_once_is_told_at_every_stage() -> None:
    """A danger may come at any time, so what names it is never left out with the first days."""
    for condition in load_articles():
        signs = {
            tuple(line.text for line in plan_for(condition, Stage(time, seen)).section("help_now"))
            for time in TIMES
            for seen in (False, True)
        }
        shortest = min(signs, key=len)
        assert shortest, condition


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Look after it yourself for two weeks, then book a routine appointment.", "11000000"),
        ("Book a routine appointment if it limits you after six weeks.", "11000000"),
        ("Book a routine appointment if the knee locks.", "11110000"),
        ("See a clinician within two weeks for weight loss.", "11111111"),
        ("Call for a weak arm or leg.", "11111111"),
        ("Book if tablets are needed on more than two days a week.", "11110000"),
    ],
)
def test_a_visit_is_named_as_long_as_it_is_still_to_come(text: str, marks: str) -> None:
    assert "".join(str(int(bool(visit_words(text, stage)))) for stage in STAGES) == marks


def test_a_visit_that_the_plan_names_already_is_not_named_twice() -> None:
    text = "Book an appointment if it lasts. See a clinician within two weeks for weight loss."
    kept = visit_words(text, Stage("weeks_to_6"), booked=True)
    assert kept == "See a clinician within two weeks for weight loss."
    found = plan_for("neck_strain", Stage("weeks_to_6")).section("look_again")
    assert sum("book" in line.text.lower() for line in found) == 1


def test_an_urgent_plan_says_how_it_is_treated_however_long_it_has_hurt() -> None:
    late = plan_for("acute_coronary_syndrome", Stage("weeks_12_on"))
    assert late.urgent
    assert late.section("treatment") == plan_for("acute_coronary_syndrome").section("treatment")


def test_one_sentence_may_go_and_the_next_stay() -> None:
    text = "Care for it yourself. See a clinician within two weeks if it keeps coming back."
    assert visit_words(text, Stage("first_days")) == text
    late = visit_words(text, Stage("weeks_12_on"))
    assert late == "See a clinician within two weeks if it keeps coming back."


def test_what_a_plan_says_in_its_own_words_is_not_said_by_its_article_too() -> None:
    for condition, kept in load_kept().items():
        for stage in STAGES:
            texts = [line.text for line in plan_for(condition, stage).lines]
            assert not any(text.startswith(kept.said) for text in texts), condition


def test_lines_for_the_first_weeks_end_with_them() -> None:
    text = "The first two weeks are the worst."
    assert belongs("rib_fracture", text, Stage("weeks_to_6", seen=True))
    assert not belongs("rib_fracture", text, Stage("weeks_6_to_12", seen=True))


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ({"sore_wing": {"early": ["It"]}}, "there is no article on sore_wing"),
        ({"rib_fracture": {"early": ["No such line"]}}, "0 lines begin with 'No such line'"),
        ({"rib_fracture": {"late": ["The first"]}}, "late"),
    ],
)
def test_a_line_that_is_not_there_is_refused(raw: object, fault: str) -> None:
    with pytest.raises(EvidenceError, match=fault):
        read_kept(yaml.safe_dump({"conditions": raw}).encode())
