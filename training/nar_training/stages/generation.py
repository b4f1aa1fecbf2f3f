"""The stage `generate`: paraphrases and summaries with any one objective of the literature.

    python -m nar_training.stages.train --stage generate --objective glat --start training/runs/pretrain.pt \
        --budget-minutes 20

The edit stage mixes what the product needs; this one isolates one objective, to compare or to fine-tune with it.
Batches are dense pairs (objectives/pairs.py). An objective is a line in OBJECTIVES; it gets the share of the training
that is spent, for schedules, and random numbers that continue after an interrupt.
"""

import argparse
import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, nn

from ..data.guard import DataError
from ..data.pools import Example, Pool
from ..data.prose_windows import ProseWindows
from ..data.tokenizer import TASKS
from ..network.model import NarModel
from ..objectives.axe import axe_loss
from ..objectives.bag_of_ngrams import bag_of_ngrams_loss
from ..objectives.cmlm import cmlm_loss, hidden_counts
from ..objectives.crf import Transition, crf_loss
from ..objectives.ctc import FACTOR, ctc_loss
from ..objectives.curriculum import curriculum_weights, fully_hidden_share, mask_range
from ..objectives.da_transformer import UPSAMPLING, Links, da_transformer_loss
from ..objectives.glat import glancing_ratio, glat_loss, random_choice
from ..objectives.imputer import imputer_loss
from ..objectives.inat import PASSES, inat_loss
from ..objectives.insertion import insertion_loss
from ..objectives.janus import JANUS, janus_loss
from ..objectives.janus_pretraining import janus_pretraining_loss
from ..objectives.levenshtein import levenshtein_loss
from ..objectives.masked_diffusion import masked_diffusion_loss
from ..objectives.mist import MIST, mist_loss
from ..objectives.oaxe import oaxe_loss
from ..objectives.pairs import Pairs, make_pairs
from .stage import Batch, to_device

SHARES = {"rephrase": 0.6, "shorten": 0.1, "simplify": 0.1, "summarize": 0.2}
FROM_PROSE = {"janus-pretraining"}  # these learn from text alone, not from pairs
BUFFER = 512  # pairs sorted by length at a time
TRANSITION_RATE = 1e-3


@dataclass
class Progress:
    spent: float  # 0 … 1
    generator: torch.Generator
    transition: nn.Module | None = None  # of TRANSITIONS


Loss = tuple[Tensor, dict[str, float]]


def curriculum_loss(model: NarModel, pairs: Pairs, progress: Progress) -> Loss:
    counts = hidden_counts(
        pairs.lengths, fully_hidden_share(progress.spent), progress.generator, *mask_range(progress.spent)
    )
    hidden = random_choice(pairs.real, counts, progress.generator)
    return janus_loss(model, pairs, curriculum_weights(progress.spent), hidden)


def crf_with_tables(model: NarModel, pairs: Pairs, progress: Progress) -> Loss:
    assert isinstance(progress.transition, Transition)
    return crf_loss(model, progress.transition, pairs)


def da_transformer_with_links(model: NarModel, pairs: Pairs, progress: Progress) -> Loss:
    assert isinstance(progress.transition, Links)
    return da_transformer_loss(
        model, progress.transition, pairs, glancing_ratio(progress.spent, 0.5, 0.1), progress.generator
    )


JOINT_HOST = replace(JANUS["joint"], own_key=True)

