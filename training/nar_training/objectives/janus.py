"""JANUS (Liang 2022, sections 3.1 and 3.2): one network learns to write left to right, in parallel, and in between.

    loss = CE_AR + CE_NAR + CE_AUX + KL(AR, AUX) + KL(NAR, AUX) + 0.1 · CE(T - N),   KL(p, q) = (KL(p‖q) + KL(q‖p)) / 2
    CE_AR  = mean_t        -log p(y_t | X, y_<t),                  t = 1 … T + 1 with y_{T+1} = <end>
    CE_NAR = mean_{hidden} -log p(y_t | X, kept)
    CE_AUX = mean_{hidden} -log p(y_t | X, kept, hidden y_<t, masks >= t)

AR stream: content `<begin> y_1 … y_T` lies at positions 0 … T, causal; query t is `<mask>` at position t and reads
content before t and itself. At inference a step feeds content y_{t-1} and query t: the mask [[1,0],[1,1]] of
docs/model-format.md. NAR stream: the draft, hidden tokens masked, everybody sees everybody. AUX: the draft's states
serve as its content (same tokens, same view), then the hidden gold tokens and a query for each. The masks are three
comparisons of kind and position per pair, no sentence is looped over (the cost of which section 8 complains).

WEIGHTS: the paper has no coefficients; the released code weighs differently and adds an AR-NAR term ("code").
Cost: five target-long streams in one forward, three to four times a CMLM step.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.pools import Example
from ..data.tokenizer import BEGIN, END, MASK, PAD
from ..network.model import NarModel
from .cmlm import hidden_counts
from .glat import random_choice
from .pairs import (
    LENGTH_WEIGHT,
    Pairs,
    Stream,
    content_stream,
    draft_stream,
    forward,
    length_loss,
    masked_slots,
    query_stream,
    source_stream,
    token_loss,
)  # fmt: skip
from .rows import CONTENT, DRAFT, IGNORE, PADDING, QUERY, SOURCE, Row, append, source_row

KEPT = DRAFT
HIDDEN, GOLD, AUXILIARY_QUERY = 4, 5, 6  # besides the groups of rows.py


@dataclass(frozen=True)
class JanusWeights:
    autoregressive: float = 1.0
    parallel: float = 1.0
    auxiliary: float = 1.0
    autoregressive_auxiliary: float = 1.0  # the three divergences
    parallel_auxiliary: float = 1.0
    autoregressive_parallel: float = 0.0

    @property
    def needs_auxiliary(self) -> bool:
        return max(self.auxiliary, self.autoregressive_auxiliary, self.parallel_auxiliary) > 0


WEIGHTS = {
    "paper": JanusWeights(),
    "code": JanusWeights(1.0, 0.5, 0.5, 3.0, 1.0, 1.0),
    "joint": JanusWeights(1.0, 1.0, 0.0, 0.0, 0.0, 0.0),  # the ablation without AUX and divergences
}


def autoregressive_row(example: Example, task: int, kind: str) -> Row:
    row = source_row(task, example.source, example.segments, kind)
    size = len(example.target)
    append(row, [BEGIN, *example.target], list(range(size + 1)), [IGNORE] * (size + 1), CONTENT)
    append(row, [MASK] * (size + 1), list(range(1, size + 2)), [*example.target, END], QUERY)
    return row


def janus_mask(groups: Tensor, positions: Tensor) -> Tensor:
    """groups, positions [batch, length] -> bool [batch, length, length], row attends to column.

    A gold token knows the gold before it and the masks after it; a query knows itself and the masks from its place on.
    """
    row, column = groups[:, :, None], groups[:, None, :]
    earlier = positions[:, None, :] < positions[:, :, None]
    same = positions[:, None, :] == positions[:, :, None]
    later = ~earlier & ~same
    drafted = (column == KEPT) | (column == HIDDEN)
    seen = (column == SOURCE) & (row >= SOURCE)  # padding sees nothing
    seen |= (row == CONTENT) & (column == CONTENT) & ~later
    seen |= (row == QUERY) & (column == CONTENT) & earlier
    seen |= ((row == KEPT) | (row == HIDDEN)) & drafted
    seen |= ((row == GOLD) | (row == AUXILIARY_QUERY)) & (column == KEPT)
    seen |= (row == GOLD) & (((column == GOLD) & ~later) | ((column == HIDDEN) & later))
    seen |= (row == AUXILIARY_QUERY) & (((column == GOLD) & earlier) | ((column == HIDDEN) & ~earlier))
    itself = torch.eye(groups.shape[1], dtype=torch.bool, device=groups.device)[None]
    return seen | itself


def span_choice(real: Tensor, share: float, mean: float = 2.0, generator: torch.Generator | None = None) -> Tensor:
    """ceil(share · T) tokens of each row, hidden by whole spans of max(1, Poisson(mean)) tokens;
    the last may be cut.
    """
    batch, size = real.shape
    lengths = torch.poisson(torch.full((batch, size), mean), generator=generator).clamp(min=1)
    places = torch.arange(size, dtype=lengths.dtype).expand(batch, -1).contiguous()
    span = torch.searchsorted(lengths.cumsum(1), places, right=True)  # [batch, size]: which span a place lies in
    keys = torch.rand((batch, size + 1), generator=generator).gather(1, span).to(real.device).masked_fill(~real, 2.0)
    ranks = keys.argsort(dim=1, stable=True).argsort(1)
    return (ranks < (share * real.sum(1, keepdim=True)).ceil()) & real


def symmetric_divergence(left: Tensor, right: Tensor) -> Tensor:
    """(KL(p‖q) + KL(q‖p)) / 2 of two sets of logits [slots, V], mean over the slots; both sides get a gradient."""
    p, q = F.log_softmax(left.float(), 1), F.log_softmax(right.float(), 1)
    return 0.5 * ((p.exp() - q.exp()) * (p - q)).sum(1).mean()


def janus_loss(
    model: NarModel,
    pairs: Pairs,
    weights: JanusWeights,
    hidden: Tensor | None = None,
    generator: torch.Generator | None = None,
    smoothing: float = 0.0,
) -> tuple[Tensor, dict[str, float]]:
    """`hidden` [batch, T] are the masked places; by default drawn as in cmlm.py (30 % of the rows hide everything)."""
    if hidden is None:
        hidden = random_choice(pairs.real, hidden_counts(pairs.lengths, 0.3, generator), generator)
    size, lengths = pairs.target.shape[1], pairs.lengths
    draft = draft_stream(torch.where(hidden, masked_slots(pairs), pairs.target), lengths)
    draft.groups[:, 1:-1] = torch.where(hidden, HIDDEN, draft.groups[:, 1:-1])
    streams = [
        source_stream(pairs.source, pairs.segments),
        draft,
        content_stream(pairs.target, lengths),
        query_stream(lengths, size),
    ]
    if weights.needs_auxiliary:
        places = draft.positions[:, 1:-1]
        gold = Stream(
            torch.where(hidden, pairs.target, PAD), places, torch.ones_like(places), torch.where(hidden, GOLD, PADDING)
        )
        query = Stream(
            torch.full_like(places, MASK), places, gold.segments, torch.where(hidden, AUXILIARY_QUERY, PADDING)
        )
        streams += [gold, query]
    groups, positions = (
        torch.cat([getattr(stream, name) for stream in streams], 1) for name in ("groups", "positions")
    )
    states = forward(model, streams, janus_mask(groups, positions))
    wanted = pairs.target[hidden]

    whole = streams[3].groups == QUERY  # [batch, T + 1]
    sentence = torch.cat([pairs.target, torch.full_like(lengths[:, None], PAD)], 1).scatter(1, lengths[:, None], END)
    all_autoregressive = model.token_logits(states[3])  # [batch, T + 1, V]
    autoregressive = token_loss(all_autoregressive[whole], sentence[whole], smoothing)
    parallel_logits = model.token_logits(states[1][:, 1:-1][hidden])
    parallel, length = token_loss(parallel_logits, wanted, smoothing), length_loss(model, states[0][:, 0], pairs)
    total = weights.autoregressive * autoregressive + weights.parallel * parallel + LENGTH_WEIGHT * length
    figures = {"autoregressive": autoregressive.item(), "parallel": parallel.item(), "length": length.item()}
    divergences = [("autoregressive_parallel", all_autoregressive[:, :-1][hidden], parallel_logits)]
    if weights.needs_auxiliary:
        auxiliary_logits = model.token_logits(states[5][hidden])
        auxiliary = token_loss(auxiliary_logits, wanted, smoothing)
        total = total + weights.auxiliary * auxiliary
        figures["auxiliary"] = auxiliary.item()
        divergences += [
            ("autoregressive_auxiliary", all_autoregressive[:, :-1][hidden], auxiliary_logits),
            ("parallel_auxiliary", parallel_logits, auxiliary_logits),
        ]
    for name, left, right in divergences:
        if weight := getattr(weights, name):
            divergence = symmetric_divergence(left, right)
            total = total + weight * divergence
            figures[name] = divergence.item()
    return total, figures
