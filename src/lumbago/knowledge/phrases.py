"""The little language of the lexicon, turned into regular expressions.

    "(cant|unable to) ~2 (pee|wee|pass urine)"     a gap of up to two words
    "pain ~6 {calf}"                               a named list of words
    "numb(ness)? down below"                       an optional ending

A space matches any run of spaces and hyphens; an apostrophe may be missing. A gap stays within one
sentence and does not step over words such as "no", "but" or "better". Phrases are in lower case and match whole
words of text in lower case.
"""

import re
from collections.abc import Iterator, Mapping

__all__ = ["alternatives", "phrase_needs", "phrase_pattern"]

_STOPS = "no|not|isn.?t|wasn.?t|aren.?t|hasn.?t|doesn.?t|don.?t|didn.?t|won.?t"
_STOPS += "|but|without|nor|never|denies|denied"
_STOPS += "|better|worse|eases|eased|easier|relieved"
_GAP = rf"(?:(?!(?:{_STOPS})\b)[^\s.;!?-]+[\s-]+){{{{0,{{}}}}}}?"
_DEEPEST = 6

#: Each set holds words of which any match contains at least one.
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
    """What a text must contain for the phrase to match: at least one word of every set.

    A quick look for these words spares most searches, and the work of compiling their patterns.
    """
    options = [_sequence_needs(part, words) for part in alternatives(phrase)]
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
    r"\{(?P<name>[a-z_]+)\}|\{[\d,]+\}|(?P<open>\()|\\x\w\w|\\.|\[[^\]]*\]|~\d+|(?P<word>[a-z0-9]+)|.",
    re.DOTALL,
)
_MAY_BE_MISSING = re.compile(r"[?*]|\{0")


def _sequence_needs(part: str, words: Mapping[str, str]) -> Needs:
    needs: Needs = []
    place = 0
    while match := _PIECE.match(part, place):
        place = match.end()
        inner = words.get(match["name"], "") if match["name"] else ""
        if match["open"]:
            place = _closing(part, place)
            inner = part[match.end() : place - 1]
        optional = _MAY_BE_MISSING.match(part, place)
        if match["word"]:
            word = match["word"][:-1] if optional else match["word"]
            needs += [frozenset([word])] if word else []
        elif inner and not inner.startswith("?") and not optional:
            needs += phrase_needs(inner, words)
    return needs


def _closing(part: str, place: int) -> int:
    depth = 1
    while depth and place < len(part):
        depth += (part[place] == "(") - (part[place] == ")")
        place += 1
    return place
