"""What is remembered of a sentence is what a fresh reading gives, to the last bit; and it can be forgotten."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbago.knowledge import load_knowledge
from lumbago.language import memory, understand
from lumbago.language.context import Context, CuePatterns
from lumbago.language.memory import MOST, Memory, forget

TEXTS = [
    "I have had pain in my lower back for two weeks. It shoots down my left leg to the foot! No fever. "
    "I can't feel my bum when I sit; my mum has osteoporosis. Is it serious? It eases when I lie down.",
    "54F. LBP 3/52, SLR +ve 40 deg R, EHL 4/5.\nDenies saddle numbness, bladder NAD.\nPMH: breast ca 2011.",
    "my calf is swollen and hot since the flight.what should i do...it hurts",
]
CUES = CuePatterns(load_knowledge().lexicon.cues, load_knowledge().lexicon.words)


def sentences_of(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?;])\s+|\n", text) if s]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_grows_is_understood_as_if_it_were_new(text: str) -> None:
    understand.cache_clear()
    grown = [understand(text[:end]) for end in range(0, len(text), 23)] + [understand(text)]
    for heard in grown:
        understand.cache_clear()
        assert understand(heard.text) == heard


def test_only_sentences_that_are_not_remembered_are_searched() -> None:
    searched: list[str] = []

    def search(sentences: Sequence[str]) -> list[int]:
        searched.extend(sentences)
        return [len(s) for s in sentences]

    memory = Memory(search)
    assert memory.of(["one", "three", "one"]) == [3, 5, 3]
    assert memory.of(["three", "seven"]) == [5, 5]
    assert searched == ["one", "three", "seven"]
    memory.of([str(n) for n in range(MOST)])
    assert memory.of(["one"]) == [3]
    assert searched[-1] == "one", "the oldest are forgotten first"
    forget()
    memory.of(["one"])
    assert searched[-2:] == ["one", "one"]


def test_forgetting_leaves_no_word_of_a_person() -> None:
    word = "xyzzyvarna"
    understand(f"My {word} hurts. My back hurts too.")
    assert word in held_words()
    understand.cache_clear()
    assert word not in held_words()


def held_words() -> str:
    """Every word that is kept between texts."""
    return " ".join(repr(held._held) for held in memory._MEMORIES)


@given(text=st.text(alphabet="ab .;!?\n", max_size=30), place=st.integers(0, 30))
def test_the_ends_of_a_sentence_are_those_of_a_plain_search(text: str, place: int) -> None:
    mark = re.compile(r"[.;!?\n]+(?=\s|$)|\n+")
    place = min(place, len(text))
    context = Context(text, CUES)
    start = max((m.end() for m in mark.finditer(text, 0, place)), default=0)
    stop = mark.search(text, place)
    assert context._sentence_start(place) == start
    assert context._sentence_end(place) == (stop.start() if stop else len(text))
