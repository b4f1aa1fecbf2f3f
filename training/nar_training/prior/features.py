"""Segment ids of a source: 2 for words of the lexical prior, 3 for protected spans, exactly as the host marks them."""

import re

from tokenizers import Encoding

from .lexicon import Lexicon
from .near_words import Prior
from .words import PROTECTED, split_units

PLAIN, LEXICON_WORD, PROTECTED_SPAN = 0, 2, 3
MARKS = re.compile(r"[_$\\=<>|(/@+]|::|->|\d[A-Za-z]|[A-Za-z]\d|[a-z][A-Z]|[A-Z]{2}[a-z](?!$)|\w\.\w")


def is_protected(piece: str) -> bool:
    """Code span, address or identifier. Plain numbers and acronyms stay editable, as in src/text/protect.ts."""
    return piece.startswith("`") or (len(piece) > 1 and bool(MARKS.search(piece)))


def protected_spans(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for piece, kind in zip(*split_units(text), strict=True):
        if kind == PROTECTED and is_protected(piece):
            spans.append((start, start + len(piece)))
        start += len(piece)
    return spans


def segments_of(text: str, encoding: Encoding, lexicon: Lexicon | Prior | None, protect: bool = True) -> list[int]:
    segments = [PLAIN] * len(encoding.ids)
    offsets = encoding.offsets
    if protect:
        for start, end in protected_spans(text):
            for index, (left, right) in enumerate(offsets):
                if left < end and max(right, left + 1) > start:
                    segments[index] = PROTECTED_SPAN
    if lexicon is not None:
        for start, end, _ in lexicon.candidate_spans(text):
            covered = lexicon_range(text, offsets, start, end)
            if covered and PROTECTED_SPAN not in segments[slice(*covered)]:
                segments[slice(*covered)] = [LEXICON_WORD] * (covered[1] - covered[0])
    return segments


def lexicon_range(text: str, offsets: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The tokens that cover exactly [start, end), a leading blank aside; None where a token reaches across."""
    inside = [index for index, (left, right) in enumerate(offsets) if right > start and left < end]
    if not inside or offsets[inside[-1]][1] != end:
        return None
    first = offsets[inside[0]][0]
    if first != start and not (first == start - 1 and text[first] == " "):
        return None
    return inside[0], inside[-1] + 1
