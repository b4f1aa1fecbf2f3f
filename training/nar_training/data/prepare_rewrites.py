"""Pools of rewordings for the network that corrects and rewords (stage "reword"), in its word pieces.

    python -m nar_training.data.teacher_pairs --people --output training/runs/people
    python -m nar_training.data.prepare_rewrites --pairs training/runs/people training/pairs --work \
        training/runs/correct

| pool | what |
|---|---|
| rephrase | pairs that passed the filters of their mode, and people's rewrites as they are, a few of one repository |
| simplify | pairs that passed the filters and have plainer words |
| shorten | the same, and compressions (compressions.py) |
"""

import argparse
import random
from itertools import islice
from pathlib import Path

from ..prior.lexicon import Lexicon
from .compressions import compressions
from .guard import DataError, read_jsonl, run
from .paths import DATA, LEXICON, WORK
from .pools import save_pool
from .prepare import load_evaluation_keys
from .prepare_corrections import Pairs, capped_pairs
from .prepare_edits import Builder, is_plainer, summaries
from .tokenizer import load_tokenizer

POOLS = {"rephrase": "rephrase", "simplify": "simpler", "shorten": "shorter"}  # pool: mode of the pairs
CAP = 400  # people's rewrites of one repository
SUMMARY_CAP = 3000


def filtered_pairs(folders: list[Path], mode: str) -> Pairs:
    """(source, target) of every folder that has the mode. Raises DataError where none has."""
    paths = [path for folder in folders if (path := folder / f"{mode}.jsonl.zst").exists()]
    if not paths:
        raise DataError(f"no {mode}.jsonl.zst in {', '.join(map(str, folders))}: run python -m "
                        "nar_training.data.teacher_pairs first")  # fmt: skip
    pairs = [(row["source"], row["target"]) for path in paths for row in read_jsonl(path)]
    return [pair for pair in pairs if is_plainer(*pair)] if mode == "simpler" else pairs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True, help="folders of teacher_pairs.py")
    parser.add_argument("--work", type=Path, default=WORK / "correct")
    parser.add_argument("--pools", type=Path, help="folder to write to (default: pools in the work folder)")
    parser.add_argument("--lexicon", type=Path, default=LEXICON)
    parser.add_argument("--repeat", type=int, default=2, help="how often a filtered pair stands in its pool")
    parser.add_argument("--people", type=int, default=14000, help="people's rewrites as they are")
    parser.add_argument("--compressions", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    data, seed = arguments.data, arguments.seed
    builder = Builder(
        load_tokenizer(arguments.work / "tokenizer.json"),
        Lexicon.load(arguments.lexicon),
        load_evaluation_keys(data),
        seed,
    )
    others: dict[str, Pairs] = {
        "rephrase": capped_pairs(data, "rewrite", None, CAP, seed)[: arguments.people],
        "shorten": list(islice(compressions(data, summaries(data, SUMMARY_CAP)), arguments.compressions)),
    }
    for name, mode in POOLS.items():
        filtered = builder.pairs(filtered_pairs(arguments.pairs, mode), lexicon=False)
        examples = [*filtered * arguments.repeat, *builder.pairs(others.get(name, []), lexicon=False)]
        random.Random(seed).shuffle(examples)
        save_pool((arguments.pools or arguments.work / "pools") / f"{name}.npz", examples)
        print(f"{name}: {len(examples)}, {len(filtered)} of them filtered", flush=True)


if __name__ == "__main__":
    run(main)
