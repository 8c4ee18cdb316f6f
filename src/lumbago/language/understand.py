"""Find what a person's words say: findings present, absent or unsure, age, sex, and time.

Each wording in the lexicon is searched for, and each hit is judged by the cues around it. The reader hears
the text on its own, and the two are weighed. A finding that the text both affirms and denies counts as
present: a missed danger is worse than a question.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice
from typing import Literal

from lumbago.case import Region, Sex
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.lexicon import Lexicon, Wording
from lumbago.knowledge.phrases import phrase_pattern
from lumbago.language.clauses import unread
from lumbago.language.context import Context, CuePatterns, Status, sentences
from lumbago.language.memory import Memory, forget
from lumbago.language.similar import Heard, Resemblance
from lumbago.language.weigh import ASKED, ASKED_OF_DANGER, SAID, SAID_IF_FIRM, chance, features

__all__ = ["Aside", "Mention", "Understanding", "evidence", "understand"]

#: Longer texts are read up to here, about 700 words; a case history fits twice over.
LONGEST_TEXT = 4_000
#: A phrase said more often than this in one text says nothing new.
MOST_HITS = 12
#: The most findings that the reader half hears to ask about in one text.
MOST_ASKED = 6
#: No string that a phrase needs is longer than this.
LONGEST_NEED = 24
_WORD = re.compile(r"[a-z0-9]+")
#: Findings read by numbers and phrases alone.
MEASURED = ("duration", "pain_severity", "course")
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
        doubted: Whether words around it leave it open, which the reader then does not settle.
        denied: Words elsewhere in the text that deny what these words affirm.
        origin: "text" for a wording of the lexicon, "read" for what only the reader hears, "similar" for
            what it half hears: that is always unsure, and for the person to confirm.
    """

    finding: str
    value: str
    state: Literal["present", "absent", "unsure"]
    span: tuple[int, int]
    words: str
    firm: bool = True
    doubted: bool = False
    denied: str | None = None
    origin: Literal["text", "read", "similar"] = "text"


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


class _Understand:
    """Finds what a person's message or a clinician's note says; remembers it until told to forget."""

    def __call__(self, text: str) -> Understanding:
        """Read a person's message or a clinician's note.

        Returns:
            Findings with the words that said so. Fears ("worried it is cancer") and other people's
            illnesses are not findings of this person and stand aside.
        """
        return _understood(text)

    def cache_clear(self) -> None:
        """Forget every text, and every sentence of one."""
        _understood.cache_clear()
        forget()

    def get_ready(self) -> None:
        """Compile every pattern now, some seconds of work, instead of each when a text may first match it."""
        _lexicon().compile_all()


understand = _Understand()


@lru_cache(maxsize=512)
def _understood(text: str) -> Understanding:
    from lumbago.language.measures import age_in, sex_in  # compiles patterns that only words need

    plain = text[:LONGEST_TEXT].translate(_PLAIN)
    found = _gathered(text, plain)
    joined = [_weighed(m, heard) for m, heard in found.phrases()]
    read = [_read(heard, text, found.context) for heard in found.unheard()]
    settled = [m for m in read if m is not None and m.state != "unsure"]
    half = [m for m in read if m is not None and m.state == "unsure"]
    joined = sorted([*joined, *settled, *half[:MOST_ASKED]], key=lambda m: m.span)
    aside = sorted(found.asides.values(), key=lambda a: a.span)
    spans = [m.span for alike in found.mentions.values() for m in alike] + [a.span for a in aside]
    spans += [m.span for m in joined]
    return Understanding(
        text,
        tuple(joined),
        age_in(plain),
        sex_in(plain),
        asides=tuple(a for a in aside if a.finding not in found.mentions),
        not_understood=tuple(unread(found.context.text, spans)),
    )


def evidence(text: str) -> Iterator[tuple[str, str, tuple[float, ...]]]:
    """Findings that a text may speak of, each with its likeliest value and the evidence for it."""
    found = _gathered(text, text[:LONGEST_TEXT].translate(_PLAIN))
    danger = {f.id for f in load_knowledge().findings if f.red_flag}
    for m, heard in found.phrases():
        value = _value(m, heard)
        yield m.finding, value, features(m.state, m.firm, value, heard, m.finding in danger)
    for heard in found.unheard():
        value = "no" if heard.denied > 0 else "yes"
        row = features(None, False, value, heard, heard.finding in danger)
        yield heard.finding, value, row


@dataclass(frozen=True)
class _Gathered:
    """What phrases find in a text, by finding, and what the reader makes of it."""

    context: Context
    mentions: dict[str, list[Mention]]
    asides: dict[str, Aside]
    resemblance: Resemblance

    def phrases(self) -> Iterator[tuple[Mention, Heard | None]]:
        """One mention for each finding that a phrase names, with what the reader hears there."""
        for alike in self.mentions.values():
            mention = _joined(alike)
            yield mention, self.resemblance.near(mention.finding, mention.span)

    def unheard(self) -> list[Heard]:
        """What the reader hears and no phrase names, likeliest first."""
        named = {*self.mentions, *self.asides}
        heard = (h for h in self.resemblance.anywhere() if h.finding not in named)
        return sorted(heard, key=lambda h: -h.about)


