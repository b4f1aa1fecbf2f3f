"""A batch of sources and targets as tensors, and the token streams that an objective puts behind the source.

The rows are those of rows.py (same positions, segments and attention rule), but dense and batched, so that an
objective can look at a whole batch of answers at once: glancing, alignments and pseudo-targets need no loop.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.pools import Example
from ..data.tokenizer import BEGIN, END, MASK, PAD
from ..network.model import NEVER, NarModel
from .rows import CONTENT, DRAFT, PADDING, QUERY, SOURCE, attention_mask

LENGTH_WEIGHT = 0.1
# How the losses of a batch's tokens become one number. sum: summed within a pair, averaged over the pairs, as the
# papers write their equations. mean: averaged over all scored tokens, as the released codes do.
REDUCTIONS = ("sum", "mean")


@dataclass
class Pairs:
    source: Tensor  # [batch, N + 3] `<begin> <task> x_1 … x_N <end>`, PAD behind
    segments: Tensor  # [batch, N + 3]
    target: Tensor  # [batch, T] y_1 … y_T, PAD behind
    pseudo: Tensor | None = None  # [batch, T] a stored answer of an earlier model (MIST's static pseudo-target)
    continued: bool = False  # the draft is `y_1 … y_T <end>` and its positions go on behind the source's (MIST)

    @property
    def real(self) -> Tensor:
        return self.target != PAD  # [batch, T]

    @property
    def lengths(self) -> Tensor:
        return self.real.sum(1)  # [batch]

    def to(self, device: str) -> "Pairs":
        pseudo = None if self.pseudo is None else self.pseudo.to(device)
        return Pairs(self.source.to(device), self.segments.to(device), self.target.to(device), pseudo, self.continued)


@dataclass
class Stream:
    """Tokens that share a forward: `groups` and `positions` decide who sees whom (rows.attention_mask)."""

    tokens: Tensor  # [batch, length]
    positions: Tensor  # [batch, length]
    segments: Tensor  # [batch, length]
    groups: Tensor  # [batch, length]


def padded(lists: list[list[int]], value: int = PAD) -> Tensor:
    out = torch.full((len(lists), max(len(items) for items in lists)), value)
    for row, items in enumerate(lists):
        out[row, : len(items)] = torch.tensor(items, dtype=torch.long)
    return out


def make_pairs(examples: list[Example], tasks: list[int]) -> Pairs:
    """Raises ValueError for an example without source or target: neither has a length to learn."""
    if any(not example.source or not example.target for example in examples):
        raise ValueError("an example without source or target")
    return Pairs(
        padded([[BEGIN, task, *example.source, END] for example, task in zip(examples, tasks, strict=True)]),
        padded([[0, 0, *example.segments, 0] for example in examples], 0),
        padded([example.target for example in examples]),
    )


def source_stream(source: Tensor, segments: Tensor) -> Stream:
    """Positions count real tokens only: PAD may lie in the middle (a pseudo-target before the source)."""
    real = source != PAD
    positions = (real.cumsum(1) - 1).clamp(min=0)
    return Stream(source, positions, segments, torch.where(real, SOURCE, PADDING))


def draft_stream(slots: Tensor, lengths: Tensor, after: Tensor | None = None) -> Stream:
    """`<begin> slot_1 … slot_T <end>`, everything sees everything: slots [batch, T] -> stream [batch, T + 2].

    `after` [batch]: the size of a source whose positions are continued; there is no `<begin>` then.
    """
    batch, size = slots.shape
    places = torch.arange(size + 2, device=slots.device).expand(batch, -1)
    tokens = F.pad(slots, (1, 1), value=PAD)
    tokens = tokens.masked_fill(places > lengths[:, None], PAD)
    tokens[:, 0] = BEGIN
    tokens = tokens.masked_fill(places == lengths[:, None] + 1, END)
    groups = torch.where(places <= lengths[:, None] + 1, DRAFT, PADDING)
    if after is not None:
        tokens[:, 0], groups[:, 0] = PAD, PADDING
        places = (places - 1).clamp(min=0) + after[:, None]
    return Stream(tokens, places, torch.ones_like(tokens), groups)


def content_stream(target: Tensor, lengths: Tensor) -> Stream:
    """`<begin> y_1 … y_T` at positions 0 … T, causal: [batch, T + 1]."""
    tokens = F.pad(target, (1, 0), value=BEGIN)
    places = torch.arange(tokens.shape[1], device=target.device).expand_as(tokens)
    return Stream(tokens, places, torch.ones_like(tokens), torch.where(places <= lengths[:, None], CONTENT, PADDING))


def query_stream(lengths: Tensor, size: int) -> Stream:
    """`<mask>` at positions 1 … T + 1; query t reads content before t: [batch, size + 1]."""
    places = torch.arange(1, size + 2, device=lengths.device).expand(len(lengths), -1)
    groups = torch.where(places <= lengths[:, None] + 1, QUERY, PADDING)
    return Stream(torch.full_like(places, MASK), places, torch.ones_like(places), groups)


def join(streams: list[Stream], mask: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The streams side by side: what model.hidden takes. `mask` replaces the rule."""
    tokens, positions, segments, groups = [
        torch.cat([getattr(stream, name) for stream in streams], 1)
        for name in ("tokens", "positions", "segments", "groups")
    ]
    return tokens, positions, segments, attention_mask(groups, positions) if mask is None else mask


