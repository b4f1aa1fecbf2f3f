"""ReorderNAT (Ran 2021, section 3): first the source words in the order of the answer, then the answer.

    p(Y | X) = Σ_Z p(Z | X) p(Y | Z, X),   Z = x_{a(1)} … x_{a(T)}
    loss     = mean_t -log p(a(t) | X) + mean_t -log p(y_t | X, Z) + 0.1 · CE(T - N)

p(a(t) | X) points from an all-hidden slot to a source token. Z is that of the aligner in training; to write, the
likeliest words (deterministic guiding) or the mixture of all (non-deterministic guiding, section 3.3). Two passes.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.tokenizer import PAD
from ..network.model import NarModel
from .pairs import (
    LENGTH_WEIGHT,
    Pairs,
    answers,
    draft_stream,
    forward,
    length_loss,
    masked_slots,
    source_stream,
    token_loss,
)
from .vectors import answers_from_vectors, length_row
from .word_alignment import aligned_sources, source_tokens

RANK = 64


def add_pointer(model: NarModel, rank: int = RANK) -> None:
    width = model.configuration.width
    model.pointer = nn.ModuleDict({"slot": nn.Linear(width, rank), "source": nn.Linear(width, rank)})


def pointer_logits(model: NarModel, pairs: Pairs) -> tuple[Tensor, Tensor]:
    """Scores of the source tokens for every slot [batch, T, N], and row 0 for the length."""
    streams = [source_stream(pairs.source, pairs.segments), draft_stream(masked_slots(pairs), pairs.lengths)]
    source, draft = forward(model, streams)
    left, right = model.pointer["slot"](draft[:, 1:-1]), model.pointer["source"](source[:, 2:-1])
    scores = (left @ right.transpose(1, 2)).float() * left.shape[2] ** -0.5
    _, real = source_tokens(pairs)
    return scores.masked_fill(~real[:, None, :], -1e9), length_row(model, source, pairs)


def reordering_loss(model: NarModel, pairs: Pairs) -> tuple[Tensor, dict[str, float]]:
    links = aligned_sources(model, pairs)
    tokens, _ = source_tokens(pairs)
    scores, first = pointer_logits(model, pairs)
    pointed = F.cross_entropy(scores[pairs.real], links[pairs.real])
    ordered = tokens.gather(1, links).masked_fill(~pairs.real, PAD)
    rows, _ = answers(model, pairs, ordered)
    token = token_loss(model.token_logits(rows[pairs.real]), pairs.target[pairs.real])
    length = length_loss(model, first, pairs)
    figures = {
        "token": token.item(),
        "pointer": pointed.item(),
        "pointed_right": (scores.argmax(2) == links)[pairs.real].float().mean().item(),
        "length": length.item(),
    }
    return token + pointed + LENGTH_WEIGHT * length, figures


@torch.no_grad()
def write_reordered(model: NarModel, pairs: Pairs, soft: bool = False) -> Tensor:
    """Slots [batch, T]; `soft`: each slot starts from the mixture of all source words, not from the likeliest."""
    tokens, _ = source_tokens(pairs)
    scores, _ = pointer_logits(model, pairs)
    if soft:
        embedded = model.tokens(tokens)
        rows, _ = answers_from_vectors(model, pairs, scores.softmax(2).to(embedded.dtype) @ embedded)
    else:
        ordered = tokens.gather(1, scores.argmax(2)).masked_fill(~pairs.real, PAD)
        rows, _ = answers(model, pairs, ordered)
    return model.token_logits(rows).argmax(2).masked_fill(~pairs.real, PAD)
