"""Findings that follow from several others, against what careful readers marked."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from lumbago import assess
from lumbago.assessment.intake import implications
from lumbago.knowledge import load_knowledge
from lumbago.research.language import closed, plain, read_texts

TEXTS = [
    text
    for path in (Path(__file__).parents[2] / "evaluation" / "language").glob("[stw]*.yaml")
    for text in read_texts(path)
]


@pytest.mark.parametrize(
    ("findings", "finding"),
    [
        (
            {"worse_sitting": "yes", "better_with_exercise": "yes"},
            "pain_varies_with_posture",
        ),
        (
            {"cannot_sit_on_buttock": "yes", "eased_by_lying": "yes"},
            "pain_varies_with_posture",
        ),
        ({"duration": "over_12_weeks"}, "pain_persisting_beyond_healing"),
    ],
)
def test_it_is_present_where_each_list_holds_something(
    findings: Mapping[str, str], finding: str
) -> None:
    assert (finding, "yes") in implications(load_knowledge(), findings)


@pytest.mark.parametrize(
    "findings",
    [
        {"worse_sitting": "yes"},
        {"worse_sitting": "yes", "eased_by_lying": "no"},
        {"worse_sitting": "yes", "eased_by_lying": "yes", "pain_varies_with_posture": "no"},
        {"duration": "weeks_6_to_12"},
    ],
)
def test_it_does_not_follow_from_a_part_nor_against_an_answer(findings: Mapping[str, str]) -> None:
    followed = {name for name, _ in implications(load_knowledge(), findings)}
    assert followed.isdisjoint({"pain_varies_with_posture", "pain_persisting_beyond_healing"})


def test_the_assessment_says_that_it_was_implied() -> None:
    found = assess(findings={"worse_sitting": True, "eased_by_lying": True}, age=40).to_dict()
    origins = {f["finding"]: f["origin"] for f in found["findings"]}
    assert origins["pain_varies_with_posture"] == "implied"


@pytest.mark.parametrize("finding", [f.id for f in load_knowledge().following])
def test_careful_readers_mark_it_or_leave_it_open(finding: str) -> None:
    """Those who marked what it follows from; they did not know of the rule."""
    count = {"marked": 0, "open": 0, "denied": 0, "not marked": 0}
    for text in TEXTS:
        marked = {name: plain(value) for name, value in text.findings.items()}
        said = marked.pop(finding, None)
        if closed(marked).get(finding) != "yes":
            continue
        open_ = said is None and text.leaves_open(finding, "yes")
        count[
            {"yes": "marked", "no": "denied"}.get(said or "", "open" if open_ else "not marked")
        ] += 1
    assert count["marked"] > 30
    assert count["denied"] == 0
    assert count["marked"] + count["open"] > 0.85 * sum(count.values()), count


EXCLUDING = sorted((f.id, other) for f in load_knowledge().findings for other in f.excludes)


@pytest.mark.parametrize(("one", "other"), EXCLUDING)
def test_what_excludes_another_rules_it_out_but_not_against_an_answer(one: str, other: str) -> None:
    assert (other, "no") in implications(load_knowledge(), {one: "yes"})
    assert (one, "no") in implications(load_knowledge(), {other: "yes"})
    assert implications(load_knowledge(), {one: "no"}).count((other, "no")) == 0
    both = dict(implications(load_knowledge(), {one: "yes", other: "yes"}))
    assert both.keys().isdisjoint({one, other})


@pytest.mark.parametrize(("one", "other"), EXCLUDING)
def test_careful_readers_hardly_ever_mark_both(one: str, other: str) -> None:
    held = [{k for k, v in t.findings.items() if plain(v) == "yes"} for t in TEXTS]
    together = sum({one, other} <= marked for marked in held)
    rarer = min(sum(name in marked for marked in held) for name in (one, other))
    assert together <= 0.02 * rarer
