"""JANUS (Liang 2022, sections 3.1 and 3.2): one network learns to write left to right, in parallel, and in between.

    L      = L_AR + L_NAR + L_AUX + L_KL + CE(length)                                 Eq. 5, which leaves the length out
    L_AR   = -Σ_t log p_AR(y_t | X, y_<t),                     t = 1 … T + 1 with y_{T+1} = <end>      Eq. 1
    L_NAR  = -Σ_{t hidden} log p_NAR(y_t | X, kept)                                                    Eq. 2
    L_AUX  = -Σ_{t hidden} log p_AUX(y_t | X, kept, hidden y_<t, masks >= t)                           Eq. 3
    L_KL   = Σ_{t hidden} KL(AR‖AUX) + KL(AUX‖AR) + KL(NAR‖AUX) + KL(AUX‖NAR)                          Eq. 4

Sums run within a pair; a batch takes the mean over its pairs. AR stream: content `<begin> y_1 … y_T` at positions
0 … T, causal; query t is `<mask>` at position t and reads the content before t. NAR stream: the draft, hidden tokens
masked, everybody sees everybody. AUX (two-stream attention with position compensation): the draft's states serve as its
content (same tokens, same view), then the hidden gold tokens and a query for each. The masks are three comparisons of
kind and position per pair, no sentence is looped over (the cost of which section 8 complains).

JANUS names the settings; every one but "paper" is a deviation. "host": a query also sees itself, as in the product's
two-token step [[1,0],[1,1]] (docs/model-format.md). "code": the released weights, KL halved and with a direct AR-NAR
term, means instead of sums, 70 % hidden. The others are the rows of Table 6 and the second phase of pre-training.
One stack serves as encoder and decoder here, as everywhere in this package; the paper has two.
Cost: five target-long streams in one forward, three to four times a CMLM step.
"""

from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.pools import Example
from ..data.tokenizer import BEGIN, END, MASK, PAD
from ..network.model import NarModel
from .pairs import (
    Pairs,
    Stream,
    content_stream,
    draft_stream,
    forward,
    length_loss,
    masked_slots,
    query_stream,
    reduced,
    source_stream,
    token_losses,
    weighted_sum,
)  # fmt: skip
from .rows import CONTENT, DRAFT, IGNORE, PADDING, QUERY, SOURCE, Row, append, source_row
from .spans import hidden_spans

KEPT = DRAFT
HIDDEN, GOLD, AUXILIARY_QUERY = 4, 5, 6  # besides the groups of rows.py


@dataclass(frozen=True)
class JanusOptions:
    """Weights of the parts and how they are made. The defaults are the paper's."""

    autoregressive: float = 1.0
    parallel: float = 1.0
    auxiliary: float = 1.0
    autoregressive_auxiliary: float = 1.0  # the three divergences
    parallel_auxiliary: float = 1.0
    autoregressive_parallel: float = 0.0
    length: float = 1.0
    divergence_scale: float = 1.0  # of KL(p‖q) + KL(q‖p); the released code halves it
    reduction: str = "sum"  # pairs.REDUCTIONS
    smoothing: float = 0.1
    hidden_share: float | None = None  # of a pair's tokens; None draws it anew for each pair, uniformly
    span_mean: float = 2.0
    own_key: bool = False  # a query attends to itself

    @property
    def needs_auxiliary(self) -> bool:
        return max(self.auxiliary, self.autoregressive_auxiliary, self.parallel_auxiliary) > 0

    @property
    def needs_autoregressive(self) -> bool:
        return max(self.autoregressive, self.autoregressive_auxiliary, self.autoregressive_parallel) > 0


PAPER = JanusOptions()
JOINT = replace(PAPER, auxiliary=0.0, autoregressive_auxiliary=0.0, parallel_auxiliary=0.0)
JANUS = {
    "paper": PAPER,
    "host": replace(PAPER, own_key=True),
    "code": JanusOptions(
        1.0, 0.5, 0.5, 3.0, 1.0, 1.0, length=0.1, divergence_scale=0.5, reduction="mean", hidden_share=0.7
    ),
    "joint": JOINT,
    "joint-divergence": replace(JOINT, autoregressive_parallel=1.0),
    "autoregressive": replace(JOINT, parallel=0.0, length=0.0),
    "parallel": replace(JOINT, autoregressive=0.0),
    "auxiliary": replace(JOINT, autoregressive=0.0, parallel=0.0, auxiliary=1.0),
    "pretraining": replace(PAPER, hidden_share=0.5, length=0.0, smoothing=0.0),
}


