"""Levenshtein Transformer from an empty draft, the caller's draft or the locked tokens
(docs/decoders/levenshtein-draft.md).
"""

import torch
from torch import Tensor

from ..data.tokenizer import BEGIN, DROP, END, MASK
from .generation import given, length_guesses
from .network import Heads, ReferenceNetwork, Source
from .steps import Tracer, finish_output
from .token_words import word_starts

Draft = list[tuple[int, int]]  # (token, index of the locked source token or -1)


def start_draft(source: Source, options: dict) -> Draft:
    locked = [index for index in range(len(source.ids)) if index in options.get("lockedTokens", [])]
    if "draft" not in options:
        return [(source.ids[index], index) for index in locked]
    draft, waiting = [], locked
    for token in options["draft"]:
        if waiting and source.ids[waiting[0]] == token:
            draft.append((token, waiting[0]))
            waiting = waiting[1:]
        else:
            draft.append((token, -1))
    if waiting:
        raise ValueError("lockedTokens and draft contradict each other")
    return draft


def levenshtein_draft(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    guesses = length_guesses(network, network.encode(source.tokens(), source.segments()).length, len(source.ids))
    draft = start_draft(source, options)
    longest = max(len(draft), min(max(10, 2 * len(source.ids)), network.maximum_positions - 3))
    if not draft:
        draft = [(MASK, -1)] * min(longest, options.get("targetLength", guesses[0]["length"]))
    tracer.step("encode", given(tracer, source), len(source.ids) + 3, lengths=guesses[:9])
    history: list[list[int]] = []
    score = 0.0
    while True:
        before = [token for token, _ in draft]
        starved = False
        if MASK not in before:
            heads = read(network, source, draft)
            gone = [
                origin < 0 and 1 - keep > 0.5
                for (_, origin), keep in zip(draft, biased_keep(heads, options), strict=True)
            ]
            if any(gone):
                tokens = [
                    shown(tracer, token, "deleted" if dead else "kept", heads, index)
                    for index, (token, dead) in enumerate(zip(draft, gone, strict=True))
                ]
                tracer.step("delete", tokens, len(draft) + 2)
                draft = [token for token, dead in zip(draft, gone, strict=True) if not dead]
                if tracer.left < 1:
                    return finished(draft, "budget", score, tracer)
                heads = read(network, source, draft)
            counts, probabilities = placements(heads, draft, source, options, longest - len(draft), tracer)
            # The pass that read these heads is counted by the step below.
            starved = tracer.left - 1 < 1 and any(counts)
            if starved:
                counts = [0] * len(counts)
            tokens, placed, more = [], [], {}
            for gap, count in enumerate(counts):
                if gap:
                    tokens.append(shown(tracer, draft[gap - 1], "kept", heads, gap - 1))
                    placed.append(draft[gap - 1])
                said = {"count": count, "probability": probabilities[gap]}
                if count and gap:
                    tokens[-1]["gap"] = said
                elif count:
                    more["leadingGap"] = said
                tokens += [tracer.plain(MASK, "masked")] * count
                placed += [(MASK, -1)] * count
            step = tracer.step("place", tokens, len(draft) + 2, **more)
            draft = placed
        slots = [index for index, (token, _) in enumerate(draft) if token == MASK]
        if slots:
            size = len(draft) + 2
            rows = network.predict(
                source.tokens(),
                source.segments(),
                [BEGIN, *[token for token, _ in draft], END],
                [slot + 1 for slot in slots],
            )
            tokens = [shown(tracer, token, "kept") for token in draft]
            for slot, row in zip(slots, rows, strict=True):
                row_without_end = row.clone()
                row_without_end[END] = -torch.inf
                token = int(row_without_end.argmax())
                draft[slot] = (token, -1)
                tokens[slot] = tracer.predicted(token, row, "deleted" if token == DROP else "inserted")
            draft = [token for token in draft if token[0] != DROP]
            step = tracer.step("fill", tokens, size)
            score = step["score"]
        now = [token for token, _ in draft]
        stop = (
            "budget"
            if starved
            else "empty"
            if not now
            else "stable"
            if now == before
            else "loop"
            if now in history
            else "budget"
            if tracer.left < 1
            else None
        )
        history.append(now)
        if stop:
            return finished(draft, stop, score, tracer)


def finished(draft: Draft, stop: str, score: float, tracer: Tracer) -> dict:
    tracer.steps[-1]["stop"] = stop
    return {"ids": finish_output([token for token, _ in draft], END, DROP, MASK), "score": score, "stop": stop}


def read(network: ReferenceNetwork, source: Source, draft: Draft) -> Heads:
    return network.read(source.tokens(), source.segments(), [BEGIN, *[token for token, _ in draft], END])


def biased_keep(heads: Heads, options: dict) -> list[float]:
    bias = torch.tensor([options.get("keepBias", 0.0), 0.0, 0.0], dtype=torch.double)
    return torch.softmax(heads.operation.double() + bias, -1)[:, 0].tolist()


def shown(tracer: Tracer, token: tuple[int, int], state: str, heads: Heads | None = None, index: int = 0) -> dict:
    more = {"sourceIndex": token[1], "locked": True} if token[1] >= 0 else {}
    if heads:
        more["operation"] = torch.softmax(heads.operation[index].double(), -1).tolist()
    return tracer.plain(token[0], state, **more)


def placements(
    heads: Heads, draft: Draft, source: Source, options: dict, room: int, tracer: Tracer
) -> tuple[list[int], list[float]]:
    chosen: Tensor = heads.insertion.double().clone()
    chosen[:, 0] -= options.get("noInsertionPenalty", 0)
    counts = chosen.argmax(1).tolist()
    starts = word_starts([tracer.text(token) for token in source.ids])
    for gap in range(1, len(draft)):
        left, right = draft[gap - 1][1], draft[gap][1]
        if left >= 0 and right == left + 1 and right not in starts:
            counts[gap] = 0  # between two locked tokens of one word
    probabilities = torch.softmax(heads.insertion.double(), -1)[torch.arange(len(counts)), counts].tolist()
    for gap in sorted(range(len(counts)), key=lambda gap: (-probabilities[gap], gap)):
        if counts[gap] > room:
            counts[gap] = 0
            probabilities[gap] = 0.0
        room -= counts[gap]
    return counts, probabilities
