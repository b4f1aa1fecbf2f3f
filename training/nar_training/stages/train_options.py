"""The command line of the trainer (train.py): what a stage begins with, how long it takes, where its data lie."""

import argparse
from pathlib import Path

from ..data.paths import DATA, WORK
from ..network.model import CONFIGURATIONS, LENGTH_HEADS
from .generation import OBJECTIVES


def parse(words: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train one stage within a wall-clock budget.")
    parser.add_argument(
        "--stage",
        choices=["pretrain", "edit", "polish", "again", "wording", "correct", "reword", "write", "generate"],
        required=True,
    )
    parser.add_argument(
        "--objective", choices=list(OBJECTIVES), default="cmlm", help="of the stage generate (generation.py)"
    )
    parser.add_argument("--start", default="minilm", help="minilm, distilbert, random or a checkpoint file")
    parser.add_argument("--name", help="checkpoint name under the work folder (default: the stage)")
    parser.add_argument("--budget-minutes", type=float, default=30)
    parser.add_argument("--steps", type=int, help="stop (and schedule) by steps instead of minutes")
    parser.add_argument("--configuration", choices=list(CONFIGURATIONS), default="base")
    parser.add_argument("--layers", type=int, default=None, help="fewer or more layers than the configuration has")
    parser.add_argument("--length-head", choices=LENGTH_HEADS, help="of the stage generate: begin with a new one")
    parser.add_argument("--body-rate", type=float, default=2e-4)
    parser.add_argument("--new-rate", type=float, default=6e-4)
    parser.add_argument("--freeze", type=int, default=0, help="embeddings and this many layers are not trained")
    parser.add_argument("--floor", type=float, default=0.05, help="share of the peak rate left at the end")
    parser.add_argument("--warmup", type=int, default=60)
    parser.add_argument("--clip", type=float, default=1.0)
    parser.add_argument("--tokens", type=int, default=2304, help="tokens a step")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--pools", type=Path, help="folder of labelled examples (default: pools in the work folder)")
    parser.add_argument(
        "--masked-share", type=float, default=0.0, help="edit and polish: share of steps on masked prose"
    )
    parser.add_argument("--device", default="cpu", help="cpu or cuda; under torchrun each process takes its own GPU")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--workers", type=int, default=0, help="processes that build batches (0: this one; 12 for a large GPU)"
    )
    parser.add_argument(
        "--compile", action="store_true", help="torch.compile the layers (GPU; the first steps take a minute)"
    )
    parser.add_argument(
        "--schedule",
        type=float,
        nargs=2,
        default=[0.0, 1.0],
        metavar=("FROM", "TO"),
        help="which part of the stage's schedule this run is, when a stage is cut into several runs",
    )
    parser.add_argument(
        "--measure-steps", type=int, default=1, help="figures of every n-th step (a GPU waits for each figure)"
    )
    parser.add_argument("--dev", type=Path, help="folder of nar_training.data.prepare_dev: held-out figures in the log")
    parser.add_argument("--dev-seconds", type=float, default=300)
    parser.add_argument("--parts", type=Path, help="also write the weights to this folder in small files (parts.py)")
    parser.add_argument("--save-seconds", type=float, default=180)
    parser.add_argument("--keep", type=int, default=0, help="files of weights for network.average (JANUS: 5)")
    parser.add_argument("--keep-steps", type=int, default=200, help="steps between two of them")
    parser.add_argument("--log-steps", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dry-run", action="store_true")
    arguments = parser.parse_args(words)
    if arguments.dry_run:
        arguments.steps, arguments.log_steps, arguments.name = 3, 1, f"{arguments.stage}-dry-run"
    return arguments
