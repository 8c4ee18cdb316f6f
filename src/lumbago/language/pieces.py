"""Cut words into the pieces that the reader knows, and a text into the sentences that it reads.

The pieces are those of WordPiece (Wu 2016), as BERT uses it: the longest known beginning of a word,
then the longest known continuation, and so on. A misspelt word falls into more pieces and is still read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lumbago.language.context import sentences

__all__ = ["LONGEST", "Cut", "Pieces"]

#: Pieces that are read at once, with the marks for start and end.
LONGEST = 96
_WORD = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")
START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


@dataclass(frozen=True)
class Cut:
    """Words in pieces: the number of each piece, and the place in the text of the word that it is of."""

    numbers: list[int] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Pieces:
    """The known pieces by their number; one that continues a word begins with "##"."""

    number: Mapping[str, int]

    def of(self, text: str) -> Cut:
        """Pieces of a text in lower case; each has the place of its word."""
        found = Cut()
        for match in _WORD.finditer(text):
            for piece in self._cut(match[0]):
                found.numbers.append(piece)
                found.places.append(match.span())
        return found

    def sentences(self, text: str) -> Iterator[Cut]:
        """Each sentence of a text; one that is too long is cut."""
        most = LONGEST - 2
        for start, end in sentences(text):
            new = self.of(text[start:end])
            places = [(a + start, b + start) for a, b in new.places]
            for first in range(0, len(places), most):
                yield Cut(new.numbers[first : first + most], places[first : first + most])

    def _cut(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        start = 0
        while start < len(word):
            for end in range(min(len(word), start + 24), start, -1):
                piece = self.number.get(("##" if start else "") + word[start:end])
                if piece is not None:
                    break
            else:
                return (self.number[UNKNOWN],)
            found.append(piece)
            start = end
        return tuple(found)
