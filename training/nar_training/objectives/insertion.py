"""Insertion Transformer (Stern 2019, Eq. 8-12): some tokens of the target stand, each gap learns what is missing in it.

    k ~ U{0, …, T};  C = k random tokens of Y in their order;  span_g = y_i … y_j, the tokens that are missing in gap g
    loss = mean over gaps of  Σ_i w_g(i) · -log p(y_i | X, C, g),   w_g(i) = softmax_i(-|centre(span_g) - i| / τ)
    an empty gap wants `<drop>`, the token that the decoder reads as "no insertion here" (src/decode/edit/insertion.ts)

τ -> 0 is the balanced binary tree (T tokens in about log2 T passes), τ = inf weighs the span evenly. As in the decoder
a gap is read at a `<mask>` that stands in it. There is no length to predict. Cost: one forward over 2 k + 1 slots.
"""

import torch
from torch import Tensor

from ..data.tokenizer import DROP, MASK
from ..network.model import NarModel
from .glat import random_choice
from .pairs import Pairs, draft_stream, forward, padded, source_stream

TEMPERATURE = 1.0


def span_weights(size: int, temperature: float = TEMPERATURE) -> list[float]:
    """w(i) of a span of `size` missing tokens; they sum to 1."""
    places = torch.arange(size, dtype=torch.float)
    return torch.softmax(-(places - (size - 1) / 2).abs() / temperature, 0).tolist()


def kept_tokens(real: Tensor, generator: torch.Generator | None) -> Tensor:
    """Which tokens of the target stand [batch, T]: k of them, k ~ U{0, …, T}."""
    lengths = real.sum(1)
    draws = torch.rand(len(real), generator=generator).to(real.device)
    return random_choice(real, (draws * (lengths + 1)).floor(), generator)


def gap_spans(target: list[int], kept: list[bool]) -> list[list[int]]:
    """The missing tokens of each gap before, between and behind the kept ones."""
    spans: list[list[int]] = [[]]
    for token, stands in zip(target, kept, strict=True):
        if stands:
            spans.append([])
        else:
            spans[-1].append(token)
    return spans


def insertion_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None, temperature: float = TEMPERATURE
) -> tuple[Tensor, dict[str, float]]:
    kept = kept_tokens(pairs.real, generator)
    canvases, entries, gaps = [], [], 0  # entries: row, slot, wanted token, weight
    for row, (target, stands, size) in enumerate(
        zip(pairs.target.tolist(), kept.tolist(), pairs.lengths.tolist(), strict=True)
    ):
        target, stands = target[:size], stands[:size]
        spans, canvas = gap_spans(target, stands), []
        standing = iter([token for token, stays in zip(target, stands, strict=True) if stays])
        for span in spans:
            slot = len(canvas)
            wanted = [
                (token, weight) for token, weight in zip(span, span_weights(len(span), temperature), strict=True)
            ] or [(DROP, 1.0)]
            entries += [(row, slot, token, weight) for token, weight in wanted]
            canvas += [MASK, *([token] if (token := next(standing, None)) is not None else [])]
        gaps += len(spans)
        canvases.append(canvas)
    device = pairs.target.device
    lengths = torch.tensor([len(canvas) for canvas in canvases], device=device)
    _, draft = forward(
        model, [source_stream(pairs.source, pairs.segments), draft_stream(padded(canvases).to(device), lengths)]
    )
    rows, slots, wanted, weights = (torch.tensor(column, device=device) for column in zip(*entries, strict=True))
    log_probs = torch.log_softmax(model.token_logits(draft[rows, slots + 1]).float(), 1)
    chosen = log_probs.gather(1, wanted[:, None])[:, 0]
    token = -(weights * chosen).sum() / gaps
    empty = wanted == DROP
    figures = {
        "token": token.item(),
        "empty_gaps": empty.sum().item() / gaps,
        "right": (log_probs.argmax(1) == wanted)[~empty].float().mean().item() if (~empty).any() else 1.0,
    }
    return token, figures
