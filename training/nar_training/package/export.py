"""Export to the one ONNX graph of docs/model-format.md, and check it against PyTorch.

python -m nar_training.package.export --tiny DIRECTORY          # seeded random fixture, fp32 (< 1 MB)
python -m nar_training.package.export --checkpoint FILE --output models/nar-base
"""

import argparse
import copy
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..network.model import NEVER, NarModel, build

OUTPUTS = [
    "keys",
    "values",
    "operation_logits",
    "insertion_logits",
    "length_logits",
    "salience_logits",
    "candidate_ids",
    "candidate_log_probs",
    "entropy",
    "score_log_probs",
]
INPUTS = [
    "token_ids",
    "positions",
    "segments",
    "attention_mask",
    "past_mask",
    "past_keys",
    "past_values",
    "logit_positions",
    "score_ids",
]


class Graph(nn.Module):
    """The contract's inputs and outputs around a NarModel; all of them stay float32 when the weights are `half`.

    Half precision is for GPUs. What needs the range stays float32: attention scores with their mask, the normalization
    inside LayerNorm (the operator's own rule), the token head's softmax with its log-probabilities of -1e9, and
    entropy.
    """

    def __init__(self, model: NarModel, half: bool = False):
        super().__init__()
        self.model = copy.deepcopy(model).half() if half else model
        self.half_weights = half
        # In half precision nothing is quantized, so the head reads the embedding's own matrix, and the file is smaller.
        # The tied head as its own, already transposed constant: Transpose(initializer) -> MatMul would be skipped by
        # the quantizer and re-transposed in every run.
        self.register_buffer("head_matrix", None if half else model.tokens.weight.detach().T.contiguous())  # [width, V]
        self.register_buffer("head_offset", (model.head_bias + model.forbidden).detach())  # [V]

    def forward(
        self,
        token_ids: Tensor,
        positions: Tensor,
        segments: Tensor,
        attention_mask: Tensor,
        past_mask: Tensor,
        past_keys: Tensor,
        past_values: Tensor,
        logit_positions: Tensor,
        score_ids: Tensor,
    ) -> tuple[Tensor, ...]:
        model = self.model
        hidden, keys, values = model.hidden_with_past(
            token_ids, positions, segments, attention_mask, past_mask, past_keys, past_values
        )
        rows = torch.gather(
            hidden, 1, logit_positions[:, :, None].expand(-1, -1, hidden.shape[2])
        )  # [batch, slots, width]
        features = model.head_features(rows)
        if self.half_weights:
            logits = (
                F.linear(features.flatten(0, 1), model.tokens.weight).unflatten(0, features.shape[:2]).float()
                + self.head_offset
            )
        else:
            logits = torch.matmul(features, self.head_matrix) + self.head_offset
        candidate_ids, candidate_log_probs, entropy, score_log_probs = read_logits(
            logits, score_ids, model.configuration.candidates
        )
        return (
            keys.float(),
            values.float(),
            model.operation(hidden).float(),
            model.insertion_logits(hidden).float(),
            model.length_changes(hidden, attention_mask[:, 0]).float(),  # row 0 sees the source
            model.salience(hidden)[:, :, 0].float(),
            candidate_ids,
            candidate_log_probs,
            entropy,
            score_log_probs,
        )


