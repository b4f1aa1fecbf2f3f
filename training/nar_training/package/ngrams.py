"""Packed counts of token 1- to 3-grams of the training prose (docs/model-format.md, "N-gram table").

    python -m nar_training.data.prepare --share 1
    python -m nar_training.package.ngrams --tokens training/runs/prose.bin --output models/NAME/ngrams.bin \
        --most-bytes 8000000

Bigrams and trigrams seen fewer times than the threshold are left out; without --least the lowest threshold is taken
with which the file is small enough. A trigram is kept only where its first two tokens are.
"""

import argparse
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np

from ..data.guard import DataError, run, whole_file
from ..data.paths import WORK

MAGIC = b"NARNGRM\0"
BACK_OFF = 0.4
BITS = 16  # of a token id in a key


@dataclass
class Counts:
    """Sorted keys, (a << 16 | b) and (a << 32 | b << 16 | c), with their counts."""

    vocabulary: int
    unigrams: np.ndarray  # [vocabulary]
    bigrams: np.ndarray
    bigram_counts: np.ndarray
    trigrams: np.ndarray
    trigram_counts: np.ndarray


def count(tokens: np.ndarray, vocabulary: int, boundary: int) -> Counts:
    """`tokens` uint16, every paragraph closed by `boundary`; no n-gram has it anywhere but at its ends."""
    if len(tokens) < 3 or int(tokens.max()) >= vocabulary:
        raise DataError(
            f"{len(tokens)} tokens with ids up to {int(tokens.max(initial=0))} do not fit a vocabulary of {vocabulary}"
        )
    wide = tokens.astype(np.uint64)
    pairs = wide[:-1] << BITS | wide[1:]
    bigrams, bigram_counts = np.unique(pairs, return_counts=True)
    triples = (pairs[:-1] << BITS | wide[2:])[tokens[1:-1] != boundary]
    trigrams, trigram_counts = np.unique(triples, return_counts=True)
    return Counts(
        vocabulary, np.bincount(tokens, minlength=vocabulary), bigrams, bigram_counts, trigrams, trigram_counts
    )


def pruned(counts: Counts, least: int) -> Counts:
    often = counts.bigram_counts >= least
    bigrams = counts.bigrams[often]
    kept = (counts.trigram_counts >= least) & np.isin(counts.trigrams >> BITS, bigrams)
    return Counts(
        counts.vocabulary,
        counts.unigrams,
        bigrams,
        counts.bigram_counts[often],
        counts.trigrams[kept],
        counts.trigram_counts[kept],
    )


def size_of(counts: Counts) -> int:
    return 24 + 4 * (counts.vocabulary + 1) + counts.vocabulary + 4 + 7 * len(counts.bigrams) + 3 * len(counts.trigrams)


def codes(numbers: np.ndarray) -> np.ndarray:
    """1 + round(8 log2 n) in a byte, 0 for none: right within 5 %, up to 2^31."""
    return np.where(numbers > 0, np.minimum(255, 1 + np.rint(8 * np.log2(np.maximum(numbers, 1)))), 0).astype(np.uint8)


def pack(counts: Counts) -> bytes:
    first = (counts.bigrams >> BITS).astype(np.int64)
    starts = np.searchsorted(first, np.arange(counts.vocabulary + 1)).astype("<u4")
    trigram_starts = np.searchsorted(counts.trigrams >> BITS, counts.bigrams).astype("<u4")
    low = (1 << BITS) - 1
    return b"".join([
        MAGIC, np.array([counts.vocabulary, len(counts.bigrams), len(counts.trigrams), 0], dtype="<u4").tobytes(),
        starts.tobytes(), trigram_starts.tobytes(), np.array([len(counts.trigrams)], dtype="<u4").tobytes(),
        (counts.bigrams & low).astype("<u2").tobytes(), (counts.trigrams & low).astype("<u2").tobytes(),
        codes(counts.unigrams).tobytes(), codes(counts.bigram_counts).tobytes(), codes(counts.trigram_counts).tobytes(),
    ])  # fmt: skip


class NgramTable:
    """What the host computes, the plain way: dictionaries of the counts as the file rounds them."""

    def __init__(self, counts: Counts):
        rounded = [
            [0.0 if code == 0 else 2 ** ((int(code) - 1) / 8) for code in codes(part)]
            for part in (counts.unigrams, counts.bigram_counts, counts.trigram_counts)
        ]
        self.unigrams = rounded[0]
        self.bigrams = dict(zip(counts.bigrams.tolist(), rounded[1], strict=True))
        self.trigrams = dict(zip(counts.trigrams.tolist(), rounded[2], strict=True))
        self.total = sum(self.unigrams)

    def log_score(self, before: list[int], token: int) -> float:
        """Stupid back-off (Brants 2007, Eq. 5)."""
        penalty = 0.0
        if len(before) >= 2:
            pair = before[-2] << BITS | before[-1]
            found = self.trigrams.get(pair << BITS | token, 0)
            if found:
                return log(found / self.bigrams[pair])
            penalty += log(BACK_OFF)
        if before:
            found = self.bigrams.get(before[-1] << BITS | token, 0)
            if found:
                return penalty + log(found / self.unigrams[before[-1]])
            penalty += log(BACK_OFF)
        return penalty + log(max(self.unigrams[token], 0.5) / max(self.total, 1))


def main() -> None:
    from ..data.tokenizer import END

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--tokens", type=Path, default=WORK / "prose.bin", help="uint16 ids, as nar_training.data.prepare writes them"
    )
    parser.add_argument("--vocabulary", type=int, default=16384)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--least", type=int, help="occurrences below which an n-gram is left out")
    parser.add_argument("--most-bytes", type=int, default=8_000_000)
    arguments = parser.parse_args()
    if not arguments.tokens.is_file():
        raise DataError(f"{arguments.tokens} is missing: run nar_training.data.prepare first")
    counts = count(np.fromfile(arguments.tokens, dtype=np.uint16), arguments.vocabulary, END)
    least = arguments.least or 2
    table = pruned(counts, least)
    while arguments.least is None and size_of(table) > arguments.most_bytes:
        least += 1
        table = pruned(counts, least)
    with whole_file(arguments.output) as output:
        output.write(pack(table))
    print(
        f"{arguments.output}: {size_of(table)} bytes, {len(table.bigrams)} bigrams and {len(table.trigrams)} "
        f"trigrams seen {least} times or more"
    )


if __name__ == "__main__":
    run(main)
