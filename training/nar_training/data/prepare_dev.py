"""Held-out text for the figures in the training log (dev.py): a little prose, and real corrections of the dev parts.

    python -m nar_training.data.prepare_dev

Writes training/runs/dev/. Nothing trains on it: stages/stage.py opens its pools by name, in another folder.
"""

import argparse
import random
from pathlib import Path

import numpy as np

from ..prior.lexicon import Lexicon
from .guard import read_jsonl, run
from .paths import DATA, LEXICON, WORK
from .pools import save_pool
from .prepare import documents
from .prepare_edits import Builder
from .tokenizer import END, load_tokenizer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--lexicon", type=Path, default=LEXICON)
    parser.add_argument("--tokens", type=int, default=150_000, help="of prose")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    tokenizer = load_tokenizer(arguments.work / "tokenizer.json")
    folder = arguments.work / "dev"
    folder.mkdir(parents=True, exist_ok=True)
    paragraphs = [line for document in documents(arguments.data, "dev") for line in document]
    random.Random(arguments.seed).shuffle(paragraphs)
    tokens: list[int] = []
    for paragraph in paragraphs:
        tokens += [*tokenizer.encode(paragraph).ids, END]
        if len(tokens) >= arguments.tokens:
            break
    np.array(tokens[: arguments.tokens], dtype=np.uint16).tofile(folder / "prose.bin")
    print(f"prose: {min(len(tokens), arguments.tokens)} tokens")
    builder = Builder(
        tokenizer, Lexicon.load(arguments.lexicon), set(), arguments.seed
    )  # no keys: these are the dev sentences
    for name in ("typo", "grammar"):
        records = read_jsonl(arguments.data / "edits" / f"{name}.dev.jsonl.zst")
        examples = builder.pairs(
            (record["before"], record["after"])
            for record in records
            if name == "typo" or record.get("strength") == "error"
        )
        save_pool(folder / f"{name}.npz", examples)
        print(f"{name}: {len(examples)}")


if __name__ == "__main__":
    run(main)
