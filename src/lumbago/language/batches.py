"""Sentences in batches, as the reader's network takes them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lumbago.language.pieces import END, START, Pieces

__all__ = ["AT_ONCE", "FEWEST_PIECES", "Sentence", "Spans", "batches", "cut_text", "packed"]

#: Start and end of each window of a text.
Spans = Sequence[tuple[int, int]]
#: A window of fewer pieces says nothing.
FEWEST_PIECES = 2
#: Batches that are read side by side.
AT_ONCE = 2
#: The most pieces in a batch, padding and all: about 50 MB while it is read.
LARGEST_BATCH = 2_048


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence to read: its pieces, and of each window the first and last piece, and the row in its text."""

    numbers: list[int]
    firsts: NDArray[np.intp]
    lasts: NDArray[np.intp]
    rows: NDArray[np.intp]


def cut_text(pieces: Pieces, text: str, windows: Spans) -> Iterator[Sentence]:
    """The sentences of a text, in lower case, in which windows lie."""
    spans = np.array(windows, dtype=np.intp).reshape(-1, 2)
    for sentence in pieces.sentences(text):
        places = np.array(sentence.places, dtype=np.intp)
        firsts = np.searchsorted(places[:, 0], spans[:, 0])
        lasts = np.searchsorted(places[:, 1], spans[:, 1], side="right")
        rows = np.flatnonzero(lasts - firsts >= FEWEST_PIECES)
        if len(rows):
            numbers = [pieces.number[START], *sentence.numbers, pieces.number[END]]
            yield Sentence(numbers, firsts[rows] + 1, lasts[rows] + 1, rows)


def batches(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences of like length together, shared out evenly among those that are read at once."""
    share = sum(len(one.numbers) for one in sentences) / AT_ONCE
    batch: list[Sentence] = []
    held = 0
    for one in sorted(sentences, key=lambda one: len(one.numbers)):
        padded = (len(batch) + 1) * len(one.numbers)
        if batch and (held >= share or padded > LARGEST_BATCH):
            yield batch
            batch, held = [], 0
        batch.append(one)
        held += len(one.numbers)
    if batch:
        yield batch


def packed(batch: Sequence[Sentence]) -> dict[str, NDArray[np.intp]]:
    """Sentences as the network takes them."""
    lengths = np.array([len(one.numbers) for one in batch])
    starts = np.cumsum(lengths) - lengths
    placed = list(zip(batch, starts, strict=True))
    return {
        "numbers": np.concatenate([one.numbers for one in batch]),
        "lengths": lengths,
        "firsts": np.concatenate([one.firsts + start for one, start in placed]),
        "lasts": np.concatenate([one.lasts + start for one, start in placed]),
    }
