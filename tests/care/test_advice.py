"""The advice files: every fault is found and named, and a line says what its records say."""

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from lumbago.care.advice import Advice, load_advice, read_advice
from lumbago.care.advice_checks import advice_faults
from lumbago.care.evidence import supports, weigh, worst_checked
from lumbago.errors import EvidenceError
from lumbago.learn.checks import has_statistic

GOOD_LINE: Mapping[str, Any] = {
    "section": "helps",
    "text": "Exercise helps.",
    "from": ["hayden_2021_exercise_therapy_pain"],
}


def advice_with(line: Mapping[str, Any], **family: Any) -> Advice:
    record = {"id": "backs", "name": "Backs", "conditions": ["lumbar_disc_pain"], "lines": [line]}
    return read_advice({"plans/backs.yaml": yaml.safe_dump([record | family]).encode()})


def faults_of(line: Mapping[str, Any], **family: Any) -> str:
    found = advice_faults(advice_with(line, **family))
    return "\n".join(f for f in found if "families, not in one" not in f)


def test_the_packaged_advice_has_no_fault() -> None:
    assert advice_faults(load_advice()) == []


def test_a_good_line_has_none_either() -> None:
    assert faults_of(GOOD_LINE) == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"from": ["hayden_1066"]}, "unknown record hayden_1066"),
        ({"from": ["who_traction"]}, "are against, so it cannot stand in helps"),
        ({"section": "not_worth"}, "are for, so it cannot stand in not_worth"),
        ({"text": "Exercise helps"}, "is not a whole sentence"),
        ({"text": "Half are well in {hen08_pain} days."}, "hen08_pain is named, but not among"),
        ({"text": "Half in {ds17.low} days."}, "{ds17.low} stands for no figure"),
        ({"only": ["neck_strain"]}, "unknown condition of its family neck_strain"),
        ({"needs": "sore_wing"}, "there is no finding sore_wing"),
        ({"needs": 'duration == "ages"'}, "duration has no value ages"),
        ({"unless": "fever or"}, "cannot be read as a rule"),
        ({"medicine": "cake"}, "unknown medicine cake"),
    ],
)
def test_a_fault_is_named_with_its_place(change: Mapping[str, Any], says: str) -> None:
    found = faults_of({**GOOD_LINE, **change})
    assert says in found
    assert found.startswith("backs line 1")


def test_an_exercise_must_exist_and_be_meant_for_the_stage() -> None:
    found = faults_of(
        GOOD_LINE, exercises=[{"ids": ["moonwalk", "farmer_carry"], "stages": ["first_days"]}]
    )
    assert "unknown exercise moonwalk" in found
    assert "farmer_carry is not for first_days" in found


def test_a_condition_without_a_family_is_a_fault() -> None:
    found = advice_faults(advice_with(GOOD_LINE))
    assert "neck_strain stands in 0 families, not in one" in found
    assert not any(f.startswith("lumbar_disc_pain stands") for f in found)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"- {id: x", "not valid YAML"),
        (b"- {id: x, name: X, conditions: [], lines: [], cake: 1}", "cake"),
        (b"- {id: x, name: X, conditions: [], lines: [{section: cake, text: Eat.}]}", "cake"),
    ],
)
def test_a_malformed_file_is_refused_with_its_name(content: bytes, says: str) -> None:
    with pytest.raises(EvidenceError, match=says) as error:
        read_advice({"plans/odd.yaml": content})
    assert "plans/odd.yaml" in str(error.value)


@pytest.mark.parametrize(
    ("ids", "strength"),
    [
        ([], "teaching"),
        (["henschke_2008"], "published"),
        (["acp_superficial_heat"], "for"),
        (["nice_group_exercise_programme", "ijzelenberg_2023_exercise_acute"], "consider"),
        (["nice_traction", "who_traction"], "against"),
        (["nice_acupuncture", "who_needling_including_acupuncture"], "disputed"),
        (["french_2006_cold_packs"], "insufficient"),
    ],
)
def test_records_are_weighed_together(ids: list[str], strength: str) -> None:
    assert weigh(supports(ids)) == strength


def test_a_line_is_as_well_checked_as_its_worst_record() -> None:
    assert worst_checked(supports(["nice_traction"])) == "seen"
    assert worst_checked(supports(["nice_traction", "wieland_2022_yoga_pain"])) == "recalled"
    assert worst_checked(()) == "elicited"


def test_no_line_tells_a_share_of_people_without_a_record() -> None:
    advice = load_advice()
    lines = [line for family in advice.families.values() for line in advice.lines(family)]
    bare = [line.text for line in lines if has_statistic(line.text) and not line.rests_on]
    assert bare == []
