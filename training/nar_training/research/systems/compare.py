"""Trains one system for so many CPU minutes from the common start and scores each of its decoders: one record.

Every system has the same time, not the same steps: what a method's passes cost is part of the comparison. Interrupted
runs go on from their last checkpoint; a finished run keeps its weights without the optimizer's moments.
"""

import dataclasses
import functools
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from ...network import checkpoint
from ...network.model import NarModel
from .. import runs
from ..quora import Quora
from ..run import Plan, decode_dev, measure, train_variant
from .noised import noised
from .system import Ready, Setting, System, text_of

MOST_STEPS = 1_000_000  # never reached: the time ends a run
ONE_BY_ONE = 20  # sentences for the latency of a single request


@dataclass
class Comparison:
    quora: Quora
    folder: Path  # checkpoints
    minutes: float  # CPU minutes of training a system
    sentences: int  # of dev to decode
    batch: int = runs.BATCH
    start: Callable[[], NarModel] | None = None  # another start than the common one

    @functools.cached_property
    def sets(self) -> dict[str, Quora]:
        return {"paraphrase": self.quora, "correction": noised(self.quora)}

    def started(self) -> NarModel:
        """The run `minilm` of seed 1: conditional masked training from MiniLM, the same for all systems and seeds."""
        if self.start is not None:
            return self.start()
        return runs.finished("minilm", 1, self.quora, self.folder)[0]


def trained(name: str, comparison: Comparison, seed: int, systems: dict[str, System]) -> tuple[NarModel, Ready, dict]:
    """The system's network after its minutes, and its record; trains the rest where it is not finished."""
    system, path = systems[name], comparison.folder / f"system-{name}-{seed}.pt"
    model, quora = comparison.started(), comparison.sets[system.task]
    teacher = functools.partial(trained, "left-to-right", comparison, seed, systems)
    torch.manual_seed(seed)
    ready = system.ready(model, Setting(quora, seed, lambda: teacher()[0]))
    if ready.examples is not None:
        quora = dataclasses.replace(quora, train=ready.examples)
    plan = Plan(MOST_STEPS, seed, comparison.batch, warmup=15, cpu_seconds=60 * comparison.minutes)
    model, record = train_variant(model, quora, ready.objective, plan, path)
    content = checkpoint.load(path, research=True)
    if content.pop("optimizer", None) is not None:
        checkpoint.save(path, content)
    return model, ready, record


def one_by_one(model: NarModel, quora: Quora, decoder, sentences: int = ONE_BY_ONE) -> float:
    """CPU milliseconds a sentence when an editor asks for them one after the other, the encode included."""
    answers, seconds = decode_dev(model, quora, decoder, sentences, batch=1)
    return round(1000 * seconds / len(answers), 2)


def record_of(name: str, comparison: Comparison, seed: int, systems: dict[str, System]) -> dict:
    system = systems[name]
    model, ready, record = trained(name, comparison, seed, systems)
    quora = comparison.sets[system.task]
    decoders = {}
    for label, decoder in ready.decoders.items():
        decoder = text_of(decoder)
        torch.manual_seed(seed)  # decoders that draw, draw the same in every process
        scores = measure(model, quora, decoder, comparison.sentences)
        decoders[label] = {**scores, "one_by_one_milliseconds": one_by_one(model, quora, decoder)}
    notes = ready.notes | (ready.probe(model) if ready.probe else {})
    return {
        "name": name,
        "seed": seed,
        "minutes": comparison.minutes,
        "steps": record["step"],
        "cpu_minutes": round(record["cpu_seconds"] / 60, 3),
        "tokens": record["tokens"],
        "skipped": record["skipped"],
        "training": record["figures"],
        **({"notes": notes} if notes else {}),
        "decoders": decoders,
        "measured": time.strftime("%Y-%m-%d"),
    }
