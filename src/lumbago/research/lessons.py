"""What the reader is taught: sayings strung together as people string them, and annotated texts.

The reader reads every sentence by itself. A row of a batch holds as many sentences as fit in it, each with
its own number and its own places, and those with one number heed one another.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lumbago.assessment.intake import implications
from lumbago.knowledge import load_knowledge
from lumbago.language.batches import FEWEST_PIECES, batches, cut_text, packed
from lumbago.language.clauses import windows
from lumbago.language.pieces import END, LONGEST, START, Pieces
from lumbago.language.reader import Floats, Reader, output_of
from lumbago.language.sayings import read_lists, read_neutral
from lumbago.research.language import AnnotatedText, closed, plain

__all__ = [
    "Batch",
    "Saying",
    "opened",
    "read_sayings",
    "saying_batches",
    "text_batches",
    "texts_to_read",
]

#: Rows in a batch of sayings, and the most windows in one.
ROWS, WINDOWS = 16, 10
#: Texts in a batch, the rows that each may have, and its most windows.
TEXTS, TEXT_ROWS, TEXT_WINDOWS = 6, (1, 2, 4), 90
#: What stands between two sayings, and how often: a full stop, nothing, or a word that joins.
STOP = "."
JOINERS, SHARES = (STOP, "", ",", "and", "but"), (0.45, 0.15, 0.2, 0.12, 0.08)
#: How often two neighbours of one sentence are one window too.
JOINED_WINDOW = 0.5
#: How often a saying is worn, and then how often a word of it is lost or misspelt.
WORN, DROPPED, MISSPELT, NO_APOSTROPHES = 0.35, 0.06, 0.08, 0.3
#: Pieces of a sentence without its marks.
MOST = LONGEST - 2
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
    """Rows of pieces (N, L), windows of them (W, L), and what those say (W or texts, F).

    `sentences` numbers the sentences of a row from 1, and `places` the pieces of each from 0; `rows` has the
    row of each window. `known` and `judged` are 0 where nothing is taught.
    """

    numbers: NDArray[np.int32]
    sentences: NDArray[np.int32]
    places: NDArray[np.int32]
    rows: NDArray[np.int32]
    windows: Floats
    about: Floats
    known: Floats
    denied: Floats
    judged: Floats


def read_sayings() -> tuple[tuple[str, ...], list[Saying]]:
    """What the reader is taught to hear, and the sayings with what they teach.

    It hears each finding that has sayings, and each category of a choice, which texts alone teach.
    """
    knowledge, lists = load_knowledge(), read_lists()
    choices = [f for f in knowledge.findings if f.kind == "choice"]
    categories = [output_of(f.id, value) for f in choices for value in f.values]
    findings = (*(entry.finding for entry in lists), *categories)
    number = {finding: i for i, finding in enumerate(findings)}
    nothing: frozenset[int] = frozenset()
    chosen = frozenset(number[name] for name in categories)
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
            found += [Saying(line.lower(), about, denied, chosen) for line in lines]
    return findings, found


def opened(reader: Reader, sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings with what a reader hears in them besides left open, unless they are no finding at all."""
    found = []
    for saying in sayings:
        about, _ = reader.read(saying.words, [(0, len(saying.words))])
        likely = frozenset(np.flatnonzero(about[0] > LIKELY).tolist()) - saying.about
        if not saying.about | saying.open:
            likely = frozenset()
        found.append(Saying(saying.words, saying.about, saying.denied, saying.open | likely))
    return found


def texts_to_read(
    pieces: Pieces, texts: Sequence[AnnotatedText]
) -> Iterator[dict[str, NDArray[np.intp]]]:
    """The sentences of texts, as the network takes them."""
    for text in texts:
        words = text.text.lower()
        sentences = list(cut_text(pieces, words, [window.span for window in windows(words)]))
        yield from map(packed, batches(sentences))


