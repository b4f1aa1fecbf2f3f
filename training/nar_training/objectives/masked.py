"""Pre-training on clean prose: masked words, and words spoilt at token level for the edit heads (one pass for both).

    loss = CE(x_m | x_masked)_{m in masked words}  +  w · [ CE(operation_i) + CE(gap_i) ]_{all visible tokens}

Masked language modelling (BERT, whole words, no 80/10/10: at inference a slot is always <mask>) gives the fill head;
replaced-token detection (ELECTRA) on the same rows gives the operation head a label at *every* token. Words are spoilt
the way writers spoil them: a function word for another, an inflected form for its sibling, a word dropped or doubled.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from ..data.guard import DataError
from ..data.tokenizer import BEGIN, END, FIX, MASK, RESERVED
from ..network.model import NarModel

KEEP, DELETE, GENERATE = 0, 1, 2
IGNORE = -100


@dataclass
class MaskedOptions:
    length: int = 96
    rows: int = 24
    masked: float = 0.18  # share of words
    replaced: float = 0.035
    dropped: float = 0.02
    doubled: float = 0.005
    edit_weight: float = 1.0


class WordTable:
    """What is a word in token ids, and which tokens a writer confuses with which."""

    def __init__(self, raw: list[str], counts: np.ndarray):
        """`raw`: the text of every token (tokenizer.token_texts)."""
        size = len(raw)
        self.is_word = np.array([text.strip().isalpha() for text in raw])
        self.is_space_start = np.array([text.startswith(" ") for text in raw])
        whole = [index for index in range(RESERVED, size) if self.is_space_start[index] and raw[index][1:].isalpha()]
        lower = [index for index in whole if raw[index].islower()]
        function = sorted((i for i in lower if len(raw[i]) <= 6), key=lambda i: -counts[i])[:100]
        self.alternatives: dict[int, list[int]] = {index: function for index in function}
        families = defaultdict(list)  # inflected forms: same first letters, short different endings
        for index in whole:
            text = raw[index].strip()
            if len(text) >= 3:
                families[text[: max(3, len(text) - 3)].lower()].append(index)
                if len(text) >= 6:
                    families[text[: len(text) - 2].lower()].append(index)
        for members in families.values():
            for index in members:
                others = [o for o in members if o != index and abs(len(raw[o]) - len(raw[index])) <= 3]
                if others and index not in self.alternatives:
                    self.alternatives.setdefault(index, []).extend(others[:8])

    def starts(self, ids: np.ndarray) -> np.ndarray:
        """True where a new word begins: after a space, at punctuation and after it."""
        word = self.is_word[ids]
        starts = self.is_space_start[ids] | ~word
        starts[1:] |= ~word[:-1]
        starts[0] = True
        return starts


def spoil(
    ids: np.ndarray, table: WordTable, options: MaskedOptions, random: np.random.Generator, everything: np.ndarray
) -> tuple[list[int], list[int], list[int], list[int]]:
    """One row: input tokens, token targets (IGNORE where visible), operations, gap counts after each token."""
    bounds = np.flatnonzero(table.starts(ids)).tolist() + [len(ids)]
    draws = random.random(len(bounds) - 1)
    tokens, targets, operations, gaps = [], [], [], [0]  # gaps[0]: before the first token
    edges = np.cumsum([options.masked, options.replaced, options.dropped, options.doubled])
    for index, draw in enumerate(draws.tolist()):
        word = ids[bounds[index] : bounds[index + 1]].tolist()
        size, spoilable = len(word), table.is_word[word[0]] and word[0] >= RESERVED
        if draw < edges[0] and word[0] != END:
            tokens += [MASK] * size
            targets += word
            operations += [IGNORE] * size
            gaps += [0] * size
            continue
        if draw < edges[1] and spoilable:
            choices = table.alternatives.get(word[0]) if size == 1 and random.random() < 0.85 else None
            other = (
                choices[random.integers(len(choices))] if choices else int(everything[random.integers(len(everything))])
            )
            if other != word[0]:
                tokens.append(other)
                targets.append(IGNORE)
                operations.append(GENERATE)
                gaps.append(min(size - 1, 7))
                continue
        elif (
            edges[1] <= draw < edges[2] and spoilable and gaps[-1] == 0 and (size > 1 or word[0] in table.alternatives)
        ):
            gaps[-1] = min(size, 7)
            continue
        tokens += word
        targets += [IGNORE] * size
        operations += [KEEP] * size
        gaps += [0] * size
        if edges[2] <= draw < edges[3] and spoilable:
            tokens += word
            targets += [IGNORE] * size
            operations += [DELETE] * size
            gaps += [0] * size
    return tokens, targets, operations, gaps


class MaskedBatches:
    """Endless batches from the packed prose; the random generator is the whole state, so a run can go on exactly."""

    def __init__(self, prose: Path, texts: list[str], options: MaskedOptions, seed: int | tuple[int, ...]):
        """Raises DataError for prose that is missing, too short, or packed with another vocabulary than `texts`."""
        if not prose.is_file() or prose.stat().st_size < 4 * options.length:
            raise DataError(
                f"{prose}: no packed prose, or too little of it; write it with python -m nar_training.data.prepare"
            )
        self.prose = np.memmap(prose, dtype=np.uint16, mode="r")
        if int(self.prose.max()) >= len(texts):
            raise DataError(
                f"{prose}: token {int(self.prose.max())}, but the vocabulary ends at {len(texts) - 1}; run "
                "nar_training.data.prepare again"
            )
        counts = np.bincount(self.prose[:5_000_000], minlength=len(texts))
        self.table, self.options = WordTable(texts, counts), options
        self.random = np.random.default_rng(seed)

    def next(self) -> dict[str, torch.Tensor]:
        return {name: torch.from_numpy(value) for name, value in self.next_arrays().items()}

    def next_arrays(self) -> dict[str, np.ndarray]:
        options, body = self.options, self.options.length - 3
        inputs = np.full((options.rows, options.length), END)
        targets = np.full((options.rows, options.length), IGNORE)
        operations = np.full((options.rows, options.length), IGNORE)
        gaps = np.full((options.rows, options.length - 1), IGNORE)
        for row in range(options.rows):
            start = int(self.random.integers(len(self.prose) - 2 * body))
            piece = np.asarray(self.prose[start : start + body + 8], dtype=np.int64)
            parts = spoil(piece, self.table, options, self.random, self.prose)
            tokens, token_targets, token_operations, token_gaps = (part[:body] for part in parts)
            size = len(tokens)
            inputs[row, : size + 2] = [BEGIN, FIX, *tokens]
            targets[row, 2 : size + 2] = token_targets
            operations[row, 2 : size + 2] = token_operations
            gaps[row, 1 : size + 1] = token_gaps[:size]
        return {"inputs": inputs, "targets": targets, "operations": operations, "gaps": gaps}


def masked_loss(
    model: NarModel, batch: dict[str, torch.Tensor], options: MaskedOptions, measure: bool = True
) -> tuple[torch.Tensor, dict[str, float]]:
    """`measure` off: no figures, so that the host need not wait for a GPU."""
    inputs = batch["inputs"]
    positions = torch.arange(inputs.shape[1], device=inputs.device).expand_as(inputs)
    hidden = model.hidden(inputs, positions, torch.zeros_like(inputs), None)  # one document window: everything visible
    chosen = batch["targets"] != IGNORE
    logits = model.token_logits(hidden[chosen]).float()  # sparse head: masked rows only
    wanted = batch["targets"][chosen]
    token = F.cross_entropy(logits, wanted)
    operation_logits = model.operation(hidden).float().flatten(0, 1)
    operation = F.cross_entropy(operation_logits, batch["operations"].flatten(), ignore_index=IGNORE)
    gap = F.cross_entropy(
        model.insertion_logits(hidden).float().flatten(0, 1), batch["gaps"].flatten(), ignore_index=IGNORE
    )
    loss = token + options.edit_weight * (operation + gap)
    if not measure:
        return loss, {}
    with torch.no_grad():
        labels = batch["operations"].flatten()
        wrong = labels > 0
        found = (operation_logits.argmax(1) > 0) & wrong
        claimed = (operation_logits.argmax(1) > 0) & (labels >= 0)
        figures = {
            "token": token.item(),
            "accuracy": (logits.argmax(1) == wanted).float().mean().item(),
            "operation": operation.item(),
            "gap": gap.item(),
            "found": found.sum().item() / max(1, wrong.sum().item()),
            "precision": (found & claimed).sum().item() / max(1, claimed.sum().item()),
        }
    return loss, figures
