"""Read what each part of a text speaks of, in whatever words, and whether it denies it.

A small transformer (MiniLM, Wang 2020: six layers of 384, started from the weights of
all-MiniLM-L6-v2) reads each sentence by itself, so that what one says does not hang on its
neighbours. Each window of its words is summed up by the mean and the highest of their states, and two
linear maps give, for every finding, the log odds that the window speaks of it and that it denies it.
`python -m lumbago.research.train_sayings` teaches it from the sayings in `data/sayings` and from
annotated texts, and writes the weights as whole numbers of 8 bits.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from lumbago.language.pieces import END, START, Pieces, Stretch
from lumbago.language.whole import Floats, WholeMap, whole_map

__all__ = ["NOT_READ", "Floats", "Reader", "Spans", "load_reader"]

#: Start and end of each window of a text.
Spans = Sequence[tuple[int, int]]
#: Numbers by which a head of attention compares pieces.
HEAD = 32
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
            "0.query", "0.query_bias" and so on for each layer, with heads of `HEAD` columns; "topic" (2D, F),
            "denial" (2D, F) and their biases.
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

    def read(self, text: str, windows: Spans) -> tuple[Floats, Floats]:
        """What each window of the text speaks of, and whether it denies it.

        Args:
            text: The text, in lower case.
            windows: Start and end of each window.

        Returns:
            (windows, F) log odds that each finding is spoken of, and that it is denied if it is.
        """
        return self.read_together([(text, windows)])[0]

    def read_together(self, texts: Sequence[tuple[str, Spans]]) -> list[tuple[Floats, Floats]]:
        """The same for several texts in one pass; each is read as if it were alone, to the last bit."""
        if not texts:
            return []
        sums = self.sums(texts)
        ends = np.cumsum([len(rows) for rows, _ in sums])
        held = np.concatenate([summed for _, summed in sums])
        with _blas().limit(limits=1, user_api="blas"):
            heard = np.split(self._maps["heads"](held), ends[:-1])
        return [
            _put_together(len(windows), len(self.findings), rows, outputs)
            for (_, windows), (rows, _), outputs in zip(texts, sums, heard, strict=True)
        ]

    def sums(self, texts: Sequence[tuple[str, Spans]]) -> list[tuple[NDArray[np.intp], Floats]]:
        """For each text the numbers of the windows that were read, and what sums them up, (W, 2D)."""
        parts = [list(self._parts(text, windows)) for text, windows in texts]
        # On a busy machine BLAS threads wait for one another: half a second for what takes 50 ms alone.
        with _blas().limit(limits=1, user_api="blas"):
            states = iter(self._states([p.stretch.numbers for found in parts for p in found]))
        nothing = np.zeros((0, 2 * self.weights["word"].shape[1]), dtype=np.float32)
        return [
            (
                np.concatenate([np.zeros(0, dtype=np.intp), *(p.rows for p in found)]),
                np.concatenate([nothing, *(p.summed(next(states)) for p in found)]),
            )
            for found in parts
        ]

    def _parts(self, text: str, windows: Spans) -> Iterator["_Part"]:
        """The sentences of a text in which windows lie."""
        spans = np.array(windows, dtype=np.intp).reshape(-1, 2)
        for stretch in self.pieces.sentences(text):
            places = np.array(stretch.places, dtype=np.intp)
            firsts = np.searchsorted(places[:, 0], spans[:, 0])
            lasts = np.searchsorted(places[:, 1], spans[:, 1], side="right")
            rows = np.flatnonzero(lasts - firsts >= FEWEST_PIECES)
            if len(rows):
                yield _Part(stretch, rows, firsts[rows], lasts[rows])

    def _states(self, sentences: Sequence[Sequence[int]]) -> list[Floats]:
        """(n, D) state of each piece of each sentence, read with all the others of its sentence."""
        if not sentences:
            return []
        w, known = self.weights, self.pieces.number
        marked = [[known[START], *numbers, known[END]] for numbers in sentences]
        ends = np.cumsum([len(numbers) for numbers in marked])
        bounds = list(zip([0, *ends], ends, strict=False))
        x = w["word"][np.concatenate(marked)]
        x += np.concatenate([w["place"][: len(numbers)] for numbers in marked])
        x = _normed(x, w["start_scale"], w["start_shift"])
        for layer in range(self.layers):
            x = self._layer(x, f"{layer}.", bounds)
        return [x[start + 1 : end - 1] for start, end in bounds]

    def _layer(self, x: Floats, at: str, bounds: Spans) -> Floats:
        w, maps = self.weights, self._maps
        asked = maps[f"{at}heed"](x)
        seen = np.concatenate([_attended(asked[start:end]) for start, end in bounds])
        x = x + maps[f"{at}seen"](seen)
        x = _normed(x, w[f"{at}seen_scale"], w[f"{at}seen_shift"])
        x = x + maps[f"{at}narrow"](_bent(maps[f"{at}wide"](x)))
        return _normed(x, w[f"{at}out_scale"], w[f"{at}out_shift"])

    @cached_property
    def _maps(self) -> dict[str, WholeMap]:
        """The linear maps: of each layer, and of both outputs together."""
        w = self.weights

        def joined(*names: str) -> WholeMap:
            return whole_map(
                np.concatenate([w[name] for name in names], axis=1),
                np.concatenate([w[f"{name}_bias"] for name in names]),
            )

        maps = {"heads": joined("topic", "denial")}
        for at in (f"{layer}." for layer in range(self.layers)):
            maps[f"{at}heed"] = joined(f"{at}query", f"{at}key", f"{at}value")
            maps |= {f"{at}{name}": joined(f"{at}{name}") for name in ("seen", "wide", "narrow")}
        return maps


@dataclass(frozen=True, eq=False)
class _Part:
    """A sentence with the windows in it.

    Attributes:
        rows: (W,) number of each window in the text.
        firsts: (W,) first piece of each window, and `lasts` the one after its last.
    """

    stretch: Stretch
    rows: NDArray[np.intp]
    firsts: NDArray[np.intp]
    lasts: NDArray[np.intp]

    def summed(self, states: Floats) -> Floats:
        """(W, 2D) mean and highest of the states in each window."""
        sums = np.vstack([np.zeros_like(states[:1]), np.cumsum(states, axis=0)])
        sizes = (self.lasts - self.firsts)[:, None].astype(np.float32)
        means = (sums[self.lasts] - sums[self.firsts]) / sizes
        tops = [states[a:b].max(axis=0) for a, b in zip(self.firsts, self.lasts, strict=True)]
        return np.concatenate([means, np.array(tops)], axis=1)


def _put_together(
    windows: int, findings: int, rows: NDArray[np.intp], outputs: Floats
) -> tuple[Floats, Floats]:
    """Both outputs for all windows of a text, from those of the windows that were read."""
    about = np.full((windows, findings), NOT_READ, dtype=np.float32)
    denied = np.zeros_like(about)
    about[rows], denied[rows] = outputs[:, :findings], outputs[:, findings:]
    return about, denied


def _attended(asked: Floats) -> Floats:
    """(n, D) what each piece of a sentence takes from the others, by its query, keys and values."""
    query, key, value = asked.reshape(len(asked), 3, -1, HEAD).transpose(1, 2, 0, 3)
    heed: Floats = query @ key.transpose(0, 2, 1)
    heed *= np.float32(HEAD**-0.5)
    heed -= heed.max(axis=2, keepdims=True)
    np.exp(heed, out=heed)
    heed /= heed.sum(axis=2, keepdims=True)
    seen: Floats = (heed @ value).transpose(1, 0, 2).reshape(len(asked), -1)
    return seen


def _normed(x: Floats, scale: Floats, shift: Floats) -> Floats:
    normed: Floats = x - x.mean(axis=1, keepdims=True)
    spread = (normed * normed).mean(axis=1, keepdims=True)
    normed /= np.sqrt(spread + _TINY)
    normed *= scale
    normed += shift
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
