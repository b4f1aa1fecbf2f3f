"""Text as units: plain words, punctuation, white space and what must never be touched.

Protected are inline code, URLs and addresses, identifiers (camelCase, snake_case, dotted, with digits, paths, flags,
ALLCAPS), versions and numbers. Noise never changes them, so in a noised sentence they teach the model to leave them
alone; the misspelling lookup skips them for the same reason.
"""

import re
from functools import lru_cache

SPACE, WORD, PUNCTUATION, PROTECTED = range(4)

_TOP = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<address>(?:(?:https?|ftp|file)://|www\.)[^\s`<>]*[^\s`<>.,;:!?)\]}'\"]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<space>\s+)"
    r"|(?P<chunk>[^\s`]+)"
    r"|(?P<tick>`)",
    re.DOTALL,
)
_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏ"
_PARTS = re.compile(
    r"^(?P<lead>[(\[{\"'“‘«‹•*]*)(?P<core>[^(\[{\"'“‘«‹•*].*?)(?P<trail>[.,;:!?)\]}\"'”’»›*…]*)$",
    re.DOTALL,
)
_PLAIN = re.compile(rf"^(?:[{_LETTERS}][{_LETTERS}]+|[AaI])(?:['’][{_LETTERS}]+)?$")
_JOINTS = re.compile(r"([-–—])")


def is_plain_word(text: str) -> bool:
    """One word of prose: lower case or with a capital first letter, no digits, an apostrophe at most."""
    if not _PLAIN.match(text):
        return False
    return text[1:] == text[1:].lower()


@lru_cache(maxsize=1 << 16)
def _split_chunk(chunk: str) -> tuple[tuple[str, int], ...]:
    match = _PARTS.match(chunk)
    if not match:
        return tuple((character, PUNCTUATION) for character in chunk)
    lead, core, trail = match.group("lead", "core", "trail")
    pieces = [piece for piece in _JOINTS.split(core) if piece]
    if (
        all(is_plain_word(piece) or piece in "-–—" for piece in pieces)
        and pieces[0] not in "-–—"
        and pieces[-1] not in "-"
    ):
        middle = [(piece, PUNCTUATION if piece in "-–—" else WORD) for piece in pieces]
        return tuple([(c, PUNCTUATION) for c in lead] + middle + [(c, PUNCTUATION) for c in trail])
    # Not prose: the brackets and quotes belong to it, a closing stop or comma does not.
    bare = chunk.rstrip(".,;:!?")
    return ((bare or chunk, PROTECTED), *((c, PUNCTUATION) for c in chunk[len(bare) :] if bare))


def split_units(text: str) -> tuple[list[str], list[int]]:
    """Texts and kinds; the texts joined give `text` back."""
    texts: list[str] = []
    kinds: list[int] = []
    for match in _TOP.finditer(text):
        group = match.lastgroup
        value = match.group()
        if group == "chunk":
            if kinds and kinds[-1] == PROTECTED and value[0].isalnum():
                texts.append(value)  # the tail of an identifier or of a code span: `Widget`s
                kinds.append(PROTECTED)
                continue
            for piece, kind in _split_chunk(value):
                texts.append(piece)
                kinds.append(kind)
        else:
            texts.append(value)
            kinds.append(SPACE if group == "space" else PUNCTUATION if group == "tick" else PROTECTED)
    return texts, kinds


def goes_on(text: str, end: int) -> bool:
    """Whether a hyphen, a dash or an apostrophe stands right behind the word: it is a part, or spoken of."""
    return text[end : end + 1] in ("-", "–", "—", "'", "’")


def keep_case(pattern: str, word: str) -> str:
    """`word` (lower case) with the case of `pattern`: Teh -> The, TEH -> THE."""
    if len(pattern) > 1 and pattern.isupper():
        return word.upper()
    if pattern[:1].isupper() and word:
        return word[0].upper() + word[1:]
    return word


def word_ranges(text: str) -> set[tuple[int, int]]:
    """(start, end) of every unprotected word."""
    ranges, start = set(), 0
    for piece, kind in zip(*split_units(text), strict=True):
        if kind == WORD:
            ranges.add((start, start + len(piece)))
        start += len(piece)
    return ranges
