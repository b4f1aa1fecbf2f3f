"""One temperature a head, of least cross-entropy on real corrections (Guo 2017): operation, insertion, fill.

    python -m nar_training.fit.temperatures --model models/nar-base        # writes manifest.json; then fit.calibrate

Reads logits of the graph with labels of our own tokenizer; what the product makes of them is calibrated afterwards.
"""

import argparse
import math
from collections import defaultdict
from pathlib import Path

import numpy as np

from ..data.align import labels_from_encodings
from ..data.guard import read_json, read_jsonl, run
from ..data.paths import DATA, LEXICON, REPOSITORY
from ..data.tokenizer import BEGIN, END, FIX, load_tokenizer
from ..package.export import OUTPUTS, open_session
from ..package.folder import write_json
from ..prior.features import segments_of
from ..prior.lexicon import Lexicon
from ..prior.near_words import Prior

TEMPERATURES = np.exp(np.linspace(math.log(0.3), math.log(3), 47))


class Graph:
    """One row through the graph, batch 1."""

    def __init__(self, path: Path):
        self.session = open_session(path)
        shape = next(value for value in self.session.get_inputs() if value.name == "past_keys").shape
        self.cache_shape = (shape[0], 1, shape[2], 0, shape[4])

    def forward(
        self,
        tokens: list[int],
        segments: list[int],
        cache: tuple[np.ndarray, np.ndarray] | None,
        rows: list[int],
        score_ids: list[int],
    ) -> dict[str, np.ndarray]:
        length = len(tokens)
        empty = np.zeros(self.cache_shape, np.float32)
        keys, values = cache or (empty, empty)
        inputs = {
            "token_ids": np.array([tokens]),
            "positions": np.arange(length)[None],
            "segments": np.array([segments]),
            "attention_mask": np.ones((1, length, length), bool),
            "past_mask": np.ones((1, keys.shape[3]), bool),
            "past_keys": keys,
            "past_values": values,
            "logit_positions": np.array([rows], np.int64).reshape(1, -1),
            "score_ids": np.array([score_ids], np.int64).reshape(1, -1),
        }
        return dict(zip(OUTPUTS, self.session.run(OUTPUTS, inputs), strict=True))


def logits_of(graph: Graph, tokenizer, prior: Prior, records: list[dict]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Of each head: logits or log-probabilities [N, classes] and the right class [N]."""
    logits: dict[str, list] = defaultdict(list)
    labels: dict[str, list] = defaultdict(list)
    for record in records:
        source, target = tokenizer.encode(record["before"]), tokenizer.encode(record["after"])
        answer = labels_from_encodings(source, target, record["before"], record["after"])
        if answer is None:
            continue
        segments = segments_of(record["before"], source, prior)
        result = graph.forward([BEGIN, FIX, *source.ids, END], [0, 0, *segments, 0], None, [], [])
        logits["operation"].append(result["operation_logits"][0, 2:-1])
        labels["operation"] += answer.operations
        logits["insertion"].append(result["insertion_logits"][0, 1:])
        labels["insertion"] += answer.insertions
        slots = [index for index, wanted in enumerate(answer.draft_targets) if wanted >= 0]
        if not slots:
            continue
        fill = graph.forward(
            [BEGIN, *answer.draft_ids, END],
            [1] * (len(answer.draft_ids) + 2),
            (result["keys"], result["values"]),
            [index + 1 for index in slots],
            [answer.draft_targets[index] for index in slots],
        )
        best, own = fill["candidate_log_probs"][0], fill["score_log_probs"][0]
        rest = np.log(np.maximum(1e-9, 1 - np.exp(best).sum(1, keepdims=True)))
        logits["fill"].append(np.concatenate([best, rest], 1))
        labels["fill"] += [
            int(np.argmin(np.abs(row - score))) if abs(row - score).min() < 1e-4 else best.shape[1]
            for row, score in zip(best, own, strict=True)
        ]
    return {name: (np.concatenate(rows).astype(np.float64), np.array(labels[name])) for name, rows in logits.items()}


def best_temperature(rows: np.ndarray, wanted: np.ndarray) -> float:
    losses = {}
    for temperature in TEMPERATURES:
        scaled = rows / temperature
        scaled = scaled - scaled.max(1, keepdims=True)
        losses[temperature] = float((np.log(np.exp(scaled).sum(1)) - scaled[np.arange(len(wanted)), wanted]).mean())
    return round(float(min(losses, key=losses.__getitem__)), 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=REPOSITORY / "models" / "nar-base")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--lexicon", type=Path, default=LEXICON)
    parser.add_argument("--limit", type=int, default=1200, help="pairs")
    arguments = parser.parse_args()
    manifest = read_json(arguments.model / "manifest.json")
    records = [
        *read_jsonl(arguments.data / "edits" / "typo.dev.jsonl.zst"),
        *(r for r in read_jsonl(arguments.data / "edits" / "grammar.dev.jsonl.zst") if r["strength"] == "error"),
    ]
    heads = logits_of(
        Graph(arguments.model / "onnx" / "model_int8.onnx"),
        load_tokenizer(arguments.model / "tokenizer.json"),
        Prior(Lexicon.load(arguments.lexicon)),
        records[:: max(1, len(records) // arguments.limit)],
    )
    manifest["temperatures"] = {name: best_temperature(*heads[name]) for name in ("operation", "insertion", "fill")}
    print(f"temperatures {manifest['temperatures']}")
    write_json(arguments.model / "manifest.json", manifest)


if __name__ == "__main__":
    run(main)
