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
from ..network.model import NarModel
from .rows import CONTENT, DRAFT, IGNORE, PADDING, QUERY, SOURCE, attention_mask

LENGTH_WEIGHT = 0.1


@dataclass
class Pairs:
    source: Tensor  # [batch, N + 3] `<begin> <task> x_1 … x_N <end>`, PAD behind
    segments: Tensor  # [batch, N + 3]
    target: Tensor  # [batch, T] y_1 … y_T, PAD behind
    pseudo: Tensor | None = None  # [batch, T] a stored answer of an earlier model (MIST's static pseudo-target)

    @property
    def real(self) -> Tensor:
        return self.target != PAD  # [batch, T]

    @property
    def lengths(self) -> Tensor:
        return self.real.sum(1)  # [batch]

    def to(self, device: str) -> "Pairs":
        pseudo = None if self.pseudo is None else self.pseudo.to(device)
        return Pairs(self.source.to(device), self.segments.to(device), self.target.to(device), pseudo)


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


def draft_stream(slots: Tensor, lengths: Tensor) -> Stream:
    """`<begin> slot_1 … slot_T <end>`, everything sees everything: slots [batch, T] -> stream [batch, T + 2]."""
    batch, size = slots.shape
    places = torch.arange(size + 2, device=slots.device).expand(batch, -1)
    tokens = F.pad(slots, (1, 1), value=PAD)
    tokens = tokens.masked_fill(places > lengths[:, None], PAD)
    tokens[:, 0] = BEGIN
    tokens = tokens.masked_fill(places == lengths[:, None] + 1, END)
    groups = torch.where(places <= lengths[:, None] + 1, DRAFT, PADDING)
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
    """One parallel pass over a draft: hidden states at the slots [batch, T, width] and of row 0 [batch, width]."""
    source, draft = forward(model, [source_stream(pairs.source, pairs.segments), draft_stream(slots, pairs.lengths)])
    return draft[:, 1:-1], source[:, 0]


def masked_slots(pairs: Pairs) -> Tensor:
    """All slots hidden, the state every decoder starts from: [batch, T]."""
    return torch.where(pairs.real, MASK, PAD)


@torch.no_grad()
def best_tokens(model: NarModel, rows: Tensor, chosen: Tensor) -> Tensor:
    """Argmax where `chosen` [batch, T], PAD elsewhere."""
    out = torch.full(chosen.shape, PAD, device=rows.device)
    out[chosen] = model.token_logits(rows[chosen]).argmax(-1)
    return out


def token_loss(logits: Tensor, wanted: Tensor, smoothing: float = 0.0) -> Tensor:
    """Mean cross-entropy in fp32: logits [slots, V], wanted [slots]."""
    return F.cross_entropy(logits.float(), wanted, label_smoothing=smoothing)


def length_loss(model: NarModel, row: Tensor, pairs: Pairs) -> Tensor:
    """CE of the class T - N + offset at row 0 (nar.md §1.2)."""
    offset = model.configuration.length_offset
    change = pairs.lengths - ((pairs.source != PAD).sum(1) - 3)
    return F.cross_entropy(model.length(row).float(), (change + offset).clamp(0, 2 * offset), ignore_index=IGNORE)
