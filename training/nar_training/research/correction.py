"""Edit alignment against plain parallel writing for correction (FastCorrect, Leng 2021: the alignment is the gain).

Same start (MiniLM's lower layers, vocabulary transferred), same pairs (people's own corrections of documentation,
no marks of the lexical prior), same steps: `edits` learns operations, gaps and the slots of the bracketed draft,
`plain` writes the whole corrected sentence from masks at a predicted length, as a translation would.
"""

import time
from pathlib import Path

import numpy as np
import torch

from ..data.align import apply_draft, build_draft
from ..data.guard import DataError, read_jsonl
from ..data.pools import Example, Pool
from ..data.tokenizer import BEGIN, DROP, END, FIX, MASK, PAD, load_tokenizer
from ..evaluate.scores import CorrectionScores
from ..network.minilm import load_minilm
from ..network.model import Configuration, NarModel
from ..objectives.cmlm import cmlm_loss
from ..objectives.edit import edit_row
from ..objectives.loss import LossOptions, row_loss
from ..objectives.pairs import make_pairs
from ..objectives.rows import collate, source_row
from ..stages.train import parameter_groups, rate_factor
from . import decode
from .run import half_precision, resume
from .scores import word_errors

BATCH, LAYERS, LONGEST = 32, 3, 40
STEPS = 30
DEV = {"typo": 40, "grammar": 40}


def training_examples(pools: Path) -> list[Example]:
    examples = []
    for name in ("typo", "grammar"):
        path = pools / f"{name}.npz"
        if not path.is_file():
            raise DataError(f"{path}: no such pool; run nar_training.data.prepare_edits first")
        pool = Pool(path, 1)
        for index in range(len(pool)):
            example = pool[index]
            if len(example.source) <= LONGEST and 0 < len(example.target) <= LONGEST:
                example.segments = [0] * len(example.source)
                examples.append(example)
    return examples


def dev_pairs(data: Path, name: str, count: int) -> list[tuple[str, str]]:
    records = read_jsonl(data / "edits" / f"{name}.dev.jsonl.zst")
    pairs = [
        (record["before"], record["after"]) for record in records if name == "typo" or record.get("strength") == "error"
    ]
    return [pair for pair in pairs if len(pair[0].split()) <= 30][:count]


def train_corrector(
    kind: str, work: Path, examples: list[Example], steps: int, seed: int, path: Path
) -> tuple[NarModel, dict]:
    tokenizer = load_tokenizer(work / "tokenizer.json")
    torch.manual_seed(seed)
    model = NarModel(Configuration(layers=LAYERS, vocabulary=tokenizer.get_vocab_size()))
    load_minilm(model, tokenizer)
    optimizer = torch.optim.AdamW(parameter_groups(model, 2e-4, 4e-4), lr=1.0, betas=(0.9, 0.98), eps=1e-6, fused=True)
    record, save = resume(model, optimizer, path)
    model.train()
    last = time.monotonic()
    while record["step"] < steps:
        step, began, cpu_began = record["step"], time.monotonic(), time.process_time()
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * rate_factor(step / steps, step, 10, 0.05)
        random = np.random.default_rng((seed, step))
        chosen = [examples[index] for index in random.choice(len(examples), BATCH, replace=False).tolist()]
        with half_precision():
            if kind == "edits":
                batch = collate([edit_row(example, FIX, random, "typo") for example in chosen])
                loss, figures, _ = row_loss(model, batch, LossOptions())
            else:
                pairs = make_pairs(chosen, [FIX] * len(chosen))
                loss, figures = cmlm_loss(model, pairs, 0.5, torch.Generator().manual_seed(seed * 1_000_003 + step))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        record["step"] += 1
        record["tokens"] += sum(len(example.source) + len(example.target) for example in chosen)
        record["seconds"] += time.monotonic() - began
        record["cpu_seconds"] += time.process_time() - cpu_began
        record["figures"] = {name: round(value, 4) for name, value in figures.items()}
        if record["step"] % 20 == 0:
            print(path.stem, record["step"], record["figures"], flush=True)
        if time.monotonic() - last > 45:
            save()
            last = time.monotonic()
    save()
    return model.eval(), record


