"""Which sentence does a summary need: binary cross-entropy on row 0 of a sentence that is encoded alone.

oracle = argmax_s F1(unigrams of s, unigrams of the author's summary)   (greedy oracle, first step)
loss   = BCE(salience_0(s), s = oracle), with two other sentences of the same page a positive
"""

import re
from collections import Counter

from .rows import Row, source_row

WORD = re.compile(r"[a-z0-9]+")


def overlap(sentence: str, summary: str) -> float:
    left, right = Counter(WORD.findall(sentence.lower())), Counter(WORD.findall(summary.lower()))
    shared = sum((left & right).values())
    return 2 * shared / max(1, sum(left.values()) + sum(right.values()))


def oracle_sentence(sentences: list[str], summary: str) -> int:
    return max(range(len(sentences)), key=lambda index: (overlap(sentences[index], summary), -index))


def salience_row(source: list[int], segments: list[int], task: int, is_oracle: bool) -> Row:
    row = source_row(task, source, segments, "salience")
    row.salience = int(is_oracle)
    return row
