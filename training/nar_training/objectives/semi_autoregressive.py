"""Semi-autoregressive writing (SAT, Wang 2018, Eq. 3-4) and the ladder of the task curriculum (TCL-NAT, Liu 2021).

    p(Y | X) = Π_b p(y_{(b-1)K+1} … y_{bK} | X, y_{<= (b-1)K}),    each block's tokens independent
    loss     = mean over t = 1 … T + 1 of -log p(y_t | X, blocks before),   y_{T+1} = `<end>`

A query sees the content of the blocks before its own and the other queries of its block. K = 1 is the left-to-right
writer (left_to_right.py), K > T one parallel pass. The curriculum climbs K = 1, 2, 4, 8, 16 and ends with the parallel
task itself (one_pass.py), where the length comes from the classifier.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.tokenizer import PAD
from ..network.model import NarModel
from .left_to_right import wanted_tokens
from .one_pass import one_pass_loss
from .pairs import Pairs, content_stream, forward, query_stream, source_stream
from .rows import CONTENT, QUERY, attention_mask

RUNGS = [1, 2, 4, 8, 16]


def block_mask(groups: Tensor, positions: Tensor, block: int) -> Tensor:
    """Who sees whom [batch, length, length]: rows.attention_mask with blocks of `block` tokens."""
    mask = attention_mask(groups, positions)
    row, column = groups[:, :, None], groups[:, None, :]
    blocks = (positions - 1).clamp(min=0) // block  # of a query at position t = 1 …
    query_to_content = (row == QUERY) & (column == CONTENT)
    earlier = positions[:, None, :] <= block * blocks[:, :, None]
    beside = (row == QUERY) & (column == QUERY) & (blocks[:, :, None] == blocks[:, None, :])
    return torch.where(query_to_content, earlier, mask) | beside


def semi_autoregressive_loss(model: NarModel, pairs: Pairs, block: int) -> tuple[Tensor, dict[str, float]]:
    streams = [
        source_stream(pairs.source, pairs.segments),
        content_stream(pairs.target, pairs.lengths),
        query_stream(pairs.lengths, pairs.target.shape[1]),
    ]
    groups = torch.cat([stream.groups for stream in streams], 1)
    positions = torch.cat([stream.positions for stream in streams], 1)
    query = forward(model, streams, block_mask(groups, positions, block))[2]
    wanted = wanted_tokens(pairs)
    chosen = wanted != PAD
    logits = model.token_logits(query[chosen]).float()
    loss = F.cross_entropy(logits, wanted[chosen])
    return loss, {"token": loss.item(), "block": float(block)}


def rung_of(spent: float) -> int | None:
    """K at this share of the training; None: the parallel task. Six rungs of equal time."""
    place = min(len(RUNGS), int(max(0.0, spent) * (len(RUNGS) + 1)))
    return RUNGS[place] if place < len(RUNGS) else None


def ladder_loss(model: NarModel, pairs: Pairs, spent: float) -> tuple[Tensor, dict[str, float]]:
    block = rung_of(spent)
    return one_pass_loss(model, pairs) if block is None else semi_autoregressive_loss(model, pairs, block)
