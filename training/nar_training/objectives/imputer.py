"""Imputer (Chan 2020, Eq. 5-8; for text Saharia 2020, section 3): some slots of a CTC alignment stand,
the others are filled.

    z* = argmax_{z : collapse(z) = Y} Π_t p(z_t | X, all hidden)        the expert: the network's own best alignment
    n ~ U{1, …, b} slots of every block of b are hidden, the others hold z*
    loss = -log Σ_{z : collapse(z) = Y, z = z* where shown} Π_{t hidden} p(z_t | X, z* shown) / T

The sum over the alignments that agree with what is shown is CTC's own, with probability 1 for a shown symbol and 0 for
the others of its slot. Rows that cannot be written are counted and left out, as in ctc.py. Cost: two forwards.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.tokenizer import BLANK, MASK, PAD
from ..network.model import NEVER, NarModel
from .ctc import FACTOR, alignment_loss, logits_with_blank, needed_slots, upsampled
from .pairs import Pairs, draft_stream, forward, source_stream

BLOCK = 4


def best_alignment(log_probs: Tensor, slot_counts: Tensor, target: Tensor, real: Tensor, blank: int = BLANK) -> Tensor:
    """Viterbi over the states blank y_1 blank … y_T blank: log_probs [batch, T', V] -> symbols [batch, T'], PAD behind.

    Rows that cannot be written (needed_slots) get an alignment of no meaning.
    """
    batch, slots, _ = log_probs.shape
    labels = torch.full((batch, 2 * target.shape[1] + 1), blank, device=target.device)
    labels[:, 1::2] = torch.where(real, target, blank)
    emitted = log_probs.gather(2, labels[:, None, :].expand(-1, slots, -1))  # [batch, T', states]
    jumps = torch.zeros_like(labels, dtype=torch.bool)  # over the blank between two tokens that differ
    jumps[:, 2:] = (labels[:, 2:] != blank) & (labels[:, 2:] != labels[:, :-2])
    score = torch.full_like(emitted[:, 0], NEVER)
    score[:, :2] = emitted[:, 0, :2]
    back = torch.zeros((slots, *labels.shape), dtype=torch.long, device=target.device)
    scores = [score]
    for slot in range(1, slots):
        one = F.pad(score, (1, 0), value=NEVER)[:, :-1]
        two = F.pad(score, (2, 0), value=NEVER)[:, :-2].masked_fill(~jumps, NEVER)
        best, back[slot] = torch.stack([score, one, two]).max(0)
        score = best + emitted[:, slot]
        scores.append(score)
    last = torch.stack(scores, 1)[torch.arange(batch), slot_counts - 1]  # [batch, states]
    ends = 2 * real.sum(1)
    rows = torch.arange(batch, device=target.device)
    state = torch.where(last[rows, ends] >= last[rows, ends - 1], ends, ends - 1)
    path = torch.full((batch, slots), PAD, device=target.device)
    for slot in range(slots - 1, -1, -1):
        inside = slot < slot_counts
        path[:, slot] = torch.where(inside, labels[rows, state], PAD)
        state = torch.where(inside, state - back[slot][rows, state], state)
    return path


def hidden_slots(
    slot_counts: Tensor, slots: int, generator: torch.Generator | None = None, block: int = BLOCK
) -> Tensor:
    """Which slots are hidden [batch, slots]: the same number in every block of a row, at random places."""
    batch = len(slot_counts)
    blocks = -(-slots // block)
    keys = torch.rand((batch, blocks, block), generator=generator).to(slot_counts.device)
    counts = (torch.rand((batch, 1, 1), generator=generator).to(slot_counts.device) * block).floor() + 1
    hidden = (keys.argsort(2).argsort(2) < counts).flatten(1)[:, :slots]
    return hidden & (torch.arange(slots, device=slot_counts.device) < slot_counts[:, None])


def imputer_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None, factor: int = FACTOR
) -> tuple[Tensor, dict[str, float]]:
    canvas, counts = upsampled(pairs, factor)
    inside = canvas != PAD

    def log_probs(slots: Tensor) -> Tensor:
        _, draft = forward(model, [source_stream(pairs.source, pairs.segments), draft_stream(slots, counts)])
        return F.log_softmax(logits_with_blank(model, draft[:, 1:-1]).float(), 2)

    with torch.no_grad():
        expert = best_alignment(log_probs(torch.where(inside, MASK, PAD)), counts, pairs.target, pairs.real)
    # A row that cannot be written has no expert: all of it stays hidden, and CTC leaves it out.
    feasible = needed_slots(pairs.target, pairs.real) <= counts
    hidden = hidden_slots(counts, canvas.shape[1], generator) | (inside & ~feasible[:, None])
    shown = inside & ~hidden
    found = log_probs(torch.where(hidden, MASK, expert).masked_fill(~inside, PAD))
    given = torch.full_like(found, NEVER).scatter(2, expert[:, :, None], 0.0)
    losses, feasible = alignment_loss(torch.where(shown[:, :, None], given, found), counts, pairs.target, pairs.real)
    loss = losses.sum() / feasible.sum().clamp(min=1)
    return loss, {
        "token": loss.item(),
        "infeasible": (~feasible).sum().item(),
        "shown": (shown.sum() / inside.sum()).item(),
    }
