"""The lexical prior: words that lists of misspellings know, with their corrections (docs/model-format.md).

A lookup alone is precise and blind to context; the model sees its candidates and decides. The host's
TypeScript twin reads the same files and must mark the same words.
"""

from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from ..data.guard import DataError, read_lines
from .words import PROTECTED, WORD, keep_case, split_units

Span = tuple[int, int, list[str]]  # start and end in characters, candidates in order
LONGEST_PHRASE = 8  # words


@dataclass
class Lexicon:
    misspellings: dict[str, list[str]]
    phrases: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path | str) -> "Lexicon":
        folder = Path(folder)
        misspellings = {wrong: right.split(",") for wrong, right in _rows(folder / "misspellings.tsv")}
        phrases = {phrase: plainer.split("|") for phrase, plainer in _rows(folder / "phrases.tsv")}
        words = {word: int(count) for word, count in _rows(folder / "words.tsv")}
        names = dict(_rows(folder / "names.tsv")) if (folder / "names.tsv").exists() else {}
        return cls(misspellings, phrases, words, names)

    def candidates(self, word: str) -> list[str]:
        """Corrections of one word in its own case; empty if the lists do not know it."""
        key = word.lower().replace("’", "'")
        found = self.misspellings.get(key)
        if found is None and key.endswith("'s"):
            return [right + word[-2:] for right in self.candidates(word[:-2])]
        return [
            self.names.get(right) or keep_case(word, right) for right in found or []
        ]  # "javscript" is "JavaScript" in any case

    def candidate_spans(self, text: str) -> list[Span]:
        """Misspelled words of a text; inline code, URLs, identifiers and words with digits are skipped."""
        spans: list[Span] = []
        start = 0
        for piece, kind in zip(*split_units(text), strict=True):
            end = start + len(piece)
            # Capitals are protected (an acronym), unless the lists know the word: "TEH" is a shouted "the".
            if kind == WORD or (kind == PROTECTED and piece.isalpha() and piece.isupper()):
                found = self.candidates(piece)
                if found:
                    spans.append((start, end, found))
            start = end
        return spans

    def correct(self, text: str) -> str:
        """The lookup alone, first candidates only: the row that every typo score must be read beside."""
        for start, end, found in reversed(self.candidate_spans(text)):
            text = text[:start] + found[0] + text[end:]
        return text

    def phrase_spans(self, text: str) -> list[Span]:
        """Phrases with a plainer one: the longest at each place, none overlapping, words between single blanks."""
        texts, kinds = split_units(text)
        starts = [0, *accumulate(map(len, texts))]
        spans: list[Span] = []
        at = 0
        while at < len(texts):
            found = None
            if kinds[at] == WORD:
                end = at + 1
                while True:
                    key = "".join(texts[at:end]).lower().replace("’", "'")
                    if key in self.phrases:
                        found = end
                    if (
                        end + 1 >= len(texts)
                        or texts[end] != " "
                        or kinds[end + 1] != WORD
                        or end - at > 2 * LONGEST_PHRASE
                    ):
                        break
                    end += 2
            if found is None:
                at += 1
                continue
            phrase = text[starts[at] : starts[found]]
            spans.append(
                (
                    starts[at],
                    starts[found],
                    [keep_case(phrase, plainer) for plainer in self.phrases[phrase.lower().replace("’", "'")]],
                )
            )
            at = found
        return spans

    def plainer(self, text: str) -> str:
        """The phrase list alone: the row that every paraphrase score must be read beside."""
        for start, end, found in reversed(self.phrase_spans(text)):
            if found[0]:
                text = text[:start] + found[0] + text[end:]
            elif text[end : end + 1] == " ":
                text = text[:start] + text[end + 1 :]
        return text


def _rows(path: Path) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for number, line in enumerate(read_lines(path), 1):
        left, tab, right = line.partition("\t")
        if not tab or not left:
            raise DataError(f"{path}, line {number}: two columns with a tab between them were expected")
        rows.append((left, right))
    return rows
