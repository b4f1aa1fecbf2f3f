"""FlowSeq (Ma 2019, sections 3.1-3.3): a prior of invertible steps over one latent a target token.

    z ~ q(z | X, Y);   log p(z | X) = log N(f(z; c); 0, 1) + log |det ∂f/∂z|,    c = states of all-hidden slots given X
    loss = mean_t -log p(y_t | X, z) + β (log q(z | X, Y) - log p(z | X)) / T + 0.1 · CE(T - N)
    f: actnorm and affine coupling, alternately of both halves:  z_b <- (z_b + m(z_a, c)) · exp(s(z_a, c))

m and s look at the neighbouring slots too (a convolution), which is where the prior learns that words depend on each
other. Writing: z = f^{-1}(ε; c), ε = 0 for one answer, drawn for several (the surest is taken). Two passes.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.tokenizer import MASK, PAD
from ..network.model import NarModel
from .latent_gaussian import gaussian
from .pairs import LENGTH_WEIGHT, Pairs, answers, length_loss, masked_slots, token_loss
from .vectors import answers_from_vectors

DIMENSIONS, STEPS, INNER = 16, 4, 64


class Coupling(nn.Module):
    """One step of f over [batch, T, dimensions]; `flipped` changes which half is moved. Starts as the identity."""

    def __init__(self, dimensions: int, condition: int, inner: int = INNER, flipped: bool = False):
        super().__init__()
        self.half, self.flipped = dimensions // 2, flipped
        self.shift, self.scale = nn.Parameter(torch.zeros(dimensions)), nn.Parameter(torch.zeros(dimensions))
        self.first = nn.Conv1d(self.half + condition, inner, 3, padding=1)
        self.second = nn.Conv1d(inner, 2 * (dimensions - self.half), 1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def move(self, fixed: Tensor, condition: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        read = (torch.cat([fixed, condition], 2) * real[:, :, None]).transpose(1, 2)
        shift, scale = self.second(F.gelu(self.first(read))).transpose(1, 2).chunk(2, 2)
        return shift, 2 * torch.tanh(scale / 2)  # a step stretches by e^2 at most

    def halves(self, z: Tensor) -> tuple[Tensor, Tensor]:
        left, right = z[..., : self.half], z[..., self.half :]
        return (right, left) if self.flipped else (left, right)

    def joined(self, fixed: Tensor, moved: Tensor) -> Tensor:
        return torch.cat([moved, fixed] if self.flipped else [fixed, moved], -1)

    def forward(self, z: Tensor, condition: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        """f(z) and log |det| of each row [batch]."""
        z = (z + self.shift) * self.scale.exp()
        fixed, moving = self.halves(z)
        shift, scale = self.move(fixed, condition, real)
        total = (scale.sum(2) + self.scale.sum()) * real
        return self.joined(fixed, (moving + shift) * scale.exp()), total.sum(1)

    def inverse(self, z: Tensor, condition: Tensor, real: Tensor) -> Tensor:
        fixed, moved = self.halves(z)
        shift, scale = self.move(fixed, condition, real)
        z = self.joined(fixed, moved * (-scale).exp() - shift)
        return z * (-self.scale).exp() - self.shift


class Flow(nn.Module):
    def __init__(self, width: int, dimensions: int = DIMENSIONS, steps: int = STEPS, condition: int = INNER):
        super().__init__()
        assert dimensions % 2 == 0, "both halves are of the same size"
        self.condition = nn.Linear(width, condition)
        self.steps = nn.ModuleList(Coupling(dimensions, condition, flipped=bool(number % 2)) for number in range(steps))

    def log_prior(self, z: Tensor, states: Tensor, real: Tensor) -> Tensor:
        """log p(z | X) of each row [batch]: z [batch, T, dimensions], states [batch, T, width]."""
        condition, total = self.condition(states.float()), z.new_zeros(len(z))
        for step in self.steps:
            z, stretched = step(z, condition, real)
            total = total + stretched
        normal = -0.5 * (z.square() + torch.log(torch.tensor(2 * torch.pi))).sum(2)
        return (normal * real).sum(1) + total

    def sample(self, noise: Tensor, states: Tensor, real: Tensor) -> Tensor:
        """f^{-1}(ε; c) [batch, T, dimensions]."""
        condition, z = self.condition(states.float()), noise
        for step in reversed(self.steps):
            z = step.inverse(z, condition, real)
        return z


def add_flow(model: NarModel, dimensions: int = DIMENSIONS) -> None:
    width = model.configuration.width
    model.flow = Flow(width, dimensions)
    model.flow_posterior, model.flow_slot = nn.Linear(width, 2 * dimensions), nn.Linear(dimensions, width)


def logits_given(model: NarModel, pairs: Pairs, latents: Tensor) -> Tensor:
    rows, _ = answers_from_vectors(model, pairs, model.flow_slot(latents) + model.tokens.weight[MASK])
    return model.token_logits(rows).float()


def latent_flow_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None, weight: float = 1.0
) -> tuple[Tensor, dict[str, float]]:
    """`weight`: β, which a training may raise from little to 1."""
    real = pairs.real
    states, first = answers(model, pairs, masked_slots(pairs))
    seen, _ = answers(model, pairs, pairs.target)  # slots that hold Y: what the posterior reads
    mean, log_deviation = gaussian(model.flow_posterior, seen)
    noise = torch.randn(mean.shape, generator=generator).to(mean.device)
    latents = mean + log_deviation.exp() * noise
    normal = -0.5 * (noise.square() + torch.log(torch.tensor(2 * torch.pi))) - log_deviation
    log_posterior = (normal.sum(2) * real).sum(1)
    with torch.autocast(states.device.type, enabled=False):
        cost = (log_posterior - model.flow.log_prior(latents.float(), states, real)) / pairs.lengths
    token = token_loss(logits_given(model, pairs, latents)[real], pairs.target[real])
    length = length_loss(model, first, pairs)
    figures = {"token": token.item(), "divergence": cost.mean().item(), "length": length.item()}
    return token + weight * cost.mean() + LENGTH_WEIGHT * length, figures


@torch.no_grad()
def write_flow(model: NarModel, pairs: Pairs, samples: int = 1, temperature: float = 0.5) -> Tensor:
    """Slots [batch, T]: the answer to ε = 0, or the surest of it and `samples` - 1 drawn ones."""
    states, _ = answers(model, pairs, masked_slots(pairs))
    shape = (*pairs.target.shape, model.flow_slot.in_features)
    best, highest = pairs.target, torch.full((len(pairs.target),), -torch.inf)
    for number in range(samples):
        noise = temperature * torch.randn(shape) if number else torch.zeros(shape)
        with torch.autocast(states.device.type, enabled=False):
            latents = model.flow.sample(noise, states, pairs.real)
        sure, tokens = torch.log_softmax(logits_given(model, pairs, latents), 2).max(2)
        scores = (sure * pairs.real).sum(1) / pairs.lengths
        best = torch.where((scores > highest)[:, None], tokens, best)
        highest = torch.maximum(scores, highest)
    return best.masked_fill(~pairs.real, PAD)
