"""Conditional masked language modelling (Mask-Predict, Ghazvininejad 2019): the target with n of its tokens hidden.

    n = floor(u · T) + 1, u ~ U(0, 1);   loss = mean over hidden y_t of -log p(y_t | X, Y_visible) + 0.1 · CE(T - N)

Length is the class of T - N at row 0; `<begin>` and `<end>` are never hidden (the host knows the length it asked for).
"""

import numpy as np
import torch
from torch import Tensor

from ..data.pools import Example
from ..data.tokenizer import BEGIN, END, MASK
from ..network.model import NarModel
from .glat import random_choice
from .pairs import LENGTH_WEIGHT, Pairs, answers, length_loss, masked_slots, token_loss
from .rows import DRAFT, IGNORE, Row, append, source_row

LENGTH_OFFSET = 64


def length_class(source_length: int, target_length: int) -> int:
    return min(2 * LENGTH_OFFSET, max(0, target_length - source_length + LENGTH_OFFSET))


def cmlm_row(example: Example, task: int, random: np.random.Generator, kind: str, everything: float = 0.3) -> Row:
    """`everything` is the share of rows with all tokens hidden, the state every decoder starts from."""
    row = source_row(task, example.source, example.segments, kind)
    row.length_change = length_class(len(example.source), len(example.target))
    size = len(example.target)
    count = size if random.random() < everything else int(random.random() * size) + 1
    hidden = np.zeros(size, dtype=bool)
    hidden[random.permutation(size)[:count]] = True
    draft = [MASK if hide else token for token, hide in zip(example.target, hidden.tolist(), strict=True)]
    targets = [token if hide else IGNORE for token, hide in zip(example.target, hidden.tolist(), strict=True)]
    append(row, [BEGIN, *draft, END], list(range(size + 2)), [IGNORE, *targets, IGNORE], DRAFT)
    return row


def hidden_counts(
    lengths: Tensor,
    everything: float,
    generator: torch.Generator | None = None,
    lowest: float = 0.0,
    highest: float = 1.0,
) -> Tensor:
    """n of each row of a batch: floor(u T) + 1 with u ~ U(lowest, highest), or T with probability `everything`."""
    draws = torch.rand((2, len(lengths)), generator=generator).to(lengths.device)
    some = ((lowest + (highest - lowest) * draws[0]) * lengths).floor() + 1
    return torch.where(draws[1] < everything, lengths, torch.minimum(some, lengths)).long()


def cmlm_loss(
    model: NarModel,
    pairs: Pairs,
    everything: float = 0.3,
    generator: torch.Generator | None = None,
    lowest: float = 0.0,
    highest: float = 1.0,
    smoothing: float = 0.0,
) -> tuple[Tensor, dict[str, float]]:
    """The same over a batch of pairs; `everything` = 1 is the vanilla parallel model (Gu 2018), one state only."""
    hidden = random_choice(pairs.real, hidden_counts(pairs.lengths, everything, generator, lowest, highest), generator)
    rows, first = answers(model, pairs, torch.where(hidden, masked_slots(pairs), pairs.target))
    logits, wanted = model.token_logits(rows[hidden]), pairs.target[hidden]
    token, length = token_loss(logits, wanted, smoothing), length_loss(model, first, pairs)
    figures = {
        "token": token.item(),
        "length": length.item(),
        "accuracy": (logits.argmax(-1) == wanted).float().mean().item(),
    }
    return token + LENGTH_WEIGHT * length, figures
