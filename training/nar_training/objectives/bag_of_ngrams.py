"""Bag of n-grams (Shao 2020, Eq. 9-13): the expected n-gram counts of one parallel pass against the reference's.

    BoN_θ(g) = Σ_t Π_k p_{t+k}(g_k)
    L1 = Σ_g |BoN_θ(g) - BoN_Y(g)| = 2 (T - n + 1 - Σ_{g in Y} min(BoN_θ(g), BoN_Y(g)))
    loss = L1 / 2 (T - n + 1),  0 … 1

Both bags hold T - n + 1 n-grams, so that only those of the reference need counting: T² products instead of V^n.
It judges neighbours together, which cross-entropy per slot does not; it fine-tunes, n = 2.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..network.model import NarModel
from .pairs import LENGTH_WEIGHT, Pairs, answers, length_loss, masked_slots, token_loss

TOKEN_WEIGHT = 0.1  # some cross-entropy remains: rows shorter than n have no n-gram at all


def bag_distance(probabilities: Tensor, target: Tensor, real: Tensor, size: int = 2) -> tuple[Tensor, Tensor]:
    """L1 / 2 (T - n + 1) of each row and which rows have an n-gram: probabilities [batch, T, V] -> [batch],
    bool [batch].
    """
    batch, length = target.shape
    grams = real.sum(1) - size + 1
    if length < size:
        return probabilities.new_zeros(batch), torch.zeros(batch, dtype=torch.bool, device=target.device)
    said = probabilities.gather(2, target[:, None, :].expand(-1, length, -1))  # [batch, t, i]: p_t(y_i)
    said = said * real[:, :, None]
    width = length - size + 1
    product = said[:, :width, :width]
    same = target[:, :width, None] == target[:, None, :width]
    for k in range(1, size):
        product = product * said[:, k : width + k, k : width + k]
        same = same & (target[:, k : width + k, None] == target[:, None, k : width + k])
    inside = torch.arange(width, device=target.device) < grams[:, None]  # [batch, width]: a whole n-gram starts here
    expected = product.sum(1)  # [batch, i]: BoN_θ of the n-gram at i
    counts = (same & inside[:, None, :]).sum(2).clamp(min=1)  # how often the reference has the n-gram at i
    met = (torch.minimum(expected, counts.to(expected.dtype)) / counts * inside).sum(1)
    exists = grams > 0
    return torch.where(exists, 1 - met / grams.clamp(min=1), 0.0), exists


def bag_of_ngrams_loss(model: NarModel, pairs: Pairs, size: int = 2) -> tuple[Tensor, dict[str, float]]:
    rows, first = answers(model, pairs, masked_slots(pairs))
    logits = model.token_logits(rows).float()
    distances, exists = bag_distance(F.softmax(logits, 2), pairs.target, pairs.real, size)
    bag = distances.sum() / exists.sum().clamp(min=1)
    token = token_loss(logits[pairs.real], pairs.target[pairs.real])
    length = length_loss(model, first, pairs)
    return bag + TOKEN_WEIGHT * token + LENGTH_WEIGHT * length, {
        "bag": bag.item(),
        "token": token.item(),
        "length": length.item(),
    }