OBJECTIVES: dict[str, Callable[[NarModel, Pairs, Progress], Loss]] = {
    "full-mask": lambda model, pairs, progress: mist_loss(model, pairs, MIST["full-mask"]),
    "cmlm": lambda model, pairs, progress: cmlm_loss(model, pairs, 0.3, progress.generator),
    "glat": lambda model, pairs, progress: glat_loss(model, pairs, glancing_ratio(progress.spent), progress.generator),
    # "paper" is the paper's to the letter; without a suffix what the product's decoders read (mist.py, janus.py).
    "mist": lambda model, pairs, progress: mist_loss(model, pairs, MIST["host"], progress.generator),
    "mist-paper": lambda model, pairs, progress: mist_loss(model, pairs, MIST["paper"], progress.generator),
    "mist-code": lambda model, pairs, progress: mist_loss(model, pairs, MIST["code"], progress.generator),
    "joint": lambda model, pairs, progress: janus_loss(model, pairs, JOINT_HOST, None, progress.generator),
    "janus": lambda model, pairs, progress: janus_loss(model, pairs, JANUS["host"], None, progress.generator),
    "janus-paper": lambda model, pairs, progress: janus_loss(model, pairs, JANUS["paper"], None, progress.generator),
    "janus-code": lambda model, pairs, progress: janus_loss(model, pairs, JANUS["code"], None, progress.generator),
    "janus-pretraining": lambda model, pairs, progress: janus_pretraining_loss(model, pairs, progress.generator),
    "curriculum": curriculum_loss,
    "ctc": lambda model, pairs, progress: ctc_loss(model, pairs),
    "imputer": lambda model, pairs, progress: imputer_loss(model, pairs, progress.generator),
    "crf": crf_with_tables,
    "da-transformer": da_transformer_with_links,
    "axe": lambda model, pairs, progress: axe_loss(model, pairs),
    "oaxe": lambda model, pairs, progress: oaxe_loss(model, pairs),
    "bag-of-ngrams": lambda model, pairs, progress: bag_of_ngrams_loss(model, pairs),
    "inat": lambda model, pairs, progress: inat_loss(model, pairs, progress.generator),
    "insertion": lambda model, pairs, progress: insertion_loss(model, pairs, progress.generator),
    "levenshtein": lambda model, pairs, progress: levenshtein_loss(model, pairs, progress.generator),
    "masked-diffusion": lambda model, pairs, progress: masked_diffusion_loss(model, pairs, progress.generator),
}  # fmt: skip

# What an objective trains beside the network; the host reads it from a file of its own (docs/model-format.md,
# "Tables").
TRANSITIONS: dict[str, Callable[[NarModel], nn.Module]] = {
    "crf": lambda model: Transition(model.configuration.vocabulary),
    "da-transformer": lambda model: Links(model.configuration.width),
}


def cost(example: Example, objective: str) -> int:
    """Tokens of a forward for this pair: what a batch is filled up to."""
    source, target = len(example.source) + 3, len(example.target) + 2
    if objective in ("ctc", "imputer", "da-transformer"):
        return (
            source
            + {"ctc": FACTOR, "imputer": FACTOR, "da-transformer": UPSAMPLING}[objective] * len(example.source)
            + 2
        )
    streams = {
        "inat": PASSES,
        "levenshtein": 3,
        "insertion": 2,
        "joint": 3,
        "curriculum": 3,
        "janus": 5,
        "janus-paper": 5,
        "janus-code": 5,
        "janus-pretraining": 5,
    }.get(objective, 1)
    return source + streams * target


