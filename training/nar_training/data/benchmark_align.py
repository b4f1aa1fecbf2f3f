"""Speed of the edit labels on real pairs, one core: python -m nar_training.data.benchmark_align --tokenizer FILE"""

import argparse
import itertools
import time
from pathlib import Path

from .align import edit_labels, labels_from_encodings
from .guard import run
from .paths import DATA, WORK, read_jsonl
from .tokenizer import load_tokenizer

FILES = ["typo.train", "grammar.train", "rewrite.train"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--tokenizer", type=Path, default=WORK / "tokenizer.json")
    parser.add_argument("--pairs", type=int, default=6000)
    arguments = parser.parse_args()
    tokenizer = load_tokenizer(arguments.tokenizer)
    for name in FILES:
        records = read_jsonl(arguments.data / "edits" / f"{name}.jsonl.zst")
        pairs = [(record["before"], record["after"]) for record in itertools.islice(records, arguments.pairs)]
        start = time.perf_counter()
        usable = sum(edit_labels(before, after, tokenizer) is not None for before, after in pairs)
        middle = time.perf_counter()
        sources = tokenizer.encode_batch([before for before, _ in pairs], add_special_tokens=False)
        targets = tokenizer.encode_batch([after for _, after in pairs], add_special_tokens=False)
        for source, target, (before, after) in zip(sources, targets, pairs, strict=True):
            labels_from_encodings(source, target, before, after)
        end = time.perf_counter()
        print(
            f"{name}: {len(pairs)} pairs, {100 * usable / len(pairs):.2f} % usable, "
            f"{len(pairs) / (middle - start):.0f} pairs/s one by one, {len(pairs) / (end - middle):.0f} "
            "pairs/s in a batch"
        )


if __name__ == "__main__":
    run(main)
