"""Third part of the lexical prior: "a" before a vowel sound, "an" before a consonant sound (docs/model-format.md).

A small network has no ear: whether "API" or "user" begins with a vowel it must have met. The rule below knows the
sound of most first words by their letters and stays silent where people differ ("an SQL", "a SQL") or where spelling
does not tell; the model then judges the offered article in context, like any word of the lists.
Its words are data that src/english/prior/indefinite-article.ts reads as well; a corpus
(test/fixtures/prior/article-corpus.tsv) holds both to the same matches.
"""

import json
import re
from collections.abc import Callable

from ..data.paths import REPOSITORY
from .lexicon import Span
from .words import PROTECTED, split_units

RULES = json.loads((REPOSITORY / "src" / "english" / "prior" / "indefinite-article.json").read_text(encoding="utf-8"))
SPELLED = frozenset(RULES["saidLetterByLetter"])
FUNCTION_WORDS = frozenset(RULES["functionWords"])
SILENT_H, LIKE_YOU, LIKE_ONE, UNSURE = (
    re.compile(RULES[name], re.ASCII) for name in ("silentH", "likeYou", "likeOne", "unsure")
)
# An article, one blank and the start of a word; what is an identifier or a call behind it is none.
PLACE = re.compile(r"(?<![\w'’])([Aa]n?) ([A-Za-z][A-Za-z0-9]*)(?![\w@=<>(/\\])(?!\.[^\W_])")


def begins_with_vowel_sound(word: str) -> bool | None:
    """Of the first word after an article, any case; None where spelling does not tell."""
    lower = word.lower()
    if lower in SPELLED:
        return True
    letters = word[:2].isupper() and len(word) > 1
    if letters and lower[0] in "fhlmnrsx":
        return None  # "an SQL query", "a SQL query": said as letters or as a word
    if (not letters and UNSURE.match(lower)) or any(letter.isdigit() for letter in lower):
        return None
    if LIKE_YOU.match(lower) or LIKE_ONE.match(lower):
        return False
    if letters:
        return lower[0] in "aeio"  # "u" is said "you"
    return bool(SILENT_H.match(lower)) or lower[0] in "aeiou"


def article_spans(text: str, spelling: Callable[[str], str | None]) -> list[Span]:
    """Articles that do not fit the sound of the next word: (start, end, [the other article]).

    `spelling` of a next word in small letters is the word itself, or what a misspelled one should be ("a enviroment");
    None where nobody knows ("an rror"), because then the first letter is not sure.
    """
    return [span for span, _ in articles_beside(text, spelling)]


def articles_beside(text: str, spelling: Callable[[str], str | None]) -> list[tuple[Span, bool]]:
    """The same, each with whether the word behind it is misspelled,
    so that it is the right spelling which the article does not fit.
    """
    found: list[tuple[Span, bool]] = []
    protected = protected_characters(text)
    for match in PLACE.finditer(text):
        article, word, start = match[1], match[2], match.start()
        spelled = spelling(word) if word.isascii() and word.isalpha() and word.islower() else word
        vowel = begins_with_vowel_sound(spelled) if spelled else None
        if vowel is None or vowel == (len(article) == 2):
            continue
        # "Vitamin A Isomers", "Plan A Overview": a name, not an article.
        if article == "A" and start > 0 and word[0].isupper():
            continue
        if word.lower() in FUNCTION_WORDS and text[match.end() : match.end() + 1] != "-":
            continue
        end = start + len(article)
        if not is_part_of_name(text, start) and not protected[start:end].count(1):
            found.append(((start, end, [article + "n" if vowel else article[0]]), spelled != word))
    return found


def protected_characters(text: str) -> bytearray:
    """1 for every character of code, addresses and identifiers."""
    flags, start = bytearray(len(text)), 0
    for piece, kind in zip(*split_units(text), strict=True):
        if kind == PROTECTED:
            flags[start : start + len(piece)] = b"\1" * len(piece)
        start += len(piece)
    return flags


def is_part_of_name(text: str, start: int) -> bool:
    """What stands directly before the article, as isPartOfName in src/english/prior/look-up-guards.ts."""
    before, further = text[start - 1 : start], text[max(0, start - 2) : max(0, start - 1)]
    if before in tuple("_@#$\\/=<>~^&+`"):
        return True
    return (before == "-" and not further.isalnum()) or (before == "." and further.isalnum())
