"""The one loss that all rows share: each head scores the tokens that carry a label for it."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from ..network.model import NarModel
from .pairs import token_losses
from .rows import IGNORE, KINDS, mask_of


@dataclass
class LossOptions:
    keep_weight: float = 0.5
    no_gap_weight: float = 0.3
    focal: float = 1.0
    length_weight: float = 0.1
    salience_weight: float = 0.3
    smoothing: float = 0.0


def focal_cross_entropy(logits: Tensor, labels: Tensor, first_weight: float, gamma: float) -> Tensor:
    """Σ w (1 - p)^γ · CE over labelled tokens; class 0 (keep, no slot) weighs `first_weight`.

    A paraphrase changes ten tokens, a correction one: each row's sum is divided by sqrt(its edits).
    """
    chosen = labels != IGNORE
    row_weight = (labels > 0).sum(1, keepdim=True).clamp(min=1).float().rsqrt().expand_as(labels)[chosen]
    log_probs = F.log_softmax(logits[chosen].float(), dim=1)  # [labelled, classes]
    labels = labels[chosen]
    picked = log_probs.gather(1, labels[:, None])[:, 0]
    weight = torch.where(labels == 0, first_weight, 1.0)
    return -(row_weight * weight * (1 - picked.exp()) ** gamma * picked).sum()


def row_loss(
    model: NarModel, batch: dict[str, Tensor], options: LossOptions, measure: bool = True
) -> tuple[Tensor, dict[str, float], Tensor]:
    """Returns loss, figures and the token head's argmax at the labelled slots (for the second policy).

    `measure` off: no figures. Each one makes the host wait for a GPU, which a CPU does not notice.
    """
    hidden = model.hidden(batch["tokens"], batch["positions"], batch["segments"], mask_of(batch))
    figures: dict[str, float] = {}
    rows_with_labels = (batch["operations"] != IGNORE).any(1).sum().clamp(min=1)
    operation_logits = model.operation(hidden)  # [batch, length, 3]
    operation = (
        focal_cross_entropy(operation_logits, batch["operations"], options.keep_weight, options.focal)
        / rows_with_labels
    )
    gap = (
        focal_cross_entropy(model.insertion_logits(hidden), batch["gaps"][:, :-1], options.no_gap_weight, options.focal)
        / rows_with_labels
    )
    total = operation + gap
    if measure:
        figures |= {"operation": operation.item(), "gap": gap.item()} | detection(operation_logits, batch)

    slots = batch["targets"] != IGNORE
    guesses = batch["targets"].new_zeros(0)
    if slots.any():
        logits = model.token_logits(hidden[slots]).float()  # [slots, V]
        guesses = logits.argmax(1)
        losses = token_losses(logits, batch["targets"][slots], options.smoothing)
        # A correction has one or two slots, a summary thirty: each slot weighs 1 / sqrt(slots of its row), so that the
        # long rows do not own the head and the short ones do not shout.
        counts = slots.sum(1, keepdim=True).expand_as(slots)[slots].float()
        weights = counts.rsqrt()
        fill = (losses * weights).sum() / weights.sum()
        total = total + fill
        short = counts <= 4
        if measure:
            figures["fill"] = fill.item()
        if measure and short.any():
            figures["fill_short"] = losses[short].mean().item()
            figures["fill_short_right"] = (guesses[short] == batch["targets"][slots][short]).float().mean().item()
    lengths = batch["length_change"]
    if (lengths != IGNORE).any():
        length = F.cross_entropy(model.length(hidden[:, 0]).float(), lengths, ignore_index=IGNORE)
        total = total + options.length_weight * length
        if measure:
            figures["length"] = length.item()
    chosen = batch["salience"] != IGNORE
    if chosen.any():
        scores = model.salience(hidden[chosen, 0]).float()[:, 0]
        salience = F.binary_cross_entropy_with_logits(scores, batch["salience"][chosen].float())
        total = total + options.salience_weight * salience
        if measure:
            figures["salience"] = salience.item()
    return total, figures, guesses


@torch.no_grad()
def detection(logits: Tensor, batch: dict[str, Tensor]) -> dict[str, float]:
    """Tokens found and rightly claimed at p(edit) > 0.5, for rows of each kind. Real pairs of the first epoch are
    unseen.
    """
    claimed, labels = logits.float().softmax(2)[:, :, 0] < 0.5, batch["operations"]
    figures = {}
    for name, kind in KINDS.items():
        rows = (batch["kind"] == kind)[:, None] & (labels != IGNORE)
        wrong, said = rows & (labels > 0), rows & claimed
        if wrong.any():
            figures[f"{name}_found"] = ((wrong & claimed).sum() / wrong.sum()).item()
        if said.any():
            figures[f"{name}_right"] = ((wrong & claimed).sum() / said.sum()).item()
    return figures
