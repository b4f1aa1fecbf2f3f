"""Semi-autoregressive blocks, blockwise parallel decoding and JANUS's fallback (docs/decoders), without any cache."""

import math

import torch
from torch import Tensor

from ..data.tokenizer import BEGIN, DROP, END, MASK
from .generation import given, length_guesses, next_token, refinement
from .network import ReferenceNetwork, Source
from .steps import Tracer, finish_output

POSITIONS_LEFT_OUT = 1  # the last position is a query's


def usual_tokens(network: ReferenceNetwork, source: Source, given_tokens: int = 0) -> int:
    return min(network.maximum_positions - POSITIONS_LEFT_OUT, max(2 * len(source.ids), given_tokens) + 10)


def given_prefix(options: dict) -> list[tuple[int, int]]:
    """Tokens of the draft before its first `<mask>`, with their places; a given `<end>` is the last one."""
    prefix: list[tuple[int, int]] = []
    for place, token in enumerate(options.get("draft", [])):
        if token == MASK:
            break
        if token != DROP:
            prefix.append((place, token))
        if token == END:
            break
    return prefix


def shown_prefix(tracer: Tracer, options: dict, prefix: list[tuple[int, int]]) -> list[dict]:
    locked = options.get("lockedDraft", [])
    return [tracer.plain(token, "given", **({"locked": True} if place in locked else {})) for place, token in prefix]


def block_rows(
    network: ReferenceNetwork, source: Source, written: list[int], size: int, queries: int, given_tokens: int
) -> Tensor:
    """Log-probabilities [queries, V] of the block after `written`, which came in blocks of `size`;
    so did the given tokens before.
    """
    content = [BEGIN, *written]
    given_blocks = math.ceil(given_tokens / size)
    block = [
        0,
        *[
            index // size + 1 if index < given_tokens else given_blocks + (index - given_tokens) // size + 1
            for index in range(len(written))
        ],
    ]
    positions = [*range(len(content)), *range(len(content), len(content) + queries)]
    order = torch.tensor(block + [10**6] * queries)
    within = order[:, None] >= order[None, :]  # a block sees itself and what came before
    return network.predict(
        source.tokens(),
        source.segments(),
        [*content, *[MASK] * queries],
        list(range(len(content), len(content) + queries)),
        positions,
        within,
    )


def write_blocks(
    network: ReferenceNetwork, source: Source, tracer: Tracer, size: int, most: int, prefix: list[dict] | None = None
) -> tuple[list[int], list[dict], str]:
    prefix = prefix or []
    written = [token["id"] for token in prefix]
    tokens: list[dict] = []
    while True:
        queries = min(size, most - len(tokens))
        behind = len(written) - len(prefix)  # tokens that this run has written
        content = 1 + len(prefix) if behind == 0 else (behind - 1) % size + 1
        rows = block_rows(network, source, written, size, queries, len(prefix))
        best = rows.argmax(1).tolist()
        if END in best:
            best = best[: best.index(END) + 1]
        before = [{**token, "state": "kept", "alternatives": []} for token in tokens]
        new = [tracer.predicted(token, row, "new") for token, row in zip(best, rows, strict=False)]
        tokens += new
        written += [token for token in best if token != END]
        left = tracer.left - 1
        stop = "fixed" if END in best else "budget" if len(tokens) >= most or left == 0 else None
        tracer.step("predict", [*prefix, *before, *new], content + queries, **({"stop": stop} if stop else {}))
        if stop:
            return written, tokens, stop


