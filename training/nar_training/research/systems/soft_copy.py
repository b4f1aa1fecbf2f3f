"""Writing from a soft copy of the source: the length from the classifier, then one pass."""

from ...data.tokenizer import PAD
from ...network.model import NarModel
from ...objectives.pairs import Pairs
from ...objectives.soft_copy import add_temperature, soft_copies, soft_copy_loss
from ...objectives.vectors import answers_from_vectors
from .system import Ready, Setting


def write(model: NarModel, blank: Pairs) -> list[list[int]]:
    rows, _ = answers_from_vectors(model, blank, soft_copies(model, blank))
    return model.token_logits(rows).argmax(2).masked_fill(~blank.real, PAD).tolist()


def ready(model: NarModel, setting: Setting) -> Ready:
    add_temperature(model)
    return Ready(lambda model, pairs, generator, spent: soft_copy_loss(model, pairs), {"1 pass": write})
