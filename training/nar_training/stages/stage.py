"""What one training step of each stage does: make a batch, learn from it. The trainer knows nothing else of it.

`make_batch` needs no network and gives plain integer arrays, so other processes can run ahead with it (prefetch.py);
`learn` needs the network and the rows that are made from its answers, and stays in the trainer's process.
"""

import argparse
import pickle
import platform
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from ..data.guard import DataError
from ..data.pools import CORRECTION_POOLS, Example, Pool
from ..data.tokenizer import FIX, TASKS
from ..network.model import NarModel
from ..objectives.cmlm import cmlm_row
from ..objectives.edit import edit_row, second_policy_row
from ..objectives.janus import autoregressive_row
from ..objectives.loss import LossOptions, row_loss
from ..objectives.masked import MaskedBatches, MaskedOptions, masked_loss
from ..objectives.mist import is_fully_hidden, mist_row
from ..objectives.rows import IGNORE, Row, collate_arrays
from ..objectives.salience import salience_row

# Share of rows by pool. Correction has most rows of the edit stage, and fewer of its tokens: summaries are long.
SHARES = {
    "edit": {"noise": 0.35, "typo": 0.15, "grammar": 0.24, "clean": 0.05,
             "rephrase": 0.10, "shorten": 0.02, "simplify": 0.02, "summarize": 0.04, "salience": 0.03},
    # Pools that are not there are left out: "slips" (slips.py), "backward" (backward.py) and "plain"
    # (prepare_corrections.py) are made for the last stages only.
    "polish": {"slips": 0.05, "backward": 0.30, "plain": 0.10, "noise": 0.12, "typo": 0.15, "grammar": 0.17, "clean": 0.09,
               "rephrase": 0.06, "shorten": 0.03, "simplify": 0.01, "summarize": 0.01, "salience": 0.01},
    # The shipped network once more, on twice the corrections: people's first, and enough of the rest to forget nothing.
    "again": {"grammar": 0.42, "typo": 0.12, "backward": 0.12, "plain": 0.12, "noise": 0.06, "clean": 0.12, "slips": 0.03,
              "rephrase": 0.06, "shorten": 0.03, "simplify": 0.01, "summarize": 0.015, "salience": 0.015},
    # The network that corrects and does nothing else (correct.py): people's corrections from the first step.
    "correct": {"grammar": 0.48, "typo": 0.12, "noise": 0.10, "plain": 0.14, "clean": 0.16},
    # The same network once it corrects: it learns to reword beside it (data/prepare_rewrites.py).
    "reword": {"grammar": 0.33, "typo": 0.07, "noise": 0.07, "plain": 0.10, "clean": 0.11,
               "rephrase": 0.16, "simplify": 0.08, "shorten": 0.08},
    # A network that rewords and does little else.
    "write": {"grammar": 0.12, "typo": 0.03, "noise": 0.06, "plain": 0.05, "clean": 0.04,
              "rephrase": 0.40, "simplify": 0.15, "shorten": 0.15},
    # For other wordings; it costs correction a little, so its weights are averaged with those it started from
    # (average.py).
    "wording": {"slips": 0.05, "noise": 0.15, "typo": 0.13, "grammar": 0.16, "clean": 0.06,
                "rephrase": 0.27, "shorten": 0.06, "simplify": 0.07, "summarize": 0.025, "salience": 0.025},
}  # fmt: skip
# Of a rewritten sentence's rows: labelled edits of the source, then masked targets; the rest is read left to right.
EDIT_SHARES = {"edit": 0.3, "polish": 0.3, "again": 0.3, "wording": 0.65}
MASKED_TARGET_SHARES = {"edit": 0.5, "polish": 0.5, "again": 0.5, "wording": 0.25}
NOISE_DRAFT_SHARE = 0.6  # the fill head needs fewer examples than the detection heads, and a draft doubles a row's cost
SECOND_POLICY_SHARE = 0.08
MIST_SHARE = 0.25
BUFFER = 256  # rows sorted by length at a time, so that a batch has little padding; more for large batches


@dataclass
class FollowUp:
    """A row from whose answer another row will be made: `count` answers from `first` on among those of its batch."""

    first: int
    count: int
    example: Example
    task: int
    mist: bool  # MIST's second row, else Levenshtein's second policy


@dataclass
class Batch:
    kind: str  # "masked" or "rows"
    arrays: dict[str, np.ndarray]
    follow_ups: list[FollowUp] = field(default_factory=list)

    @property
    def tokens(self) -> int:
        return self.arrays["inputs" if self.kind == "masked" else "tokens"].size


