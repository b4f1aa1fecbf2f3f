"""The systems that are compared at equal training time, one row each (docs/results/research.md)."""

from ...objectives.cmlm import cmlm_loss
from ...objectives.edit_invariant import edit_invariant_loss
from . import (
    adversary,
    correctors,
    ctc_family,
    deep_shallow,
    fertilities,
    insertion,
    latent,
    left_to_right,
    lengths,
    local_pieces,
    planned,
    recurrent_layer,
    semi_autoregressive,
    soft_copy,
    taught,
    tricks,
)
from .system import System, mask_predict, objective_alone

SYSTEMS: dict[str, System] = {
    "left-to-right": System("left to right, the teacher", "Vaswani 2017", left_to_right.ready),
    "deep-shallow": System("deep encoder, one decoder layer, left to right", "Kasai 2021", deep_shallow.ready),
    "one-pass": System("one pass from masks", "Gu 2018; lengths: Ghazvininejad 2019", lengths.ready),
    "cmlm": System(
        "conditional masked, Mask-Predict",
        "Ghazvininejad 2019",
        objective_alone(
            lambda model, pairs, generator, spent: cmlm_loss(model, pairs, 0.3, generator),
            {"1 pass": mask_predict(1), "4 passes": mask_predict(4), "10 passes": mask_predict(10)},
        ),
    ),
    "fertilities": System("fertilities", "Gu 2018, section 3.3", fertilities.ready),
    "soft-copy": System("soft copy of the source", "Wei 2019", soft_copy.ready),
    "insertion": System("Insertion Transformer", "Stern 2019", insertion.insertion_transformer),
    "kermit": System("KERMIT", "Chan 2019", insertion.kermit),
    "ctc": System("CTC", "Graves 2006; Libovicky 2018", ctc_family.plain),
    "mask-ctc": System("Mask-CTC", "Higuchi 2020", ctc_family.mask_ctc),
    "glancing-ctc": System("glancing with CTC", "Qian 2021; Gu & Kong 2021", ctc_family.glancing),
    "intermediate-ctc": System("intermediate CTC", "Lee & Watanabe 2021", ctc_family.intermediate(False)),
    "self-conditioned-ctc": System("self-conditioned CTC", "Nozaki & Komatsu 2021", ctc_family.intermediate(True)),
    "align-refine": System("Align-Refine", "Chi 2021", ctc_family.align_refine),
    "align-denoise": System("Align-Denoise", "Chen 2021", ctc_family.align_denoise),
    "edit-invariant": System(
        "edit-invariant loss",
        "EISL, Liu 2022",
        objective_alone(lambda model, pairs, generator, spent: edit_invariant_loss(model, pairs, generator)),
    ),
    "token-distillation": System("distilled distributions", "Kim & Rush 2016", taught.token_distillation),
    "sequence-distillation": System("distilled answers", "Kim & Rush 2016", taught.sequence_distillation),
    "same-pairs": System("the same few pairs, not distilled", "", taught.same_pairs),
    "engine": System("energy of the teacher", "ENGINE, Tu 2020", taught.engine),
    "blocks-of-2": System("blocks of 2 tokens", "SAT, Wang 2018", semi_autoregressive.of_size(2)),
    "blocks-of-4": System("blocks of 4 tokens", "SAT, Wang 2018", semi_autoregressive.of_size(4)),
    "block-ladder": System("ladder of blocks, then parallel", "TCL-NAT, Liu 2021", semi_autoregressive.ladder),
    "local-pieces": System("local pieces, merged", "LAT, Kong 2020", local_pieces.ready),
    "recurrent-layer": System("tiny recurrent layer over parallel states", "tutorial", recurrent_layer.ready),
    "latent-gaussian": System("Gaussian latents, delta posterior", "LaNMT, Shu 2020", latent.gaussian),
    "latent-flow": System("latents with a flow prior", "FlowSeq, Ma 2019", latent.flow),
    "latent-codes": System("discrete latents", "Kaiser 2018; Roy 2018", latent.codes),
    "latent-glancing": System("discrete latents with glancing", "latent-GLAT, Bao 2022", latent.glancing),
    "tricks": System("distillation, CTC, glancing, language model", "Gu & Kong 2021", tricks.ready),
    "granularity": System("words, then phrases, then sentences", "PMG, Ding 2021", planned.granularity),
    "reordering": System("order of the source words first", "ReorderNAT, Ran 2021", planned.reordering),
    "chunks": System("chunks first", "SynST, Akoury 2019", planned.chunks),
    "phrases": System("a phrase for every source token", "NPMT, Huang 2018", planned.phrases),
    "adversary": System("one pass with an adversary", "Huang 2021", adversary.ready),
    "correct-plain": System("corrector without alignment, one pass", "", correctors.plain, "correction"),
    "correct-left-to-right": System("corrector left to right", "", left_to_right.ready, "correction"),
    "correct-deep-shallow": System("corrector with a shallow decoder", "Kasai 2021", deep_shallow.ready, "correction"),
    "correct-ctc": System("corrector with CTC", "tutorial", ctc_family.plain, "correction"),
    "correct-durations": System("durations", "FastCorrect, Leng 2021", correctors.fast_correct, "correction"),
    "correct-softly": System(
        "detection, constrained CTC", "SoftCorrect, Leng 2023", correctors.soft_correct, "correction"
    ),
}
__all__ = ["SYSTEMS", "System"]
