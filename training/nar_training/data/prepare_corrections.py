"""Pools of the network that corrects (stage "correct"): people's corrections first, capped by repository.

    python -m nar_training.data.word_pieces --output training/runs/correct/tokenizer.json
    python -m nar_training.data.prepare_corrections --work training/runs/correct

| pool | what |
|---|---|
| grammar, typo | corrections from documentation's history, at most `--cap` of a repository; rule-typed public pairs |
| plain | errors of plain sentences (noise/plain.py) in short and long prose, one in five left right |
| noise | errors in the shares of real ones (noise/maker.py) |
| clean | the right sides of the corrections: what was wrong a moment ago is right now |
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ..prior.lexicon import Lexicon
from .guard import read_jsonl, read_lines, run
from .noise import NoiseMaker, Tables
from .noise.plain import corrupt
from .paths import DATA, LEXICON, WORK
from .pools import save_pool
from .prepare import load_evaluation_keys, split_sentences
from .prepare_edits import Builder, public_pairs
from .tokenizer import load_tokenizer

LONGEST = 72  # source tokens: what is longer is rare in prose and costs as much as three others
RIGHT_SHARE = 0.2  # of the plain sentences: they stay as they are
SECOND_ERROR_SHARE = 0.15
SHORT = range(3, 13)  # words
LONG = range(13, 41)
PROSE = {"train2": 0.06, "train": 0.02}  # share of the lines; the second file is written by communities
Pairs = list[tuple[str, str]]


def capped_pairs(data: Path, name: str, strength: str | None, cap: int, seed: int) -> Pairs:
    """(before, after) in random order, at most `cap` of one repository."""
    rows = [r for r in read_jsonl(data / "edits" / f"{name}.train.jsonl.zst") if strength in (None, r.get("strength"))]
    random.Random(seed).shuffle(rows)
    seen: Counter[str] = Counter()
    kept: Pairs = []
    for row in rows:
        seen[row["repo"]] += 1
        if seen[row["repo"]] <= cap:
            kept.append((row["before"], row["after"]))
    return kept


def prose_sentences(data: Path, generator: random.Random) -> tuple[list[str], list[str]]:
    """Short and long sentences of the prose, shuffled."""
    short: list[str] = []
    long: list[str] = []
    for name, share in PROSE.items():
        for line in read_lines(data / "prose" / f"{name}.txt.zst"):
            if generator.random() < share:
                for sentence in split_sentences(line):
                    count = len(sentence.split())
                    if count in SHORT:
                        short.append(sentence)
                    elif count in LONG:
                        long.append(sentence)
    generator.shuffle(short)
    generator.shuffle(long)
    return short, long


def plain_pairs(sentences: Iterable[str], tables: Tables, generator: random.Random) -> Pairs:
    pairs: Pairs = []
    for sentence in sentences:
        if generator.random() < RIGHT_SHARE:
            pairs.append((sentence, sentence))
            continue
        first = corrupt(sentence, generator, tables)
        if first is None:
            continue
        wrong = first[0]
        second = corrupt(wrong, generator, tables) if generator.random() < SECOND_ERROR_SHARE else None
        if second is not None and second[0] != sentence:
            wrong = second[0]
        pairs.append((wrong, sentence))
    return pairs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=WORK / "correct")
    parser.add_argument("--pools", type=Path, help="folder to write to (default: pools in the work folder)")
    parser.add_argument("--only", nargs="*", default=["plain", "noise", "typo", "clean", "grammar"])
    parser.add_argument("--lexicon", type=Path, default=LEXICON)
    parser.add_argument(
        "--cap", type=int, default=1200, help="grammar corrections of one repository; half as many typos"
    )
    parser.add_argument("--sentences", type=int, default=24000, help="of each made pool, and of the clean one")
    parser.add_argument("--limit", type=int, default=70000, help="pairs of each pool at most")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    data, seed, count = arguments.data, arguments.seed, arguments.sentences
    builder = Builder(
        load_tokenizer(arguments.work / "tokenizer.json"),
        Lexicon.load(arguments.lexicon),
        load_evaluation_keys(data),
        seed,
    )

    def store(name: str, pairs: Pairs) -> None:
        examples = [builder.example(before, after, True, LONGEST) for before, after in pairs[: arguments.limit]]
        kept = [example for example in examples if example is not None]
        save_pool((arguments.pools or arguments.work / "pools") / f"{name}.npz", kept)
        print(f"{name}: {len(kept)}", flush=True)

    generator = random.Random(seed)
    if {"plain", "noise"} & set(arguments.only):
        short, long = prose_sentences(data, generator)
        if "plain" in arguments.only:
            chosen = short[: count * 6 // 10] + long[: count * 4 // 10]
            generator.shuffle(chosen)
            store("plain", plain_pairs(chosen, Tables(data), generator))
        if "noise" in arguments.only:
            maker = NoiseMaker(seed, data)
            store("noise", [(maker.corrupt(sentence), sentence) for sentence in long[-count:]])
    if {"typo", "grammar", "clean"} & set(arguments.only):
        grammar = capped_pairs(data, "grammar", "error", arguments.cap, seed)
        typo = capped_pairs(data, "typo", None, arguments.cap // 2, seed)
        if "typo" in arguments.only:
            store("typo", typo)
        if "clean" in arguments.only:
            clean = [(after, after) for _, after in grammar + typo]
            generator.shuffle(clean)
            store("clean", clean[:count])
        if "grammar" in arguments.only:
            pairs = grammar + [*public_pairs(data, "harper_pairs"), *public_pairs(data, "eracond")]
            generator.shuffle(pairs)
            store("grammar", pairs)


if __name__ == "__main__":
    run(main)
