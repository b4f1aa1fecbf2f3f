"""One slot a token with the objectives that judge whole answers or reveal parts of them: AXE, OAXE, bags of n-grams,
glancing; a CRF over the slots, slots that end the text themselves (BANG), refinement (Mask-Predict, iNAT).
"""

import torch

from ...data.tokenizer import PAD
from ...network.model import NarModel
from ...objectives.axe import axe_loss
from ...objectives.bag_of_ngrams import bag_of_ngrams_loss
from ...objectives.cmlm import cmlm_loss
from ...objectives.crf import Transition, crf_loss
from ...objectives.ended_slots import ended_slots_loss, write_ended
from ...objectives.glat import glancing_ratio, glat_loss
from ...objectives.inat import inat_loss
from ...objectives.oaxe import oaxe_loss
from ...objectives.one_pass import one_pass_loss
from ...objectives.pairs import Pairs, answers, masked_slots
from ..da_transformer import write_crf
from ..quora import LONGEST
from ..run import Decoder
from .dependency import target_dependency
from .system import ONE_PASS, Ready, Setting, mask_predict, objective_alone

WARM = 0.5  # share of the time with cross-entropy: an order-agnostic loss from the start destroys word order

axe = objective_alone(lambda model, pairs, generator, spent: axe_loss(model, pairs))
bag_of_ngrams = objective_alone(
    lambda model, pairs, generator, spent: (
        one_pass_loss(model, pairs) if spent < WARM else bag_of_ngrams_loss(model, pairs)
    )
)
oaxe = objective_alone(
    lambda model, pairs, generator, spent: one_pass_loss(model, pairs) if spent < WARM else oaxe_loss(model, pairs)
)
glancing = objective_alone(
    lambda model, pairs, generator, spent: glat_loss(model, pairs, glancing_ratio(spent), generator),
    {**ONE_PASS, "4 passes": mask_predict(4)},
)


def rewritten(passes: int) -> Decoder:
    """iNAT: every slot is written anew from the answer before, until nothing changes."""

    def decoder(model: NarModel, blank: Pairs) -> list[list[int]]:
        slots = masked_slots(blank)
        for _ in range(passes):
            rows, _ = answers(model, blank, slots)
            fresh = model.token_logits(rows).argmax(2).masked_fill(~blank.real, PAD)
            if torch.equal(fresh, slots):
                break
            slots = fresh
        return slots.tolist()

    return decoder


inat = objective_alone(
    lambda model, pairs, generator, spent: inat_loss(model, pairs, generator, passes=2),
    {"1 pass": rewritten(1), "4 passes": rewritten(4)},
)


def conditional_masked(model: NarModel, setting: Setting) -> Ready:
    return Ready(
        lambda model, pairs, generator, spent: cmlm_loss(model, pairs, 0.3, generator),
        {"1 pass": mask_predict(1), "4 passes": mask_predict(4), "10 passes": mask_predict(10)},
        probe=lambda model: target_dependency(model, setting.quora),
    )


def ended(model: NarModel, setting: Setting) -> Ready:
    return Ready(
        lambda model, pairs, generator, spent: ended_slots_loss(model, pairs),
        {"1 pass, cut at its end": lambda model, blank: write_ended(model, blank, LONGEST)},
    )


def crf(model: NarModel, setting: Setting) -> Ready:
    model.transition = Transition(model.configuration.vocabulary)
    return Ready(
        lambda model, pairs, generator, spent: crf_loss(model, model.transition, pairs),
        {"Viterbi": write_crf, "each slot alone": ONE_PASS["1 pass"]},
    )
