"""Second half of the lexical prior: an unknown word one slip away from a known one (docs/model-format.md).

The lists know most real typos. Of the rest most are one letter operation away from a word of
models/lexicon/words.tsv, and most have the most frequent such word as their correction; a word of clean prose that is
unknown *and* has a neighbour is rare. So the neighbours are offered to the model like the lists' corrections, and it
decides.

A word qualifies if it has four letters or more, all a-z, is not in words.tsv or misspellings.tsv; a neighbour if it is
in words.tsv at least 10 times, begins with the same letter, is one deletion, insertion, substitution or transposition
away, and neither is simply an inflected form of the other; a common word behind a common prefix ("prebuild") is a word
that people make. A neighbour, too, is the word (of five letters) with a letter before it.
At most three, most frequent first, ties in code-unit order. A word without a neighbour may be two that lost their blank
(run_together.py). A word of five letters or more may begin with a capital, unless it is a name of names.tsv or stands
beside one.
"""

import re

from .confused_words import confused_spans
from .indefinite_article import articles_beside
from .lexicon import Lexicon, Span
from .names import name_spans
from .run_together import splits
from .word_patterns import pattern_spans
from .words import WORD, split_units

LETTERS = "abcdefghijklmnopqrstuvwxyz"
BRITISH = re.compile(r"is(e|ed|es|er|ers|ing|ation|ations|able)$")
PLAIN = re.compile(r"[a-z]{4,30}")
BEFORE = re.compile(r"(?<![^\W_])[A-Z](?:[^\W\d_]|[.'’])* $")
BEHIND = re.compile(r" [A-Z]| et al|,? \(?[12][0-9]{3}(?![^\W_])")
CAPITAL = re.compile(r"[A-Z][a-z]{4,29}")
PREFIXES = (
    "re",
    "pre",
    "un",
    "non",
    "sub",
    "super",
    "multi",
    "auto",
    "de",
    "over",
    "inter",
    "under",
    "co",
    "anti",
    "mis",
    "back",
    "meta",
    "micro",
    "semi",
    "cross",
    "post",
    "self",
    "mini",
)
LEAST_OF_CAPITAL = 200  # the neighbour of a word with a capital is no rare name itself
LEAST_BEHIND_PREFIX = 50  # occurrences, and four letters
HEADLESS = 5  # letters of a word whose first letter may be lost
LEAST_COUNT = 10
MOST = 3


