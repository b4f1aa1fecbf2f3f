"""A codebook of vectors (VQ-VAE, van den Oord 2017, Eq. 2-3; decomposed for text in Roy 2018): nearest code, gradient
straight through.

    code(x) = argmin_k |x - c_k|²;   out = x + sg(c - x);   loss = |sg(x) - c|² + β |x - sg(c)|²            β = 0.25

A code that no vector has chosen for long is put onto a vector of the batch: a book of which few codes are used says
nothing.
"""

import torch
from torch import Tensor, nn

COMMITMENT, MEMORY, DEAD = 0.25, 0.99, 0.03


class Codebook(nn.Module):
    def __init__(self, codes: int, dimensions: int):
        super().__init__()
        self.codes = nn.Parameter(torch.randn(codes, dimensions) * 0.1)
        self.register_buffer("usage", torch.ones(codes))

    def nearest(self, vectors: Tensor) -> Tensor:
        """Code of each vector [..., dimensions] -> [...]."""
        flat = vectors.detach().float().reshape(-1, vectors.shape[-1])
        distances = flat.square().sum(1, keepdim=True) - 2 * flat @ self.codes.T + self.codes.square().sum(1)
        return distances.argmin(1).view(vectors.shape[:-1])

    def forward(self, vectors: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Vectors [rows, dimensions] -> quantised with the gradient straight through, codes [rows], loss."""
        vectors = vectors.float()
        if self.training:
            self.revive(vectors)
        chosen = self.nearest(vectors)
        held = self.codes[chosen]
        loss = (held - vectors.detach()).square().mean() + COMMITMENT * (vectors - held.detach()).square().mean()
        return vectors + (held - vectors).detach(), chosen, loss

    @torch.no_grad()
    def revive(self, vectors: Tensor) -> None:
        counts = torch.bincount(self.nearest(vectors), minlength=len(self.codes)).float()
        self.usage.mul_(MEMORY).add_((1 - MEMORY) * counts)
        dead = (self.usage < DEAD).nonzero()[:, 0]
        if len(dead) and len(vectors):
            self.codes[dead] = vectors[torch.randint(len(vectors), (len(dead),), device=vectors.device)]
            self.usage[dead] = 1.0
