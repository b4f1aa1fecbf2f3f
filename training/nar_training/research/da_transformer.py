"""One pass, and ways to be free of the one-slot-one-token loss: none (`one-pass`), CRF, CTC, Imputer,
directed acyclic transformer.

All go on from the run `minilm` of seed 1 for the same steps over the same pairs in the same order. Links and
transitions train inside the network here (`model.links`, `model.transition`), so that they are kept, scheduled and
clipped like any other new head.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.tokenizer import DROP, END, MASK, PAD
from ..network import checkpoint
from ..network.model import Configuration, NarModel
from ..objectives import crf, ctc, imputer, mist
from ..objectives import da_transformer as dag
from ..objectives.glat import glancing_ratio
from ..objectives.pairs import Pairs, answers, draft_stream, forward, masked_slots, source_stream
from ..reference.da_transformer import find_path
from . import decode, runs
from .quora import Quora
from .run import Objective, Plan, train_variant

STEPS = 400
SEARCHES: dict[str, dict] = {
    "greedy": {"pathSearch": "greedy"},
    "lookahead": {"pathSearch": "lookahead"},
    **{f"Viterbi, β = {beta}": {"pathSearch": "viterbi", "lengthPenalty": beta} for beta in (0, 1)},
}

OBJECTIVES: dict[str, Objective] = {
    "one-pass": lambda model, pairs, generator, spent: mist.mist_loss(model, pairs, mist.MIST["full-mask"]),
    "crf": lambda model, pairs, generator, spent: crf.crf_loss(model, model.transition, pairs),
    "ctc": lambda model, pairs, generator, spent: ctc.ctc_loss(model, pairs),
    "imputer": lambda model, pairs, generator, spent: imputer.imputer_loss(model, pairs, generator),
    "da-transformer": lambda model, pairs, generator, spent: dag.da_transformer_loss(
        model, model.links, pairs, glancing_ratio(spent, 0.5, 0.1), generator
    ),
}


def finished(name: str, seed: int, quora: Quora, folder: Path, scale: float) -> tuple[NarModel, dict]:
    """The trained network and its record; trains it, or the rest of it, when it is not there."""
    plan, path = Plan(max(2, round(scale * STEPS)), seed, runs.BATCH, warmup=15), folder / f"dag-{name}-{seed}.pt"
    if path.exists():
        model = NarModel(Configuration(**checkpoint.load(path, research=True)["configuration"]))
    else:
        model, _ = runs.finished("minilm", 1, quora, folder, scale)
    if name == "da-transformer":
        torch.manual_seed(seed)
        model.links = dag.Links(model.configuration.width)
    if name == "crf":
        torch.manual_seed(seed)
        model.transition = crf.Transition(model.configuration.vocabulary)
    return train_variant(model, quora, OBJECTIVES[name], plan, path)  # a finished run is read and takes no further step


def write_ctc(model: NarModel, blank: Pairs) -> list[list[int]]:
    logits, counts = ctc.ctc_logits(model, blank)
    places = torch.arange(logits.shape[1])
    return ctc.collapse(logits.argmax(2).masked_fill(places >= counts[:, None], PAD))


def write_crf(model: NarModel, blank: Pairs, candidates: int = 8) -> list[list[int]]:
    """Viterbi over the best tokens of each slot, as src/decode/lattice/crf.ts; the length is given."""
    rows, _ = answers(model, blank, masked_slots(blank))
    emissions = torch.log_softmax(model.token_logits(rows).float(), 2)
    best = crf.best_candidates(emissions, candidates)
    path, _ = crf.viterbi(*crf.beam_scores(emissions, model.transition, best), blank.real)
    tokens = best.gather(2, path[:, :, None])[:, :, 0].masked_fill(~blank.real, PAD)
    return tokens.tolist()


def write_imputer(passes: int):
    """In every block of `passes` slots the surest one is filled, pass after pass, as src/decode/lattice/imputer.ts."""

    def decoder(model: NarModel, blank: Pairs) -> list[list[int]]:
        canvas, counts = ctc.upsampled(blank)
        inside = canvas != PAD
        alignment = torch.where(inside, MASK, PAD)
        for _ in range(passes):
            empty = alignment == MASK
            _, draft = forward(model, [source_stream(blank.source, blank.segments), draft_stream(alignment, counts)])
            sure, symbols = torch.log_softmax(ctc.logits_with_blank(model, draft[:, 1:-1]).float(), 2).max(2)
            padded = F.pad(
                sure.masked_fill(~empty, -torch.inf), (0, -sure.shape[1] % passes), value=-torch.inf
            ).unflatten(1, (-1, passes))
            surest = (
                torch.zeros_like(padded, dtype=torch.bool)
                .scatter(2, padded.argmax(2, keepdim=True), True)
                .flatten(1)[:, : sure.shape[1]]
            )
            alignment = torch.where(surest & empty, symbols, alignment)
        return ctc.collapse(alignment)

    return decoder


def write_dag(options: dict):
    """Path search as the reference decoder does it, row by row, over one batched pass."""

    def decoder(model: NarModel, blank: Pairs) -> list[list[int]]:
        links = model.links
        counts = dag.vertex_counts(blank, links.upsampling, model.configuration.maximum_positions)
        slots = torch.where(torch.arange(int(counts.max())) < counts[:, None], MASK, PAD)
        transitions, logits = dag.graph(model, links, blank, slots, counts)
        log_probs = torch.log_softmax(logits, 2)
        log_probs[:, :, [END, DROP]] = -torch.inf  # as the decoders: they mean nothing on a vertex
        certain, tokens = log_probs.max(2)
        return [
            row(transitions[index, : count + 2, : count + 2], certain[index, :count], tokens[index, :count])
            for index, count in enumerate(counts.tolist())
        ]

    def row(transitions: Tensor, certain: Tensor, tokens: Tensor) -> list[int]:
        table = transitions.double().masked_fill(transitions <= dag.IMPOSSIBLE, -torch.inf).numpy()
        emissions = F.pad(certain, (1, 1)).double().numpy()
        return tokens[torch.tensor(find_path(table, emissions, options)) - 1].tolist()

    return decoder


def decoders_of(name: str) -> dict:
    if name == "ctc":
        return {"1 pass": write_ctc}
    if name == "crf":
        return {
            "1 pass, each slot alone": lambda model, blank: decode.mask_predict(model, blank, 1).tolist(),
            "1 pass, Viterbi": write_crf,
        }
    if name == "imputer":
        return {f"{passes} pass{'es' if passes > 1 else ''}": write_imputer(passes) for passes in (1, 2, 4, 8)}
    if name == "da-transformer":
        return {label: write_dag(options) for label, options in SEARCHES.items()}
    return {
        f"{passes} pass{'es' if passes > 1 else ''}": (
            lambda model, blank, passes=passes: decode.mask_predict(model, blank, passes).tolist()
        )
        for passes in (1, 4)
    }
