"""Two words that lost the blank between them: "exportto", "thefocus" (docs/model-format.md, "Near words").

Only with a word at the seam that prose is full of: "filesystem" and "typecheck" are two words as well, and people mean
them so. Twin of src/english/prior/run-together.ts.
"""

from collections.abc import Callable

SEAMS = frozenset(
    "the and for from with our your that this these using of to in by is are or as on can will not be it an".split()
)
LEAST_LETTERS = 6
LEAST_COUNT = 100
MOST_SPLITS = 2


def splits(word: str, word_count: Callable[[str], int]) -> list[str]:
    """`word_count`: occurrences of a word of small letters, 0 when it is unknown."""
    found = []
    for at in range(2, len(word) - 1 if len(word) >= LEAST_LETTERS else 0):
        left, right = word[:at], word[at:]
        if (left in SEAMS or right in SEAMS) and max(len(left), len(right)) >= 3:
            count = min(word_count(left), word_count(right))
            if count >= LEAST_COUNT:
                found.append((-count, f"{left} {right}"))
    return [text for _, text in sorted(found)[:MOST_SPLITS]]
