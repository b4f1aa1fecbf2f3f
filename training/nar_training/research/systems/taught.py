"""Writers that learn from a left-to-right teacher of the same size and training time: its distributions, its answers,
or its energy.
"""

from ...network.model import NarModel
from ...objectives.energy import energy_loss
from ...objectives.one_pass import one_pass_loss
from ...objectives.token_distillation import token_distillation_loss
from ...stages.distil import complexity, distil
from ..run import half_precision
from .system import ONE_PASS, Ready, Setting, mask_predict

DISTILLED = 4096  # pairs: what is seen in some minutes, a few times


def frozen(teacher: NarModel) -> NarModel:
    return teacher.eval().requires_grad_(False)


def token_distillation(model: NarModel, setting: Setting) -> Ready:
    teacher = frozen(setting.teacher())
    return Ready(lambda model, pairs, generator, spent: token_distillation_loss(model, teacher, pairs), ONE_PASS)


def engine(model: NarModel, setting: Setting) -> Ready:
    teacher = frozen(setting.teacher())
    return Ready(lambda model, pairs, generator, spent: energy_loss(model, teacher, pairs), ONE_PASS)


def distilled_pairs(setting: Setting) -> tuple[list, dict[str, float]]:
    """The first pairs with the teacher's greedy answers, and how much simpler that makes them (Zhou 2020, Eq. 3)."""
    pairs = setting.quora.train[:DISTILLED]
    with half_precision():
        examples = distil(setting.teacher(), pairs, "rephrase", setting.quora.tokenizer, beam=1, batch=64)
    return examples, {
        "complexity": round(complexity([(each.source, each.target) for each in pairs]), 4),
        "complexity_distilled": round(complexity([(each.source, each.target) for each in examples]), 4),
        "pairs": len(pairs),
    }


def sequence_distillation(model: NarModel, setting: Setting) -> Ready:
    examples, notes = distilled_pairs(setting)
    return Ready(
        lambda model, pairs, generator, spent: one_pass_loss(model, pairs),
        {**ONE_PASS, "4 passes": mask_predict(4)},
        examples,
        notes,
    )


def same_pairs(model: NarModel, setting: Setting) -> Ready:
    """What distillation is compared with: the same few sources with the people's answers."""
    return Ready(
        lambda model, pairs, generator, spent: one_pass_loss(model, pairs),
        {**ONE_PASS, "4 passes": mask_predict(4)},
        setting.quora.train[:DISTILLED],
    )