@torch.no_grad()
def correct_with_edits(model: NarModel, ids: list[int], threshold: float = 0.5) -> list[int]:
    """One encode, one fill of the draft, most likely operations; `threshold`: least P(edit) of a token or gap."""
    row = source_row(FIX, ids, [0] * len(ids), "")
    hidden = model.hidden(torch.tensor([row.tokens]), torch.tensor([row.positions]), torch.tensor([row.segments]), None)
    operation, gap = model.operation(hidden)[0, 2:-1].softmax(1), model.insertion_logits(hidden)[0, 1:].softmax(1)
    operations = torch.where(operation[:, 0] > 1 - threshold, 0, operation[:, 1:].argmax(1) + 1).tolist()
    insertions = torch.where(gap[:, 0] > 1 - threshold, 0, gap[:, 1:].argmax(1) + 1).tolist()
    slots = sum(operation == 2 for operation in operations) + sum(insertions)
    if not slots and not any(operations):
        return ids
    draft, _ = build_draft(ids, operations, insertions, [0] * slots)
    fills: list[int] = []
    if slots:
        places = torch.tensor([position for position, token in enumerate(draft) if token == MASK]) + len(row) + 1
        tokens = [*row.tokens, BEGIN, *draft, END]
        size = len(draft) + 2
        mask = torch.zeros(1, len(tokens), len(tokens), dtype=torch.bool)
        mask[:, :, : len(row)] = True
        mask[:, len(row) :, len(row) :] = True
        states = model.hidden(
            torch.tensor([tokens]),
            torch.tensor([[*row.positions, *range(size)]]),
            torch.tensor([[*row.segments, *[1] * size]]),
            mask,
        )
        fills = model.token_logits(states[0, places]).argmax(1).tolist()
    return [token for token in apply_draft(draft, fills) if token not in (DROP, END)]


def correct_plainly(model: NarModel, ids: list[int], passes: int) -> list[int]:
    pairs = make_pairs([Example(ids, [0] * len(ids), [], [], [], [], ids)], [FIX])
    blank = decode.blank_answers(pairs, decode.predicted_lengths(model, pairs, 100))
    return [token for token in decode.mask_predict(model, blank, passes)[0].tolist() if token not in (PAD, DROP, END)]


def score(outputs: list[str], pairs: list[tuple[str, str]], seconds: float) -> dict:
    scores = CorrectionScores()
    for output, (source, target) in zip(outputs, pairs, strict=True):
        scores.add(source, output, [target])
    result = scores.result()
    errors = sum(word_errors(output, target) for output, (_, target) in zip(outputs, pairs, strict=True))
    return {
        "precision": result["precision"],
        "recall": result["recall"],
        "f0.5": result["f0.5"],
        "word_error_rate": round(100 * errors / sum(len(target.split()) for _, target in pairs), 2),
        "milliseconds_a_sentence": round(1000 * seconds / len(pairs), 1),
        "examples": outputs[:3],
    }


def measure_corrector(model: NarModel | None, kind: str, work: Path, data: Path) -> dict:
    """Scores of each dev part; without a model those of doing nothing."""
    tokenizer, results = load_tokenizer(work / "tokenizer.json"), {}
    systems = {
        "edits": {"edits": correct_with_edits},
        "plain": {f"plain, {n} passes": (lambda model, ids, n=n: correct_plainly(model, ids, n)) for n in (1, 5)},
    }
    for part, count in DEV.items():
        pairs = dev_pairs(data, part, count)
        if model is None:
            results[part] = {"do nothing": score([source for source, _ in pairs], pairs, 0.0)}
            continue
        results[part] = {}
        for name, system in systems[kind].items():
            began = time.process_time()
            outputs = [tokenizer.decode(system(model, tokenizer.encode(source).ids)) for source, _ in pairs]
            results[part][name] = score(outputs, pairs, time.process_time() - began)
    return results
