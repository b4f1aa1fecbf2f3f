"""CRF layer and n-gram fusion over the eight best tokens of each slot (docs/decoders/crf.md, ngram-fusion.md)."""

from itertools import pairwise, product

import numpy as np
import torch

from ..data.tokenizer import BEGIN, DROP, END, MASK
from ..package.ngrams import NgramTable
from .generation import given, length_guesses
from .network import ReferenceNetwork, Source
from .steps import Tracer, finish_output

Slots = list[list[tuple[int, float]]]


def lattice_pass(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer, choose) -> dict:
    guesses = length_guesses(network, network.encode(source.tokens(), source.segments()).length, len(source.ids))
    draft = list(options["draft"]) if "draft" in options else [MASK] * options.get("targetLength", guesses[0]["length"])
    tracer.step("encode", given(tracer, source), len(source.ids) + 3, lengths=guesses[:9])
    rows = network.predict(source.tokens(), source.segments(), [BEGIN, *draft, END], list(range(1, len(draft) + 1)))
    slots: Slots = []
    for token, row in zip(draft, rows, strict=True):
        best, ids = torch.topk(row, network.candidates)
        slots.append(list(zip(ids.tolist(), best.tolist(), strict=True)) if token == MASK else [(token, 0.0)])
    path, marginals = choose(slots)
    tokens, certain = [], []
    for index, (token, row) in enumerate(zip(draft, rows, strict=True)):
        if token != MASK:
            tokens.append(tracer.plain(token, "given"))
            continue
        more = {} if marginals is None else {"marginals": marginals[index]}
        tokens.append(tracer.predicted(path[index], row, "new", **more))
        certain.append(row[path[index]].item())
    tracer.step("predict", tokens, len(draft) + 2, stop="fixed")
    return {"ids": finish_output(path, END, DROP, MASK), "score": sum(certain) / len(certain), "stop": "fixed"}


def crf(left: np.ndarray, right: np.ndarray):
    """The layer with E1 and E2 [vocabulary, rank]."""

    def choose(slots: Slots) -> tuple[list[int], list[list[float]]]:
        ids = [[token for token, _ in slot] for slot in slots]
        scores = [torch.tensor([score for _, score in slot], dtype=torch.double) for slot in slots]
        between = [torch.tensor(left[a].astype(np.float64) @ right[b].astype(np.float64).T) for a, b in pairwise(ids)]
        forward, best, back = [scores[0]], scores[0], []
        for matrix, score in zip(between, scores[1:], strict=True):
            forward.append(torch.logsumexp(forward[-1][:, None] + matrix, 0) + score)
            reached = best[:, None] + matrix
            back.append(reached.argmax(0))
            best = reached.max(0).values + score
        backward = [torch.zeros(len(ids[-1]), dtype=torch.double)]
        for matrix, score in zip(reversed(between), reversed(scores[1:]), strict=True):
            backward.insert(0, torch.logsumexp(matrix + (score + backward[0])[None], 1))
        total = torch.logsumexp(forward[-1], 0)
        at = int(best.argmax())
        path = [at]
        for pointers in reversed(back):
            at = int(pointers[at])
            path.insert(0, at)
        marginals = [(f + b - total).exp().tolist() for f, b in zip(forward, backward, strict=True)]
        return [slot[index] for slot, index in zip(ids, path, strict=True)], marginals

    return lambda network, source, options, tracer: lattice_pass(network, source, options, tracer, choose)


def ngram_fusion(table: NgramTable):
    def decode(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
        weight = options.get("languageModelWeight", 0.4)

        def choose(slots: Slots) -> tuple[list[int], None]:
            beam: list[tuple[float, list[int]]] = [(0.0, [])]
            for slot in slots:
                best: dict[tuple[int, ...], tuple[float, list[int]]] = {}
                for (score, path), (token, own) in product(beam, slot):
                    before = [END, *[earlier for earlier in path if earlier != DROP]]
                    reached = score + own + (0 if token == DROP else weight * table.log_score(before, token))
                    state = tuple([*before, *([] if token == DROP else [token])][-2:])
                    if state not in best or best[state][0] < reached:
                        best[state] = (reached, [*path, token])
                beam = sorted(best.values(), key=lambda item: -item[0])[:8]
            return beam[0][1], None

        return lattice_pass(network, source, options, tracer, choose)

    return decode
