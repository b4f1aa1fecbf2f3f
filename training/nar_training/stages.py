"""What one training step of each stage does: draw a batch, compute its loss. The trainer knows nothing else of it."""

import argparse

import numpy as np
import torch

from .model import NarModel
from .objectives.masked import MaskedBatches, MaskedOptions, masked_loss
from .tokenizer import load_tokenizer


class PretrainStage:
    def __init__(self, arguments: argparse.Namespace):
        self.options = MaskedOptions(rows=max(1, arguments.tokens // MaskedOptions.length))
        tokenizer = load_tokenizer(arguments.work / "tokenizer.json")
        self.batches = MaskedBatches(arguments.work / "prose.bin", tokenizer, self.options, arguments.seed)

    def step(self, model: NarModel, device: str, spent: float) -> tuple[torch.Tensor, dict[str, float], int]:
        batch = {name: tensor.to(device) for name, tensor in self.batches.next().items()}
        with torch.autocast(device, torch.bfloat16):
            loss, figures = masked_loss(model, batch, self.options)
        return loss, figures, batch["inputs"].numel()

    def generators(self) -> dict[str, np.random.Generator]:
        return {"masked": self.batches.random}

    def state(self) -> dict:
        return {}

    def restore(self, state: dict) -> None:
        pass


def make_stage(arguments: argparse.Namespace) -> PretrainStage:
    return PretrainStage(arguments)
