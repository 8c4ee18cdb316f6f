"""Learn to recognise sayings: `python -m lumbago.research.train_sayings` writes `language/sayings.npz`.

A saying teaches its own finding as present or denied; a near miss teaches only that it is not that
finding. What a saying may say besides (the lexicon hears it, or an earlier round of the model does) is
left out of the sum and not taught as absent. Several sayings are often joined into one window, as people
join them. Training depends on the sayings and the seed alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from lumbago.assessment.intake import implications
from lumbago.knowledge import load_knowledge
from lumbago.language.sayings import (
    BUCKETS,
    SayingsModel,
    features,
    read_lists,
    read_neutral,
    tokens,
)
from lumbago.language.understand import said_in

__all__ = ["Saying", "main", "train"]

Floats = NDArray[np.float32]
SEED = 20261122
WIDTH = 96
EPOCHS, BATCH = 24, 256
RATE, DECAY = 3e-3, 1e-6
#: How many sayings are joined into one window, and how often.
JOINED = ((1, 0.55), (2, 0.3), (3, 0.15))
DROPPED, MISSPELT = 0.08, 0.06
JOINERS = (", ", " and ", " but ", ". ", " ", " so ", ", also ", " - ")
#: An output above this in the first round is not taught as absent in the second.
LIKELY = 0.3
TARGET = Path(__file__).parents[1] / "language" / "sayings.npz"


@dataclass(frozen=True)
class Saying:
    """A saying, the labels it teaches as so, and those that it leaves open (all others are not so)."""

    words: str
    labels: frozenset[int]
    open: frozenset[int]


def main() -> None:
    """Train on the packaged sayings and write the model."""
    labels, sayings = read_sayings()
    print(f"{len(sayings)} sayings, {len(labels)} labels")
    model = train(labels, sayings)
    opened = _opened(model, sayings)
    model = train(labels, opened)
    write(model, TARGET)
    print(f"{TARGET}: {TARGET.stat().st_size / 1e6:.1f} MB")


def read_sayings() -> tuple[tuple[tuple[str, str], ...], list[Saying]]:
    """The packaged sayings with the labels that they teach."""
    knowledge, lists = load_knowledge(), read_lists()
    labels = tuple((entry.finding, v) for entry in lists for v in ("yes", "no"))
    number = {label: i for i, label in enumerate(labels)}
    found = [Saying(words, frozenset(), frozenset()) for words in read_neutral()]
    for entry in lists:
        own = frozenset({number[entry.finding, "yes"], number[entry.finding, "no"]})
        others = frozenset(range(len(labels))) - own
        found += [Saying(words, frozenset(), others) for words in entry.near]
        for value, lines in (("yes", entry.said), ("no", entry.denied)):
            said = {entry.finding: value, **dict(implications(knowledge, {entry.finding: value}))}
            taught = frozenset(number[item] for item in said.items() if item in number)
            for words in lines:
                heard = {number[item] for item in said_in(words) if item in number}
                found.append(Saying(words, taught, frozenset(heard) - taught))
    return labels, found


def _opened(model: SayingsModel, sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings with what the model hears in them besides left open."""
    found = []
    for start in range(0, len(sayings), 512):
        block = sayings[start : start + 512]
        chances = model.probabilities([[w for w, _ in tokens(s.words.lower())] for s in block])
        for saying, chance in zip(block, chances, strict=True):
            likely = frozenset(np.flatnonzero(chance > LIKELY).tolist()) - saying.labels
            found.append(Saying(saying.words, saying.labels, saying.open | likely))
    return found