@dataclass
class _Sentence:
    """Sayings that stand in one sentence: its pieces, and the first, last and number of each saying."""

    numbers: list[int] = field(default_factory=list)
    parts: list[tuple[int, int, int]] = field(default_factory=list)


def saying_batches(
    rng: np.random.Generator, pieces: Pieces, sayings: Sequence[Saying], outputs: int
) -> Iterator[Batch]:
    """Every saying once, in sentences of one or several, in random order."""
    rows = list(_rows(_sentences(rng, pieces, sayings)))
    for start in range(0, len(rows), ROWS):
        yield _batch_of(rng, pieces, sayings, rows[start : start + ROWS], outputs)


def _sentences(
    rng: np.random.Generator, pieces: Pieces, sayings: Sequence[Saying]
) -> Iterator[_Sentence]:
    held = _Sentence()
    for which in rng.permutation(len(sayings)):
        words = sayings[which].words
        numbers = pieces.of(_worn(rng, words) if rng.random() < WORN else words).numbers[:MOST]
        joiner = JOINERS[rng.choice(len(JOINERS), p=SHARES)]
        joint = pieces.of(joiner).numbers
        if held.parts and (joiner == STOP or len(held.numbers) + len(numbers) + 2 > MOST):
            held.numbers += pieces.of(STOP).numbers * (len(held.numbers) < MOST)
            yield held
            held = _Sentence()
        elif held.parts:
            held.numbers += joint
        held.parts.append((len(held.numbers), len(held.numbers) + len(numbers), int(which)))
        held.numbers += numbers
    yield held


def _rows(found: Iterator[_Sentence]) -> Iterator[list[_Sentence]]:
    """As many sentences together as fit in a row."""
    held: list[_Sentence] = []
    for sentence in found:
        used = sum(len(s.numbers) + 2 for s in held)
        if used + len(sentence.numbers) + 2 > LONGEST:
            yield held
            held = []
        held.append(sentence)
    yield held


def _batch_of(
    rng: np.random.Generator,
    pieces: Pieces,
    sayings: Sequence[Saying],
    rows: Sequence[Sequence[_Sentence]],
    outputs: int,
) -> Batch:
    batch = _empty(ROWS, ROWS * WINDOWS, ROWS * WINDOWS, outputs)
    window = 0
    for row, sentences in enumerate(rows):
        for sentence in sentences:
            first = _fill(batch, pieces, row, sentence.numbers)
            held = [(start, end, [which]) for start, end, which in sentence.parts]
            held += _joined(rng, sayings, sentence.parts)
            for start, end, whose in held[: len(batch.rows) - window]:
                batch.rows[window] = row
                batch.windows[window, first + start : first + end] = 1
                _mark(batch, window, [sayings[which] for which in whose])
                window += 1
    return batch


def _joined(
    rng: np.random.Generator, sayings: Sequence[Saying], parts: Sequence[tuple[int, int, int]]
) -> list[tuple[int, int, list[int]]]:
    """Now and then a window over two neighbours that speak of different things."""
    if len(parts) < 2 or rng.random() >= JOINED_WINDOW:
        return []
    i = int(rng.integers(len(parts) - 1))
    (start, _, one), (_, end, two) = parts[i], parts[i + 1]
    return [] if sayings[one].about & sayings[two].about else [(start, end, [one, two])]


def _mark(batch: Batch, window: int, sayings: Sequence[Saying]) -> None:
    batch.known[window] = 1
    for saying in sayings:
        batch.known[window, list(saying.open)] = 0
    for saying in sayings:
        about = list(saying.about)
        batch.about[window, about] = 1
        batch.known[window, about] = batch.judged[window, about] = 1
        batch.denied[window, list(saying.denied)] = 1