class NearWords:
    def __init__(self, lexicon: Lexicon):
        self.misspellings, self.names = lexicon.misspellings, lexicon.names
        self.forms = {word.lower(): word for word in lexicon.words if word != word.lower()}  # "GitHub"
        self.counts: dict[str, int] = {}
        for word, count in lexicon.words.items():
            self.counts[word.lower()] = self.counts.get(word.lower(), 0) + count
        self.cache: dict[str, list[str]] = {}

    def candidates(self, word: str) -> list[str]:
        if not PLAIN.fullmatch(word) or word in self.counts or word in self.misspellings or self.is_derived(word):
            return []
        if word not in self.cache:
            headless = {letter + word for letter in LETTERS} if len(word) >= HEADLESS else set()
            near = {
                other
                for other in one_slip_away(word) | headless
                if self.counts.get(other, 0) >= LEAST_COUNT and not is_inflected(word, other)
            }
            self.cache[word] = sorted(near, key=lambda other: (-self.counts[other], other))[:MOST] or splits(
                word, lambda part: self.counts.get(part, 0)
            )
        return self.cache[word]

    def is_derived(self, word: str) -> bool:
        # "virtualised", "serialiser": British, where the list has the other spelling.
        american = BRITISH.sub(r"iz\1", word)
        if american != word and self.counts.get(american, 0) > 0:
            return True
        rests = [word[len(prefix) :] for prefix in PREFIXES if word.startswith(prefix) and len(word) - len(prefix) >= 4]
        return any(
            self.counts.get(part, 0) >= LEAST_BEHIND_PREFIX for rest in rests for part in (rest, rest.removesuffix("s"))
        )

    def is_beside_name(self, text: str, start: int, end: int, first: int) -> bool:
        """ "Ada Lovelce", "Azuree Functions", "Jiang 2021": of two words with capitals one may be anything,
        so neither is doubted.
        """
        if BEHIND.match(text, end):
            return True
        before = BEFORE.search(text[:start])
        word = before.group().strip().lower() if before else ""
        opens = (
            before is not None
            and before.start() == first
            and self.counts.get(word, 0) >= LEAST_COUNT
            and word not in self.forms
        )
        return before is not None and not opens  # the first word has its capital from the sentence, if it is no name

    def capital_candidates(self, word: str, first: bool) -> list[str]:
        """In the case that names have. Two words in one are looked for at the start of a text only."""
        if not CAPITAL.fullmatch(word) or word.lower() in self.names:
            return []
        return [
            self.names.get(other) or self.forms.get(other) or other[0].upper() + other[1:]
            for other in self.candidates(word.lower())
            if (first if " " in other else self.counts[other] >= LEAST_OF_CAPITAL)
        ]

    def spans(self, text: str) -> list[Span]:
        found: list[Span] = []
        start, first = 0, next((at for at, character in enumerate(text) if character.isalnum()), 0)
        for piece, kind in zip(*split_units(text), strict=True):
            if kind == WORD:
                candidates = self.candidates(piece) or self.capital_candidates(piece, start == first)
                end = start + len(piece)
                if (
                    candidates
                    and not is_quoted(text, start, end)
                    and not (piece[0].isupper() and self.is_beside_name(text, start, end, first))
                ):
                    found.append((start, end, candidates))
            start += len(piece)
        return found


def is_quoted(text: str, start: int, end: int) -> bool:
    """What stands in single quotation marks is spoken of."""
    return text[start - 1 : start] in ("'", "’") or text[end : end + 1] in ("'", "’")


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
    """ "cargos" of "cargo", or "unreference" beside "unreferenced": a form that people make, not a slip."""
    return (word == other + "s" and not other.endswith("s")) or (other == word + "d" and word.endswith("e"))


class Prior:
    """The lists and the near words together: what the host marks and offers. Looks like a Lexicon to its readers."""

    def __init__(self, lexicon: Lexicon, near: bool = True):
        self.lexicon, self.words = lexicon, lexicon.words
        self.near = NearWords(lexicon) if near else None
        self.lower = {word.lower() for word in lexicon.words}

    def listed_spans(self, text: str) -> list[Span]:
        """Words that the lists know; names, articles, words of the wrong form and in the place of others:
        only their edits count as backed by the lexicon.
        """
        listed = self.lexicon.candidate_spans(text)
        spans = (
            listed
            + name_spans(text, self.lexicon.names)
            + [span for span, _ in self.articles(text, listed)]
            + pattern_spans(text)
            + [span for span, _ in confused_spans(text)]
        )
        return sorted({span[:2]: span for span in reversed(spans)}.values())

    def articles(self, text: str, listed: list[Span]) -> list[tuple[Span, bool]]:
        """articles_beside, spelled by the lists: a known word is right,
        a listed one with one correction is that correction.
        """
        corrections = {text[start:end]: found for start, end, found in listed}

        def spelling(word: str) -> str | None:
            found = corrections.get(word)
            return (found[0] if len(found) == 1 else None) if found else (word if word in self.lower else None)

        return articles_beside(text, spelling)

    def candidate_spans(self, text: str) -> list[Span]:
        spans = self.listed_spans(text)
        return sorted(spans + self.near.spans(text)) if self.near else spans

    def correct(self, text: str) -> str:
        for start, end, found in reversed(self.candidate_spans(text)):
            text = text[:start] + found[0] + text[end:]
        return text
