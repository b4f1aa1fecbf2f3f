"""Correction: operation and gap heads on the source, fill head on the bracketed draft.

    loss = Σ_i w(o_i) (1 - p_i)^γ CE(o_i) + Σ_g w(c_g) CE(c_g) + mean_slots CE(y_slot)

FELIX (Mallinson 2020): deleted tokens stay in the draft, in brackets, so that the filler sees what it replaces.
SoftCorrect / focal loss: most tokens are kept; γ = 1 and the weight of "keep" stop them from drowning the rest.
`<drop>`: now and then a draft gets one slot too many, so that the filler learns to hand it back.
Levenshtein second policy (Gu 2019, A-B-C of section 1.7): with small probability the model's own filled draft becomes
a new source whose wrong tokens are labelled, see `second_policy_row`.
"""

import numpy as np

from ..data.pools import Example
from ..data.tokenizer import BEGIN, CLOSE_DELETED, DROP, END, MASK, OPEN_DELETED
from .rows import DRAFT, IGNORE, Row, append, source_row

KEEP, GENERATE = 0, 2
WRONG_GAP_SHARE = 0.1


def edit_row(
    example: Example,
    task: int,
    random: np.random.Generator,
    kind: str,
    with_draft: bool = True,
    one_pass: bool = False,
    revealed_share: float = 0.0,
) -> Row:
    """`with_draft` off: labels of the source only, at half the cost.

    `revealed_share`: how many of the draft's slots show their token already, as in all but the first of several fill
    passes (CMLM's random masks, Ghazvininejad 2019, on the slots of an edit); one slot at least is left to fill.

    `one_pass`: the token head also learns at the source's own rows what the first token of each edit is (GECToR's
    replace and append in one pass, Omelianchuk 2020): at a token to generate anew its new token, at a token before a
    gap the missing one.
    """
    row = source_row(task, example.source, example.segments, kind)
    size = len(example.source)
    row.operations[2 : size + 2] = example.operations
    row.gaps[1 : size + 2] = example.insertions  # gap after <task> is the one before x_1
    if one_pass:
        for at, token in first_tokens(example).items():
            row.targets[at] = token
    if with_draft and any(target != IGNORE for target in example.draft_targets):
        draft, targets = list(example.draft), list(example.draft_targets)
        slots = [index for index, token in enumerate(draft) if token == MASK]
        for index in random.permutation(slots)[: int(revealed_share * len(slots))].tolist():
            draft[index], targets[index] = targets[index], IGNORE
        if random.random() < WRONG_GAP_SHARE:
            slots = [index for index, token in enumerate(draft) if token == MASK]
            at = slots[int(random.integers(len(slots)))] + 1
            while at < len(draft) and draft[at] == MASK:
                at += 1
            draft.insert(at, MASK)  # behind the last slot of a run: which one to drop stays unambiguous
            targets.insert(at, DROP)
        append(row, [BEGIN, *draft, END], list(range(len(draft) + 2)), [IGNORE, *targets, IGNORE], DRAFT)
    return row


def first_tokens(example: Example) -> dict[int, int]:
    """Row of the source to the token that is written there: slots in order, as `build_draft` lays them out.

    Row i + 2 is x_i, row 1 the task token. Where a token is generated and a gap follows it, the row says the former.
    """
    slots = iter(example_slots(example))
    rows: dict[int, int] = {}

    def gap(row: int, count: int) -> None:
        for offset in range(count):
            token = next(slots)
            if offset == 0:
                rows.setdefault(row, token)

    gap(1, example.insertions[0])
    index = 0
    while index < len(example.source):
        if example.operations[index] == KEEP:
            gap(index + 2, example.insertions[index + 1])
            index += 1
            continue
        places: list[tuple[int, bool]] = []
        while index < len(example.source) and example.operations[index] != KEEP:
            if example.operations[index] == GENERATE:
                places.append((index + 2, True))
            places += [(index + 2, False)] * example.insertions[index + 1]
            index += 1
        for row, is_generated in places:  # in the run's order: generated tokens, then what its gaps add
            token = next(slots)
            if is_generated:
                rows[row] = token
            else:
                rows.setdefault(row, token)
    return rows


def second_policy_row(example: Example, task: int, filled: list[int], kind: str) -> Row | None:
    """The target with the model's own tokens at the slots, as a source: what it got wrong is to be generated again.

    `filled` are the argmax tokens in slot order. Replacing in place keeps the alignment known without a new search.
    """
    slots = example_slots(example)
    if DROP in filled or filled == slots or len(filled) != len(slots):  # a slot too many: nothing to line up
        return None
    answers = iter(filled)
    tokens = [next(answers) if token is None else token for token in visible_tokens(example)]
    if len(tokens) != len(example.target):
        return None
    operations = [GENERATE if guess != right else 0 for guess, right in zip(tokens, example.target, strict=True)]
    row = source_row(task, tokens, [0] * len(tokens), kind)
    row.operations[2 : len(tokens) + 2] = operations
    row.gaps[1 : len(tokens) + 2] = [0] * (len(tokens) + 1)
    return row


def example_slots(example: Example) -> list[int]:
    return [target for target in example.draft_targets if target != IGNORE]


def visible_tokens(example: Example) -> list[int | None]:
    """The draft without brackets and their content; None at a slot."""
    tokens: list[int | None] = []
    inside = False
    for token in example.draft:
        if token in (OPEN_DELETED, CLOSE_DELETED):
            inside = token == OPEN_DELETED
        elif not inside:
            tokens.append(None if token == MASK else token)
    return tokens
