"""Start from a shipped model: its fp16 graph back to a checkpoint, on a machine that has the repository alone.

    python -m nar_training.network.from_graph --model models/nar-base --work training/runs --output \
        training/runs/shipped.pt

The exporter keeps the names of vectors and embeddings; the matrices of products stand without a name,
transposed, in the order in which the network multiplies by them (export.py). What only the token head needs stands
in a branch of its own (package/idle_head.py). float16 has eleven significant bits: more than any step changes.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

from ..data.guard import DataError, read_json, run
from ..data.paths import REPOSITORY, WORK
from ..data.tokenizer import token_texts, vocabulary_key
from . import checkpoint
from .model import Configuration, NarModel

FORBIDDEN = -1e8  # the head's offset of a token that may not be written is lower than any bias


def matrix_names(layers: int, branched: bool) -> list[str]:
    """Parameters whose matrix has lost its name, in the order of `initializers_of`."""
    parts = ("query_key_value", "attention_output", "inner", "output")
    heads = ("operation", "insertion", "salience")
    heads = (*heads, "head_transform") if branched else ("head_transform", *heads)
    return [f"layers.{layer}.{part}.weight" for layer in range(layers) for part in parts] + [
        f"{head}.weight" for head in heads
    ]


def branches_of(graph: Any) -> list[Any]:
    return [
        attribute.g
        for node in graph.node
        if node.op_type == "If"
        for attribute in node.attribute
        if attribute.name.endswith("_branch")
    ]


def initializers_of(graph: Any) -> Iterator[Any]:
    """Those of the graph, then those of its branches."""
    yield from graph.initializer
    for branch in branches_of(graph):
        yield from branch.initializer


def read_graph(path: Path, configuration: Configuration) -> NarModel:
    """Raises DataError for a graph that is quantized or of another shape."""
    import onnx
    from onnx import numpy_helper

    named: dict[str, torch.Tensor] = {}
    matrices: list[torch.Tensor] = []
    graph = onnx.load(str(path)).graph
    for initializer in initializers_of(graph):
        tensor = torch.from_numpy(numpy_helper.to_array(initializer).copy())
        if initializer.name.startswith("model."):
            named[initializer.name.removeprefix("model.")] = tensor.float()
        elif initializer.name == "head_offset":
            named["head_bias"] = torch.where(tensor > FORBIDDEN, tensor, 0.0).float()
        elif tensor.is_floating_point() and tensor.dim() == 2:
            matrices.append(tensor.float().T)
    model = NarModel(configuration)
    wanted = model.state_dict()
    names = matrix_names(configuration.layers, bool(branches_of(graph)))
    if len(matrices) != len(names):
        raise DataError(f"{path}: {len(matrices)} matrices of products, {len(names)} are needed; take the fp16 graph")
    state = named | dict(zip(names, matrices, strict=True))
    wrong = [name for name in wanted if name not in state or state[name].shape != wanted[name].shape]
    if wrong:
        raise DataError(f"{path}: {wrong[0]} is missing or has another shape; take the fp16 graph of this model")
    model.load_state_dict({name: state[name] for name in wanted})
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=REPOSITORY / "models" / "nar-base")
    parser.add_argument("--work", type=Path, default=WORK, help="folder with the model's tokenizer.json")
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    graph = read_json(arguments.model / "manifest.json")["graph"]
    configuration = Configuration(
        vocabulary=graph["vocabulary"],
        width=graph["width"],
        layers=graph["layers"],
        heads=graph["heads"],
        inner=read_json(arguments.model / "config.json")["intermediate_size"],
        maximum_positions=graph["maximumPositions"],
        candidates=graph["candidates"],
        maximum_insertion=graph["maximumInsertion"],
        length_offset=graph["lengthOffset"],
    )
    model = read_graph(arguments.model / "onnx" / "model_fp16.onnx", configuration)
    checkpoint.save(
        arguments.output,
        {
            "configuration": configuration.as_dict(),
            "vocabulary": vocabulary_key(token_texts(arguments.work)),
            "step": 0,
            "elapsed": 0.0,
            "spent": 0.0,
            "model": model.state_dict(),
        },
    )
    print(f"{arguments.output}: weights of {arguments.model}")


if __name__ == "__main__":
    run(main)
