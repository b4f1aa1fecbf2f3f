"""Noisy parallel decoding and BANG's termination (docs/decoders): one pass, then a choice."""

import torch

from ..data.tokenizer import BEGIN, DROP, END, MASK
from .generation import (
    autoregressive_score,
    beam,
    given,
    length_guesses,
    reranked,
    scoring_chunks,
)
from .network import ReferenceNetwork, Source
from .random import Random
from .steps import Tracer, finish_output


def noisy_parallel(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    guesses = length_guesses(network, network.encode(source.tokens(), source.segments()).length, len(source.ids))
    tracer.step("encode", given(tracer, source), len(source.ids) + 3, lengths=guesses[:9])
    random, count = Random(options.get("seed", 0)), options.get("lengthBeam", 5)
    lengths = [options.get("targetLength", guesses[0]["length"])]
    total = sum(guess["probability"] for guess in guesses)
    while len(lengths) < count:
        if "targetLength" in options:
            lengths.append(lengths[0])
            continue
        wanted, reached = random.next() * total, 0.0
        for guess in guesses:
            reached += guess["probability"]
            if wanted < reached:
                lengths.append(guess["length"])
                break
    rows = {
        length: network.predict(
            source.tokens(), source.segments(), [BEGIN, *[MASK] * length, END], list(range(1, length + 1))
        )
        for length in lengths
    }
    samples, drawn = [], set()
    for length in lengths:
        tokens = []
        for row in rows[length]:
            (best, second), ids = torch.topk(row.exp().double(), 2)
            takes_second = length in drawn and best < 0.9 and random.next() < (second / (best + second)).item()
            tokens.append(tracer.predicted(int(ids[1 if takes_second else 0]), row, "new"))
        drawn.add(length)
        samples.append(tokens)
    scores = [sum(token["logProbability"] for token in tokens) / len(tokens) for tokens in samples]
    ids = [[token["id"] for token in tokens] for tokens in samples]
    weight = options.get("rerankWeight", 1)
    outputs = [finish_output(sample, END, DROP, MASK) for sample in ids]
    *chunks, last_chunk = scoring_chunks(network, max(map(len, outputs)))
    reranks = weight > 0 and count > 1 and tracer.budget > 1 + len(chunks)
    best = scores.index(max(scores))
    tracer.step(
        "predict",
        samples[best],
        len(rows) * (max(lengths) + 2),
        **beam(tracer, ids, scores, best),
        **({} if reranks else {"stop": "fixed"}),
    )
    if reranks:
        parallel = [token["logProbability"] for token in samples[best]]
        for index, size in enumerate(chunks):
            tracer.step(
                "rerank",
                reranked(tracer, network, source, ids[best], parallel, sum(chunks[: index + 1])),
                2 * size * count,
                **beam(tracer, ids, scores, best),
            )
        scores = [
            weight * autoregressive_score(network, source, output) + (1 - weight) * score
            for output, score in zip(outputs, scores, strict=True)
        ]
        best = scores.index(max(scores))
        parallel = [token["logProbability"] for token in samples[best]]
        tracer.step(
            "rerank",
            reranked(tracer, network, source, ids[best], parallel),
            2 * last_chunk * count,
            **beam(tracer, ids, scores, best),
            stop="fixed",
        )
    ranked = sorted(zip(scores, ids, strict=True), key=lambda pair: -pair[0])
    results = [{"ids": finish_output(sample, END, DROP, MASK), "score": score} for score, sample in ranked]
    return {**results[0], "stop": "fixed", **({"candidates": results} if count > 1 else {})}


def bang(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    """All slots of the bucket, nothing behind them; the text ends where the network says so."""
    guesses = length_guesses(network, network.encode(source.tokens(), source.segments()).length, len(source.ids))
    tracer.step("encode", given(tracer, source), len(source.ids) + 3, lengths=guesses[:9])
    slots = options.get("targetLength", min(network.maximum_positions - 2, 16 * -(-(len(source.ids) + 1) // 16)))
    rows = network.predict(source.tokens(), source.segments(), [BEGIN, *[MASK] * slots], list(range(1, slots + 1)))
    tokens = [tracer.predicted(int(row.argmax()), row, "new") for row in rows]
    ids = [token["id"] for token in tokens]
    counted = tokens[: ids.index(END) + 1] if END in ids else tokens
    tracer.step("predict", tokens, slots + 1, stop="fixed")
    return {
        "ids": finish_output(ids, END, DROP, MASK),
        "score": sum(token["logProbability"] for token in counted) / len(counted),
        "stop": "fixed",
    }
