"""What the filters of the teacher's answers let through of pairs that people judged: the
filters measured, not the teacher.

    python -m nar_training.data.filter_rates

True rewritings should pass and false ones should not. True: rewrites from the history of documentation that a person
read (edits/rewrite_checked.dev) and PAWS paraphrases; false: PAWS pairs of almost the same words with another meaning.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from .guard import read_jsonl, run
from .pair_modes import filters_for, prepared
from .paths import DATA
from .teacher_pairs import BASE_VERBS
from .word_relations import load_word_relations

Pair = tuple[str, str]


def judged_pairs(data: Path) -> Iterator[tuple[str, list[Pair]]]:
    checked = read_jsonl(data / "edits" / "rewrite_checked.dev.jsonl.zst")
    yield "rewrites that a person read: true", [(record["before"], record["after"]) for record in checked]
    for name, title in (("train", "PAWS: true"), ("negatives.train", "PAWS: false")):
        records = read_jsonl(data / "public" / "paws" / f"{name}.jsonl.zst")
        yield title, [(record["source"], record["targets"][0]) for record in records]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--pairs", type=int, default=500, help="of each set at most")
    arguments = parser.parse_args()
    relations = load_word_relations(arguments.data)
    filters = filters_for("rephrase", relations, frozenset(relations.lemmas.values()) | BASE_VERBS)
    print("| pairs | number | pass | refused by one filter alone |\n|---|---|---|---|")
    for title, pairs in judged_pairs(arguments.data):
        chosen = random.Random(1).sample(pairs, min(arguments.pairs, len(pairs)))
        refused = [
            [name for name, passes in filters.items() if not passes(source, prepared(source, target, "rephrase"))]
            for source, target in chosen
        ]
        alone = Counter(names[0] for names in refused if len(names) == 1)
        passed = 100 * sum(not names for names in refused) / len(chosen)
        few = ", ".join(f"{name} {count}" for name, count in alone.most_common(6))
        print(f"| {title} | {len(chosen)} | {passed:.0f} % | {few} |")


if __name__ == "__main__":
    run(main)
