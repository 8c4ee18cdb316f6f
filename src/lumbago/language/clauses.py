"""Cut a text into clauses, and neighbouring clauses into windows: the pieces that can say one thing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lumbago.language.sayings import DATA, tokens

__all__ = ["Window", "clauses", "unread", "windows"]

_SENTENCE = re.compile(r"[^.;!?\n]+(?:\.(?=\S)[^.;!?\n]+)*")
_JOINT = re.compile(
    r"\s*[,:()]\s*|\s+[-/]\s+|\s+(?:but|and|so|then|also|plus|although|though|however|because|cos|while)\s+"
)
#: Clauses that one window may hold, and the most words in it.
WIDEST, LONGEST = 3, 40


@dataclass(frozen=True)
class Window:
    """A run of clauses: its place in the text, and how many clauses it has."""

    span: tuple[int, int]
    clauses: int

    def moved(self, by: int) -> "Window":
        """The same window of a sentence that stands further on in a text."""
        return Window((self.span[0] + by, self.span[1] + by), self.clauses)


def clauses(text: str) -> Iterator[list[tuple[int, int]]]:
    """Places of the clauses of each sentence. The text is in lower case."""
    for sentence in _SENTENCE.finditer(text):
        found, start = [], sentence.start()
        for joint in _JOINT.finditer(text, sentence.start(), sentence.end()):
            found.append((start, joint.start()))
            start = joint.end()
        found.append((start, sentence.end()))
        yield [(a, b) for a, b in found if text[a:b].strip()]


def windows(text: str) -> list[Window]:
    """Every run of up to three neighbouring clauses of a sentence."""
    found: list[Window] = []
    for places in clauses(text):
        parts: list[tuple[int, int, int]] = []  # number of words, start and end
        for start, end in places:
            held = tokens(text[start:end])
            if held:
                parts.append((len(held), start + held[0][1][0], start + held[-1][1][1]))
        for i, (_, start, _) in enumerate(parts):
            words = 0
            for count, (more, _, end) in enumerate(parts[i : i + WIDEST], start=1):
                words += more
                if words <= LONGEST:
                    found.append(Window((start, end), count))
    return found


#: Words that say too little by themselves: a clause needs this many others to be shown as not understood.
LEAST_WORDS = 3


@cache
def empty_words() -> frozenset[str]:
    """Words that carry nothing by themselves."""
    return frozenset((DATA / "empty_words.txt").read_text(encoding="utf-8").split())


def unread(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Places of the clauses that no span touches and that say something."""
    for places in clauses(text):
        for start, end in places:
            inside = [word for word, _ in tokens(text[start:end])]
            touched = any(a < end and start < b for a, b in spans)
            if not touched and sum(word not in empty_words() for word in inside) >= LEAST_WORDS:
                yield _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())
