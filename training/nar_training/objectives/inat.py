"""Iterative refinement (iNAT, Lee 2018, Eq. 5-8): every pass reads the answer of the pass before, or a spoilt target.

    Y_0 = all hidden;   Y_{s+1} = argmax_v (log p(v | X, Y_s) + g), g ~ Gumbel,  or with probability α = 0.5 poison(Y)
    loss = mean over s < S of CE(p(. | X, Y_s), Y)  + 0.1 · CE(T - N)                    S = 4 passes a step

poison(Y, β): each token with probability β becomes one of: a random token, the token before it, its right neighbour
(the two change places). The released code takes the ids of special tokens for granted and then swaps `<end>` into the
text; here only real target tokens move. Answers carry no gradient. Cost: S forwards a step.
"""

import torch
from torch import Tensor

from ..data.tokenizer import RESERVED
from ..network.model import NarModel
from .pairs import LENGTH_WEIGHT, Pairs, answers, length_loss, masked_slots, token_loss

PASSES = 4
DENOISING_SHARE = 0.5
POISON = 0.33


def uniform(shape: tuple[int, ...] | torch.Size, generator: torch.Generator | None, device: torch.device) -> Tensor:
    return torch.rand(shape, generator=generator).to(device)


def poisoned(
    target: Tensor, real: Tensor, vocabulary: int, share: float = POISON, generator: torch.Generator | None = None
) -> Tensor:
    """target, real [batch, T] -> the same shape; padding stays."""
    chosen = (uniform(target.shape, generator, target.device) < share) & real
    kind = (uniform(target.shape, generator, target.device) * 3).long()
    random_ids = RESERVED + (uniform(target.shape, generator, target.device) * (vocabulary - RESERVED)).long()
    before, after = target.roll(1, 1), target.roll(-1, 1)
    first = torch.zeros_like(real)
    first[:, 0] = True
    has_next = real.roll(-1, 1)
    has_next[:, -1] = False
    swaps = chosen & (kind == 2) & has_next
    swaps = swaps & ~swaps.roll(1, 1).masked_fill(first, False)  # of two that overlap the left one counts
    swapped = swaps.roll(1, 1).masked_fill(first, False)
    out = torch.where(chosen & (kind == 0), random_ids, target)
    out = torch.where(chosen & (kind == 1) & ~first, before, out)
    out = torch.where(swaps, after, out)
    return torch.where(swapped, before, out)


@torch.no_grad()
def drawn(logits: Tensor, generator: torch.Generator | None) -> Tensor:
    """One token for each row of logits [slots, V], by the Gumbel trick."""
    noise = uniform(logits.shape, generator, logits.device).clamp(1e-9, 1 - 1e-7)
    return (logits.float() - (-noise.log()).log()).argmax(-1)


def inat_loss(
    model: NarModel,
    pairs: Pairs,
    generator: torch.Generator | None = None,
    passes: int = PASSES,
    denoising_share: float = DENOISING_SHARE,
) -> tuple[Tensor, dict[str, float]]:
    real, slots = pairs.real, masked_slots(pairs)
    wanted, losses, length = pairs.target[real], [], None
    first_accuracy = last_accuracy = 0.0
    for step in range(passes):
        rows, first = answers(model, pairs, slots)
        logits = model.token_logits(rows[real])
        losses.append(token_loss(logits, wanted))
        last_accuracy = (logits.argmax(-1) == wanted).float().mean().item()
        if step == 0:
            length, first_accuracy = length_loss(model, first, pairs), last_accuracy
        denoises = uniform((len(slots), 1), generator, slots.device) < denoising_share
        answer = slots.clone()
        answer[real] = drawn(logits, generator)
        slots = torch.where(
            denoises, poisoned(pairs.target, real, model.configuration.vocabulary, generator=generator), answer
        )
    token = torch.stack(losses).mean()
    assert length is not None
    return token + LENGTH_WEIGHT * length, {
        "token": token.item(),
        "length": length.item(),
        "accuracy": first_accuracy,
        "last_accuracy": last_accuracy,
    }
