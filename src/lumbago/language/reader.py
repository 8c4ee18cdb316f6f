"""Read what each part of a text speaks of, in whatever words, and whether it denies it.

A small transformer (MiniLM, Wang 2020: six layers of 384, started from the weights of
all-MiniLM-L6-v2) reads each sentence by itself, so that what one says does not hang on its
neighbours. Each window of its words is summed up by the mean and the highest of their states, and two
linear maps give, for every finding, the log odds that the window speaks of it and that it denies it.
`python -m lumbago.research.train_sayings` teaches it from the sayings in `data/sayings` and from
annotated texts, and writes it as `reader.onnx`, which ONNX Runtime computes in whole numbers of 8 bits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lumbago.language.pieces import END, START, Pieces

__all__ = ["FEWEST_PIECES", "NOT_READ", "Floats", "Reader", "Spans", "load_reader", "output_of"]

Floats = NDArray[np.float32]
#: Start and end of each window of a text.
Spans = Sequence[tuple[int, int]]
#: Log odds of what was not read at all.
NOT_READ = -30.0
#: A window of fewer pieces says nothing.
FEWEST_PIECES = 2
#: ONNX Runtime then tells of errors alone.
ERRORS = 3


@dataclass(frozen=True, eq=False)
class Reader:
    """The learned reader.

    Attributes:
        findings: (F,) what each output stands for: a finding, or `finding=category` of a choice.
        pieces: Known pieces of words.
        session: The network, from `numbers` (n,) of pieces with the marks around them and the `firsts` and
            `lasts` (W,) of windows, the last not included, to (W, 2F) log odds.
    """

    findings: tuple[str, ...]
    pieces: Pieces
    session: Any

    @cached_property
    def column(self) -> dict[str, int]:
        """Output of each finding."""
        return {finding: i for i, finding in enumerate(self.findings)}

    def read(self, text: str, windows: Spans) -> tuple[Floats, Floats]:
        """What each window of the text speaks of, and whether it denies it.

        Args:
            text: The text, in lower case.
            windows: Start and end of each window.

        Returns:
            (windows, F) log odds that each finding is spoken of, and that it is denied if it is.
        """
        about = np.full((len(windows), len(self.findings)), NOT_READ, dtype=np.float32)
        denied = np.zeros_like(about)
        for rows, heard in self._sentences(text, windows):
            about[rows], denied[rows] = np.hsplit(heard, 2)
        return about, denied

    def _sentences(self, text: str, windows: Spans) -> Iterator[tuple[NDArray[np.intp], Floats]]:
        """For each sentence in which windows lie, their numbers and what is heard in them."""
        spans = np.array(windows, dtype=np.intp).reshape(-1, 2)
        known = self.pieces.number
        for sentence in self.pieces.sentences(text):
            places = np.array(sentence.places, dtype=np.intp)
            firsts = np.searchsorted(places[:, 0], spans[:, 0])
            lasts = np.searchsorted(places[:, 1], spans[:, 1], side="right")
            rows = np.flatnonzero(lasts - firsts >= FEWEST_PIECES)
            if len(rows):
                asked = {
                    "numbers": np.array([known[START], *sentence.numbers, known[END]]),
                    "firsts": firsts[rows] + 1,
                    "lasts": lasts[rows] + 1,
                }
                yield rows, self.session.run(None, asked)[0]


def output_of(finding: str, value: str) -> str:
    """Name of the output that hears a value of a finding; yes and no share one."""
    return finding if value in ("yes", "no") else f"{finding}={value}"


@cache
def load_reader() -> Reader:
    """The packaged reader."""
    import onnxruntime  # here, for what reads no words need not wait for it

    options = onnxruntime.SessionOptions()
    # A sentence is too little to share out; several people are served by several processes.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = ERRORS
    with as_file(files("lumbago.language") / "reader.onnx") as path:
        session = onnxruntime.InferenceSession(str(path), options)
    said = session.get_modelmeta().custom_metadata_map
    pieces = {piece: i for i, piece in enumerate(said["pieces"].split("\n"))}
    return Reader(tuple(said["findings"].split("\n")), Pieces(pieces), session)
