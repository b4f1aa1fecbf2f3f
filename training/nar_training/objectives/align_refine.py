"""Align-Refine (Chi 2021, section 3) and Align-Denoise (Chen 2021): a whole alignment is written anew, pass after pass.

    A_0 = canvas of the source;   p_k = p(· | X, A_{k-1});   A_k = argmax p_k;   loss = mean over k of CTC(Y | p_k)

Every pass reads the alignment of the one before, blanks and repetitions too, so that it can move a token, split it or
take it out: what token-level refinement cannot. Gradients stop between passes (A_k is a choice).
Align-Denoise asks for one pass only: A_0 is then the best alignment of Y itself with a share of its symbols replaced.
"""

import torch
from torch import Tensor

from ..data.tokenizer import BLANK, PAD
from ..network.model import NarModel
from .ctc import FACTOR, alignment_loss, needed_slots, upsampled
from .glancing_ctc import slot_log_probs
from .imputer import best_alignment
from .pairs import Pairs

PASSES, NOISE = 2, 0.3


def alignment_of(log_probs: Tensor, counts: Tensor) -> Tensor:
    """The likeliest symbol of every slot [batch, T'], PAD behind the row's slots."""
    inside = torch.arange(log_probs.shape[1], device=log_probs.device) < counts[:, None]
    return torch.where(inside, log_probs.argmax(2), PAD)


def align_refine_loss(
    model: NarModel, pairs: Pairs, passes: int = PASSES, factor: int = FACTOR
) -> tuple[Tensor, dict[str, float]]:
    slots, counts = upsampled(pairs, factor)
    total, figures = torch.zeros(()), {}
    for number in range(passes):
        log_probs = slot_log_probs(model, pairs, slots, counts)
        losses, feasible = alignment_loss(log_probs, counts, pairs.target, pairs.real)
        loss = losses.sum() / feasible.sum().clamp(min=1)
        figures[f"pass_{number + 1}"] = loss.item()
        total = total + loss / passes
        slots = alignment_of(log_probs.detach(), counts)
    return total, figures


def noised_alignment(alignment: Tensor, target: Tensor, real: Tensor, share: float, generator) -> Tensor:
    """A share of the symbols becomes a random token of the same target, or the blank, half and half."""
    device = alignment.device
    draws = torch.rand((3, *alignment.shape), generator=generator).to(device)
    chosen = (draws[0] < share) & (alignment != PAD)
    other = target.gather(1, (draws[1] * real.sum(1, keepdim=True)).long())
    return torch.where(chosen, torch.where(draws[2] < 0.5, other, BLANK), alignment)


def align_denoise_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None, noise: float = NOISE, factor: int = FACTOR
) -> tuple[Tensor, dict[str, float]]:
    """The plain pass and one from a noised best alignment, so that writing can begin from the source."""
    canvas, counts = upsampled(pairs, factor)
    first = slot_log_probs(model, pairs, canvas, counts)
    losses, feasible = alignment_loss(first, counts, pairs.target, pairs.real)
    expert = best_alignment(first.detach(), counts, pairs.target, pairs.real)
    possible = needed_slots(pairs.target, pairs.real) <= counts
    noisy = noised_alignment(expert, pairs.target, pairs.real, noise, generator)
    slots = torch.where(possible[:, None], noisy, canvas)
    again, _ = alignment_loss(slot_log_probs(model, pairs, slots, counts), counts, pairs.target, pairs.real)
    kept = feasible.sum().clamp(min=1)
    plain, denoised = losses.sum() / kept, again.sum() / kept
    return (plain + denoised) / 2, {"token": plain.item(), "denoised": denoised.item()}
