"""Read what each part of a text speaks of, in whatever words, and whether it denies it.

A small transformer (MiniLM, Wang 2020: six layers of 384, started from the weights of
all-MiniLM-L6-v2) reads each sentence by itself, so that what one says does not hang on its
neighbours. Each window of its words is summed up by the mean and the highest of their states, and two
linear maps give, for every finding, the log odds that the window speaks of it and that it denies it.
`python -m lumbago.research.train_sayings` teaches it from the sayings in `data/sayings` and from
annotated texts, and writes the weights as whole numbers of 8 bits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from lumbago.language.pieces import END, START, Pieces

__all__ = ["NOT_READ", "Reader", "load_reader"]

Floats = NDArray[np.float32]
HEADS = 12
#: Log odds of what was not read at all.
NOT_READ = -30.0
#: A window of fewer pieces says nothing.
FEWEST_PIECES = 2
_TINY = np.float32(1e-12)


@dataclass(frozen=True, eq=False)
class Reader:
    """The learned weights.

    Attributes:
        findings: (F,) finding that each output stands for.
        pieces: Known pieces of words.
        weights: Arrays by name: "word" (V, D) and "place" (L, D) with "start_scale" and "start_shift";
            "0.query", "0.query_bias" and so on for each layer; "topic" (2D, F), "denial" (2D, F) and
            their biases.
    """

    findings: tuple[str, ...]
    pieces: Pieces
    weights: Mapping[str, Floats]

    @cached_property
    def column(self) -> dict[str, int]:
        """Output of each finding."""
        return {finding: i for i, finding in enumerate(self.findings)}

    @cached_property
    def layers(self) -> int:
        """Number of layers."""
        return sum(name.endswith(".query") for name in self.weights)

    def read(self, text: str, windows: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
        """What each window of the text speaks of, and whether it denies it.

        Args:
            text: The text, in lower case.
            windows: Start and end of each window.

        Returns:
            (windows, F) log odds that each finding is spoken of, and that it is denied if it is.
        """
        # On a busy machine BLAS threads wait for one another: half a second for what takes 50 ms alone.
        with _blas().limit(limits=1, user_api="blas"):
            return self._read(text, windows)

    def _read(self, text: str, windows: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
        w = self.weights
        about = np.full((len(windows), len(self.findings)), NOT_READ, dtype=np.float32)
        denied = np.zeros_like(about)
        spans = np.array(windows, dtype=np.intp).reshape(-1, 2)
        for stretch in self.pieces.sentences(text):
            places = np.array(stretch.places, dtype=np.intp)
            firsts = np.searchsorted(places[:, 0], spans[:, 0])
            lasts = np.searchsorted(places[:, 1], spans[:, 1], side="right")
            rows = np.flatnonzero(lasts - firsts >= FEWEST_PIECES)
            if not len(rows):
                continue
            states = self._states(stretch.numbers)
            sums = np.vstack([np.zeros_like(states[:1]), np.cumsum(states, axis=0)])
            sizes = (lasts - firsts)[rows, None].astype(np.float32)
            means = (sums[lasts[rows]] - sums[firsts[rows]]) / sizes
            tops = np.array([states[firsts[i] : lasts[i]].max(axis=0) for i in rows])
            held = np.concatenate([means, tops], axis=1)
            about[rows] = held @ w["topic"] + w["topic_bias"]
            denied[rows] = held @ w["denial"] + w["denial_bias"]
        return about, denied

    def _states(self, numbers: Sequence[int]) -> Floats:
        """(n, D) state of each piece, read with all the others of its sentence."""
        w, known = self.weights, self.pieces.number
        marked = np.array([known[START], *numbers, known[END]])
        x = _normed(
            w["word"][marked] + w["place"][: len(marked)], w["start_scale"], w["start_shift"]
        )
        for layer in range(self.layers):
            x = self._layer(x, f"{layer}.")
        return x[1:-1]

    def _layer(self, x: Floats, at: str) -> Floats:
        w = self.weights

        def parts(name: str) -> Floats:
            mapped: Floats = x @ w[f"{at}{name}"] + w[f"{at}{name}_bias"]
            return mapped.reshape(len(x), HEADS, -1).transpose(1, 0, 2)

        query, key, value = parts("query"), parts("key"), parts("value")
        heed = query @ key.transpose(0, 2, 1) / np.sqrt(np.float32(query.shape[2]))
        heed = np.exp(heed - heed.max(axis=2, keepdims=True))
        heed /= heed.sum(axis=2, keepdims=True)
        seen = (heed @ value).transpose(1, 0, 2).reshape(x.shape)
        x = x + (seen @ w[f"{at}seen"] + w[f"{at}seen_bias"])
        x = _normed(x, w[f"{at}seen_scale"], w[f"{at}seen_shift"])
        wide = _bent(x @ w[f"{at}wide"] + w[f"{at}wide_bias"])
        x = x + (wide @ w[f"{at}narrow"] + w[f"{at}narrow_bias"])
        return _normed(x, w[f"{at}out_scale"], w[f"{at}out_shift"])


def _normed(x: Floats, scale: Floats, shift: Floats) -> Floats:
    x = x - x.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / np.float32(x.shape[1]) + _TINY)
    normed: Floats = x / spread * scale + shift
    return normed


def _bent(x: Floats) -> Floats:
    """The usual tanh form of GELU (Hendrycks 2016), in place."""
    inner = x * x
    inner *= np.float32(0.044715)
    inner += 1
    inner *= x
    inner *= np.float32(0.7978845608)
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController()


@cache
def load_reader() -> Reader:
    """The packaged reader."""
    path = files("lumbago.language") / "reader.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    weights = {
        name: array * arrays[f"{name}/scale"]
        if f"{name}/scale" in arrays
        else array.astype(np.float32)
        for name, array in arrays.items()
        if name not in ("findings", "pieces") and not name.endswith("/scale")
    }
    pieces = Pieces({str(piece): i for i, piece in enumerate(arrays["pieces"])})
    return Reader(tuple(map(str, arrays["findings"])), pieces, weights)
