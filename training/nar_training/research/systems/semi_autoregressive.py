"""Writing in blocks of K tokens with a cache, the network trained for that K; and the ladder that ends in parallel."""

import torch

from ...data.tokenizer import BEGIN, DROP, END, MASK, PAD
from ...network.model import NarModel
from ...objectives.pairs import Pairs, source_stream
from ...objectives.rows import attention_mask
from ...objectives.semi_autoregressive import ladder_loss, semi_autoregressive_loss
from ..quora import LONGEST
from ..run import Decoder
from .system import ONE_PASS, Ready, Setting, mask_predict


def step_mask(content: int, queries: int) -> torch.Tensor:
    """New content rows are causal; each query sees all content and the other queries of its block."""
    mask = torch.zeros(content + queries, content + queries, dtype=torch.bool)
    mask[:content, :content] = torch.ones(content, content, dtype=torch.bool).tril()
    mask[content:, :] = True
    return mask


@torch.no_grad()
def write_blocks(model: NarModel, pairs: Pairs, block: int, longest: int = LONGEST) -> list[list[int]]:
    """One pass a block: the tokens of the last block go in as content, `block` queries ask for the next ones."""
    configuration, stream, count = model.configuration, source_stream(pairs.source, pairs.segments), len(pairs.source)
    nothing = torch.zeros(count, 0, dtype=torch.bool)
    empty = torch.zeros(configuration.layers, count, configuration.heads, 0, configuration.head_size)
    _, keys, values = model.hidden_with_past(
        stream.tokens,
        stream.positions,
        pairs.segments,
        attention_mask(stream.groups, stream.positions),
        nothing,
        empty,
        empty,
    )
    seen = pairs.source != PAD
    content, place = torch.full((count, 1), BEGIN), 0  # the last block and the position of its first token
    written, done = torch.zeros(count, 0, dtype=torch.long), torch.zeros(count, dtype=torch.bool)
    while written.shape[1] < longest and not done.all():
        size = content.shape[1]
        tokens = torch.cat([content, torch.full((count, block), MASK)], 1)
        places = torch.arange(place, place + size + block).expand(count, -1)
        hidden, new_keys, new_values = model.hidden_with_past(
            tokens,
            places,
            torch.ones_like(tokens),
            step_mask(size, block).expand(count, -1, -1),
            seen,
            keys,
            values,
        )
        logits = model.token_logits(hidden[:, size:]).float()
        logits[:, :, DROP] = -torch.inf
        content, place = logits.argmax(2), place + size
        keys = torch.cat([keys, new_keys[:, :, :, :size]], 3)
        values = torch.cat([values, new_values[:, :, :, :size]], 3)
        seen = torch.cat([seen, torch.ones(count, size, dtype=torch.bool)], 1)
        written = torch.cat([written, content.masked_fill(done[:, None], END)], 1)
        done = done | (content == END).any(1)
    rows = [row[: row.index(END)] if END in row else row for row in written.tolist()]
    return [row[:longest] for row in rows]


def blocks(size: int) -> Decoder:
    return lambda model, blank: write_blocks(model, blank, size)


def of_size(size: int):
    def ready(model: NarModel, setting: Setting) -> Ready:
        return Ready(
            lambda model, pairs, generator, spent: semi_autoregressive_loss(model, pairs, size),
            {f"blocks of {size}": blocks(size)},
        )

    return ready


def ladder(model: NarModel, setting: Setting) -> Ready:
    return Ready(
        lambda model, pairs, generator, spent: ladder_loss(model, pairs, spent),
        {**ONE_PASS, "4 passes": mask_predict(4)},
    )
