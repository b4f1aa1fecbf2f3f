"""Numbers: precision, recall and F0.5 over edits, calibration, GLEU, SARI, repetition."""

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .edits import Edit, apply_edits, classify, word_edits

TOKENS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_+")


@dataclass
class Counts:
    true: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        found = self.true + self.false
        return self.true / found if found else None

    @property
    def recall(self) -> float | None:
        wanted = self.true + self.missed
        return self.true / wanted if wanted else None

    def f(self, beta: float = 0.5) -> float | None:
        """F0.5 weighs precision twice as much as recall; without a right edit it is 0."""
        total = (1 + beta**2) * self.true + beta**2 * self.missed + self.false
        return (1 + beta**2) * self.true / total if total else None

    def row(self) -> dict:
        return {
            "precision": _percent(self.precision), "recall": _percent(self.recall), "f0.5": _percent(self.f()),
            "true": self.true, "false": self.false, "missed": self.missed,
        }  # fmt: skip


def _percent(value: float | None) -> float | None:
    return None if value is None else round(100 * value, 1)


@dataclass
class CorrectionScores:
    total: Counts = field(default_factory=Counts)
    by_type: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    exact: int = 0
    sentences: int = 0

    def add(self, source: str, output: str, targets: list[str], known: set[str] | None = None) -> None:
        """Against the reference that suits the output best (most right edits, then fewest missed)."""
        found = word_edits(source, output)
        best: tuple[int, int] | None = None
        wanted: list[Edit] = []
        for target in targets:
            gold = word_edits(source, target)
            key = (len(set(found) & set(gold)), -len(gold))
            if best is None or key > best:
                best, wanted = key, gold
        right = set(found) & set(wanted)
        for edit in found:
            self._count(classify(source, edit, known), "true" if edit in right else "false")
        for edit in wanted:
            if edit not in right:
                self._count(classify(source, edit, known), "missed")
        self.sentences += 1
        self.exact += output in targets

    def _count(self, kind: str, outcome: str) -> None:
        for counts in (self.total, self.by_type[kind]):
            setattr(counts, outcome, getattr(counts, outcome) + 1)

    def result(self) -> dict:
        types = sorted(self.by_type.items(), key=lambda item: -(item[1].true + item[1].missed))
        return {
            **self.total.row(), "exact": _percent(self.exact / max(1, self.sentences)), "sentences": self.sentences,
            "by_type": {kind: counts.row() for kind, counts in types},
        }  # fmt: skip


def correction_is_right(source: str, start: int, end: int, replacement: str, targets: list[str]) -> bool:
    """Whether this correction alone makes only edits that a reference makes too."""
    alone = word_edits(source, apply_edits(source, [Edit(start, end, replacement)]))
    return bool(alone) and any(set(alone) <= set(word_edits(source, target)) for target in targets)


def expected_calibration_error(points: Iterable[tuple[float, bool]], bins: int = 10) -> tuple[float | None, list[dict]]:
    """Mean gap between confidence and share of right corrections over equal-width bins (Guo et al. 2017, Eq. 3)."""
    filled: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in points:
        filled[min(bins - 1, int(confidence * bins))].append((confidence, right))
    total = sum(len(bin_) for bin_ in filled.values())
    if not total:
        return None, []
    rows, error = [], 0.0
    for index in sorted(filled):
        confidences = [confidence for confidence, _ in filled[index]]
        mean, share = sum(confidences) / len(confidences), sum(right for _, right in filled[index]) / len(confidences)
        error += len(confidences) / total * abs(mean - share)
        rows.append(
            {
                "from": index / bins,
                "corrections": len(confidences),
                "confidence": round(mean, 3),
                "right": round(share, 3),
            }
        )
    return round(error, 4), rows


def tokens(text: str) -> list[str]:
    return TOKENS.findall(text)


def ngrams(words: list[str], size: int) -> Counter:
    return Counter(tuple(words[index : index + size]) for index in range(len(words) - size + 1))


