"""Masked diffusion (MDLM, Sahoo 2024; LLaDA, Nie 2025, Eq. 5): CMLM with another count of masks and a weight 1/t.

    t ~ U(ε, 1), every target token masked with probability t;   loss = E[ Σ_masked -log p(y_i | X, Y_t) / t ] / T

The expectation is the negative log-likelihood in a random order (an upper bound of the true one), which plain CMLM is
not: the few-mask states count as much as they occur while writing one token after the other. Times are antithetic
(evenly spread over the batch with one random shift), because 1/t makes single draws noisy.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..network.model import NarModel
from .pairs import LENGTH_WEIGHT, Pairs, answers, length_loss, masked_slots

SMALLEST_TIME = 1e-3


def diffusion_times(batch: int, generator: torch.Generator | None = None, smallest: float = SMALLEST_TIME) -> Tensor:
    """Antithetic times in [smallest, 1): one in every 1/batch of the range, in random order."""
    shift = torch.rand(1, generator=generator)
    even = (torch.arange(batch) / batch + shift) % 1
    return (smallest + (1 - smallest) * even)[torch.randperm(batch, generator=generator)]


def diffusion_weights(hidden: Tensor, times: Tensor, lengths: Tensor) -> Tensor:
    """Weight of every token's cross-entropy: 1 / (t T) where hidden, 0 elsewhere; [batch, T]."""
    return hidden / (times * lengths)[:, None]


def masked_diffusion_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None
) -> tuple[Tensor, dict[str, float]]:
    real = pairs.real
    times = diffusion_times(len(real), generator).to(real.device)
    hidden = (torch.rand(real.shape, generator=generator).to(real.device) < times[:, None]) & real
    rows, first = answers(model, pairs, torch.where(hidden, masked_slots(pairs), pairs.target))
    losses = F.cross_entropy(model.token_logits(rows[hidden]).float(), pairs.target[hidden], reduction="none")
    token = (losses * diffusion_weights(hidden, times, pairs.lengths)[hidden]).sum() / len(real)
    length = length_loss(model, first, pairs)
    plain = losses.mean().item() if len(losses) else 0.0
    return token + LENGTH_WEIGHT * length, {"bound": token.item(), "token": plain, "length": length.item()}