def read_logits(logits: Tensor, score_ids: Tensor, count: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """logits [batch, slots, V], score_ids [batch, slots] -> candidate ids and log-probabilities [batch, slots, count],
    entropy in nats and the log-probabilities of score_ids [batch, slots].

    The head's rows are wider than a processor's cache, so each reading of them counts. Softmax is the one pass over
    the vocabulary that writes; with Z its normalizer,  log Z = max - log p_max,  log p_i = l_i - log Z  and
    H = log Z - sum_i p_i l_i  (0 * NEVER is 0).
    """
    probabilities = torch.softmax(logits, dim=2)
    candidates, candidate_ids = torch.topk(logits, count, dim=2)
    normalizer = (
        candidates[:, :, :1] - torch.gather(probabilities, 2, candidate_ids[:, :, :1]).log()
    )  # [batch, slots, 1]
    entropy = normalizer[:, :, 0] - (probabilities * logits).sum(2)
    scores = torch.gather(logits, 2, score_ids[:, :, None]) - normalizer
    return candidate_ids, (candidates - normalizer).clamp(NEVER), entropy, scores[:, :, 0].clamp(NEVER)


def example_inputs(model: NarModel, batch: int, length: int, past: int, slots: int, seed: int = 0) -> dict[str, Tensor]:
    """Random inputs with a random (never empty) mask; used for tracing and for the parity check."""
    generator = torch.Generator().manual_seed(seed)
    configuration = model.configuration

    def integers(low: int, high: int, *shape: int) -> Tensor:
        return torch.randint(low, high, shape, generator=generator)

    cache = (configuration.layers, batch, configuration.heads, past, configuration.head_size)
    return {
        "token_ids": integers(1, configuration.vocabulary, batch, length),
        "positions": torch.arange(length).expand(batch, length).contiguous(),
        "segments": integers(0, configuration.segments, batch, length),
        "attention_mask": (torch.rand(batch, length, length, generator=generator) < 0.7)
        | torch.eye(length, dtype=torch.bool),
        "past_mask": torch.rand(batch, past, generator=generator) < 0.8,
        "past_keys": torch.randn(cache, generator=generator),
        "past_values": torch.randn(cache, generator=generator),
        "logit_positions": integers(0, length, batch, slots),
        "score_ids": integers(32, configuration.vocabulary, batch, slots),
    }


def export_onnx(model: NarModel, path: Path, half: bool = False) -> None:
    """Writes the graph of docs/model-format.md, with float32 or (`half`) float16 weights."""
    graph = Graph(model, half).eval()
    inputs = example_inputs(model, batch=2, length=7, past=5, slots=3)
    batch, length = torch.export.Dim("batch", min=1, max=64), torch.export.Dim("length", min=2, max=512)
    past, slots = torch.export.Dim("past", min=0, max=1024), torch.export.Dim("slots", min=0, max=512)
    shapes = {
        "token_ids": {0: batch, 1: length},
        "positions": {0: batch, 1: length},
        "segments": {0: batch, 1: length},
        "attention_mask": {0: batch, 1: length, 2: length},
        "past_mask": {0: batch, 1: past},
        "past_keys": {1: batch, 3: past},
        "past_values": {1: batch, 3: past},
        "logit_positions": {0: batch, 1: slots},
        "score_ids": {0: batch, 1: slots},
    }
    program = torch.onnx.export(
        graph,
        kwargs=inputs,
        dynamic_shapes=shapes,
        input_names=INPUTS,
        output_names=OUTPUTS,
        opset_version=18,
        dynamo=True,
        verbose=False,
        optimize=True,
    )
    proto = program.model_proto
    # Shapes that torch recorded for intermediate values stop the quantizer ("Inferred shape and existing shape
    # differ").
    del proto.graph.value_info[:]
    for node in proto.graph.node:  # traces of the source files: machine-specific and useless to a reader of the graph
        del node.metadata_props[:]
        node.doc_string = ""
    for value in [*proto.graph.input, *proto.graph.output, *proto.graph.initializer]:
        value.doc_string = ""
        del value.metadata_props[:]
    del proto.metadata_props[:], proto.graph.metadata_props[:]
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(proto, str(path))


def run_onnx(session, inputs: dict[str, Tensor]) -> dict[str, np.ndarray]:
    return dict(
        zip(OUTPUTS, session.run(OUTPUTS, {name: value.numpy() for name, value in inputs.items()}), strict=True)
    )


def open_session(path: Path):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # As in src/engine/model/runtime.ts: exact int8 products on processors without VNNI, which would saturate
    # (onnxruntime#5849).
    options.add_session_config_entry("session.x64quantprecision", "1")
    # Also as there: its kernel for "add, then normalize" is slower on a processor than the two that it replaces.
    options.add_session_config_entry("optimization.disable_specified_optimizers", "SkipLayerNormFusion")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


SHAPES = [(1, 2, 0, 0), (1, 2, 0, 1), (1, 5, 0, 0), (1, 2, 9, 1), (3, 17, 11, 6), (2, 32, 0, 32), (1, 40, 64, 3)]


def parity(model: NarModel, path: Path) -> float:
    """Largest difference between PyTorch and onnxruntime over shapes that include past 0, slots 0 and length 2."""
    session, graph, worst = open_session(path), Graph(model).eval(), 0.0
    for seed, shape in enumerate(SHAPES):
        inputs = example_inputs(model, *shape, seed=seed)
        with torch.no_grad():
            expected = dict(zip(OUTPUTS, graph(**inputs), strict=True))
        for name, actual in run_onnx(session, inputs).items():
            wanted = expected[name].numpy()
            if actual.shape != wanted.shape:
                raise ValueError(f"{name}: shape {actual.shape}, PyTorch gives {wanted.shape}")
            if name != "candidate_ids" and actual.size:  # ids of near ties may swap; their log-probabilities may not
                worst = max(worst, float(np.abs(np.maximum(actual, -100) - np.maximum(wanted, -100)).max()))
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tiny", type=Path, help="write the seeded tiny fixture to this directory")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.tiny:
        model = build("tiny", arguments.seed).eval()
        path = arguments.tiny / "onnx" / "model.onnx"
        export_onnx(model, path)
        print(f"{path}: {path.stat().st_size} bytes, largest difference to PyTorch {parity(model, path):.2e}")


if __name__ == "__main__":
    main()
