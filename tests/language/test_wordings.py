"""The quick look for what phrases need never costs a hit: every pattern is tried on every text."""

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.phrases import phrase_needs, phrase_pattern
from lumbago.language.wordings import MOST_HITS, load_wordings
from lumbago.research.language import read_texts

TEXTS = Path(__file__).parents[2] / "evaluation" / "language"
LISTS = {
    "calf": "calf|calves|lower leg",
    "ache": "ach(e|es|ing)|sore( ?ness)?",
    "numb": "numb(ness)?",
}
WORDS = [
    "a",
    "calf",
    "calves",
    "leg",
    "lower",
    "ach",
    "ache",
    "aching",
    "numb",
    "numbness",
    "no",
    "n",
    "p&n",
]
PIECES = [
    *WORDS,
    *(
        "{calf}",
        "{ache}",
        "{numb}",
        "{calf}?",
        "(my )?",
        "(a|my)",
        "(numb|calf)?",
        "(a )*",
        "(ach|no)+",
    ),
    *(
        "ach\\w*",
        "legs?",
        "can't",
        "a&o",
        "(?<!no.)numb",
        "numb(?! (a|leg))",
        "\\d",
        "n/a",
        r"\bleg\b",
    ),
]
JOINTS = [" ", " ~1 ", " ~3 ", "", "-", "|"]
phrases = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from(JOINTS)), min_size=1, max_size=5
)
texts = st.lists(
    st.tuples(
        st.sampled_from(
            [*WORDS, "my", "can't", "cant", "calfs", "soreness", "7", "a&o", "n/a", "_"]
        ),
        st.sampled_from([" ", " ", " ", "", "-", ", ", "/", "'"]),
    ),
    min_size=1,
    max_size=8,
)


def joined(parts: list[tuple[str, str]]) -> str:
    return "".join(piece + joint for piece, joint in parts).strip(" |~13-")


@settings(max_examples=1_000)
@given(phrases, texts)
def test_a_text_that_a_phrase_matches_has_what_it_needs(
    parts: list[tuple[str, str]], words: list[tuple[str, str]]
) -> None:
    phrase, text = joined(parts), joined(words)
    if phrase and re.search(phrase_pattern(phrase, LISTS), text):
        bounded = [f" {word} " for word in re.findall("[a-z0-9]+", text)]
        for need in phrase_needs(phrase, LISTS):
            assert any(string in word for string in need for word in bounded), (phrase, text, need)


def test_needs_tell_whole_words_from_parts_of_words() -> None:
    assert phrase_needs("numb ~2 (my )?{calf}", LISTS) == [
        frozenset({" numb "}),
        frozenset({" calf ", " calves ", " lower "}),
    ]
    assert phrase_needs("can't ach\\w* a&o", LISTS) == [
        frozenset({need}) for need in (" can", "t ", " ach", " a ", " o ")
    ]


def test_every_hit_of_every_phrase_is_found() -> None:
    lexicon, wordings = load_knowledge().lexicon, load_wordings()
    patterns = [
        (lexicon.wordings[part.wording], re.compile(phrase_pattern(part.phrase, lexicon.words)))
        for part in lexicon.index[::5]
    ]
    found = 0
    for text in read_texts(TEXTS / "seen_sentences.yaml")[:120]:
        words = text.text.lower()
        heard = {(w.finding, w.value, span) for w, span in wordings.hits(words)}
        for wording, pattern in patterns:
            for match in list(pattern.finditer(words))[:MOST_HITS]:
                if not re.search(r"[.;!?\n]\s", match[0]):
                    found += 1
                    assert (wording.finding, wording.value, match.span()) in heard
    assert found > 20
