"""An adversary that tells written answers from people's (text GAN with a parallel generator, Huang 2021, section 3).

    loss = mean_t -log p(y_t | X) + 0.1 · CE(T - N) + λ · [ -log D(X, Y) - log(1 - D(X, ŷ)) ]

ŷ is the argmax forwards and the softmax's gradient backwards (energy.py). D learns from its loss; the writer gets the
opposite gradient, weighed by `reversal`, through a layer that is the identity forwards (Ganin 2015): both players in
one step of one optimizer. D reads embeddings by two convolutions and the mean of the source's.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..network.model import NarModel
from .energy import relaxed
from .pairs import LENGTH_WEIGHT, Pairs, answers, length_loss, masked_slots, token_loss
from .word_alignment import source_tokens

WEIGHT, REVERSAL, INNER = 0.3, 0.3, 64


class Reversed(torch.autograd.Function):
    @staticmethod
    def forward(context, value: Tensor, weight: float) -> Tensor:
        context.weight = weight
        return value.view_as(value)

    @staticmethod
    def backward(context, gradient: Tensor) -> tuple[Tensor, None]:
        return -context.weight * gradient, None


class Discriminator(nn.Module):
    def __init__(self, width: int, inner: int = INNER):
        super().__init__()
        self.first, self.second = nn.Conv1d(width, inner, 3, padding=1), nn.Conv1d(inner, inner, 3, padding=1)
        self.source, self.out = nn.Linear(width, inner), nn.Linear(2 * inner, 1)

    def forward(self, vectors: Tensor, real: Tensor, source: Tensor, source_real: Tensor) -> Tensor:
        """Logit of "a person wrote this" [batch]: vectors [batch, T, width], source [batch, N, width]."""
        inside = real[:, None, :].float()
        read = F.gelu(self.first(vectors.transpose(1, 2) * inside)) * inside
        read = F.gelu(self.second(read)).masked_fill(~real[:, None, :], -1e9).amax(2)  # [batch, inner]
        mean = (source * source_real[:, :, None]).sum(1) / source_real.sum(1, keepdim=True).clamp(min=1)
        return self.out(torch.cat([read, self.source(mean)], 1))[:, 0]


def add_discriminator(model: NarModel) -> None:
    model.discriminator = Discriminator(model.configuration.width)


def adversarial_loss(
    model: NarModel, pairs: Pairs, weight: float = WEIGHT, reversal: float = REVERSAL
) -> tuple[Tensor, dict[str, float]]:
    rows, first = answers(model, pairs, masked_slots(pairs))
    logits = model.token_logits(rows).float()
    token = token_loss(logits[pairs.real], pairs.target[pairs.real])
    table = model.tokens.weight.detach().float()  # the players may not move the words themselves
    tokens, inside = source_tokens(pairs)
    written = Reversed.apply(relaxed(logits, "straight-through") @ table, reversal)
    says = [
        model.discriminator(vectors.float(), pairs.real, table[tokens], inside)
        for vectors in (table[pairs.target], written)
    ]
    told = F.binary_cross_entropy_with_logits(says[0], torch.ones_like(says[0])) + F.binary_cross_entropy_with_logits(
        says[1], torch.zeros_like(says[1])
    )
    length = length_loss(model, first, pairs)
    figures = {
        "token": token.item(),
        "adversary": told.item(),
        "told_right": ((says[0] > 0).float().mean().item() + (says[1] < 0).float().mean().item()) / 2,
        "length": length.item(),
    }
    return token + weight * told + LENGTH_WEIGHT * length, figures