def to_device(arrays: dict[str, np.ndarray], device: torch.device) -> dict[str, torch.Tensor]:
    """Small integers travel, int64 is made there; pinned memory lets a GPU copy while the host goes on."""
    tensors = {name: torch.from_numpy(array) for name, array in arrays.items()}
    if device.type == "cuda":
        tensors = {name: tensor.pin_memory() for name, tensor in tensors.items()}
    return {name: tensor.to(device, non_blocking=True).long() for name, tensor in tensors.items()}


def has_mixed_precision(device: torch.device) -> bool:
    """bfloat16 pays on a GPU and on a CPU that multiplies it; elsewhere it is emulated, four to thirty times slower.

    oneDNN calls it supported on an x86 processor with any AVX-512, where it only converts.
    """
    if device.type != "cpu":
        return True
    if platform.machine().lower() in ("x86_64", "amd64"):
        return torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.ops.mkldnn._is_mkldnn_bf16_supported()


class PretrainStage:
    def __init__(self, arguments: argparse.Namespace, texts: list[str], seed: int):
        self.options = MaskedOptions(rows=max(1, arguments.tokens // MaskedOptions.length))
        self.batches = MaskedBatches(arguments.work / "prose.bin", texts, self.options, seed)

    def make_batch(self) -> Batch:
        return Batch("masked", {name: array.astype(np.int32) for name, array in self.batches.next_arrays().items()})

    def follow_up_batch(self) -> Batch | None:
        return None

    def learn(
        self, model: NarModel, batch: Batch, device: torch.device, measure: bool = True
    ) -> tuple[torch.Tensor, dict[str, float]]:
        with torch.autocast(device.type, torch.bfloat16, enabled=has_mixed_precision(device)):
            return masked_loss(model, to_device(batch.arrays, device), self.options, measure)

    def generators(self) -> dict[str, np.random.Generator]:
        return {"masked": self.batches.random}

    def state(self) -> bytes:
        return b""

    def restore(self, state: bytes) -> None:
        pass


class EditStage:
    def __init__(self, arguments: argparse.Namespace, texts: list[str], seed: int):
        self.options, self.tokens = LossOptions(), arguments.tokens
        self.random = np.random.default_rng(seed)
        # Masked prose between the labelled rows: what to write in a slot is learnt from far more text than the edits
        # have.
        self.masked = PretrainStage(arguments, texts, seed) if arguments.masked_share else None
        self.masked_share = arguments.masked_share
        self.edit_share, self.masked_target_share = (
            EDIT_SHARES.get(arguments.stage, 0.0),
            MASKED_TARGET_SHARES.get(arguments.stage, 0.0),
        )
        self.pools = self._load(arguments.pools or arguments.work / "pools", SHARES[arguments.stage], seed, len(texts))
        shares = np.array([SHARES[arguments.stage][name] for name in self.pools])
        self.names, self.shares = list(self.pools), shares / shares.sum()
        self.buffer = max(BUFFER, self.tokens // 10)
        self.batches: list[list[Row]] = []
        self.follow_up: list[Row] = []  # rows made from the model's own answers, for the next buffer
        self.waiting: tuple[list[FollowUp], torch.Tensor] | None = None  # answers on their way from the GPU

    @staticmethod
    def _load(folder: Path, shares: dict[str, float], seed: int, vocabulary: int) -> dict[str, Pool]:
        pools = {name: Pool(folder / f"{name}.npz", seed) for name in shares if (folder / f"{name}.npz").exists()}
        if not pools:
            raise DataError(f"no pools in {folder}: run python -m nar_training.data.prepare_edits first")
        for name, pool in pools.items():
            if pool.highest_token() >= vocabulary:
                raise DataError(
                    f"{folder / name}.npz: token {pool.highest_token()}, but the vocabulary ends at {vocabulary - 1}; "
                    "run python -m nar_training.data.prepare_edits again"
                )
        return pools

    def draw(self) -> Row:
        """One row: a pool by its share, then one of the objectives that fit it."""
        name = self.names[int(self.random.choice(len(self.names), p=self.shares))]
        example, random = self.pools[name].next(), self.random
        if name in CORRECTION_POOLS:
            if name != "clean" and random.random() < 0.02:  # scores corrections for re-ranking
                return autoregressive_row(example, FIX, "janus")
            row = edit_row(example, FIX, random, name, name != "noise" or random.random() < NOISE_DRAFT_SHARE)
        elif name == "salience":
            row = salience_row(example.source, example.segments, TASKS["summarize"], bool(example.extra))
        else:
            task, draw = TASKS[name], random.random()
            if name != "summarize" and draw < self.edit_share:
                row = edit_row(example, task, random, name)
            elif draw < self.edit_share + self.masked_target_share:
                row = cmlm_row(example, task, random, name)
            else:
                return autoregressive_row(example, task, "janus")
        row.example = example
        return row

    def fill_buffer(self) -> None:
        rows, self.follow_up = self.follow_up, []
        rows += [self.draw() for _ in range(self.buffer - len(rows))]
        rows.sort(key=len)
        batch: list[Row] = []
        for row in rows:
            if batch and (len(batch) + 1) * max(len(row), len(batch[-1])) > self.tokens:
                self.batches.append(batch)
                batch = []
            batch.append(row)
        self.batches.append(batch)
        self.random.shuffle(self.batches)  # type: ignore[arg-type]

    def make_batch(self) -> Batch:
        if self.masked is not None and self.random.random() < self.masked_share:
            return self.masked.make_batch()
        if not self.batches:
            self.fill_buffer()
        return self.batch_of(self.batches.pop())

    def batch_of(self, rows: list[Row]) -> Batch:
        """Arrays, and the choice of rows to follow up: Levenshtein's second policy and MIST's pseudo-target."""
        follow_ups, at = [], 0
        for row in rows:
            count = sum(target != IGNORE for target in row.targets)
            first, at = at, at + count
            if row.example is None or not count:
                continue
            draw, mist = self.random.random(), row.kind in ("rephrase", "shorten", "simplify", "summarize")
            if (
                mist
                and draw < MIST_SHARE
                and is_fully_hidden(row)
                or row.kind in ("noise", "typo", "grammar")
                and draw < SECOND_POLICY_SHARE
            ):
                follow_ups.append(FollowUp(first, count, row.example, row.tokens[1], mist))
        return Batch("rows", collate_arrays(rows), follow_ups)

    def follow_up_batch(self) -> Batch | None:
        """A batch of such rows alone, once there are enough: where batches come from other processes,
        nothing else takes them.
        """
        longest = max(map(len, self.follow_up), default=0)
        if longest * len(self.follow_up) < self.tokens and len(self.follow_up) < self.buffer // 4:
            return None
        rows, self.follow_up = self.follow_up, []
        return self.batch_of(rows)

    def learn(
        self, model: NarModel, batch: Batch, device: torch.device, measure: bool = True
    ) -> tuple[torch.Tensor, dict[str, float]]:
        if batch.kind == "masked":
            assert self.masked is not None
            loss, figures = self.masked.learn(model, batch, device, measure)
            return loss, {f"masked_{name}": value for name, value in figures.items()}
        with torch.autocast(device.type, torch.bfloat16, enabled=has_mixed_precision(device)):
            loss, figures, guesses = row_loss(model, to_device(batch.arrays, device), self.options, measure)
        if device.type == "cuda":
            # Read one step later: the trainer has waited for this step by then, and the GPU is busy with the next one.
            waiting, self.waiting = self.waiting, (batch.follow_ups, guesses.to("cpu", non_blocking=True))
        else:
            waiting = batch.follow_ups, guesses
        if waiting is not None:
            self.learn_from_answers(waiting[0], waiting[1].tolist())
        return loss, {**figures, "rows": len(batch.arrays["kind"])}

    def learn_from_answers(self, follow_ups: list[FollowUp], guesses: list[int]) -> None:
        for item in follow_ups:
            answers = guesses[item.first : item.first + item.count]
            row = (
                mist_row(item.example, item.task, answers)
                if item.mist
                else second_policy_row(item.example, item.task, answers, "second")
            )
            if row is not None and len(self.follow_up) < self.buffer // 4:
                self.follow_up.append(row)

    def generators(self) -> dict[str, np.random.Generator]:
        return {"rows": self.random, **(self.masked.generators() if self.masked is not None else {})}

    def state(self) -> bytes:
        return pickle.dumps(({name: pool.state() for name, pool in self.pools.items()}, self.batches, self.follow_up))

    def restore(self, state: bytes) -> None:
        pools, self.batches, self.follow_up = pickle.loads(state)  # our own checkpoint, not a downloaded file
        for name, pool in self.pools.items():
            if name in pools:
                pool.restore(pools[name])


def make_stage(arguments: argparse.Namespace, texts: list[str], seed: int):
    """Raises DataError for data that are missing, empty, or packed with another vocabulary."""
    if arguments.stage == "generate":
        from .generation import GenerationStage  # it builds on this file

        return GenerationStage(arguments, texts, seed)
    if arguments.stage in ("correct", "reword", "write"):
        from .correct import CorrectStage  # it builds on this file

        return CorrectStage(arguments, texts, seed)
    return (PretrainStage if arguments.stage == "pretrain" else EditStage)(arguments, texts, seed)
