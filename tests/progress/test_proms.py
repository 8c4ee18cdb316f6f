"""Scores equal what others published, and every measure keeps its own range, direction and rule."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lumbago.errors import UnknownIdError, UserError
from lumbago.progress.proms import Prom, find_prom, load_proms, prom_faults
from lumbago.progress.scoring import PromError, score

PUBLISHED = yaml.safe_load(
    (Path(__file__).parent / "published_scores.yaml").read_text(encoding="utf-8")
)
WITH_ITEMS = [prom for prom in load_proms() if prom.items]
QUESTIONNAIRES = Path(__file__).parents[2] / "docs" / "questionnaires.md"
ASKED_FOR = [
    "nprs",
    "rmdq",
    "psfs",
    "peg",
    "phq2",
    "gad2",
    "groc",
    "odi",
    "ndi",
    "startback",
    "mskhq",
    "lefs",
    "visa_a",
    "phq4",
    "startmsk",
    "orebro10",
    "paindetect",
    "promis_pf",
    "promis_pi",
    "eq5d",
    "fabq",
    "tsk11",
    "pseq2",
]
#: Highest and lowest totals that the instruments print, and the answers to every item that give them.
ENDS = {
    "rmdq": (0, 24, 0, 1),
    "odi": (0, 100, 0, 5),
    "ndi": (0, 50, 0, 5),
    "lefs": (0, 80, 0, 4),
    "mskhq": (0, 56, 0, 4),
    "tsk11": (11, 44, 1, 4),
    "fabq": (0, 66, 0, 6),
    "pseq2": (0, 12, 0, 6),
    "gad2": (0, 6, 0, 3),
    "phq2": (0, 6, 0, 3),
    "phq4": (0, 12, 0, 3),
    "peg": (0, 10, 0, 10),
    "nprs": (0, 10, 0, 10),
    "groc": (-5, 5, -5, 5),
    "psfs": (0, 10, 0, 10),
}


def best_and_worst(prom: Prom) -> tuple[dict[str, int], dict[str, int]]:
    low = {i.id: i.high if i.reverse else i.low for i in prom.items}
    high = {i.id: i.low if i.reverse else i.high for i in prom.items}
    return low, high


@pytest.mark.parametrize("example", PUBLISHED, ids=lambda e: f"{e['prom']}: {e['case']}")
def test_score_is_what_was_published(example: dict[str, Any]) -> None:
    found = score(example["prom"], example["answers"])
    assert found.value == pytest.approx(example["value"], abs=example.get("within", 1e-9))
    if "percent" in example:
        assert found.percent == pytest.approx(example["percent"])
    for name, value in example.get("subscales", {}).items():
        assert found.subscales[name] == value
    if "band" in example:
        assert found.band == example["band"]


def test_every_measure_that_was_asked_for_is_there() -> None:
    assert set(ASKED_FOR) == {prom.id for prom in load_proms()}
    asked = {prom.id for prom in load_proms() if prom.asked}
    assert {"nprs", "rmdq", "psfs", "peg", "phq2", "gad2", "groc"} <= asked


@pytest.mark.parametrize("name", ENDS)
def test_the_ends_are_those_of_the_instrument(name: str) -> None:
    low, high, least, most = ENDS[name]
    items = find_prom(name).items
    assert score(name, dict.fromkeys((i.id for i in items), least)).value == low
    assert score(name, dict.fromkeys((i.id for i in items), most)).value == high


@pytest.mark.parametrize("prom", WITH_ITEMS, ids=lambda prom: prom.id)
def test_the_ends_of_the_items_are_the_ends_of_the_range(prom: Prom) -> None:
    low, high = best_and_worst(prom)
    assert score(prom.id, low).value == prom.low
    assert score(prom.id, high).value == prom.high


@given(st.data())
def test_one_answer_more_never_turns_a_score_round(data: st.DataObject) -> None:
    prom = data.draw(st.sampled_from(WITH_ITEMS))
    answers = {
        item.id: data.draw(
            st.sampled_from(item.allowed) if item.allowed else st.integers(item.low, item.high)
        )
        for item in prom.items
    }
    item = data.draw(st.sampled_from(prom.items))
    choices = sorted(item.allowed or range(item.low, item.high + 1))
    higher = [c for c in choices if c > answers[item.id]]
    before = score(prom.id, answers).value
    assert prom.low <= before <= prom.high
    for choice in higher:
        after = score(prom.id, {**answers, item.id: choice}).value
        assert after <= before if item.reverse else after >= before


@given(st.sets(st.integers(1, 24)))
def test_roland_morris_is_the_number_of_ticks(ticked: set[int]) -> None:
    assert score("rmdq", {str(i): True for i in ticked}).value == len(ticked)


def test_a_statement_that_is_not_ticked_is_a_no() -> None:
    ticked = {"1": 1, "5": 1, "12": 1}
    every = {str(i): 0 for i in range(1, 25)}
    assert score("rmdq", ticked).value == score("rmdq", {**every, **ticked}).value == 3


def test_mean_of_the_others_stands_in_for_missing_answers() -> None:
    # Vernon: the average of all other items is added to the completed ones.
    answers = {str(i): 3 for i in range(1, 10)}
    assert score("ndi", answers).value == 27 + 3
    assert score("ndi", answers).missing == ("10",)


def test_psfs_is_the_mean_of_the_activities_rated() -> None:
    # Stratford: sum of the activity scores / number of activities.
    assert score("psfs", {"activity_1": 4, "activity_2": 3, "activity_3": 5}).value == 4
    assert score("psfs", {"activity_1": 7}).value == 7


def test_first_item_of_start_msk_counts_pain_in_steps() -> None:
    points = [
        score("startmsk", {"1": pain, **{str(i): 0 for i in range(2, 11)}}).value
        for pain in range(11)
    ]
    assert points == [0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize(
    ("name", "answers", "band"),
    [
        ("odi", {"score": 20}, "minimal disability"),
        ("odi", {"score": 21}, "moderate disability"),
        ("odi", {"score": 81}, "bed-bound, or answers that overstate"),
        ("ndi", {"score": 4}, "no disability"),
        ("ndi", {"score": 5}, "mild"),
        ("ndi", {"score": 14}, "mild"),
        ("ndi", {"score": 24}, "moderate"),
        ("ndi", {"score": 34}, "severe"),
        ("ndi", {"score": 35}, "complete"),
        ("paindetect", {"score": 12}, "nerves unlikely (below 15 in 100)"),
        ("paindetect", {"score": 18}, "unclear"),
        ("paindetect", {"score": 19}, "nerves likely (above 90 in 100)"),
        ("tsk11", {"score": 22}, "minimal fear"),
        ("tsk11", {"score": 36}, "high"),
        ("orebro10", {"score": 49}, "lower risk"),
        ("orebro10", {"score": 50}, "higher risk"),
        ("phq2", {"score": 2}, "below the cut"),
        ("phq2", {"score": 3}, "positive screen"),
        ("startback", {"score": 3}, "low risk"),
        ("startback", {"score": 5, "distress": 3}, "medium risk"),
        ("startback", {"score": 5, "distress": 4}, "high risk"),
        ("startback", {"score": 5}, ""),
        ("rmdq", {"score": 2}, "as people feel who have recovered"),
    ],
)
def test_bands_begin_where_they_were_published(
    name: str, answers: dict[str, float], band: str
) -> None:
    assert score(name, answers).band == band


@pytest.mark.parametrize("name", ["phq2", "gad2"])
def test_a_positive_screen_gives_a_kind_next_step(name: str) -> None:
    step = score(name, {"score": 3}).next_step
    assert "GP" in step
    assert "crisis line" in step
    assert score(name, {"score": 2}).next_step == ""


def test_nothing_asks_about_self_harm() -> None:
    words = " ".join(i.text for prom in load_proms() for i in prom.items).lower()
    assert not any(word in words for word in ("hurting yourself", "dead", "suicid", "self-harm"))


@pytest.mark.parametrize(
    ("name", "answers", "words"),
    [
        ("ndi", {"1": 6}, "item 1 takes a whole number from 0 to 5; got 6"),
        ("ndi", {"1": True}, "item 1 takes a whole number from 0 to 5; got True"),
        ("ndi", {"1": 2.5}, "got 2.5"),
        ("ndi", {"1": float("nan")}, "got nan"),
        ("ndi", {"eleven": 1}, "there is no item 'eleven'"),
        ("ndi", {"1": 1}, "answer at least 8 of 10 items"),
        ("visa_a", {"7": 5}, "item 7 takes one of 0, 4, 7, 10; got 5"),
        ("peg", {"pain": 3}, "answer all 3 items; missing: enjoyment, activity"),
        ("odi", {"score": 130}, "score must be a number from 0 to 100; got 130"),
        ("odi", {"score": 13, "distress": 2}, "there is no 'distress' beside a typed score"),
        ("eq5d", {"1": 1}, "a value set of the country"),
        ("odi", [1, 2], "give answers by item"),
    ],
)
def test_an_answer_that_cannot_be_is_named_in_one_sentence(
    name: str, answers: Any, words: str
) -> None:
    with pytest.raises(PromError) as caught:
        score(name, answers)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, UserError)


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(PromError) as caught:
        score("ndi", {"1": 9, "2": -1, "z": 0})
    assert all(part in str(caught.value) for part in ("item 1", "item 2", "'z'"))


def test_an_unknown_name_lists_those_there_are() -> None:
    with pytest.raises(UnknownIdError, match="there are eq5d, fabq"):
        score("sf36", {})


def test_names_are_found_however_they_are_written() -> None:
    assert find_prom("PHQ-2").id == "phq2"
    assert find_prom("visa a").id == "visa_a"
    assert find_prom("VISA-A").id == "visa_a"


def test_the_code_of_gad7_is_not_given_to_gad2() -> None:
    # 70274-6 is the total of the seven items (read at loinc.org), often copied to the two.
    assert find_prom("gad2").loinc == ""
    assert find_prom("phq2").loinc == "55758-7"


def test_faults_in_the_measures_are_found() -> None:
    import msgspec

    ndi = find_prom("ndi")
    bent = msgspec.structs.replace(
        ndi,
        source="nobody",
        items=(msgspec.structs.replace(ndi.items[0], text="words under licence"), *ndi.items[1:]),
        loinc="1-2",
    )
    listed = "\n".join(prom_faults((bent,)))
    assert "unknown source nobody" in listed
    assert "its wording needs permission" in listed
    assert "LOINC" in listed
    unnamed = msgspec.structs.replace(find_prom("rmdq"), licence=ndi.licence)
    assert "its authors are named" in "\n".join(prom_faults((unnamed,)))


def test_terms_of_every_measure_are_in_the_docs() -> None:
    page = QUESTIONNAIRES.read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    for prom in load_proms():
        row = next(line for line in rows if line.startswith(f"| `{prom.id}`"))
        assert prom.name in row
        assert prom.licence.words.split(". ")[0].rstrip(".") in row
        assert ("yes" if prom.asked else "score only") in row


def test_published_examples_are_listed_in_the_docs() -> None:
    page = QUESTIONNAIRES.read_text(encoding="utf-8")
    assert all(example["url"] in page for example in PUBLISHED)
