"""One pass, three ways to be free of the one-slot-one-token loss: none (`one-pass`), CTC, and the directed acyclic transformer.

All go on from the run `minilm` of seed 1 for the same steps over the same pairs in the same order. The links train inside
the network here (`model.links`), so that they are kept, scheduled and clipped like any other new head.
"""

from pathlib import Path

import torch
from torch import Tensor

from .. import checkpoint
from ..decode_reference.da_transformer import find_path
from ..model import Configuration, NarModel
from ..objectives import ctc, mist
from ..objectives import da_transformer as dag
from ..objectives.glat import glancing_ratio
from ..objectives.pairs import Pairs
from ..tokenizer import DROP, END, MASK, PAD
from . import decode, runs
from .quora import Quora
from .run import Objective, Plan, train_variant

STEPS = 400
SEARCHES: dict[str, dict] = {"greedy": {"pathSearch": "greedy"}, "lookahead": {"pathSearch": "lookahead"},
                             **{f"Viterbi, β = {beta}": {"pathSearch": "viterbi", "lengthPenalty": beta} for beta in (0, 1)}}

OBJECTIVES: dict[str, Objective] = {
    "one-pass": lambda model, pairs, generator, spent: mist.mist_loss(model, pairs, "none"),
    "ctc": lambda model, pairs, generator, spent: ctc.ctc_loss(model, pairs),
    "da-transformer": lambda model, pairs, generator, spent: dag.da_transformer_loss(
        model, model.links, pairs, glancing_ratio(spent, 0.5, 0.1), generator),
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
    return train_variant(model, quora, OBJECTIVES[name], plan, path)  # a finished run is read and takes no further step


def write_ctc(model: NarModel, blank: Pairs) -> list[list[int]]:
    logits, counts = ctc.ctc_logits(model, blank)
    places = torch.arange(logits.shape[1])
    return ctc.collapse(logits.argmax(2).masked_fill(places >= counts[:, None], PAD))


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
        return [row(transitions[index, : count + 2, : count + 2], certain[index, :count], tokens[index, :count])
                for index, count in enumerate(counts.tolist())]

    def row(transitions: Tensor, certain: Tensor, tokens: Tensor) -> list[int]:
        table = transitions.double().masked_fill(transitions <= dag.IMPOSSIBLE, -torch.inf).numpy()
        emissions = torch.nn.functional.pad(certain, (1, 1)).double().numpy()
        return tokens[torch.tensor(find_path(table, emissions, options)) - 1].tolist()

    return decoder


def decoders_of(name: str) -> dict:
    if name == "ctc":
        return {"1 pass": write_ctc}
    if name == "da-transformer":
        return {label: write_dag(options) for label, options in SEARCHES.items()}
    return {f"{passes} pass{'es' if passes > 1 else ''}": (lambda model, blank, passes=passes: decode.mask_predict(model, blank, passes).tolist()) for passes in (1, 4)}
