"""Semi-autoregressive blocks, blockwise parallel decoding and JANUS's fallback (docs/decoders), without any cache."""

import math

import torch
from torch import Tensor

from ..tokenizer import BEGIN, DROP, END, MASK
from .generation import given, length_guesses, next_token, refinement
from .network import ReferenceNetwork, Source
from .steps import Tracer, finish_output

POSITIONS_LEFT_OUT = 1  # the last position is a query's


def usual_tokens(network: ReferenceNetwork, source: Source) -> int:
    return min(network.maximum_positions - POSITIONS_LEFT_OUT, 2 * len(source.ids) + 10)


def block_rows(network: ReferenceNetwork, source: Source, written: list[int], size: int, queries: int) -> Tensor:
    """Log-probabilities [queries, V] of the block after `written`, which came in blocks of `size`."""
    content = [BEGIN, *written]
    block = [0, *[index // size + 1 for index in range(len(written))], *[len(written)] * queries]
    positions = [*range(len(content)), *range(len(content), len(content) + queries)]
    order = torch.tensor(block[: len(content)] + [10**6] * queries)
    within = order[:, None] >= order[None, :]  # a block sees itself and what came before
    return network.predict(source.tokens(), source.segments(), [*content, *[MASK] * queries],
                           list(range(len(content), len(content) + queries)), positions, within)


def write_blocks(network: ReferenceNetwork, source: Source, tracer: Tracer, size: int, most: int) -> tuple[list[int], list[dict], str]:
    written: list[int] = []
    tokens: list[dict] = []
    while True:
        queries = min(size, most - len(tokens))
        content = 1 if not written else (len(written) - 1) % size + 1
        rows = block_rows(network, source, written, size, queries)
        best = rows.argmax(1).tolist()
        if END in best:
            best = best[: best.index(END) + 1]
        before = [{**token, "state": "kept", "alternatives": []} for token in tokens]
        new = [tracer.predicted(token, row, "new") for token, row in zip(best, rows, strict=False)]
        tokens += new
        written += [token for token in best if token != END]
        left = tracer.left - 1
        stop = "fixed" if END in best else "budget" if len(tokens) >= most or left == 0 else None
        tracer.step("predict", [*before, *new], content + queries, **({"stop": stop} if stop else {}))
        if stop:
            return written, tokens, stop


def semi_autoregressive(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    size = options.get("blockSize", 4)
    tracer.step("encode", given(tracer, source), len(source.ids) + 3)
    most = min(options.get("targetLength", math.inf), tracer.budget * size, network.maximum_positions - POSITIONS_LEFT_OUT)
    ids, tokens, stop = write_blocks(network, source, tracer, size, most)
    return {"ids": finish_output(ids, END, DROP, MASK), "score": mean(tokens), "stop": stop}


def mean(tokens: list[dict]) -> float:
    return sum(token["logProbability"] for token in tokens) / len(tokens)


def blockwise_parallel(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    """Verification asks the autoregressive mode token by token, without a cache: the definition of the method."""
    guesses = length_guesses(network, network.encode(source.tokens(), source.segments()).length, len(source.ids))
    length = options.get("targetLength", guesses[0]["length"])
    usual = max(usual_tokens(network, source), options.get("passes", 0))
    most = min(options.get("targetLength", math.inf), usual, network.maximum_positions - POSITIONS_LEFT_OUT)
    tracer.step("encode", given(tracer, source), len(source.ids) + 3, lengths=guesses[:9])
    ids: list[int] = []
    settled: list[dict] = []
    draft: list[int] = []
    blocks = 0
    while True:
        kept = [{**token, "state": "kept", "alternatives": []} for token in settled]
        if not draft and len(ids) + 1 < length and tracer.left >= 2:
            slots = range(len(ids) + 1, length + 1)
            rows = network.predict(source.tokens(), source.segments(), [BEGIN, *ids, *[MASK] * len(slots), END], list(slots))
            tokens = [tracer.predicted(int(row.argmax()), row, "new") for row in rows]
            tracer.step("propose", [*kept, *tokens], length + 2)
            draft = finish_output([token["id"] for token in tokens], END, DROP, MASK)
        proposed = draft[: min(options.get("blockSize", 8), most - len(settled) - 1)]
        block: list[dict] = []
        for index in range(len(proposed) + 1):
            row = next_token(network, source, [*ids, *proposed[:index]])
            own = int(row.argmax())
            agrees = index < len(proposed) and own == proposed[index]
            block.append(tracer.predicted(own, row, "kept" if agrees else "changed" if index < len(proposed) else "new"))
            if not agrees:
                break
        accepted = len(block) - 1
        refused = [tracer.plain(token, "deleted") for token in proposed[accepted:]]
        last = block[-1]["id"]
        draft = draft[accepted + 1:] if len(draft) > accepted and draft[accepted] == last else []
        settled += block
        blocks += 1
        ids += [token["id"] for token in block if token["id"] != END]
        stop = "fixed" if last == END else "budget" if len(settled) >= most or tracer.left - 1 == 0 else None
        tracer.step("verify", [*kept, *block[:-1], *refused, block[-1]], 2 * (len(proposed) + 1),
                    accepted={"tokens": len(block), "mean": len(settled) / blocks}, **({"stop": stop} if stop else {}))
        if stop:
            return {"ids": finish_output(ids, END, DROP, MASK), "score": mean(settled), "stop": stop}


def janus(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    """Mask-Predict with at most 4 passes and a beam of 5, re-ranked; left to right where the best draft is unsure."""
    budget, weight = tracer.budget, options.get("rerankWeight", 0.5)
    beam = options.get("lengthBeam", 5) if "targetLength" not in options else 1
    reranks = weight > 0 and beam > 1 and budget > 1
    tracer.budget = min(budget, 4 + reranks)
    result = refinement("mask-predict", network, source, {**options, "rerankWeight": weight}, tracer, 5)
    tracer.budget = budget
    longest = len(tracer.steps[-1]["tokens"])
    if math.exp(result["score"]) >= options.get("fallbackProbability", 0.1) or tracer.left <= longest:
        return result
    del tracer.steps[-1]["stop"]
    ids, tokens, stop = write_blocks(network, source, tracer, 1, min(options.get("targetLength", math.inf), usual_tokens(network, source)))
    if stop != "fixed":
        return {**result, "stop": stop}
    own = {"ids": finish_output(ids, END, DROP, MASK), "score": mean(tokens)}
    drafts = result.get("candidates", [{"ids": result["ids"], "score": result["score"]}])
    return {**own, "stop": "fixed", "candidates": [own, *drafts]}