def gleu(
    sources: list[str], outputs: list[str], references: list[list[str]], rounds: int = 200, seed: int = 1
) -> float:
    """GLEU of Napoles et al. 2015/2016: n-grams of the output that a reference has,
    less those that only the source has.

    One reference is drawn per sentence and round, the mean over the rounds is reported (their published protocol uses
    500).
    """
    generator = random.Random(seed)
    statistics: list[list[tuple[int, int, list[tuple[int, int]]]]] = []
    for source, output, targets in zip(sources, outputs, references, strict=True):
        source_words, output_words = tokens(source), tokens(output)
        per_reference = []
        for target in targets:
            target_words = tokens(target)
            pairs = []
            for size in range(1, 5):
                out, ref, src = ngrams(output_words, size), ngrams(target_words, size), ngrams(source_words, size)
                only_source = Counter({gram: count for gram, count in src.items() if gram not in ref})
                overlap = sum((out & ref).values()) - sum((out & only_source).values())
                pairs.append((max(0, overlap), max(0, len(output_words) - size + 1)))
            per_reference.append((len(output_words), len(target_words), pairs))
        statistics.append(per_reference)
    scores = []
    for _ in range(rounds):
        length = reference_length = 0
        matches, totals = [0] * 4, [0] * 4
        for per_reference in statistics:
            out_length, ref_length, pairs = per_reference[generator.randrange(len(per_reference))]
            length, reference_length = length + out_length, reference_length + ref_length
            for size, (match, total) in enumerate(pairs):
                matches[size] += match
                totals[size] += total
        if min(matches) == 0:
            scores.append(0.0)
            continue
        logarithm = sum(math.log(match / total) for match, total in zip(matches, totals, strict=True)) / 4
        scores.append(math.exp(min(0.0, 1 - reference_length / length) + logarithm))
    return 100 * sum(scores) / len(scores)


def sari(source: str, output: str, references: list[str]) -> float:
    """SARI of Xu et al. 2016: mean over n = 1..4 of keep F1, add F1 and delete precision; tokens lower-cased."""
    sides = [[word.lower() for word in tokens(text)] for text in (source, output, *references)]
    keep = add = delete = 0.0
    for size in range(1, 5):
        src, out = ngrams(sides[0], size), ngrams(sides[1], size)
        refs: Counter = Counter()
        for reference in sides[2:]:
            refs += ngrams(reference, size)
        count = len(references)
        scaled_source, scaled_output = _times(src, count), _times(out, count)
        kept, kept_right = scaled_source & scaled_output, scaled_source & refs
        good = kept & kept_right
        keep += _f1(
            sum(good[g] / kept[g] for g in good), len(kept), sum(good[g] / kept_right[g] for g in good), len(kept_right)
        )
        added, added_right = set(out) - set(src), set(refs) - set(src)
        both = len(added & added_right)
        add += _f1(both, len(added), both, len(added_right))
        removed, removed_right = scaled_source - scaled_output, scaled_source - refs
        right = removed & removed_right
        delete += (
            sum(right[g] / removed[g] for g in right) / len(removed) if removed else 1.0 if not removed_right else 0.0
        )
    return 100 * (keep + add + delete) / 12


def _times(grams: Counter, factor: int) -> Counter:
    return Counter({gram: number * factor for gram, number in grams.items()})


def _f1(precise: float, found: int, recalled: float, wanted: int) -> float:
    if found == 0 and wanted == 0:
        return 1.0
    precision, recall = precise / found if found else 0.0, recalled / wanted if wanted else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def overlap(source: str, output: str) -> float:
    """Share of the output's words (with counts) that the source has: 1 = nothing but its words."""
    out, src = Counter(word.lower() for word in tokens(output)), Counter(word.lower() for word in tokens(source))
    total = sum(out.values())
    return sum((out & src).values()) / total if total else 0.0


def token_f1(output: str, target: str) -> float:
    """F1 over words with their counts: the usual measure of compression."""
    out, wanted = (Counter(word.lower() for word in tokens(text)) for text in (output, target))
    common = sum((out & wanted).values())
    return 2 * common / (sum(out.values()) + sum(wanted.values())) if common else 0.0


def bleu(outputs: list[str], references: list[list[str]]) -> float:
    """Corpus BLEU-4 (sacrebleu, its own tokens); texts may have different numbers of references."""
    from sacrebleu.metrics import BLEU

    streams = [
        [targets[index] if index < len(targets) else None for targets in references]
        for index in range(max(map(len, references)))
    ]
    return BLEU().corpus_score(outputs, streams).score


def inverse_bleu(sources: list[str], outputs: list[str], references: list[list[str]], share: float = 0.8) -> float:
    """iBLEU of Sun & Zhou 2012: likeness to the references less likeness to the source."""
    return share * bleu(outputs, references) - (1 - share) * bleu(outputs, [[source] for source in sources])


def repetition(outputs: list[str]) -> float:
    """Share of words that repeat their neighbour: the typical fault of parallel decoding."""
    words = [[word.lower() for word in tokens(output)] for output in outputs]
    return sum(left == right for row in words for left, right in zip(row, row[1:], strict=False)) / max(
        1, sum(map(len, words))
    )


def percentile(values: list[float], share: float) -> float | None:
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
