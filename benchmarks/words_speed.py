"""Processor time that it takes to read words: loading, 100 new words, and a sentence more.

Processor time, not time on the clock, on one core: other work on the machine slows it by crowding the memory,
but does not count as such. Texts are those of `evaluation/language/seen_*` with 60 to 160 words.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lumbago.language import understand
from lumbago.language.similar import Resemblance
from lumbago.research.language import read_texts

FILES = sorted(Path(__file__).parents[1].glob("evaluation/language/seen_*.yaml"))
FEWEST, MOST, ROUNDS = 60, 160, 3
MORE = " My left foot went numb yesterday."
LOAD = "from lumbago.language import understand; understand('My back hurts.')"


def main() -> None:
    """Print the median over the texts of each."""
    texts = [t.text for path in FILES for t in read_texts(path) if FEWEST <= words(t.text) <= MOST]
    print(f"{len(texts)} texts; processor time in ms")
    print(f"load, with a first text            {loading():8.0f}")
    for text in texts:
        understand(text)
    per_100 = [100 / words(text) for text in texts]
    print(f"100 new words                      {median(texts, per_100, new, understand):8.1f}")
    print(f"  of them in the reader            {median(texts, per_100, new, heard):8.1f}")
    once = [1.0] * len(texts)
    print(f"one sentence more                  {median(texts, once, typed, more):8.1f}")


def words(text: str) -> int:
    return len(text.split())


def loading() -> float:
    """Processor time of a new process that reads one sentence."""
    before = os.times()
    subprocess.run([sys.executable, "-c", LOAD], check=True)
    after = os.times()
    children = ("children_user", "children_system")
    return 1000 * sum(getattr(after, name) - getattr(before, name) for name in children)


def median(
    texts: list[str],
    shares: list[float],
    prepare: Callable[[str], None],
    do: Callable[[str], object],
) -> float:
    """The least of the rounds' medians."""
    rounds = []
    for _ in range(ROUNDS):
        times = []
        for text, share in zip(texts, shares, strict=True):
            prepare(text)
            start = time.process_time()
            do(text)
            times.append(1000 * (time.process_time() - start) * share)
        rounds.append(statistics.median(times))
    return min(rounds)


def new(_: str) -> None:
    understand.cache_clear()


def typed(text: str) -> None:
    understand.cache_clear()
    understand(text)


def heard(text: str) -> object:
    return list(Resemblance(text.lower()).anywhere())


def more(text: str) -> object:
    return understand(text + MORE)


if __name__ == "__main__":
    main()
