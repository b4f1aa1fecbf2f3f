"""One variant of an experiment: train so many steps (resumable), measure on dev, give back a record."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F

from ..data.guard import DataError
from ..data.tokenizer import PAD
from ..network import checkpoint
from ..network.model import Configuration, NarModel
from ..objectives.pairs import Pairs, answers, masked_slots
from ..stages.stage import has_mixed_precision
from ..stages.train import parameter_groups, rate_factor
from . import decode, scores
from .quora import LONGEST, Quora, batch_at, pairs_of

Objective = Callable[[NarModel, Pairs, torch.Generator, float], tuple[torch.Tensor, dict[str, float]]]
SAVE_SECONDS = 45
LOSS_SENTENCES, DECODED_SENTENCES = 1000, 300


def half_precision() -> torch.autocast:
    """bfloat16 where the processor computes in it; elsewhere it would cost four times single precision."""
    return torch.autocast("cpu", torch.bfloat16, enabled=has_mixed_precision(torch.device("cpu")))


@dataclass
class Plan:
    steps: int
    seed: int
    batch: int = 32  # pairs
    body_rate: float = 2e-4
    new_rate: float = 4e-4
    warmup: int = 30
    floor: float = 0.05
    average: int = 0  # the weights of so many times are averaged in the end (JANUS, section 4.2: 5)
    cpu_seconds: float = math.inf  # ends the run before its steps do: equal time instead of equal steps

    def is_averaged(self, step: int) -> bool:
        """The last `average` of twenty times spread evenly over the training, its end among them."""
        apart = max(1, self.steps // 20)
        return (self.steps - step) % apart == 0 and (self.steps - step) // apart < self.average

    def spent(self, record: dict) -> float:
        """Share of the run that lies behind a record, 0 … 1."""
        return max(record["step"] / self.steps, record["cpu_seconds"] / self.cpu_seconds)


def load_checkpoint(path: Path) -> NarModel:
    """The network of a run, with averaged weights where the run averages."""
    content = checkpoint.load(path, research=True)
    model = NarModel(Configuration(**content["configuration"]))
    model.load_state_dict(content.get("average") or content["model"])
    return model


def add_to_average(average: dict[str, torch.Tensor], model: NarModel, count: int) -> None:
    """The mean of `count` states of the weights and of one more, in place: m += (w - m) / (count + 1)."""
    for name, value in model.state_dict().items():
        old = average.get(name)
        average[name] = value.clone() if old is None else old + (value - old) / (count + 1)


def resume(
    model: NarModel,
    optimizer: torch.optim.Optimizer,
    path: Path,
    recipe: str = "",
    average: dict[str, torch.Tensor] | None = None,
) -> tuple[dict, Callable[[], None]]:
    """The record of a run, taken up where the checkpoint at `path` stands if there is one, and what saves all three.
    `average` is filled with the checkpoint's, too. Raises DataError for a checkpoint of another recipe.
    """
    average = {} if average is None else average
    record = {"step": 0, "seconds": 0.0, "cpu_seconds": 0.0, "tokens": 0, "skipped": 0, "averaged": 0, "figures": {}}
    record["recipe"] = recipe
    if path.exists():
        content = checkpoint.load(path, research=True)
        check_recipe(path, content, recipe)
        average.update(content.get("average", {}))
        model.load_state_dict(content["model"])
        if "optimizer" in content:  # a finished run may have been stored without
            optimizer.load_state_dict(content["optimizer"])
        record = {**record, **content["record"]}

    def save() -> None:
        checkpoint.save(
            path,
            {
                "research_only": True,
                "configuration": model.configuration.as_dict(),
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "record": record,
                **({"average": average} if average else {}),
            },
        )

    return record, save


def check_recipe(path: Path, content: dict, recipe: str) -> None:
    """Raises DataError where a checkpoint was trained with other settings than those that are asked for now."""
    if content["record"].get("recipe", "") != recipe:
        raise DataError(f"{path}: trained with other settings than this run has now; move it away to train it anew")


def train_variant(
    model: NarModel,
    quora: Quora,
    objective: Objective,
    plan: Plan,
    path: Path,
    stored: torch.Tensor | None = None,
    recipe: str = "",
) -> tuple[NarModel, dict]:
    """Trains to the end of `plan` from wherever `path` stands. `stored` [examples, T]: static pseudo-targets; `recipe`:
    the settings in words, which a checkpoint must have been trained with.
    """
    optimizer = torch.optim.AdamW(
        parameter_groups(model, plan.body_rate, plan.new_rate), lr=1.0, betas=(0.9, 0.98), eps=1e-6, fused=True
    )
    average: dict[str, torch.Tensor] = {}
    record, save = resume(model, optimizer, path, recipe, average)
    model.train()
    last = time.monotonic()
    sums: dict[str, float] = {}
    while (spent := plan.spent(record)) < 1:
        began, cpu_began, step = time.monotonic(), time.process_time(), record["step"]
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * rate_factor(spent, step, plan.warmup, plan.floor)
        indices = batch_at(quora.train, step, plan.batch, plan.seed)
        pairs = pairs_of(quora.train, indices)
        if stored is not None:
            pairs.pseudo = stored[indices, : pairs.target.shape[1]]
        generator = torch.Generator().manual_seed(plan.seed * 1_000_003 + step)
        with half_precision():
            loss, figures = objective(model, pairs, generator, spent)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        if math.isfinite(norm.item()):
            optimizer.step()
        else:
            record["skipped"] += 1
        optimizer.zero_grad(set_to_none=True)
        record["step"] = step + 1
        if plan.is_averaged(step + 1):
            add_to_average(average, model, record["averaged"])
            record["averaged"] += 1
        record["tokens"] += int((pairs.source != PAD).sum() + pairs.real.sum())
        record["seconds"] += time.monotonic() - began
        record["cpu_seconds"] += time.process_time() - cpu_began
        for name, value in figures.items():
            sums[name] = 0.9 * sums.get(name, value) + 0.1 * value
        if record["step"] % 25 == 0:
            speed = record["tokens"] / max(1e-9, record["cpu_seconds"])
            print(
                f"{path.stem} step {record['step']} { ({k: round(v, 3) for k, v in sums.items()}) } "
                f"{speed:.0f} tokens a CPU second",
                flush=True,
            )
        if time.monotonic() - last > SAVE_SECONDS:
            save()
            last = time.monotonic()
    record["figures"] = {name: round(value, 4) for name, value in sums.items()} or record["figures"]
    save()
    if average:
        model.load_state_dict(average)
    return model.eval(), record


@torch.no_grad()
@half_precision()
def sentence_losses(model: NarModel, quora: Quora, sentences: int = LOSS_SENTENCES) -> torch.Tensor:
    """One pass from full masks at the reference's length: summed cross-entropy, right tokens and tokens of each, [n,
    3].
    """
    model.eval()
    rows_of_three, count = [], min(sentences, len(quora.dev))
    for begin in range(0, count, 128):
        pairs = pairs_of(quora.dev, list(range(begin, min(begin + 128, count))))
        real = pairs.real
        rows, _ = answers(model, pairs, masked_slots(pairs))
        logits, wanted = model.token_logits(rows[real]).float(), pairs.target[real]
        loss, right = torch.zeros(real.shape), torch.zeros(real.shape)
        loss[real] = F.cross_entropy(logits, wanted, reduction="none")
        right[real] = (logits.argmax(1) == wanted).float()
        rows_of_three.append(torch.stack([loss.sum(1), right.sum(1), real.sum(1).float()], 1))
    return torch.cat(rows_of_three)


def dev_loss(model: NarModel, quora: Quora) -> dict[str, float]:
    """Loss and accuracy a token: far less noisy than BLEU."""
    loss, right, count = sentence_losses(model, quora).sum(0).tolist()
    return {"loss": round(loss / count, 4), "accuracy": round(right / count, 4)}


def paired_difference(left: torch.Tensor, right: torch.Tensor) -> tuple[float, float]:
    """Loss a token of left minus right over the same sentences, and its standard error (ratio estimate)."""
    count, tokens = len(left), left[:, 2]
    difference = left[:, 0] - right[:, 0]
    mean = (difference.sum() / tokens.sum()).item()
    residual = difference - mean * tokens
    return mean, (residual.square().sum().sqrt() / tokens.sum() * (count / (count - 1)) ** 0.5).item()


Decoder = Callable[
    [NarModel, Pairs], list[list[int]]
]  # gets the sources and all-hidden targets of the predicted length


@torch.no_grad()
@half_precision()
def decode_dev(
    model: NarModel, quora: Quora, decoder: Decoder, sentences: int = DECODED_SENTENCES, batch: int = 100
) -> tuple[list[list[int]], float]:
    """Answers at the predicted length, and the CPU seconds that the decoder took (encode for the length included)."""
    model.eval()
    order = sorted(range(min(sentences, len(quora.dev))), key=lambda index: len(quora.dev[index].source))
    results: dict[int, list[int]] = {}
    began = time.process_time()
    for begin in range(0, len(order), batch):
        indices = order[begin : begin + batch]
        pairs = pairs_of(quora.dev, indices)
        blank = decode.blank_answers(pairs, decode.predicted_lengths(model, pairs, LONGEST))
        for index, ids in zip(indices, decoder(model, blank), strict=True):
            results[index] = [token for token in ids if token != PAD]
    return [results[index] for index in range(len(order))], time.process_time() - began


def measure(model: NarModel, quora: Quora, decoder: Decoder, sentences: int = DECODED_SENTENCES) -> dict:
    answers_, seconds = decode_dev(model, quora, decoder, sentences)
    sources, references = zip(*quora.dev_texts[: len(answers_)], strict=True)
    texts = quora.tokenizer.decode_batch(answers_)
    clean = quora.tokenizer.decode_batch([scores.without_repeats(ids) for ids in answers_])
    return {
        "bleu": round(scores.bleu(texts, list(references)), 2),
        "spread": round(scores.bleu_spread(texts, list(references)), 2),
        "bleu_without_repeats": round(scores.bleu(clean, list(references)), 2),
        "source_bleu": round(scores.bleu(texts, list(sources)), 2),
        "repetition": round(100 * scores.repetition_ratio(answers_), 2),
        "length_ratio": round(scores.length_ratio(texts, list(references)), 3),
        "distinct": [round(scores.distinct(answers_, size), 4) for size in (1, 2)],
        "word_error_rate": round(100 * scores.word_error_rate(texts, list(references)), 2),
        "milliseconds_a_sentence": round(1000 * seconds / len(answers_), 2),
        "examples": texts[:5],
    }
