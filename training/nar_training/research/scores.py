"""Quality of paraphrases as the papers measure it: BLEU-4, its noise, overlap with the source, repetitions."""

import random

import sacrebleu


def bleu(outputs: list[str], references: list[str]) -> float:
    """Corpus BLEU-4, lower-cased, 13a tokens (sacrebleu)."""
    return sacrebleu.corpus_bleu(outputs, [references], lowercase=True).score


def bleu_spread(outputs: list[str], references: list[str], rounds: int = 200, seed: int = 1) -> float:
    """Standard deviation of BLEU over resampled dev sets (Koehn 2004): the noise of the measurement,
    not of the training.
    """
    metric = sacrebleu.BLEU(lowercase=True)
    parts = metric._extract_corpus_statistics(outputs, [references])  # counts a sentence; sums of them make a score
    generator = random.Random(seed)
    scores = []
    for _ in range(rounds):
        drawn = [parts[generator.randrange(len(parts))] for _ in parts]
        scores.append(metric._aggregate_and_compute(drawn).score)
    mean = sum(scores) / rounds
    return (sum((score - mean) ** 2 for score in scores) / rounds) ** 0.5


def repetition_ratio(answers: list[list[int]]) -> float:
    """Share of tokens equal to the one before (nar.md §0), before any clean-up."""
    repeated = sum(left == right for ids in answers for left, right in zip(ids, ids[1:], strict=False))
    return repeated / max(1, sum(len(ids) for ids in answers))


def without_repeats(ids: list[int]) -> list[int]:
    return [token for index, token in enumerate(ids) if index == 0 or token != ids[index - 1]]


def word_errors(output: str, target: str) -> int:
    """Least number of words to substitute, insert or delete (Levenshtein 1966) to turn output into target."""
    left, right = output.split(), target.split()
    row = list(range(len(right) + 1))
    for i, word in enumerate(left, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(right, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row[-1]


def word_error_rate(outputs: list[str], references: list[str]) -> float:
    """Word errors of all outputs over the words of all references."""
    errors = sum(word_errors(output, reference) for output, reference in zip(outputs, references, strict=True))
    return errors / max(1, sum(len(reference.split()) for reference in references))


def length_ratio(outputs: list[str], references: list[str]) -> float:
    """Words of all outputs over words of all references: below 1 where things are left out (under-generation)."""
    return sum(len(text.split()) for text in outputs) / max(1, sum(len(text.split()) for text in references))


def distinct(answers: list[list[int]], size: int) -> float:
    """Distinct-n (Li 2016): different n-grams over all n-grams of all answers; 0 where there are none."""
    grams = [tuple(ids[i : i + size]) for ids in answers for i in range(len(ids) - size + 1)]
    return len(set(grams)) / max(1, len(grams))
