"""What a mention means where it stands: said, denied, unsure, past, feared, or somebody else's.

A cue before a mention reaches forward to the end of its clause; "but", "however" and a new subject
end its reach. A few cues ("fever: none") reach back. "My husband has back pain" is about somebody
else only if the writer speaks of a pain of their own as well. The method follows NegEx and ConText
(Chapman 2001, Harkema 2009) with our own cue lists.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from lumbago.knowledge.lexicon import Cues
from lumbago.knowledge.phrases import phrase_pattern

__all__ = ["Context", "CuePatterns", "Status", "sentences"]

Status = Literal["present", "absent", "gone", "unsure", "past", "hypothetical", "other_person"]

_MARKS = ".;!?\n"
_SENTENCE_END = re.compile(r"[.;!?\n]+(?=\s|$)|\n+")
#: A cue "no fever" reaches over a list; "not" in a long sentence does not reach its far end.
_REACH_WORDS = 14
_REACH_BACK_WORDS = 4
#: "Fever: no", "fever? No", "fever - none".
_ANSWER = re.compile(r"\s*[?:=('-]*\s*")
#: "Any bladder trouble at all? None."
_REPLY = re.compile(
    r"\?+[\s\"')-]*(?:(?P<yes>yes|yeah|yep|yup|aye|y\b|a (?:bit|little))|no\b(?!\s+idea)|n\b|nope|none|nil|"
    r"never|nah|nae|not (?:really|at all))(?!\w)"
)
#: A complaint with its own length is no item of a list of denials.
_DATED = re.compile(
    r"\b\d+/(?:7|52|12)\b|\bfor (?:\w+ ){1,3}(?:days?|weeks?|months?|years?)\b|\bsince\b|\d\s?/\s?10\b"
)
#: What may stand between "no" and a far item of its list: short items without a verb.
_ITEMS = re.compile(r"\s*(?:,|/|\bor\b|\band\b|\bnor\b|&)\s*")
_ITEM_WORDS, _LIST_WORDS = 5, 60
_VERB = re.compile(
    r"\b(?:am|is|are|was|were|be|been|has|have|had|do|does|did|can|could|will|would|feels?|felt|gets?|got|"
    r"goes|went|hurts?|started|came|comes|keeps?)\b|'(?:s|m|re|ve)\b"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Places of the sentences of a text, each with the mark that ends it."""
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    return [(a, b) for a, b in pairwise([0, *ends, len(text)]) if text[a:b].strip()]


def _reached(before: str) -> str:
    """The last words before a mention, with the whole of a list of short items."""
    words = before.split()
    if len(words) <= _REACH_WORDS:
        return " ".join(words)
    return " ".join(words[-max(_REACH_WORDS, _list_length(before)) :])


def _list_length(before: str) -> int:
    """Number of words in the list of short items that ends where the mention stands."""
    count = 0
    for item in reversed(_ITEMS.split(before)):
        words = item.split()
        if len(words) > _ITEM_WORDS or _VERB.search(item):
            return count + min(len(words), 2)  # "no", "denies any" may open the list
        count += len(words) + 1
    return min(count, _LIST_WORDS)


def _begins_before(cue: re.Pattern[str], told: str, place: int) -> bool:
    match = cue.search(told)
    return match is not None and match.start() < place


def _end(span: tuple[int, int]) -> int:
    return span[1]


