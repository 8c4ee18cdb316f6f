"""What resembles a saying of a finding closely enough to ask about it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lumbago.language.clauses import windows
from lumbago.language.context import Context
from lumbago.language.sayings import load_sayings_model

__all__ = ["Similar", "similar"]

#: The least probability at which a resemblance is worth a question, and the fewest words it takes.
WORTH_ASKING, FEWEST_WORDS = 0.8, 3
#: A shorter window is preferred if it is nearly as likely as the best.
NEARLY = 0.8
#: The most resemblances to ask about in one text, the likeliest first.
MOST = 6


@dataclass(frozen=True)
class Similar:
    """A finding that some words resemble, with the value that they seem to give it."""

    finding: str
    value: str
    span: tuple[int, int]
    probability: float


def similar(text: str, context: Context) -> list[Similar]:
    """Findings that the text resembles, likeliest first. The text is in lower case."""
    found = sorted(_similar(text, context), key=lambda s: -s.probability)
    return found[:MOST]


def _similar(text: str, context: Context) -> Iterator[Similar]:
    words, every = windows(text)
    held = [w for w in every if w.words[1] - w.words[0] >= FEWEST_WORDS]
    if not held:
        return
    model = load_sayings_model()
    about, denied = model.read(words, [window.words for window in held])
    for column in np.flatnonzero(about.max(axis=0) >= WORTH_ASKING):
        near = np.flatnonzero(about[:, column] >= NEARLY * about[:, column].max())
        row = min(near, key=lambda i: (held[i].clauses, -about[i, column]))
        end = held[row].span[1]
        if context.status(end, end) in ("present", "absent", "unsure"):
            value = "no" if denied[row, column] > 0.5 else "yes"
            probability = float(about[row, column])
            yield Similar(model.findings[column], value, held[row].span, probability)
