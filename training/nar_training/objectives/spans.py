"""Which tokens to hide: whole spans whose lengths follow a Poisson distribution (Joshi 2020; JANUS, sections 3.2, 3.3).

The sentence is tiled with spans of Poisson(λ) tokens; a span of no token hides none, since every token of a span gets
its own mask. Tiles are taken at random until the number of tokens is reached, and the last one may be cut.
"""

import torch
from torch import Tensor

MEAN = 2.0


def span_choice(real: Tensor, counts: Tensor, mean: float = MEAN, generator: torch.Generator | None = None) -> Tensor:
    """Exactly `counts` [batch] tokens of each row, by whole spans: real [batch, T] -> bool [batch, T]."""
    batch, size = real.shape
    tiles = 2 * size + 8  # nearly always enough to cover the row; what is left over is one span more
    lengths = torch.poisson(torch.full((batch, tiles), mean), generator=generator)
    places = torch.arange(size, dtype=lengths.dtype).expand(batch, -1).contiguous()
    span = torch.searchsorted(lengths.cumsum(1), places, right=True)  # [batch, size]: which span a place lies in
    keys = torch.rand((batch, tiles + 1), generator=generator).gather(1, span).to(real.device).masked_fill(~real, 2.0)
    ranks = keys.argsort(dim=1, stable=True).argsort(1)
    return (ranks < counts[:, None]) & real


def hidden_spans(
    real: Tensor, share: float | None, mean: float = MEAN, generator: torch.Generator | None = None
) -> Tensor:
    """ceil(share · T) tokens of each row; `share` None draws floor(u · T) + 1 with u ~ U(0, 1) for each row, as CMLM
    does: the paper's fine-tuning is CMLM's and names no share. Raises ValueError for a share outside of (0, 1].
    """
    lengths = real.sum(1)
    if share is None:
        draws = torch.rand(len(lengths), generator=generator).to(real.device)
        counts = torch.minimum((draws * lengths).floor() + 1, lengths)
    elif 0 < share <= 1:
        counts = (share * lengths).ceil()
    else:
        raise ValueError(f"the share of hidden tokens is {share}: give a number above 0, 1 at most")
    return span_choice(real, counts, mean, generator)
