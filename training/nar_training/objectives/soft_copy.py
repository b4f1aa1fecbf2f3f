"""Soft copy (imitation learning for NAT, Wei 2019, section 3.3): each slot starts from a mixture of the source tokens.

    slot_t = mask + Σ_n w_tn E[x_n],   w_tn = softmax_n( -|n - t · N / T| / τ ),   τ > 0 learnt
    loss   = mean_t -log p(y_t | X, slots) + 0.1 · CE(T - N)

Uniform copying (Gu 2018, Lee 2018) is τ -> 0: the nearest source token alone.
"""

import torch
from torch import Tensor, nn

from ..data.tokenizer import MASK
from ..network.model import NarModel
from .pairs import LENGTH_WEIGHT, Pairs, length_loss, token_loss
from .vectors import answers_from_vectors, length_row
from .word_alignment import source_lengths, source_tokens


def add_temperature(model: NarModel) -> None:
    model.copy_temperature = nn.Parameter(torch.zeros(()))  # log τ


def copy_weights(source_counts: Tensor, target_counts: Tensor, size: int, slots: int, temperature: Tensor) -> Tensor:
    """w [batch, slots, size]; a row sums to 1 over the real source tokens."""
    device = source_counts.device
    at = torch.arange(slots, device=device) * (source_counts / target_counts.clamp(min=1))[:, None]  # t · N / T
    places = torch.arange(size, device=device)
    distance = (places[None, None, :] - at[:, :, None]).abs()
    scores = (-distance / temperature).masked_fill(places >= source_counts[:, None, None], -torch.inf)
    return scores.softmax(2)


def soft_copies(model: NarModel, pairs: Pairs) -> Tensor:
    """[batch, T, width] for targets of the pairs' lengths."""
    tokens, _ = source_tokens(pairs)
    weights = copy_weights(
        source_lengths(pairs),
        pairs.lengths,
        tokens.shape[1],
        pairs.target.shape[1],
        model.copy_temperature.float().exp(),
    )
    embedded = model.tokens(tokens)
    return weights.to(embedded.dtype) @ embedded + model.tokens.weight[MASK]


def soft_copy_loss(model: NarModel, pairs: Pairs) -> tuple[Tensor, dict[str, float]]:
    rows, source = answers_from_vectors(model, pairs, soft_copies(model, pairs))
    token = token_loss(model.token_logits(rows[pairs.real]), pairs.target[pairs.real])
    length = length_loss(model, length_row(model, source, pairs), pairs)
    figures = {"token": token.item(), "length": length.item(), "temperature": model.copy_temperature.exp().item()}
    return token + LENGTH_WEIGHT * length, figures
