"""The token head as a branch of the graph that runs only where rows are asked for.

Half of all passes read the edit heads alone, and a row of the token head costs a fifth of such a pass: its matrix of
V x width has to be read whole. A pass without rows is no way out in itself: onnxruntime-node 1.30 divides by zero in
it. So what only the four token outputs need moves into an `If` over the number of rows; the other branch gives empty
arrays.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

TOKEN_OUTPUTS = {
    "candidate_ids": TensorProto.INT64,
    "candidate_log_probs": TensorProto.FLOAT,
    "entropy": TensorProto.FLOAT,
    "score_log_probs": TensorProto.FLOAT,
}
PER_CANDIDATE = ("candidate_ids", "candidate_log_probs")


def skip_idle_head(path: Path, candidates: int) -> None:
    """Rewrites a graph of docs/model-format.md in place; of one that has the branch already only the weights move."""
    model = onnx.load(str(path))
    if not any(node.op_type == "If" for node in model.graph.node):
        move_head(model, candidates)
    else:
        take_weights_inside(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def move_head(model: ModelProto, candidates: int) -> None:
    graph = model.graph
    others = needed(graph, [output.name for output in graph.output if output.name not in TOKEN_OUTPUTS])
    wanted = needed(graph, TOKEN_OUTPUTS) - others
    head = [node for node in graph.node if any(name in wanted for name in node.output)]
    rest = [node for node in graph.node if node not in head]
    then_names = {name: f"{name}_of_rows" for name in TOKEN_OUTPUTS}
    for node in head:
        node.input[:] = [then_names.get(name, name) for name in node.input]
        node.output[:] = [then_names.get(name, name) for name in node.output]
    then_branch = helper.make_graph(
        head,
        "rows",
        [],
        [helper.make_tensor_value_info(then_names[name], kind, None) for name, kind in TOKEN_OUTPUTS.items()],
    )
    del graph.node[:]
    graph.node.extend(
        [
            *rest,
            *has_rows(),
            helper.make_node(
                "If",
                ["has_rows"],
                list(TOKEN_OUTPUTS),
                name="token_head",
                then_branch=then_branch,
                else_branch=empty_branch(candidates),
            ),
        ]
    )
    take_weights_inside(graph)


def take_weights_inside(graph: GraphProto) -> None:
    """What the head alone reads moves into its branch. ONNX Runtime turns signed weights, whose products saturate on
    processors without VNNI, only where it finds them beside the product ("session.x64quantprecision")."""
    (branch,) = (node for node in graph.node if node.op_type == "If")
    outside = {name for node in graph.node for name in node.input} | {value.name for value in graph.output}
    own = [item for item in graph.initializer if item.name not in outside]
    rows = next(attribute.g for attribute in branch.attribute if attribute.name == "then_branch")
    rows.initializer.extend(own)
    for item in own:
        graph.initializer.remove(item)


def needed(graph: GraphProto, outputs) -> set[str]:
    """Names of all values from which these outputs are computed, themselves included."""
    producer: dict[str, NodeProto] = {name: node for node in graph.node for name in node.output}
    found, waiting = set(), list(outputs)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += producer[name].input if name in producer else []
    return found


def has_rows() -> list[NodeProto]:
    return [
        helper.make_node("Size", ["logit_positions"], ["row_count"]),
        helper.make_node("Cast", ["row_count"], ["has_rows"], to=TensorProto.BOOL),
    ]


def empty_branch(candidates: int) -> GraphProto:
    """[batch, 0] and [batch, 0, candidates]: the shape of logit_positions says both."""
    nodes = [
        helper.make_node("Shape", ["logit_positions"], ["rows_shape"]),
        helper.make_node("Concat", ["rows_shape", "candidate_count"], ["candidates_shape"], axis=0),
    ]
    outputs = []
    for name, kind in TOKEN_OUTPUTS.items():
        zero = numpy_helper.from_array(np.zeros(1, np.int64 if kind == TensorProto.INT64 else np.float32))
        nodes.append(
            helper.make_node(
                "ConstantOfShape",
                ["candidates_shape" if name in PER_CANDIDATE else "rows_shape"],
                [f"{name}_of_none"],
                value=zero,
            )
        )
        outputs.append(helper.make_tensor_value_info(f"{name}_of_none", kind, None))
    return helper.make_graph(
        nodes,
        "no_rows",
        [],
        outputs,
        initializer=[numpy_helper.from_array(np.array([candidates], np.int64), "candidate_count")],
    )
