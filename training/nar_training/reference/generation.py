"""Mask-Predict, single pass and the autoregressive mode (docs/decoders), one candidate after the other."""

import torch
from torch import Tensor

from ..data.tokenizer import BEGIN, DROP, END, MASK
from .network import ReferenceNetwork, Source
from .sliced import REFRESH, SlicedDraft
from .steps import Tracer, finish_output


def given(tracer: Tracer, source: Source) -> list[dict]:
    return [tracer.plain(token, "given", sourceIndex=index) for index, token in enumerate(source.ids)]


def length_guesses(network: ReferenceNetwork, logits: Tensor, source_length: int) -> list[dict]:
    probabilities = torch.softmax(logits.double(), 0).tolist()
    guesses = [
        {"length": source_length + index - network.offset, "probability": p} for index, p in enumerate(probabilities)
    ]
    guesses = [guess for guess in guesses if 1 <= guess["length"] <= network.maximum_positions - 2]
    return sorted(guesses, key=lambda guess: (-guess["probability"], guess["length"]))


def autoregressive_score(network: ReferenceNetwork, source: Source, ids: list[int]) -> float:
    """Mean over y_1 … y_T <end>, token by token: each query alone with the content before it."""
    return sum(autoregressive_tokens(network, source, ids)) / (len(ids) + 1)


def autoregressive_tokens(network: ReferenceNetwork, source: Source, ids: list[int]) -> list[float]:
    return [next_token(network, source, ids[:place])[wanted].item() for place, wanted in enumerate([*ids, END])]


def scoring_chunks(network: ReferenceNetwork, longest: int) -> list[int]:
    """Tokens, `<end>` included, that each pass of a score takes: content and queries share the positions."""
    most, total = network.maximum_positions // 2, longest + 1
    return [min(most, total - start) for start in range(0, total, most)]


def reranked(
    tracer: Tracer,
    network: ReferenceNetwork,
    source: Source,
    ids: list[int],
    parallel: list[float],
    known: int | None = None,
) -> list[dict]:
    """The chosen draft with the log-probabilities of both modes at every token of the output,
    or at the first `known` ones.
    """
    output = finish_output(ids, END, DROP, MASK)
    scores = iter(autoregressive_tokens(network, source, output)[:known])
    tokens, shown = [], 0
    for slot, token in enumerate(ids):
        written = END not in ids[: slot + 1] and token not in (DROP, MASK) and (known is None or shown < known)
        shown += written
        modes = {"modes": {"autoregressive": next(scores), "nonAutoregressive": parallel[slot]}} if written else {}
        tokens.append(tracer.plain(token, "kept", **modes))
    return tokens


def next_token(network: ReferenceNetwork, source: Source, written: list[int]) -> Tensor:
    """Log-probabilities [V] of the token after `written`."""
    content = [BEGIN, *written]
    size = len(content) + 1
    within = torch.ones(size, size).tril().bool()  # content is causal, the query comes last and sees all of it
    return network.predict(source.tokens(), source.segments(), [*content, MASK], [size - 1], list(range(size)), within)[
        0
    ]


