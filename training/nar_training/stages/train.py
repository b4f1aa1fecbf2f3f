"""Train one stage within a wall-clock budget.

    python -m nar_training.stages.train --stage pretrain --budget-minutes 25 --start minilm
    python -m nar_training.stages.train --stage edit --budget-minutes 55 --start training/runs/pretrain.pt
    python -m nar_training.stages.train --stage polish --budget-minutes 8 --start training/runs/edit.pt

`--dry-run` takes three steps of everything. An interrupt (Ctrl-C or SIGTERM) saves a whole checkpoint and stops; the
same command goes on from it. The learning rate follows the share of the budget that is spent (cramming, Geiping 2022).
A GPU: `--device cuda --tokens 65536 --workers 12`; several: the same under torchrun (distributed.py).
"""

import argparse
import json
import math
import signal
import sys
import time
from collections import defaultdict
from pathlib import Path

import torch

from ..data.guard import run
from ..data.tokenizer import load_tokenizer, token_texts, vocabulary_key
from ..network import checkpoint
from ..network.model import CONFIGURATIONS, Configuration, NarModel, describe, with_length_head
from . import distributed
from .dev import DevSet
from .gpu import parts
from .prefetch import Prefetcher, WorkerError, derived_seed
from .stage import make_stage
from .train_options import parse


def parameter_groups(model: NarModel, body_rate: float, new_rate: float, own_tokens: bool = False) -> list[dict]:
    """Pre-trained layers move slowly, transferred embeddings and new heads faster; no decay on norms and biases.

    `own_tokens`: the embeddings came with the body and move with it. What is frozen is left out.
    """
    slow = ("layers.", "embedding_norm", "positions", *(["tokens"] if own_tokens else []))
    groups = defaultdict(list)
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = body_rate if name.startswith(slow) else new_rate
        groups[(rate, parameter.dim() > 1)].append(parameter)
    return [
        {"params": parameters, "peak": rate, "weight_decay": 0.01 if decay else 0.0}
        for (rate, decay), parameters in groups.items()
    ]


def rate_factor(spent: float, step: int, warmup: int, floor: float) -> float:
    """Linear warm-up by steps, then linear decay to `floor` by the share of the budget spent."""
    return min(1.0, (step + 1) / warmup) * (1 - (1 - floor) * min(1.0, spent))


def load_model(start: str, work: Path, name: str, layers: int | None) -> NarModel:
    """`start`: minilm, distilbert, random or a checkpoint file, which brings its own
    configuration. Raises CheckpointError."""
    if start in ("minilm", "distilbert", "random"):
        configuration = Configuration(**{**CONFIGURATIONS[name].as_dict(), **({"layers": layers} if layers else {})})
        model = NarModel(configuration)
        if start == "minilm":
            from ..network.minilm import load_minilm

            load_minilm(model, load_tokenizer(work / "tokenizer.json"))
        if start == "distilbert":
            from ..network.distilbert import load_distilbert

            load_distilbert(model)
        return model
    return checkpoint.model_of(Path(start), checkpoint.load(Path(start)), token_texts(work))


