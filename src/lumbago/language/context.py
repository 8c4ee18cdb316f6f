"""What a mention means where it stands: said, denied, unsure, past, feared, or somebody else's.

A cue before a mention reaches forward to the end of its clause; "but", "however" and a new subject
end its reach. A few cues ("fever: none") reach back. "My husband has back pain" is about somebody
else only if the writer speaks of a pain of their own as well. The method follows NegEx and ConText
(Chapman 2001, Harkema 2009) with our own cue lists.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from lumbago.knowledge.lexicon import Cues
from lumbago.knowledge.phrases import phrase_pattern

__all__ = ["Context", "CuePatterns", "Status", "sentences"]

Status = Literal["present", "absent", "unsure", "past", "hypothetical", "other_person"]

_SENTENCE_END = re.compile(r"[.;!?\n]+(?=\s|$)|\n+")
#: A cue "no fever" reaches over a list; "not" in a long sentence does not reach its far end.
_REACH_WORDS = 14
_REACH_BACK_WORDS = 4
#: "Fever: no", "fever? No", "fever - none".
_ANSWER = re.compile(r"\s*[?:=('-]*\s*")


def sentences(text: str) -> list[tuple[int, int]]:
    """Places of the sentences of a text, each with the mark that ends it."""
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    return [(a, b) for a, b in pairwise([0, *ends, len(text)]) if text[a:b].strip()]


@dataclass(frozen=True)
class Context:
    """Judges mentions in one text by the cues around them. The text is in lower case."""

    text: str
    cues: "CuePatterns"

    def status(self, start: int, end: int, *, history: bool = False) -> Status:
        """Status of the mention at `text[start:end]`.

        Args:
            history: Whether the finding is an old illness or a lasting state rather than a symptom: a
                symptom of "my mum" is the patient's, unless the writer has pain of their own.
        """
        cues = self.cues
        before = self._before(start, end)
        after = self._after(end).split(",", 1)[0]
        if cues.other_person.search(before):
            return "other_person"
        if self._about_self and cues.relative_part.search(before):
            return "other_person"
        relative = self._about_self or (history and not self._third_person)
        if relative and cues.relative.search(before):
            return "other_person"
        if cues.hypothetical.search(before) or cues.hypothetical_after.match(self._answer(end)):
            return "hypothetical"
        if cues.unsure.search(before):
            return "unsure"
        if self.negated(start, end) or cues.negation_after.match(self._answer(end)):
            return "absent"
        if cues.past.search(f"{before} {self.text[start:end]} {after}"):
            return "past"
        return "present"

    def negated(self, start: int, end: int, *, near: bool = False) -> bool:
        """Whether words before the mention deny it; if `near`, words after the last comma."""
        before = self._before(start, end)
        before = before.rsplit(",", 1)[-1] if near else before
        cleaned = self.cues.not_negation.sub(lambda m: "_" * len(m[0]), before)
        one = cleaned.rsplit(",", 1)[-1]
        return bool(self.cues.negation.search(cleaned) or self.cues.negation_of_one.search(one))

    def _before(self, start: int, end: int) -> str:
        """The part of the clause before a mention that a cue can reach it from."""
        clause = self.text[self._sentence_start(start) : start]
        ends = [m.end() for m in self.cues.ends_scope.finditer(clause)]
        reach = clause[ends[-1] :] if ends else clause
        complete = self.cues.own_negation.match(self.text, start, end)
        if complete or self.cues.affirming.search(self.text, start, end):
            reach = reach.rsplit(",", 1)[-1]  # "no fever, cannot pee", "no limp, walking fine"
        return " ".join(reach.split()[-_REACH_WORDS:]) + " "

    def _after(self, end: int) -> str:
        """The rest of the clause after a mention."""
        rest = self.text[end : self._sentence_end(end)]
        stop = self.cues.ends_scope.search(rest)
        return rest[: stop.start()] if stop else rest

    def _answer(self, end: int) -> str:
        """The few words after a mention in which "no" or "is normal" may stand."""
        mark = _ANSWER.match(self.text, end)
        place = mark.end() if mark else end
        rest = self.text[place : self._sentence_end(place)]
        return " ".join(rest.split()[:_REACH_BACK_WORDS])

    def _sentence_start(self, place: int) -> int:
        return max((m.end() for m in _SENTENCE_END.finditer(self.text, 0, place)), default=0)

    def _sentence_end(self, place: int) -> int:
        stop = _SENTENCE_END.search(self.text, place)
        return stop.start() if stop else len(self.text)

    @cached_property
    def _third_person(self) -> bool:
        return bool(self.cues.third_person.search(self.text))

    @cached_property
    def _about_self(self) -> bool:
        return bool(self.cues.about_self.search(self.text))


class CuePatterns:
    """One pattern for each list of cues."""

    def __init__(self, cues: Cues, words: Mapping[str, str]) -> None:
        def pattern(phrases: Sequence[str]) -> re.Pattern[str]:
            return re.compile("|".join(phrase_pattern(phrase, words) for phrase in phrases))

        self.negation = pattern(cues.negation)
        self.negation_of_one = pattern(cues.negation_of_one)
        self.negation_after = pattern(cues.negation_after)
        self.affirming = pattern(cues.affirming)
        self.own_negation = pattern(cues.own_negation)
        self.not_negation = pattern(cues.not_negation)
        self.unsure = pattern(cues.unsure)
        self.hypothetical = pattern(cues.hypothetical)
        self.hypothetical_after = pattern(cues.hypothetical_after)
        self.other_person = pattern(cues.other_person)
        self.relative = pattern(cues.relative)
        self.relative_part = pattern(cues.relative_part)
        self.third_person = pattern(cues.third_person)
        self.about_self = pattern(cues.about_self)
        self.past = pattern(cues.past)
        self.ends_scope = pattern(cues.ends_scope)
