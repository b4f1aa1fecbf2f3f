"""One row shape for every objective, so that one batch and one forward can mix them all.

A row is a source followed by nothing (edit heads only), by a draft (FELIX / Levenshtein / CMLM), or by a content and
a query stream (JANUS autoregressive). What a token may attend to follows from three numbers per token, compared
pairwise; no per-sentence loop (the cost JANUS section 8 complains of):

    attend(i, j) = real(j) and ( j in source                                    (everybody sees the source)
                              or i in draft   and j in draft                    (full attention inside the draft)
                              or i in content and j in content and o_j <= o_i   (causal)
                              or i in query   and j in content and o_j <  o_i   (the query never sees its own answer)
                              or i = j )
with source rows seeing the source only (MIST Eq. 4): that is what lets the host cache it.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ..data.pools import Example
from ..data.tokenizer import BEGIN, END, PAD

IGNORE = -100
KINDS = {"noise": 1, "typo": 2, "grammar": 3, "clean": 4, "backward": 5}  # rows whose detection is reported by kind
PADDING, SOURCE, DRAFT, CONTENT, QUERY = -1, 0, 1, 2, 3
# Per token: padding and the smallest type that holds it.
COLUMNS = {
    "tokens": (PAD, np.int32),
    "positions": (0, np.int16),
    "segments": (0, np.int16),
    "groups": (PADDING, np.int16),
    "operations": (IGNORE, np.int16),
    "gaps": (IGNORE, np.int16),
    "targets": (IGNORE, np.int32),
}


@dataclass
class Row:
    tokens: list[int]
    positions: list[int]
    segments: list[int]
    groups: list[int]
    operations: list[int]  # per token, IGNORE where none
    gaps: list[int]  # per token: slots after it
    targets: list[int]  # per token: what the token head should say
    length_change: int = IGNORE  # class 0..128, read at row 0
    salience: int = IGNORE  # 0 or 1, read at row 0
    kind: str = ""
    example: Example | None = None  # kept for the second policy

    def __len__(self) -> int:
        return len(self.tokens)


def source_row(task: int, source_ids: list[int], segments: list[int], kind: str) -> Row:
    """`<begin> <task> x_1 … x_N <end>`, no labels yet."""
    size = len(source_ids) + 3
    return Row(
        [BEGIN, task, *source_ids, END],
        list(range(size)),
        [0, 0, *segments, 0],
        [SOURCE] * size,
        [IGNORE] * size,
        [IGNORE] * size,
        [IGNORE] * size,
        kind=kind,
    )


def append(row: Row, tokens: list[int], positions: list[int], targets: list[int], group: int) -> None:
    size = len(tokens)
    row.tokens += tokens
    row.positions += positions
    row.segments += [1] * size
    row.groups += [group] * size
    row.operations += [IGNORE] * size
    row.gaps += [IGNORE] * size
    row.targets += targets


def attention_mask(groups: Tensor, orders: Tensor) -> Tensor:
    """groups, orders [batch, length] -> bool [batch, length, length], row attends to column."""
    row, column = groups[:, :, None], groups[:, None, :]
    row_order, column_order = orders[:, :, None], orders[:, None, :]
    to_source = column == SOURCE
    in_draft = (row == DRAFT) & (column == DRAFT)
    to_content = column == CONTENT
    in_content = (row == CONTENT) & to_content & (column_order <= row_order)
    from_query = (row == QUERY) & to_content & (column_order < row_order)
    itself = torch.eye(groups.shape[1], dtype=torch.bool, device=groups.device)[None]
    return ((row != PADDING) & (to_source | in_draft | in_content | from_query)) | itself


def collate_arrays(rows: list[Row], multiple: int = 8) -> dict[str, np.ndarray]:
    """Rows padded to one length, in types small enough to travel between processes (prefetch.py).

    [batch, length] each; `length_change`, `kind` and `salience` are [batch]. Lengths are multiples of eight: fused
    attention on a GPU wants that of a mask's last dimension.
    """
    length = -(-max(len(row) for row in rows) // multiple) * multiple
    arrays = {name: np.full((len(rows), length), padding, kind) for name, (padding, kind) in COLUMNS.items()}
    for index, row in enumerate(rows):
        for name, array in arrays.items():
            array[index, : len(row)] = getattr(row, name)
    arrays["length_change"] = np.array([row.length_change for row in rows], np.int16)
    arrays["kind"] = np.array([KINDS.get(row.kind, 0) for row in rows], np.int16)
    arrays["salience"] = np.array([row.salience for row in rows], np.int16)
    return arrays


def collate(rows: list[Row], multiple: int = 8) -> dict[str, Tensor]:
    return {name: torch.from_numpy(array).long() for name, array in collate_arrays(rows, multiple).items()}


def mask_of(batch: dict[str, Tensor]) -> Tensor:
    """The order of a stream is its position: content y_{t-1} lies at t-1, the query for y_t at t."""
    return attention_mask(batch["groups"], batch["positions"])
