"""The reader as a network in ONNX, and its weights out of it again. It needs the package onnx.

Maps are whole numbers, as their products are fastest: weights of 7 bits with a scale for each column, and
inputs of 8 bits with a scale for each row. One bit fewer for the weights, because processors without
instructions of their own for this add up pairs of products in 16 bits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from lumbago.language.reader import Floats

__all__ = ["HEAD", "layers_of", "network", "weights_of"]

#: Numbers by which a head of attention compares pieces.
HEAD = 32
WEIGHT_LEVELS, INPUT_LEVELS = 63, 255
#: The middle of an input's levels, where 0 lies.
MIDDLE = 128
#: The least that GELU gives is -0.17.
LEAST_BENT = -0.17
TINY, HIDDEN = 1e-12, -1e4
OPSET, FORMAT = 20, 9
SCALE = "/scale"


def layers_of(weights: Mapping[str, Any]) -> int:
    """Number of layers."""
    return sum(name.endswith(".heed") for name in weights)


def network(weights: Mapping[str, Floats], findings: Sequence[str], pieces: Sequence[str]) -> bytes:
    """The reader as an ONNX file.

    Args:
        weights: "word" (V, D) and "place" (L, D) with "start_scale" and "start_shift"; for each layer
            "0.heed" (D, 3D) to queries, keys and values, "0.seen" (D, D), "0.wide" (D, 4D) and "0.narrow"
            (4D, D), each with its "0.heed_bias" and so on, and the norms "0.seen_scale", "0.seen_shift",
            "0.out_scale", "0.out_shift"; "heads" (2D, 2F) with "heads_bias", topics before denials.
        findings: (F,) what the outputs stand for.
        pieces: (V,) pieces of words.
    """
    onnx: Any = import_module("onnx")
    g = _Graph(onnx, weights)
    x = _read(g)
    for layer in range(layers_of(weights)):
        x = _layer(g, f"{layer}.", x)
    g.op("Identity", g.map("heads", _summed(g, x)), output="heard")
    value = onnx.helper.make_tensor_value_info
    kinds = onnx.TensorProto
    inputs = [
        value(name, kinds.INT64, [size])
        for name, size in (("numbers", "n"), ("firsts", "w"), ("lasts", "w"))
    ]
    outputs = [value("heard", kinds.FLOAT, ["w", 2 * len(findings)])]
    graph = onnx.helper.make_graph(g.nodes, "reader", inputs, outputs, g.held)
    model = onnx.helper.make_model(
        graph, opset_imports=[onnx.helper.make_opsetid("", OPSET)], ir_version=FORMAT
    )
    said = {"findings": "\n".join(findings), "pieces": "\n".join(pieces)}
    onnx.helper.set_model_props(model, said)
    onnx.checker.check_model(model)
    written: bytes = model.SerializeToString()
    return written


def weights_of(path: Path) -> dict[str, Floats]:
    """The weights that `network` was given, as far as whole numbers keep them."""
    onnx: Any = import_module("onnx")
    stored = {
        held.name: onnx.numpy_helper.to_array(held) for held in onnx.load(path).graph.initializer
    }
    return {
        name: array * stored[name + SCALE]
        if name + SCALE in stored
        else np.array(array, dtype=np.float32)
        for name, array in stored.items()
        if "/" not in name
    }


@dataclass(eq=False)
class _Graph:
    """Operations and the constants that they use, as they are added."""

    onnx: Any
    weights: Mapping[str, Floats]
    nodes: list[Any] = field(default_factory=list)
    held: list[Any] = field(default_factory=list)

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

    def map(self, name: str, x: str, least: float | None = None) -> str:
        """A linear map in whole numbers of an input that may be as low as high, or has a least value."""
        kinds, weights = self.onnx.TensorProto, self.weights[name]
        scale = np.abs(weights).max(axis=0) / WEIGHT_LEVELS + TINY
        numbers = np.round(weights / scale).astype(np.int8)
        shown = self.op("Abs", x) if least is None else self.op("Sub", x, least)
        zero, levels = (MIDDLE, MIDDLE - 1) if least is None else (0, INPUT_LEVELS)
        high = self.op("ReduceMax", shown, [1], keepdims=1)
        levelled = self.op(
            "Mul", x if least is None else shown, self.op("Div", float(levels), high)
        )
        # A half more, as what follows cuts off the fraction.
        asked = self.op("Cast", self.op("Add", levelled, zero + 0.5), to=kinds.UINT8)
        product = self.op("MatMulInteger", asked, self.constant(numbers, name), np.uint8(zero))
        # The scales one after the other: together they would be taken for one number for the whole input.
        y = self.op(
            "Mul", self.op("Cast", product, to=kinds.FLOAT), self.op("Mul", high, 1 / levels)
        )
        y = self.op("Mul", y, self.constant(scale, name + SCALE))
        if least is not None:
            y = self.op("Add", y, least * numbers.sum(axis=0) * scale)
        return self.op("Add", y, self.weight(f"{name}_bias"))

    def normed(self, x: str, name: str) -> str:
        """Each row with mean 0 and spread 1, scaled and shifted."""
        scale, shift = self.weight(f"{name}_scale"), self.weight(f"{name}_shift")
        return self.op("LayerNormalization", x, scale, shift, epsilon=TINY, axis=-1)


def _read(g: _Graph) -> str:
    """(n, D) what stands for each piece at its place."""
    words = g.weights["word"]
    scale = np.abs(words).max(axis=1, keepdims=True) / 127 + TINY
    stored = g.constant(np.round(words / scale).astype(np.int8), "word")
    numbers = g.op("Cast", g.op("Gather", stored, "numbers"), to=g.onnx.TensorProto.FLOAT)
    scales = g.op("Gather", g.constant(scale, f"word{SCALE}"), "numbers")
    places = g.op("Slice", g.weight("place"), [0], g.op("Shape", "numbers"))
    return g.normed(g.op("Add", g.op("Mul", numbers, scales), places), "start")


def _layer(g: _Graph, at: str, x: str) -> str:
    seen = g.map(f"{at}seen", _attended(g, g.map(f"{at}heed", x)))
    x = g.normed(g.op("Add", x, seen), f"{at}seen")
    bent = g.op("Gelu", g.map(f"{at}wide", x), approximate="tanh")
    return g.normed(g.op("Add", x, g.map(f"{at}narrow", bent, LEAST_BENT)), f"{at}out")


def _attended(g: _Graph, asked: str) -> str:
    """(n, D) what each piece takes from the others, by its query, keys and values."""
    size = g.weights["word"].shape[1]
    heads = g.op("Reshape", asked, [-1, 3, size // HEAD, HEAD])
    heads = g.op("Transpose", heads, perm=[1, 2, 0, 3])
    query, key, value = (
        g.op("Squeeze", g.op("Slice", heads, [i], [i + 1], [0]), [0]) for i in range(3)
    )
    near = g.op("MatMul", query, g.op("Transpose", key, perm=[0, 2, 1]))
    heed = g.op("Softmax", g.op("Mul", near, HEAD**-0.5), axis=-1)
    seen = g.op("Transpose", g.op("MatMul", heed, value), perm=[1, 0, 2])
    return g.op("Reshape", seen, [-1, size])


def _summed(g: _Graph, states: str) -> str:
    """(W, 2D) mean and highest of the states in each window."""
    places = g.op("Range", 0, g.op("Squeeze", g.op("Shape", "numbers")), 1)
    after = g.op("GreaterOrEqual", places, g.op("Unsqueeze", "firsts", [1]))
    inside = g.op("And", after, g.op("Less", places, g.op("Unsqueeze", "lasts", [1])))
    counted = g.op("Cast", inside, to=g.onnx.TensorProto.FLOAT)
    sizes = g.op("ReduceSum", counted, [1], keepdims=1)
    means = g.op("Div", g.op("MatMul", counted, states), sizes)
    shown = g.op("Where", g.op("Unsqueeze", inside, [2]), states, HIDDEN)
    return g.op("Concat", means, g.op("ReduceMax", shown, [1], keepdims=0), axis=1)
