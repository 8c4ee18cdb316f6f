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
    """A run of clauses: which of the text's words it holds, its place, and how many clauses it has."""

    words: tuple[int, int]
    span: tuple[int, int]
    clauses: int


def clauses(text: str) -> Iterator[list[tuple[int, int]]]:
    """Places of the clauses of each sentence. The text is in lower case."""
    for sentence in _SENTENCE.finditer(text):
        found, start = [], sentence.start()
        for joint in _JOINT.finditer(text, sentence.start(), sentence.end()):
            found.append((start, joint.start()))
            start = joint.end()
        found.append((start, sentence.end()))
        yield [(a, b) for a, b in found if text[a:b].strip()]


def windows(text: str) -> tuple[list[str], list[Window]]:
    """The words of a text, and every run of up to three neighbouring clauses of a sentence."""
    words: list[str] = []
    found: list[Window] = []
    for places in clauses(text):
        parts: list[tuple[int, int, int, int]] = []  # first and last word, start and end
        for start, end in places:
            held = tokens(text[start:end])
            if held:
                first = len(words)
                words += [word for word, _ in held]
                parts.append((first, len(words), start + held[0][1][0], start + held[-1][1][1]))
        for i, (first, _, start, _) in enumerate(parts):
            for count, (_, last, _, end) in enumerate(parts[i : i + WIDEST], start=1):
                if last - first <= LONGEST:
                    found.append(Window((first, last), (start, end), count))
    return words, found


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
