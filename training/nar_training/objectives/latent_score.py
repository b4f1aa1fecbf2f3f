"""Refinement in the continuous space (Lee 2020, section 3): a small network says where the latents should go.

    z' = mean of q(z | X, argmax p(Y | X, z));   loss = LaNMT's + mean_n |d(z, X) - sg(z' - z)|²,   z from the prior

The delta posterior of LaNMT writes the text, reads it and moves z: two passes of the network a step. d learns that move
from z and the source alone, so that refining costs a small network, and the text is written once at the end. The paper
also takes d as the gradient of a learnt energy; here it is the step itself.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.tokenizer import PAD
from ..network.model import NarModel
from .latent_gaussian import DIMENSIONS, add_latents, latent_gaussian_loss, logits_given, posterior_of
from .pairs import Pairs, forward, source_stream
from .word_alignment import source_tokens

INNER = 64


class Step(nn.Module):
    """d(z, X) over [batch, N, dimensions] and the source's states; sees the neighbouring tokens. Starts at 0."""

    def __init__(self, dimensions: int, width: int, inner: int = INNER):
        super().__init__()
        self.first = nn.Conv1d(dimensions + width, inner, 3, padding=1)
        self.second = nn.Conv1d(inner, dimensions, 1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def forward(self, latents: Tensor, states: Tensor, real: Tensor) -> Tensor:
        read = torch.cat([latents, states.float()], 2) * real[:, :, None]
        return self.second(F.gelu(self.first(read.transpose(1, 2)))).transpose(1, 2)


def add_score(model: NarModel, dimensions: int = DIMENSIONS) -> None:
    add_latents(model, dimensions)
    model.latent_step = Step(dimensions, model.configuration.width)


def states_and_prior(model: NarModel, pairs: Pairs) -> tuple[Tensor, Tensor, Tensor]:
    """States of the source tokens [batch, N, width], mean and log of the deviation of p(z | X)."""
    (source,) = forward(model, [source_stream(pairs.source, pairs.segments)])
    states = source[:, 2:-1]
    mean, log_deviation = model.latent["prior"](states).float().chunk(2, -1)
    return states, mean, log_deviation.clamp(-4, 2)


def latent_score_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None, weight: float = 1.0
) -> tuple[Tensor, dict[str, float]]:
    loss, figures = latent_gaussian_loss(model, pairs, generator, weight)
    with torch.no_grad():
        states, mean, log_deviation = states_and_prior(model, pairs)
        noise = torch.randn(mean.shape, generator=generator).to(mean.device)
        latents = mean + log_deviation.exp() * noise
        written = logits_given(model, pairs, latents)[0].argmax(2).masked_fill(~pairs.real, PAD)
        move = posterior_of(model, Pairs(pairs.source, pairs.segments, written))[0] - latents
    _, real = source_tokens(pairs)
    missed = (model.latent_step(latents, states, real) - move)[real].square()
    step = missed.sum(1).mean()
    still = move[real].square().sum(1).mean()
    return loss + step, {**figures, "step": step.item(), "step_of_nothing": still.item()}


@torch.no_grad()
def write_moved(model: NarModel, pairs: Pairs, steps: int) -> Tensor:
    """Slots [batch, T] after so many small steps from the prior's mean."""
    states, latents, _ = states_and_prior(model, pairs)
    _, real = source_tokens(pairs)
    for _ in range(steps):
        latents = latents + model.latent_step(latents, states, real)
    return logits_given(model, pairs, latents)[0].argmax(2).masked_fill(~pairs.real, PAD)