def semi_autoregressive(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    size = options.get("blockSize", 4)
    prefix = shown_prefix(tracer, options, given_prefix(options))
    most = min(
        min(options.get("targetLength", math.inf), network.maximum_positions - POSITIONS_LEFT_OUT) - len(prefix),
        tracer.budget * size,
    )
    finished = most < 1 or (prefix and prefix[-1]["id"] == END)
    tracer.step("encode", given(tracer, source), len(source.ids) + 3, **({"stop": "empty"} if finished else {}))
    if finished:
        return {"ids": finish_output([token["id"] for token in prefix], END, DROP, MASK), "score": 0.0, "stop": "empty"}
    ids, tokens, stop = write_blocks(network, source, tracer, size, most, prefix)
    return {"ids": finish_output(ids, END, DROP, MASK), "score": mean(tokens), "stop": stop}


def mean(tokens: list[dict]) -> float:
    return sum(token["logProbability"] for token in tokens) / len(tokens)


def blockwise_parallel(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    """Verification asks the autoregressive mode token by token, without a cache: the definition of the method."""
    guesses = length_guesses(network, network.encode(source.tokens(), source.segments()).length, len(source.ids))
    length = options.get("targetLength", guesses[0]["length"])
    prefix = shown_prefix(tracer, options, given_prefix(options))
    usual = max(usual_tokens(network, source, len(prefix)) - len(prefix), options.get("passes", 0))
    most = min(
        min(options.get("targetLength", math.inf), network.maximum_positions - POSITIONS_LEFT_OUT) - len(prefix), usual
    )
    ids = [token["id"] for token in prefix]
    finished = most < 1 or (ids and ids[-1] == END)
    tracer.step(
        "encode",
        given(tracer, source),
        len(source.ids) + 3,
        lengths=guesses[:9],
        **({"stop": "empty"} if finished else {}),
    )
    if finished:
        return {"ids": finish_output(ids, END, DROP, MASK), "score": 0.0, "stop": "empty"}
    settled: list[dict] = []
    draft: list[int] = []
    blocks = 0
    while True:
        kept = [*prefix, *[{**token, "state": "kept", "alternatives": []} for token in settled]]
        first = len(ids) if blocks == 0 else 0  # the prefix goes in with the first verify pass
        if not draft and len(ids) + 1 < length and tracer.left >= 2:
            slots = range(len(ids) + 1, length + 1)
            rows = network.predict(
                source.tokens(), source.segments(), [BEGIN, *ids, *[MASK] * len(slots), END], list(slots)
            )
            tokens = [tracer.predicted(int(row.argmax()), row, "new") for row in rows]
            tracer.step("propose", [*kept, *tokens], length + 2)
            draft = finish_output([token["id"] for token in tokens], END, DROP, MASK)
        proposed = draft[
            : min(options.get("blockSize", 8), most - len(settled) - 1, (network.maximum_positions - first) // 2 - 1)
        ]
        block: list[dict] = []
        for index in range(len(proposed) + 1):
            row = next_token(network, source, [*ids, *proposed[:index]])
            own = int(row.argmax())
            agrees = index < len(proposed) and own == proposed[index]
            block.append(
                tracer.predicted(own, row, "kept" if agrees else "changed" if index < len(proposed) else "new")
            )
            if not agrees:
                break
        accepted = len(block) - 1
        refused = [tracer.plain(token, "deleted") for token in proposed[accepted:]]
        last = block[-1]["id"]
        draft = draft[accepted + 1 :] if len(draft) > accepted and draft[accepted] == last else []
        settled += block
        blocks += 1
        ids += [token["id"] for token in block if token["id"] != END]
        stop = "fixed" if last == END else "budget" if len(settled) >= most or tracer.left - 1 == 0 else None
        tracer.step(
            "verify",
            [*kept, *block[:-1], *refused, block[-1]],
            first + 2 * (len(proposed) + 1),
            accepted={"tokens": len(block), "mean": len(settled) / blocks},
            **({"stop": stop} if stop else {}),
        )
        if stop:
            return {"ids": finish_output(ids, END, DROP, MASK), "score": mean(settled), "stop": stop}


def janus(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    """Mask-Predict with at most 4 passes and a beam of 5, re-ranked; left to right where the best draft is unsure."""
    result = refinement("mask-predict", network, source, {"rerankWeight": 0.5, **options}, tracer, 5, 4)
    longest = len(tracer.steps[-1]["tokens"])
    if (
        "draft" in options
        or math.exp(result["score"]) >= options.get("fallbackProbability", 0.1)
        or tracer.left <= longest
    ):
        return result
    del tracer.steps[-1]["stop"]
    ids, tokens, stop = write_blocks(
        network, source, tracer, 1, min(options.get("targetLength", math.inf), usual_tokens(network, source))
    )
    if stop != "fixed":
        return {**result, "stop": stop}
    own = {"ids": finish_output(ids, END, DROP, MASK), "score": mean(tokens)}
    drafts = result.get("candidates", [{"ids": result["ids"], "score": result["score"]}])
    return {**own, "stop": "fixed", "candidates": [own, *drafts]}
