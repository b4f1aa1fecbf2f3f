"""Phrases that nobody writes on purpose, each with what was meant: "a part from" -> "apart from".

    python -m nar_training.prior.phrase_slips --output training/runs/phrase-slips.json

They come from pairs of a wrong and a right sentence (public/harper_pairs). Of each pair's one edit the shortest run of
words around it is taken that the prose of documentation never has, while it has the right one: then no context is
needed to know that it is wrong. What it writes is to be read: of a thousand phrases four in ten went into
src/english/prior/phrase-slips.json, beside some that everybody knows.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ..data.guard import read_jsonl, read_lines, run
from ..data.paths import DATA, WORK

WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*|\d+|[^\sa-z\d]", re.IGNORECASE)
PLAIN = re.compile(r"^[a-z]+(?:'[a-z]+)?$")
LONGEST = 5
# Times that the right phrase must stand in the prose: what is as rare as the wrong one proves nothing.
LEAST_RIGHT = 3
# Of the rules' own test files those that are about style, spelling by taste or marks of units.
LEFT_OUT = {
    "tests", "mod", "four_digits", "two_digits", "avoid_contractions", "orthographic_consistency", "since_duration",
    "expand_memory_shorthands", "foot_inch_minute_second_symbols", "discourse_markers", "initialisms",
    "proper_noun_capitalization_linters",
}  # fmt: skip


def words_of(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


def runs_of(before: list[str], after: list[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Runs of words with the edit in them, the shortest first: (wrong, right)."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    for extra in range(LONGEST):
        for left in range(extra + 1):
            first, last = start - left, len(before) - end + extra - left
            wrong, right = before[max(0, first) : last], after[max(0, first) : len(after) - end + extra - left]
            if first >= 0 and last <= len(before) and 2 <= len(wrong) <= LONGEST and 1 <= len(right) <= LONGEST + 1:
                yield tuple(wrong), tuple(right)


def counted(lines: Iterator[str], wanted: set[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    firsts = {phrase[:2] for phrase in wanted} | {phrase for phrase in wanted if len(phrase) == 1}
    for line in lines:
        words = words_of(line)
        for at in range(len(words)):
            if tuple(words[at : at + 2]) in firsts or (words[at],) in firsts:
                for size in range(1, LONGEST + 2):
                    phrase = tuple(words[at : at + size])
                    if len(phrase) == size and phrase in wanted:
                        found[phrase] += 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--output", type=Path, default=WORK / "phrase-slips.json")
    parser.add_argument("--lines", type=int, default=400_000, help="paragraphs of each file of prose that are counted")
    arguments = parser.parse_args()
    pairs = [
        (words_of(row["source"]), words_of(row["targets"][0]))
        for row in read_jsonl(arguments.data / "public" / "harper_pairs" / "train.jsonl.zst")
        if row["rule"] not in LEFT_OUT
    ]
    runs = [list(runs_of(before, after)) for before, after in pairs]
    wanted = {phrase for several in runs for pair in several for phrase in pair}

    def prose() -> Iterator[str]:
        for name in ("train", "train2"):
            for number, line in enumerate(read_lines(arguments.data / "prose" / f"{name}.txt.zst")):
                if number >= arguments.lines:
                    break
                yield line

    times = counted(prose(), wanted)
    table: dict[str, Counter[str]] = {}
    for several in runs:
        for wrong, right in several:
            if not all(PLAIN.match(word) for word in (*wrong, *right)):
                continue
            if times[wrong] == 0 and times[right] >= LEAST_RIGHT:
                table.setdefault(" ".join(wrong), Counter())[" ".join(right)] += 1
                break
    content = {wrong: rights.most_common(1)[0][0] for wrong, rights in sorted(table.items()) if len(rights) == 1}
    arguments.output.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    print(f"{len(content)} phrases of {len(pairs)} pairs")


if __name__ == "__main__":
    run(main)
