"""Measured shares of the noise beside the shares of real corrections.

python -m nar_training.data.noise [--data FOLDER] [--sentences 20000] [--examples 3]
"""

import argparse
import random
import re
import time
from collections import Counter, defaultdict
from pathlib import Path

from ..guard import run
from ..paths import DATA, read_lines
from .maker import AVAILABILITY, NoiseMaker

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`])")


def sample_sentences(data: Path, count: int, seed: int) -> list[str]:
    generator = random.Random(seed)
    sentences: list[str] = []
    for paragraph in read_lines(data / "prose" / "train.txt.zst"):
        if paragraph and generator.random() < 0.1:
            sentences += [s for s in SENTENCE_END.split(paragraph) if 4 <= len(s.split()) <= 60]
            if len(sentences) >= 4 * count:
                break
    generator.shuffle(sentences)
    return sentences[:count]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--sentences", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", type=int, default=0, help="print this many noised sentences of each kind")
    arguments = parser.parse_args()
    start = time.perf_counter()
    maker = NoiseMaker(arguments.seed, arguments.data)
    loaded = time.perf_counter()
    sentences = sample_sentences(arguments.data, arguments.sentences, arguments.seed)
    begin = time.perf_counter()
    results = [maker.corrupt_with_kinds(sentence) for sentence in sentences]
    seconds = time.perf_counter() - begin
    counts = Counter(kind for _, kinds in results for kind in kinds)
    total = sum(counts.values())
    errors = Counter(len(kinds) for _, kinds in results)
    print(
        f"tables read in {loaded - start:.1f} s; {len(sentences)} sentences, {len(sentences) / seconds:.0f} a "
        "second on one core"
    )
    print("errors a sentence: " + ", ".join(f"{n}: {100 * errors[n] / len(results):.1f} %" for n in sorted(errors)))
    print(f"{'kind':14} {'real':>7} {'noise':>7} {'availability':>13}")
    for kind, share in sorted(maker.tables.target_shares.items(), key=lambda item: -item[1]):
        measured = counts[kind] / total
        better = AVAILABILITY.get(kind, 1.0) * share / measured if measured else float("inf")
        print(f"{kind:14} {100 * share:6.1f}% {100 * measured:6.1f}% {better:13.2f}")
    shown: dict[str, int] = defaultdict(int)
    for sentence, (noised, kinds) in zip(sentences, results, strict=True):
        if len(kinds) == 1 and shown[kinds[0]] < arguments.examples:
            shown[kinds[0]] += 1
            print(f"\n{kinds[0]}\n  {sentence}\n  {noised}")


if __name__ == "__main__":
    run(main)
