"""ENGINE (Tu 2020, Eq. 2-5): a left-to-right teacher is the energy that the parallel writer's output shall minimise.

    E(X, ŷ) = -Σ_{t=1}^{T+1} Σ_v ŷ_t(v) · log p_AR(v | ŷ_<t, X),    ŷ_t a distribution of the writer, ŷ_{T+1} = `<end>`
    loss    = E / (T + 1) + c · mean_t -log p(y_t | X, all hidden) + 0.1 · CE(T - N)

The teacher reads expected embeddings Σ_v ŷ_t(v) E[v] in place of tokens and is frozen. Relaxations of ŷ: "softmax" the
probabilities themselves, "straight-through" the argmax forwards and the softmax's gradient backwards (the paper's best
on one side or the other). Some cross-entropy keeps the writer from answers that the teacher likes for any source.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.tokenizer import END
from ..network.model import NarModel
from .pairs import (
    LENGTH_WEIGHT,
    Pairs,
    answers,
    content_stream,
    length_loss,
    masked_slots,
    query_stream,
    source_stream,
    token_loss,
)
from .vectors import forward_vectors

RELAXATIONS = ["softmax", "straight-through"]
TOKEN_WEIGHT = 0.5  # c


def relaxed(logits: Tensor, relaxation: str) -> Tensor:
    """ŷ [batch, T, V]. Raises ValueError for an unknown relaxation."""
    if relaxation not in RELAXATIONS:
        raise ValueError(f"relaxation must be one of {RELAXATIONS}, not {relaxation!r}")
    soft = logits.softmax(2)
    if relaxation == "softmax":
        return soft
    hard = F.one_hot(logits.argmax(2), logits.shape[2]).to(soft.dtype)
    return hard + soft - soft.detach()


def energy(teacher: NarModel, pairs: Pairs, output: Tensor) -> Tensor:
    """E / (T + 1) of each row [batch]; `output` ŷ [batch, T, V]. The gradient goes to `output`, not to the teacher."""
    lengths = pairs.lengths
    content = content_stream(pairs.target, lengths)
    weight = teacher.tokens.weight.detach()
    own = weight[content.tokens]
    vectors = torch.cat([own[:, :1], output.to(own.dtype) @ weight], 1)
    hidden = forward_vectors(
        teacher,
        [source_stream(pairs.source, pairs.segments), content, query_stream(lengths, pairs.target.shape[1])],
        [None, vectors, None],
    )[2]
    log_probs = torch.log_softmax(teacher.token_logits(hidden).float(), 2)  # [batch, T + 1, V]
    # A token that the teacher may never say has log-probability near -1e9, and 0 times that must stay 0.
    said = (output * log_probs[:, :-1].clamp(min=-100)).sum(2) * pairs.real
    ends = log_probs[:, :, END].gather(1, lengths[:, None])[:, 0]
    return -(said.sum(1) + ends) / (lengths + 1)


def energy_loss(
    model: NarModel,
    teacher: NarModel,
    pairs: Pairs,
    relaxation: str = "straight-through",
    token_weight: float = TOKEN_WEIGHT,
) -> tuple[Tensor, dict[str, float]]:
    """`teacher` must not require gradients: its parameters are no part of this training."""
    rows, first = answers(model, pairs, masked_slots(pairs))
    logits = model.token_logits(rows).float()
    cost = energy(teacher, pairs, relaxed(logits, relaxation)).mean()
    token = token_loss(logits[pairs.real], pairs.target[pairs.real])
    length = length_loss(model, first, pairs)
    figures = {"energy": cost.item(), "token": token.item(), "length": length.item()}
    return cost + token_weight * token + LENGTH_WEIGHT * length, figures
