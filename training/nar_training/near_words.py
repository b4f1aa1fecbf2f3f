"""Second half of the lexical prior: an unknown word one slip away from a known one (docs/model-format.md).

The lists know 69 % of real typos. Of the rest most are one letter operation away from a word of models/lexicon/words.tsv,
and 60 % have the most frequent such word as their correction; a word of clean prose that is unknown *and* has a neighbour
is rare (about one in 1,000). So the neighbours are offered to the model like the lists' corrections, and it decides.

A word qualifies if it has four letters or more, all a-z, is not in words.tsv or misspellings.tsv; a neighbour if it is in
words.tsv at least 10 times, begins with the same letter, is one deletion, insertion, substitution or transposition
away, and neither is simply an inflected form of the other. At most three, most frequent first, ties in code-unit order.
"""

import re

from .indefinite_article import article_spans
from .lexicon import Lexicon, Span
from .names import name_spans
from .word_patterns import pattern_spans
from .words import WORD, split_units

LETTERS = "abcdefghijklmnopqrstuvwxyz"
PLAIN = re.compile(r"[a-z]{4,30}")
LEAST_COUNT = 10
MOST = 3


class NearWords:
    def __init__(self, lexicon: Lexicon):
        self.misspellings = lexicon.misspellings
        self.counts: dict[str, int] = {}
        for word, count in lexicon.words.items():
            self.counts[word.lower()] = self.counts.get(word.lower(), 0) + count
        self.cache: dict[str, list[str]] = {}

    def candidates(self, word: str) -> list[str]:
        if not PLAIN.fullmatch(word) or word in self.counts or word in self.misspellings:
            return []
        if word not in self.cache:
            near = {other for other in one_slip_away(word) if self.counts.get(other, 0) >= LEAST_COUNT and not is_inflected(word, other)}
            self.cache[word] = sorted(near, key=lambda other: (-self.counts[other], other))[:MOST]
        return self.cache[word]

    def spans(self, text: str) -> list[Span]:
        found: list[Span] = []
        start = 0
        for piece, kind in zip(*split_units(text), strict=True):
            if kind == WORD and (candidates := self.candidates(piece)):
                found.append((start, start + len(piece), candidates))
            start += len(piece)
        return found


def one_slip_away(word: str) -> set[str]:
    """Deletions, insertions, substitutions and transpositions that keep the first letter."""
    near: set[str] = set()
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        near |= {head + letter + tail for letter in LETTERS}
        if tail:
            near.add(head + tail[1:])
            near |= {head + letter + tail[1:] for letter in LETTERS}
        if len(tail) > 1:
            near.add(head + tail[1] + tail[0] + tail[2:])
    near.discard(word)
    return near


def is_inflected(word: str, other: str) -> bool:
    """"cargos" of "cargo", or "unreference" beside "unreferenced": a form that people make, not a slip."""
    return (word == other + "s" and not other.endswith("s")) or (other == word + "d" and word.endswith("e"))


class Prior:
    """The lists and the near words together: what the host marks and offers. Looks like a Lexicon to its readers."""

    def __init__(self, lexicon: Lexicon, near: bool = True):
        self.lexicon, self.words = lexicon, lexicon.words
        self.near = NearWords(lexicon) if near else None
        self.lower = {word.lower() for word in lexicon.words}

    def listed_spans(self, text: str) -> list[Span]:
        """Words that the lists know; names, articles and words of the wrong form: only their edits count as backed by the lexicon."""
        spans = self.lexicon.candidate_spans(text) + name_spans(text, self.lexicon.names) + article_spans(text, self.lower.__contains__) + pattern_spans(text)
        return sorted({span[:2]: span for span in reversed(spans)}.values())

    def candidate_spans(self, text: str) -> list[Span]:
        spans = self.listed_spans(text)
        return sorted(spans + self.near.spans(text)) if self.near else spans

    def correct(self, text: str) -> str:
        for start, end, found in reversed(self.candidate_spans(text)):
            text = text[:start] + found[0] + text[end:]
        return text
