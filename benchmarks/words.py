"""What mending misspelt words, and asking about what resembles a saying, bring and cost: `make words`.

The misspelt word is replaced by the nearest word that the sayings use at least twice. A resemblance counts
here as if the person had confirmed it, to see what it would be worth and how often it would ask in vain.
"""

import difflib
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.table import Table

from lumbago.language import Understanding, understand
from lumbago.language.sayings import read_lists, tokens
from lumbago.research.language import AnnotatedText, LanguageFigures, measure_language, read_texts

TEXTS = sorted(Path(__file__).parents[1].glob("evaluation/language/*.yaml"))
SHORTEST, ALIKE = 5, 0.86


def main() -> None:
    """Measure both halves in three ways."""
    table = Table("texts", "way of reading", "precision", "recall", "red-flag recall")
    for half in ("seen", "unseen"):
        texts = [t for path in TEXTS if path.stem.startswith(half) for t in read_texts(path)]
        ways = {
            "as it is": measure_language(texts),
            "misspelt words mended": measure_language(mended(t) for t in texts),
            "resemblances as if confirmed": confirmed(texts),
        }
        for way, f in ways.items():
            shares = (f.precision, f.recall, f.danger_recall)
            table.add_row(half, way, *(f"{share:.3f}" for share in shares))
    Console(width=110).print(table)


def mended(text: AnnotatedText) -> AnnotatedText:
    """The text with words that nobody uses replaced by near ones that people do."""
    return AnnotatedText(
        **{**_fields(text), "text": re.sub(r"[a-z]+", lambda m: near(m[0]), text.text)}
    )


def confirmed(texts: list[AnnotatedText]) -> LanguageFigures:
    """The figures if every resemblance counted."""
    return measure_language(texts, lambda text: _sure(understand(text)))


def _sure(heard: Understanding) -> Understanding:
    mentions = tuple(
        replace(m, state="absent" if m.value == "no" else "present") if m.origin == "similar" else m
        for m in heard.mentions
    )
    return replace(heard, mentions=mentions)


def _fields(text: AnnotatedText) -> dict[str, object]:
    return {name: getattr(text, name) for name in text.__struct_fields__}


@cache
def vocabulary() -> list[str]:
    """Words that the sayings use at least twice."""
    count = Counter(
        w for s in read_lists() for line in (*s.said, *s.denied) for w, _ in tokens(line.lower())
    )
    return [word for word, n in count.items() if n > 1 and len(word) >= SHORTEST]


@cache
def near(word: str) -> str:
    """The word, or the one that it is probably a slip for."""
    if len(word) < SHORTEST or word in vocabulary():
        return word
    return next(iter(difflib.get_close_matches(word, vocabulary(), n=1, cutoff=ALIKE)), word)


if __name__ == "__main__":
    main()
