"""Glancing training (GLAT, Qian 2021, section 3.2): reveal as many target tokens as the model still gets wrong.

    Ŷ = argmax p(Y | X, all hidden);   n = floor(ρ · Hamming(Ŷ, Y));   Y_M = Y with T - n random tokens hidden
    loss = mean over hidden y_t of -log p(y_t | X, Y_M)  + 0.1 · CE(T - N)          ρ: 0.5 -> 0.3 over the training

`hidden_only` off scores the revealed tokens as well, as MIST's code does. Cost: one more forward without gradient.
The accuracy of the training pass is flattering because it reads glances (GLAT issue 13): what is logged as
`full_mask_accuracy` is that of Ŷ, which has seen none.
"""

import torch
from torch import Tensor

from ..network.model import NarModel
from .pairs import LENGTH_WEIGHT, Pairs, answers, best_tokens, length_loss, masked_slots, token_loss


def glancing_ratio(spent: float, start: float = 0.5, end: float = 0.3) -> float:
    """ρ falls linearly with the share of the training that is spent (0 … 1)."""
    return start + (end - start) * min(1.0, max(0.0, spent))


def random_choice(eligible: Tensor, counts: Tensor, generator: torch.Generator | None) -> Tensor:
    """Uniformly `counts` [batch] of the eligible places [batch, T], without a loop: the smallest of random keys."""
    keys = torch.rand(eligible.shape, generator=generator, device=generator.device if generator else eligible.device)
    keys = keys.to(eligible.device).masked_fill(~eligible, 2.0)
    return (keys.argsort(1).argsort(1) < counts[:, None]) & eligible


def revealed(
    guesses: Tensor, target: Tensor, real: Tensor, ratio: float, generator: torch.Generator | None = None
) -> Tensor:
    """Which places to reveal: floor(ratio · number of wrong guesses) of the real ones; all [batch, T]."""
    distance = ((guesses != target) & real).sum(1)
    return random_choice(real, (ratio * distance + 1e-6).floor(), generator)


def glat_loss(
    model: NarModel,
    pairs: Pairs,
    ratio: float,
    generator: torch.Generator | None = None,
    hidden_only: bool = True,
    smoothing: float = 0.0,
) -> tuple[Tensor, dict[str, float]]:
    real, all_hidden = pairs.real, masked_slots(pairs)
    with torch.no_grad():
        rows, _ = answers(model, pairs, all_hidden)
        guesses = best_tokens(model, rows, real)
    shown = revealed(guesses, pairs.target, real, ratio, generator)
    slots = torch.where(shown, pairs.target, all_hidden)
    rows, first = answers(model, pairs, slots)
    scored = real & ~shown if hidden_only else real
    logits = model.token_logits(rows[scored])
    token = token_loss(logits, pairs.target[scored], smoothing)
    # With few tokens hidden the length would weigh too much beside them (fairseq's length factor · hidden / total).
    share = scored.sum() / real.sum()
    length = length_loss(model, first, pairs)
    figures = {
        "token": token.item(),
        "length": length.item(),
        "revealed": (shown.sum() / real.sum()).item(),
        "full_mask_accuracy": ((guesses == pairs.target) & real).sum().item() / real.sum().item(),
    }
    return token + LENGTH_WEIGHT * share * length, figures
