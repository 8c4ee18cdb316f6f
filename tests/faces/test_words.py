"""Findings as they stand in a sentence."""

import re

import pytest

from lumbago.knowledge import load_knowledge
from lumbago.report import in_words

#: After "no" these leave open what is meant.
AWKWARD = re.compile(
    r"no (no|not|cannot|can|being|worse|better|hurts|hard to|too|started|stiff for|tender (in|at|over|to)|"
    r"sitting eases|standing still eases|leaning)\b"
)


@pytest.mark.parametrize("finding", [f.id for f in load_knowledge().findings if f.kind == "yes_no"])
def test_a_denial_reads_as_one(finding: str) -> None:
    assert not AWKWARD.match(in_words(finding, "no"))
    assert in_words(finding, "no") != in_words(finding, "yes")


def test_denials_of_a_few() -> None:
    assert in_words("fever", "no") == "no fever"
    assert in_words("no_pain_seated", "no") == "some pain when seated too"
    assert in_words("cannot_straighten", "no") == "can stand up straight"
    assert in_words("hoffmann_sign", "no") == "no positive Hoffmann sign"
