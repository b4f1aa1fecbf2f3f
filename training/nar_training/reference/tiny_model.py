"""The tiny seeded model of the golden traces: a whole model folder (docs/model-format.md) well below 1 MB.

A random network with the usual small initial weights predicts the same thing everywhere and never edits. This one is
drawn with large weights, and its heads are biased so that deletions, gaps, fills, `<drop>` and several rounds occur.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn

from ..data.tokenizer import (
    BLANK,
    DROP,
    END,
    RESERVED,
    SPECIAL_TOKENS,
    TASKS,
    tokenizer_config,
    train_tokenizer,
)
from ..network.model import NarModel, build
from ..package import links, ngrams, transitions
from ..package.export import export_onnx, parity
from ..package.folder import graph_block, vocabulary_sha256
from ..package.ngrams import Counts, count

SEED = 7
TOKENIZER_TEXT = [
    "The server returns an error when the file is missing.",
    "Then the other thread reads the list of the entries.",
] * 4


def tiny_tokenizer(vocabulary: int) -> Tokenizer:
    return train_tokenizer(TOKENIZER_TEXT, vocabulary)


def tiny_model(seed: int = SEED) -> NarModel:
    model = build("tiny", seed).eval()
    generator = torch.Generator().manual_seed(seed)

    def draw(parameter: nn.Parameter, deviation: float) -> None:
        parameter.copy_(torch.randn(parameter.shape, generator=generator) * deviation)

    with torch.no_grad():
        for embedding, deviation in ((model.tokens, 0.45), (model.positions, 0.6), (model.segments, 0.3)):
            draw(embedding.weight, deviation)
        for layer in model.layers:
            for linear in (layer.query_key_value, layer.attention_output, layer.inner, layer.output):
                draw(linear.weight, 0.25)
        for head, deviation in (
            (model.operation, 0.5),
            (model.insertion, 0.2),
            (model.length, 0.25),
            (model.salience, 0.3),
            (model.head_transform, 0.3),
        ):
            draw(head.weight, deviation)
        model.operation.bias.copy_(torch.tensor([2.5, -1.5, 2.0]))
        model.insertion.bias.copy_(torch.tensor([4.5, 2.5, 1.0, -1.0, -2.0, -3.0, -4.0, -5.0]))
        classes = torch.arange(2 * model.configuration.length_offset + 1) - model.configuration.length_offset
        model.length.bias.copy_(-0.6 * (classes + 3).abs().float())
        model.head_norm.weight.fill_(2.0)
        model.head_bias[DROP], model.head_bias[END] = 9.0, 2.5
    return model


def tiny_ctc_model(seed: int = SEED) -> NarModel:
    """The tiny model with a head that gives the blank: about every third slot of a canvas."""
    model = tiny_model(seed)
    with torch.no_grad():
        model.forbidden[BLANK] = 0
        model.head_bias[BLANK] = 9.5
    return model


def tiny_transitions(vocabulary: int, rank: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """E1 and E2 of the fixture: strong enough to overrule the network in places."""
    generator = np.random.default_rng(SEED)
    left, right = generator.normal(0, 0.8, (2, vocabulary, rank)).astype(np.float32)
    return left, right


def tiny_links(width: int, rank: int = 4) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """W_Q, W_K, b of seven distances, and three vertices a token: short steps are likelier, but not always taken."""
    generator = np.random.default_rng(SEED)
    query, key = generator.normal(0, 0.2, (2, width, rank)).astype(np.float32)
    return query, key, np.array([0.5, 0.3, 0.1, -0.4, -0.8, -1.5, -2.5], np.float32), 3


def tiny_counts(vocabulary: int) -> Counts:
    """N-grams of random text in which few tokens are frequent, as in a language."""
    generator = np.random.default_rng(SEED)
    tokens = (RESERVED + (generator.zipf(1.2, 6000) * 37) % (vocabulary - RESERVED)).astype(np.uint16)
    tokens[generator.random(6000) < 0.1] = END
    return count(tokens, vocabulary, END)


def write_folder(folder: Path, model: NarModel, tokenizer: Tokenizer, capabilities: list[str] | None = None) -> float:
    """Returns the largest difference between PyTorch and onnxruntime."""
    folder.mkdir(parents=True, exist_ok=True)
    configuration = model.configuration
    graph = folder / "onnx" / "model.onnx"
    export_onnx(model, graph)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    write_json(folder / "tokenizer_config.json", tokenizer_config())
    write_json(folder / "config.json", {"model_type": "bert", "nar": configuration.as_dict()})
    files = ["onnx/model.onnx", "tokenizer.json", "tokenizer_config.json", "config.json"]
    if not capabilities:
        (folder / "crf.bin").write_bytes(transitions.pack(*tiny_transitions(configuration.vocabulary)))
        (folder / "ngrams.bin").write_bytes(ngrams.pack(tiny_counts(configuration.vocabulary)))
        (folder / "dag.bin").write_bytes(links.pack(*tiny_links(configuration.width)))
        files += ["crf.bin", "ngrams.bin", "dag.bin"]
    names = ["pad", "mask", "begin", "end", "blank", "copy", "openDeleted", "closeDeleted", "drop", *TASKS]
    assert len(names) <= len(SPECIAL_TOKENS)
    write_json(
        folder / "manifest.json",
        {
            "formatVersion": 1,
            "name": folder.name,
            "version": "1.0.0",
            "license": "Apache-2.0",
            "description": "Random weights for tests: it edits a lot and means nothing.",
            "tasks": list(TASKS),
            "files": {
                name: {
                    "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
                    "bytes": (folder / name).stat().st_size,
                }
                for name in files
            },
            "vocabularySha256": vocabulary_sha256(folder / "tokenizer.json"),
            "graph": graph_block(configuration),
            "specialTokens": {name: index for index, name in enumerate(names)},
            "temperatures": {"operation": 1.0, "insertion": 1.0, "fill": 1.0},
            "thresholds": {"correct": {"default": 0.05, "lexicon": 0.05, "highConfidence": 0.9, "byType": {}}},
            **({"capabilities": capabilities} if capabilities else {}),
        },
    )
    return parity(model, graph)


def write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
