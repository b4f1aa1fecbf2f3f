"""MIST (Jiang 2021, Eq. 5): the model's own one-pass output joins the source as a pseudo-target.

    Z1 = p(Y | X, Y_M);   X' = [argmax Z1 ; X];   loss = CE(Z1, Y) + CE(Z2 = p(Y | X', Y_M), Y)

Step one is the CMLM row with everything hidden, so its loss is already counted there; this file makes the second row
from the first one's answers. The pseudo-target must be regenerated on line (static ones cost 0.8 R-2 in the paper).
Layout of X': `<begin> <task> y' <end> x <end>`, positions through, segment 0.
"""

from ..pools import Example
from ..rows import DRAFT, IGNORE, Row, append, source_row
from ..tokenizer import BEGIN, END, MASK


def mist_row(example: Example, task: int, pseudo_target: list[int]) -> Row:
    row = source_row(task, [*pseudo_target, END, *example.source], [0] * (len(pseudo_target) + 1) + example.segments, "mist")
    size = len(example.target)
    append(row, [BEGIN, *[MASK] * size, END], list(range(size + 2)), [IGNORE, *example.target, IGNORE], DRAFT)
    return row


def is_fully_hidden(row: Row) -> bool:
    return row.example is not None and sum(target != IGNORE for target in row.targets) == len(row.example.target)
