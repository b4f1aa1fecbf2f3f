"""Quora question paraphrases (research-only) with MiniLM's own word pieces, so that a pre-trained start is exact.

The vocabulary is the part of MiniLM's that the questions need (lower-cased, as MIST and GLGE do); every kept piece has
its original embedding row, and the head costs a fifth of the full one. Batches depend on (seed, step) alone: a run
that is interrupted goes on exactly, with no state but its step.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers

from ..data.guard import read_jsonl
from ..data.pools import Example
from ..data.tokenizer import REPHRASE, RESERVED, SPECIAL_TOKENS
from ..network.minilm import load_minilm, minilm_folder
from ..network.model import Configuration, NarModel
from ..objectives.pairs import Pairs, make_pairs

VOCABULARY = 6000
LONGEST = 30  # word pieces of a question; hardly any is longer
UNKNOWN = SPECIAL_TOKENS[-1]
BLOCK = 2048  # pairs sorted by length at a time


@dataclass
class Quora:
    train: list[Example]
    dev: list[Example]
    dev_texts: list[tuple[str, str]]  # source, reference, as read
    tokenizer: Tokenizer
    pieces: list[str]  # MiniLM's piece of every id from RESERVED on


def old_pieces(folder: Path) -> list[str]:
    return [line for line in (folder / "vocab.txt").read_text(encoding="utf-8").split("\n") if line]


def make_tokenizer(vocabulary: dict[str, int], unknown: str) -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=unknown, continuing_subword_prefix="##"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    return tokenizer


def restricted_tokenizer(
    texts: list[str], everything: list[str], size: int = VOCABULARY
) -> tuple[Tokenizer, list[str]]:
    """Single characters (so that any word can be spelt) and the most frequent pieces, after the reserved ids."""
    full = make_tokenizer({piece: index for index, piece in enumerate(everything)}, "[UNK]")
    counts: Counter = Counter()
    for encoding in full.encode_batch(texts, add_special_tokens=False):
        counts.update(encoding.tokens)
    letters = [piece for piece in everything if len(piece.removeprefix("##")) == 1 and piece.isascii()]
    known = set(letters) | {"[UNK]"}
    frequent = [piece for piece, _ in counts.most_common() if piece not in known]
    pieces = letters + frequent[: size - RESERVED - len(letters)]
    names = SPECIAL_TOKENS + pieces
    return make_tokenizer({piece: index for index, piece in enumerate(names)}, UNKNOWN), pieces


def read_quora(data: Path) -> Quora:
    """Pairs with an unknown character or more than LONGEST pieces on a side are left out of both parts."""
    parts = {}
    for part in ("train", "dev"):
        records = read_jsonl(data / "research-only" / "quora" / f"{part}.jsonl.zst", research=True)
        parts[part] = [(record["source"], record["targets"][0]) for record in records]
    tokenizer, pieces = restricted_tokenizer(
        [text for pair in parts["train"] for text in pair], old_pieces(minilm_folder())
    )
    examples, texts = {}, {}
    unknown = tokenizer.token_to_id(UNKNOWN)
    for part, pairs in parts.items():
        sources = tokenizer.encode_batch([source for source, _ in pairs], add_special_tokens=False)
        targets = tokenizer.encode_batch([target for _, target in pairs], add_special_tokens=False)
        examples[part], texts[part] = [], []
        for source, target, pair in zip(sources, targets, pairs, strict=True):
            if (
                not 1 <= len(source.ids) <= LONGEST
                or not 1 <= len(target.ids) <= LONGEST
                or unknown in source.ids + target.ids
            ):
                continue
            examples[part].append(Example(source.ids, [0] * len(source.ids), [], [], [], [], target.ids))
            texts[part].append(pair)
    return Quora(examples["train"], examples["dev"], texts["dev"], tokenizer, pieces)


def start_network(quora: Quora, start: str, layers: int, seed: int) -> NarModel:
    """`minilm`: the lower layers and the embedding rows of its pieces; `random`: the same shape from scratch. Lengths
    are read from pooled states, as MIST and JANUS do.
    """
    torch.manual_seed(seed)
    model = NarModel(Configuration(vocabulary=RESERVED + len(quora.pieces), layers=layers, length_head="pooled"))
    if start == "minilm":
        load_minilm(model, quora.tokenizer)
        folder = minilm_folder()
        rows = {piece: index for index, piece in enumerate(old_pieces(folder))}
        state = load_file(folder / "model.safetensors")
        name = next(name for name in state if name.endswith("embeddings.word_embeddings.weight"))
        with torch.no_grad():
            model.tokens.weight[RESERVED:] = state[name].float()[[rows[piece] for piece in quora.pieces]]
    elif start != "random":
        raise ValueError(f"a run starts from minilm or random, not from {start!r}")
    return model


def batch_at(examples: list[Example], step: int, size: int, seed: int) -> list[int]:
    """Indices of the step's batch. Blocks of a shuffled epoch are sorted by length: little padding, no other state."""
    batches_a_block = BLOCK // size
    blocks = max(1, len(examples) // BLOCK)
    block, place = divmod(step, batches_a_block)
    epoch, block = divmod(block, blocks)
    order = np.random.default_rng((seed, epoch)).permutation(len(examples))
    chosen = order[block * BLOCK : (block + 1) * BLOCK]
    chosen = sorted(
        chosen.tolist(), key=lambda index: (len(examples[index].source) + len(examples[index].target), index)
    )
    starts = np.random.default_rng((seed, epoch, block)).permutation(max(1, len(chosen) // size))
    begin = int(starts[place % len(starts)]) * size
    return chosen[begin : begin + size]


def pairs_of(examples: list[Example], indices: list[int]) -> Pairs:
    return make_pairs([examples[index] for index in indices], [REPHRASE] * len(indices))
