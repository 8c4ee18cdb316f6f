"""Find what a person's words say: findings present, absent or unsure, age, sex, and time.

Each wording in the lexicon is searched for, and each hit is judged by the cues around it. The reader hears
the text on its own, and the two are weighed. A finding that the text both affirms and denies counts as
present: a missed danger is worse than a question.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from lumbago.case import Region, Sex
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.lexicon import Wording
from lumbago.language.clauses import unread
from lumbago.language.context import Context, Status
from lumbago.language.memory import forget
from lumbago.language.similar import Heard, Resemblance
from lumbago.language.weigh import (
    ASKED,
    ASKED_OF_DANGER,
    SAID,
    SAID_AGAINST,
    SAID_IF_FIRM,
    chance,
    features,
)
from lumbago.language.wordings import load_wordings, overlap

__all__ = ["Aside", "Mention", "Understanding", "evidence", "understand"]

#: Longer texts are read up to here, about 700 words; a case history fits twice over.
LONGEST_TEXT = 4_000
#: The most findings that the reader half hears to ask about in one text; no danger sign is left out for it.
MOST_ASKED = 6
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
        likely: Probability that a careful reader would take the value from the words, where it was weighed.
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
    likely: float = 1.0
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
        load_wordings().compile_all()


understand = _Understand()


@lru_cache(maxsize=512)
def _understood(text: str) -> Understanding:
    from lumbago.language.measures import age_in, sex_in  # compiles patterns that only words need

    plain = text[:LONGEST_TEXT].translate(_PLAIN)
    found = _gathered(text, plain)
    joined = _told(found, text)
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


def _told(found: "_Gathered", text: str) -> list[Mention]:
    """What phrases and reader together make of a text, and what they leave to ask."""
    answers = found.context.reply  # "Fever? Yes": the reader does not know of the answer
    weighed = [
        (_weighed(m, heard) if answers(m.span[1]) is None else m, heard)
        for m, heard in _likeliest(found.phrases())
    ]
    told = {m.finding: m for m, heard in weighed if not _tells_nothing(m, heard)}
    read = [m for heard in found.alone() if (m := _read(heard, text, found.context)) is not None]
    told |= {m.finding: m for m in read if m.state != "unsure" and _settles(m, told.get(m.finding))}
    half = [m for m in read if m.state == "unsure" and m.finding not in told]
    dangers = [m for m in half if load_knowledge().finding(m.finding).red_flag]
    others = [m for m in half if m not in dangers][: max(MOST_ASKED - len(dangers), 0)]
    return sorted([*told.values(), *dangers, *others], key=lambda m: m.span)


def evidence(text: str) -> Iterator[tuple[str, str, tuple[float, ...]]]:
    """Findings that a text may speak of, each with its likeliest value and the evidence for it."""
    found = _gathered(text, text[:LONGEST_TEXT].translate(_PLAIN))
    danger = {f.id for f in load_knowledge().findings if f.red_flag}
    for m, heard in found.phrases():
        value = _value(m, heard)
        yield m.finding, value, features(m.state, m.firm, value, heard, m.finding in danger)
    for heard in found.alone():
        if heard.finding in found.mentions:
            continue
        row = features(None, False, heard.value, heard, heard.finding in danger)
        yield heard.finding, heard.value, row


@dataclass(frozen=True)
class _Gathered:
    """What phrases find in a text, by finding, and what the reader makes of it."""

    context: Context
    mentions: dict[str, list[Mention]]
    asides: dict[str, Aside]
    resemblance: Resemblance

    def phrases(self) -> Iterator[tuple[Mention, Heard | None]]:
        """One mention for each finding that a phrase names, with what the reader hears there.

        A choice has one for each category that is named.
        """
        for finding, alike in self.mentions.items():
            for mention in _joined(finding, alike):
                yield mention, self.resemblance.near(finding, mention.value, mention.span)

    def alone(self) -> list[Heard]:
        """What the reader hears by itself, likeliest first; of a choice one category."""
        heard = [h for h in self.resemblance.anywhere() if h.finding not in self.asides]
        heard.sort(key=lambda h: h.about)
        return list({h.finding: h for h in heard}.values())[::-1]


def _gathered(text: str, plain: str) -> _Gathered:
    lower = "".join(small if len(small := c.lower()) == 1 else c for c in plain)
    found = _Gathered(Context(lower, load_wordings().cues), {}, {}, Resemblance(lower))
    for heard in _heard(text, plain, found.context):
        if isinstance(heard, Aside):
            found.asides.setdefault(heard.finding, heard)
        else:
            found.mentions.setdefault(heard.finding, []).append(heard)
    return found


def _joined(finding: str, mentions: list[Mention]) -> list[Mention]:
    """One mention for all of one finding, or of each category of a choice."""
    if load_knowledge().finding(finding).kind != "choice":
        return [_of_one(mentions)]
    values = dict.fromkeys(m.value for m in mentions)
    return [_of_one([m for m in mentions if m.value == value]) for value in values]


def _of_one(mentions: list[Mention]) -> Mention:
    """One mention for several, with the words that deny it if there are any."""
    denying = [m for m in mentions if m.state == "absent"]
    # "gave up the fags" denies what "the fags" by itself would say
    mentions = [m for m in mentions if m in denying or not any(_swallows(d, m) for d in denying)]
    first = min(mentions, key=_rank)
    denials = [m for m in mentions if m.state == "absent" and not overlap(m.span, first.span)]
    if first.value != "yes" or first.state != "present" or not denials:
        return first
    return replace(first, denied=denials[0].words)


Told = tuple[Mention, Heard | None]


def _likeliest(told: Iterable[Told]) -> Iterator[Told]:
    """For each finding what was told of it; of several categories the likeliest, of equals the first."""
    found: dict[str, list[Told]] = {}
    for one in told:
        found.setdefault(one[0].finding, []).append(one)
    for alike in found.values():
        yield min(alike, key=lambda one: (-_likely(*one), _rank(one[0]))) if alike[1:] else alike[0]


def _likely(mention: Mention, heard: Heard | None) -> float:
    """Probability that a careful reader would take the mention's value from the words."""
    danger = load_knowledge().finding(mention.finding).red_flag
    return chance(features(mention.state, mention.firm, _value(mention, heard), heard, danger))


