"""Learn how to weigh phrases and reader: `python -m lumbago.research.weigh_words [TEXTS...]`.

The texts must be ones that the reader was not taught, or it looks surer than it is.
"""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from lumbago.language.understand import evidence
from lumbago.language.weigh import NAMES
from lumbago.research.language import AnnotatedText, closed, plain, read_texts

__all__ = ["fit", "main"]

TARGET = Path(__file__).parents[1] / "language" / "data" / "weights.json"
TEXTS = Path(__file__).parents[3] / "evaluation" / "language" / "weighed.yaml"
#: Strength of the pull towards 0, in texts' worth of evidence.
PULL, ROUNDS = 0.3, 40


def main() -> None:
    """Fit the weights to the given texts and write them."""
    parser = argparse.ArgumentParser(description="Learn how to weigh phrases and reader.")
    parser.add_argument("texts", nargs="*", type=Path, default=[TEXTS])
    texts = [text for path in parser.parse_args().texts for text in read_texts(path)]
    weights = fit(texts)
    TARGET.write_bytes(msgspec.json.format(msgspec.json.encode(weights)) + b"\n")
    print(f"{len(texts)} texts", weights)


def fit(texts: Iterable[AnnotatedText]) -> dict[str, float]:
    """Weights of a logistic regression of "a careful reader marks it" on the evidence."""
    rows = list(_rows(texts))
    x = np.array([row for row, _ in rows])
    y = np.array([right for _, right in rows], dtype=float)
    weights = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        chance: NDArray[np.float64] = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (chance - y) + PULL * weights
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + PULL * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return {name: round(float(w), 3) for name, w in zip(NAMES, weights, strict=True)}


def _rows(texts: Iterable[AnnotatedText]) -> Iterator[tuple[tuple[float, ...], bool]]:
    for text in texts:
        marked = closed({name: plain(value) for name, value in text.findings.items()})
        for finding, value, row in evidence(text.text):
            if not text.leaves_open(finding, value):
                yield row, marked.get(finding) == value


if __name__ == "__main__":
    main()