def _gathered(text: str, plain: str) -> _Gathered:
    lower = "".join(small if len(small := c.lower()) == 1 else c for c in plain)
    found = _Gathered(Context(lower, _lexicon().cues), {}, {}, Resemblance(lower))
    for heard in _heard(text, plain, found.context):
        if isinstance(heard, Aside):
            found.asides.setdefault(heard.finding, heard)
        else:
            found.mentions.setdefault(heard.finding, []).append(heard)
    return found


def _joined(mentions: list[Mention]) -> Mention:
    """One mention for all of one finding, with the words that deny it if there are any."""
    denying = [m for m in mentions if m.state == "absent"]
    # "gave up the fags" denies what "the fags" by itself would say
    mentions = [m for m in mentions if m in denying or not any(_swallows(d, m) for d in denying)]
    first = min(mentions, key=_rank)
    denials = [m for m in mentions if m.state == "absent" and not _overlap(m.span, first.span)]
    if first.value != "yes" or first.state != "present" or not denials:
        return first
    return replace(first, denied=denials[0].words)


def _weighed(mention: Mention, heard: Heard | None) -> Mention:
    """The mention, in doubt if the reader gives little for it, and settled if it makes it sure."""
    if mention.finding in MEASURED:
        return mention
    danger = load_knowledge().finding(mention.finding).red_flag
    value = _value(mention, heard)
    likely = chance(features(mention.state, mention.firm, value, heard, danger))
    trusted = mention.firm and danger and value == "yes"
    if likely < (SAID_IF_FIRM if trusted else SAID):
        return replace(mention, state="unsure")
    if mention.state == "unsure" and not mention.doubted:
        return replace(mention, value=value, state="absent" if value == "no" else "present")
    return mention


def _value(mention: Mention, heard: Heard | None) -> str:
    """The value to take: where the phrases leave it open, the reader says which."""
    if mention.state != "unsure" or heard is None or mention.finding in MEASURED:
        return mention.value
    return "no" if heard.denied > 0 else "yes"


def _read(heard: Heard, text: str, context: Context) -> Mention | None:
    """A finding that no phrase names, if the reader hears it and the words around do not forbid it."""
    finding = load_knowledge().finding(heard.finding)
    value = "no" if heard.denied > 0 else "yes"
    likely = chance(features(None, False, value, heard, finding.red_flag))
    status = context.status(heard.span[1], heard.span[1], lasting=finding.lasting)
    asked = ASKED_OF_DANGER if finding.red_flag and value == "yes" else ASKED
    if likely < asked or status not in ("present", "absent", "unsure"):
        return None
    words = text[slice(*heard.span)]
    if likely < SAID or status == "unsure" or (status == "absent" and value == "yes"):
        return Mention(heard.finding, value, "unsure", heard.span, words, origin="similar")
    state: Literal["present", "absent"] = "absent" if value == "no" else "present"
    return Mention(heard.finding, value, state, heard.span, words, origin="read")


def _swallows(denial: Mention, mention: Mention) -> bool:
    starts_before = denial.span[0] < mention.span[0] < denial.span[1]
    return starts_before or (denial.span[0] == mention.span[0] and denial.span[1] > mention.span[1])


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _rank(mention: Mention) -> tuple[int, bool, int]:
    state = ("present", "unsure", "absent").index(mention.state)
    return state, not mention.firm, mention.span[0]


def _heard(text: str, plain: str, context: Context) -> Iterator[Mention | Aside]:
    from lumbago.language.measures import duration_in, severity_in

    lexicon, lower = _lexicon(), context.text
    for wording, span in lexicon.hits(lower):
        status: Status = context.status(*span, lasting=wording.finding in lexicon.lasting)
        doubted = status == "unsure"
        if status == "absent" and wording.value == "no" and not context.negated(*span, near=True):
            # "can push off fine" is a denial already, and so is the last of "no numbness, power 5/5".
            status = "present"
        if status == "present" and wording.value == "yes" and lexicon.tested(wording, lower, span):
            status = "absent"
        if status == "present" and wording.loose and _denies_itself(wording, lower, span):
            status = "absent"
        if status in ("present", "absent") and lexicon.doubtful(wording, span, lower):
            status = "unsure"
            # "my bum goes numb when I sit": of a danger sign the person is asked, however it is heard.
            doubted = doubted or load_knowledge().finding(wording.finding).red_flag
        heard = _judged(wording, status, span, text)
        yield replace(heard, doubted=True) if isinstance(heard, Mention) and doubted else heard
    for finding, found in (("duration", duration_in(plain)), ("pain_severity", severity_in(plain))):
        if found is not None:
            value, span = found
            yield Mention(finding, value, "present", span, text[slice(*span)])


def _denies_itself(wording: Wording, plain: str, span: tuple[int, int]) -> bool:
    return wording.value == "yes" and plain.startswith(_DENIALS, span[0])


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
        #: Parts with their other needs, by the most telling one, so that a text meets only what it may match.
        self._filed: dict[int | None, list[tuple[int, list[int]]]] = {}
        for place, (part, needs) in enumerate(self._parts):
            lengths = [min(map(len, need)) for need in part.needs]
            telling = needs[lengths.index(max(lengths))] if needs else None
            others = [need for need in needs if need != telling]
            self._filed.setdefault(telling, []).append((place, others))
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
            for need in (None, *met)
            for place, others in self._filed.get(need, ())
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
            _overlap(match.span(), span)
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
def _lexicon() -> _Lexicon:
    return _Lexicon(load_knowledge().lexicon)