def _weighed(mention: Mention, heard: Heard | None) -> Mention:
    """The mention, in doubt if the reader gives little for it, and settled if it makes it sure."""
    finding = load_knowledge().finding(mention.finding)
    if heard is None and finding.kind == "choice":
        return mention  # what the reader did not read ("3/52.") it cannot choose between
    danger = finding.red_flag
    value, likely = _value(mention, heard), _likely(mention, heard)
    trusted = mention.firm and danger and value == "yes"
    weighed = replace(mention, likely=likely if value == mention.value else 0.0)
    if likely < (SAID_IF_FIRM if trusted else SAID):
        return replace(weighed, state="unsure")
    if mention.state == "unsure" and not mention.doubted:
        return replace(mention, value=value, state="absent" if value == "no" else "present")
    return weighed


def _tells_nothing(mention: Mention, heard: Heard | None) -> bool:
    """Whether it is a denial too unlikely to count, against which nothing speaks either.

    "I can walk fine" is no reason to ask about a child who will not walk.
    """
    unsure = mention.state == "unsure" and not mention.doubted
    return unsure and mention.value == "no" and (heard is None or heard.value == "no")


def _value(mention: Mention, heard: Heard | None) -> str:
    """The value to take: where the phrases leave it open, the reader says which."""
    return mention.value if mention.state != "unsure" or heard is None else heard.value