def train(arguments: argparse.Namespace) -> dict:
    """Runs one stage and returns what its last checkpoint says beside the weights: step, spent, tokens, dev figures.

    Raises DataError (CheckpointError among them) for data, checkpoints or a disk that it cannot work with.
    """
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    group = distributed.join(arguments.device)
    path = arguments.work / f"{arguments.name or arguments.stage}.pt"
    resumed = checkpoint.load(path) if path.exists() and not arguments.dry_run else None
    if resumed and "optimizer" not in resumed:
        raise checkpoint.CheckpointError(
            f"{path}: weights without the optimizer's state; give it with --start and another --name"
        )
    texts = token_texts(arguments.work)
    step, elapsed = (resumed["step"], resumed["elapsed"]) if resumed else (0, 0.0)
    apart = group.size > 1 or arguments.workers  # several streams of batches: none of them may repeat another or itself
    stage = make_stage(
        arguments, texts, derived_seed(arguments.seed, group.rank, step) if group.size > 1 else arguments.seed
    )
    batches = (
        Prefetcher(arguments, texts, arguments.workers, arguments.seed, group.rank, step) if arguments.workers else None
    )
    model = load_model(
        str(path) if resumed else arguments.start, arguments.work, arguments.configuration, arguments.layers
    )
    if not resumed:
        model = with_length_head(model, arguments.length_head)
    if model.configuration.length_head != "change" and arguments.stage not in ("generate", "pretrain"):
        raise checkpoint.CheckpointError(
            f"the stage {arguments.stage} learns the change of a length, and this network's head says lengths; "
            "train it with --stage generate, or start from another checkpoint"
        )
    model = model.to(group.device)
    model.freeze(arguments.freeze)
    optimizer = torch.optim.AdamW(
        parameter_groups(
            model, arguments.body_rate, arguments.new_rate, own_tokens=arguments.stage in ("correct", "reword")
        ),
        lr=1.0,
        betas=(0.9, 0.98),
        eps=1e-6,
        fused=True,
    )
    if resumed:
        optimizer.load_state_dict(resumed["optimizer"])
        if not apart:
            checkpoint.restore_random_state(resumed["random"], stage.generators())
            stage.restore(resumed["stage"])
    if group.device.type == "cuda" and hasattr(torch.backends.cuda, "enable_cudnn_sdp"):
        torch.backends.cuda.enable_cudnn_sdp(False)  # it plans anew for every shape, and every batch has another one
    if arguments.compile:
        model.hidden = torch.compile(model.hidden, dynamic=True)  # type: ignore[method-assign]
    dev = DevSet(arguments.dev, texts) if arguments.dev and group.leads else None

    def say(line: str) -> None:
        if group.leads:
            print(line, flush=True)

    say(f"{describe(model)}; stage {arguments.stage} from {path.name if resumed else arguments.start}, step {step}")

    interrupted = []
    handlers = {
        name: signal.signal(name, lambda number, frame: interrupted.append(number))
        for name in (signal.SIGINT, signal.SIGTERM)
    }

    def save() -> dict:
        about = {
            "configuration": model.configuration.as_dict(),
            "vocabulary": vocabulary_key(texts),
            "step": step,
            "elapsed": elapsed,
            "spent": spent,
        }
        if group.leads and not arguments.dry_run:
            if arguments.parts:
                parts.write(arguments.parts, model.state_dict(), {**about, "stage_name": arguments.stage})
            checkpoint.save(
                path,
                {
                    **about,
                    "model": model.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "stage": stage.state(),
                    "random": checkpoint.random_state(stage.generators()),
                },
            )
        return about

    model.train()
    sums: dict[str, list[float]] = defaultdict(list)
    run_began = last_save = last_dev = time.monotonic()
    began, tokens = run_began - elapsed, 0
    first, last = arguments.schedule
    while True:
        elapsed = time.monotonic() - began
        done = step / arguments.steps if arguments.steps else elapsed / (60 * arguments.budget_minutes)
        done, stopped = distributed.agree(done, bool(interrupted), group)
        spent = first + (last - first) * min(1.0, done)
        if done >= 1 or stopped:
            break
        factor = rate_factor(spent, step, arguments.warmup, arguments.floor)
        for parameters in optimizer.param_groups:
            parameters["lr"] = parameters["peak"] * factor
        try:
            batch = (stage.follow_up_batch() or batches.next()) if batches else stage.make_batch()
        except WorkerError as error:  # slower is better than not at all, most of all on a rented GPU
            print(f"{error}; going on without workers", file=sys.stderr, flush=True)
            batches.close()
            batches, batch = None, stage.make_batch()
        stage.spent = spent
        loss, figures = stage.learn(model, batch, group.device, step % arguments.measure_steps == 0)
        loss.backward()
        distributed.average_gradients(model, group)
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), arguments.clip)
        if math.isfinite(norm.item()):
            optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step, tokens = step + 1, tokens + batch.tokens
        for name, value in {**figures, "loss": loss.item(), "norm": norm.item()}.items():
            sums[name].append(value)
        if arguments.keep > 0 and step % arguments.keep_steps == 0 and group.leads and not arguments.dry_run:
            checkpoint.keep(path, model, vocabulary_key(texts), step, arguments.keep)
        now = time.monotonic()
        if step % arguments.log_steps == 0:
            means = {name: round(sum(values) / len(values), 4) for name, values in sums.items()}
            say(
                json.dumps(
                    {
                        "step": step,
                        "minutes": round(elapsed / 60, 2),
                        "rate": round(factor, 3),
                        **means,
                        "tokens_a_second": round(tokens * group.size / (now - run_began)),
                    }
                )
            )
            sums.clear()
        if dev and now - last_dev > arguments.dev_seconds:
            say(json.dumps({"step": step, **dev.figures(model, group.device)}))
            last_dev = time.monotonic()
        if now - last_save > arguments.save_seconds:
            try:
                save()
            except checkpoint.CheckpointError as error:  # a full disk may have room again at the next attempt
                print(error, file=sys.stderr, flush=True)
            last_save = time.monotonic()
    if batches:
        batches.close()
    about = {**save(), "interrupted": stopped, "tokens": tokens * group.size}
    if dev:
        about["dev"] = dev.figures(model, group.device)
        say(json.dumps({"step": step, **about["dev"]}))
    distributed.leave(group)
    for name, handler in handlers.items():  # the caller may run more than this stage
        signal.signal(name, handler)
    say(
        f"{'interrupted' if stopped else 'done'} at step {step} after {elapsed / 60:.1f} minutes"
        f"{'' if arguments.dry_run else f', saved {path.name}'}"
    )
    return about


def main() -> None:
    train(parse())


if __name__ == "__main__":
    run(main)
