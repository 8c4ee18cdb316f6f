"""Read what each part of a text speaks of, in whatever words, and whether it denies it.

A small transformer (MiniLM, Wang 2020: six layers of 384, started from the weights of
all-MiniLM-L6-v2) reads each sentence by itself, so that what one says does not hang on its
neighbours. Each window of its words is summed up by the mean and the highest of their states, and two
linear maps give, for every finding, the log odds that the window speaks of it and that it denies it.
`python -m lumbago.research.train_sayings` teaches it from the sayings in `data/sayings` and from
annotated texts, and writes it as `reader.onnx`, which ONNX Runtime computes in whole numbers of 8 bits.
"""

import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lumbago.language.batches import AT_ONCE, Sentence, Spans, batches, cut_text, packed
from lumbago.language.pieces import Pieces

__all__ = ["NOT_READ", "Floats", "Reader", "Reading", "load_reader", "output_of"]

Floats = NDArray[np.float32]
#: Log odds of what was not read at all.
NOT_READ = -30.0
#: ONNX Runtime then tells of errors alone.
ERRORS = 3


@dataclass(frozen=True, eq=False)
class Reader:
    """The learned reader.

    Attributes:
        findings: (F,) what each output stands for: a finding, or `finding=category` of a choice.
        pieces: Known pieces of words.
        session: The network, from the `numbers` (n,) of the pieces of sentences one after the other, each
            with the marks around it, the `lengths` (s,) of these sentences, and the `firsts` and `lasts`
            (w,) of windows, the last not included, to (w, 2F) log odds.
    """

    findings: tuple[str, ...]
    pieces: Pieces
    session: Any

    @cached_property
    def column(self) -> dict[str, int]:
        """Output of each finding."""
        return {finding: i for i, finding in enumerate(self.findings)}

    def read(self, text: str, windows: Spans) -> tuple[Floats, Floats]:
        """What each window of a text speaks of, and whether it denies it: see `Reading.result`."""
        return self.begin([text], [windows])[0].result()

    def begin(self, texts: Sequence[str], windows: Sequence[Spans]) -> list["Reading"]:
        """Begin to read texts, beside whatever else is done: the network holds no lock of Python's.

        Args:
            texts: The texts, in lower case.
            windows: Start and end of each window of each text.
        """
        cut = [list(cut_text(self.pieces, *one)) for one in zip(texts, windows, strict=True)]
        heard: dict[int, _Heard] = {}
        for batch in batches(list(chain.from_iterable(cut))):
            reading, row = _readers().submit(self._heard, batch), 0
            for one in batch:
                heard[id(one)] = _Heard(one.rows, reading, row)
                row += len(one.rows)
        return [
            Reading((len(spans), len(self.findings)), [heard[id(one)] for one in sentences])
            for spans, sentences in zip(windows, cut, strict=True)
        ]

    def _heard(self, batch: Sequence[Sentence]) -> Floats:
        """(w, 2F) what is heard in the windows of several sentences."""
        heard: Floats = self.session.run(None, packed(batch))[0]
        return heard


@dataclass(frozen=True, eq=False)
class _Heard:
    """Rows of a text's windows, and what will hold theirs, from a row on."""

    rows: NDArray[np.intp]
    reading: "Future[Floats]"
    start: int


@dataclass(frozen=True, eq=False)
class Reading:
    """A text that is being read: numbers of its windows and of findings, and its sentences."""

    shape: tuple[int, int]
    heard: Sequence[_Heard]

    def result(self) -> tuple[Floats, Floats]:
        """What each window of the text speaks of, and whether it denies it.

        Returns:
            (windows, F) log odds that each finding is spoken of, and that it is denied if it is.
        """
        about = np.full(self.shape, NOT_READ, dtype=np.float32)
        denied = np.zeros_like(about)
        for one in self.heard:
            found = one.reading.result()[one.start : one.start + len(one.rows)]
            about[one.rows], denied[one.rows] = np.hsplit(found, 2)
        return about, denied


@cache
def _readers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, "reader")


if hasattr(os, "register_at_fork"):  # a process that is split off has none of the threads
    os.register_at_fork(after_in_child=_readers.cache_clear)


def output_of(finding: str, value: str) -> str:
    """Name of the output that hears a value of a finding; yes and no share one."""
    return finding if value in ("yes", "no") else f"{finding}={value}"


@cache
def load_reader() -> Reader:
    """The packaged reader."""
    import onnxruntime  # here, for what reads no words need not wait for it

    options = onnxruntime.SessionOptions()
    # Batches are shared out already; several people are served by several processes.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = ERRORS
    with as_file(files("lumbago.language") / "reader.onnx") as path:
        session = onnxruntime.InferenceSession(str(path), options)
    said = session.get_modelmeta().custom_metadata_map
    pieces = {piece: i for i, piece in enumerate(said["pieces"].split("\n"))}
    return Reader(tuple(said["findings"].split("\n")), Pieces(pieces), session)
