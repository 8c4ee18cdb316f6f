"""The plain list of what helps says what its rows of evidence say."""

from collections import Counter

import pytest

from lumbago.knowledge import load_knowledge
from lumbago.learn.helps import Help, load_helps

ALLOWED = {
    "helps": {"for"},
    "may_help": {"for", "consider"},
    "unknown": {"insufficient"},
    "does_not_help": {"against"},
}
ROWS = {t.id: t for t in load_knowledge().care.treatments}


@pytest.mark.parametrize("item", load_helps(), ids=lambda h: h.id)
def test_verdict_agrees_with_the_rows(item: Help) -> None:
    said = {ROWS[row].recommendation for row in item.rows}
    if item.verdict == "disputed":
        assert said & {"for", "consider"}
        assert "against" in said
    else:
        assert said <= ALLOWED[item.verdict]


def test_ids_are_unique() -> None:
    assert max(Counter(h.id for h in load_helps()).values()) == 1


@pytest.mark.parametrize("item", load_helps(), ids=lambda h: h.id)
def test_words_are_plain(item: Help) -> None:
    assert len(item.words) <= 170
    assert item.words.endswith(".")
