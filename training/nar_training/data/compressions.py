"""Sentences that got shorter by leaving words out: what the "shorten" head learns to miss.

Few rewrites of documentation are such pairs. WikiSplit (CC BY-SA 4.0) has them as a by-product, because the first
sentence of a split mostly is the old one without its last clause; and authors describe a page with a sentence of it,
shortened.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from .guard import read_jsonl
from .prepare import split_sentences

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_+")
FEWEST_WORDS = 5
LONGEST_SHARE = 0.85
NEW_WORDS = 1  # "is a song by" for "is a song written by": still a compression


def common_words(left: list[str], right: list[str]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(right) + 1)
    for word in left:
        diagonal = 0
        for at, other in enumerate(right, 1):
            diagonal, row[at] = row[at], diagonal + 1 if word == other else max(row[at], row[at - 1])
    return row[-1]


def is_compression(before: str, after: str) -> bool:
    """`after` is clearly shorter and, but for a word, made of the words of `before` in their order."""
    source, target = ([word.lower() for word in WORD.findall(text)] for text in (before, after))
    return (
        FEWEST_WORDS <= len(target) <= LONGEST_SHARE * len(source)
        and common_words(target, source) >= len(target) - NEW_WORDS
    )


def compressions(data: Path, summaries: Iterable[dict]) -> Iterator[tuple[str, str]]:
    """Pairs of WikiSplit, and of pages with the sentence that their author made a description of."""
    for record in read_jsonl(data / "public" / "wikisplit" / "train.jsonl.zst"):
        parts = split_sentences(record["targets"][0])
        if len(parts) > 1 and is_compression(record["source"], parts[0]):
            yield record["source"], parts[0]
    for record in summaries:
        found = next(
            (text for text in split_sentences(record["source"])[:10] if is_compression(text, record["summary"])), None
        )
        if found is not None:
            yield found, record["summary"]
