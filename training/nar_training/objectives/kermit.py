"""KERMIT (Chan 2019, section 3): one network inserts into both sides of a pair, and so models both directions.

    C = what stands of [X ; Y];  loss = mean over gaps of Σ_i w_g(i) · -log p(c_i | C, g)     (Insertion Transformer's)
    translation rows  X whole, Y in part   |  the way back  Y whole, X in part  |  joint rows  both in part

There is no encoder and no mask: every token sees every other one on both sides. A gap is read at a `<mask>` that stands
in it and wants `<drop>` where nothing is missing. Gaps of a side that stands whole are not asked.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from ..data.tokenizer import BEGIN, DROP, END, MASK, PAD
from ..network.model import NarModel
from .insertion import gap_spans, kept_tokens, span_weights
from .pairs import Pairs, Stream, forward, padded
from .rows import DRAFT, PADDING
from .word_alignment import source_tokens

FORWARD, BACKWARD, JOINT = 0, 1, 2


@dataclass
class Canvas:
    """One side: tokens with a `<mask>` in every gap that is asked, and what is wanted there."""

    tokens: list[int]
    wanted: list[tuple[int, int, float]]  # place, token, weight
    gaps: int


def canvas_of(tokens: list[int], kept: list[bool], asked: bool) -> Canvas:
    if not asked:
        return Canvas(tokens, [], 0)
    spans, standing = gap_spans(tokens, kept), iter([t for t, stays in zip(tokens, kept, strict=True) if stays])
    out, wanted = [], []
    for span in spans:
        labels = list(zip(span, span_weights(len(span)), strict=True)) or [(DROP, 1.0)]
        wanted += [(len(out), token, weight) for token, weight in labels]
        out += [MASK, *([token] if (token := next(standing, None)) is not None else [])]
    return Canvas(out, wanted, len(spans))


def side_stream(before: list[list[int]], canvases: list[list[int]], after: list[list[int]], segment: int) -> Stream:
    """`before` canvas `after` of each row as one stream, everything visible."""
    rows = [left + middle + right for left, middle, right in zip(before, canvases, after, strict=True)]
    tokens = padded(rows)
    places = torch.arange(tokens.shape[1]).expand_as(tokens)
    return Stream(tokens, places, torch.full_like(tokens, segment), torch.where(tokens != PAD, DRAFT, PADDING))


def joint_streams(pairs: Pairs, sources: list[list[int]], targets: list[list[int]]) -> list[Stream]:
    """`<begin> <task> X <end>` and `<begin> Y <end>` side by side; the canvas of a side begins at place 2 and 1."""
    heads, count = pairs.source[:, :2].tolist(), len(sources)
    return [
        side_stream(heads, sources, [[END]] * count, 0),
        side_stream([[BEGIN]] * count, targets, [[END]] * count, 1),
    ]


def drawn_modes(count: int, generator: torch.Generator | None) -> list[int]:
    """Half of the rows write Y from X, which is what is scored; the others are the way back and joint ones."""
    draws = torch.rand(count, generator=generator)
    return [FORWARD if draw < 0.5 else BACKWARD if draw < 0.75 else JOINT for draw in draws.tolist()]


def kermit_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None, modes: list[int] | None = None
) -> tuple[Tensor, dict[str, float]]:
    tokens, real = source_tokens(pairs)
    modes = drawn_modes(len(tokens), generator) if modes is None else modes
    sides = []
    for side, (ids, inside) in enumerate(((tokens, real), (pairs.target, pairs.real))):
        kept = kept_tokens(inside, generator)
        whole = FORWARD if side == 0 else BACKWARD
        sides.append(
            [
                canvas_of(row[:size], stays[:size], mode != whole)
                for row, stays, size, mode in zip(
                    ids.tolist(), kept.tolist(), inside.sum(1).tolist(), modes, strict=True
                )
            ]
        )
    hidden = forward(model, joint_streams(pairs, *[[canvas.tokens for canvas in side] for side in sides]))
    rows, wanted, weights = [], [], []
    for states, side, offset in zip(hidden, sides, (2, 1), strict=True):
        entries = [(row, *entry) for row, canvas in enumerate(side) for entry in canvas.wanted]
        if entries:
            at, places, ids, shares = (torch.tensor(column) for column in zip(*entries, strict=True))
            rows.append(states[at, places + offset])
            wanted.append(ids)
            weights.append(shares)
    wanted_ids, weight = torch.cat(wanted), torch.cat(weights)
    log_probs = torch.log_softmax(model.token_logits(torch.cat(rows)).float(), 1)
    gaps = sum(canvas.gaps for side in sides for canvas in side)
    token = -(weight * log_probs.gather(1, wanted_ids[:, None])[:, 0]).sum() / gaps
    missing = wanted_ids != DROP
    right = (log_probs.argmax(1) == wanted_ids)[missing]
    return token, {"token": token.item(), "right": right.float().mean().item() if len(right) else 1.0}