def train(labels: tuple[tuple[str, str], ...], sayings: Sequence[Saying]) -> SayingsModel:
    """Fit the model by Adam on the logistic loss."""
    rng = np.random.default_rng(SEED)
    vectors = rng.normal(0, 0.3, (BUCKETS, WIDTH)).astype(np.float32)
    weights = rng.normal(0, 0.1, (WIDTH, len(labels))).astype(np.float32)
    bias = np.full(len(labels), -5.0, dtype=np.float32)
    parameters = [vectors, weights, bias]
    state = [(np.zeros_like(p), np.zeros_like(p)) for p in parameters]
    step = 0
    for epoch in range(EPOCHS):
        rate = RATE * (1 - epoch / EPOCHS) + 1e-4
        order = rng.permutation(len(sayings))
        for start in range(0, len(order), BATCH):
            step += 1
            windows, target, known = _batch(rng, sayings, order[start : start + BATCH], len(labels))
            gradients = _gradients(windows, target, known, vectors, weights, bias)
            for p, g, (mean, square) in zip(parameters, gradients, state, strict=True):
                mean += 0.1 * (g - mean)
                square += 0.01 * (g * g - square)
                fair_mean, fair_square = mean / (1 - 0.9**step), square / (1 - 0.99**step)
                p -= rate * fair_mean / (np.sqrt(fair_square) + 1e-8)
    return SayingsModel(labels, vectors, weights, bias)


def _batch(
    rng: np.random.Generator, sayings: Sequence[Saying], chosen: NDArray[np.intp], count: int
) -> tuple[csr_matrix, Floats, Floats]:
    """Features (n, BUCKETS), targets (n, L) and weights (n, L; 0 where a label is left open)."""
    rows, columns, values = [], [], []
    target = np.zeros((len(chosen), count), dtype=np.float32)
    known = np.ones((len(chosen), count), dtype=np.float32)
    sizes, shares = zip(*JOINED, strict=True)
    for row, first in enumerate(chosen):
        others = rng.integers(0, len(sayings), rng.choice(sizes, p=shares) - 1)
        joined = [sayings[i] for i in (first, *others)]
        rng.shuffle(joined)
        text = joined[0].words
        for saying in joined[1:]:
            text += JOINERS[rng.integers(len(JOINERS))] + saying.words
        found = features(_worn(rng, [word for word, _ in tokens(text.lower())]))
        rows += [row] * len(found)
        columns += found.tolist()
        values += [1 / np.sqrt(max(len(found), 1))] * len(found)
        for saying in joined:
            known[row, list(saying.open)] = 0
        for saying in joined:
            target[row, list(saying.labels)] = 1
            known[row, list(saying.labels)] = 1
    shape = (len(chosen), BUCKETS)
    return csr_matrix((np.array(values, np.float32), (rows, columns)), shape), target, known


def _worn(rng: np.random.Generator, words: list[str]) -> list[str]:
    """The words with some lost and some misspelt."""
    kept = [w for w in words if rng.random() > DROPPED] or words
    return [_misspelt(rng, w) if len(w) > 3 and rng.random() < MISSPELT else w for w in kept]


def _misspelt(rng: np.random.Generator, word: str) -> str:
    place = int(rng.integers(1, len(word) - 1))
    kind = rng.integers(3)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + word[place] + word[place:]


def _gradients(
    windows: csr_matrix,
    target: Floats,
    known: Floats,
    vectors: Floats,
    weights: Floats,
    bias: Floats,
) -> tuple[Floats, Floats, Floats]:
    hidden = np.tanh(windows @ vectors)
    chance = 1 / (1 + np.exp(-(hidden @ weights + bias)))
    error = (chance - target) * known / len(target)
    back = (error @ weights.T) * (1 - hidden * hidden)
    return (
        np.asarray(windows.T @ back) + DECAY * vectors,
        hidden.T @ error + DECAY * weights,
        error.sum(axis=0),
    )


def write(model: SayingsModel, path: Path) -> None:
    """Store the model: vectors as whole numbers of 8 bits with one scale, the rest as 16-bit floats."""
    scale = np.abs(model.vectors).max() / 127
    np.savez_compressed(
        path,
        labels=np.array(["=".join(label) for label in model.labels]),
        vectors=np.round(model.vectors / scale).astype(np.int8),
        scale=np.float32(scale),
        weights=model.weights.astype(np.float16),
        bias=model.bias.astype(np.float16),
    )


if __name__ == "__main__":
    main()
