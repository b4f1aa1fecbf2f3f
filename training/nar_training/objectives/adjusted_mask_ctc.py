"""Improved Mask-CTC (Higuchi 2021, section 4.2): a hidden token may stand for none, one or more tokens.

    loss = Mask-CTC's + mean over masks of -log p(d | X, draft),   d = number of tokens that the mask stands for, 0 … 3

The drafts of the second term are made from answers: hidden spans are cut into masks that stand for one to three tokens
each (the recogniser left something out), and masks for nothing are put in between (it said too much). To write, the
unsure tokens of the CTC answer become masks, each mask becomes d masks, and these are filled.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.tokenizer import MASK
from ..network.model import NarModel
from .mask_ctc import mask_ctc_loss
from .pairs import Pairs, draft_stream, forward, padded, source_stream

LARGEST, EXTRA = 3, 0.15


def add_adjustment(model: NarModel) -> None:
    model.adjustment = nn.Linear(model.configuration.width, LARGEST + 1)


def adjusted_draft(
    target: list[int], hidden: list[bool], sizes: list[int], extra: list[bool]
) -> tuple[list[int], list[int]]:
    """A draft and, for its masks in order, how many tokens each stands for. `sizes` [T]: what a mask that begins at
    this token takes, if so many are hidden; `extra` [T + 1]: whether a mask for nothing stands before this token.
    """
    draft: list[int] = []
    counts: list[int] = []
    place = 0
    while place < len(target):
        if extra[place]:
            draft.append(MASK)
            counts.append(0)
        if not hidden[place]:
            draft.append(target[place])
            place += 1
            continue
        size = 1
        while size < sizes[place] and place + size < len(target) and hidden[place + size]:
            size += 1
        draft.append(MASK)
        counts.append(size)
        place += size
    if extra[len(target)]:
        draft.append(MASK)
        counts.append(0)
    return draft, counts


def adjustment_logits(model: NarModel, pairs: Pairs, drafts: list[list[int]]) -> Tensor:
    """At every mask of every draft, in order: [masks, LARGEST + 1]."""
    slots = padded(drafts).to(pairs.source.device)
    lengths = torch.tensor([len(draft) for draft in drafts], device=slots.device)
    _, rows = forward(model, [source_stream(pairs.source, pairs.segments), draft_stream(slots, lengths)])
    return model.adjustment(rows[:, 1:-1][slots == MASK]).float()


def adjusted_mask_ctc_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None
) -> tuple[Tensor, dict[str, float]]:
    batch, longest = pairs.target.shape
    draws = torch.rand((3, batch, longest + 1), generator=generator)
    shares = torch.rand((batch, 1), generator=generator)
    hidden = (draws[0] < shares).tolist()
    sizes = (draws[1] * LARGEST).long().add(1).tolist()
    extra = (draws[2] < EXTRA).tolist()
    drafts, counts = [], []
    for row, size in enumerate(pairs.lengths.tolist()):
        target = pairs.target[row, :size].tolist()
        draft, numbers = adjusted_draft(target, hidden[row][:size], sizes[row], extra[row])
        drafts.append(draft)
        counts += numbers
    loss, figures = mask_ctc_loss(model, pairs, generator)
    if not counts:
        return loss, figures
    adjustment = F.cross_entropy(adjustment_logits(model, pairs, drafts), torch.tensor(counts, device=loss.device))
    return loss + adjustment, {**figures, "adjustment": adjustment.item()}


@torch.no_grad()
def adjusted(model: NarModel, pairs: Pairs, drafts: list[list[int]]) -> list[list[int]]:
    """Drafts whose masks became as many masks as they stand for; a draft that would be empty keeps one."""
    if not any(MASK in draft for draft in drafts):
        return drafts
    numbers = iter(adjustment_logits(model, pairs, drafts).argmax(1).tolist())
    out = []
    for draft in drafts:
        row: list[int] = []
        for token in draft:
            row += [MASK] * next(numbers) if token == MASK else [token]
        out.append(row or [MASK])
    return out
