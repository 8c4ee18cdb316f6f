"""What is typical of a condition agrees with the numbers of the evidence base."""

import pytest

from lumbago.assessment.typical import feels_like, typical_findings
from lumbago.knowledge import load_knowledge

CONDITIONS = [c.id for c in load_knowledge().conditions]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_shares_lie_inside_their_intervals_and_stand_out(condition: str) -> None:
    for t in typical_findings(condition):
        assert 0 <= t.low <= t.share <= t.high <= 1
        assert t.share > t.others
    assert condition not in feels_like(condition)


def test_direct_shares_are_those_of_the_evidence_files() -> None:
    k = load_knowledge()
    given = {(e.parent, e.of, e.value): e.probability for e in k.estimates}
    for condition in CONDITIONS:
        for t in typical_findings(condition):
            listed = given.get((condition, t.finding, t.value))
            if listed is not None:
                assert t.share == pytest.approx(listed, abs=0.01)


def test_typical_pictures() -> None:
    numb = typical_findings("cauda_equina_syndrome")[0]
    assert (numb.finding, numb.value) == ("saddle_numbness", "yes")
    assert "foraminal_stenosis_radiculopathy" in feels_like("disc_herniation_sciatica")
    assert "pneumonia_or_pleurisy" in feels_like("pulmonary_embolism")


def test_nobody_is_asked_what_does_not_fit_them() -> None:
    asked = {t.finding for t in typical_findings("guillain_barre_syndrome")}
    assert "child_refuses_to_walk" not in asked
