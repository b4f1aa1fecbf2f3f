"""Reference decoders that edit, insert, align or vote, by name: (network, source, options, tracer, text) -> result,
and passes when a case names none.
"""

from ..network.model import CONFIGURATIONS
from ..package.ngrams import NgramTable
from .ctc import ctc, imputer
from .da_transformer import LinkTable, da_transformer
from .fast_correct import fast_correct
from .insertion import insertion
from .lattice import crf, ngram_fusion
from .levenshtein_draft import levenshtein_draft
from .tiny_model import tiny_counts, tiny_links, tiny_transitions
from .voting import voting

VOCABULARY, WIDTH = CONFIGURATIONS["tiny"].vocabulary, CONFIGURATIONS["tiny"].width

EDITING = {
    "levenshtein-draft": (
        lambda network, source, options, tracer, text: levenshtein_draft(network, source, options, tracer),
        9,
    ),
    "insertion": (insertion, 0),
    "fast-correct": (fast_correct, 1),
    "voting": (voting, 4),
    "crf": (
        lambda network, source, options, tracer, text: crf(*tiny_transitions(VOCABULARY))(
            network, source, options, tracer
        ),
        1,
    ),
    "ngram-fusion": (
        lambda network, source, options, tracer, text: ngram_fusion(NgramTable(tiny_counts(VOCABULARY)))(
            network, source, options, tracer
        ),
        1,
    ),
    "da-transformer": (da_transformer(LinkTable(*tiny_links(WIDTH))), 1),
    "ctc": (lambda network, source, options, tracer, text: ctc(network, source, options, tracer), 1),
    "imputer": (lambda network, source, options, tracer, text: imputer(network, source, options, tracer), 4),
}
