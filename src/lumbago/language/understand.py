"""Find what a person's words say: findings present, absent or unsure, age, sex, and time.

Each wording in the lexicon is searched for, and each hit is judged by the cues around it. A finding
that the text both affirms and denies counts as present: a missed danger is worse than a question.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain, islice
from typing import Literal

from lumbago.case import Region, Sex
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.lexicon import Indexed, Lexicon, Wording
from lumbago.knowledge.phrases import phrase_pattern
from lumbago.language.clauses import unread
from lumbago.language.context import Context, CuePatterns, Status, sentences
from lumbago.language.similar import Resemblance

__all__ = ["Aside", "Mention", "Understanding", "understand"]

#: Longer texts are read up to here, about 700 words; a case history fits twice over.
LONGEST_TEXT = 4_000
#: A phrase said more often than this in one text says nothing new.
MOST_HITS = 12
#: Resemblance to a finding's sayings that a loose wording needs; a danger sign needs less.
LEAST_SUPPORT, LEAST_SUPPORT_OF_DANGER = 0.1, 0.02
#: No string that a phrase needs is longer than this.
LONGEST_NEED = 24
_WORD = re.compile(r"[a-z0-9]+")
_NEGATIVE = re.compile(r"(?<!\w)(?:neg|negative|-ve|nad)(?!\w)")
_DENIALS = ("no ", "not ", "nil ", "never ", "denies ", "without ")
#: One-to-one, so that spans stay those of the original text.
_PLAIN = str.maketrans("\u2019\u2018\u02bc\u2013\u2014\u2011\u00a0\t", "'''--- \u0020")
_ASIDES: Mapping[Status, Literal["worry", "somebody else", "past"]] = {
    "hypothetical": "worry",
    "other_person": "somebody else",
    "past": "past",
}


@dataclass(frozen=True)
class Mention:
    """A finding that the text speaks of.

    Attributes:
        value: "yes", "no" or a category.
        state: present, absent or unsure.
        span: Start and end of the words in the text.
        firm: Whether a wording says so that is not loose.
        denied: Words elsewhere in the text that deny what these words affirm.
        origin: "text" for a wording of the lexicon, "similar" for what only resembles one: that is
            always unsure, and for the person to confirm.
    """

    finding: str
    value: str
    state: Literal["present", "absent", "unsure"]
    span: tuple[int, int]
    words: str
    firm: bool = True
    denied: str | None = None
    origin: Literal["text", "similar"] = "text"


@dataclass(frozen=True)
class Aside:
    """A finding that the text names and that is not this person's now: a worry, a relative's, an old one."""

    finding: str
    reason: Literal["worry", "somebody else", "past"]
    span: tuple[int, int]
    words: str


@dataclass(frozen=True)
class Understanding:
    """What a text says, in order of the text.

    Attributes:
        mentions: One for each finding that the text speaks of.
        asides: What it names only as a worry, as somebody else's or as an old matter.
        not_understood: Places of the clauses from which nothing was taken.
    """

    text: str
    mentions: tuple[Mention, ...]
    age: int | None
    sex: Sex | None
    regions: tuple[Region, ...] = ()
    asides: tuple[Aside, ...] = ()
    not_understood: tuple[tuple[int, int], ...] = ()

    def settled(self) -> tuple[Mention, ...]:
        """Mentions that say yes, no or a category; unsure ones stay unknown."""
        return tuple(m for m in self.mentions if m.state != "unsure")


@lru_cache(maxsize=32)
def understand(text: str) -> Understanding:
    """Read a person's message or a clinician's note.

    Returns:
        Findings with the words that said so. Fears ("worried it is cancer") and other people's
        illnesses are not findings of this person and stand aside.
    """
    from lumbago.language.measures import age_in, sex_in  # compiles patterns that only words need

    plain = text[:LONGEST_TEXT].translate(_PLAIN)
    lower = "".join(small if len(small := c.lower()) == 1 else c for c in plain)
    mentions: dict[str, list[Mention]] = {}
    asides: dict[str, Aside] = {}
    resemblance = Resemblance(lower)
    for heard in _heard(text, plain, lower, resemblance):
        if isinstance(heard, Aside):
            asides.setdefault(heard.finding, heard)
        else:
            mentions.setdefault(heard.finding, []).append(heard)
    joined = [_joined(alike) for alike in mentions.values()]
    known = {*mentions, *asides}
    joined += [
        Mention(s.finding, s.value, "unsure", s.span, text[slice(*s.span)], origin="similar")
        for s in resemblance.similar(Context(lower, _lexicon().cues))
        if s.finding not in known
    ]
    joined.sort(key=lambda m: m.span)
    aside = sorted((a for f, a in asides.items() if f not in mentions), key=lambda a: a.span)
    spans = [m.span for alike in mentions.values() for m in alike] + [a.span for a in aside]
    spans += [m.span for m in joined]
    return Understanding(
        text,
        tuple(joined),
        age_in(plain),
        sex_in(plain),
        asides=tuple(aside),
        not_understood=tuple(unread(lower, spans)),
    )


def _joined(mentions: list[Mention]) -> Mention:
    """One mention for all of one finding, with the words that deny it if there are any."""
    first = min(mentions, key=_rank)
    denials = [m for m in mentions if m.state == "absent" and not _overlap(m.span, first.span)]
    if first.value != "yes" or first.state != "present" or not denials:
        return first
    return replace(first, denied=denials[0].words)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _rank(mention: Mention) -> tuple[int, bool, int]:
    state = ("present", "unsure", "absent").index(mention.state)
    return state, not mention.firm, mention.span[0]


def _heard(
    text: str, plain: str, lower: str, resemblance: Resemblance
) -> Iterator[Mention | Aside]:
    from lumbago.language.measures import duration_in, severity_in

    lexicon = _lexicon()
    context = Context(lower, lexicon.cues)
    for wording, span in lexicon.hits(lower):
        status: Status = context.status(*span, lasting=wording.finding in lexicon.lasting)
        if status == "absent" and wording.value == "no" and not context.negated(*span, near=True):
            # "can push off fine" is a denial already, and so is the last of "no numbness, power 5/5".
            status = "present"
        if status == "present" and wording.value == "yes" and lexicon.tested(wording, lower, span):
            status = "absent"
        if status in ("present", "absent") and (
            lexicon.doubtful(wording, span, lower)
            or (wording.loose and status == "present" and _unsupported(wording, span, resemblance))
        ):
            status = "unsure"
        yield _judged(wording, status, span, text)
    for finding, found in (("duration", duration_in(plain)), ("pain_severity", severity_in(plain))):
        if found is not None:
            value, span = found
            yield Mention(finding, value, "present", span, text[slice(*span)])


def _unsupported(wording: Wording, span: tuple[int, int], resemblance: Resemblance) -> bool:
    """Whether a loose wording swallows its own denial, or its place does not resemble the sayings."""
    if wording.value == "yes" and resemblance.text.startswith(_DENIALS, span[0]):
        return True
    support = resemblance.support(wording.finding, span)
    red_flag = load_knowledge().finding(wording.finding).red_flag
    return support is not None and support < (
        LEAST_SUPPORT_OF_DANGER if red_flag else LEAST_SUPPORT
    )


def _judged(wording: Wording, status: Status, span: tuple[int, int], text: str) -> Mention | Aside:
    words, firm = text[slice(*span)], not wording.loose
    if status == "present" or (status == "past" and wording.past == "counts"):
        state: Literal["present", "absent"] = "absent" if wording.value == "no" else "present"
        return Mention(wording.finding, wording.value, state, span, words, firm)
    if status == "absent" and wording.value == "yes":
        return Mention(wording.finding, "no", "absent", span, words, firm)
    if status == "unsure" or status == "absent":
        return Mention(wording.finding, wording.value, "unsure", span, words, firm)
    return Aside(wording.finding, _ASIDES[status], span, words)


class _Lexicon:
    """The wordings, ready to search with. A pattern is compiled when a text may first match it."""

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
        #: Parts by their most telling need, so that a text meets only what it may match.
        self._filed: dict[int | None, list[int]] = {}
        for place, (part, needs) in enumerate(self._parts):
            lengths = [min(map(len, need)) for need in part.needs]
            telling = needs[lengths.index(max(lengths))] if needs else None
            self._filed.setdefault(telling, []).append(place)

    def hits(self, plain: str) -> Iterator[tuple[Wording, tuple[int, int]]]:
        """Every place where a wording stands in the text. No wording reaches over a full stop."""
        places = sentences(plain)
        met: dict[int, int] = {}  # needs, with one bit for each sentence that meets them
        for word, bits in _inside_words(plain, places, self._met_by).items():
            for need in self._met_by[word]:
                met[need] = met.get(need, 0) | bits
        everywhere = (1 << len(places)) - 1
        for place in sorted(chain(*(self._filed.get(need, ()) for need in (None, *met)))):
            part, needs = self._parts[place]
            bits = everywhere
            for need in needs:
                bits &= met.get(need, 0)
                if not bits:
                    break
            else:
                yield from self._found(part, plain, places, bits)

    def _found(
        self, part: Indexed, plain: str, places: Sequence[tuple[int, int]], bits: int
    ) -> Iterator[tuple[Wording, tuple[int, int]]]:
        search = self._pattern(part.phrase).finditer
        inside = (search(plain, *place) for i, place in enumerate(places) if bits >> i & 1)
        for match in islice(chain.from_iterable(inside), MOST_HITS):
            yield self._wordings[part.wording], match.span()

    def tested(self, wording: Wording, plain: str, span: tuple[int, int]) -> bool:
        """Whether the words of a test hold its own negative result: "USS neg for DVT"."""
        return wording.finding in self._tests and bool(_NEGATIVE.search(plain, *span))

    def doubtful(self, wording: Wording, span: tuple[int, int], plain: str) -> bool:
        """Whether the words overlap a phrase that may mean something else."""
        return any(
            _overlap(match.span(), span)
            for phrase in self._unsure_if.get((wording.finding, wording.value), ())
            for match in islice(self._pattern(phrase).finditer(plain), MOST_HITS)
        )

    def _pattern(self, phrase: str) -> re.Pattern[str]:
        if phrase not in self._patterns:
            self._patterns[phrase] = re.compile(phrase_pattern(phrase, self._words))
        return self._patterns[phrase]


def _inside_words(
    plain: str, places: Sequence[tuple[int, int]], wanted: Container[str]
) -> dict[str, int]:
    """Which wanted strings stand in words of the text, with one bit for each sentence that has them."""
    words: dict[str, int] = {}
    for i, (start, end) in enumerate(places):
        for word in _WORD.findall(plain, start, end):
            words[word] = words.get(word, 0) | 1 << i
    found: dict[str, int] = {}
    for word, bits in words.items():
        for start in range(len(word)):
            for end in range(start + 1, min(len(word), start + LONGEST_NEED) + 1):
                piece = word[start:end]
                if piece in wanted:
                    found[piece] = found.get(piece, 0) | bits
    return found


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon(load_knowledge().lexicon)
