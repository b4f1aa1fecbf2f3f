"""x · (0.5 · (1 + erf(x / √2))) as the one node that ONNX Runtime has for it:
five passes over the widest tensor become one.

ONNX Runtime fuses this form itself only where a constant divides it in a way that the exporter's graph does not have.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import GraphProto, NodeProto, helper, numpy_helper

DOMAIN = "com.microsoft"


def fuse_gelu(path: Path) -> int:
    """Rewrites a graph in place, one without a token head in a branch (idle_head.py comes later). Returns how many
    were fused.
    """
    model = onnx.load(str(path))
    count = fuse(model.graph)
    if count:
        if not any(item.domain == DOMAIN for item in model.opset_import):
            model.opset_import.append(helper.make_opsetid(DOMAIN, 1))
        onnx.checker.check_model(model)
        onnx.save(model, str(path))
    return count


def fuse(graph: GraphProto) -> int:
    producer = {name: node for node in graph.node for name in node.output}
    constants = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant":
            constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
    uses: dict[str, list[NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            uses.setdefault(name, []).append(node)

    def only_use(node: NodeProto, kind: str) -> NodeProto | None:
        users = uses.get(node.output[0], [])
        return users[0] if len(users) == 1 and users[0].op_type == kind else None

    def has_constant(node: NodeProto, value: float) -> bool:
        return any(
            name in constants and constants[name].size == 1 and np.isclose(constants[name].item(), value, rtol=1e-4)
            for name in node.input
        )

    count = 0
    for erf in [node for node in graph.node if node.op_type == "Erf"]:
        divide = producer.get(erf.input[0])
        add = only_use(erf, "Add")
        half = add and only_use(add, "Mul")
        product = half and only_use(half, "Mul")
        if not (
            divide
            and product
            and divide.op_type == "Div"
            and has_constant(divide, 2**0.5)
            and has_constant(add, 1)
            and has_constant(half, 0.5)
        ):
            continue
        value = divide.input[0]
        if value not in product.input:
            continue
        index = next(at for at, node in enumerate(graph.node) if node is product or node.output[0] == product.output[0])
        graph.node.insert(
            index, helper.make_node("Gelu", [value], [product.output[0]], name=f"{erf.name}_gelu", domain=DOMAIN)
        )
        for node in (divide, erf, add, half, product):
            graph.node.remove(node)
        count += 1
    used = {name for node in graph.node for name in node.input} | {output.name for output in graph.output}
    for item in [item for item in graph.initializer if item.name not in used]:
        graph.initializer.remove(item)
    return count
