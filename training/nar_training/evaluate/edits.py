"""Word-level edits between a text and its correction, the unit of precision and recall.

Words are aligned with the same canonical alignment as the training labels (align_words.py), so one change has one shape
whoever made it. An edit is (start, end, replacement) in characters of the source; leading blanks belong to the word.
"""

import re
from typing import NamedTuple

from ..data.align_words import Word, align_words, similarity
from ..data.noise.articles import ARTICLES
from ..data.noise.inflection import plural_of
from ..data.noise.replacements import CONFUSED

_WORD = re.compile(r" ?`[^`]*`| ?[^\W_]+(?:['’][^\W_]+)*| ?_+| ?[^\w\s]|\s")
_STEMS = ("ies", "ied", "ing", "es", "ed", "s", "d", "e", "y", "")
PREPOSITIONS = set(
    "about above across after against along among around as at before behind below between by during for from "
    "in inside into like near of off "
    "on onto out outside over past per since through throughout to toward towards under until up upon via with "
    "within without".split()
)
AUXILIARIES = set(
    "am is are was were be been being do does did have has had will would shall should can could may might must".split()
)
AGREEMENT = {
    frozenset(p)
    for p in (
        ("is", "are"),
        ("was", "were"),
        ("has", "have"),
        ("does", "do"),
        ("this", "these"),
        ("that", "those"),
        ("am", "are"),
    )
}
CONFUSABLE = {frozenset(pair) for pair in CONFUSED} | {
    frozenset(p) for p in (("to", "two"), ("on", "in"), ("which", "that"), ("fewer", "less"))
}


class Edit(NamedTuple):
    start: int
    end: int
    replacement: str


def split(text: str) -> tuple[list[Word], list[int]]:
    """Words with their texts as keys, and the offset of each; the offsets end with the length of the text."""
    words: list[Word] = []
    offsets: list[int] = []
    for match in _WORD.finditer(text):
        words.append(((match.group(),), match.group()))  # type: ignore[arg-type]  # equal texts are equal keys
        offsets.append(match.start())
    return words, [*offsets, len(text)]


def word_edits(source: str, target: str) -> list[Edit]:
    if source == target:
        return []
    (source_words, offsets), (target_words, _) = split(source), split(target)
    edits = []
    for group in align_words(source_words, target_words):
        if not group.kept:
            replacement = "".join(word[1] for word in target_words[group.target_start : group.target_end])
            edits.append(Edit(offsets[group.source_start], offsets[group.source_end], replacement))
    return edits


def apply_edits(source: str, edits: list[Edit]) -> str:
    # Stable: two insertions at one place stay in their order.
    for edit in sorted(edits, key=lambda edit: edit[:2])[::-1]:
        source = source[: edit.start] + edit.replacement + source[edit.end :]
    return source


def _stem(word: str) -> str:
    for ending in _STEMS:
        if ending and word.endswith(ending) and len(word) - len(ending) >= 2:
            base = word[: -len(ending)]
            return base[:-1] if len(base) > 3 and base[-1] == base[-2] and ending in ("ing", "ed") else base.rstrip("y")
    return word


def _one_word(before: str, after: str) -> str:
    pair = frozenset((before, after))
    if before in ARTICLES and after in ARTICLES:
        return "article"
    if pair in CONFUSABLE:
        return "confusable"
    if pair in AGREEMENT:
        return "agreement"
    if before.replace("'", "") == after.replace("'", ""):
        return "punctuation"
    if before in PREPOSITIONS and after in PREPOSITIONS:
        return "preposition"
    if before in AUXILIARIES and after in AUXILIARIES:
        return "verb-form"
    if (
        len(pair) == 2
        and min(len(before), len(after)) > 2
        and (plural_of(before) == after or plural_of(after) == before)
    ):
        return "agreement"
    if _stem(before) == _stem(after) and len(_stem(before)) >= 2:
        return "verb-form"
    return ""


def classify(source: str, edit: Edit, known: set[str] | None = None) -> str:
    """Error type of an edit, with the names of src/protocol/requests.ts. `known`: lower-cased words of the prose."""
    before, after = source[edit.start : edit.end], edit.replacement
    left, right = before.strip().lower().replace("’", "'"), after.strip().lower().replace("’", "'")
    if "".join(before.split()) == "".join(after.split()):
        return "spacing"
    if left == right:
        return "casing"
    if re.sub(r"[-\s]+", "", left) == re.sub(r"[-\s]+", "", right):
        return "hyphen"
    left_letters, right_letters = re.sub(r"[^\w']+", " ", left).strip(), re.sub(r"[^\w']+", " ", right).strip()
    if left_letters == right_letters:
        return "punctuation"
    if not right_letters:
        copies = re.findall(r"[\w']+", source[: edit.start].lower())[-len(left_letters.split()) :]
        if copies and copies == left_letters.split():
            return "doubled-word"
        return "article" if left_letters in ARTICLES else "extra-word"
    if not left_letters:
        return "article" if right_letters in ARTICLES else "missing-word"
    if " " not in left_letters and " " not in right_letters:
        kind = _one_word(left_letters, right_letters)
        # "wihtin" is no form of "within" and "changess" no plural: a word that nobody uses is misspelled.
        if kind in ("agreement", "verb-form") and known is not None and left_letters not in known:
            return "spelling"
        if kind:
            return kind
        similar = _similar(left_letters, right_letters)
        if known is not None and left_letters in known and similar < 0.8:
            return "other"
        return "spelling" if similar >= 0.6 else "other"
    if left_letters.replace(" ", "") == right_letters.replace(" ", ""):
        return "spacing"
    return "spelling" if _similar(left_letters, right_letters) >= 0.75 else "other"


def _similar(before: str, after: str) -> float:
    return similarity(before, after) / 1000
