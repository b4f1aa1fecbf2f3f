"""Slots that say themselves where the answer ends (BANG, Qi 2021, section 3.3): no length is predicted.

    a bucket of S slots, S the least of 16, 32, … above T;   loss = mean over t = 1 … T + 1 of -log p(y_t | X, S slots),
    y_{T+1} = `<end>`;   slots behind it are not scored

To write, all slots of the largest bucket are read in one pass and the text is cut at the first `<end>`. BANG's
pre-training with streams for every distance is not part of this.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.tokenizer import END, MASK, PAD
from ..network.model import NarModel
from .left_to_right import wanted_tokens
from .pairs import Pairs, draft_stream, forward, source_stream

BUCKET = 16


def bucket_of(length: int) -> int:
    """The least multiple of BUCKET that holds `length` tokens and `<end>`."""
    return -(-(length + 1) // BUCKET) * BUCKET


def slot_logits(model: NarModel, pairs: Pairs, slots: int) -> Tensor:
    """Token logits of `slots` hidden slots of every row [batch, slots, V]."""
    counts = torch.full_like(pairs.source[:, 0], slots)
    canvas = torch.full((len(counts), slots), MASK, device=counts.device)
    _, draft = forward(model, [source_stream(pairs.source, pairs.segments), draft_stream(canvas, counts)])
    return model.token_logits(draft[:, 1:-1]).float()


def ended_slots_loss(model: NarModel, pairs: Pairs) -> tuple[Tensor, dict[str, float]]:
    slots = bucket_of(int(pairs.lengths.max()))
    wanted = F.pad(wanted_tokens(pairs), (0, slots - pairs.target.shape[1] - 1), value=PAD)
    scored = wanted != PAD
    logits = slot_logits(model, pairs, slots)[scored]
    loss = F.cross_entropy(logits, wanted[scored])
    ends = wanted[scored] == END
    return loss, {"token": loss.item(), "end": F.cross_entropy(logits[ends], wanted[scored][ends]).item()}


@torch.no_grad()
def write_ended(model: NarModel, pairs: Pairs, longest: int) -> list[list[int]]:
    """One pass; an answer without `<end>` is as long as its slots, one that begins with it keeps its second best."""
    logits = slot_logits(model, pairs, bucket_of(longest))
    logits[:, 0, END] = -torch.inf
    rows = logits.argmax(2).tolist()
    return [row[: row.index(END)] if END in row else row for row in rows]
