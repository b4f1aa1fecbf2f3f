"""Glancing with CTC (GLAT + CTC, Qian 2021, section 4.1; Gu & Kong 2021, section 3.3).

    Â = argmax path of p(· | X, canvas);   A* = best alignment of Y under the same p;   n = floor(ρ · Hamming(Â, A*))
    n random slots of the canvas show their symbol of A*;   loss = CTC(Y | X, canvas so filled)

CTC sums over all alignments, so that a shown slot is a hint and not a constraint. A pair that cannot be written is not
glanced at, and left out of the loss.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..network.model import NarModel
from .ctc import FACTOR, alignment_loss, logits_with_blank, needed_slots, upsampled
from .glat import revealed
from .imputer import best_alignment
from .pairs import Pairs, draft_stream, forward, source_stream


def slot_log_probs(model: NarModel, pairs: Pairs, slots: Tensor, counts: Tensor) -> Tensor:
    """log p of every symbol at every slot [batch, T', V], the blank among them."""
    _, draft = forward(model, [source_stream(pairs.source, pairs.segments), draft_stream(slots, counts)])
    return F.log_softmax(logits_with_blank(model, draft[:, 1:-1]).float(), 2)


@torch.no_grad()
def glanced(
    log_probs: Tensor, canvas: Tensor, counts: Tensor, pairs: Pairs, ratio: float, generator: torch.Generator | None
) -> Tensor:
    """Which slots show their symbol of the best alignment, put into the canvas [batch, T']."""
    expert = best_alignment(log_probs, counts, pairs.target, pairs.real)
    feasible = needed_slots(pairs.target, pairs.real) <= counts
    inside = (torch.arange(canvas.shape[1], device=canvas.device) < counts[:, None]) & feasible[:, None]
    shown = revealed(log_probs.argmax(2), expert, inside, ratio, generator)
    return torch.where(shown, expert, canvas)


def glancing_ctc_loss(
    model: NarModel, pairs: Pairs, ratio: float, generator: torch.Generator | None = None, factor: int = FACTOR
) -> tuple[Tensor, dict[str, float]]:
    canvas, counts = upsampled(pairs, factor)
    with torch.no_grad():
        first = slot_log_probs(model, pairs, canvas, counts)
    slots = glanced(first, canvas, counts, pairs, ratio, generator)
    losses, feasible = alignment_loss(slot_log_probs(model, pairs, slots, counts), counts, pairs.target, pairs.real)
    loss = losses.sum() / feasible.sum().clamp(min=1)
    shown = (slots != canvas).sum() / counts.sum()
    return loss, {"token": loss.item(), "infeasible": (~feasible).sum().item(), "revealed": shown.item()}
