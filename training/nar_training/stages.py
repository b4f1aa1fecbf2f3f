"""What one training step of each stage does: draw a batch, compute its loss. The trainer knows nothing else of it."""

import argparse
import pickle
from pathlib import Path

import numpy as np
import torch

from .model import NarModel
from .objectives.cmlm import cmlm_row
from .objectives.edit import edit_row, second_policy_row
from .objectives.janus import autoregressive_row
from .objectives.loss import LossOptions, row_loss
from .objectives.masked import MaskedBatches, MaskedOptions, masked_loss
from .objectives.mist import is_fully_hidden, mist_row
from .objectives.salience import salience_row
from .pools import Pool
from .rows import IGNORE, Row, collate
from .tokenizer import FIX, TASKS, token_texts

# Share of rows by pool. Correction has 79 % of the edit stage's rows (about 65 % of its tokens: summaries are long).
SHARES = {
    "edit": {"noise": 0.35, "typo": 0.15, "grammar": 0.24, "clean": 0.05,
             "rephrase": 0.10, "shorten": 0.02, "simplify": 0.02, "summarize": 0.04, "salience": 0.03},
    # Pools that are not there are left out: "slips" (slips.py) was made for the last minutes only.
    "polish": {"slips": 0.25, "noise": 0.22, "typo": 0.22, "grammar": 0.31, "clean": 0.10,
               "rephrase": 0.07, "shorten": 0.015, "simplify": 0.015, "summarize": 0.025, "salience": 0.025},
}  # fmt: skip
NOISE_DRAFT_SHARE = 0.6  # the fill head needs fewer examples than the detection heads, and a draft doubles a row's cost
SECOND_POLICY_SHARE = 0.08
MIST_SHARE = 0.25
BUFFER = 256  # rows sorted by length at a time, so that a batch has little padding


class PretrainStage:
    def __init__(self, arguments: argparse.Namespace):
        self.options = MaskedOptions(rows=max(1, arguments.tokens // MaskedOptions.length))
        self.batches = MaskedBatches(arguments.work / "prose.bin", token_texts(arguments.work), self.options, arguments.seed)

    def step(self, model: NarModel, device: str, spent: float) -> tuple[torch.Tensor, dict[str, float], int]:
        batch = {name: tensor.to(device) for name, tensor in self.batches.next().items()}
        with torch.autocast(device, torch.bfloat16):
            loss, figures = masked_loss(model, batch, self.options)
        return loss, figures, batch["inputs"].numel()

    def generators(self) -> dict[str, np.random.Generator]:
        return {"masked": self.batches.random}

    def state(self) -> bytes:
        return b""

    def restore(self, state: bytes) -> None:
        pass


class EditStage:
    def __init__(self, arguments: argparse.Namespace):
        self.options, self.tokens = LossOptions(), arguments.tokens
        self.random = np.random.default_rng(arguments.seed)
        # Masked prose between the labelled rows: what to write in a slot is learnt from far more text than the edits have.
        self.masked = PretrainStage(arguments) if arguments.masked_share else None
        self.masked_share = arguments.masked_share
        self.pools = self._load(arguments.pools or arguments.work / "pools", SHARES[arguments.stage], arguments.seed)
        shares = np.array([SHARES[arguments.stage][name] for name in self.pools])
        self.names, self.shares = list(self.pools), shares / shares.sum()
        self.batches: list[list[Row]] = []
        self.follow_up: list[Row] = []  # rows made from the model's own answers, for the next buffer

    @staticmethod
    def _load(folder: Path, shares: dict[str, float], seed: int) -> dict[str, Pool]:
        pools = {name: Pool(folder / f"{name}.npz", seed) for name in shares if (folder / f"{name}.npz").exists()}
        if not pools:
            raise FileNotFoundError(f"no pools in {folder}: run nar_training.prepare_edits first")
        return pools

    def draw(self) -> Row:
        """One row: a pool by its share, then one of the objectives that fit it."""
        name = self.names[int(self.random.choice(len(self.names), p=self.shares))]
        example, random = self.pools[name].next(), self.random
        if name in ("noise", "slips", "typo", "grammar", "clean"):
            if name != "clean" and random.random() < 0.02:  # scores corrections for re-ranking
                return autoregressive_row(example, FIX, "janus")
            row = edit_row(example, FIX, random, name, name != "noise" or random.random() < NOISE_DRAFT_SHARE)
        elif name == "salience":
            row = salience_row(example.source, example.segments, TASKS["summarize"], bool(example.extra))
        else:
            task, draw = TASKS[name], random.random()
            if name != "summarize" and draw < 0.3:
                row = edit_row(example, task, random, name)
            elif draw < 0.8:
                row = cmlm_row(example, task, random, name)
            else:
                return autoregressive_row(example, task, "janus")
        row.example = example
        return row

    def fill_buffer(self) -> None:
        rows, self.follow_up = self.follow_up, []
        rows += [self.draw() for _ in range(BUFFER - len(rows))]
        rows.sort(key=len)
        batch: list[Row] = []
        for row in rows:
            if batch and (len(batch) + 1) * max(len(row), len(batch[-1])) > self.tokens:
                self.batches.append(batch)
                batch = []
            batch.append(row)
        self.batches.append(batch)
        self.random.shuffle(self.batches)  # type: ignore[arg-type]

    def step(self, model: NarModel, device: str, spent: float) -> tuple[torch.Tensor, dict[str, float], int]:
        if self.masked is not None and self.random.random() < self.masked_share:
            loss, figures, count = self.masked.step(model, device, spent)
            return loss, {f"masked_{name}": value for name, value in figures.items()}, count
        if not self.batches:
            self.fill_buffer()
        rows = self.batches.pop()
        batch = {name: tensor.to(device) for name, tensor in collate(rows).items()}
        with torch.autocast(device, torch.bfloat16):
            loss, figures, guesses = row_loss(model, batch, self.options)
        self.learn_from_answers(rows, guesses.tolist())
        return loss, {**figures, "rows": len(rows)}, batch["tokens"].numel()

    def learn_from_answers(self, rows: list[Row], guesses: list[int]) -> None:
        """Levenshtein's second policy and MIST's pseudo-target: both need what the model just answered."""
        at = 0
        for row in rows:
            count = sum(target != IGNORE for target in row.targets)
            answers, at = guesses[at : at + count], at + count
            if row.example is None or not count:
                continue
            draw, task = self.random.random(), row.tokens[1]
            extra = None
            if row.kind in ("noise", "typo", "grammar") and draw < SECOND_POLICY_SHARE:
                extra = second_policy_row(row.example, task, answers, "second")
            elif row.kind in ("rephrase", "shorten", "simplify", "summarize") and draw < MIST_SHARE and is_fully_hidden(row):
                extra = mist_row(row.example, task, answers)
            if extra is not None and len(self.follow_up) < BUFFER // 4:
                self.follow_up.append(extra)

    def generators(self) -> dict[str, np.random.Generator]:
        return {"rows": self.random, **(self.masked.generators() if self.masked is not None else {})}

    def state(self) -> bytes:
        return pickle.dumps(({name: pool.state() for name, pool in self.pools.items()}, self.batches, self.follow_up))

    def restore(self, state: bytes) -> None:
        pools, self.batches, self.follow_up = pickle.loads(state)  # our own checkpoint, not a downloaded file
        for name, pool in self.pools.items():
            if name in pools:
                pool.restore(pools[name])


def make_stage(arguments: argparse.Namespace) -> PretrainStage | EditStage:
    return PretrainStage(arguments) if arguments.stage == "pretrain" else EditStage(arguments)
