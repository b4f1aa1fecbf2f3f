"""One int8 matrix for the token embedding and the token head, which are the same weights.

The quantizer makes two of them: the embedding [V, width] with one scale, and the head's own [width, V] with a scale for
each token, laid out as a product wants it. With a large vocabulary each is a quarter of the file. The
embedding can read the head's columns instead: a row of V x width is a column of width x V, and its
scale is finer than the one it had.

The matrix is stored unsigned. Signed ones saturate in products on processors without VNNI, unless ONNX Runtime turns
them ("session.x64quantprecision"), which it does not with what a branch of the graph reads from outside (idle_head.py).
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import GraphProto, NodeProto, TensorProto, helper, numpy_helper

EMBEDDING = "model.tokens.weight_quantized"  # names that the exporter and the quantizer give
HEAD = "head_matrix_quantized"
MIDDLE = 128
SCALE, ZERO_POINT = "head_matrix_scale", "head_matrix_zero_point"


def share_matrix(path: Path) -> bool:
    """Rewrites an int8 graph in place; False where it has no two such matrices (a float graph, or one that is done)."""
    model = onnx.load(str(path))
    if not point_to_head(model.graph):
        return False
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    return True


def point_to_head(graph: GraphProto) -> bool:
    constants = {item.name: item for item in graph.initializer}
    gather = next((node for node in graph.node if node.op_type == "Gather" and node.input[0] == EMBEDDING), None)
    if gather is None or HEAD not in constants:
        return False
    if np.any(numpy_helper.to_array(constants[ZERO_POINT])):
        raise ValueError(f"{ZERO_POINT} is not 0: the head's columns are no plain multiples of their scales")
    make_unsigned(constants[HEAD], constants[ZERO_POINT])
    (dequantize,) = (node for node in graph.node if gather.output[0] in node.input)
    graph.initializer.append(numpy_helper.from_array(np.array(MIDDLE, np.float32), "columns_middle"))
    index = next(at for at, node in enumerate(graph.node) if node.name == gather.name)
    for node in (gather, dequantize):
        graph.node.remove(node)
    for at, node in enumerate(columns(gather.input[1], dequantize.output[0])):
        graph.node.insert(index + at, node)
    used = {name for node in graph.node for name in node.input}
    for name in [EMBEDDING, *dequantize.input[1:]]:
        if name not in used:
            graph.initializer.remove(constants[name])
    return True


def make_unsigned(matrix: TensorProto, zero_point: TensorProto) -> None:
    """int8 around 0 -> uint8 around 128, in place."""
    for tensor in (matrix, zero_point):
        values = (numpy_helper.to_array(tensor).astype(np.int16) + MIDDLE).astype(np.uint8)
        tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))


def columns(token_ids: str, embedding: str) -> list[NodeProto]:
    """token_ids [batch, length] -> the head's columns times their scales [batch, length, width]."""
    return [
        helper.make_node("Gather", [HEAD, token_ids], ["columns_quantized"], axis=1),  # [width, batch, length]
        helper.make_node("Cast", ["columns_quantized"], ["columns_whole"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [SCALE, token_ids], ["columns_scale"], axis=0),  # [batch, length]
        helper.make_node("Sub", ["columns_whole", "columns_middle"], ["columns_signed"]),
        helper.make_node("Mul", ["columns_signed", "columns_scale"], ["columns_scaled"]),
        helper.make_node("Transpose", ["columns_scaled"], [embedding], perm=[1, 2, 0]),
    ]
