"""Aligned cross-entropy (AXE, Ghazvininejad 2020, section 3.2): the best monotone alignment of target and slots.

    A[i][j] = min( A[i-1][j-1] - log p_j(y_i)        align target i to slot j
                   A[i][j-1]   - log p_j(ε)          skip slot j: it says ε
                   A[i-1][j]   - δ log p_j(y_i) )    skip target i: said again by slot j, at a price
    loss = A[T][T'] / T

A word too early or too late costs one ε, not every word after it. ε is `<drop>`, which the host removes anyway.
The inner recursion over j is a running minimum: with C_j = Σ_{k<=j} -log p_k(ε), A[i][j] = C_j + min_{k<=j}(B_k - C_k),
so a batch takes T steps, not T · T'.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.tokenizer import DROP
from ..network.model import NarModel
from .pairs import LENGTH_WEIGHT, Pairs, answers, length_loss, masked_slots

SKIP_TARGET = 1.0  # δ, the paper tries 1 to 5


def aligned_cross_entropy(
    log_probs: Tensor, slot_counts: Tensor, target: Tensor, real: Tensor, skip: int = DROP, delta: float = SKIP_TARGET
) -> Tensor:
    """log_probs [batch, T', V], slot_counts [batch], target and real [batch, T] -> A[T][T'] / T of each row [batch]."""
    said = log_probs.gather(2, target[:, None, :].expand(-1, log_probs.shape[1], -1))  # [batch, T', T]: log p_j(y_i)
    skipped = F.pad((-log_probs[:, :, skip]).cumsum(1), (1, 0))  # [batch, T' + 1]: C_j
    row = skipped
    rows = [row]
    for place in range(target.shape[1]):
        cost = -said[:, :, place]  # [batch, T']
        again = row[:, 1:] + delta * cost
        best = torch.minimum(row[:, :-1] + cost, again)
        before = row[:, :1] + delta * cost[:, :1]  # j = 0: only the first slot can repeat what has no slot before it
        best = torch.cat([before, best], 1)
        row = skipped + (best - skipped).cummin(1).values
        rows.append(row)
    table = torch.stack(rows, 1)  # [batch, T + 1, T' + 1]
    lengths = real.sum(1)
    batch = torch.arange(len(table), device=table.device)
    return table[batch, lengths, slot_counts] / lengths


def axe_loss(model: NarModel, pairs: Pairs, delta: float = SKIP_TARGET) -> tuple[Tensor, dict[str, float]]:
    rows, first = answers(model, pairs, masked_slots(pairs))
    log_probs = F.log_softmax(model.token_logits(rows).float(), 2)
    aligned = aligned_cross_entropy(log_probs, pairs.lengths, pairs.target, pairs.real, DROP, delta).mean()
    length = length_loss(model, first, pairs)
    return aligned + LENGTH_WEIGHT * length, {"token": aligned.item(), "length": length.item()}
