"""MIST, with the pseudo target in the source or behind it (docs/decoders/mist.md, mist-cached.md)."""

import torch

from ..data.tokenizer import BEGIN, DROP, END, MASK
from .generation import given, length_guesses
from .network import ReferenceNetwork, Source
from .steps import Tracer, finish_output


def mist(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    tokens, segments = source.tokens(), source.segments()
    guesses = length_guesses(network, network.encode(tokens, segments).length, len(source.ids))
    length = options.get("targetLength", guesses[0]["length"])
    tracer.step("encode", given(tracer, source), len(tokens), lengths=guesses[:9])
    draft: list[int] = []
    history: list[list[int]] = []
    while True:
        rows = network.predict(tokens, segments, [BEGIN, *[MASK] * length, END], list(range(1, length + 1)))
        previous, draft = draft, rows.argmax(1).tolist()
        states = (
            ["new"] * length
            if not previous
            else ["kept" if a == b else "changed" for a, b in zip(previous, draft, strict=True)]
        )
        stop = (
            "stable"
            if draft == previous
            else "loop"
            if draft in history
            else None
            if tracer.left - 1 >= 2
            else "budget"
        )
        history.append(draft)
        step = tracer.step(
            "predict",
            [tracer.predicted(token, row, state) for token, row, state in zip(draft, rows, states, strict=True)],
            length + 2,
            **({"stop": stop} if stop else {}),
        )
        if stop:
            return {"ids": finish_output(draft, END, DROP, MASK), "score": step["score"], "stop": stop}
        tokens = [*source.tokens()[:2], *draft, END, *source.tokens()[2:]]
        segments = [0, 0, *[0] * (length + 1), *source.segments()[2:]]
        tracer.step("encode", [tracer.plain(token, "kept") for token in draft] + given(tracer, source), len(tokens))


def mist_cached(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    """The pseudo target as a segment behind the source: the source does not see it, the slots see both."""
    tokens, segments = source.tokens(), source.segments()
    guesses = length_guesses(network, network.encode(tokens, segments).length, len(source.ids))
    length = options.get("targetLength", guesses[0]["length"])
    tracer.step("encode", given(tracer, source), len(tokens), lengths=guesses[:9])
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
        draft = rows.argmax(1).tolist()
        states = (
            ["new"] * length
            if not previous
            else ["kept" if a == b else "changed" for a, b in zip(previous, draft, strict=True)]
        )
        stop = (
            "stable"
            if draft == previous
            else "loop"
            if draft in history
            else None
            if tracer.left - 1 >= 1
            else "budget"
        )
        history.append(draft)
        step = tracer.step(
            "predict",
            [tracer.predicted(token, row, state) for token, row, state in zip(draft, rows, states, strict=True)],
            len(target),
            **({"stop": stop} if stop else {}),
        )
        if stop:
            return {"ids": finish_output(draft, END, DROP, MASK), "score": step["score"], "stop": stop}
