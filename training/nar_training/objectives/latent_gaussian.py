"""LaNMT (Shu 2020, Eq. 3-6): one continuous latent a source token, decoded in parallel; refined by its posterior.

    loss = mean_t -log p(y_t | X, z) + β Σ_n max(KL(q(z_n | X, Y) ‖ p(z_n | X)), budget) / T + 0.1 · CE(T - N),   z ~ q
    p(z | X): read at the source alone;  q(z | X, Y): read at the source tokens when they see Y;  both Gaussians
    slot_t = mask + W Σ_n w_tn z_n,   w a monotone soft alignment of N places to T (soft_copy.py)

Writing: z_0 = mean of p(z | X); then in turn Y_k = argmax p(Y | X, z_k), z_{k+1} = mean of q(z | X, Y_k): the delta
posterior, a lower bound that climbs with two passes a step. The length comes from the classifier, not from z.
"""

import torch
from torch import Tensor, nn

from ..data.tokenizer import BEGIN, END, MASK, PAD
from ..network.model import NarModel
from .pairs import LENGTH_WEIGHT, Pairs, draft_stream, forward, length_loss, source_stream, token_loss
from .soft_copy import copy_weights
from .vectors import answers_from_vectors, length_row
from .word_alignment import source_lengths, source_tokens

DIMENSIONS, BUDGET, SHARPNESS = 16, 0.1, 0.5


def add_latents(model: NarModel, dimensions: int = DIMENSIONS) -> None:
    width = model.configuration.width
    model.latent = nn.ModuleDict(
        {
            "prior": nn.Linear(width, 2 * dimensions),
            "posterior": nn.Linear(width, 2 * dimensions),
            "slot": nn.Linear(dimensions, width),
        }
    )


def gaussian(head: nn.Module, states: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and log of the standard deviation, which stays between e^-4 and e^2."""
    mean, log_deviation = head(states).float().chunk(2, -1)
    return mean, log_deviation.clamp(-4, 2)


def divergence(posterior: tuple[Tensor, Tensor], prior: tuple[Tensor, Tensor]) -> Tensor:
    """KL(q ‖ p) of diagonal Gaussians, summed over the dimensions: [batch, N]."""
    (mean, log_deviation), (prior_mean, prior_log) = posterior, prior
    ratio = (2 * (log_deviation - prior_log)).exp()
    shift = ((mean - prior_mean) / prior_log.exp()).square()
    return 0.5 * (ratio + shift - 1 - 2 * (log_deviation - prior_log)).sum(-1)


def prior_of(model: NarModel, pairs: Pairs) -> tuple[Tensor, Tensor]:
    (source,) = forward(model, [source_stream(pairs.source, pairs.segments)])
    return gaussian(model.latent["prior"], source[:, 2:-1])


def posterior_of(model: NarModel, pairs: Pairs) -> tuple[Tensor, Tensor]:
    """q read at the source tokens as a draft behind Y: they see it and each other. [batch, N, dimensions] each."""
    lengths = pairs.lengths
    places = torch.arange(pairs.target.shape[1] + 2, device=lengths.device).expand(len(lengths), -1)
    known = torch.full_like(places, PAD)
    known[:, 1:-1] = pairs.target
    known[:, 0] = BEGIN
    known = torch.where(places == lengths[:, None] + 1, END, known).masked_fill(places > lengths[:, None] + 1, PAD)
    tokens, _ = source_tokens(pairs)
    answer = source_stream(known, torch.ones_like(known))
    _, draft = forward(model, [answer, draft_stream(tokens, source_lengths(pairs))])
    return gaussian(model.latent["posterior"], draft[:, 1:-1])


def logits_given(model: NarModel, pairs: Pairs, latents: Tensor) -> tuple[Tensor, Tensor]:
    """Token logits [batch, T, V] given z [batch, N, dimensions], and row 0 of the source for the length."""
    weights = copy_weights(
        source_lengths(pairs), pairs.lengths, latents.shape[1], pairs.target.shape[1], latents.new_tensor(SHARPNESS)
    )
    slots = model.latent["slot"](weights @ latents) + model.tokens.weight[MASK]
    rows, source = answers_from_vectors(model, pairs, slots)
    return model.token_logits(rows).float(), length_row(model, source, pairs)


def latent_gaussian_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None, weight: float = 1.0, budget: float = BUDGET
) -> tuple[Tensor, dict[str, float]]:
    """`weight`: β, which a training may raise from little to 1."""
    _, real = source_tokens(pairs)
    prior, posterior = prior_of(model, pairs), posterior_of(model, pairs)
    noise = torch.randn(posterior[0].shape, generator=generator).to(posterior[0].device)
    logits, first = logits_given(model, pairs, posterior[0] + posterior[1].exp() * noise)
    token = token_loss(logits[pairs.real], pairs.target[pairs.real])
    cost = divergence(posterior, prior)
    bound = (cost.clamp(min=budget) * real).sum() / pairs.real.sum()
    length = length_loss(model, first, pairs)
    figures = {
        "token": token.item(),
        "divergence": ((cost * real).sum() / pairs.real.sum()).item(),
        "length": length.item(),
    }
    return token + weight * bound + LENGTH_WEIGHT * length, figures


@torch.no_grad()
def write_refined(model: NarModel, pairs: Pairs, steps: int) -> Tensor:
    """Slots [batch, T] after `steps` of the delta posterior; 0 steps: from the prior's mean."""
    latents = prior_of(model, pairs)[0]
    for step in range(steps + 1):
        logits, _ = logits_given(model, pairs, latents)
        slots = logits.argmax(2).masked_fill(~pairs.real, PAD)
        if step < steps:
            latents = posterior_of(model, Pairs(pairs.source, pairs.segments, slots))[0]
    return slots
