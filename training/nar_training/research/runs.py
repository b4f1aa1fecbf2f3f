"""The training runs behind the claims. Several claims look at the same run, so each is trained once and kept.

Two runs start the whole: `minilm` and `random`, the conditional masked objective for START_STEPS. All others go on from
`minilm` of seed 1 for BRANCH_STEPS with their own objective and data order: a fair start, and minutes instead of hours.
"""

from dataclasses import dataclass
from pathlib import Path

import torch

from .. import checkpoint
from ..model import NarModel
from ..objectives.cmlm import cmlm_loss
from ..objectives.glat import glancing_ratio, glat_loss
from ..objectives.janus import WEIGHTS, janus_loss
from ..objectives.mist import mist_loss
from ..objectives.pairs import answers, best_tokens, masked_slots
from ..tokenizer import PAD
from .quora import LONGEST, Quora, batch_at, pairs_of, start_network
from .run import BATCH, Objective, Plan, load_checkpoint, train_variant

START_STEPS, BRANCH_STEPS, LAYERS = 400, 100, 3


@dataclass
class Run:
    objective: Objective
    start: str  # minilm, random, or the name of a run of seed 1
    static: bool = False


RUNS: dict[str, Run] = {
    "minilm": Run(lambda model, pairs, generator, spent: cmlm_loss(model, pairs, 0.3, generator), "minilm"),
    "random": Run(lambda model, pairs, generator, spent: cmlm_loss(model, pairs, 0.3, generator), "random"),
    "full-mask": Run(lambda model, pairs, generator, spent: mist_loss(model, pairs, "none"), "from-minilm"),
    "mist-static": Run(lambda model, pairs, generator, spent: mist_loss(model, pairs, "static"), "from-minilm", static=True),
    "mist-dynamic": Run(lambda model, pairs, generator, spent: mist_loss(model, pairs, "dynamic"), "from-minilm"),
    "glancing": Run(lambda model, pairs, generator, spent: glat_loss(model, pairs, glancing_ratio(spent), generator), "from-minilm"),
    "cmlm": Run(lambda model, pairs, generator, spent: cmlm_loss(model, pairs, 0.3, generator), "from-minilm"),
    "joint": Run(lambda model, pairs, generator, spent: janus_loss(model, pairs, WEIGHTS["joint"], None, generator), "from-minilm"),
    "janus": Run(lambda model, pairs, generator, spent: janus_loss(model, pairs, WEIGHTS["paper"], None, generator), "from-minilm"),
}


@torch.no_grad()
def stored_answers(model: NarModel, quora: Quora, plan: Plan) -> torch.Tensor:
    """Static pseudo-targets: one parallel pass of the start over every pair that the plan will see, [examples, LONGEST]."""
    model.eval()
    stored = torch.full((len(quora.train), LONGEST), PAD)
    for step in range(plan.steps):
        indices = batch_at(quora.train, step, BATCH, plan.seed)
        pairs = pairs_of(quora.train, indices)
        with torch.autocast("cpu", torch.bfloat16):
            rows, _ = answers(model, pairs, masked_slots(pairs))
            stored[indices, : pairs.target.shape[1]] = best_tokens(model, rows, pairs.real)
    return stored


def plan_of(name: str, seed: int, scale: float = 1.0) -> Plan:
    branch = RUNS[name].start == "from-minilm"
    steps = max(2, round(scale * (BRANCH_STEPS if branch else START_STEPS)))
    return Plan(steps, seed, body_rate=1e-4 if branch else 2e-4, new_rate=2e-4 if branch else 6e-4, dev_every=max(1, steps // 4))


def finished(name: str, seed: int, quora: Quora, folder: Path, scale: float = 1.0) -> tuple[NarModel, dict]:
    """The trained network of a run and its record; trains it, or the rest of it, when it is not there."""
    run, plan, path = RUNS[name], plan_of(name, seed, scale), folder / f"{name}-{seed}.pt"
    if path.exists():
        content = checkpoint.load(path, research=True)
        if content["record"]["step"] >= plan.steps:
            return load_checkpoint(path).eval(), content["record"]
    if run.start == "from-minilm":
        model, _ = finished("minilm", 1, quora, folder, scale)
    else:
        model = start_network(quora, run.start, LAYERS, seed)
    stored = stored_answers(model, quora, plan) if run.static else None
    return train_variant(model, quora, run.objective, plan, path, stored)
