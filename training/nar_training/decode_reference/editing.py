"""Reference decoders that edit, insert, align or vote, by name: (network, source, options, tracer, text) -> result, and passes when a case names none."""

from .ctc import ctc, imputer
from .fast_correct import fast_correct
from .insertion import insertion
from .levenshtein_draft import levenshtein_draft
from .voting import voting

EDITING = {
    "levenshtein-draft": (lambda network, source, options, tracer, text: levenshtein_draft(network, source, options, tracer), 9),
    "insertion": (insertion, 0),
    "fast-correct": (fast_correct, 1),
    "voting": (voting, 4),
    "ctc": (lambda network, source, options, tracer, text: ctc(network, source, options, tracer), 1),
    "imputer": (lambda network, source, options, tracer, text: imputer(network, source, options, tracer), 4),
}
