"""The whole GPU recipe on this machine's CPU, with a tiny network and seconds a step: it works before it is needed.

    python -m nar_training.stages.gpu.rehearse                   # with the data of training/runs
    python -m nar_training.stages.gpu.rehearse --keep FOLDER     # and look at what went to and fro

Every step is packed, copied to a folder of its own and run from there in a bare environment, without the packages that
a GPU machine may not have; what comes back is held against that machine's limits, joined, and starts the next step.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ...data.guard import DataError, run
from ...data.paths import WORK
from ...network import checkpoint
from . import parts
from .pack import MIB, pack
from .plan import PLANS

MISSING_THERE = ("tokenizers", "safetensors", "zstandard", "onnx", "onnxruntime", "onnxscript", "hypothesis")
WITHOUT = f"""import runpy, sys
for name in {MISSING_THERE}: sys.modules[name] = None
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)"""
FILES_BACK, FILE_BYTES, ALL_BYTES = 8, 16 * MIB, 64 * MIB


def command(machine: Path, out: Path) -> tuple[list[str], dict[str, str]]:
    """Command and environment of a step in its copied folder; `machine` stands for the GPU machine's disk."""
    words = [
        sys.executable,
        "-c",
        WITHOUT,
        "nar_training.stages.gpu.recipe",
        "--out",
        str(out),
        "--device",
        "cpu",
        "--work",
        str(machine / "work"),
    ]
    return words, {"PATH": os.environ.get("PATH", ""), "HOME": str(machine), "OMP_NUM_THREADS": "1"}


def check_output(out: Path) -> None:
    """Raises DataError when more would come back than a GPU machine lets out."""
    files = [path for path in out.rglob("*") if path.is_file()]
    sizes = [path.stat().st_size for path in files]
    if len(files) > FILES_BACK or max(sizes) > FILE_BYTES or sum(sizes) > ALL_BYTES:
        raise DataError(
            f"{out}: {len(files)} files of at most {max(sizes) / MIB:.1f} MiB, {sum(sizes) / MIB:.1f} together"
        )


def rehearse(
    work: Path, pools: Path, folder: Path, limit: int = 60 * MIB, plan: str = "tiny", start: str = "random"
) -> Path:
    """Runs all steps of a plan below `folder`; returns the last checkpoint. Raises DataError with the step's own
    words.
    """
    for step in range(1, len(PLANS[plan].steps) + 1):
        began = time.monotonic()
        print(pack(plan, step, start, work, pools, folder / f"step-{step}", limit), flush=True)
        machine, out = folder / f"machine-{step}", folder / f"out-{step}"
        shutil.copytree(folder / f"step-{step}", machine / "pack")
        words, environment = command(machine, out)
        result = subprocess.run(
            words, cwd=machine / "pack", env=environment, capture_output=True, text=True, check=False
        )
        if result.returncode:
            raise DataError(f"step {step} failed:\n{result.stdout[-2000:]}\n{result.stderr[-4000:]}")
        check_output(out)
        content = parts.read(out)
        start = str(folder / f"gpu-{step}.pt")
        checkpoint.save(Path(start), content)
        print(
            f"step {step}: {content['step']} steps of {content['stage_name']}, {time.monotonic() - began:.0f} "
            "s with packing",
            flush=True,
        )
    return Path(start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--pools", type=Path, help="folder of labelled examples (default: pools in the work folder)")
    parser.add_argument(
        "--keep", type=Path, help="folder for everything that goes to and fro (default: a temporary one)"
    )
    parser.add_argument("--limit-mib", type=float, default=60)
    arguments = parser.parse_args()
    pools, limit = arguments.pools or arguments.work / "pools", int(arguments.limit_mib * MIB)
    if arguments.keep:
        rehearse(arguments.work, pools, arguments.keep, limit)
    else:
        with tempfile.TemporaryDirectory() as folder:
            rehearse(arguments.work, pools, Path(folder), limit)
    print("all steps ran, and their checkpoints came back whole")


if __name__ == "__main__":
    run(main)
