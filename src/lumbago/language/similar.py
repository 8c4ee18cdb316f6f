"""What the reader makes of a text: how surely it speaks of a finding, where, and whether it denies it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lumbago.language.clauses import Window, windows
from lumbago.language.context import sentences
from lumbago.language.memory import Memory
from lumbago.language.reader import NOT_READ, Floats, Reading, load_reader, output_of

__all__ = ["Heard", "Resemblance"]

#: A shorter window is preferred if its log odds are this near to the best.
NEARLY = 0.7
#: Log odds below which a finding that no phrase names is not looked at.
LEAST = -4.0


@dataclass(frozen=True)
class Heard:
    """A finding that a window speaks of, or a category of one.

    Attributes:
        about: Log odds that it is spoken of there.
        denied: Log odds that it is denied if it is.
        most: Log odds that it is spoken of anywhere in the text.
    """

    finding: str
    span: tuple[int, int]
    about: float
    denied: float
    most: float
    category: str | None = None

    @property
    def value(self) -> str:
        """What it says of the finding: the category, or yes or no."""
        return self.category or ("no" if self.denied > 0 else "yes")


class Resemblance:
    """A text, in lower case, as the reader hears it; it is being read from the moment this is made."""

    def __init__(self, text: str) -> None:
        places = sentences(text)
        self._starts = [start for start, _ in places]
        self._sentences = _BEGUN.of([text[a:b] for a, b in places])

    def near(self, finding: str, value: str, span: tuple[int, int]) -> Heard | None:
        """What the windows around a place say of a finding.

        None if the reader was not taught it, or reads nothing there: a word by itself tells it too little.
        """
        column = load_reader().column.get(output_of(finding, value))
        if column is None:
            return None
        rows = [i for i, w in enumerate(self._windows) if _touch(w.span, span)]
        read = [i for i in rows if self._read[0][i, column] > NOT_READ]
        return self._heard(column, np.array(read)) if read else None

    def anywhere(self) -> Iterator[Heard]:
        """Every finding that the text may speak of, each at its likeliest place."""
        if not self._windows:
            return
        about = self._read[0]
        for column in np.flatnonzero(about.max(axis=0) >= LEAST):
            yield self._heard(int(column), np.arange(len(about)))

    def _heard(self, column: int, rows: NDArray[np.intp]) -> Heard:
        about, denied = (part[:, column] for part in self._read)
        best = about[rows].max()
        near = rows[about[rows] >= best - NEARLY]
        row = min(near, key=lambda i: (self._windows[i].clauses, -about[i]))
        likeliest = rows[int(about[rows].argmax())]
        finding, _, category = load_reader().findings[column].partition("=")
        return Heard(
            finding=finding,
            span=self._windows[row].span,
            about=float(best),
            denied=float(denied[likeliest]),
            most=float(about.max()),
            category=category or None,
        )

    @cached_property
    def _windows(self) -> list[Window]:
        begun = zip(self._sentences, self._starts, strict=True)
        return [window.moved(start) for one, start in begun for window in one.windows]

    @cached_property
    def _read(self) -> tuple[Floats, Floats]:
        """(windows, F) log odds that each window is about a finding, and that it denies it."""
        about, denied = zip(*(one.reading.result() for one in self._sentences), strict=True)
        return np.concatenate(about), np.concatenate(denied)


@dataclass(frozen=True, eq=False)
class _Sentence:
    """The windows of a sentence, which is being read."""

    windows: Sequence[Window]
    reading: Reading


def _begin(texts: Sequence[str]) -> Iterator[_Sentence]:
    held = [windows(text) for text in texts]
    spans = [[window.span for window in some] for some in held]
    return map(_Sentence, held, load_reader().begin(texts, spans))


_BEGUN = Memory(_begin)


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
