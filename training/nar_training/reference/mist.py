"""MIST, with the pseudo target in the source or behind it (docs/decoders/mist.md, mist-cached.md)."""

import torch
from torch import Tensor

from ..data.tokenizer import BEGIN, DROP, END, MASK
from .generation import given, length_guesses
from .network import ReferenceNetwork, Source
from .steps import Tracer, finish_output


def encoded_length(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> int:
    """The first encode step; how long the target is."""
    tokens = source.tokens()
    guesses = length_guesses(network, network.encode(tokens, source.segments()).length, len(source.ids))
    tracer.step("encode", given(tracer, source), len(tokens), lengths=guesses[:9])
    return options.get("targetLength", guesses[0]["length"])


def predicted(tracer: Tracer, history: list[list[int]], rows: Tensor, queries: int, cost: int) -> dict | None:
    """The draft of a predict step, added to `history`; the result where it is the last one.

    `cost`: passes that another iteration would take.
    """
    previous, draft = history[-1] if history else [], rows.argmax(1).tolist()
    states = (
        ["kept" if a == b else "changed" for a, b in zip(previous, draft, strict=True)]
        if previous
        else ["new"] * len(draft)
    )
    enough = tracer.left - 1 >= cost
    stop = "stable" if draft == previous else "loop" if draft in history else None if enough else "budget"
    history.append(draft)
    step = tracer.step(
        "predict",
        [tracer.predicted(token, row, state) for token, row, state in zip(draft, rows, states, strict=True)],
        queries,
        **({"stop": stop} if stop else {}),
    )
    return {"ids": finish_output(draft, END, DROP, MASK), "score": step["score"], "stop": stop} if stop else None


def mist(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    tokens, segments = source.tokens(), source.segments()
    length = encoded_length(network, source, options, tracer)
    history: list[list[int]] = []
    while True:
        rows = network.predict(tokens, segments, [BEGIN, *[MASK] * length, END], list(range(1, length + 1)))
        if result := predicted(tracer, history, rows, length + 2, 2):
            return result
        draft = history[-1]
        tokens = [*source.tokens()[:2], *draft, END, *source.tokens()[2:]]
        segments = [0, 0, *[0] * (length + 1), *source.segments()[2:]]
        tracer.step("encode", [tracer.plain(token, "kept") for token in draft] + given(tracer, source), len(tokens))


def mist_cached(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    """The pseudo target as a segment behind the source: the source does not see it, the slots see both."""
    tokens, segments = source.tokens(), source.segments()
    length = encoded_length(network, source, options, tracer)
    history: list[list[int]] = []
    while True:
        previous = history[-1] if history else []
        context = [*previous, END] if previous else []
        target = [*context, BEGIN, *[MASK] * length, END]
        first = len(context)
        within = torch.ones(len(target), len(target), dtype=torch.bool)
        within[:first, first:] = False  # the pseudo target does not see the slots
        positions = [*range(len(tokens), len(tokens) + first), *range(length + 2)]
        rows = network.predict(
            tokens,
            segments,
            target,
            list(range(first + 1, first + 1 + length)),
            positions,
            within,
            [0] * first + [1] * (length + 2),
        )
        if result := predicted(tracer, history, rows, len(target), 1):
            return result