class GenerationStage:
    spent = 0.0  # the trainer says how far it is

    def __init__(self, arguments: argparse.Namespace, texts: list[str], seed: int):
        folder = arguments.pools or arguments.work / "pools"
        self.pools: dict[str, Pool | ProseWindows] = {
            name: Pool(folder / f"{name}.npz", seed) for name in SHARES if (folder / f"{name}.npz").exists()
        }
        if arguments.objective in FROM_PROSE:
            self.pools = {"prose": ProseWindows(arguments.work / "prose.bin", seed)}
        if not self.pools:
            raise DataError(
                f"no pools of {', '.join(SHARES)} in {folder}: run python -m nar_training.data.prepare_edits first"
            )
        for name, pool in self.pools.items():
            if pool.highest_token() >= len(texts):
                path, tool = (folder / f"{name}.npz", "prepare_edits") if name in SHARES else ("prose.bin", "prepare")
                raise DataError(f"{path}: made with another vocabulary; run python -m nar_training.data.{tool} again")
        shares = np.array([SHARES.get(name, 1.0) for name in self.pools])
        self.names, self.shares = list(self.pools), shares / shares.sum()
        self.objective, self.tokens = arguments.objective, arguments.tokens
        self.random, self.generator = np.random.default_rng(seed), torch.Generator().manual_seed(seed)
        self.batches: list[list[tuple[Example, int]]] = []
        self.transition: nn.Module | None = None
        self.optimizer: torch.optim.Optimizer | None = None
        self.path = arguments.work / f"{arguments.name or arguments.stage}-transition.pt"
        if self.objective in TRANSITIONS and int(os.environ.get("WORLD_SIZE", "1")) > 1:
            raise DataError(
                f"what {self.objective} trains beside the network is not shared between processes: train it "
                "without torchrun"
            )

    def _load_transition(self, model: NarModel) -> None:
        """It lies beside the checkpoint and has an optimizer of its own: the network knows nothing of it."""
        with torch.random.fork_rng(
            devices=[]
        ):  # an interrupted run loads it, and must not draw other numbers afterwards
            self.transition = TRANSITIONS[self.objective](model)
        self.optimizer = torch.optim.Adam(self.transition.parameters(), lr=TRANSITION_RATE)
        if self.path.exists():
            content = torch.load(self.path, map_location="cpu", weights_only=True)
            self.transition.load_state_dict(content["transition"])
            self.optimizer.load_state_dict(content["optimizer"])

    def fill_buffer(self) -> None:
        drawn = []
        while len(drawn) < max(BUFFER, self.tokens // 10):
            name = self.names[int(self.random.choice(len(self.names), p=self.shares))]
            example = self.pools[name].next()
            if example.source and example.target:
                drawn.append((example, TASKS.get(name, TASKS["rephrase"])))
        drawn.sort(key=lambda pair: cost(pair[0], self.objective))
        batch: list[tuple[Example, int]] = []
        for pair in drawn:
            if batch and (len(batch) + 1) * cost(pair[0], self.objective) > self.tokens:
                self.batches.append(batch)
                batch = []
            batch.append(pair)
        self.batches.append(batch)
        self.random.shuffle(self.batches)  # type: ignore[arg-type]

    def make_batch(self) -> Batch:
        """`tokens` [batch, N + 3 + T]: source and target side by side; `segments` [batch,
        N + 3] says where the source ends.
        """
        if not self.batches:
            self.fill_buffer()
        examples, tasks = zip(*self.batches.pop(), strict=True)
        pairs = make_pairs(list(examples), list(tasks))
        return Batch(
            "pairs",
            {
                "tokens": torch.cat([pairs.source, pairs.target], 1).int().numpy(),
                "segments": pairs.segments.short().numpy(),
            },
        )

    def follow_up_batch(self) -> Batch | None:
        return None

    def learn(self, model: NarModel, batch: Batch, device: torch.device, measure: bool = True) -> Loss:
        arrays = to_device(batch.arrays, device)
        width = arrays["segments"].shape[1]
        pairs = Pairs(arrays["tokens"][:, :width], arrays["segments"], arrays["tokens"][:, width:])
        if self.objective in TRANSITIONS:
            if self.transition is None:
                self._load_transition(model)
            self.transition.to(device)
            self._step_transition()
        with torch.autocast(device.type, torch.bfloat16):
            loss, figures = OBJECTIVES[self.objective](
                model, pairs, Progress(self.spent, self.generator, self.transition)
            )
        return loss, {**figures, "rows": len(batch.arrays["tokens"])} if measure else {}

    def _step_transition(self) -> None:
        """The gradients of the step before: the trainer calls backward after `learn`."""
        assert self.transition is not None and self.optimizer is not None
        if any(parameter.grad is not None for parameter in self.transition.parameters()):
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)

    def generators(self) -> dict[str, np.random.Generator]:
        return {"pairs": self.random}

    def state(self) -> bytes:
        if self.transition is not None and self.optimizer is not None:
            self._step_transition()
            partial = self.path.with_suffix(".partial")
            torch.save({"transition": self.transition.state_dict(), "optimizer": self.optimizer.state_dict()}, partial)
            os.replace(partial, self.path)
        return pickle.dumps(
            ({name: pool.state() for name, pool in self.pools.items()}, self.batches, self.generator.get_state())
        )

    def restore(self, state: bytes) -> None:
        pools, self.batches, random = pickle.loads(state)  # our own checkpoint, not a downloaded file
        self.generator.set_state(random)
        for name, pool in self.pools.items():
            if name in pools:
                pool.restore(pools[name])
