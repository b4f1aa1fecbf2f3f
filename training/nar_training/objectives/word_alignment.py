"""Which source token a target token comes from, for pairs of one language: a hard aligner without training.

    a(t) = argmax_n  cos(E[y_t], E[x_n]) - δ |t / T - n / N|

Equal tokens have cosine 1; words of like meaning are near in a pre-trained embedding (SimAlign, Jalili Sabet 2020, with
the embedding alone), and the diagonal decides the rest (fast_align, Dyer 2013, has the same term). Gu 2018, NPMT and
ReorderNAT take such links from an external aligner of bilingual text; within a language this is enough.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.tokenizer import PAD
from ..network.model import NarModel
from .pairs import Pairs

DIAGONAL = 0.5  # δ


def source_lengths(pairs: Pairs) -> Tensor:
    """N of each row [batch], without `<begin>`, task and `<end>`."""
    return (pairs.source != PAD).sum(1) - 3


def source_tokens(pairs: Pairs) -> tuple[Tensor, Tensor]:
    """x_1 … x_N [batch, N] with PAD behind, and which are real."""
    tokens = pairs.source[:, 2:-1]
    real = torch.arange(tokens.shape[1], device=tokens.device) < source_lengths(pairs)[:, None]
    return torch.where(real, tokens, PAD), real


@torch.no_grad()
def aligned_sources(model: NarModel, pairs: Pairs, diagonal: float = DIAGONAL) -> Tensor:
    """Place 0 … N - 1 of each target token's source [batch, T]; of no meaning behind the end."""
    source, real = source_tokens(pairs)
    left = F.normalize(model.tokens.weight[pairs.target].float(), dim=2)
    right = F.normalize(model.tokens.weight[source].float(), dim=2)
    like = left @ right.transpose(1, 2)  # [batch, T, N]
    at = torch.arange(pairs.target.shape[1], device=source.device) / pairs.lengths[:, None]
    of = torch.arange(source.shape[1], device=source.device) / source_lengths(pairs)[:, None]
    scores = like - diagonal * (at[:, :, None] - of[:, None, :]).abs()
    return scores.masked_fill(~real[:, None, :], -torch.inf).argmax(2)


def counts_per_source(alignment: Tensor, real: Tensor, size: int) -> Tensor:
    """How many target tokens each source token owns [batch, size]: Gu's fertilities; they sum to T."""
    counts = torch.zeros((len(alignment), size), dtype=torch.long, device=alignment.device)
    return counts.scatter_add(1, alignment, real.long())
