"""Which phrases a sentence may match: those of which it holds every string that they need.

Nearly all of the fifteen thousand phrases are ruled out this way without a search of their own.
"""

import re
from collections.abc import Sequence
from operator import itemgetter

import ahocorasick

from lumbago.knowledge.lexicon import Indexed

__all__ = ["PhraseIndex"]

_WORD = re.compile(r"[a-z0-9]+")


class PhraseIndex:
    """Phrases by the strings that they need.

    Args:
        parts: Phrases with their needs, in each of which a string that begins or ends with a space begins or
            ends a word.
    """

    def __init__(self, parts: Sequence[Indexed]) -> None:
        #: Phrases that need nothing, and for each phrase all that it needs but the most telling.
        self._always: list[int] = []
        self._others: list[list[frozenset[str]]] = []
        #: Phrases by each string of their most telling need, so that a sentence meets only what it may match.
        filed: dict[str, list[int]] = {}
        for place, part in enumerate(parts):
            needs = sorted(part.needs, key=_telling, reverse=True)
            for string in needs[0] if needs else ():
                filed.setdefault(string, []).append(place)
            self._always += [] if needs else [place]
            self._others.append([frozenset(need) for need in needs[1:]])
        for string in {string for part in parts for need in part.needs for string in need}:
            filed.setdefault(string, [])
        self._strings = ahocorasick.Automaton()
        for string, places in filed.items():
            self._strings.add_word(string, (string, places))
        self._strings.make_automaton()

    def may_match(self, sentence: str) -> list[int]:
        """Places of the phrases that a sentence in lower case may match."""
        words = f" {' '.join(_WORD.findall(sentence))} "
        filed: dict[str, list[int]] = dict(map(itemgetter(1), self._strings.iter(words)))
        lacks = set(filed).isdisjoint
        places = set(self._always).union(*filed.values())
        return [place for place in places if not any(map(lacks, self._others[place]))]


def _telling(need: Sequence[str]) -> int:
    """How much it tells that one of several strings is there: as much as the shortest of them."""
    return min(map(len, need))
