"""How much the words of an answer depend on each other, beyond the source: the tutorial's difficulty of a task for
parallel writers, here in nats.

    dependency = mean_t [ -log p(y_t | X) ]  -  mean_t [ -log p(y_t | X, all other words) ]

Both by one conditional masked network. Where it is near 0 one pass loses nothing; where it is large, a word needs to
know its neighbours (Ren 2020 asks the same of attention weights).
"""

import torch

from ...data.tokenizer import MASK
from ...network.model import NarModel
from ...objectives.pairs import answers, masked_slots
from ..quora import Quora, pairs_of
from ..run import half_precision

SENTENCES = 100


@torch.no_grad()
@half_precision()
def target_dependency(model: NarModel, quora: Quora, sentences: int = SENTENCES) -> dict[str, float]:
    """Both means over the dev answers' tokens and their difference."""
    model.eval()
    alone, beside, count = 0.0, 0.0, 0
    for begin in range(0, min(sentences, len(quora.dev)), 50):
        pairs = pairs_of(quora.dev, list(range(begin, min(begin + 50, sentences, len(quora.dev)))))
        alone -= said(model, pairs, masked_slots(pairs), pairs.real).sum().item()
        count += int(pairs.real.sum())
        for place in range(pairs.target.shape[1]):
            hidden = torch.zeros_like(pairs.real)
            hidden[:, place] = pairs.real[:, place]
            slots = torch.where(hidden, MASK, pairs.target)
            beside -= said(model, pairs, slots, hidden).sum().item()
    return {
        "loss_from_source": round(alone / count, 4),
        "loss_beside_others": round(beside / count, 4),
        "dependency": round((alone - beside) / count, 4),
    }


def said(model: NarModel, pairs, slots: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
    """log p of the answer's tokens at the chosen slots."""
    rows, _ = answers(model, pairs, slots)
    log_probs = torch.log_softmax(model.token_logits(rows[chosen]).float(), 1)
    return log_probs.gather(1, pairs.target[chosen][:, None])[:, 0]
