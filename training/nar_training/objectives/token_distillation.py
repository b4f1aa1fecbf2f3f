"""Distillation of distributions (word-level, Kim & Rush 2016, section 3.1): every token learns from what the teacher
would have said there.

    loss = (1 - λ) · mean_t -log p(y_t | X) + λ · mean_t Σ_v -q(v | X, y_<t) log p(v | X) + 0.1 · CE(T - N)

q is the left-to-right teacher's, which has seen the tokens before y_t; the parallel student has not, so that a part of
q is out of its reach. The sequence-level kind (stages/distil.py) does not have this fault: it changes the answers.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..network.model import NarModel
from .left_to_right import left_to_right_states
from .pairs import LENGTH_WEIGHT, Pairs, answers, length_loss, masked_slots, token_loss

SHARE = 0.5  # λ


@torch.no_grad()
def teacher_probabilities(teacher: NarModel, pairs: Pairs) -> Tensor:
    """q at the real tokens [Σ T, V], given the answer's own tokens before each."""
    states = left_to_right_states(teacher, pairs)[:, :-1]
    return teacher.token_logits(states[pairs.real]).float().softmax(1)


def token_distillation_loss(
    model: NarModel, teacher: NarModel, pairs: Pairs, share: float = SHARE
) -> tuple[Tensor, dict[str, float]]:
    rows, first = answers(model, pairs, masked_slots(pairs))
    logits = model.token_logits(rows[pairs.real]).float()
    token = token_loss(logits, pairs.target[pairs.real])
    distilled = -(teacher_probabilities(teacher, pairs) * F.log_softmax(logits, 1)).sum(1).mean()
    length = length_loss(model, first, pairs)
    total = (1 - share) * token + share * distilled + LENGTH_WEIGHT * length
    return total, {"token": token.item(), "distilled": distilled.item(), "length": length.item()}