def autoregressive_row(example: Example, task: int, kind: str) -> Row:
    row = source_row(task, example.source, example.segments, kind)
    size = len(example.target)
    append(row, [BEGIN, *example.target], list(range(size + 1)), [IGNORE] * (size + 1), CONTENT)
    append(row, [MASK] * (size + 1), list(range(1, size + 2)), [*example.target, END], QUERY)
    return row


def janus_mask(groups: Tensor, positions: Tensor, own_key: bool = False) -> Tensor:
    """groups, positions [batch, length] -> bool [batch, length, length], row attends to column.

    A gold token knows the gold before it and the masks after it; a query knows the gold before it and the draft's masks
    from its place on, and with `own_key` itself, a second mask at its place.
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
    if not own_key:
        itself = itself & (groups != QUERY)[:, :, None] & (groups != AUXILIARY_QUERY)[:, :, None]
    return seen | itself


def two_way_divergences(left: Tensor, right: Tensor) -> Tensor:
    """KL(p‖q) + KL(q‖p) of each slot in nats (Eq. 4): two sets of logits [slots, V] -> [slots]; both get a gradient."""
    p, q = F.log_softmax(left.float(), 1), F.log_softmax(right.float(), 1)
    return ((p.exp() - q.exp()) * (p - q)).sum(1)


def janus_loss(
    model: NarModel,
    pairs: Pairs,
    options: JanusOptions = PAPER,
    hidden: Tensor | None = None,
    generator: torch.Generator | None = None,
) -> tuple[Tensor, dict[str, float]]:
    """`hidden` [batch, T] are the masked places; by default whole spans (spans.py), at least one token of each pair."""
    if hidden is None:
        hidden = hidden_spans(pairs.real, options.hidden_share, options.span_mean, generator)
    lengths = pairs.lengths
    draft = draft_stream(torch.where(hidden, masked_slots(pairs), pairs.target), lengths)
    draft.groups[:, 1:-1] = torch.where(hidden, HIDDEN, draft.groups[:, 1:-1])
    streams = {"source": source_stream(pairs.source, pairs.segments), "draft": draft}
    if options.needs_autoregressive:
        streams["content"] = content_stream(pairs.target, lengths)
        streams["query"] = query_stream(lengths, pairs.target.shape[1])
    if options.needs_auxiliary:
        places = draft.positions[:, 1:-1]
        segments, masks = torch.ones_like(places), torch.full_like(places, MASK)
        gold = torch.where(hidden, pairs.target, PAD)
        streams["gold"] = Stream(gold, places, segments, torch.where(hidden, GOLD, PADDING))
        streams["auxiliary"] = Stream(masks, places, segments, torch.where(hidden, AUXILIARY_QUERY, PADDING))
    groups, positions = (
        torch.cat([getattr(stream, name) for stream in streams.values()], 1) for name in ("groups", "positions")
    )
    mask = janus_mask(groups, positions, options.own_key)
    states = dict(zip(streams, forward(model, list(streams.values()), mask), strict=True))

    def part(losses: Tensor) -> Tensor:
        return reduced(losses, len(lengths), options.reduction)

    wanted = pairs.target[hidden]
    logits = {"parallel": model.token_logits(states["draft"][:, 1:-1][hidden])}  # of each stream at the hidden places
    state = model.length_state(states["source"], pairs.source != PAD)
    parts = {"length": (options.length, length_loss(model, state, pairs))}
    if options.needs_autoregressive:
        whole = streams["query"].groups == QUERY  # [batch, T + 1]
        sentence = torch.cat([pairs.target, torch.full_like(lengths[:, None], PAD)], 1)
        sentence = sentence.scatter(1, lengths[:, None], END)
        every = model.token_logits(states["query"])  # [batch, T + 1, V]
        logits["autoregressive"] = every[:, :-1][hidden]
        losses = token_losses(every[whole], sentence[whole], options.smoothing)
        parts["autoregressive"] = (options.autoregressive, part(losses))
    if options.needs_auxiliary:
        logits["auxiliary"] = model.token_logits(states["auxiliary"][hidden])
    for name in ("parallel", "auxiliary"):
        if name in logits:
            parts[name] = (getattr(options, name), part(token_losses(logits[name], wanted, options.smoothing)))
    for left, right in (("autoregressive", "auxiliary"), ("parallel", "auxiliary"), ("autoregressive", "parallel")):
        if weight := getattr(options, f"{left}_{right}"):
            divergence = options.divergence_scale * part(two_way_divergences(logits[left], logits[right]))
            parts[f"{left}_{right}"] = (weight, divergence)
    return weighted_sum(parts)
