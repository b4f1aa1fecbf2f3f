"""Correctors of noised questions: copies by duration (FastCorrect), detection and constrained CTC (SoftCorrect), and
the writers without an alignment that they are compared with.
"""

import torch

from ...data.tokenizer import BLANK, DROP, END, PAD
from ...network.model import NarModel
from ...objectives.ctc import collapse
from ...objectives.edit_durations import edit_labels_of
from ...objectives.fertility import add_fertility_head, fertility_loss
from ...objectives.one_pass import one_pass_loss
from ...objectives.pairs import Pairs
from ...objectives.soft_correct import (
    constrained,
    detection_logits,
    expanded,
    right_probabilities,
    slot_log_probs,
    soft_correct_loss,
)
from ...objectives.word_alignment import source_tokens
from ..run import Decoder
from .fertilities import argmax
from .system import ONE_PASS, Ready, Setting, mask_predict

MOST_OWNED = 4


def unchanged(model: NarModel, blank: Pairs) -> list[list[int]]:
    """The source as it is: what any corrector must beat."""
    tokens, _ = source_tokens(blank)
    return tokens.tolist()


def plain(model: NarModel, setting: Setting) -> Ready:
    return Ready(
        lambda model, pairs, generator, spent: one_pass_loss(model, pairs),
        {**ONE_PASS, "4 passes": mask_predict(4), "nothing changed": unchanged},
    )


def fast_correct(model: NarModel, setting: Setting) -> Ready:
    add_fertility_head(model, MOST_OWNED)
    return Ready(
        lambda model, pairs, generator, spent: fertility_loss(model, pairs, edit_labels_of(pairs)[0]),
        {"1 pass": argmax},
    )


def corrected(threshold: float) -> Decoder:
    """Tokens less right than the threshold get free slots, all others stay what they are. Two passes."""

    def decoder(model: NarModel, blank: Pairs) -> list[list[int]]:
        tokens, real = source_tokens(blank)
        suspect = real & (right_probabilities(detection_logits(model, blank), tokens) < threshold)
        canvas, free, counts = expanded(tokens, real, suspect)
        log_probs = slot_log_probs(model, blank, canvas, counts)
        log_probs[:, :, [END, DROP]] = -torch.inf
        said = constrained(log_probs, canvas, free).argmax(2).masked_fill(canvas == PAD, PAD)
        # Two trusted tokens that are equal are two tokens: a blank between them keeps them apart.
        apart = []
        for row, open_ in zip(said.tolist(), free.tolist(), strict=True):
            out = []
            for place, symbol in enumerate(row):
                if place and symbol == row[place - 1] and not (open_[place] or open_[place - 1]):
                    out.append(BLANK)
                out.append(symbol)
            apart.append(out)
        longest = max(len(row) for row in apart)
        written = collapse(torch.tensor([row + [PAD] * (longest - len(row)) for row in apart]))
        return [answer or source for answer, source in zip(written, tokens.tolist(), strict=True)]

    return decoder


def soft_correct(model: NarModel, setting: Setting) -> Ready:
    return Ready(
        lambda model, pairs, generator, spent: soft_correct_loss(model, pairs, generator),
        {f"right below {threshold}": corrected(threshold) for threshold in (0.5, 0.9)},
    )
