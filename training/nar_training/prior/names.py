"""Fourth part of the lexical prior: names whose case is settled, "github" -> "GitHub",
"api" -> "API" (docs/model-format.md).

Counted in the training prose inside sentences only, where a capital is a choice. A word enters if it is written with
capitals nine times in ten, never mind how rarely it is wrong, and is no English word in small letters ("go", "swift").
Twin of src/english/prior/names.ts.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from .lexicon import Span
from .words import WORD, split_units

LEAST_COUNT = 30
LEAST_SHORT = 200  # of three letters and fewer: a slip of a word is too often one of these
MOST_SMALL = 0.1  # share of occurrences in small letters
LEAST_AGREED = 0.8  # share of the best form
_CODE = re.compile(r"(`+)(?!`)(.*?)(?<!`)\1(?!`)")
_FORM = re.compile(r"[A-Za-z]{2,30}")
_STOP = re.compile(r"[.!?:;—–*(\"“\[]")
MOST_CAPITALS = 0.5  # a title tells nothing


def count_cases(lines: Iterable[str]) -> dict[str, Counter]:
    """Word in small letters -> its forms inside sentences, with their counts."""
    forms: dict[str, Counter] = defaultdict(Counter)
    for line in lines:
        chunks = _CODE.sub("`", line).split()
        if len(chunks) < 6 or sum(chunk[:1].isupper() for chunk in chunks) > MOST_CAPITALS * len(chunks):
            continue
        for before, chunk in zip(chunks, chunks[1:], strict=False):
            word = chunk.rstrip(".,;:!?)")
            if _FORM.fullmatch(word) and not _STOP.search(before):
                forms[word.lower()][word] += 1
    return forms


def settled_names(forms: dict[str, Counter], english: set[str]) -> dict[str, str]:
    """Word in small letters -> the form that nearly everybody writes."""
    names = {}
    for word, seen in forms.items():
        total, best = sum(seen.values()), max(sorted(seen), key=seen.__getitem__)
        if (
            total >= (LEAST_COUNT if len(word) > 3 else LEAST_SHORT)
            and best != word
            and word not in english
            and seen[word] <= MOST_SMALL * total
            and seen[best] >= LEAST_AGREED * total
        ):
            names[word] = best
    return names


def name_spans(text: str, names: dict[str, str]) -> list[Span]:
    """Names in another case than the settled one: (start, end, [settled form]). Parts of hyphenated words stay."""
    texts, kinds = split_units(text)
    found: list[Span] = []
    start = 0
    for at, piece in enumerate(texts):
        if kinds[at] == WORD and "-" not in (texts[at - 1] if at else "", texts[at + 1] if at + 1 < len(texts) else ""):
            stem, ending = (piece[:-2], piece[-2:]) if piece[-2:] in ("'s", "’s") else (piece, "")
            settled = names.get(stem.lower())
            if settled is not None and settled != stem:
                found.append((start, start + len(piece), [settled + ending]))
        start += len(piece)
    return found
