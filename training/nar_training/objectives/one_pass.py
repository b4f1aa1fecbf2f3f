"""The vanilla parallel writer (Gu 2018 with masks for copies): all slots at once, each alone given the source.

loss = mean_t -log p(y_t | X, all hidden) + 0.1 · CE(T - N)
"""

from torch import Tensor

from ..network.model import NarModel
from .pairs import LENGTH_WEIGHT, Pairs, answers, length_loss, masked_slots, token_loss


def one_pass_loss(model: NarModel, pairs: Pairs, smoothing: float = 0.0) -> tuple[Tensor, dict[str, float]]:
    rows, first = answers(model, pairs, masked_slots(pairs))
    logits, wanted = model.token_logits(rows[pairs.real]), pairs.target[pairs.real]
    token, length = token_loss(logits, wanted, smoothing), length_loss(model, first, pairs)
    figures = {
        "token": token.item(),
        "length": length.item(),
        "accuracy": (logits.argmax(-1) == wanted).float().mean().item(),
    }
    return token + LENGTH_WEIGHT * length, figures