def text_batches(
    rng: np.random.Generator,
    pieces: Pieces,
    texts: Sequence[AnnotatedText],
    findings: Sequence[str],
) -> Iterator[Batch]:
    """Every text once, in random order; what is optional, unsure or somebody else's is left open."""
    column = {finding: i for i, finding in enumerate(findings)}
    outputs: defaultdict[str, list[int]] = defaultdict(list)
    for output, i in column.items():
        outputs[output.partition("=")[0]].append(i)
    sizes = np.array([_rows_of(pieces, text) for text in texts])
    order = rng.permutation(len(texts))
    order = order[np.argsort(sizes[order], kind="stable")]  # texts of one size together
    for start in range(0, len(order) - TEXTS + 1, TEXTS):
        rows = int(sizes[order[start : start + TEXTS]].max())
        batch = _empty(TEXTS * rows, TEXTS * TEXT_WINDOWS, TEXTS, len(findings))
        for place, which in enumerate(order[start : start + TEXTS]):
            _fill_text(batch, pieces, place, rows, texts[which])
            batch.known[place] = 1
            text = texts[which]
            untold = (*text.optional, *text.optional_absent, *text.unsure, *text.not_findings)
            batch.known[place, [i for name in untold for i in outputs[name]]] = 0
            marked = {name: plain(value) for name, value in texts[which].findings.items()}
            for name, value in closed(marked).items():
                which_output = column.get(output_of(name, value))
                if which_output is not None:
                    batch.about[place, which_output] = batch.known[place, which_output] = 1
                    batch.denied[place, which_output] = value == "no"
        yield batch


def _rows_of(pieces: Pieces, text: AnnotatedText) -> int:
    """The rows that a text is given: the first number that holds it, or the most there are."""
    used, rows = 0, 1
    for sentence in pieces.sentences(text.text.lower()):
        used += len(sentence.numbers) + 2
        if used > LONGEST:
            used, rows = len(sentence.numbers) + 2, rows + 1
    return next((held for held in TEXT_ROWS if held >= rows), TEXT_ROWS[-1])


def _fill_text(batch: Batch, pieces: Pieces, place: int, rows: int, text: AnnotatedText) -> None:
    lower, window, row = text.text.lower(), place * TEXT_WINDOWS, place * rows
    spans = [w.span for w in windows(lower)]
    for sentence in pieces.sentences(lower):
        if _used(batch, row) + len(sentence.numbers) + 2 > LONGEST:
            row += 1
        if row == (place + 1) * rows:
            return
        first = _fill(batch, pieces, row, sentence.numbers)
        places = np.array(sentence.places)
        for start, end in spans:
            inside = np.flatnonzero((places[:, 0] >= start) & (places[:, 1] <= end))
            if len(inside) >= FEWEST_PIECES and window < (place + 1) * TEXT_WINDOWS:
                batch.rows[window] = row
                batch.windows[window, inside + first] = 1
                window += 1


def _empty(rows: int, held: int, judged: int, outputs: int) -> Batch:
    about, known, denied, sure = (np.zeros((judged, outputs), dtype=np.float32) for _ in range(4))
    numbers, sentences, places = (np.zeros((rows, LONGEST), dtype=np.int32) for _ in range(3))
    return Batch(
        numbers=numbers,
        sentences=sentences,
        places=places,
        rows=np.zeros(held, dtype=np.int32),
        windows=np.zeros((held, LONGEST), dtype=np.float32),
        about=about,
        known=known,
        denied=denied,
        judged=sure,
    )


def _fill(batch: Batch, pieces: Pieces, row: int, numbers: Sequence[int]) -> int:
    """Put a sentence, with the marks around it, after those of a row; return where its first piece is."""
    marked = [pieces.number[START], *numbers, pieces.number[END]]
    start = _used(batch, row)
    end = start + len(marked)
    batch.numbers[row, start:end] = marked
    batch.sentences[row, start:end] = batch.sentences[row].max() + 1
    batch.places[row, start:end] = np.arange(len(marked))
    return start + 1


def _used(batch: Batch, row: int) -> int:
    """Pieces that a row holds so far."""
    return int(np.count_nonzero(batch.sentences[row]))


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
