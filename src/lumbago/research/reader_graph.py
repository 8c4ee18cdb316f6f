"""The reader as a network in ONNX, and its weights out of it again. It needs the package onnx.

Maps are whole numbers, as their products are fastest: weights of 7 bits with a scale for each column, and
inputs of 8 bits within the ranges that were measured. A few inputs are ten times as large as the others; each
is divided by the root of its size, and its weights multiplied by it, so that neither side has to bear it all
(SmoothQuant, Xiao 2023). One bit fewer for the weights, because processors without instructions of their own
for this add up pairs of products in 16 bits.

Several sentences are read at once, their pieces one after the other; only attention keeps them apart. What one
gives does not hang on the others, to the last bit: its rows of attention are padded to a length that vector
units take whole, so that sums run in one order whoever else is there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from lumbago.language.reader import Floats

__all__ = ["HEAD", "Ranges", "layers_of", "measured", "network", "weights_of"]

#: For each map the lowest and the highest value of each of its inputs.
Ranges = Mapping[str, tuple[Floats, Floats]]
#: Numbers by which a head of attention compares pieces.
HEAD = 32
WEIGHT_LEVELS, INPUT_LEVELS = 63, 255
TINY, HIDDEN = 1e-12, -1e4
#: Numbers that the widest vector units take at once.
VECTOR = 16
OPSET, FORMAT = 20, 9
#: Operations that ONNX Runtime adds to those of ONNX.
RUNTIME, RUNTIME_OPSET = "com.microsoft", 1
SCALE, LEVELS = "/scale", "/levels"


def layers_of(weights: Mapping[str, Any]) -> int:
    """Number of layers."""
    return sum(name.endswith(".heed") for name in weights)


def network(
    weights: Mapping[str, Floats], ranges: Ranges, findings: Sequence[str], pieces: Sequence[str]
) -> bytes:
    """The reader as an ONNX file.

    Args:
        weights: "word" (V, D) and "place" (L, D) with "start_scale" and "start_shift"; for each layer
            "0.heed" (D, 3D) to queries, keys and values, "0.seen" (D, D), "0.wide" (D, 4D) and "0.narrow"
            (4D, D), each with its "0.heed_bias" and so on, and the norms "0.seen_scale", "0.seen_shift",
            "0.out_scale", "0.out_shift"; "heads" (2D, 2F) with "heads_bias", topics before denials.
        ranges: Of the inputs of each map, as `measured`.
        findings: (F,) what the outputs stand for.
        pieces: (V,) pieces of words.
    """
    onnx: Any = import_module("onnx")
    model = _model(_Whole(onnx, weights, ranges=ranges))
    said = {"findings": "\n".join(findings), "pieces": "\n".join(pieces)}
    onnx.helper.set_model_props(model, said)
    written: bytes = model.SerializeToString()
    return written


def measured(weights: Mapping[str, Floats], batches: Iterable[Mapping[str, Any]]) -> Ranges:
    """Ranges of the inputs of each map while sentences are read with the weights as they are.

    Args:
        batches: Sentences as the network takes them.
    """
    g = _Plain(import_module("onnx"), weights)
    model = _model(g)
    session = import_module("onnxruntime").InferenceSession(model.SerializeToString())
    asked = [end for ends in g.ends.values() for end in ends]
    found = list(zip(*(session.run(asked, batch) for batch in batches), strict=True))
    lowest = [np.min(values, axis=0) for values in found[::2]]
    highest = [np.max(values, axis=0) for values in found[1::2]]
    return dict(zip(g.ends, zip(lowest, highest, strict=True), strict=True))


def _model(g: "_Graph") -> Any:
    starts = g.op("Sub", g.op("CumSum", "lengths", 0), "lengths")
    sentences = _Rows.of(g, starts, "lengths")
    x = _read(g, sentences)
    for layer in range(layers_of(g.weights)):
        x = _layer(g, f"{layer}.", x, sentences)
    spans = _Rows.of(g, "firsts", g.op("Sub", "lasts", "firsts"))
    heard = g.op("Identity", g.map("heads", _summed(g, x, spans)), output="heard")
    helper, kinds = g.onnx.helper, g.onnx.TensorProto
    value = helper.make_tensor_value_info
    inputs = [
        value(name, kinds.INT64, [size])
        for name, size in (("numbers", "n"), ("lengths", "s"), ("firsts", "w"), ("lasts", "w"))
    ]
    outputs = [value(heard, kinds.FLOAT, ["w", g.weights["heads"].shape[1]])]
    outputs += [value(end, kinds.FLOAT, ["k"]) for ends in g.ends.values() for end in ends]
    graph = helper.make_graph(g.nodes, "reader", inputs, outputs, g.held)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(RUNTIME, RUNTIME_OPSET)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=FORMAT)
    g.onnx.checker.check_model(model)
    return model


def weights_of(path: Path) -> dict[str, Floats]:
    """The weights that `network` was given, as far as whole numbers keep them."""
    onnx: Any = import_module("onnx")
    stored = {
        held.name: onnx.numpy_helper.to_array(held) for held in onnx.load(path).graph.initializer
    }
    found = {}
    for name in (name for name in stored if "/" not in name):
        found[name] = stored[name] * stored.get(name + SCALE, np.float32(1))
        if name + LEVELS in stored:
            found[name] *= stored[name + LEVELS][:, None]
    return found


@dataclass(eq=False)
class _Graph:
    """Operations and the constants that they use, as they are added."""

    onnx: Any
    weights: Mapping[str, Floats]
    nodes: list[Any] = field(default_factory=list)
    held: list[Any] = field(default_factory=list)
    #: For each map the names of its inputs' lowest and highest values, if they are measured.
    ends: dict[str, tuple[str, str]] = field(default_factory=dict)

    def map(self, name: str, x: str) -> str:
        """A linear map with its bias."""
        raise NotImplementedError  # measured with numbers as they are, packaged with whole ones

    def op(self, kind: str, *inputs: Any, output: str = "", **settings: Any) -> str:
        """Add an operation on named values, or on numbers as they are; return the name of its output."""
        output = output or f"/{len(self.nodes)}"
        names = [i if isinstance(i, str) else self.constant(i) for i in inputs]
        self.nodes.append(self.onnx.helper.make_node(kind, names, [output], **settings))
        return output

    def constant(self, value: Any, name: str = "") -> str:
        """Hold an array: numbers with a point in 32 bits, whole ones in 64."""
        array = np.asarray(value)
        short = {"f": np.float32, "i": np.int64}.get(array.dtype.kind)
        if array.dtype.itemsize > 1 and short:
            array = array.astype(short)
        name = name or f"/constant{len(self.held)}"
        self.held.append(self.onnx.numpy_helper.from_array(array, name))
        return name

    def weight(self, name: str) -> str:
        """Hold a weight as it is."""
        return self.constant(self.weights[name], name)

    def normed(self, x: str, name: str) -> str:
        """Each row with mean 0 and spread 1, scaled and shifted."""
        scale, shift = self.weight(f"{name}_scale"), self.weight(f"{name}_shift")
        return self.op("LayerNormalization", x, scale, shift, epsilon=TINY, axis=-1)


class _Plain(_Graph):
    """With numbers as they are, measuring the inputs of maps."""

    def map(self, name: str, x: str) -> str:
        self.ends[name] = (
            self.op("ReduceMin", x, [0], keepdims=0),
            self.op("ReduceMax", x, [0], keepdims=0),
        )
        return self.op("Add", self.op("MatMul", x, self.weight(name)), self.weight(f"{name}_bias"))


@dataclass(eq=False)
class _Whole(_Graph):
    """With maps in whole numbers."""

    ranges: Ranges = field(kw_only=True)

    def map(self, name: str, x: str) -> str:
        levels, zero = _levels(*self.ranges[name])
        weights = self.weights[name] / levels[:, None]
        scale = np.abs(weights).max(axis=0) / WEIGHT_LEVELS + TINY
        levelled = self.op("Mul", x, self.constant(levels, name + LEVELS))
        return self.op(
            "MatMulIntegerToFloat",
            self.op("QuantizeLinear", levelled, np.float32(1), zero),
            self.constant(np.round(weights / scale).astype(np.int8), name),
            np.float32(1),
            self.constant(scale, name + SCALE),
            zero,
            "",
            self.weight(f"{name}_bias"),
            domain=RUNTIME,
        )


def _levels(lowest: Floats, highest: Floats) -> tuple[Floats, np.uint8]:
    """(K,) number of levels to one of each input, and the level of 0."""
    spread = np.sqrt(np.maximum(np.maximum(-lowest, highest), TINY))
    low, high = (lowest / spread).min(), (highest / spread).max()
    step = (high - low) / INPUT_LEVELS
    return 1 / (spread * step), np.uint8(np.round(-low / step))


@dataclass(frozen=True)
class _Rows:
    """Runs of pieces as the rows of a table, padded to one length.

    Attributes:
        longest: Number of places in a row.
        pieces: (R, longest) the piece at each place; after its end a run's last piece again.
        inside: (R, longest) whether the place is in the run.
    """

    longest: str
    pieces: str
    inside: str

    @staticmethod
    def of(g: _Graph, starts: str, lengths: str) -> "_Rows":
        longest = g.op("ReduceMax", lengths, keepdims=0)
        longest = g.op("Mul", g.op("Div", g.op("Add", longest, VECTOR - 1), VECTOR), VECTOR)
        places, lengths = g.op("Range", 0, longest, 1), g.op("Unsqueeze", lengths, [1])
        within = g.op("Min", places, g.op("Sub", lengths, 1))
        pieces = g.op("Add", g.op("Unsqueeze", starts, [1]), within)
        return _Rows(longest, pieces, g.op("Less", places, lengths))

    def cells(self, g: _Graph) -> str:
        """(n,) number of the cell in which each piece stands, counted row by row."""
        return g.op("Squeeze", g.op("NonZero", g.op("Reshape", self.inside, [-1])), [0])


def _read(g: _Graph, sentences: _Rows) -> str:
    """(n, D) what stands for each piece at its place."""
    words = g.weights["word"]
    scale = np.abs(words).max(axis=1, keepdims=True) / 127 + TINY
    stored = g.constant(np.round(words / scale).astype(np.int8), "word")
    numbers = g.op("Cast", g.op("Gather", stored, "numbers"), to=g.onnx.TensorProto.FLOAT)
    scales = g.op("Gather", g.constant(scale, f"word{SCALE}"), "numbers")
    places = g.op("Gather", g.weight("place"), g.op("Mod", sentences.cells(g), sentences.longest))
    return g.normed(g.op("Add", g.op("Mul", numbers, scales), places), "start")


def _layer(g: _Graph, at: str, x: str, sentences: _Rows) -> str:
    seen = g.map(f"{at}seen", _attended(g, at, x, sentences))
    x = g.normed(g.op("Add", x, seen), f"{at}seen")
    bent = g.op("Gelu", g.map(f"{at}wide", x), approximate="tanh")
    return g.normed(g.op("Add", x, g.map(f"{at}narrow", bent)), f"{at}out")


def _attended(g: _Graph, at: str, x: str, sentences: _Rows) -> str:
    """(n, heads of 32) what each piece takes from the others of its sentence, by query, keys and values."""
    size = len(g.weights[f"{at}seen"])
    asked = g.op("Gather", g.map(f"{at}heed", x), sentences.pieces)
    shape = g.op("Concat", g.op("Shape", sentences.pieces), [3, size // HEAD, HEAD], axis=0)
    heads = g.op("Reshape", asked, shape)
    heads = g.op("Transpose", heads, perm=[2, 0, 3, 1, 4])
    query, key, value = (
        g.op("Squeeze", g.op("Slice", heads, [i], [i + 1], [0]), [0]) for i in range(3)
    )
    near = g.op("MatMul", query, g.op("Transpose", key, perm=[0, 1, 3, 2]))
    hidden = g.op("Where", g.op("Unsqueeze", sentences.inside, [1, 2]), 0.0, HIDDEN)
    heed = g.op("Softmax", g.op("Add", g.op("Mul", near, HEAD**-0.5), hidden), axis=-1)
    seen = g.op("Transpose", g.op("MatMul", heed, value), perm=[0, 2, 1, 3])
    return g.op("Gather", g.op("Reshape", seen, [-1, size]), sentences.cells(g))


def _summed(g: _Graph, states: str, spans: _Rows) -> str:
    """(W, 2D) mean and highest of the states in each window."""
    held = g.op("Gather", states, spans.pieces)
    counted = g.op("Cast", spans.inside, to=g.onnx.TensorProto.FLOAT)
    shares = g.op("Div", counted, g.op("ReduceSum", counted, [1], keepdims=1))
    means = g.op("Squeeze", g.op("MatMul", g.op("Unsqueeze", shares, [1]), held), [1])
    return g.op("Concat", means, g.op("ReduceMax", held, [1], keepdims=0), axis=1)
