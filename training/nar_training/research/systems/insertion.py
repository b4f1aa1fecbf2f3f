"""Writing by insertion: every gap of the canvas takes its likeliest token at once, until no gap wants one.

The Insertion Transformer reads the source through its encoder, KERMIT has both sides in one canvas; one loop for both.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from ...data.tokenizer import DROP, END, MASK, PAD
from ...network.model import NarModel
from ...objectives.insertion import insertion_loss
from ...objectives.kermit import joint_streams, kermit_loss
from ...objectives.pairs import Pairs, draft_stream, forward, padded, source_stream
from ...objectives.word_alignment import source_tokens
from ..quora import LONGEST
from ..run import Decoder
from .system import Ready, Setting

PASSES = 8
# Hidden states at the canvas [batch, slots, width] of rows that stand so far.
Reader = Callable[[NarModel, Pairs, list[list[int]]], Tensor]


def read_encoded(model: NarModel, pairs: Pairs, canvases: list[list[int]]) -> Tensor:
    lengths = torch.tensor([len(canvas) for canvas in canvases])
    streams = [source_stream(pairs.source, pairs.segments), draft_stream(padded(canvases), lengths)]
    return forward(model, streams)[1][:, 1:-1]


def read_joint(model: NarModel, pairs: Pairs, canvases: list[list[int]]) -> Tensor:
    tokens, real = source_tokens(pairs)
    sources = [row[:size] for row, size in zip(tokens.tolist(), real.sum(1).tolist(), strict=True)]
    return forward(model, joint_streams(pairs, sources, canvases))[1][:, 1:-1]


def with_gaps(tokens: list[int]) -> list[int]:
    """A `<mask>` before, between and behind the tokens: gaps lie at the even places."""
    return [MASK, *[item for token in tokens for item in (token, MASK)]]


def by_insertion(read: Reader, passes: int = PASSES, penalty: float = 0.0) -> Decoder:
    """`penalty` is taken from the log-probability of "nothing is missing here", so that it stops later."""

    def decoder(model: NarModel, blank: Pairs) -> list[list[int]]:
        written: list[list[int]] = [[] for _ in blank.source]
        for _ in range(passes):
            canvases = [with_gaps(tokens) for tokens in written]
            log_probs = torch.log_softmax(model.token_logits(read(model, blank, canvases)).float(), 2)
            log_probs[:, :, END] = -torch.inf
            log_probs[:, :, DROP] -= penalty
            empty = torch.tensor([not tokens for tokens in written])
            log_probs[empty, :, DROP] = -torch.inf  # an empty text is no answer
            chosen = log_probs.argmax(2).tolist()
            before = written
            written = [
                grown(canvas, row, LONGEST - len(tokens))
                for canvas, row, tokens in zip(canvases, chosen, written, strict=True)
            ]
            if written == before:
                break
        return written

    def grown(canvas: list[int], chosen: list[int], room: int) -> list[int]:
        out = []
        for place, token in enumerate(canvas):
            if token != MASK:
                out.append(token)
            elif chosen[place] not in (DROP, PAD) and room > 0:
                out.append(chosen[place])
                room -= 1
        return out

    return decoder


def decoders(read: Reader) -> dict[str, Decoder]:
    return {"until no gap wants a token": by_insertion(read), "stops later": by_insertion(read, penalty=1.0)}


def insertion_transformer(model: NarModel, setting: Setting) -> Ready:
    return Ready(lambda model, pairs, generator, spent: insertion_loss(model, pairs, generator), decoders(read_encoded))


def kermit(model: NarModel, setting: Setting) -> Ready:
    return Ready(lambda model, pairs, generator, spent: kermit_loss(model, pairs, generator), decoders(read_joint))
