"""What the reader is taught: sayings strung together as people string them, and annotated texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lumbago.assessment.intake import implications
from lumbago.knowledge import load_knowledge
from lumbago.language.clauses import windows
from lumbago.language.pieces import END, LONGEST_STRETCH, START, Pieces
from lumbago.language.reader import FEWEST_PIECES, Floats, Reader
from lumbago.language.sayings import read_lists, read_neutral
from lumbago.research.language import AnnotatedText, closed, plain

__all__ = ["Batch", "Saying", "opened", "read_sayings", "saying_batches", "text_batches"]

#: Stretches in a batch of sayings, and the most windows in one.
ROWS, WINDOWS = 16, 10
#: Texts in a batch, with the most stretches and windows of each.
TEXTS, STRETCHES, TEXT_WINDOWS = 6, 4, 90
#: What stands between two sayings, and how often: a full stop, nothing, or a word that joins.
JOINERS, SHARES = (".", "", ",", "and", "but"), (0.45, 0.15, 0.2, 0.12, 0.08)
ENDS_STRETCH, JOINED_WINDOW = 0.08, 0.5
#: How often a saying is worn, and then how often a word of it is lost or misspelt.
WORN, DROPPED, MISSPELT, NO_APOSTROPHES = 0.35, 0.06, 0.08, 0.3
#: Sayings that are read in one pass.
AT_ONCE = 128
#: What the reader gives these log odds in a saying is not taught as absent from it.
LIKELY = -0.85


@dataclass(frozen=True)
class Saying:
    """A saying and what it teaches.

    Attributes:
        about: Outputs for the findings that it speaks of; `denied` of them are denied.
        open: Findings of which nothing is taught. All others are not spoken of.
    """

    words: str
    about: frozenset[int]
    denied: frozenset[int]
    open: frozenset[int]


@dataclass(frozen=True)
class Batch:
    """Stretches of pieces (N, L), windows of them (W, L), and what those say (W or texts, F).

    `known` and `judged` are 0 where nothing is taught; `windows` has, for each window, its stretch.
    """

    numbers: NDArray[np.int32]
    used: Floats
    stretches: NDArray[np.int32]
    windows: Floats
    about: Floats
    known: Floats
    denied: Floats
    judged: Floats


def read_sayings() -> tuple[tuple[str, ...], list[Saying]]:
    """The findings that have sayings, and the sayings with what they teach."""
    knowledge, lists = load_knowledge(), read_lists()
    findings = tuple(entry.finding for entry in lists)
    number = {finding: i for i, finding in enumerate(findings)}
    nothing: frozenset[int] = frozenset()
    found = [Saying(line.lower(), nothing, nothing, nothing) for line in read_neutral()]
    for entry in lists:
        others = frozenset(range(len(findings))) - {number[entry.finding]}
        found += [Saying(line.lower(), nothing, nothing, others) for line in entry.near]
        for value, lines in (("yes", entry.said), ("no", entry.denied)):
            said = {entry.finding: value, **dict(implications(knowledge, {entry.finding: value}))}
            about = frozenset(number[name] for name in said if name in number)
            denied = frozenset(
                number[name] for name, v in said.items() if v == "no" and name in number
            )
            found += [Saying(line.lower(), about, denied, nothing) for line in lines]
    return findings, found


def opened(reader: Reader, sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings with what a reader hears in them besides left open."""
    found = []
    for start in range(0, len(sayings), AT_ONCE):
        held = sayings[start : start + AT_ONCE]
        heard = reader.read_together([(s.words, [(0, len(s.words))]) for s in held])
        for saying, (about, _) in zip(held, heard, strict=True):
            likely = frozenset(np.flatnonzero(about[0] > LIKELY).tolist()) - saying.about
            found.append(Saying(saying.words, saying.about, saying.denied, saying.open | likely))
    return found


def saying_batches(
    rng: np.random.Generator, pieces: Pieces, sayings: Sequence[Saying], outputs: int
) -> Iterator[Batch]:
    """Every saying once, in stretches of several, in random order."""
    rows: list[tuple[list[int], list[tuple[int, int, int]]]] = []
    most = LONGEST_STRETCH - 2
    for which in rng.permutation(len(sayings)):
        words = sayings[which].words
        numbers = pieces.of(_worn(rng, words) if rng.random() < WORN else words).numbers[:most]
        joint = pieces.of(JOINERS[rng.choice(len(JOINERS), p=SHARES)]).numbers
        full = bool(rows) and len(rows[-1][0]) + len(numbers) + 2 > most
        if not rows or full or rng.random() < ENDS_STRETCH:
            rows.append(([], []))
        held, parts = rows[-1]
        held += joint * bool(held)
        parts.append((len(held), len(held) + len(numbers), int(which)))
        held += numbers
    for start in range(0, len(rows), ROWS):
        yield _batch_of(rng, pieces, sayings, rows[start : start + ROWS], outputs)


