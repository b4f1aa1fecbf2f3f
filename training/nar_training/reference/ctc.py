"""CTC over an upsampled canvas, greedy and by prefix beam, and the Imputer's block-wise filling
(docs/decoders/ctc.md, imputer.md).
"""

import torch
from torch import Tensor

from ..data.tokenizer import BEGIN, BLANK, DROP, END, MASK
from .generation import given
from .network import ReferenceNetwork, Source
from .steps import Tracer, finish_output


def canvas(network: ReferenceNetwork, source: Source, options: dict) -> tuple[list[int], list[int | None]]:
    """Owner of each slot, and what is fixed there."""
    count = len(source.ids)
    rate = max(1, min(options.get("upsampling", 2), (network.maximum_positions - 2) // count))
    kept = [source.protected[i] or i in options.get("lockedTokens", []) for i in range(count)]
    owners = [i for i in range(count) for _ in range(rate)]
    fixed = [(source.ids[i] if copy == 0 else BLANK) if kept[i] else None for i in range(count) for copy in range(rate)]
    return owners, fixed


def collapse(alignment: list[int], fixed: list[int | None]) -> list[bool]:
    before = [None, *alignment]
    return [
        token != BLANK and (token != previous or held is not None)
        for token, previous, held in zip(alignment, before, fixed, strict=False)
    ]


def choices(network: ReferenceNetwork, row: Tensor) -> list[tuple[int, float]]:
    """The host's candidates without `<end>` and `<drop>`."""
    best, ids = torch.topk(row, network.candidates)
    return [
        (token, value) for token, value in zip(ids.tolist(), best.tolist(), strict=True) if token not in (END, DROP)
    ]


def ctc(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    owners, fixed = canvas(network, source, options)
    tracer.step("encode", given(tracer, source), len(source.ids) + 3)
    target = [BEGIN, *[source.ids[owner] for owner in owners], END]
    rows = network.predict(source.tokens(), source.segments(), target, list(range(1, len(owners) + 1)))
    slots = [choices(network, row) if held is None else [(held, 0.0)] for row, held in zip(rows, fixed, strict=True)]
    alignment = [slot[0][0] for slot in slots]
    shows = collapse(alignment, fixed)
    tokens = []
    for index, (token, show) in enumerate(zip(alignment, shows, strict=True)):
        if fixed[index] is None:
            tokens.append(tracer.predicted(token, rows[index], "new" if show else "deleted", sourceIndex=owners[index]))
        else:
            tokens.append(tracer.plain(token, "given" if show else "deleted", sourceIndex=owners[index], locked=True))
    ranked = [
        (
            [token for token, show in zip(alignment, shows, strict=True) if show],
            sum(slot[0][1] for slot in slots) / len(slots),
        )
    ]
    more = {}
    if options.get("beamWidth", 1) > 1:
        blanks = [
            row[BLANK].item() if held is None else 0.0 if held == BLANK else -torch.inf
            for row, held in zip(rows, fixed, strict=True)
        ]
        ranked = [(ids, value / len(slots)) for ids, value in prefix_beam(slots, blanks, options["beamWidth"])]
        more["beam"] = [
            {"length": len(ids), "text": "".join(map(tracer.text, ids)), "score": score, "chosen": rank == 0}
            for rank, (ids, score) in enumerate(ranked)
        ]
    tracer.step("predict", tokens, len(target), **more, stop="fixed")
    results = [{"ids": finish_output(ids, END, DROP, MASK), "score": score} for ids, score in ranked]
    return {**results[0], "stop": "fixed", **({"candidates": results} if len(results) > 1 else {})}


def prefix_beam(slots: list[list[tuple[int, float]]], blanks: list[float], width: int) -> list[tuple[list[int], float]]:
    """Probabilities of prefixes, alignments that end with the blank apart from those that do not;
    plain probabilities, scaled by slot.
    """
    beam = {(): (1.0, 0.0)}
    scale = 0.0
    for slot, blank in zip(slots, blanks, strict=True):
        following: dict[tuple[int, ...], list[float]] = {}
        for prefix, (ended, open_) in beam.items():
            here = following.setdefault(prefix, [0.0, 0.0])
            here[0] += (ended + open_) * _exp(blank)
            for token, log_probability in slot:
                if token == BLANK:
                    continue
                repeats = bool(prefix) and prefix[-1] == token
                if repeats:
                    here[1] += open_ * _exp(log_probability)
                following.setdefault((*prefix, token), [0.0, 0.0])[1] += (ended if repeats else ended + open_) * _exp(
                    log_probability
                )
        best = sorted((item for item in following.items() if sum(item[1]) > 0), key=lambda item: -sum(item[1]))[:width]
        most = sum(best[0][1])
        scale += torch.log(torch.tensor(most, dtype=torch.double)).item()
        beam = {prefix: (ended / most, open_ / most) for prefix, (ended, open_) in best}
    return [
        (list(prefix), scale + torch.log(torch.tensor(sum(value), dtype=torch.double)).item())
        for prefix, value in beam.items()
    ]


def _exp(value: float) -> float:
    return torch.tensor(value, dtype=torch.double).exp().item()


def imputer(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    owners, fixed = canvas(network, source, options)
    tracer.step("encode", given(tracer, source), len(source.ids) + 3)
    block = tracer.budget
    alignment = [MASK if held is None else held for held in fixed]
    sure: dict[int, float] = {}
    while MASK in alignment or not sure:
        rows = network.predict(
            source.tokens(), source.segments(), [BEGIN, *alignment, END], list(range(1, len(alignment) + 1))
        )
        written = {}
        for low in range(0, len(alignment), block):
            empty = [
                (choices(network, rows[i])[0], i)
                for i in range(low, min(low + block, len(alignment)))
                if alignment[i] == MASK
            ]
            if empty:
                (token, value), index = max(empty, key=lambda item: (item[0][1], -item[1]))
                written[index], sure[index] = token, value
        for index, token in written.items():
            alignment[index] = token
        done = MASK not in alignment
        shows = collapse(alignment, fixed)
        tokens = []
        for index, token in enumerate(alignment):
            more = {"sourceIndex": owners[index], **({} if fixed[index] is None else {"locked": True})}
            merged = done and not shows[index]
            if index in written:
                tokens.append(tracer.predicted(token, rows[index], "deleted" if merged else "new", **more))
            else:
                state = (
                    "masked" if token == MASK else "deleted" if merged else "kept" if fixed[index] is None else "given"
                )
                tokens.append(tracer.plain(token, state, **more))
        tracer.step("fill", tokens, len(alignment) + 2, **({"stop": "fixed"} if done else {}))
        if not sure:
            break
    output = [token for token, show in zip(alignment, collapse(alignment, fixed), strict=True) if show]
    return {
        "ids": finish_output(output, END, DROP, MASK),
        "score": sum(sure.values()) / len(sure) if sure else 0.0,
        "stop": "fixed",
    }
