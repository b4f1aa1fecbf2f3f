"""Words of two texts aligned with each other: which are kept, which are another's change, which are gone or new.

Words (the tokenizer's pre-tokens, so " word", ",", "'t") are aligned and not tokens, because a token alignment shares
suffixes ("walk·ed" -> "walk·s") and so makes half-word edits. Among all alignments of minimum edit distance we take the
one with the most identical words, then the most similar characters, then the earliest match (FastCorrect section 3.2,
NeuralSpeech align_cal_werdur).

Every tie is broken the same way, or the probability of one edit splits between two labels (and
doubled words are lost): matches are as early as possible, so of a doubled word the second copy is deleted,
and an unmatched word joins a changed neighbour only when that makes the pair more similar ("alot" -> "a lot").
"""

from dataclasses import dataclass
from functools import lru_cache

from tokenizers import Encoding

# One integer orders alignments: edit distance first, then identical words, then similarity (thousandths).
_DISTANCE = 1 << 40
_IDENTICAL = 1 << 24

Word = tuple[tuple[int, ...], str]  # token ids and text; equal ids mean equal text


@dataclass(slots=True)
class Group:
    """Source words [source_start, source_end) become target words [target_start, target_end)."""

    kept: bool
    source_start: int
    source_end: int
    target_start: int
    target_end: int


def split_words(encoding: Encoding, text: str) -> list[Word]:
    words: list[Word] = []
    ids, offsets = encoding.ids, encoding.offsets
    start = 0
    word_ids = encoding.word_ids
    for index in range(1, len(ids) + 1):
        if index == len(ids) or word_ids[index] != word_ids[start]:
            words.append((tuple(ids[start:index]), text[offsets[start][0] : offsets[index - 1][1]]))
            start = index
    return words


@lru_cache(maxsize=1 << 17)
def similarity(left: str, right: str) -> int:
    """Thousandths of 2 LCS / (n + m) over characters, without case and white space; a case difference costs 1."""
    plain_left, plain_right = "".join(left.split()), "".join(right.split())
    if plain_left == plain_right:
        return 1000 if plain_left else 0
    folded_left, folded_right = plain_left.lower(), plain_right.lower()
    if not folded_left or not folded_right:
        return 0
    if folded_left == folded_right:
        return 999
    common = common_subsequence_length(folded_left, folded_right)
    return 1998 * common // (len(folded_left) + len(folded_right))


def common_subsequence_length(left: str, right: str) -> int:
    """Length of the longest common subsequence, bit-parallel (Hyyrö 2004): one row of the table is one integer."""
    where: dict[str, int] = {}
    for index, character in enumerate(left):
        where[character] = where.get(character, 0) | (1 << index)
    full = (1 << len(left)) - 1
    row = full
    for character in right:
        matched = row & where.get(character, 0)
        row = ((row + matched) | (row - matched)) & full
    return len(left) - row.bit_count()


def align_words(source: list[Word], target: list[Word]) -> list[Group]:
    """Groups in order that cover both sides; see the module's text for the order of preferences."""
    shortest = min(len(source), len(target))
    prefix = 0
    while prefix < shortest and source[prefix][0] == target[prefix][0]:
        prefix += 1
    suffix = 0
    while suffix < shortest - prefix and source[-1 - suffix][0] == target[-1 - suffix][0]:
        suffix += 1
    # Trimming both ends never loses the best alignment: a match at an end can always be exchanged into it.
    groups = [Group(True, index, index + 1, index, index + 1) for index in range(prefix)]
    middle = _best_path(source, target, prefix, len(source) - suffix, len(target) - suffix)
    groups += _attach(middle, source, target)
    first_source, first_target = len(source) - suffix, len(target) - suffix
    groups += [
        Group(True, first_source + index, first_source + index + 1, first_target + index, first_target + index + 1)
        for index in range(suffix)
    ]
    return _shift_right(groups, source, target)


