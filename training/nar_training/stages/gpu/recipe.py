"""One step of the GPU recipe, on the GPU's machine: PyTorch, NumPy and the standard library are all it needs.

    cd FOLDER-OF-PACK && python3 -m nar_training.stages.gpu.recipe --out "$OUT"

Unpacks the data (pack.py), runs the step's stages within their minutes, start-up included, and writes to the output
folder: the weights in parts (parts.py), renewed every minute, so that a step that is cut short has left what it learnt;
`log.txt`; and `figures.json` with held-out figures after every stage. Started again on the same machine it goes on from
the last checkpoint in its work folder. At home, `python -m nar_training.stages.gpu.parts` joins the parts.
"""

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TextIO

import torch

from ...data import packed
from ...data.guard import DataError, run
from ...network import checkpoint
from ..train import parse, train
from . import parts

BEGAN = time.monotonic()
LAST_SECONDS = 6.0  # kept for the last checkpoint and figures


class Tee:
    """Standard output or error that also goes to the log file."""

    def __init__(self, first: TextIO, path: Path):
        self.first, self.second = first, path.open("a", encoding="utf-8", buffering=1)

    def write(self, text: str) -> None:
        self.first.write(text)
        self.second.write(text)

    def flush(self) -> None:
        self.first.flush()
        self.second.flush()

    def __getattr__(self, name: str):
        return getattr(self.first, name)


def read_manifest(pack: Path) -> dict:
    """step.json, with every file checked. Raises DataError when a file is missing or altered."""
    try:
        manifest = json.loads((pack / "step.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(
            f"{pack / 'step.json'}: no readable manifest; start in the folder that nar_training.stages.gpu.pack wrote"
        ) from error
    for name, wanted in manifest["files"].items():
        path = pack / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            raise DataError(f"{path}: missing or altered on the way; copy the folder again")
    return manifest


def unpack(pack: Path, work: Path) -> None:
    """Prose, pools, dev data and the weights to start from, as train.py wants them; nothing is done twice."""
    done = work / "unpacked"
    if done.exists():
        return
    work.mkdir(parents=True, exist_ok=True)
    with (work / "prose.bin").open("wb") as output:
        for path in sorted((pack / "prose").glob("*.xz")):
            output.write(packed.decompress(path))
    for folder in ("pools", "dev"):
        for path in sorted((pack / folder).glob("*.xz")):
            if path.stem == "prose":
                (work / folder / "prose.bin").write_bytes(packed.decompress(path))
            else:
                packed.write_pool(packed.decompress(path), work / folder / f"{path.stem}.npz")
    (work / "token-texts.json").write_bytes((pack / "token-texts.json").read_bytes())
    checkpoint.save(work / "start.pt", parts.read(pack / "start"))
    done.touch()


def words_of(
    stage: dict, manifest: dict, arguments: argparse.Namespace, work: Path, start: Path, name: str, minutes: float
) -> list[str]:
    """The command line of train.py for one run of the plan."""
    workers = (
        min(manifest["workers"], max(1, (os.cpu_count() or 2) - 2)) if arguments.workers is None else arguments.workers
    )
    options = {
        "stage": stage["stage"],
        "start": start,
        "name": name,
        "work": work,
        "budget-minutes": minutes,
        "tokens": stage["tokens"],
        "body-rate": stage["body_rate"],
        "new-rate": stage["new_rate"],
        "floor": stage["floor"],
        "warmup": stage["warmup"],
        "masked-share": stage["masked_share"],
        "device": arguments.device,
        "workers": workers,
        "seed": 1 + 10 * manifest["step"],
        "measure-steps": manifest["measure_steps"],
        "log-steps": manifest["log_steps"],
        "save-seconds": manifest["save_seconds"],
        "parts": arguments.out,
        "dev": work / "dev",
        "dev-seconds": 120,
    }
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return [*words, "--schedule", *map(str, stage["schedule"]), *(["--compile"] if arguments.compile else [])]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder that comes back")
    parser.add_argument("--pack", type=Path, default=Path("."), help="folder that nar_training.stages.gpu.pack wrote")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "nar-recipe")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--workers", type=int, help="default: the plan's, at most two fewer than the processors")
    parser.add_argument(
        "--compile", action="store_true", help="torch.compile the layers: worth a try where a compiler is installed"
    )
    parser.add_argument("--minutes", type=float, help="for the whole step instead of the plan's")
    arguments = parser.parse_args()
    if arguments.device == "cuda" and not torch.cuda.is_available():
        raise DataError("PyTorch finds no GPU here; --device cpu runs the step without one")
    arguments.out.mkdir(parents=True, exist_ok=True)
    sys.stdout, sys.stderr = (Tee(stream, arguments.out / "log.txt") for stream in (sys.stdout, sys.stderr))
    manifest = read_manifest(arguments.pack)
    work = arguments.work / f"{manifest['plan']}-{manifest['step']}"
    unpack(arguments.pack, work)
    print(
        f"plan {manifest['plan']}, step {manifest['step']} of {manifest['steps']}; Python "
        f"{sys.version.split()[0]}, torch {torch.__version__}, "
        f"{os.cpu_count()} processors, {torch.cuda.get_device_name() if arguments.device == 'cuda' else 'no GPU'}; "
        f"unpacked after {time.monotonic() - BEGAN:.0f} s",
        flush=True,
    )
    planned = sum(stage["minutes"] for stage in manifest["runs"])
    total = arguments.minutes or planned
    left = (
        total - (time.monotonic() - BEGAN + LAST_SECONDS) / 60
    ) / planned  # every stage gives up its share of the start-up
    start, figures = work / "start.pt", []
    for number, stage in enumerate(manifest["runs"], 1):
        name = f"{number}-{stage['stage']}"
        minutes = max(0.25 * stage["minutes"], stage["minutes"] * left)
        about = train(parse(words_of(stage, manifest, arguments, work, start, name, minutes)))
        figures.append(
            {
                "stage": stage["stage"],
                **{key: value for key, value in about.items() if key not in ("configuration", "vocabulary")},
            }
        )
        (arguments.out / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
        start = work / f"{name}.pt"
        if about["interrupted"]:
            break
    print(f"step over after {(time.monotonic() - BEGAN) / 60:.2f} minutes", flush=True)
    return 0


if __name__ == "__main__":
    run(main)