def _batch_of(
    rng: np.random.Generator,
    pieces: Pieces,
    sayings: Sequence[Saying],
    rows: Sequence[tuple[list[int], list[tuple[int, int, int]]]],
    outputs: int,
) -> Batch:
    batch = _empty(ROWS, ROWS * WINDOWS, ROWS * WINDOWS, outputs)
    window = 0
    for row, (numbers, parts) in enumerate(rows):
        _fill(batch, pieces, row, numbers)
        held = [(start, end, [which]) for start, end, which in parts]
        if len(parts) > 1 and rng.random() < JOINED_WINDOW:
            i = int(rng.integers(len(parts) - 1))
            (start, _, one), (_, end, two) = parts[i], parts[i + 1]
            if not sayings[one].about & sayings[two].about:
                held.append((start, end, [one, two]))
        for start, end, whose in held[: len(batch.stretches) - window]:
            batch.stretches[window] = row
            batch.windows[window, start + 1 : end + 1] = 1
            batch.known[window] = 1
            for saying in map(sayings.__getitem__, whose):
                batch.known[window, list(saying.open)] = 0
            for saying in map(sayings.__getitem__, whose):
                about = list(saying.about)
                batch.about[window, about] = 1
                batch.known[window, about] = batch.judged[window, about] = 1
                batch.denied[window, list(saying.denied)] = 1
            window += 1
    return batch


def text_batches(
    rng: np.random.Generator,
    pieces: Pieces,
    texts: Sequence[AnnotatedText],
    findings: Sequence[str],
) -> Iterator[Batch]:
    """Every text once, in random order; what is optional, unsure or somebody else's is left open."""
    column = {finding: i for i, finding in enumerate(findings)}
    order = rng.permutation(len(texts))
    for start in range(0, len(order) - TEXTS + 1, TEXTS):
        batch = _empty(TEXTS * STRETCHES, TEXTS * TEXT_WINDOWS, TEXTS, len(findings))
        for place, which in enumerate(order[start : start + TEXTS]):
            _fill_text(batch, pieces, place, texts[which])
            batch.known[place] = 1
            text = texts[which]
            untold = (*text.optional, *text.optional_absent, *text.unsure, *text.not_findings)
            for name in untold:
                if name in column:
                    batch.known[place, column[name]] = 0
            marked = {name: plain(value) for name, value in texts[which].findings.items()}
            for name, value in closed(marked).items():
                if name in column:
                    batch.about[place, column[name]] = batch.known[place, column[name]] = 1
                    batch.denied[place, column[name]] = value == "no"
        yield batch


def _fill_text(batch: Batch, pieces: Pieces, place: int, text: AnnotatedText) -> None:
    lower, window = text.text.lower(), place * TEXT_WINDOWS
    spans = [w.span for w in windows(lower)]
    for row, stretch in zip(range(STRETCHES), pieces.stretches(lower), strict=False):
        _fill(batch, pieces, place * STRETCHES + row, stretch.numbers)
        places = np.array(stretch.places)
        for start, end in spans:
            inside = np.flatnonzero((places[:, 0] >= start) & (places[:, 1] <= end))
            if len(inside) >= FEWEST_PIECES and window < (place + 1) * TEXT_WINDOWS:
                batch.stretches[window] = place * STRETCHES + row
                batch.windows[window, inside + 1] = 1
                window += 1


def _empty(rows: int, held: int, judged: int, outputs: int) -> Batch:
    about, known, denied, sure = (np.zeros((judged, outputs), dtype=np.float32) for _ in range(4))
    used = np.zeros((rows, LONGEST_STRETCH), dtype=np.float32)
    used[:, 0] = 1  # a row without words still has something to heed
    return Batch(
        numbers=np.zeros((rows, LONGEST_STRETCH), dtype=np.int32),
        used=used,
        stretches=np.zeros(held, dtype=np.int32),
        windows=np.zeros((held, LONGEST_STRETCH), dtype=np.float32),
        about=about,
        known=known,
        denied=denied,
        judged=sure,
    )


def _fill(batch: Batch, pieces: Pieces, row: int, numbers: Sequence[int]) -> None:
    marked = [pieces.number[START], *numbers, pieces.number[END]][:LONGEST_STRETCH]
    batch.numbers[row, : len(marked)] = marked
    batch.used[row, : len(marked)] = 1


def _worn(rng: np.random.Generator, words: str) -> str:
    """The words with some lost and some misspelt."""
    held = words.split(" ")
    found = []
    for word in held:
        if rng.random() < DROPPED and len(held) > 3:
            continue
        found.append(_misspelt(rng, word) if len(word) > 3 and rng.random() < MISSPELT else word)
    worn = " ".join(found)
    return worn.replace("'", "") if rng.random() < NO_APOSTROPHES else worn


def _misspelt(rng: np.random.Generator, word: str) -> str:
    place = int(rng.integers(1, len(word) - 1))
    kind = rng.integers(3)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + word[place] + word[place:]
