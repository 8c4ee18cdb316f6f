"""Search a text for the wordings of the lexicon, and for what makes them doubtful."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain, islice

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.lexicon import Lexicon, Wording
from lumbago.knowledge.phrases import phrase_pattern
from lumbago.language.context import CuePatterns, sentences
from lumbago.language.memory import Memory
from lumbago.language.phrase_index import PhraseIndex

__all__ = ["Wordings", "load_wordings", "overlap"]

#: A phrase said more often than this in one text says nothing new.
MOST_HITS = 12
_NEGATIVE = re.compile(r"(?<!\w)(?:neg|negative|-ve|nad)(?!\w)")


class Wordings:
    """The wordings, ready to search with. A pattern is compiled when a text may first match it.

    Attributes:
        cues: The cues by which a hit is judged.
        lasting: Findings that stay true of a person.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.cues = CuePatterns(lexicon.cues, lexicon.words)
        self._wordings = lexicon.wordings
        findings = load_knowledge().findings
        self.lasting = {f.id for f in findings if f.lasting}
        self._tests = {f.id for f in findings if f.who in ("clinician", "test")}
        self._unsure_if: dict[tuple[str, str], list[str]] = {}
        for wording in lexicon.wordings:
            of = self._unsure_if.setdefault((wording.finding, wording.value), [])
            of += wording.unsure_if
        self._parts = lexicon.index
        self._index = PhraseIndex(lexicon.index)
        self._patterns = _Patterns(lexicon.words)
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
            wording = self._wordings[self._parts[place].wording]
            yield from ((wording, span) for span in by_part[place][:MOST_HITS])

    def _found(self, sentence: str) -> list[tuple[int, int, int]]:
        """Each hit in a sentence: the number of the part of a wording, its start and its end."""
        return [
            (place, *match.span())
            for place in self._index.may_match(sentence)
            # Most are not there, which a search tells more quickly than an iterator that finds none.
            if (pattern := self._patterns[self._parts[place].phrase]).search(sentence)
            for match in islice(pattern.finditer(sentence), MOST_HITS)
        ]

    def tested(self, wording: Wording, plain: str, span: tuple[int, int]) -> bool:
        """Whether the words of a test hold its own negative result: "USS neg for DVT"."""
        return wording.finding in self._tests and bool(_NEGATIVE.search(plain, *span))

    def doubtful(self, wording: Wording, span: tuple[int, int], sentence: str) -> bool:
        """Whether words of a sentence overlap a phrase of it that may mean something else."""
        return any(
            overlap(match.span(), span)
            for phrase in self._unsure_if.get((wording.finding, wording.value), ())
            for match in islice(self._patterns[phrase].finditer(sentence), MOST_HITS)
        )

    def compile_all(self) -> None:
        """Compile what a text might match."""
        for phrase in chain((part.phrase for part in self._parts), *self._unsure_if.values()):
            self._patterns[phrase]


class _Patterns(dict[str, re.Pattern[str]]):
    """The pattern of each phrase, compiled when it is first asked for."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def __missing__(self, phrase: str) -> re.Pattern[str]:
        self[phrase] = re.compile(phrase_pattern(phrase, self._words))
        return self[phrase]


@cache
def load_wordings() -> Wordings:
    """The packaged wordings."""
    return Wordings(load_knowledge().lexicon)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two places share a letter."""
    return one[0] < other[1] and other[0] < one[1]
