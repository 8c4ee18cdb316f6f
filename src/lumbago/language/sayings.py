"""Recognise findings in wordings that no list holds, by a small model learned from many sayings.

Each window of words becomes a bag of hashed features (words, neighbouring pairs, pieces of words), whose
vectors are summed, bent and read off as the probability of every finding said or denied: the method of
fastText (Joulin 2016). The sayings stand in `data/sayings`, and
`python -m lumbago.research.train_sayings` learns from them.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from lumbago.errors import EvidenceError

__all__ = [
    "Sayings",
    "SayingsModel",
    "features",
    "load_sayings_model",
    "read_lists",
    "read_neutral",
    "tokens",
]

Floats = NDArray[np.float32]
DATA = files("lumbago.language") / "data"
#: Number of hashed features: a power of two.
BUCKETS = 1 << 15
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+")
SHORTEST_PIECE, LONGEST_PIECE = 3, 5


def tokens(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Words of a text in lower case, each with its place; "can't" and "cant" are one word."""
    return [(re.sub(r"\d+", "#", m[0]).replace("'", ""), m.span()) for m in _TOKEN.finditer(text)]


def features(words: Sequence[str]) -> NDArray[np.intp]:
    """Hashed features of a window: words, pairs, pairs with one word between, and pieces of words."""
    alone = [h for word in words for h in features_of_word(word)]
    together = [h for named in _neighbours(words) for pair in named for h in pair]
    return np.array([*alone, *together], dtype=np.intp)


@cache
def features_of_word(word: str) -> tuple[int, ...]:
    """Hashed features of one word: itself, and its pieces, most of which a misspelling keeps."""
    return (_hash(word), *_pieces(word))


def _neighbours(words: Sequence[str]) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """Features of each word with the next one, and with the one after that."""
    return (
        [(_hash(f"{one} {two}"),) for one, two in pairwise(words)],
        [(_hash(f"{one} * {two}"),) for one, two in zip(words, words[2:], strict=False)],
    )


def _pieces(word: str) -> tuple[int, ...]:
    edged = f"<{word}>"
    return tuple(
        _hash(f"~{edged[start : start + size]}")
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1)
        for start in range(len(edged) - size + 1)
        if len(word) > SHORTEST_PIECE
    )


def _hash(name: str) -> int:
    return zlib.crc32(name.encode()) % BUCKETS


class Sayings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How people say that a finding is so, that it is not so, and what only sounds like it."""

    finding: str
    said: list[str]
    denied: list[str] = []
    near: list[str] = []


def read_lists() -> list[Sayings]:
    """The packaged sayings, in order of their finding.

    Raises:
        EvidenceError: If a file has a fault.
    """
    import yaml  # only training and the checks read these

    found: list[Sayings] = []
    for entry in sorted((DATA / "sayings").iterdir(), key=lambda e: e.name):
        try:
            found += msgspec.convert(yaml.safe_load(entry.read_text("utf-8")), list[Sayings])
        except (yaml.YAMLError, msgspec.ValidationError) as error:
            raise EvidenceError([f"sayings/{entry.name}: {error}"]) from None
    return sorted(found, key=lambda s: s.finding)


def read_neutral() -> list[str]:
    """Things that people write along with their pain and that are no finding."""
    return (DATA / "neutral.txt").read_text(encoding="utf-8").splitlines()


@dataclass(frozen=True, eq=False)
class SayingsModel:
    """The learned weights: outputs F for whether each finding is spoken of, and F for which way.

    Attributes:
        findings: (F,) finding that each output stands for.
        vectors: (BUCKETS, D) vector of each feature.
        topic, topic_bias: (D, F) and (F,) from the bent sum of vectors to "this is spoken of".
        denial, denial_bias: (D, F) and (F,) to "and denied".
    """

    findings: tuple[str, ...]
    vectors: Floats
    topic: Floats
    topic_bias: Floats
    denial: Floats
    denial_bias: Floats

    @cached_property
    def column(self) -> dict[str, int]:
        """Output of each finding."""
        return {finding: i for i, finding in enumerate(self.findings)}

    def read(
        self, words: Sequence[str], windows: Sequence[tuple[int, int]]
    ) -> tuple[Floats, Floats]:
        """What each window says.

        Args:
            words: Words of the text.
            windows: First word and end of each window; windows share the work of their words.

        Returns:
            (windows, F) probability that each finding is spoken of, and that it is denied if it is.
        """
        spans = np.array(windows, dtype=np.intp).reshape(-1, 2)
        total = np.zeros((len(spans), self.vectors.shape[1]), dtype=np.float32)
        number = np.zeros(len(spans), dtype=np.float32)
        alone = [features_of_word(word) for word in words]
        for reach, named in enumerate((alone, *_neighbours(words))):
            sums = np.array([self.vectors[list(f)].sum(axis=0) for f in named], dtype=np.float32)
            sums = np.vstack(
                [np.zeros_like(total[:1]), np.cumsum(sums.reshape(-1, total.shape[1]), 0)]
            )
            counts = np.cumsum([0, *map(len, named)])
            starts = np.minimum(spans[:, 0], len(sums) - 1)
            ends = np.maximum(spans[:, 1] - reach, starts)
            total += sums[ends] - sums[starts]
            number += counts[ends] - counts[starts]
        hidden = np.tanh(total / np.sqrt(np.maximum(number, 1))[:, None])
        return (
            _chance(hidden @ self.topic + self.topic_bias),
            _chance(hidden @ self.denial + self.denial_bias),
        )


def _chance(logits: Floats) -> Floats:
    chance: Floats = (1 / (1 + np.exp(-logits))).astype(np.float32)
    return chance


@cache
def load_sayings_model() -> SayingsModel:
    """The packaged model."""
    path = files("lumbago.language") / "sayings.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return SayingsModel(
        findings=tuple(map(str, arrays["findings"])),
        vectors=arrays["vectors"].astype(np.float32) * arrays["scale"],
        **{
            name: arrays[name].astype(np.float32)
            for name in ("topic", "topic_bias", "denial", "denial_bias")
        },
    )