@dataclass(frozen=True)
class Context:
    """Judges mentions in one text by the cues around them. The text is in lower case."""

    text: str
    cues: "CuePatterns"

    def status(self, start: int, end: int, *, lasting: bool = False) -> Status:
        """Status of the mention at `text[start:end]`.

        Args:
            lasting: Whether the finding is an illness or a risk rather than a symptom: a symptom of
                "my mum" is the patient's, unless the writer has pain of their own.
        """
        asked = (start, end, lasting)
        if asked not in self._judged:  # several wordings often hit the same words
            self._judged[asked] = self._status(start, end, lasting=lasting)
        return self._judged[asked]

    @cached_property
    def _judged(self) -> dict[tuple[int, int, bool], Status]:
        return {}

    def _status(self, start: int, end: int, *, lasting: bool) -> Status:
        cues = self.cues
        before, whole = self._before(start, end)
        rest = self._after(end)
        after = rest.split(",", 1)[0]
        reply = self.reply(end)
        if reply is not None:
            return reply
        if self._somebody_elses(whole, start, end, lasting=lasting):
            return "other_person"
        told = whole + self.text[start:end]
        if _begins_before(cues.hypothetical, told, len(whole)):  # "have [I got cancer]?"
            return "hypothetical"
        if cues.hypothetical_after.match(self._answer(end)):
            return "hypothetical"
        if cues.unsure.search(before):
            return "unsure"
        if self._denies(before) or cues.negation_after.match(self._answer(end)):
            return "absent"
        if cues.gone.match(rest.lstrip(" ,'")):
            return "gone"
        if self._denied_at_the_end(start, end):
            return "absent"
        if cues.past.search(f"{before} {self.text[start:end]} {after}"):
            return "past"
        return "unsure" if not lasting and self._told_of_the_past(start) else "present"

    def _somebody_elses(self, before: str, start: int, end: int, *, lasting: bool) -> bool:
        cues, told = self.cues, before + self.text[start:end]
        patterns = [cues.other_person]
        if self._about_self or lasting:
            patterns.append(cues.relative_part)
        if self._about_self or (lasting and not self._third_person):
            patterns.append(cues.relative)
        return any(_begins_before(cue, told, len(before)) for cue in patterns)

    def negated(self, start: int, end: int, *, near: bool = False) -> bool:
        """Whether words before the mention deny it; if `near`, words after the last comma."""
        before, _ = self._before(start, end)
        return self._denies(before.rsplit(",", 1)[-1] if near else before)

    def _denies(self, before: str) -> bool:
        cleaned = self.cues.not_negation.sub(lambda m: "_" * len(m[0]), before)
        one = cleaned.rsplit(",", 1)[-1]
        return bool(self.cues.negation.search(cleaned) or self.cues.negation_of_one.search(one))

    def _denied_at_the_end(self, start: int, end: int) -> bool:
        """Whether the list that a mention stands in is denied as a whole: "fever, sweats, none of those"."""
        own = self.cues.own_negation.match(self.text, start, end)
        if own is not None and not own[0].startswith("numb"):
            return False  # "cannot pee, fever he denies"
        stop = self._sentence_end(end)
        for close in (stop, self._sentence_end(min(stop + 2, len(self.text)))):
            rest = self.text[end:close]
            closing = self.cues.closing_negation.search(rest)
            if closing is not None:
                items = rest[: closing.start()]
                return not (_VERB.search(items) or self.cues.ends_scope.search(items))
        return False

    def _before(self, start: int, end: int) -> tuple[str, str]:
        """The part of the clause before a mention that a cue can reach it from.

        Returns:
            As it is, and also across the comma before a mention that is complete in itself.
        """
        begins = self._sentence_start(start)
        # The words of the mention are looked at as well: "have" ends a scope, but not in "have [I got it]?"
        scopes = self.cues.ends_scope.finditer(self.text, begins, end)
        begins = max((m.end() for m in scopes if m.end() <= start), default=begins)
        whole = near = self.text[begins:start]
        complete = self.cues.own_negation.match(self.text, start, end)
        affirmed = self.cues.affirming.search(self.text, start, end)
        if complete or affirmed or _DATED.search(self._to_comma(end)):
            near = whole.rsplit(",", 1)[-1]  # "no fever, cannot pee", "no trauma, back pain 3/52"
        return _reached(near) + " ", _reached(whole) + " "

    def sentence(self, span: tuple[int, int]) -> tuple[int, int]:
        """Start and end of the sentence in which a mention stands."""
        return self._sentence_start(span[0]), self._sentence_end(span[1])

    def _to_comma(self, end: int) -> str:
        return self.text[end : self._sentence_end(end)].split(",", 1)[0]

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

    def reply(self, end: int) -> Status | None:
        """What the next sentence answers, if the mention stands in a question: "Any numbness? None."""
        mark = self._sentence_end(end)
        if self.text[mark : mark + 1] != "?":
            return None
        reply = _REPLY.match(self.text, mark)
        if reply is None:
            return None
        return "present" if reply["yes"] else "absent"

    def _told_of_the_past(self, place: int) -> bool:
        """Whether the sentence goes on with a story that an earlier sentence dates years back."""
        return any(start <= place < end for start, end in self._old_stories)

    @cached_property
    def _old_stories(self) -> list[tuple[int, int]]:
        """Sentences in the past tense that follow one with an old date, up to the next word of now."""
        told, old = [], False
        for start, end in sentences(self.text):
            sentence = self.text[start:end]
            if self.cues.present_time.search(sentence):
                old = False
            elif self.cues.old_date.search(sentence):
                old = True
            elif old and self.cues.past_tense.search(sentence):
                told.append((start, end))
            else:
                old = False
        return told

    def _sentence_start(self, place: int) -> int:
        if place and self.text[place - 1] in _MARKS:
            return place  # a mark right before a mention ends the sentence, whatever follows
        ends = self._ends
        before = bisect_right(ends, place, key=_end)
        return ends[before - 1][1] if before else 0

    def _sentence_end(self, place: int) -> int:
        ends = self._ends
        after = bisect_right(ends, place, key=_end)
        return max(ends[after][0], place) if after < len(ends) else len(self.text)

    @cached_property
    def _ends(self) -> list[tuple[int, int]]:
        """Places of the marks that end sentences."""
        return [match.span() for match in _SENTENCE_END.finditer(self.text)]

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
        self.gone = pattern(cues.gone)
        self.closing_negation = pattern(cues.closing_negation)
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
        self.old_date = pattern(cues.old_date)
        self.past_tense = pattern(cues.past_tense)
        self.present_time = pattern(cues.present_time)
        self.ends_scope = pattern(cues.ends_scope)
