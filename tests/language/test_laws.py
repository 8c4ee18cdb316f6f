"""Laws of understanding: unrelated words, denials, the order of sentences, worries."""

import itertools

import numpy as np
import pytest

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.schema import Finding
from lumbago.language import understand
from lumbago.language.clauses import windows
from lumbago.language.context import Context, CuePatterns
from lumbago.language.measures import severity_in
from lumbago.language.pieces import LONGEST
from lumbago.language.reader import load_reader
from lumbago.language.sayings import read_lists, read_neutral
from lumbago.language.weigh import NAMES, chance, features

SENTENCES = [
    "I have had pain in my lower back for two weeks",
    "It is worse when I sit",
    "I have no fever",
    "I can pass urine normally",
    "My left calf is swollen",
    "I had a blood clot in my leg in the past",
]


def settled(text: str) -> dict[str, str]:
    return {m.finding: m.value for m in understand(text).settled()}


@pytest.mark.parametrize("order", list(itertools.permutations(range(4), 4)), ids=str)
def test_sentence_order_does_not_matter(order: tuple[int, ...]) -> None:
    text = ". ".join([*(SENTENCES[i] for i in order), *SENTENCES[4:]])
    assert settled(text) == settled(". ".join(SENTENCES))


def sample(lines: list[str], count: int) -> list[str]:
    chosen = np.random.default_rng(5).choice(len(lines), size=count, replace=False)
    return [lines[i] for i in sorted(chosen)]


ELSEWHERE = [line for line in read_neutral() if len(line.split()) >= 12]


@pytest.mark.parametrize("sentence", sample(ELSEWHERE, 40))
def test_a_sentence_about_something_else_adds_no_pain(sentence: str) -> None:
    base = "I have had pain in my lower back for two weeks"
    added = set(settled(f"{base}. {sentence}")) - set(settled(base))
    pains = {site for region in load_knowledge().regions for site in region.sites}
    assert not added & pains


@pytest.mark.parametrize(
    "finding", [f for f in load_knowledge().findings if f.kind == "yes_no"], ids=lambda f: f.id
)
def test_no_x_never_adds_x(finding: Finding) -> None:
    name = finding.name.lower()
    for denial in (f"no {name}", f"I have not had any {name}", f"denies {name}"):
        assert settled(f"It started a week ago. {denial}").get(finding.id) != "yes"


def test_every_finding_that_a_person_answers_has_sayings() -> None:
    lists = {entry.finding: entry for entry in read_lists()}
    measured = {"duration", "pain_severity", "course"}
    for finding in load_knowledge().findings:
        if finding.who in ("person", "helper") and finding.id not in measured:
            entry = lists.get(finding.id)
            if finding.id.startswith("numb_") and entry is None:
                continue  # places of numbness: read by phrases, drawn on the chart
            assert entry is not None, finding.id
            assert len(entry.said) >= 15, finding.id
            assert entry.denied, finding.id


def test_the_reader_was_taught_these_sayings() -> None:
    choices = [f for f in load_knowledge().findings if f.kind == "choice"]
    categories = {f"{f.id}={value}" for f in choices for value in f.values}
    assert set(load_reader().findings) == {entry.finding for entry in read_lists()} | categories


def test_windows_are_read_together_as_they_are_alone() -> None:
    text = "no fever but my calf is swollen and red. i cannot pee"
    spans = [w.span for w in windows(text)]
    about, denied = load_reader().read(text, spans)
    assert about.shape == denied.shape == (len(spans), len(load_reader().findings))
    for row, span in enumerate(spans):
        alone, _ = load_reader().read(text, [span])
        np.testing.assert_allclose(about[row], alone[0], rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("text", ["", " ", "?!", "x" * 4000, "word " * 800, "a.b.c. " * 300])
def test_any_text_is_cut_into_sentences_without_loss(text: str) -> None:
    pieces = load_reader().pieces
    cut = list(pieces.sentences(text))
    assert [p for sentence in cut for p in sentence.places] == pieces.of(text).places
    assert all(len(sentence.numbers) <= LONGEST - 2 for sentence in cut)
    understand(text)


@pytest.mark.parametrize("danger", [True, False])
def test_more_that_the_reader_hears_is_never_less_likely(danger: bool) -> None:
    from lumbago.language.similar import Heard

    for state in ("present", "unsure", None):
        chances = [
            chance(features(state, True, "yes", Heard("fever", (0, 1), x, 0.0, x), danger))
            for x in (-8.0, -2.0, 2.0, 8.0)
        ]
        assert chances == sorted(chances)
    assert len(features("absent", False, "no", None, danger)) == len(NAMES)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("I gave up the fags in ninety nine", "smoker"),
        ("ex-smoker, stopped ten years ago", "smoker"),
        ("I came off the warfarin in March", "blood_thinners"),
        ("USS neg for DVT", "leg_ultrasound_clot"),
        ("my neighbour had kidney stones", "previous_kidney_stones"),
        ("anxious since Dad's bowel cancer", "cancer_history"),
        ("return if hot, shivery or cannot pass water", "bladder_retention"),
    ],
)
def test_what_is_given_up_ruled_out_or_somebody_elses_is_not_present(
    text: str, finding: str
) -> None:
    assert settled(text).get(finding) != "yes"


