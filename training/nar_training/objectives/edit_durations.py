"""Edit alignment of tokens: which source tokens are right, and how many target tokens each owns (FastCorrect, Leng
2021, section 3.1).

Among the paths of least edit distance the one with the most equal tokens; a target token without a partner joins the
source token before it, the first ones join the first. So Σ d_n = T, and a token is right where d_n = 1 and it is equal.
Over tokens of a batch, for the research sets; data/align.py does the same over words for the product's labels.
"""

import torch
from torch import Tensor

from .pairs import Pairs
from .word_alignment import source_tokens


def durations(source: list[int], target: list[int]) -> tuple[list[int], list[bool]]:
    """d_n and whether x_n is right, of one pair. Raises ValueError for an empty source: nobody could own the target."""
    if not source:
        raise ValueError("an empty source owns no target token")
    rows, columns = len(source), len(target)
    # Cost: edit distance first, then how few tokens are equal. Integers, so that ties are ties.
    unit = rows + columns + 1
    cost = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(1, rows + 1):
        cost[i][0] = i * unit
    for j in range(1, columns + 1):
        cost[0][j] = j * unit
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            pair = -1 if source[i - 1] == target[j - 1] else unit
            cost[i][j] = min(cost[i - 1][j - 1] + pair, cost[i - 1][j] + unit, cost[i][j - 1] + unit)
    owned, right = [0] * rows, [False] * rows
    i, j = rows, columns
    while i > 0 or j > 0:
        equal = i > 0 and j > 0 and source[i - 1] == target[j - 1]
        if i > 0 and j > 0 and cost[i][j] == cost[i - 1][j - 1] + (-1 if equal else unit):
            i, j = i - 1, j - 1
            owned[i] += 1
            right[i] = equal
        elif j > 0 and cost[i][j] == cost[i][j - 1] + unit:
            j -= 1
            owned[max(0, i - 1)] += 1
        else:
            i -= 1
    return owned, [same and count == 1 for same, count in zip(right, owned, strict=True)]


def edit_labels_of(pairs: Pairs) -> tuple[Tensor, Tensor]:
    """Durations and right tokens of a batch, both [batch, N]; 0 and False behind a source."""
    tokens, real = source_tokens(pairs)
    counts, right = torch.zeros_like(tokens), torch.zeros_like(real)
    sizes = zip(real.sum(1).tolist(), pairs.lengths.tolist(), strict=True)
    for row, (size, length) in enumerate(sizes):
        owned, same = durations(tokens[row, :size].tolist(), pairs.target[row, :length].tolist())
        counts[row, :size], right[row, :size] = torch.tensor(owned), torch.tensor(same)
    return counts, right
