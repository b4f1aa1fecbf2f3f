"""Makes clean sentences worse the way writers of documentation do (nar.md section 3.6, shares of edits/profile.json).

About 38 % of the sentences stay as they are; a noised one has mostly one error (84 % of real corrections are a single
edit). What is protected (words.py) never changes: code, URLs and identifiers in noised sentences are hard negatives.
"""

from pathlib import Path
from random import Random

from . import articles, casing, function_words, inflection, letters, punctuation, replacements, spacing
from .tables import Tables, choice_of, choose
from .units import Units

CLEAN_SHARE = 0.38
ERRORS = {1: 0.74, 2: 0.19, 3: 0.07}
KINDS = {
    "spelling": letters.apply,
    "article": articles.apply,
    "agreement": inflection.apply_agreement,
    "verb-form": inflection.apply_verb_form,
    "casing": casing.apply,
    "punctuation": punctuation.apply,
    "missing-word": function_words.apply_missing,
    "extra-word": function_words.apply_extra,
    "doubled-word": function_words.apply_doubled,
    "spacing": spacing.apply,
    "hyphen": punctuation.apply_hyphen,
    "apostrophe": replacements.apply_apostrophe,
    "confusable": replacements.apply_confusable,
    "preposition": replacements.apply_preposition,
    "other": replacements.apply_other,
}
# A sentence without an article cannot lose one: kinds that find a place less often are drawn more often.
# Target share / share measured with all ones on 20,000 sentences of the training prose (python -m
# nar_training.data.noise).
AVAILABILITY: dict[str, float] = {
    "agreement": 1.13, "apostrophe": 8.8, "article": 1.25, "casing": 0.85, "confusable": 0.83, "doubled-word": 0.83,
    "extra-word": 0.88, "hyphen": 6.7, "missing-word": 1.0, "other": 4.9, "preposition": 1.0, "punctuation": 1.11,
    "spacing": 0.9, "spelling": 0.83, "verb-form": 1.76,
}  # fmt: skip


class NoiseMaker:
    """The same seed and the same sentences in the same order give the same errors."""

    def __init__(
        self,
        seed: int,
        data: Path,
        clean_share: float = CLEAN_SHARE,
        errors: dict[int, float] | None = None,
        tables: Tables | None = None,
    ) -> None:
        self.random = Random(seed)
        self.tables = tables or Tables(Path(data))
        self.clean_share = clean_share
        self.tables.confusion_table = replacements.confusion_table(self.tables.confusions)
        self.kinds = choice_of(
            {kind: share * AVAILABILITY.get(kind, 1.0) for kind, share in self.tables.target_shares.items()}
        )
        self.counts = choice_of(errors or ERRORS)

    def corrupt(self, sentence: str) -> str:
        return self.corrupt_with_kinds(sentence)[0]

    def corrupt_with_kinds(self, sentence: str) -> tuple[str, list[str]]:
        random = self.random
        if random.random() < self.clean_share:
            return sentence, []
        units = Units(sentence)
        done: list[str] = []
        for _ in range(choose(self.counts, random)):
            for _ in range(6):
                kind = choose(self.kinds, random)
                if KINDS[kind](units, random, self.tables):
                    done.append(kind)
                    break
        noised = units.text()
        # Two errors can undo each other; then the sentence is clean and says so.
        return noised, done if noised != sentence else []
