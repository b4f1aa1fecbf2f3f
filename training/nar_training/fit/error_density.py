"""Where one sure error stands, a doubtful one beside it is likelier: a shift of the prior (Saerens et al. 2002,
eq. 2.4).

Twin of src/engine/tasks/correct/error-density.ts, which says why.
"""

import math

SURE_CONFIDENCE = 0.6
MOST_SHIFT = 2.0
ONE_MAY_BE = 1.0
DOCUMENT_WEIGHT = 12.0
CLEAN_SENTENCES = 10


def with_error_density(sentences: list[list[float]]) -> list[list[float]]:
    """Confidences (0..1) of the edits of each sentence, in the light of the other edits of the text;
    none is lowered.
    """

    def sure(confidence: float) -> float:
        return confidence if confidence >= SURE_CONFIDENCE else 0.0

    sure_in = [sum(map(sure, edits)) for edits in sentences]
    shifted = []
    for count, edits in zip(sure_in, sentences, strict=True):
        row = []
        for confidence in edits:
            own = sure(confidence)
            around = max(0.0, count - own - ONE_MAY_BE) + math.log1p(
                DOCUMENT_WEIGHT * (sum(sure_in) - count) / (len(sentences) + CLEAN_SENTENCES)
            )
            if around <= 0 or not 0 < confidence < 1:
                row.append(confidence)
                continue
            odds = confidence / (1 - confidence) * math.exp(min(MOST_SHIFT, around))
            row.append(odds / (1 + odds))
        shifted.append(row)
    return shifted
