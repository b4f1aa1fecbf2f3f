"""The training runs behind the claims. Several claims look at the same run, so each is trained once and kept.

`minilm` learns the conditional masked objective for START_STEPS. The others go on from it (seed 1) for BRANCH_STEPS
with their own objective, in the same order of the data within a seed: a fair start, paired differences, and minutes
instead of hours. `minilm-short` and `random` ask only what the pre-trained start is worth.
"""

from dataclasses import dataclass
from pathlib import Path

import torch

from ..data.tokenizer import PAD
from ..network import checkpoint
from ..network.model import NarModel
from ..objectives.cmlm import cmlm_loss
from ..objectives.glat import glancing_ratio, glat_loss
from ..objectives.janus import JANUS, janus_loss
from ..objectives.mist import MIST, mist_loss
from ..objectives.pairs import answers, best_tokens, masked_slots
from .quora import LONGEST, Quora, batch_at, pairs_of, start_network
from .run import Objective, Plan, check_recipe, half_precision, load_checkpoint, train_variant

START_STEPS, BRANCH_STEPS, SHORT_STEPS, LAYERS = 400, 100, 60, 3
START_BATCH, BATCH = 64, 32  # pairs a step


@dataclass
class Run:
    objective: Objective
    start: str  # minilm, random, or "branch": the run `minilm` of seed 1
    static: bool = False
    average: int = 0  # checkpoints, as Plan.average
    recipe: str = "pooled lengths"  # a stored run of another recipe is not this run


AVERAGED = 5  # JANUS, section 4.2


def mist_run(name: str) -> Run:
    """A setting of objectives/mist.py, in the layout of the common start."""
    options = MIST[name]
    return Run(
        lambda model, pairs, generator, spent: mist_loss(model, pairs, options, generator),
        "branch",
        static=options.mixing == "static",
        recipe=f"{options}, pooled lengths",
    )


def janus_run(name: str) -> Run:
    """A setting of objectives/janus.py."""
    options = JANUS[name]
    return Run(
        lambda model, pairs, generator, spent: janus_loss(model, pairs, options, None, generator),
        "branch",
        average=AVERAGED,
        recipe=f"{options}, pooled lengths",
    )


RUNS: dict[str, Run] = {
    "minilm": Run(lambda model, pairs, generator, spent: cmlm_loss(model, pairs, 0.3, generator), "minilm"),
    "minilm-short": Run(lambda model, pairs, generator, spent: cmlm_loss(model, pairs, 0.3, generator), "minilm"),
    "random": Run(lambda model, pairs, generator, spent: cmlm_loss(model, pairs, 0.3, generator), "random"),
    "full-mask": mist_run("full-mask"),
    "mist-none": mist_run("no-mixing"),
    "mist-static": mist_run("static-mixing"),
    "mist-dynamic": mist_run("host"),
    "glancing": Run(
        lambda model, pairs, generator, spent: glat_loss(model, pairs, glancing_ratio(spent), generator), "branch"
    ),
    "cmlm": Run(
        lambda model, pairs, generator, spent: cmlm_loss(model, pairs, 0.3, generator), "branch", average=AVERAGED
    ),
    "autoregressive": janus_run("autoregressive"),
    "auxiliary": janus_run("auxiliary"),
    "joint": janus_run("joint"),
    "joint-divergence": janus_run("joint-divergence"),
    "janus": janus_run("paper"),
}


@torch.no_grad()
def stored_answers(model: NarModel, quora: Quora, plan: Plan) -> torch.Tensor:
    """Static pseudo-targets: one parallel pass of the start over every pair that the plan will see, [examples,
    LONGEST].
    """
    model.eval()
    stored = torch.full((len(quora.train), LONGEST), PAD)
    for step in range(plan.steps):
        indices = batch_at(quora.train, step, plan.batch, plan.seed)
        pairs = pairs_of(quora.train, indices)
        with half_precision():
            rows, _ = answers(model, pairs, masked_slots(pairs))
            stored[indices, : pairs.target.shape[1]] = best_tokens(model, rows, pairs.real)
    return stored


def plan_of(name: str, seed: int, scale: float = 1.0) -> Plan:
    if name == "minilm":
        steps, batch = START_STEPS, START_BATCH
    else:
        steps, batch = (BRANCH_STEPS if RUNS[name].start == "branch" else SHORT_STEPS), BATCH
    warmup = 30 if name == "minilm" else 15
    return Plan(max(2, round(scale * steps)), seed, batch, warmup=warmup, average=RUNS[name].average)


def is_finished(name: str, seed: int, folder: Path, scale: float = 1.0) -> bool:
    """Raises DataError for a checkpoint of another recipe."""
    path = folder / f"{name}-{seed}.pt"
    if not path.exists():
        return False
    content = checkpoint.load(path, research=True)
    check_recipe(path, content, RUNS[name].recipe)
    return content["record"]["step"] >= plan_of(name, seed, scale).steps


def finished(name: str, seed: int, quora: Quora, folder: Path, scale: float = 1.0) -> tuple[NarModel, dict]:
    """The trained network of a run and its record; trains it, or the rest of it, when it is not there."""
    run, plan, path = RUNS[name], plan_of(name, seed, scale), folder / f"{name}-{seed}.pt"
    if is_finished(name, seed, folder, scale):
        return load_checkpoint(path).eval(), checkpoint.load(path, research=True)["record"]
    if run.start == "branch":
        model, _ = finished("minilm", 1, quora, folder, scale)
    else:
        model = start_network(quora, run.start, LAYERS, seed)
    stored = stored_answers(model, quora, plan) if run.static else None
    return train_variant(model, quora, run.objective, plan, path, stored, run.recipe)
