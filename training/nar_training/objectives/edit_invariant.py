"""Edit-invariant sequence loss (EISL, Liu 2022, Eq. 6-8): every n-gram of the reference, wherever the output says it.

    c_n(i, t) = 1/n Σ_{k<n} log p_{t+k}(y_{i+k})               the n-gram at i, said at slot t: a convolution of log p
    q_n(i, ·) = softmax_t( c_n(i, t) + Gumbel noise )          where to look for it
    loss      = 1/|n| Σ_n  1/(T - n + 1) Σ_i -Σ_t q_n(i, t) c_n(i, t)     mixed with cross-entropy

A phrase that stands two slots too late costs little, where cross-entropy punishes each of its tokens. log p is not
below FLOOR, as in the released code: a product of vanishing probabilities has no gradient worth following.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..network.model import NarModel
from .pairs import LENGTH_WEIGHT, Pairs, answers, length_loss, masked_slots, token_loss

SIZES, FLOOR, TOKEN_SHARE = (2, 3, 4), -20.0, 0.5


def diagonal_means(said: Tensor, size: int) -> Tensor:
    """c_n: said [batch, T, T] = log p_t(y_i) at [t, i] -> [batch, T - n + 1, T - n + 1], means along the diagonals."""
    width = said.shape[1] - size + 1
    return sum(said[:, k : width + k, k : width + k] for k in range(size)) / size


def edit_invariant(
    log_probs: Tensor,
    target: Tensor,
    real: Tensor,
    sizes: tuple[int, ...] = SIZES,
    generator: torch.Generator | None = None,
    noise: bool = True,
) -> Tensor:
    """Mean over rows and sizes that exist: log_probs [batch, T, V]. A row shorter than n has no n-gram."""
    length = target.shape[1]
    said = log_probs.clamp(min=FLOOR).gather(2, target[:, None, :].expand(-1, length, -1))  # [batch, t, i]
    counts, losses = real.sum(1), []
    for size in sizes:
        rows = counts >= size
        if not rows.any():
            continue
        means = diagonal_means(said, size)
        inside = torch.arange(means.shape[1], device=target.device) < (counts - size + 1)[:, None]
        keys = means
        if noise:
            draws = torch.rand(means.shape, generator=generator).to(means.device).clamp(1e-9, 1 - 1e-7)
            keys = means - torch.log(-torch.log(draws))
        where = keys.masked_fill(~inside[:, :, None], -1e9).softmax(1)  # over the slots t
        found = (where * means).sum(1)  # [batch, i]
        each = -(found * inside).sum(1) / (counts - size + 1).clamp(min=1)
        losses.append(each[rows].mean())
    return torch.stack(losses).mean() if losses else log_probs.new_zeros(())


def edit_invariant_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None, token_share: float = TOKEN_SHARE
) -> tuple[Tensor, dict[str, float]]:
    rows, first = answers(model, pairs, masked_slots(pairs))
    logits = model.token_logits(rows).float()
    ngrams = edit_invariant(F.log_softmax(logits, 2), pairs.target, pairs.real, generator=generator)
    token = token_loss(logits[pairs.real], pairs.target[pairs.real])
    length = length_loss(model, first, pairs)
    total = (1 - token_share) * ngrams + token_share * token + LENGTH_WEIGHT * length
    return total, {"ngrams": ngrams.item(), "token": token.item(), "length": length.item()}
