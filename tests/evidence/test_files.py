"""The evidence files: what must be there, and how faults are told."""

import pytest

from lumbago.errors import EvidenceError
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.files import data_files
from lumbago.knowledge.read import read_knowledge

FOUNDING_TEXT = {
    "muscle strain": "lumbar_muscle_strain",
    "ligament sprain": "lumbar_ligament_sprain",
    "pinched nerve": "foraminal_stenosis_radiculopathy",
    "osteoarthritis of the spine": "spinal_osteoarthritis",
    "facet joints": "lumbar_facet_joint_pain",
    "bulging disc": "lumbar_disc_pain",
    "ruptured disc": "disc_herniation_sciatica",
    "piriformis": "piriformis_syndrome",
    "injury to pelvis or thigh": "sciatic_nerve_injury",
    "diabetes": "diabetic_amyotrophy",
    "long sitting": "prolonged_sitting_sciatica",
    "spinal stenosis": "lumbar_spinal_stenosis",
    "scoliosis": "degenerative_scoliosis",
    "Paget's disease": "paget_disease",
    "trauma": "traumatic_spinal_fracture",
    "kidney": "renal_colic",
    "chronic pain": "persistent_low_back_pain",
    "school age": "nonspecific_back_pain_child",
    "calf after running": "gastrocnemius_strain",
}
HISTORY = [
    "cancer_history",
    "steroid_use_long",
    "immune_suppressed",
    "blood_thinners",
    "osteoporosis",
    "pregnant",
    "diabetes",
    "recent_surgery_or_immobile",
    "recent_spinal_procedure",
    "previous_clot",
]


@pytest.fixture
def contents() -> dict[str, bytes]:
    return {path: entry.read_bytes() for path, entry in data_files().items()}


def test_evidence_is_as_large_as_promised() -> None:
    knowledge = load_knowledge()
    assert len(knowledge.conditions) >= 65
    assert len(knowledge.findings) >= 260
    assert len(knowledge.rules) >= 90


@pytest.mark.parametrize("condition", FOUNDING_TEXT.values(), ids=FOUNDING_TEXT)
def test_everything_the_founding_text_names_is_a_condition(condition: str) -> None:
    assert condition in load_knowledge().condition_by_id


@pytest.mark.parametrize("finding", HISTORY)
def test_history_can_be_asked_for(finding: str) -> None:
    assert load_knowledge().finding(finding).question.endswith("?")


def test_every_number_has_a_spread_and_a_reason_or_a_source() -> None:
    knowledge = load_knowledge()
    for e in knowledge.estimates:
        assert e.n is not None or (e.low is not None and e.high is not None)
        assert e.source in knowledge.source_by_id if e.grade != "elicited" else e.note


def test_all_faults_are_listed_at_once_with_file_and_row(contents: dict[str, bytes]) -> None:
    contents["conditions/renal_colic.yaml"] += b"colour: blue\n"
    lines = contents["priors/calf.csv"].split(b"\n")
    lines[1] = lines[1].replace(b",", b",many", 1)
    contents["priors/calf.csv"] = b"\n".join(lines)
    with pytest.raises(EvidenceError) as caught:
        read_knowledge(contents)
    faults = "\n".join(caught.value.faults)
    assert "conditions/renal_colic.yaml" in faults
    assert "colour" in faults
    assert "priors/calf.csv row 2" in faults


def test_a_rule_may_not_negate_a_red_flag(contents: dict[str, bytes]) -> None:
    contents["rules/zz.yaml"] = (
        b"- {id: bad, disposition: soon, when: low_back_pain and not saddle_numbness, "
        b"reason: Bad., source: nice_ng59_2020, checked: recalled}\n"
    )
    with pytest.raises(EvidenceError, match="negates the red flag saddle_numbness"):
        read_knowledge(contents)


def test_an_unknown_finding_in_a_number_is_refused(contents: dict[str, bytes]) -> None:
    contents["conditions/renal_colic.csv"] += (
        b"green_ears,yes,0.5,0.3,0.7,,elicited,,elicited,first contact,primary care,a test\n"
    )
    with pytest.raises(EvidenceError, match="green_ears is neither a finding nor a mechanism"):
        read_knowledge(contents)


def test_evidence_never_mentions_a_development_case(contents: dict[str, bytes]) -> None:
    everything = b"\n".join(contents.values())
    assert b"evaluation/cases" not in everything
    assert b"development case" not in everything
