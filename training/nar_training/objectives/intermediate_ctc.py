"""Intermediate CTC (Lee & Watanabe 2021) and self-conditioned CTC (Nozaki & Komatsu 2021; for text DSLP, Huang 2022).

    loss = (1 - w) · CTC(last layer) + w · mean over inner layers l of CTC(layer l)                        w = 0.5
    self-conditioned:  h_l <- h_l + W E^T softmax(logits of layer l)     at the slots, for the next layer

Every layer's states are read by the same head, so that lower layers learn to say something, and with conditioning the
upper ones read what was said: some of the dependency that one parallel pass lacks, at no further pass.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.tokenizer import BLANK
from ..network.model import NarModel
from .ctc import FACTOR, alignment_loss, logits_with_blank, upsampled
from .pairs import Pairs, draft_stream, join, source_stream

SHARE = 0.5


def add_conditioning(model: NarModel) -> None:
    """W starts at 0: the network is the same as without until it has learnt otherwise."""
    model.conditioning = nn.Linear(model.configuration.width, model.configuration.width)
    nn.init.zeros_(model.conditioning.weight)
    nn.init.zeros_(model.conditioning.bias)


def layer_log_probs(model: NarModel, pairs: Pairs, factor: int = FACTOR) -> tuple[list[Tensor], Tensor]:
    """log p at the slots after every layer [batch, T', V] each, and the numbers of slots [batch]."""
    slots, counts = upsampled(pairs, factor)
    streams = [source_stream(pairs.source, pairs.segments), draft_stream(slots, counts)]
    tokens, positions, segments, mask = join(streams)
    begin = pairs.source.shape[1] + 1
    said: list[Tensor] = []

    def between(index: int, hidden: Tensor) -> Tensor:
        logits = logits_with_blank(model, hidden[:, begin:-1]).float()
        said.append(F.log_softmax(logits, 2))
        if not hasattr(model, "conditioning") or index == len(model.layers) - 1:
            return hidden
        expected = said[-1].exp().to(hidden.dtype) @ model.tokens.weight.to(hidden.dtype)
        added = model.conditioning(expected).to(hidden.dtype)
        return torch.cat([hidden[:, :begin], hidden[:, begin:-1] + added, hidden[:, -1:]], 1)

    model.through_layers(model.embed(tokens, positions, segments), mask, between)
    return said, counts


def intermediate_ctc_loss(
    model: NarModel, pairs: Pairs, share: float = SHARE, factor: int = FACTOR
) -> tuple[Tensor, dict[str, float]]:
    said, counts = layer_log_probs(model, pairs, factor)
    losses = []
    for log_probs in said:
        each, feasible = alignment_loss(log_probs, counts, pairs.target, pairs.real, BLANK)
        losses.append(each.sum() / feasible.sum().clamp(min=1))
    inner = torch.stack(losses[:-1]).mean() if len(losses) > 1 else losses[-1]
    loss = (1 - share) * losses[-1] + share * inner
    return loss, {f"layer_{index + 1}": each.item() for index, each in enumerate(losses)}
