"""A small left-to-right writer over another network's states, for short sequences of few symbols: codes, chunks."""

import torch
from torch import Tensor, nn


class SmallWriter(nn.Module):
    """A GRU cell that attends to the source states at every step. Symbol 0 begins and ends a sequence."""

    def __init__(self, symbols: int, width: int, inner: int = 128):
        super().__init__()
        self.symbols = nn.Embedding(symbols, inner)
        self.keys, self.values = nn.Linear(width, inner), nn.Linear(width, inner)
        self.cell = nn.GRU(inner, inner, batch_first=True)
        self.out = nn.Linear(2 * inner, symbols)

    def forward(
        self, states: Tensor, real: Tensor, before: Tensor, memory: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """states [batch, N, width] with `real` [batch, N], symbols before each place [batch, L] -> logits
        [batch, L, symbols] and the cell's last state.
        """
        states = states.float()
        read, memory = self.cell(self.symbols(before), memory)  # [batch, L, inner]
        scores = read @ self.keys(states).transpose(1, 2) * read.shape[2] ** -0.5
        weights = scores.masked_fill(~real[:, None, :], -1e9).softmax(2)
        return self.out(torch.cat([read, weights @ self.values(states)], 2)), memory

    @torch.no_grad()
    def write(self, states: Tensor, real: Tensor, longest: int) -> Tensor:
        """Greedy symbols [batch, L], L <= longest, 0 behind the end."""
        batch = len(states)
        last, memory = torch.zeros(batch, 1, dtype=torch.long, device=states.device), None
        done, out = torch.zeros(batch, dtype=torch.bool, device=states.device), []
        for _ in range(longest):
            logits, memory = self(states, real, last, memory)
            symbol = logits[:, -1].argmax(1)
            done = done | (symbol == 0)
            if done.all():
                break
            out.append(symbol.masked_fill(done, 0))
            last = symbol[:, None]
        return torch.stack(out, 1) if out else torch.zeros(batch, 0, dtype=torch.long, device=states.device)


def shifted(symbols: Tensor) -> Tensor:
    """What stands before each place, 0 at first: [batch, L] -> [batch, L]."""
    return torch.cat([torch.zeros_like(symbols[:, :1]), symbols[:, :-1]], 1)
