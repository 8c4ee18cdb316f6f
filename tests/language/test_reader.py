"""The packaged network against the same sums written out in numpy, with its weights as plain numbers."""

from itertools import chain
from pathlib import Path

import numpy as np
import pytest

import lumbago.language
from lumbago.language.batches import AT_ONCE, LARGEST_BATCH, Sentence, batches, cut_text, packed
from lumbago.language.clauses import windows
from lumbago.language.pieces import END, START
from lumbago.language.reader import Floats, load_reader
from lumbago.research.reader_graph import HEAD, layers_of, measured, network, weights_of

PACKAGED = Path(lumbago.language.__file__).with_name("reader.onnx")
SENTENCES = [
    "my back hurts and it goes down my left leg to the foot, worse when i cough.",
    "no fever, numbness or weakness",
    "slr +ve 40 deg r, ehl 4/5, reflexes nad.",
    "i cannot pee and it is numb between my legs",
]


@pytest.fixture(scope="module")
def weights() -> dict[str, Floats]:
    return weights_of(PACKAGED)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_network_gives_what_its_weights_give_but_for_rounding(
    weights: dict[str, Floats], sentence: str
) -> None:
    spans = [w.span for w in windows(sentence)]
    heard = np.hstack(load_reader().read(sentence, spans))
    written_out = plain(weights, sentence, spans)
    difference = np.abs(heard - written_out)
    # Inputs of 8 bits: about a tenth of a log odds, where the log odds run from -15 to 10.
    assert difference.mean() < 0.3
    assert np.corrcoef(heard.ravel(), written_out.ravel())[0, 1] > 0.995


def test_the_weights_come_back_from_the_network(tmp_path: Path, weights: dict[str, Floats]) -> None:
    reader, again, batches = load_reader(), tmp_path / "again.onnx", [packed(cut(SENTENCES))]
    ranges = measured(weights, batches)
    found, before = [], weights
    for _ in range(2):
        again.write_bytes(network(before, ranges, reader.findings, list(reader.pieces.number)))
        before = weights_of(again)
        found.append(before)
    for name, array in weights.items():
        # These few sentences have other ranges than those of the packaged reader, so rounding is another.
        assert np.corrcoef(found[0][name].ravel(), array.ravel())[0, 1] > 0.998, name
        np.testing.assert_allclose(found[1][name], found[0][name], rtol=1e-5, atol=1e-7)


def test_a_sentence_is_read_the_same_whoever_else_is_read_with_it() -> None:
    texts = [*SENTENCES, "and " * 70 + "then my knee too", "ouch, it hurts", *SENTENCES[::-1]]
    spans = [[w.span for w in windows(text)] for text in texts]
    together = [reading.result() for reading in load_reader().begin(texts, spans)]
    for text, some, read in zip(texts, spans, together, strict=True):
        np.testing.assert_array_equal(load_reader().read(text, some), read)


def test_batches_hold_every_sentence_once_and_are_small() -> None:
    short = cut(["my back hurts"] * 700)
    long = cut(["pain " * 90] * 3)
    made = list(batches([*long, *short]))
    assert sorted(map(id, chain(*made))) == sorted(map(id, [*long, *short]))
    assert all(len(one) * max(len(s.numbers) for s in one) <= LARGEST_BATCH for one in made)
    assert len(list(batches(cut(SENTENCES)))) == AT_ONCE


def cut(texts: list[str]) -> list[Sentence]:
    pieces = load_reader().pieces
    return [s for text in texts for s in cut_text(pieces, text, [w.span for w in windows(text)])]


def plain(w: dict[str, Floats], sentence: str, spans: list[tuple[int, int]]) -> Floats:
    known, cut = load_reader().pieces.number, load_reader().pieces.of(sentence)
    x = w["word"][[known[START], *cut.numbers, known[END]]]
    x = normed(x + w["place"][: len(x)], w["start_scale"], w["start_shift"])
    for layer in range(layers_of(w)):
        at = f"{layer}."
        asked = (x @ w[f"{at}heed"] + w[f"{at}heed_bias"]).reshape(len(x), 3, -1, HEAD)
        seen = np.zeros_like(x)
        for head in range(asked.shape[2]):
            query, key, value = asked[:, :, head].transpose(1, 0, 2)
            heed = np.exp(query @ key.T / np.sqrt(HEAD))
            part = slice(head * HEAD, (head + 1) * HEAD)
            seen[:, part] = heed / heed.sum(axis=1, keepdims=True) @ value
        x = x + seen @ w[f"{at}seen"] + w[f"{at}seen_bias"]
        x = normed(x, w[f"{at}seen_scale"], w[f"{at}seen_shift"])
        y = x @ w[f"{at}wide"] + w[f"{at}wide_bias"]
        y = 0.5 * y * (1 + np.tanh(np.sqrt(2 / np.pi) * (y + 0.044715 * y**3)))
        x = normed(
            x + y @ w[f"{at}narrow"] + w[f"{at}narrow_bias"],
            w[f"{at}out_scale"],
            w[f"{at}out_shift"],
        )
    places = list(enumerate(cut.places, start=1))
    held = [[i for i, (a, b) in places if start <= a and b <= end] for start, end in spans]
    summed = np.array([[*x[rows].mean(axis=0), *x[rows].max(axis=0)] for rows in held])
    return summed @ w["heads"] + w["heads_bias"]


def normed(x: Floats, scale: Floats, shift: Floats) -> Floats:
    x = x - x.mean(axis=1, keepdims=True)
    return x / np.sqrt((x * x).mean(axis=1, keepdims=True)) * scale + shift
