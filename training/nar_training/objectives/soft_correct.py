"""SoftCorrect (Leng 2023, sections 3.2-3.3): find the wrong tokens softly, then let CTC decide inside them only.

    detection  -log p(c_n | X),  c_n = `<copy>` where x_n is right, else what should stand there (`<blank>`: none)
    correction CTC over slots: a trusted token has one slot that says it for certain, a suspect one has r free slots
    loss       CTC(Y | X, suspects) + mean_n of the detection's,          p(x_n is right) = p(`<copy>` | X) + p(x_n | X)

One class for "right" keeps the detector from learning to copy every token (anti-copy). In training the suspects are the
wrong tokens of the edit alignment and some right ones, since a detector also suspects those.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.tokenizer import BLANK, COPY, PAD
from ..network.model import NarModel
from .ctc import alignment_loss
from .edit_durations import edit_labels_of
from .pairs import Pairs, draft_stream, forward, padded, source_stream
from .word_alignment import source_tokens

SLOTS, SUSPECT_SHARE, CERTAIN = 3, 0.1, -30.0


def logits_with(model: NarModel, rows: Tensor, allowed: list[int]) -> Tensor:
    """Token logits [..., V] where the given special tokens may win, too."""
    bias = model.forbidden.clone()
    bias[allowed] = 0
    return F.linear(model.head_features(rows), model.tokens.weight, model.head_bias + bias)


def detection_logits(model: NarModel, pairs: Pairs) -> Tensor:
    """[batch, N, V], read at the source alone."""
    (source,) = forward(model, [source_stream(pairs.source, pairs.segments)])
    return logits_with(model, source[:, 2:-1], [COPY, BLANK]).float()


def right_probabilities(logits: Tensor, tokens: Tensor) -> Tensor:
    """p(x_n is right) [batch, N]."""
    probabilities = logits.softmax(2)
    return probabilities[:, :, COPY] + probabilities.gather(2, tokens[:, :, None])[:, :, 0]


def detection_labels(pairs: Pairs, counts: Tensor, right: Tensor) -> Tensor:
    """c_n [batch, N]: `<copy>`, the first of the target tokens that x_n owns, or `<blank>` where it owns none."""
    first = counts.cumsum(1) - counts
    owned = pairs.target.gather(1, first.clamp(max=pairs.target.shape[1] - 1))
    return torch.where(right, COPY, torch.where(counts > 0, owned, BLANK))


def expanded(tokens: Tensor, real: Tensor, suspect: Tensor, slots: int = SLOTS) -> tuple[Tensor, Tensor, Tensor]:
    """One slot for a trusted token, `slots` for a suspect one: slots [batch, T'] with PAD behind, which are free, and
    their numbers [batch].
    """
    rows, free = [], []
    for ids, inside, doubted in zip(tokens.tolist(), real.tolist(), suspect.tolist(), strict=True):
        row, open_ = [], []
        for token, exists, doubt in zip(ids, inside, doubted, strict=True):
            copies = (slots if doubt else 1) if exists else 0
            row += [token] * copies
            open_ += [int(doubt)] * copies
        rows.append(row)
        free.append(open_)
    canvas = padded(rows).to(tokens.device)
    return canvas, padded(free, 0).to(tokens.device).bool(), (canvas != PAD).sum(1)


def constrained(log_probs: Tensor, canvas: Tensor, free: Tensor) -> Tensor:
    """Log-probabilities [batch, T', V] in which a trusted slot says its own token for certain."""
    certain = torch.full_like(log_probs, CERTAIN).scatter(2, canvas[:, :, None], 0.0)
    return torch.where(free[:, :, None], log_probs, certain)


def slot_log_probs(model: NarModel, pairs: Pairs, canvas: Tensor, counts: Tensor) -> Tensor:
    _, draft = forward(model, [source_stream(pairs.source, pairs.segments), draft_stream(canvas, counts)])
    return F.log_softmax(logits_with(model, draft[:, 1:-1], [BLANK]).float(), 2)


def soft_correct_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None, share: float = SUSPECT_SHARE
) -> tuple[Tensor, dict[str, float]]:
    tokens, real = source_tokens(pairs)
    owned, right = edit_labels_of(pairs)
    logits, labels = detection_logits(model, pairs)[real], detection_labels(pairs, owned, right)[real]
    detection = F.cross_entropy(logits, labels)
    doubted = torch.rand(real.shape, generator=generator).to(real.device) < share
    suspect = real & (~right | doubted)
    canvas, free, counts = expanded(tokens, real, suspect)
    log_probs = constrained(slot_log_probs(model, pairs, canvas, counts), canvas, free)
    losses, feasible = alignment_loss(log_probs, counts, pairs.target, pairs.real)
    correction = losses.sum() / feasible.sum().clamp(min=1)
    said_right = logits.argmax(1) == COPY
    wrong = labels != COPY
    figures = {
        "correction": correction.item(),
        "detection": detection.item(),
        "infeasible": (~feasible).sum().item(),
        "wrong_found": ((~said_right & wrong).sum() / wrong.sum().clamp(min=1)).item(),
    }
    return correction + detection, figures
