"""Order-agnostic cross-entropy (OAXE, Du 2021, Eq. 3-5): the best assignment of target tokens to slots, order ignored.

    loss = min_π Σ_t -log p_t(y_π(t)),   π by the Hungarian algorithm on cost[t, i] = -log p_t(y_i), all slots hidden
    slots whose own loss exceeds -log(skip) are dropped (skip 0.15, natural logarithm: the released code compares a
    base-2 threshold with natural losses, so that its 0.15 is really 0.065)

Fine-tunes a model that cross-entropy has trained; from scratch it destroys word order. Cost: one assignment a
sentence on the CPU (scipy), O(T³), which dominates the step beyond T = 64.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from ..network.model import NarModel
from .pairs import LENGTH_WEIGHT, Pairs, answers, length_loss, masked_slots

SKIP = 0.15


def best_assignment(log_probs: Tensor, target: Tensor, real: Tensor) -> Tensor:
    """Target tokens in the order of the slots that say them best: log_probs [batch, T, V] -> [batch, T]."""
    from scipy.optimize import linear_sum_assignment  # only here: the other objectives train where there is no scipy

    with torch.no_grad():
        said = log_probs.gather(2, target[:, None, :].expand(-1, log_probs.shape[1], -1))  # [batch, slot, target]
        costs, ordered = (-said).cpu().numpy(), target.clone()
        for row, length in enumerate(real.sum(1).tolist()):
            _, columns = linear_sum_assignment(costs[row, :length, :length])
            ordered[row, :length] = target[row, torch.from_numpy(columns).to(target.device)]
    return ordered


def order_agnostic_cross_entropy(
    log_probs: Tensor, target: Tensor, real: Tensor, skip: float = SKIP
) -> tuple[Tensor, Tensor]:
    """Mean loss of the assigned slots that are kept, and the share of slots dropped. `skip` = 0 keeps all."""
    ordered = best_assignment(log_probs, target, real)
    losses = -log_probs.gather(2, ordered[:, :, None])[:, :, 0]
    kept = real & (losses.detach() <= (-math.log(skip) if skip > 0 else math.inf))
    return (losses * kept).sum() / kept.sum().clamp(min=1), 1 - kept.sum() / real.sum()


def oaxe_loss(model: NarModel, pairs: Pairs, skip: float = SKIP) -> tuple[Tensor, dict[str, float]]:
    rows, first = answers(model, pairs, masked_slots(pairs))
    log_probs = F.log_softmax(model.token_logits(rows).float(), 2)
    token, dropped = order_agnostic_cross_entropy(log_probs, pairs.target, pairs.real, skip)
    length = length_loss(model, first, pairs)
    return token + LENGTH_WEIGHT * length, {"token": token.item(), "length": length.item(), "dropped": dropped.item()}
