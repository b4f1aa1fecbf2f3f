"""Connectionist temporal classification (Graves 2006; for parallel writing Libovicky & Helcl 2018, GLAT+CTC).

    loss = -log Σ_{z : collapse(z) = Y} Π_t p(z_t | X, slots) / T,    slots: every source token r times, so T' = r · N

Neither length nor alignment is predicted: blanks and repetitions are collapsed after one pass. A pair with
|Y| + (number of equal neighbours in Y) > T' cannot be written; torch would hide its infinite loss as 0, so such rows
are counted (`infeasible`) and left out. Blank has an id of its own: with <unk> as blank a real unknown word would
vanish. Cost: r times the source's length in slots, and the head at every one of them.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.tokenizer import BLANK, PAD
from ..network.model import NarModel
from .pairs import Pairs, draft_stream, forward, source_stream

FACTOR = 2


def upsampled(pairs: Pairs, factor: int = FACTOR) -> tuple[Tensor, Tensor]:
    """Slots [batch, r N] that hold the source token slot // r, and their number r N_b [batch]."""
    tokens = pairs.source[:, 2:-1]  # `<end>` of the longest source is cut, those of the others are taken out below
    lengths = (pairs.source != PAD).sum(1) - 3
    inside = torch.arange(tokens.shape[1], device=tokens.device) < lengths[:, None]
    return torch.where(inside, tokens, PAD).repeat_interleave(factor, 1), factor * lengths


def logits_with_blank(model: NarModel, rows: Tensor) -> Tensor:
    """Token logits [..., V] where, unlike in model.token_logits, blank may win."""
    allowed = model.forbidden.clone()
    allowed[BLANK] = 0
    return F.linear(model.head_features(rows), model.tokens.weight, model.head_bias + allowed)


def needed_slots(target: Tensor, real: Tensor) -> Tensor:
    """|Y| and one blank between equal neighbours: [batch]."""
    equal = (target[:, 1:] == target[:, :-1]) & real[:, 1:]
    return real.sum(1) + equal.sum(1)


def alignment_loss(
    log_probs: Tensor, slot_counts: Tensor, target: Tensor, real: Tensor, blank: int = BLANK
) -> tuple[Tensor, Tensor]:
    """Per-token loss of each row and which rows are feasible: log_probs [batch, T', V] in fp32 -> [batch],
    bool [batch].

    Raises ValueError when a target holds the blank.
    """
    if ((target == blank) & real).any():
        raise ValueError("the blank cannot be part of a target")
    lengths = real.sum(1)
    feasible = needed_slots(target, real) <= slot_counts
    losses = F.ctc_loss(
        log_probs.transpose(0, 1), target, slot_counts, lengths, blank=blank, reduction="none", zero_infinity=True
    )
    return torch.where(feasible, losses, 0.0) / lengths.clamp(min=1), feasible


def collapse(path: Tensor, blank: int = BLANK) -> list[list[int]]:
    """Argmax per slot [batch, T'] (PAD behind) -> tokens: first merge equal neighbours,
    then drop blanks and padding.
    """
    first = torch.ones_like(path, dtype=torch.bool)
    first[:, 1:] = path[:, 1:] != path[:, :-1]
    kept = first & (path != blank) & (path != PAD)
    return [row[keep].tolist() for row, keep in zip(path, kept, strict=True)]


def ctc_logits(model: NarModel, pairs: Pairs, factor: int = FACTOR) -> tuple[Tensor, Tensor]:
    """Logits of every slot [batch, T', V] and the number of slots of each row [batch]."""
    slots, counts = upsampled(pairs, factor)
    _, draft = forward(model, [source_stream(pairs.source, pairs.segments), draft_stream(slots, counts)])
    return logits_with_blank(model, draft[:, 1:-1]), counts


def ctc_loss(model: NarModel, pairs: Pairs, factor: int = FACTOR) -> tuple[Tensor, dict[str, float]]:
    logits, counts = ctc_logits(model, pairs, factor)
    losses, feasible = alignment_loss(F.log_softmax(logits.float(), 2), counts, pairs.target, pairs.real)
    loss = losses.sum() / feasible.sum().clamp(min=1)
    return loss, {"token": loss.item(), "infeasible": (~feasible).sum().item()}
