"""MIST (Jiang 2021, Eq. 2-4): the model's own one-pass output joins the source as a pseudo-target.

    Y_p    = argmax p(Y | X, Y_M)                                    of this very step, without gradient
    L_NAT  = -Σ_{t=1}^T log p(y_t | X, Y_M)                          on `[CLS] X [SEP] Y_M [SEP]`
    L_MIST = -Σ_{t=1}^T log p(y_t | Y_p, X, Y_M)                     on `[CLS] Y_p [SEP] X [SEP] Y_M [SEP]`
    L      = L_NAT + L_MIST + CE(length)                             the paper leaves the length out of its equations

Y_M is the target with all of it hidden, or glanced at (section "Experimental Setting": GLAT with f_ratio 0.5 in the
baselines and in MIST): floor(0.5 · errors) tokens stand, drawn again for each pair. Sums run over all t, revealed or
not, within a pair; a batch takes the mean over its pairs. The length is read from X alone, never from [Y_p; X].
The ablation (Tables 4, 5): mixing "none" is L_NAT alone, "static" takes Y_p from `pairs.pseudo`.

MIST names the settings; every one but "paper" is a deviation. "host" differs in the draft's layout only: `<begin>
slots <end>` with positions of its own, as the product's decoders have it.
`mist_row` is the second row for the mixed stages, whose first one is a CMLM row with everything hidden.
"""

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from ..data.pools import Example
from ..data.tokenizer import BEGIN, END, MASK
from ..network.model import NarModel
from .glat import revealed
from .pairs import Pairs, answers, best_tokens, length_loss, masked_slots, reduced, token_losses, weighted_sum
from .rows import DRAFT, IGNORE, Row, append, source_row

MIXINGS = ("none", "static", "dynamic")
GLANCES = ("plain", "mixed")
SCORED = ("all", "hidden")


@dataclass(frozen=True)
class MistOptions:
    """The defaults are the paper's. Raises ValueError for a setting that there is none of."""

    mixing: str = "dynamic"
    glance_ratio: float = 0.5
    glances: str = "plain"  # whose errors are counted: the pass over X, or in the released code the one over [Y_p; X]
    scored: str = "all"  # hidden: revealed tokens are not scored, as GLAT has it
    reduction: str = "sum"  # pairs.REDUCTIONS
    smoothing: float = 0.0
    length_weight: float = 1.0
    continued: bool = True  # the draft's layout, pairs.Pairs.continued

    def __post_init__(self) -> None:
        for name, values in (("mixing", MIXINGS), ("glances", GLANCES), ("scored", SCORED)):
            if getattr(self, name) not in values:
                raise ValueError(f"{name} must be one of {values}, not {getattr(self, name)!r}")


PAPER = MistOptions()
HOST = replace(PAPER, continued=False)
MIST = {
    "paper": PAPER,
    "host": HOST,
    "no-mixing": replace(HOST, mixing="none"),
    "static-mixing": replace(HOST, mixing="static"),
    "no-glancing": replace(HOST, glance_ratio=0.0),
    "full-mask": replace(HOST, mixing="none", glance_ratio=0.0),
    "code": replace(HOST, glances="mixed", reduction="mean", smoothing=0.1),
}


def mist_row(example: Example, task: int, pseudo_target: list[int]) -> Row:
    """`<begin> <task> y' <end> x <end>`, positions through, segment 0, and a hidden draft."""
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
    segments = torch.cat([pairs.segments[:, :2], nothing, pairs.segments[:, 2:]], 1)
    return replace(pairs, source=source, segments=segments, pseudo=None)


@torch.no_grad()
def glanced(model: NarModel, pairs: Pairs, options: MistOptions, generator: torch.Generator | None) -> Tensor:
    """Which places of the target are revealed [batch, T]."""
    real, hidden = pairs.real, masked_slots(pairs)
    guesses = best_tokens(model, answers(model, pairs, hidden)[0], real)
    if options.glances == "mixed":
        guesses = best_tokens(model, answers(model, mixed_source(pairs, guesses), hidden)[0], real)
    return revealed(guesses, pairs.target, real, options.glance_ratio, generator)


def mist_loss(
    model: NarModel, pairs: Pairs, options: MistOptions = PAPER, generator: torch.Generator | None = None
) -> tuple[Tensor, dict[str, float]]:
    """Raises ValueError for "static" mixing without stored pseudo-targets."""
    if options.mixing == "static" and pairs.pseudo is None:
        raise ValueError("static mixing needs pairs.pseudo")
    pairs = replace(pairs, continued=options.continued)
    real = pairs.real
    shown = glanced(model, pairs, options, generator) if options.glance_ratio > 0 else torch.zeros_like(real)
    slots = torch.where(shown, pairs.target, masked_slots(pairs))
    scored = real & ~shown if options.scored == "hidden" else real
    wanted = pairs.target[scored]

    def part(rows: Tensor) -> tuple[Tensor, float]:
        logits = model.token_logits(rows[scored])
        losses = token_losses(logits, wanted, options.smoothing)
        return reduced(losses, len(real), options.reduction), (logits.argmax(-1) == wanted).float().mean().item()

    rows, state = answers(model, pairs, slots)
    token, accuracy = part(rows)
    parts = {"token": (1.0, token), "length": (options.length_weight, length_loss(model, state, pairs))}
    seen = {"accuracy": accuracy, "revealed": (shown.sum() / real.sum()).item()}
    if options.mixing != "none":
        pseudo = pairs.pseudo if options.mixing == "static" else best_tokens(model, rows.detach(), real)
        second, _ = answers(model, mixed_source(pairs, pseudo), slots)
        mixed, seen["mixed_accuracy"] = part(second)
        parts["mixed_token"] = (1.0, mixed)
    total, figures = weighted_sum(parts)
    return total, {**figures, **seen}
