"""fp32 graph -> int8 (dynamic quantization, per channel), with the traps of the design notes handled.

- the token head is its own, already transposed initializer (export.Graph): a Transpose -> MatMul would stay fp32;
- value_info was cleared at export: torch's recorded shapes stop the quantizer;
- attention's products of two activations stay fp32 (MatMulConstBOnly), embeddings become int8 through Gather.
"""

import logging
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic


def quantize(source: Path, target: Path, keep_float: tuple[str, ...] = ()) -> None:
    """`keep_float`: parts of node or initializer names whose MatMul stays fp32."""
    graph = onnx.load(str(source)).graph
    excluded = [
        node.name
        for node in graph.node
        if any(part in name for part in keep_float for name in (node.name, *node.input))
    ]
    logging.getLogger().setLevel(logging.ERROR)
    quantize_dynamic(
        str(source),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=False,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        nodes_to_exclude=excluded,
        extra_options={"MatMulConstBOnly": True},
    )
