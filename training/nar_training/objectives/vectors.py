"""Slots that hold vectors instead of tokens: soft copies, latent variables, another network's distribution."""

import torch
from torch import Tensor

from ..data.tokenizer import MASK, PAD
from ..network.model import NarModel
from .pairs import Pairs, Stream, draft_stream, join, source_stream


def forward_vectors(
    model: NarModel, streams: list[Stream], vectors: list[Tensor | None], mask: Tensor | None = None
) -> list[Tensor]:
    """pairs.forward where a stream's embeddings may be replaced: `vectors` [batch, length, width] or None each."""
    tokens, positions, segments, visible = join(streams, mask)
    parts = [model.tokens(stream.tokens) if own is None else own for stream, own in zip(streams, vectors, strict=True)]
    embedded = model.embed_vectors(torch.cat(parts, 1), positions, segments)
    hidden, _ = model.through_layers(embedded, visible)
    return list(hidden.split([stream.tokens.shape[1] for stream in streams], 1))


def answers_from_vectors(
    model: NarModel, pairs: Pairs, vectors: Tensor, lengths: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """One parallel pass over slots that hold `vectors` [batch, T, width]: hidden states at the slots [batch, T, width]
    and of the source [batch, N + 3, width]. `lengths` where it is not the target's.
    """
    lengths = pairs.lengths if lengths is None else lengths
    slots = torch.where(torch.arange(vectors.shape[1], device=vectors.device) < lengths[:, None], MASK, PAD)
    draft = draft_stream(slots, lengths)
    own = model.tokens(draft.tokens)
    held = torch.cat([own[:, :1], vectors.to(own.dtype), own[:, -1:]], 1)
    is_slot = (draft.tokens == MASK)[:, :, None]
    source, rows = forward_vectors(
        model,
        [source_stream(pairs.source, pairs.segments), draft],
        [None, torch.where(is_slot, held, own)],
    )
    return rows[:, 1:-1], source


def length_row(model: NarModel, source: Tensor, pairs: Pairs) -> Tensor:
    """What pairs.length_loss reads [batch, width] of the source's states [batch, N + 3, width]."""
    return model.length_state(source, pairs.source != PAD)
