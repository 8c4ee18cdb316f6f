"""Every condition has an article, and every article keeps to the rules of evidence."""

from collections import defaultdict

import pytest

from lumbago.anatomy.pictures import load_parts
from lumbago.errors import EvidenceError
from lumbago.knowledge import load_knowledge
from lumbago.learn import SECTIONS, load_articles
from lumbago.learn.articles import read_articles
from lumbago.learn.checks import article_faults, has_statistic

STATEMENT = "[{text: Rest a little., basis: consensus, sources: [], checked: elicited}]"
GOOD = "\n".join(
    [
        "condition: lumbar_muscle_strain",
        "picture: {drawing: lower_back_behind, parts: []}",
        "summary: A pulled muscle.",
        *(f"{name}: {STATEMENT}" for name in SECTIONS),
        "words: []",
    ]
)


def parts_by_drawing() -> dict[str, set[str]]:
    parts: dict[str, set[str]] = defaultdict(set)
    for part in load_parts():
        parts[part.drawing].add(part.part)
    return parts


def test_articles_have_no_faults() -> None:
    assert article_faults(load_articles(), load_knowledge(), parts_by_drawing()) == []


def test_every_condition_has_an_article() -> None:
    assert set(load_articles()) == {c.id for c in load_knowledge().conditions}


def test_all_malformed_files_are_listed_at_once() -> None:
    contents = {
        "a.yaml": b"condition: [",
        "b.yaml": GOOD.replace("causes:", "cause:").encode(),
        "c.yaml": GOOD.encode(),
    }
    with pytest.raises(EvidenceError) as caught:
        read_articles(contents)
    assert len(caught.value.faults) == 3
    assert "lumbar_muscle_strain; name the file so" in caught.value.faults[2]


def test_faults_against_the_evidence_are_listed_at_once() -> None:
    text = GOOD.replace("parts: []", "parts: [wing]").replace(
        "causes: [{text: Rest a little., basis: consensus, sources: []",
        "causes: [{text: It is so in 40% of people., basis: consensus, sources: [nobody_1900]",
    )
    article = read_articles({"lumbar_muscle_strain.yaml": text.encode()})
    faults = article_faults(article, load_knowledge(), {"lower_back_behind": {"sacrum"}})
    about = [f for f in faults if f.startswith("lumbar_muscle_strain.yaml")]
    for words in ("no part wing", "has 1 statements", "states a statistic", "source nobody_1900"):
        assert any(words in fault for fault in about), words
    assert any("there is no article on cauda_equina_syndrome" in fault for fault in faults)


@pytest.mark.parametrize(
    "text", ["40% get well.", "6 in 10 get well.", "One in every hundred.", "The odds double."]
)
def test_a_share_of_people_is_a_statistic(text: str) -> None:
    assert has_statistic(text)


@pytest.mark.parametrize("text", ["Two in 6 weeks.", "One of them hurts.", "In 2 to 6 weeks."])
def test_a_number_alone_is_no_statistic(text: str) -> None:
    assert not has_statistic(text)


def test_emergencies_say_now() -> None:
    for c in load_knowledge().conditions:
        if c.disposition in ("ambulance", "emergency"):
            first = load_articles()[c.id].get_help[0].text
            assert " now" in first, c.id