def _read(heard: Heard, text: str, context: Context) -> Mention | None:
    """A finding that no phrase names, if the reader hears it and the words around do not forbid it."""
    finding, value = load_knowledge().finding(heard.finding), heard.value
    likely = chance(features(None, False, value, heard, finding.red_flag))
    if likely < (ASKED_OF_DANGER if finding.red_flag and value == "yes" else ASKED):
        return None
    status = context.status(heard.span[1], heard.span[1], lasting=finding.lasting)
    if status == "gone":
        status = "unsure" if finding.red_flag else "absent"
    if status not in ("present", "absent", "unsure"):
        return None
    if value == "no" and likely < SAID and status != "unsure" and not finding.red_flag:
        return None  # as in `_tells_nothing`, but half a danger sign may well be a whole one
    words = text[slice(*heard.span)]
    against = status == "absent" and value != "no"
    start = heard.span[0]
    if against and (
        not finding.red_flag
        or context.text.startswith(_DENIALS, start)
        or context.status(start, start, lasting=finding.lasting) == "absent"
    ):
        status = "unsure"  # a "no" before it denies all that is heard; the rest is worth a question at most
    if likely < (SAID_AGAINST if against else SAID) or status == "unsure":
        return Mention(
            heard.finding, value, "unsure", heard.span, words, likely=likely, origin="similar"
        )
    state: Literal["present", "absent"] = "absent" if value == "no" else "present"
    return Mention(heard.finding, value, state, heard.span, words, origin="read")


def _settles(read: Mention, told: Mention | None) -> bool:
    """Whether what the reader is sure of counts: where phrases say nothing, or leave it open.

    It does not where the words themselves leave it open, and takes no danger sign away.
    """
    if told is None:
        return True
    danger = load_knowledge().finding(told.finding).red_flag and told.value == "yes"
    return told.state == "unsure" and not told.doubted and not (danger and read.value == "no")


def _swallows(denial: Mention, mention: Mention) -> bool:
    starts_before = denial.span[0] < mention.span[0] < denial.span[1]
    return starts_before or (denial.span[0] == mention.span[0] and denial.span[1] > mention.span[1])


def _rank(mention: Mention) -> tuple[int, bool, int]:
    state = ("present", "unsure", "absent").index(mention.state)
    return state, not mention.firm, mention.span[0]


def _heard(text: str, plain: str, context: Context) -> Iterator[Mention | Aside]:
    from lumbago.language.measures import durations_in, severity_in

    lexicon, lower = load_wordings(), context.text
    for wording, span in lexicon.hits(lower):
        status: Status = context.status(*span, lasting=wording.finding in lexicon.lasting)
        danger = load_knowledge().finding(wording.finding).red_flag
        if status == "gone":
            # A chest pain that went away may still be an emergency: of a danger sign the person is asked.
            status = "unsure" if danger and wording.value == "yes" else "absent"
        doubted = status == "unsure"
        if status == "absent" and wording.value == "no" and not context.negated(*span, near=True):
            # "can push off fine" is a denial already, and so is the last of "no numbness, power 5/5".
            status = "present"
        if status == "present" and wording.value == "yes" and lexicon.tested(wording, lower, span):
            status = "absent"
        if status == "present" and wording.loose and _denies_itself(wording, lower, span):
            status = "absent"
        if status in ("present", "absent") and _doubtful(wording, span, context):
            status = "unsure"
            # "my bum goes numb when I sit": of a danger sign the person is asked, however it is heard.
            doubted = doubted or danger
        heard = _judged(wording, status, span, text)
        yield replace(heard, doubted=True) if isinstance(heard, Mention) and doubted else heard
    measured = [("duration", *found) for found in durations_in(plain)]
    measured += [("pain_severity", *found, True) for found in [severity_in(plain)] if found]
    for finding, value, span, firm in measured:
        yield Mention(
            finding, value, "present" if firm else "unsure", span, text[slice(*span)], firm
        )


def _doubtful(wording: Wording, span: tuple[int, int], context: Context) -> bool:
    start, end = context.sentence(span)
    inside = span[0] - start, span[1] - start
    return load_wordings().doubtful(wording, inside, context.text[start:end])


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