def test_what_resembles_a_saying_only_asks() -> None:
    heard = understand(
        "going to bed i am puffing and blowing like a steam train on the second stair"
    )
    assert all(m.state == "unsure" for m in heard.mentions if m.origin == "similar")


def test_worries_relatives_and_what_was_not_understood_are_shown() -> None:
    text = "My back hurts. I am worried it could be cancer. My mum has osteoporosis. "
    text += "The council wants the hedge gone."
    heard = understand(text)
    assert {(a.finding, a.reason) for a in heard.asides} >= {
        ("cancer_history", "worry"),
        ("osteoporosis", "somebody else"),
    }
    assert any("hedge" in text[start:end] for start, end in heard.not_understood)
    assert "osteoporosis" not in {m.finding for m in heard.mentions}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("my mum has lost feeling between the legs and cannot pee", "bladder_retention"),
        ("my husband has crushing chest pain and collapsed", "fainted_or_collapsed"),
    ],
)
def test_danger_told_of_a_relative_is_the_patients(text: str, finding: str) -> None:
    assert settled(text).get(finding) == "yes"


DENIED_ITEMS = {
    "fever": "fever",
    "night sweats": "night_sweats",
    "weight loss": "weight_loss",
    "saddle numbness": "saddle_numbness",
    "calf swelling": "calf_swelling",
    "breathlessness": "breathlessness",
    "chest pain": "chest_pain",
}


@pytest.mark.parametrize("turn", range(len(DENIED_ITEMS)))
def test_a_denial_reaches_to_the_end_of_a_list_of_any_length(turn: int) -> None:
    items = [*DENIED_ITEMS][turn:] + [*DENIED_ITEMS][:turn]
    lexicon = load_knowledge().lexicon
    cues = CuePatterns(lexicon.cues, lexicon.words)
    for opening in ("no ", "denies ", "i have had no "):
        text = f"{opening}{', '.join(items[:-1])} or {items[-1]}."
        heard = settled(text)
        for item, finding in DENIED_ITEMS.items():
            place = text.index(item)
            assert Context(text, cues).status(place, place + len(item)) == "absent"
            assert heard.get(finding) in ("no", None), (opening, finding)


@pytest.mark.parametrize("item", DENIED_ITEMS)
def test_a_question_takes_the_answer_that_follows(item: str) -> None:
    for answer, value in (("None", "no"), ("No", "no"), ("Nope, never", "no"), ("Yes", "yes")):
        assert settled(f"Any {item} at all? {answer}.").get(DENIED_ITEMS[item]) == value


@pytest.mark.parametrize("length", ["3/52", "for two weeks", "since Sunday"])
def test_a_complaint_with_a_length_is_no_item_of_a_denied_list(length: str) -> None:
    assert settled(f"No trauma, calf pain {length}").get("calf_pain") == "yes"


def test_a_story_of_years_ago_goes_on_until_a_word_of_now() -> None:
    story = "In 2011 I slipped a disc. My leg went numb and I could not pee. "
    assert "bladder_retention" not in settled(story)
    assert settled(f"{story}Now I cannot pee again.").get("bladder_retention") == "yes"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("At the start it was ten out of ten, now it is maybe a three", "mild"),
        ("usually 4/10 but 9/10 when I cough", "moderate"),
        ("it was 2/10 and today it is 8/10", "severe"),
    ],
)
def test_the_usual_or_present_pain_counts_before_a_peak(text: str, severity: str) -> None:
    assert settled(text).get("pain_severity") == severity


def test_of_several_scores_without_a_word_the_worst_counts() -> None:
    found = severity_in("pain 5/10, 8/10")
    assert found is not None
    assert found[0] == "severe"


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("sciatica on and off for years but this bout started ten days ago", "weeks_1_to_6"),
        ("nine hours on the coach. My back has hurt for three weeks", "weeks_1_to_6"),
        ("I had flu for a fortnight and my back has hurt for two days", "under_1_week"),
        ("physio reckons six weeks. My calf has been sore since Saturday", "under_1_week"),
    ],
)
def test_a_length_of_something_else_is_not_the_pains(text: str, duration: str) -> None:
    assert settled(text).get("duration") == duration
