"""Train one stage within a wall-clock budget.

    python -m nar_training.train --stage pretrain --budget-minutes 25 --start minilm
    python -m nar_training.train --stage edit --budget-minutes 55 --start training/work/pretrain.pt
    python -m nar_training.train --stage polish --budget-minutes 8 --start training/work/edit.pt

`--dry-run` takes three steps of everything. An interrupt (Ctrl-C or SIGTERM) saves a whole checkpoint and stops; the
same command goes on from it. The learning rate follows the share of the budget that is spent (cramming, Geiping 2022).
"""

import argparse
import json
import math
import signal
import time
from collections import defaultdict
from pathlib import Path

import torch

from . import checkpoint
from .minilm import load_minilm
from .model import CONFIGURATIONS, Configuration, NarModel, describe
from .paths import DATA, WORK
from .stages import make_stage
from .tokenizer import load_tokenizer


def parameter_groups(model: NarModel, body_rate: float, new_rate: float) -> list[dict]:
    """Pre-trained layers move slowly, transferred embeddings and new heads faster; no decay on norms and biases."""
    groups = defaultdict(list)
    for name, parameter in model.named_parameters():
        rate = body_rate if name.startswith(("layers.", "embedding_norm", "positions")) else new_rate
        groups[(rate, parameter.dim() > 1)].append(parameter)
    return [{"params": parameters, "peak": rate, "weight_decay": 0.01 if decay else 0.0}
            for (rate, decay), parameters in groups.items()]


def rate_factor(spent: float, step: int, warmup: int, floor: float) -> float:
    """Linear warm-up by steps, then linear decay to `floor` by the share of the budget spent."""
    return min(1.0, (step + 1) / warmup) * (1 - (1 - floor) * min(1.0, spent))


def load_model(start: str, work: Path, name: str, layers: int | None) -> NarModel:
    if start in ("minilm", "random"):
        configuration = Configuration(**{**CONFIGURATIONS[name].as_dict(), **({"layers": layers} if layers else {})})
        model = NarModel(configuration)
        if start == "minilm":
            load_minilm(model, load_tokenizer(work / "tokenizer.json"))
        return model
    content = checkpoint.load(Path(start))
    model = NarModel(Configuration(**content["configuration"]))
    model.load_state_dict(content["model"])
    return model


def parse(words: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stage", choices=["pretrain", "edit", "polish"], required=True)
    parser.add_argument("--start", default="minilm", help="minilm, random or a checkpoint file")
    parser.add_argument("--name", help="checkpoint name under the work folder (default: the stage)")
    parser.add_argument("--budget-minutes", type=float, default=30)
    parser.add_argument("--steps", type=int, help="stop (and schedule) by steps instead of minutes")
    parser.add_argument("--configuration", choices=list(CONFIGURATIONS), default="base")
    parser.add_argument("--layers", type=int, default=None, help="fewer or more layers than the configuration has")
    parser.add_argument("--body-rate", type=float, default=2e-4)
    parser.add_argument("--new-rate", type=float, default=6e-4)
    parser.add_argument("--floor", type=float, default=0.05, help="share of the peak rate left at the end")
    parser.add_argument("--warmup", type=int, default=60)
    parser.add_argument("--clip", type=float, default=1.0)
    parser.add_argument("--tokens", type=int, default=2304, help="tokens a step")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--pools", type=Path, help="folder of labelled examples (default: pools in the work folder)")
    parser.add_argument("--masked-share", type=float, default=0.0, help="edit and polish: share of steps on masked prose")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--save-seconds", type=float, default=180)
    parser.add_argument("--log-steps", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dry-run", action="store_true")
    arguments = parser.parse_args(words)
    if arguments.dry_run:
        arguments.steps, arguments.log_steps, arguments.name = 3, 1, f"{arguments.stage}-dry-run"
    return arguments


def train(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    path = arguments.work / f"{arguments.name or arguments.stage}.pt"
    resumed = checkpoint.load(path) if path.exists() and not arguments.dry_run else None
    model = load_model(str(path) if resumed else arguments.start, arguments.work, arguments.configuration, arguments.layers).to(arguments.device)
    stage = make_stage(arguments)
    optimizer = torch.optim.AdamW(parameter_groups(model, arguments.body_rate, arguments.new_rate), lr=1.0,
                                  betas=(0.9, 0.98), eps=1e-6, fused=True)
    step, elapsed = 0, 0.0
    if resumed:
        optimizer.load_state_dict(resumed["optimizer"])
        checkpoint.restore_random_state(resumed["random"], stage.generators())
        stage.restore(resumed["stage"])
        step, elapsed = resumed["step"], resumed["elapsed"]
    print(f"{describe(model)}; stage {arguments.stage} from {path.name if resumed else arguments.start}, step {step}", flush=True)

    interrupted = []
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, frame: interrupted.append(number))

    def save() -> None:
        checkpoint.save(path, {"configuration": model.configuration.as_dict(), "model": model.state_dict(),
                               "optimizer": optimizer.state_dict(), "step": step, "elapsed": elapsed,
                               "stage": stage.state(), "random": checkpoint.random_state(stage.generators())})

    model.train()
    sums: dict[str, list[float]] = defaultdict(list)
    run_began = last_save = time.monotonic()
    began, tokens = run_began - elapsed, 0
    while not interrupted:
        elapsed = time.monotonic() - began
        spent = step / arguments.steps if arguments.steps else elapsed / (60 * arguments.budget_minutes)
        if spent >= 1:
            break
        factor = rate_factor(spent, step, arguments.warmup, arguments.floor)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        loss, figures, count = stage.step(model, arguments.device, spent)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), arguments.clip)
        if math.isfinite(norm.item()):
            optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step, tokens = step + 1, tokens + count
        for name, value in {**figures, "loss": loss.item(), "norm": norm.item()}.items():
            sums[name].append(value)
        if step % arguments.log_steps == 0:
            means = {name: round(sum(values) / len(values), 4) for name, values in sums.items()}
            speed = round(tokens / (time.monotonic() - run_began))
            print(json.dumps({"step": step, "minutes": round(elapsed / 60, 2), "rate": round(factor, 3), **means,
                              "tokens_a_second": speed}), flush=True)
            sums.clear()
        if time.monotonic() - last_save > arguments.save_seconds:
            save()
            last_save = time.monotonic()
    if not arguments.dry_run:
        save()
    print(f"{'interrupted' if interrupted else 'done'} at step {step} after {elapsed / 60:.1f} minutes, saved {path.name}", flush=True)


if __name__ == "__main__":
    train(parse())
