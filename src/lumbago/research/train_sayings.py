"""Learn to recognise sayings: `python -m lumbago.research.train_sayings` writes `language/sayings.npz`.

A saying teaches its own finding as present or denied; a near miss teaches only that it is not that
finding. What a saying may say besides (an earlier round of the model hears it) is left open and not taught
as absent. Several sayings are often joined into one window, as people
join them. Training depends on the sayings and the seed alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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

__all__ = ["Saying", "main", "train"]

Floats = NDArray[np.float32]
SEED = 20261122
WIDTH = 96
EPOCHS, BATCH = 20, 256
RATE, DECAY = 4e-3, 2e-6
#: How many sayings are joined into one window, and how often.
JOINED = ((1, 0.6), (2, 0.28), (3, 0.12))
DROPPED, MISSPELT = 0.08, 0.06
#: A scrap of a long saying (a word or two) says nothing yet: how often one is taught as such.
SCRAPS, LONG_ENOUGH = 0.12, 6
JOINERS = (", ", " and ", " but ", ". ", " ", " so ", ", also ", " - ")
#: A finding above this in the first round is not taught as absent in the second.
LIKELY = 0.3
TARGET = Path(__file__).parents[1] / "language" / "sayings.npz"


@dataclass(frozen=True)
class Saying:
    """A saying and what it teaches.

    Attributes:
        about: Findings that it speaks of; `denied` of them are denied.
        open: Findings of which nothing is taught. All others are not spoken of.
    """

    words: tuple[str, ...]
    about: frozenset[int]
    denied: frozenset[int]
    open: frozenset[int]


def main() -> None:
    """Train on the packaged sayings and write the model."""
    findings, sayings = read_sayings()
    print(f"{len(sayings)} sayings of {len(findings)} findings")
    model = train(findings, _opened(train(findings, sayings, epochs=EPOCHS // 2), sayings))
    write(model, TARGET)
    print(f"{TARGET}: {TARGET.stat().st_size / 1e6:.1f} MB")


def read_sayings() -> tuple[tuple[str, ...], list[Saying]]:
    """The findings that have sayings, and the sayings with what they teach."""
    knowledge, lists = load_knowledge(), read_lists()
    findings = tuple(entry.finding for entry in lists)
    number = {finding: i for i, finding in enumerate(findings)}
    nothing: frozenset[int] = frozenset()
    found = [Saying(_words(line), nothing, nothing, nothing) for line in read_neutral()]
    for entry in lists:
        others = frozenset(range(len(findings))) - {number[entry.finding]}
        found += [Saying(_words(line), nothing, nothing, others) for line in entry.near]
        for value, lines in (("yes", entry.said), ("no", entry.denied)):
            said = {entry.finding: value, **dict(implications(knowledge, {entry.finding: value}))}
            about = frozenset(number[name] for name in said if name in number)
            denied = frozenset(
                number[name] for name, v in said.items() if v == "no" and name in number
            )
            found += [Saying(_words(line), about, denied, nothing) for line in lines]
    return findings, found


def _words(line: str) -> tuple[str, ...]:
    return tuple(word for word, _ in tokens(line.lower()))


def _opened(model: SayingsModel, sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings with what the model hears in them besides left open."""
    found = []
    for start in range(0, len(sayings), 512):
        block = sayings[start : start + 512]
        ends = np.cumsum([len(s.words) for s in block])
        spans = [(int(e) - len(s.words), int(e)) for s, e in zip(block, ends, strict=True)]
        topic, _ = model.read([word for s in block for word in s.words], spans)
        for saying, chance in zip(block, topic, strict=True):
            likely = frozenset(np.flatnonzero(chance > LIKELY).tolist()) - saying.about
            found.append(replace(saying, open=saying.open | likely))
    return found