def refinement(
    system: str,
    network: ReferenceNetwork,
    source: Source,
    options: dict,
    tracer: Tracer,
    default_beam: int,
    most_passes: int | None = None,
) -> dict:
    heads = network.encode(source.tokens(), source.segments())
    guesses = length_guesses(network, heads.length, len(source.ids))
    if "draft" in options:
        drafts = [list(options["draft"])]
    elif "targetLength" in options:
        drafts = [[MASK] * options["targetLength"]]
    else:
        drafts = [[MASK] * guess["length"] for guess in guesses[: options.get("lengthBeam", default_beam)]]
    tracer.step("encode", given(tracer, source), len(source.ids) + 3, lengths=guesses[:9])
    weight = options.get("rerankWeight", 0)
    scoring = len(scoring_chunks(network, max(map(len, drafts))))
    rerank = weight > 0 and len(drafts) > 1 and tracer.budget > scoring
    passes = min(tracer.budget - rerank * scoring, (most_passes or tracer.budget)) if system == "mask-predict" else 1
    sliced = [SlicedDraft(network, source) for _ in drafts] if options.get("exact") is False else None
    frozen = [[token != MASK for token in draft] for draft in drafts]
    sure = [[0.0] * len(draft) for draft in drafts]
    earlier: list[list[int | None]] = [[None] * len(draft) for draft in drafts]
    scores: list[float] = []
    shown: list[list[dict]] = []
    width = max(len(draft) for draft in drafts) + 2
    for number in range(1, passes + 1):
        shown = []
        for at, (draft, certain, kept, before) in enumerate(zip(drafts, sure, frozen, earlier, strict=True)):
            slots = [index for index, token in enumerate(draft) if token == MASK]
            tokens = [tracer.plain(token, "given" if kept[index] else "kept") for index, token in enumerate(draft)]
            for index, token in enumerate(tokens):
                token["logProbability"] = certain[index]
            asked = [slot + 1 for slot in slots]
            if sliced:  # a finished draft stays in the batch, and what its last pass wrote is computed
                rows = sliced[at].predict([BEGIN, *draft, END], asked, number)
            elif slots:
                rows = network.predict(source.tokens(), source.segments(), [BEGIN, *draft, END], asked)
            if slots:
                for slot, row in zip(slots, rows, strict=True):
                    draft[slot] = int(row.argmax())
                    certain[slot] = row[draft[slot]].item()
                    state = "new" if before[slot] is None else "kept" if before[slot] == draft[slot] else "changed"
                    before[slot] = draft[slot]
                    tokens[slot] = tracer.predicted(draft[slot], row, state)
            shown.append(tokens)
        scores = [mean_free(certain, kept) for certain, kept in zip(sure, frozen, strict=True)]
        best = scores.index(max(scores))
        masks = [worst(certain, kept, number, passes) for certain, kept in zip(sure, frozen, strict=True)]
        last = not any(masks)
        more = beam(tracer, drafts, scores, best)
        queries = max(2, *(one.computed for one in sliced)) if sliced and number % REFRESH != 1 else width
        tracer.step(
            "predict", shown[best], queries * len(drafts), **more, **({"stop": "fixed"} if last and not rerank else {})
        )
        if last:
            break
        for draft, slots in zip(drafts, masks, strict=True):
            for slot in slots:
                draft[slot] = MASK
    if rerank:
        outputs = [finish_output(draft, END, DROP, MASK) for draft in drafts]
        *chunks, last_chunk = scoring_chunks(network, max(map(len, outputs)))
        for index, size in enumerate(chunks):
            leading = scores.index(max(scores))
            tracer.step(
                "rerank",
                reranked(tracer, network, source, drafts[leading], sure[leading], sum(chunks[: index + 1])),
                2 * size * len(drafts),
                **beam(tracer, drafts, scores, leading),
            )
        scores = [
            weight * autoregressive_score(network, source, output) + (1 - weight) * score
            for output, score in zip(outputs, scores, strict=True)
        ]
        best = scores.index(max(scores))
        tracer.step(
            "rerank",
            reranked(tracer, network, source, drafts[best], sure[best]),
            2 * last_chunk * len(drafts),
            **beam(tracer, drafts, scores, best),
            stop="fixed",
        )
    ranked = sorted(zip(scores, drafts, strict=True), key=lambda pair: -pair[0])
    results = [{"ids": finish_output(draft, END, DROP, MASK), "score": score} for score, draft in ranked]
    return {
        "ids": results[0]["ids"],
        "score": results[0]["score"],
        "stop": "fixed",
        **({"candidates": results} if len(results) > 1 else {}),
    }


def worst(certain: list[float], kept: list[bool], number: int, passes: int) -> list[int]:
    free = [index for index in range(len(certain)) if not kept[index]]
    count = len(free) * (passes - number) // passes
    return sorted(sorted(free, key=lambda index: (certain[index], index))[:count])


def mean_free(certain: list[float], kept: list[bool]) -> float:
    free = [value for value, is_kept in zip(certain, kept, strict=True) if not is_kept]
    return sum(free) / len(free) if free else 0.0


def beam(tracer: Tracer, drafts: list[list[int]], scores: list[float], best: int) -> dict:
    if len(drafts) < 2:
        return {}
    return {
        "beam": [
            {"length": len(draft), "text": "".join(map(tracer.text, draft)), "score": score, "chosen": index == best}
            for index, (draft, score) in enumerate(zip(drafts, scores, strict=True))
        ]
    }


def autoregressive(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    tracer.step("encode", given(tracer, source), len(source.ids) + 3)
    draft = options.get("draft", [])
    written = draft[: draft.index(MASK)] if MASK in draft else list(draft)
    prefix = [
        tracer.plain(token, "given", **({"locked": True} if place in options.get("lockedDraft", []) else {}))
        for place, token in enumerate(written)
    ]
    tokens: list[dict] = []
    while True:
        row = next_token(network, source, written)
        token = int(row.argmax())
        before = [{**earlier, "state": "kept", "alternatives": []} for earlier in tokens]
        tokens.append(tracer.predicted(token, row, "new"))
        stop = "fixed" if token == END else "budget" if len(tokens) >= tracer.budget else None
        tracer.step(
            "predict",
            [*prefix, *before, tokens[-1]],
            2 + len(prefix) * (len(tokens) == 1),
            **({"stop": stop} if stop else {}),
        )
        if stop:
            ids = written if token == END else [*written, token]
            score = sum(item["logProbability"] for item in tokens) / len(tokens)
            return {"ids": finish_output(ids, END, DROP, MASK), "score": score, "stop": stop}
        written.append(token)
