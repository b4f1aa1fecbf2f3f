"""Third part of the lexical prior: "a" before a vowel sound, "an" before a consonant sound (docs/model-format.md).

A small network has no ear: whether "API" or "user" begins with a vowel it must have met. The rule below knows the
sound of most first words by their letters and stays silent where people differ ("an SQL", "a SQL") or where spelling
does not tell; the model then judges the offered article in context, like any word of the lists.
Twin of src/english/prior/indefinite-article.ts.
"""

import re
from collections.abc import Callable

from .lexicon import Span
from .words import WORD, split_units

ARTICLES = frozenset(("a", "A", "an", "An"))
NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
# Names that are said letter by letter and whose first letter's name begins with a vowel sound.
SPELLED = frozenset(
    "html http https htm ftp ftps fps llm llms lsp lru lts lcd led mfa mp3 mp4 mvc mvp nfs nlp npm npc npx rpc "
    "rss rsa rgb rfc rtl sdk sdks ssh ssl ssd "
    "sla sms smtp sse ssr svg svm sts s3 xml xhr xss xpath xslt hdmi hmac hsm hsts llvm".split()
)
# "given a and b": a letter, not an article. Not so before a hyphen: "a in-memory store".
FUNCTION_WORDS = frozenset("and or is are in of on as if it its at am us our into onto".split())
SILENT_H = re.compile(r"hour|honest|honou?r|heir(?!l)")
LIKE_YOU = re.compile(
    r"uni(?!n|m|d)|unidirect|unanim|unary|use|usu|usab|usag|uti|ubiq|eu|ewe|ur[eio]|u(?:rl|ri|rn|uid|sb|dp|tf|tc|i|x|art)s?$|ut[cf]"
)
LIKE_ONE = re.compile(r"one(?:s|self)?$|once$|ouija")
UNSURE = re.compile(r"x|uint|unio$|hist|herb|hotel|hyster|heredit|nginx|euler|.$|[^aeiouy]*$")


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
    texts, kinds = split_units(text)
    found: list[tuple[Span, bool]] = []
    start = 0
    for at, piece in enumerate(texts):
        if (
            piece in ARTICLES
            and kinds[at] == WORD
            and texts[at + 1 : at + 2] == [" "]
            and at + 2 < len(texts)
            and NAME.fullmatch(texts[at + 2])
        ):
            word, hyphen = texts[at + 2], texts[at + 3 : at + 4] == ["-"]
            spelled = spelling(word) if word.isalpha() and word.islower() else word
            vowel = begins_with_vowel_sound(spelled) if spelled else None
            # "Vitamin A Isomers", "Plan A Overview": a name, not an article.
            named = piece == "A" and start > 0 and word[0].isupper()
            if (
                vowel is not None
                and vowel != (len(piece) == 2)
                and not named
                and (hyphen or word.lower() not in FUNCTION_WORDS)
            ):
                found.append(((start, start + len(piece), [piece + "n" if vowel else piece[0]]), spelled != word))
        start += len(piece)
    return found
