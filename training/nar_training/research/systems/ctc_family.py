"""Writers over an upsampled canvas of the source: plain CTC, glancing, intermediate layers, Mask-CTC, Align-Refine."""

import torch
from torch import Tensor

from ...data.tokenizer import BLANK, DROP, END, MASK, PAD
from ...network.model import NarModel
from ...objectives.adjusted_mask_ctc import add_adjustment, adjusted, adjusted_mask_ctc_loss
from ...objectives.align_refine import align_denoise_loss, align_refine_loss, alignment_of
from ...objectives.ctc import collapse, ctc_logits, ctc_loss, upsampled
from ...objectives.glancing_ctc import glancing_ctc_loss, slot_log_probs
from ...objectives.glat import glancing_ratio
from ...objectives.intermediate_ctc import add_conditioning, intermediate_ctc_loss, layer_log_probs
from ...objectives.mask_ctc import mask_ctc_loss
from ...objectives.pairs import Pairs, answers, padded
from ..run import Decoder
from .system import Ready, Setting


def without_end(log_probs: Tensor) -> Tensor:
    """`<end>` and `<drop>` mean nothing at a slot."""
    log_probs = log_probs.clone()
    log_probs[:, :, [END, DROP]] = -torch.inf
    return log_probs


def write(model: NarModel, blank: Pairs) -> list[list[int]]:
    logits, counts = ctc_logits(model, blank)
    return collapse(alignment_of(without_end(logits.float()), counts))


def refined(passes: int) -> Decoder:
    """Align-Refine: each pass reads the alignment of the one before; ends where nothing changes."""

    def decoder(model: NarModel, blank: Pairs) -> list[list[int]]:
        slots, counts = upsampled(blank)
        for _ in range(passes):
            fresh = alignment_of(without_end(slot_log_probs(model, blank, slots, counts)), counts)
            if torch.equal(fresh, slots):
                break
            slots = fresh
        return collapse(slots)

    return decoder


def surest_tokens(log_probs: Tensor, counts: Tensor) -> list[tuple[list[int], list[float]]]:
    """The greedy answer of each row and the highest probability among the slots that were merged into each token."""
    sure, best = log_probs.max(2)
    rows = []
    for symbols, values, count in zip(best.tolist(), sure.exp().tolist(), counts.tolist(), strict=True):
        tokens, scores, before = [], [], PAD
        for symbol, value in zip(symbols[:count], values[:count], strict=True):
            if symbol == before and symbol != BLANK:
                scores[-1] = max(scores[-1], value)
            elif symbol != BLANK:
                tokens.append(symbol)
                scores.append(value)
            before = symbol
        rows.append((tokens or [int(symbols[0] if symbols[0] != BLANK else MASK)], scores or [0.0]))
    return rows


def masked_and_filled(passes: int, threshold: float = 0.9, adjusts: bool = False) -> Decoder:
    """Mask-CTC, section 3.3: tokens of the CTC answer below the threshold are hidden and filled, easiest first;
    `adjusts`: a hidden one may first become none or several (improved Mask-CTC).
    """

    def decoder(model: NarModel, blank: Pairs) -> list[list[int]]:
        logits, counts = ctc_logits(model, blank)
        found = surest_tokens(torch.log_softmax(without_end(logits.float()), 2), counts)
        drafts = [
            [token if score >= threshold else MASK for token, score in zip(tokens, scores, strict=True)]
            for tokens, scores in found
        ]
        slots = padded(adjusted(model, blank, drafts) if adjusts else drafts)
        hidden_at_first = (slots == MASK).sum(1)
        asked = Pairs(blank.source, blank.segments, slots)
        for number in range(1, passes + 1):
            rows, _ = answers(model, asked, slots)
            sure, best = torch.log_softmax(model.token_logits(rows).float(), 2).max(2)
            hidden = slots == MASK
            left = hidden_at_first * (passes - number) // passes  # how many may stay hidden after this pass
            order = sure.masked_fill(~hidden, -torch.inf).argsort(1, descending=True).argsort(1)
            settled = hidden & (order < (hidden.sum(1) - left)[:, None])
            slots = torch.where(settled, best, slots)
        return slots.tolist()

    return decoder


def plain(model: NarModel, setting: Setting) -> Ready:
    return Ready(lambda model, pairs, generator, spent: ctc_loss(model, pairs), {"1 pass": write})


def glancing(model: NarModel, setting: Setting) -> Ready:
    return Ready(
        lambda model, pairs, generator, spent: glancing_ctc_loss(model, pairs, glancing_ratio(spent), generator),
        {"1 pass": write},
    )


def mask_ctc(model: NarModel, setting: Setting) -> Ready:
    return Ready(
        lambda model, pairs, generator, spent: mask_ctc_loss(model, pairs, generator),
        {"CTC alone": write, "1 filling pass": masked_and_filled(1), "5 filling passes": masked_and_filled(5)},
    )


def improved_mask_ctc(model: NarModel, setting: Setting) -> Ready:
    add_adjustment(model)
    return Ready(
        lambda model, pairs, generator, spent: adjusted_mask_ctc_loss(model, pairs, generator),
        {
            "5 filling passes": masked_and_filled(5),
            "lengths adjusted, 5 filling passes": masked_and_filled(5, adjusts=True),
        },
    )


def align_refine(model: NarModel, setting: Setting) -> Ready:
    return Ready(
        lambda model, pairs, generator, spent: align_refine_loss(model, pairs),
        {f"{passes} pass{'es' if passes > 1 else ''}": refined(passes) for passes in (1, 2, 5)},
    )


def align_denoise(model: NarModel, setting: Setting) -> Ready:
    return Ready(
        lambda model, pairs, generator, spent: align_denoise_loss(model, pairs, generator),
        {f"{passes} pass{'es' if passes > 1 else ''}": refined(passes) for passes in (1, 2)},
    )


def write_last_layer(model: NarModel, blank: Pairs) -> list[list[int]]:
    said, counts = layer_log_probs(model, blank)
    return collapse(alignment_of(without_end(said[-1]), counts))


def write_inner_layer(model: NarModel, blank: Pairs) -> list[list[int]]:
    said, counts = layer_log_probs(model, blank)
    return collapse(alignment_of(without_end(said[-2]), counts))


def intermediate(conditioned: bool):
    def ready(model: NarModel, setting: Setting) -> Ready:
        if conditioned:
            add_conditioning(model)
        return Ready(
            lambda model, pairs, generator, spent: intermediate_ctc_loss(model, pairs),
            {"last layer": write_last_layer, "the layer before": write_inner_layer},
        )

    return ready
