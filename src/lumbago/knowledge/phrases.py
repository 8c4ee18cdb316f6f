"""The little language of the lexicon, turned into regular expressions.

    "(cant|unable to) ~2 (pee|wee|pass urine)"     a gap of up to two words
    "pain ~6 {calf}"                               a named list of words
    "numb(ness)? down below"                       an optional ending

A space matches any run of spaces and hyphens; an apostrophe may be missing. A gap stays within one
sentence and does not step over words such as "no", "but" or "better". Phrases are in lower case and match whole
words of text in lower case.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

__all__ = ["alternatives", "phrase_needs", "phrase_pattern"]

_STOPS = "no|not|isn.?t|wasn.?t|aren.?t|hasn.?t|doesn.?t|don.?t|didn.?t|won.?t"
_STOPS += "|but|without|nor|never|denies|denied"
_STOPS += "|better|worse|eases|eased|easier|relieved"
_GAP = rf"(?:(?!(?:{_STOPS})\b)[^\s.;!?-]+[\s-]+){{{{0,{{}}}}}}?"
_DEEPEST = 6

#: Each set holds strings of which any match contains at least one.
Needs = list[frozenset[str]]


def phrase_pattern(phrase: str, words: Mapping[str, str]) -> str:
    """Regular expression of one phrase.

    Args:
        words: Named lists, each a phrase of alternatives such as "calf|calves|lower leg".

    Raises:
        ValueError: If the phrase names an unknown list or is not well formed.
    """
    pattern = rf"\b(?:{_translate(phrase, words, 0)})(?!\w)"
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"phrase {phrase!r} is not well formed: {error}") from None
    return pattern


def _translate(phrase: str, words: Mapping[str, str], depth: int) -> str:
    if depth > _DEEPEST:
        raise ValueError(f"named lists go round in a circle at {phrase!r}")
    if re.search(r"(?<!\\)[A-Z]", phrase):
        raise ValueError(f"phrase {phrase!r} is not in lower case")
    if re.search(r"\[[^\]]*[0-9a-z]-[0-9a-z]", phrase):
        raise ValueError(f"phrase {phrase!r}: a hyphen means a space here; write [3456] for [3-6]")

    def named(match: re.Match[str]) -> str:
        if match[1] not in words:
            raise ValueError(f"phrase {phrase!r} names an unknown list {match[1]}")
        return f"(?:{_translate(words[match[1]], words, depth + 1)})"

    text = re.sub(r"(?<!\\)\((?!\?)", "(?:", phrase.strip().replace("'", "'?"))
    text = re.sub(r"\s*~(\d+)\s*", lambda m: f" \0{m[1]}\0", text)
    text = re.sub(r"([)}]\?) +(?!\0)", r"\1[\\s-]*", text)  # the space goes with what is left out
    text = re.sub(r"(?<!\\s)[\s-]+(?!\])", r"[\\s-]+", text)
    text = re.sub("\0(\\d+)\0", lambda m: _GAP.format(m[1]), text)
    return re.sub(r"\{([a-z_]+)\}", named, text)


def phrase_needs(phrase: str, words: Mapping[str, str]) -> Needs:
    """What a text must contain for the phrase to match: at least one string of every set.

    A string begins with a space if a word of the text must begin with it, and ends with one if a word must
    end with it. A quick look for these strings spares most searches, and the work of compiling their patterns.
    """
    edges = _Edges(True, True)
    return _of_any([_Sequence(part, words, edges).needs for part in alternatives(phrase)])


class _Edges(NamedTuple):
    """Whether words of the text surely begin and end where a part of a phrase does."""

    before: bool
    after: bool


def _of_any(options: Sequence[Needs]) -> Needs:
    """What is needed where one of several options must match."""
    if len(options) == 1:
        return options[0]
    if not all(options):
        return []
    return [frozenset().union(*(max(needs, key=_strength) for needs in options))]


def _strength(need: frozenset[str]) -> int:
    return min(map(len, need))


def alternatives(phrase: str) -> Iterator[str]:
    """The parts of a phrase between its outermost bars: each is a phrase by itself."""
    depth = start = 0
    for place, mark in enumerate(phrase):
        if phrase[place - 1 : place] == "\\":
            continue
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and depth == 0:
            yield phrase[start:place]
            start = place + 1
    yield phrase[start:]


_PIECE = re.compile(
    r"\{(?P<name>[a-z_]+)\}|\{[\d,]+\}|(?P<open>\()|\\x\w\w|\\.|\[[^\]]*\]| *~\d+ *|(?P<word>[a-z0-9]+)|.",
    re.DOTALL,
)
_MAY_BE_MISSING = re.compile(r"[?*]|\{0")
_REPEATED = re.compile(r"[+*{]")
_COUNT = re.compile(r"[?*+]|\{\d")
#: A mark that no word of the text holds, a gap, or an edge of a word.
_EDGE = re.compile(r" *~|[\s&/:,=%<>-](?![?*+{])|\\[+/.:%b](?![?*+{])")


class _Sequence:
    """One alternative of a phrase, read from left to right."""

    def __init__(self, part: str, words: Mapping[str, str], edges: _Edges) -> None:
        self.needs: Needs = []
        self._part, self._words, self._edges = part, words, edges
        #: Whether a word of the text surely begins at the place that was reached.
        self.edge = edges.before
        place = 0
        while match := _PIECE.match(part, place):
            place = self._take(match)

    def _take(self, match: re.Match[str]) -> int:
        """Take a piece; return where the next one begins."""
        part, place = self._part, match.end()
        if match["open"]:
            place = _closing(part, place)
            self._group(part[match.end() : place - 1], place)
        elif match["name"]:
            self._group(self._words.get(match["name"], ""), place)
        elif match["word"]:
            self._word(match["word"], place)
        elif not (_COUNT.match(match[0]) or _may_be_joined(match)):
            self.edge = bool(_EDGE.match(part, match.start()))
        return place

    def _word(self, word: str, place: int) -> None:
        optional = bool(_MAY_BE_MISSING.match(self._part, place))
        word = word[:-1] if optional else word
        if word:
            before = " " if self.edge else ""
            after = " " if not optional and self._ends(place) else ""
            self.needs.append(frozenset([f"{before}{word}{after}"]))
        self.edge = False

    def _group(self, inner: str, place: int) -> None:
        if inner.startswith("?"):
            return  # looks around, and takes nothing
        optional = bool(_MAY_BE_MISSING.match(self._part, place))
        repeated = bool(_REPEATED.match(self._part, place))
        edges = _Edges(self.edge and not repeated, not repeated and self._ends(place))
        options = [_Sequence(part, self._words, edges) for part in alternatives(inner)]
        if not optional:
            self.needs += _of_any([option.needs for option in options])
        self.edge = all(option.edge for option in options) and (self.edge or not optional)

    def _ends(self, place: int) -> bool:
        """Whether a word of the text surely ends at a place of the phrase."""
        if place == len(self._part):
            return self._edges.after
        return bool(_EDGE.match(self._part, place))


def _may_be_joined(match: re.Match[str]) -> bool:
    """Whether a piece is the space of "(x)? y", which goes with what is left out."""
    before = match.string[: match.start()]
    return match[0] == " " and before.endswith((")?", "}?"))


def _closing(part: str, place: int) -> int:
    depth = 1
    while depth and place < len(part):
        depth += (part[place] == "(") - (part[place] == ")")
        place += 1
    return place