def train(
    findings: tuple[str, ...], sayings: Sequence[Saying], epochs: int = EPOCHS
) -> SayingsModel:
    """Fit the model by Adam on the logistic losses of both outputs."""
    rng, count = np.random.default_rng(SEED), len(findings)
    weights = {
        "vectors": rng.normal(0, 0.3, (BUCKETS, WIDTH)).astype(np.float32),
        "topic": rng.normal(0, 0.1, (WIDTH, count)).astype(np.float32),
        "topic_bias": np.full(count, -5.0, dtype=np.float32),
        "denial": np.zeros((WIDTH, count), dtype=np.float32),
        "denial_bias": np.full(count, -1.0, dtype=np.float32),
        "common": np.zeros((WIDTH, 1), dtype=np.float32),  # what denies anything
    }
    means = {name: np.zeros_like(w) for name, w in weights.items()}
    squares = {name: np.zeros_like(w) for name, w in weights.items()}
    steps = -(-len(sayings) // BATCH) * epochs
    step = 0
    for _ in range(epochs):
        order = rng.permutation(len(sayings))
        for start in range(0, len(order), BATCH):
            step += 1
            rate = RATE * (1 - step / steps) + 1e-4
            batch = _batch(rng, sayings, order[start : start + BATCH], count)
            for name, slope in _slopes(weights, batch).items():
                means[name] += 0.1 * (slope - means[name])
                squares[name] += 0.01 * (slope * slope - squares[name])
                bent = np.sqrt(squares[name] / (1 - 0.99**step)) + 1e-8
                weights[name] -= rate * means[name] / (1 - 0.9**step) / bent
    weights["denial"] += weights.pop("common")
    return SayingsModel(findings, **weights)


@dataclass(frozen=True)
class Batch:
    """Features (n, BUCKETS) with targets (n, F); `known` and `judged` are 0 where nothing is taught."""

    features: csr_matrix
    about: Floats
    known: Floats
    denied: Floats
    judged: Floats


def _batch(
    rng: np.random.Generator, sayings: Sequence[Saying], chosen: NDArray[np.intp], count: int
) -> Batch:
    about, denied, judged = (np.zeros((len(chosen), count), dtype=np.float32) for _ in range(3))
    known = np.ones_like(about)
    sizes, shares = zip(*JOINED, strict=True)
    extra = rng.choice(sizes, size=len(chosen), p=shares) - 1
    rows, columns, values = [], [], []
    for row, first in enumerate(chosen):
        saying = sayings[first]
        if len(saying.words) >= LONG_ENOUGH and rng.random() < SCRAPS:
            start = int(rng.integers(len(saying.words) - 2))
            words = list(saying.words[start : start + int(rng.integers(1, 3))])
        else:
            joined = [saying, *(sayings[i] for i in rng.integers(0, len(sayings), extra[row]))]
            words = []
            for i in rng.permutation(len(joined)):
                words += [
                    *_words(JOINERS[rng.integers(len(JOINERS))] * bool(words)),
                    *joined[i].words,
                ]
            for part in joined:
                known[row, list(part.open)] = 0
            for part in joined:
                about[row, list(part.about)] = known[row, list(part.about)] = 1
            if len(joined) == 1:
                judged[row, list(saying.about)] = 1
                denied[row, list(saying.denied)] = 1
        found = features(_worn(rng, words))
        rows.append(np.full(len(found), row))
        columns.append(found)
        values.append(np.full(len(found), 1 / np.sqrt(max(len(found), 1)), dtype=np.float32))
    places = (np.concatenate(rows), np.concatenate(columns))
    bags = csr_matrix((np.concatenate(values), places), (len(chosen), BUCKETS))
    return Batch(bags, about, known, denied, judged)


def _worn(rng: np.random.Generator, words: list[str]) -> list[str]:
    """The words with some lost and some misspelt."""
    fate = rng.random((len(words), 2))
    kept = [(w, f[1]) for w, f in zip(words, fate, strict=True) if f[0] > DROPPED or len(words) < 4]
    return [_misspelt(rng, w) if len(w) > 3 and f < MISSPELT else w for w, f in kept]


def _misspelt(rng: np.random.Generator, word: str) -> str:
    place = int(rng.integers(1, len(word) - 1))
    kind = rng.integers(3)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + word[place] + word[place:]


def _slopes(weights: dict[str, Floats], batch: Batch) -> dict[str, Floats]:
    """Gradient of the loss by each array of weights."""
    size = batch.about.shape[0]
    hidden = np.tanh(batch.features @ weights["vectors"])
    denial = weights["denial"] + weights["common"]
    about = _chance(hidden @ weights["topic"] + weights["topic_bias"])
    denied = _chance(hidden @ denial + weights["denial_bias"])
    topic_error = (about - batch.about) * batch.known / size
    denial_error = (denied - batch.denied) * batch.judged / size
    back = topic_error @ weights["topic"].T + denial_error @ denial.T
    by_denial = hidden.T @ denial_error
    return {
        "vectors": np.asarray(batch.features.T @ (back * (1 - hidden**2)))
        + DECAY * weights["vectors"],
        "topic": hidden.T @ topic_error + DECAY * weights["topic"],
        "topic_bias": topic_error.sum(axis=0),
        "denial": by_denial + 10 * DECAY * weights["denial"],
        "denial_bias": denial_error.sum(axis=0),
        "common": by_denial.sum(axis=1, keepdims=True),
    }


def _chance(logits: Floats) -> Floats:
    chance: Floats = (1 / (1 + np.exp(-logits))).astype(np.float32)
    return chance


def write(model: SayingsModel, path: Path) -> None:
    """Store the model: vectors as whole numbers of 8 bits with one scale, the rest as 16-bit floats."""
    scale = np.float32(np.abs(model.vectors).max() / 127)
    rest = {
        name: getattr(model, name).astype(np.float16)
        for name in ("topic", "topic_bias", "denial", "denial_bias")
    }
    vectors = np.round(model.vectors / scale).astype(np.int8)
    np.savez_compressed(
        path, findings=np.array(model.findings), vectors=vectors, scale=scale, **rest
    )


if __name__ == "__main__":
    main()
