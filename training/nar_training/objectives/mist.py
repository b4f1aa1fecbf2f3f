"""MIST (Jiang 2021, Eq. 5): the model's own one-pass output joins the source as a pseudo-target.

    Z1 = p(Y | X, Y_M);   X' = [argmax Z1 ; X];   loss = CE(Z1, Y) + CE(Z2 = p(Y | X', Y_M), Y)

Step one is the CMLM row with everything hidden, so its loss is already counted there; this file makes the second row
from the first one's answers. The pseudo-target must be regenerated on line (static ones cost 0.8 R-2 in the paper).
Layout of X': `<begin> <task> y' <end> x <end>`, positions through, segment 0.
`mist_loss` is the same on tensors, with the paper's ablation: mixing "none" is Z1 alone, "static" takes y' from
`pairs.pseudo` (decoded once, before the training), "dynamic" from Z1 of this very step. Y_M may be glanced at (the
released code reveals floor(0.5 · errors) tokens); the loss is over the hidden tokens unless `hidden_only` is off.
"""

import torch
from torch import Tensor

from ..data.pools import Example
from ..data.tokenizer import BEGIN, END, MASK
from ..network.model import NarModel
from .glat import revealed
from .pairs import LENGTH_WEIGHT, Pairs, answers, best_tokens, length_loss, masked_slots, token_loss
from .rows import DRAFT, IGNORE, Row, append, source_row

MIXINGS = ["none", "static", "dynamic"]


def mist_row(example: Example, task: int, pseudo_target: list[int]) -> Row:
    row = source_row(
        task, [*pseudo_target, END, *example.source], [0] * (len(pseudo_target) + 1) + example.segments, "mist"
    )
    size = len(example.target)
    append(row, [BEGIN, *[MASK] * size, END], list(range(size + 2)), [IGNORE, *example.target, IGNORE], DRAFT)
    return row


def is_fully_hidden(row: Row) -> bool:
    return row.example is not None and sum(target != IGNORE for target in row.targets) == len(row.example.target)


def mixed_source(pairs: Pairs, pseudo: Tensor) -> Pairs:
    """Pairs whose source is X' = [y' ; X]. `pseudo` [batch, T] with PAD behind each answer."""
    batch = len(pseudo)
    end = torch.full((batch, 1), END, dtype=pseudo.dtype, device=pseudo.device)
    source = torch.cat([pairs.source[:, :2], pseudo, end, pairs.source[:, 2:]], 1)
    nothing = torch.zeros((batch, pseudo.shape[1] + 1), dtype=pairs.segments.dtype, device=pseudo.device)
    return Pairs(source, torch.cat([pairs.segments[:, :2], nothing, pairs.segments[:, 2:]], 1), pairs.target)


def mist_loss(
    model: NarModel,
    pairs: Pairs,
    mixing: str,
    glance_ratio: float = 0.0,
    generator: torch.Generator | None = None,
    hidden_only: bool = True,
    smoothing: float = 0.0,
) -> tuple[Tensor, dict[str, float]]:
    """Raises ValueError for an unknown mixing, and for "static" without stored pseudo-targets."""
    if mixing not in MIXINGS:
        raise ValueError(f"mixing must be one of {MIXINGS}, not {mixing!r}")
    if mixing == "static" and pairs.pseudo is None:
        raise ValueError("static mixing needs pairs.pseudo")
    real, slots = pairs.real, masked_slots(pairs)
    scored = real
    if glance_ratio > 0:
        with torch.no_grad():
            guesses = best_tokens(model, answers(model, pairs, slots)[0], real)
        shown = revealed(guesses, pairs.target, real, glance_ratio, generator)
        slots = torch.where(shown, pairs.target, slots)
        scored = real & ~shown if hidden_only else real
    rows, first = answers(model, pairs, slots)
    wanted = pairs.target[scored]
    logits = model.token_logits(rows[scored])
    token, length = token_loss(logits, wanted, smoothing), length_loss(model, first, pairs)
    total = token + LENGTH_WEIGHT * length
    figures = {
        "token": token.item(),
        "length": length.item(),
        "accuracy": (logits.argmax(-1) == wanted).float().mean().item(),
    }
    if mixing == "none":
        return total, figures
    pseudo = pairs.pseudo if mixing == "static" else best_tokens(model, rows.detach(), real)
    second, _ = answers(model, mixed_source(pairs, pseudo), slots)
    logits = model.token_logits(second[scored])
    mixed = token_loss(logits, wanted, smoothing)
    figures |= {"mixed_token": mixed.item(), "mixed_accuracy": (logits.argmax(-1) == wanted).float().mean().item()}
    return total + mixed, figures
