"""Levenshtein Transformer from an empty draft (Gu 2019, Eq. 3 and section 4.1, dual policy): place, fill, delete.

    A  C = random tokens of Y in their order:        gaps want the number of tokens that are missing there
    B  Y with `<mask>` where C has a hole:           the holes want their tokens
    C  Y^ = Y with B's argmax in the holes:          a token of Y^ that is not Y's is wrong (keep 0, else 2: generate)
    loss = CE(A) + CE(B) + CE(C)  + 0.1 · CE(T - N)

Replacing in place keeps the alignment known, so no longest common subsequence has to be searched: a token is right
where Y^ and Y agree. The heads are those of correction (src/decode/edit/levenshtein-draft.ts deletes where
1 - p(keep) > 1/2). Corrections learn the same three policies from the user's sentence in edit.py. Cost:
three forwards, one of them short.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..network.model import NarModel
from .edit import GENERATE
from .insertion import gap_spans, kept_tokens
from .pairs import (
    LENGTH_WEIGHT,
    Pairs,
    answers,
    best_tokens,
    draft_stream,
    forward,
    length_loss,
    masked_slots,
    padded,
    source_stream,
    token_loss,
)
from .rows import IGNORE


def placement_loss(model: NarModel, pairs: Pairs, kept: Tensor) -> Tensor:
    """Policy A: cross-entropy of the gap head over all gaps of C."""
    standing, counts = [], []
    for target, stands, size in zip(pairs.target.tolist(), kept.tolist(), pairs.lengths.tolist(), strict=True):
        standing.append([token for token, stays in zip(target[:size], stands[:size], strict=True) if stays])
        counts.append(
            [min(len(span), model.configuration.maximum_insertion) for span in gap_spans(target[:size], stands[:size])]
        )
    device = pairs.target.device
    lengths = torch.tensor([len(tokens) for tokens in standing], device=device)
    _, draft = forward(
        model, [source_stream(pairs.source, pairs.segments), draft_stream(padded(standing).to(device), lengths)]
    )
    wanted = padded(counts, IGNORE).to(device)  # [batch, longest C + 1]
    return F.cross_entropy(model.insertion_logits(draft).float().flatten(0, 1), wanted.flatten(), ignore_index=IGNORE)


def levenshtein_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None
) -> tuple[Tensor, dict[str, float]]:
    real = pairs.real
    kept = kept_tokens(real, generator)
    kept = kept & ~(kept == real).all(1, keepdim=True)  # nothing missing: the row would have nothing to fill
    holes = real & ~kept
    place = placement_loss(model, pairs, kept)
    rows, first = answers(model, pairs, torch.where(holes, masked_slots(pairs), pairs.target))
    fill, length = token_loss(model.token_logits(rows[holes]), pairs.target[holes]), length_loss(model, first, pairs)
    filled = torch.where(holes, best_tokens(model, rows.detach(), holes), pairs.target)
    rows, _ = answers(model, pairs, filled)
    wrong = (filled != pairs.target)[real]
    operations = model.operation(rows[real]).float()
    delete = F.cross_entropy(operations, wrong.long() * GENERATE)
    found = (operations.softmax(1)[:, 0] < 0.5) & wrong
    figures = {
        "place": place.item(),
        "fill": fill.item(),
        "delete": delete.item(),
        "length": length.item(),
        "wrong": wrong.float().mean().item(),
        "found": found.sum().item() / max(1, int(wrong.sum())),
    }
    return place + fill + delete + LENGTH_WEIGHT * length, figures
