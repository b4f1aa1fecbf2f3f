"""Autoregressive stream of JANUS (section 3.1): content and query side by side, logits from the query.

    loss = mean_t -log p(y_t | X, y_<t),   t = 1 … T + 1 with y_{T+1} = <end>

Content `<begin> y_1 … y_T` lies at positions 0 … T, causal; query t is `<mask>` at position t and reads content before
t and itself. At inference a step feeds content y_{t-1} and query t: the mask [[1,0],[1,1]] of docs/model-format.md.
"""

from ..pools import Example
from ..rows import CONTENT, IGNORE, QUERY, Row, append, source_row
from ..tokenizer import BEGIN, END, MASK


def autoregressive_row(example: Example, task: int, kind: str) -> Row:
    row = source_row(task, example.source, example.segments, kind)
    size = len(example.target)
    append(row, [BEGIN, *example.target], list(range(size + 1)), [IGNORE] * (size + 1), CONTENT)
    append(row, [MASK] * (size + 1), list(range(1, size + 2)), [*example.target, END], QUERY)
    return row
