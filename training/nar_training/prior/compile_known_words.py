"""Compile models/lexicon/known-words.txt: real words that the training prose hardly uses, for the host's guards.

    python -m nar_training.prior.compile_known_words [--data FOLDER] [--output models/lexicon]

From the British word list and Open English WordNet, with words that several documents of the training prose use and
what programmers say ("todo"). No word that words.tsv has fifty times, none that a list calls misspelled, none that
people corrected twice in the typos of the training part. Few are in the
list before that last guard, most of them matters of style ("orientated"). A word that the list has already stays
unless a guard refuses it: prose that is gathered again holds other documents, and a real word is no less real for that.
"""

import argparse
import os
import re
from collections import Counter
from pathlib import Path

from ..data.guard import read_jsonl, read_lines, run
from ..data.paths import DATA, LEXICON

PLAIN = re.compile(r"[a-z]{4,}")
LEAST_COUNT = 4
LEAST_DOCUMENTS = 3
MOST_CORRECTED = 1
COMMON = 50
# The prose was gathered without lines that say so.
OF_PROGRAMMERS = "todo todos fixme changelogs dotfile dotfiles monorepo monorepos codebases".split()
_CODE = re.compile(r"`[^`]*`")
_WORD = re.compile(r"(?<![\w'’`/.@-])[a-z]{4,}(?![\w'’`/@-])(?!\.\w)")


def dictionary_words(data: Path) -> set[str]:
    words = {record["word"] for record in read_jsonl(data / "lexicons" / "wordlist_en_gb.jsonl.zst")}
    for record in read_jsonl(data / "lexicons" / "wordnet.jsonl.zst"):
        words.update(record["members"])
    return {word for word in words if PLAIN.fullmatch(word)}


def prose_words(data: Path) -> set[str]:
    """Words in small letters that several documents use; a blank line ends a document."""
    counts: Counter = Counter()
    documents: Counter = Counter()
    for name in ("train", "train2"):
        here: set[str] = set()
        for line in read_lines(data / "prose" / f"{name}.txt.zst"):
            if not line.strip():
                documents.update(here)
                here = set()
                continue
            found = _WORD.findall(_CODE.sub(" ", line))
            counts.update(found)
            here.update(found)
        documents.update(here)
    return {word for word, count in counts.items() if count >= LEAST_COUNT and documents[word] >= LEAST_DOCUMENTS}


def corrected_words(data: Path) -> set[str]:
    """Words that people replaced more than once in corrections of typos."""
    counts: Counter = Counter()
    for record in read_jsonl(data / "edits" / "typo.train.jsonl.zst"):
        before, after = (set(re.findall(r"[A-Za-z]+", record[side])) for side in ("before", "after"))
        counts.update(word.lower() for word in before - after)
    return {word for word, count in counts.items() if count > MOST_CORRECTED}


def rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]


def common_words(path: Path) -> set[str]:
    counts: Counter = Counter()
    for word, count in rows(path):
        counts[word.lower()] += int(count)
    return {word for word, count in counts.items() if count >= COMMON}


def front_coded(words: set[str]) -> str:
    """Sorted, each line the number of letters shared with the line before (base 36) and the rest."""
    lines, before = [], ""
    for word in sorted(words):
        shared = min(35, len(os.path.commonprefix([before, word])))
        lines.append("0123456789abcdefghijklmnopqrstuvwxyz"[shared] + word[shared:])
        before = word
    return "\n".join(lines) + "\n"


def words_of(text: str) -> set[str]:
    """The words of a list that `front_coded` wrote."""
    words, before = set(), ""
    for line in text.splitlines():
        before = before[: int(line[0], 36)] + line[1:]
        words.add(before)
    return words


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--output", type=Path, default=LEXICON)
    arguments = parser.parse_args()
    target = arguments.output / "known-words.txt"
    known = words_of(target.read_text(encoding="utf-8")) if target.exists() else set()
    words = dictionary_words(arguments.data) | prose_words(arguments.data) | known
    words -= corrected_words(arguments.data)
    words |= set(OF_PROGRAMMERS)
    words -= common_words(arguments.output / "words.tsv")
    words -= {row[0] for row in rows(arguments.output / "misspellings.tsv")}
    target.write_text(front_coded(words), encoding="utf-8", newline="\n")
    print(f"{len(words)} words, {target.stat().st_size} bytes: {target}")


if __name__ == "__main__":
    run(main)
