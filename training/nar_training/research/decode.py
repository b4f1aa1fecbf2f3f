"""The decoders of the papers over whole batches, for measurements (the product's own are the TypeScript policies).

Pass counts follow docs/trace-format.md: token passes, with the one encode for the length not counted.
All return slots [batch, T] with PAD behind each answer; T is the predicted or the given length.
"""

import torch
from torch import Tensor

from ..data.tokenizer import MASK, PAD
from ..network.model import NarModel
from ..objectives.mist import mixed_source
from ..objectives.pairs import Pairs, answers, forward, masked_slots, source_stream


def blank_answers(pairs: Pairs, lengths: Tensor) -> Pairs:
    """The pairs with all-hidden targets of these lengths: what a decoder knows."""
    places = torch.arange(int(lengths.max()), device=lengths.device)
    return Pairs(pairs.source, pairs.segments, torch.where(places < lengths[:, None], MASK, PAD))


def predicted_lengths(model: NarModel, pairs: Pairs, longest: int) -> Tensor:
    """The most probable length, at least 1: [batch]."""
    (source,) = forward(model, [source_stream(pairs.source, pairs.segments)])
    change = model.length_changes(source, pairs.source != PAD).argmax(1) - model.configuration.length_offset
    return ((pairs.source != PAD).sum(1) - 3 + change).clamp(1, longest)


def fill(model: NarModel, pairs: Pairs, slots: Tensor) -> tuple[Tensor, Tensor]:
    """One pass: best tokens and their log-probabilities at the masked slots, both [batch, T]."""
    rows, _ = answers(model, pairs, slots)
    hidden = slots == MASK
    best, sure = torch.full_like(slots, PAD), torch.zeros(slots.shape)
    log_probs, tokens = torch.log_softmax(model.token_logits(rows[hidden]).float(), 1).max(1)
    best[hidden], sure[hidden] = tokens, log_probs
    return best, sure


@torch.no_grad()
def mask_predict(model: NarModel, blank: Pairs, passes: int) -> Tensor:
    """Mask-Predict: after pass k the floor(T (P - k) / P) least sure slots are hidden again;
    old scores stay as they were.
    """
    real, lengths = blank.real, blank.lengths
    slots, sure = fill(model, blank, masked_slots(blank))
    for number in range(1, passes):
        counts = lengths * (passes - number) // passes
        ranks = sure.masked_fill(~real, torch.inf).argsort(1).argsort(1)
        hidden = (ranks < counts[:, None]) & real
        if not hidden.any():
            break
        best, fresh = fill(model, blank, torch.where(hidden, MASK, slots))
        slots, sure = torch.where(hidden, best, slots), torch.where(hidden, fresh, sure)
    return slots


@torch.no_grad()
def mist(model: NarModel, blank: Pairs, iterations: int) -> Tensor:
    """Iterative MIST (Table 6): every answer joins the source of the next, all slots are written anew."""
    hidden = masked_slots(blank)
    slots, _ = fill(model, blank, hidden)
    for _ in range(1, iterations):
        slots, _ = fill(model, mixed_source(blank, slots), hidden)
    return slots
