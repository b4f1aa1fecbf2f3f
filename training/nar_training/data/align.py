"""Edit labels: which source tokens to keep, delete or regenerate, and where slots are missing.

Layout: docs/model-format.md, "Edit labels". Words are aligned first (align_words.py) and then expanded to tokens.
"""

from dataclasses import dataclass

from tokenizers import Encoding, Tokenizer

from .align_words import Group, Word, align_words, split_words
from .tokenizer import CLOSE_DELETED, MASK, OPEN_DELETED

KEEP, DELETE, GENERATE = 0, 1, 2
MAXIMUM_INSERTION = 7
IGNORE = -100


@dataclass(slots=True)
class EditLabels:
    source_ids: list[int]  # [N]
    target_ids: list[int]  # [T]
    operations: list[int]  # [N] KEEP, DELETE or GENERATE
    insertions: list[int]  # [N + 1] slots in the gap before token i; [0] is the gap after the task token
    draft_ids: list[int]  # kept tokens, <deleted> x </deleted>, <mask> slots; no begin and end
    draft_targets: list[int]  # target id at slots, IGNORE elsewhere
    durations: list[int]  # [N] target tokens owned by source token i (FastCorrect); the sum is T


def edit_labels(source_text: str, target_text: str, tokenizer: Tokenizer) -> EditLabels | None:
    """Labels that turn source into target, or None where the format cannot say it (empty source, gap over 7)."""
    return labels_from_encodings(
        tokenizer.encode(source_text, add_special_tokens=False),
        tokenizer.encode(target_text, add_special_tokens=False),
        source_text,
        target_text,
    )


def labels_from_encodings(
    source: Encoding, target: Encoding, source_text: str, target_text: str, pieces: bool = False
) -> EditLabels | None:
    """The same for texts that are already encoded (encode_batch is faster than many encode calls).

    `pieces`: a changed word keeps the tokens with which both sides begin. For vocabularies without spaces in their
    tokens, where such an edit is a whole word again once it is text.
    """
    source_ids, target_ids = source.ids, target.ids
    if not source_ids:
        return None
    if source_ids == target_ids:
        count = len(source_ids)
        return EditLabels(
            source_ids, target_ids, [KEEP] * count, [0] * (count + 1), list(source_ids), [IGNORE] * count, [1] * count
        )
    source_words = split_words(source, source_text)
    target_words = split_words(target, target_text)
    groups = align_words(source_words, target_words)
    return _expand(source_ids, target_ids, source_words, target_words, groups, pieces)


def _expand(
    source_ids: list[int],
    target_ids: list[int],
    source: list[Word],
    target: list[Word],
    groups: list[Group],
    pieces: bool = False,
) -> EditLabels | None:
    operations: list[int] = []
    insertions = [0] * (len(source_ids) + 1)
    slots: list[int] = []  # target ids that are not copied, in order
    for group in groups:
        count = sum(len(word[0]) for word in source[group.source_start : group.source_end])
        if group.kept:
            operations += [KEEP] * count
            continue
        wanted = [token for word in target[group.target_start : group.target_end] for token in word[0]]
        if pieces:  # "pipeline" -> "pipeline ##s" is one missing piece, and not a word to be written anew
            had = [token for word in source[group.source_start : group.source_end] for token in word[0]]
            same = shared_prefix(had, wanted)
            operations += [KEEP] * same
            count, wanted = count - same, wanted[same:]
        shared = min(count, len(wanted))
        operations += [GENERATE] * shared + [DELETE] * (count - shared)
        insertions[len(operations)] += len(wanted) - shared
        slots += wanted
    if max(insertions) > MAXIMUM_INSERTION:
        return None
    draft_ids, draft_targets = build_draft(source_ids, operations, insertions, slots)
    return EditLabels(
        source_ids,
        target_ids,
        operations,
        insertions,
        draft_ids,
        draft_targets,
        durations(operations, insertions),
    )


def shared_prefix(left: list[int], right: list[int]) -> int:
    """How many tokens both begin with."""
    count = 0
    while count < min(len(left), len(right)) and left[count] == right[count]:
        count += 1
    return count


def build_draft(
    source_ids: list[int], operations: list[int], insertions: list[int], slots: list[int]
) -> tuple[list[int], list[int]]:
    """Draft of docs/model-format.md. A run of tokens that are not kept is one bracket; all its slots follow it."""
    draft: list[int] = [MASK] * insertions[0]
    targets: list[int] = list(slots[: insertions[0]])
    used = insertions[0]
    index = 0
    while index < len(source_ids):
        if operations[index] == KEEP:
            draft.append(source_ids[index])
            targets.append(IGNORE)
            missing = insertions[index + 1]
            index += 1
        else:
            start, missing = index, 0
            while index < len(source_ids) and operations[index] != KEEP:
                missing += (operations[index] == GENERATE) + insertions[index + 1]
                index += 1
            draft += [OPEN_DELETED, *source_ids[start:index], CLOSE_DELETED]
            targets += [IGNORE] * (index - start + 2)
        draft += [MASK] * missing
        targets += slots[used : used + missing]
        used += missing
    return draft, targets


def durations(operations: list[int], insertions: list[int]) -> list[int]:
    """FastCorrect durations: a gap belongs to the changed token beside it (left first), else to the left token."""
    counts = [0 if operation == DELETE else 1 for operation in operations]
    for gap, missing in enumerate(insertions):
        if missing == 0:
            continue
        left, right = gap - 1, gap
        changed_right = right < len(operations) and operations[right] != KEEP
        owner = right if left < 0 or (operations[left] == KEEP and changed_right) else left
        counts[owner] += missing
    return counts


def apply_draft(draft_ids: list[int], fills: list[int]) -> list[int]:
    """Output tokens of a draft whose slots are filled in order: brackets and their content are removed."""
    output: list[int] = []
    inside = False
    remaining = iter(fills)
    for token in draft_ids:
        if token == OPEN_DELETED:
            inside = True
        elif token == CLOSE_DELETED:
            inside = False
        elif not inside:
            output.append(next(remaining) if token == MASK else token)
    return output
