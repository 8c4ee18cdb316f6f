"""Time that it takes to read words: loading, 100 new words, and a sentence more.

Processor time, over all cores, and time on the clock, in which two sentences are read at once: other work on
the machine slows the first by crowding the memory, the second also by taking its cores. Texts are those of
`evaluation/language/seen_*` with 60 to 160 words.
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
    print(f"{len(texts)} texts; in ms                processor   clock")
    print(f"load, with a first text          {loading():10.0f}")
    understand.get_ready()
    for text in texts:
        understand(text)
    per_100 = [100 / words(text) for text in texts]
    row("100 new words", texts, per_100, new, understand)
    row("  the reader alone", texts, per_100, new, heard)
    row("one sentence more", texts, [1.0] * len(texts), typed, more)


def words(text: str) -> int:
    return len(text.split())


def loading() -> float:
    """Processor time of a new process that reads one sentence."""
    before = os.times()
    subprocess.run([sys.executable, "-c", LOAD], check=True)
    after = os.times()
    children = ("children_user", "children_system")
    return 1000 * sum(getattr(after, name) - getattr(before, name) for name in children)


def row(
    name: str,
    texts: list[str],
    shares: list[float],
    prepare: Callable[[str], None],
    do: Callable[[str], object],
) -> None:
    spent, waited = (
        median(texts, shares, prepare, do, clock)
        for clock in (time.process_time, time.perf_counter)
    )
    print(f"{name:33}{spent:10.1f}{waited:8.1f}")


def median(
    texts: list[str],
    shares: list[float],
    prepare: Callable[[str], None],
    do: Callable[[str], object],
    clock: Callable[[], float],
) -> float:
    """The least of the rounds' medians."""
    rounds = []
    for _ in range(ROUNDS):
        times = []
        for text, share in zip(texts, shares, strict=True):
            prepare(text)
            start = clock()
            do(text)
            times.append(1000 * (clock() - start) * share)
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
