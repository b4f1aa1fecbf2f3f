"""Held-out figures during training: what the log says about text and corrections that the network never learns from.

Masked prose: loss and share of masked tokens that are right. Pairs: tokens to edit that are found (p(edit) > 0.5),
claims that are right, F0.5 of both, and slots filled right on the true draft. They are quick relatives of the product's
scores (no thresholds, no decoding): good for comparing runs and for seeing one go wrong, not for the results.
"""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from ..data.pools import Pool
from ..data.tokenizer import FIX
from ..network.model import NarModel
from ..objectives.edit import edit_row
from ..objectives.masked import MaskedBatches, MaskedOptions
from ..objectives.rows import IGNORE, collate, mask_of

PAIRS = ("typo", "grammar")
ROWS = 64
MASKED_BATCHES = 8


class DevSet:
    """Reads the folder that nar_training.data.prepare_dev wrote. Raises DataError when it is not there or of another
    vocabulary.
    """

    def __init__(self, folder: Path, texts: list[str], pairs: int = 768):
        masked = MaskedBatches(folder / "prose.bin", texts, MaskedOptions(rows=ROWS), seed=1)
        self.masked = [masked.next() for _ in range(MASKED_BATCHES)]
        self.rows = {}
        for name in PAIRS:
            pool, random = Pool(folder / f"{name}.npz", seed=1), np.random.default_rng(1)
            rows = [edit_row(pool.next(), FIX, random, name) for _ in range(min(pairs, len(pool)))]
            rows.sort(key=len)
            self.rows[name] = [collate(rows[start : start + ROWS]) for start in range(0, len(rows), ROWS)]

    @torch.no_grad()
    def figures(self, model: NarModel, device: torch.device) -> dict[str, float]:
        model.eval()
        with torch.autocast(device.type, torch.bfloat16):
            figures = {**self._masked(model, device)}
            for name in PAIRS:
                figures |= {
                    f"dev_{name}_{key}": value for key, value in self._pairs(model, device, self.rows[name]).items()
                }
        model.train()
        return {name: round(value, 4) for name, value in figures.items()}

    def _masked(self, model: NarModel, device: torch.device) -> dict[str, float]:
        loss, right, count = 0.0, 0, 0
        for stored in self.masked:
            batch = {name: tensor.to(device) for name, tensor in stored.items()}
            inputs, chosen = batch["inputs"], batch["targets"] != IGNORE
            positions = torch.arange(inputs.shape[1], device=device).expand_as(inputs)
            logits = model.token_logits(model.hidden(inputs, positions, torch.zeros_like(inputs), None)[chosen]).float()
            wanted = batch["targets"][chosen]
            loss += F.cross_entropy(logits, wanted, reduction="sum").item()
            right += int((logits.argmax(1) == wanted).sum())
            count += len(wanted)
        return {"dev_masked_token": loss / max(1, count), "dev_masked_accuracy": right / max(1, count)}

    def _pairs(self, model: NarModel, device: torch.device, batches: list[dict[str, torch.Tensor]]) -> dict[str, float]:
        wrong = said = hit = filled = slots = 0
        for stored in batches:
            batch = {name: tensor.to(device) for name, tensor in stored.items()}
            hidden = model.hidden(batch["tokens"], batch["positions"], batch["segments"], mask_of(batch))
            labels = batch["operations"]
            claimed = (model.operation(hidden).float().softmax(2)[:, :, 0] < 0.5) & (labels != IGNORE)
            wrong, said, hit = (
                wrong + int((labels > 0).sum()),
                said + int(claimed.sum()),
                hit + int((claimed & (labels > 0)).sum()),
            )
            chosen = batch["targets"] != IGNORE
            slots += int(chosen.sum())
            filled += (
                int((model.token_logits(hidden[chosen]).argmax(1) == batch["targets"][chosen]).sum())
                if chosen.any()
                else 0
            )
        found, precision = hit / max(1, wrong), hit / max(1, said)
        return {
            "found": found,
            "right": precision,
            "filled": filled / max(1, slots),
            "f05": 1.25 * precision * found / (0.25 * precision + found) if hit else 0.0,
        }
