"""Search a text for the wordings of the lexicon, and for what makes them doubtful."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.lexicon import Lexicon, Wording
from lumbago.knowledge.phrases import phrase_pattern
from lumbago.language.context import CuePatterns, sentences
from lumbago.language.memory import Memory

__all__ = ["Wordings", "load_wordings", "overlap"]

#: A phrase said more often than this in one text says nothing new.
MOST_HITS = 12
#: No string that a phrase needs is longer than this.
LONGEST_NEED = 24
_WORD = re.compile(r"[a-z0-9]+")
_NEGATIVE = re.compile(r"(?<!\w)(?:neg|negative|-ve|nad)(?!\w)")


class Wordings:
    """The wordings, ready to search with. A pattern is compiled when a text may first match it.

    Attributes:
        cues: The cues by which a hit is judged.
        lasting: Findings that stay true of a person.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.cues = CuePatterns(lexicon.cues, lexicon.words)
        self._words = lexicon.words
        self._wordings = lexicon.wordings
        findings = load_knowledge().findings
        self.lasting = {f.id for f in findings if f.lasting}
        self._tests = {f.id for f in findings if f.who in ("clinician", "test")}
        self._unsure_if: dict[tuple[str, str], list[str]] = {}
        for wording in lexicon.wordings:
            of = self._unsure_if.setdefault((wording.finding, wording.value), [])
            of += wording.unsure_if
        self._patterns: dict[str, re.Pattern[str]] = {}
        numbers: dict[tuple[str, ...], int] = {}
        self._parts = [
            (part, [numbers.setdefault(tuple(need), len(numbers)) for need in part.needs])
            for part in lexicon.index
        ]
        #: Needs, by their number, that a word meets.
        self._met_by: dict[str, list[int]] = {}
        for need, number in numbers.items():
            for word in need:
                self._met_by.setdefault(word, []).append(number)
        #: Parts with their other needs, by the most telling one, so that a text meets only what it may match.
        self._filed: dict[int | None, list[tuple[int, list[int]]]] = {None: []}
        for place, (part, needs) in enumerate(self._parts):
            lengths = [min(map(len, need)) for need in part.needs]
            telling = needs[lengths.index(max(lengths))] if needs else None
            others = [need for need in needs if need != telling]
            self._filed.setdefault(telling, []).append((place, others))
        self._telling = frozenset(need for need in self._filed if need is not None)
        self._in_words = Memory(lambda words: map(self._met, words))
        self._in_sentences = Memory(lambda texts: map(self._found, texts))

    def hits(self, plain: str) -> Iterator[tuple[Wording, tuple[int, int]]]:
        """Every place where a wording stands in the text. No wording reaches over a full stop."""
        places = sentences(plain)
        found = self._in_sentences.of([plain[start:end] for start, end in places])
        by_part: dict[int, list[tuple[int, int]]] = {}
        for (start, _), hits in zip(places, found, strict=True):
            for part, begins, ends in hits:
                by_part.setdefault(part, []).append((start + begins, start + ends))
        for place in sorted(by_part):
            wording = self._wordings[self._parts[place][0].wording]
            yield from ((wording, span) for span in by_part[place][:MOST_HITS])

    def _found(self, sentence: str) -> list[tuple[int, int, int]]:
        """Each hit in a sentence: the number of the part of a wording, its start and its end."""
        met = set[int]().union(*self._in_words.of(_WORD.findall(sentence)))
        may_match = [
            place
            for need in (None, *(met & self._telling))
            for place, others in self._filed[need]
            if met.issuperset(others)
        ]
        return [
            (place, *match.span())
            for place in may_match
            for match in islice(
                self._pattern(self._parts[place][0].phrase).finditer(sentence), MOST_HITS
            )
        ]

    def _met(self, word: str) -> list[int]:
        """Needs that a word meets by any string in it."""
        starts = range(len(word))
        pieces = {
            word[a:b] for a in starts for b in range(a + 1, min(len(word), a + LONGEST_NEED) + 1)
        }
        return [need for piece in pieces for need in self._met_by.get(piece, ())]

    def tested(self, wording: Wording, plain: str, span: tuple[int, int]) -> bool:
        """Whether the words of a test hold its own negative result: "USS neg for DVT"."""
        return wording.finding in self._tests and bool(_NEGATIVE.search(plain, *span))

    def doubtful(self, wording: Wording, span: tuple[int, int], plain: str) -> bool:
        """Whether the words overlap a phrase that may mean something else."""
        return any(
            overlap(match.span(), span)
            for phrase in self._unsure_if.get((wording.finding, wording.value), ())
            for match in islice(self._pattern(phrase).finditer(plain), MOST_HITS)
        )

    def compile_all(self) -> None:
        """Compile what a text might match."""
        for part, _ in self._parts:
            self._pattern(part.phrase)
        for phrases in self._unsure_if.values():
            for phrase in phrases:
                self._pattern(phrase)

    def _pattern(self, phrase: str) -> re.Pattern[str]:
        if phrase not in self._patterns:
            self._patterns[phrase] = re.compile(phrase_pattern(phrase, self._words))
        return self._patterns[phrase]


@cache
def load_wordings() -> Wordings:
    """The packaged wordings."""
    return Wordings(load_knowledge().lexicon)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two places share a letter."""
    return one[0] < other[1] and other[0] < one[1]
