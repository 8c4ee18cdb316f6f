"""The shape of the lexicon: how people speak of findings."""

from typing import Literal

import msgspec

from lumbago.knowledge.schema import Record

__all__ = ["Cues", "Indexed", "Lexicon", "Wording"]


class Wording(Record, frozen=True):
    """Ways in which people say that a finding has a value.

    A phrase is plain words with a few marks: `(a|b)` either, `x?` optional letter or group, `~n` up
    to n words between, `{name}` a named list of words from `words.yaml`. A space matches any gap
    and an apostrophe may be missing. With `past: counts`, having had it once is having it. Words that
    overlap an `unsure_if` of the same finding may mean something else: the finding is to be asked. A
    `loose` wording counts only where the words around it resemble the finding's sayings.
    """

    finding: str
    phrases: list[str]
    value: str = "yes"
    past: Literal["current", "counts"] = "current"
    unsure_if: list[str] = msgspec.field(default_factory=list)
    loose: bool = False


class Cues(Record, frozen=True):
    """Words that change what a mention means, each a list of phrases.

    `negation` reaches over a list, `negation_of_one` ("can't") to the next comma, and neither over a
    comma into `own_negation` ("cannot pee") or `affirming` ("walking fine"). `closing_negation` ends a
    list and denies all of it; what is `gone` was there before. A `relative` is somebody
    else if the writer has pain (`about_self`) or nobody is spoken of by `third_person`; else they may be
    the one whom the text is about, as with `relative_part` ("my husband's calf"). A sentence with an
    `old_date` is followed by others in the `past_tense` about the same time, until one of `present_time`.
    """

    negation: list[str]
    negation_of_one: list[str]
    negation_after: list[str]
    gone: list[str]
    closing_negation: list[str]
    affirming: list[str]
    own_negation: list[str]
    not_negation: list[str]
    unsure: list[str]
    hypothetical: list[str]
    hypothetical_after: list[str]
    other_person: list[str]
    relative: list[str]
    relative_part: list[str]
    third_person: list[str]
    about_self: list[str]
    past: list[str]
    old_date: list[str]
    past_tense: list[str]
    present_time: list[str]
    ends_scope: list[str]


class Indexed(Record, frozen=True):
    """One alternative of a phrase, with what a text must contain for it to match.

    Worked out when the files are read: `needs` are sets of words, of each of which one must be there.
    """

    wording: int
    phrase: str
    needs: list[list[str]]


class Lexicon(Record, frozen=True):
    """How people speak of findings: word lists, wordings with their index, and cues."""

    words: dict[str, str]
    wordings: list[Wording]
    cues: Cues
    index: list[Indexed]