def forward(model: NarModel, streams: list[Stream], mask: Tensor | None = None) -> list[Tensor]:
    """One pass over the streams side by side; hidden states [batch, length, width] of each."""
    hidden = model.hidden(*join(streams, mask))
    return list(hidden.split([stream.tokens.shape[1] for stream in streams], 1))


def answers(model: NarModel, pairs: Pairs, slots: Tensor) -> tuple[Tensor, Tensor]:
    """One parallel pass over a draft: hidden states at the slots [batch, T, width], and what the length head reads
    [batch, width].
    """
    after = (pairs.source != PAD).sum(1) if pairs.continued else None
    streams = [source_stream(pairs.source, pairs.segments), draft_stream(slots, pairs.lengths, after)]
    source, draft = forward(model, streams)
    return draft[:, 1:-1], model.length_state(source, pairs.source != PAD)


def masked_slots(pairs: Pairs) -> Tensor:
    """All slots hidden, the state every decoder starts from: [batch, T]."""
    return torch.where(pairs.real, MASK, PAD)


@torch.no_grad()
def best_tokens(model: NarModel, rows: Tensor, chosen: Tensor) -> Tensor:
    """Argmax where `chosen` [batch, T], PAD elsewhere."""
    out = torch.full(chosen.shape, PAD, device=rows.device)
    out[chosen] = model.token_logits(rows[chosen]).argmax(-1)
    return out


def token_losses(logits: Tensor, wanted: Tensor, smoothing: float = 0.0) -> Tensor:
    """Cross-entropy of each slot in fp32: logits [slots, V], wanted [slots] -> [slots].

    `smoothing` ε (Szegedy 2016): (1 - ε) · -log p(wanted) + ε · mean over v of -log p(v), v the tokens that may be
    written. Special tokens have no probability to smooth: NEVER times ε would drown everything else.
    """
    log_probs = torch.log_softmax(logits.float(), 1)
    losses = -log_probs.gather(1, wanted[:, None])[:, 0]
    if smoothing == 0:
        return losses
    allowed = (logits > NEVER / 2).float()
    return (1 - smoothing) * losses - smoothing * (log_probs * allowed).sum(1) / allowed.sum(1)


def reduced(losses: Tensor, batch: int, reduction: str) -> Tensor:
    """One of REDUCTIONS of losses [slots] that belong to `batch` pairs. Raises ValueError for another name."""
    if reduction not in REDUCTIONS:
        raise ValueError(f"reduction must be one of {REDUCTIONS}, not {reduction!r}")
    return losses.sum() / batch if reduction == "sum" else losses.mean()


def token_loss(logits: Tensor, wanted: Tensor, smoothing: float = 0.0) -> Tensor:
    """Mean cross-entropy in fp32: logits [slots, V], wanted [slots]."""
    return token_losses(logits, wanted, smoothing).mean()


def length_loss(model: NarModel, state: Tensor, pairs: Pairs) -> Tensor:
    """Mean over the pairs of the CE of the length's class, from model.length_state: T - N + offset, or T where the
    head is "pooled".
    """
    offset = model.configuration.length_offset
    wanted = pairs.lengths
    if model.configuration.length_head == "change":
        wanted = wanted - ((pairs.source != PAD).sum(1) - 3) + offset
    return F.cross_entropy(model.length(state).float(), wanted.clamp(0, 2 * offset))


def weighted_sum(parts: dict[str, tuple[float, Tensor]]) -> tuple[Tensor, dict[str, float]]:
    """Named parts with their weights -> the total that is minimised, and each part's own value."""
    total = sum((weight * value for weight, value in parts.values()), start=torch.zeros(()))
    return total, {name: value.item() for name, (_, value) in parts.items()}
