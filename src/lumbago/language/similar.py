"""How much a text resembles the sayings of each finding.

Enough to ask about the finding, or enough to trust a loose wording of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lumbago.language.clauses import Window, windows
from lumbago.language.context import Context
from lumbago.language.sayings import Floats, load_sayings_model

__all__ = ["Resemblance", "Similar"]

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


@dataclass(frozen=True)
class Resemblance:
    """A text, in lower case, beside the sayings; the model is loaded when it is first asked."""

    text: str

    def support(self, finding: str, span: tuple[int, int]) -> float | None:
        """Probability that the words around a place speak of a finding; None if it has no sayings."""
        column = load_sayings_model().column.get(finding)
        if column is None:
            return None
        around = [
            row
            for row, window in enumerate(self._windows)
            if window.span[0] < span[1] and span[0] < window.span[1]
        ]
        return float(self._read[0][around, column].max()) if around else 0.0

    def similar(self, context: Context) -> list[Similar]:
        """Findings that the text resembles, likeliest first."""
        return sorted(self._similar(context), key=lambda s: -s.probability)[:MOST]

    def _similar(self, context: Context) -> Iterator[Similar]:
        about, denied = self._read
        long = np.array(
            [w.words[1] - w.words[0] >= FEWEST_WORDS for w in self._windows], dtype=bool
        )
        if not long.any():
            return
        about = about * long[:, None]
        for column in np.flatnonzero(about.max(axis=0) >= WORTH_ASKING):
            near = np.flatnonzero(about[:, column] >= NEARLY * about[:, column].max())
            row = min(near, key=lambda i: (self._windows[i].clauses, -about[i, column]))
            end = self._windows[row].span[1]
            if context.status(end, end) in ("present", "absent", "unsure"):
                value = "no" if denied[row, column] > 0.5 else "yes"
                name = load_sayings_model().findings[column]
                yield Similar(name, value, self._windows[row].span, float(about[row, column]))

    @cached_property
    def _cut(self) -> tuple[list[str], list[Window]]:
        return windows(self.text)

    @property
    def _windows(self) -> list[Window]:
        return self._cut[1]

    @cached_property
    def _read(self) -> tuple[Floats, Floats]:
        """(windows, F) what each window is about, and whether it is denied."""
        words, held = self._cut
        return load_sayings_model().read(words, [window.words for window in held])