def _best_path(source: list[Word], target: list[Word], start: int, source_end: int, target_end: int) -> list[Group]:
    """Dynamic programme from the end, walked from the start, so that the earliest match wins a tie."""
    rows, columns = source_end - start, target_end - start
    below = [_DISTANCE * (columns - column) for column in range(columns + 1)]
    table = [below]
    for row in range(rows - 1, -1, -1):
        source_ids, source_text = source[start + row]
        current = [0] * (columns + 1)
        current[columns] = below[columns] + _DISTANCE
        for column in range(columns - 1, -1, -1):
            target_ids, target_text = target[start + column]
            if source_ids == target_ids:
                best = below[column + 1] - _IDENTICAL
            else:
                best = below[column + 1] + _DISTANCE
                gap = min(below[column], current[column + 1]) + _DISTANCE
                # The similarity can only lower the cost by 1000: skip it where a gap wins anyway.
                if gap > best - 1001:
                    best -= similarity(source_text, target_text)
                best = min(best, gap)
            current[column] = best
        table.append(current)
        below = current
    table.reverse()

    path: list[Group] = []
    row = column = 0
    while row < rows or column < columns:
        i, j = start + row, start + column
        cost = table[row][column]
        if row < rows and column < columns:
            same = source[i][0] == target[j][0]
            step = -_IDENTICAL if same else _DISTANCE - similarity(source[i][1], target[j][1])
            if table[row + 1][column + 1] + step == cost:
                path.append(Group(same, i, i + 1, j, j + 1))
                row, column = row + 1, column + 1
                continue
        if row < rows and table[row + 1][column] + _DISTANCE == cost:
            path.append(Group(False, i, i + 1, j, j))
            row += 1
        else:
            path.append(Group(False, i, i, j, j + 1))
            column += 1
    return path


def _attach(path: list[Group], source: list[Word], target: list[Word]) -> list[Group]:
    """Join an unmatched word to a changed neighbour where the two together are more similar than the pair alone."""

    def likeness(group: Group) -> int:
        return similarity(
            "".join(word[1] for word in source[group.source_start : group.source_end]),
            "".join(word[1] for word in target[group.target_start : group.target_end]),
        )

    def is_pair(group: Group) -> bool:
        return not group.kept and group.source_start < group.source_end and group.target_start < group.target_end

    groups = list(path)
    index = 0
    while index < len(groups):
        group = groups[index]
        if group.kept or is_pair(group):
            index += 1
            continue
        left = groups[index - 1] if index > 0 and is_pair(groups[index - 1]) else None
        right = groups[index + 1] if index + 1 < len(groups) and is_pair(groups[index + 1]) else None
        options = []
        for side, pair, first, last in (("left", left, left, group), ("right", right, group, right)):
            if pair is None:
                continue
            joined = Group(False, first.source_start, last.source_end, first.target_start, last.target_end)
            gain = likeness(joined) - likeness(pair)
            if gain > 0:
                options.append((gain, side == "left", joined))
        if not options:
            index += 1
            continue
        _, is_left, joined = max(options, key=lambda option: option[:2])
        at = index - 1 if is_left else index
        groups[at : at + 2] = [joined]
        index = max(0, at - 1)  # a joined pair may attract the unmatched word before it too
    return groups


def _shift_right(groups: list[Group], source: list[Word], target: list[Word]) -> list[Group]:
    """Move pure deletions and insertions as far right as equal words allow, so that the second copy goes."""
    index = 0
    while index < len(groups):
        first = groups[index]
        deletes = not first.kept and first.target_start == first.target_end
        inserts = not first.kept and first.source_start == first.source_end
        if not (deletes or inserts):
            index += 1
            continue
        end = index
        while (
            end < len(groups)
            and not groups[end].kept
            and (groups[end].target_start == groups[end].target_end) == deletes
            and (groups[end].source_start == groups[end].source_end) == inserts
        ):
            end += 1
        words = source if deletes else target
        while end < len(groups) and groups[end].kept:
            start = groups[index].source_start if deletes else groups[index].target_start
            kept = groups[end].source_start if deletes else groups[end].target_start
            if words[start][0] != words[kept][0]:
                break
            i, j = groups[index].source_start, groups[index].target_start
            groups[index] = Group(True, i, i + 1, j, j + 1)
            for moved in range(index + 1, end + 1):
                offset = moved - index
                if deletes:
                    groups[moved] = Group(False, i + offset, i + offset + 1, j + 1, j + 1)
                else:
                    groups[moved] = Group(False, i + 1, i + 1, j + offset, j + offset + 1)
            index, end = index + 1, end + 1
        index = max(end, index + 1)
    return groups
