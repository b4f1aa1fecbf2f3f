"""Writers that plan first: the order of the source words (ReorderNAT), chunks (SynST), phrases of source words (NPMT);
and the curriculum of words, phrases and sentences.
"""

from ...network.model import NarModel
from ...objectives.chunks import add_chunks, chunk_loss, write_chunks
from ...objectives.granularity import granularity_loss
from ...objectives.pairs import Pairs
from ...objectives.phrases import add_phrase_writer, phrase_loss, write_phrases
from ...objectives.reordering import add_pointer, reordering_loss, write_reordered
from ..quora import LONGEST
from .system import ONE_PASS, Ready, Setting, mask_predict


def reordering(model: NarModel, setting: Setting) -> Ready:
    add_pointer(model)
    return Ready(
        lambda model, pairs, generator, spent: reordering_loss(model, pairs),
        {
            "likeliest order": lambda model, blank: write_reordered(model, blank).tolist(),
            "mixture of orders": lambda model, blank: write_reordered(model, blank, soft=True).tolist(),
        },
    )


def written_chunks(model: NarModel, blank: Pairs) -> list[list[int]]:
    slots, counts = write_chunks(model, blank, LONGEST)
    return [row[:count] for row, count in zip(slots.tolist(), counts.tolist(), strict=True)]


def chunks(model: NarModel, setting: Setting) -> Ready:
    add_chunks(model, setting.quora.pieces)
    return Ready(
        lambda model, pairs, generator, spent: chunk_loss(model, pairs), {"chunks, then words": written_chunks}
    )


def phrases(model: NarModel, setting: Setting) -> Ready:
    add_phrase_writer(model)
    return Ready(
        lambda model, pairs, generator, spent: phrase_loss(model, pairs),
        {"greedy phrases": lambda model, blank: [row[:LONGEST] for row in write_phrases(model, blank)]},
    )


def granularity(model: NarModel, setting: Setting) -> Ready:
    return Ready(
        lambda model, pairs, generator, spent: granularity_loss(model, pairs, spent, generator),
        {**ONE_PASS, "4 passes": mask_predict(4)},
    )
