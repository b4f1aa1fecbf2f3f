"""Everything that one step of the GPU recipe needs, in one folder of at most 60 MiB (recipe.py: the other half).

    python -m nar_training.stages.gpu.pack --plan six --step 1 --start minilm --output training/runs/gpu/step-1
    python -m nar_training.stages.gpu.pack --plan six --step 2 --start training/runs/gpu-1.pt --output \
        training/runs/gpu/step-2
    python -m nar_training.stages.gpu.pack --plan six --step 2 --start training/runs/gpu-2.pt --rest

`--rest`: step 2 was cut short.

The folder holds the package's source, packed prose, pools and dev figures' data (packed.py), the texts of all tokens
and the weights to start from (parts.py): float16 where all data fit beside them, else int8. What prose does not fit is
left out; every step begins with another part of it. Packed data are cached under training/runs/gpu/cache, so the next
step's folder can be made in advance and `--weights-only` then puts new weights into it within a few seconds.
"""

import argparse
import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np

from ...data import packed
from ...data.guard import DataError, run
from ...data.paths import WORK
from ...data.tokenizer import load_tokenizer, token_texts, vocabulary_key
from ...network import checkpoint
from ...network.model import Configuration, NarModel
from ..stage import SHARES
from . import parts
from .plan import PLANS, Run, rest_of

MIB = 1 << 20
SOURCE = Path(__file__).resolve().parents[2]
NEEDED_THERE = ("data", "network", "objectives", "stages")
MARGIN = MIB // 4  # manifest and rounding


def cached(cache: Path, raw: bytes, make: Callable[[bytes], bytes]) -> bytes:
    path = cache / f"{hashlib.sha256(raw).hexdigest()[:24]}.xz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".partial")
        temporary.write_bytes(make(raw))
        temporary.replace(path)
    return path.read_bytes()


def start_model(start: str, overrides: dict, work: Path, texts: list[str]) -> tuple[NarModel, dict]:
    """The weights to begin with and what is known of them; `minilm` and `random` take the plan's configuration."""
    if start in ("minilm", "random"):
        model = NarModel(Configuration(**{"vocabulary": len(texts), **overrides}))
        if start == "minilm":
            from ...network.minilm import load_minilm

            load_minilm(model, load_tokenizer(work / "tokenizer.json"))
        return model, {"step": 0, "spent": 0.0}
    content = checkpoint.load(Path(start))
    model = checkpoint.model_of(Path(start), content, texts)
    differing = [name for name, value in overrides.items() if getattr(model.configuration, name) != value]
    if differing:
        raise checkpoint.CheckpointError(
            f"{start}: {differing[0]} is {getattr(model.configuration, differing[0])}, the plan wants "
            f"{overrides[differing[0]]}; take another --plan"
        )
    return model, {name: content.get(name) for name in ("step", "spent", "stage_name")}


def write_source(folder: Path) -> None:
    """The modules themselves: no evaluation, prior or model folder is made there."""
    for path in [*SOURCE.glob("*.py"), *(path for name in NEEDED_THERE for path in (SOURCE / name).rglob("*.py"))]:
        target = folder / "nar_training" / path.relative_to(SOURCE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def write_data(folder: Path, runs: list[Run], work: Path, pools: Path, texts: list[str]) -> None:
    """Everything but prose and weights. Raises DataError when something has not been prepared."""
    cache = work / "gpu" / "cache"
    (folder / "token-texts.json").write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    names = sorted({name for run in runs for name in SHARES.get(run.stage, {}) if (pools / f"{name}.npz").exists()})
    if not names and any(run.stage in SHARES for run in runs):
        raise DataError(f"no pools in {pools}: run python -m nar_training.data.prepare_edits first")
    sources = {f"pools/{name}.xz": pools / f"{name}.npz" for name in names}
    sources |= {f"dev/{name}.xz": work / "dev" / f"{name}.npz" for name in ("typo", "grammar")}
    for name, source in sources.items():
        if not source.exists():
            raise DataError(f"{source}: no such file; run python -m nar_training.data.prepare_dev first")
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(cached(cache, packed.pool_bytes(source), packed.compress))
    (folder / "dev" / "prose.xz").write_bytes(cached(cache, (work / "dev" / "prose.bin").read_bytes(), packed.compress))


def write_prose(folder: Path, work: Path, room: int, begin: float) -> int:
    """As many chunks as fit into `room` bytes, from the share `begin` of the prose on (then from its start);
    returns tokens.
    """
    prose = np.memmap(work / "prose.bin", dtype=np.uint16, mode="r")
    starts = list(range(0, len(prose), packed.CHUNK_TOKENS))
    first, tokens = int(begin * len(starts)), 0
    (folder / "prose").mkdir(parents=True, exist_ok=True)
    for number, start in enumerate(starts[first:] + starts[:first]):
        chunk = prose[start : start + packed.CHUNK_TOKENS]
        content = cached(work / "gpu" / "cache", chunk.tobytes(), packed.compress)
        if len(content) > room:
            continue  # the last chunk is a short one and may still fit
        (folder / "prose" / f"{number:02}.xz").write_bytes(content)
        room, tokens = room - len(content), tokens + len(chunk)
    if not tokens:
        raise DataError(
            "no room is left for prose beside the weights and pools: fewer noised sentences, or a higher "
            f"--limit-mib ({room / MIB:.1f} MiB left)"
        )
    return tokens


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def write_weights(folder: Path, model: NarModel, about: dict, coding: str, texts: list[str]) -> None:
    shutil.rmtree(folder / "start", ignore_errors=True)
    parts.write(
        folder / "start",
        model.state_dict(),
        {"configuration": model.configuration.as_dict(), "vocabulary": vocabulary_key(texts), **about},
        coding,
        total=1 << 40,
    )


def write_manifest(folder: Path, plan: str, step: int, runs: list[Run]) -> None:
    """step.json: what to run, and the SHA-256 of every other file."""
    chosen = PLANS[plan]
    files = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "step.json"
    }
    content = {
        "plan": plan,
        "step": step,
        "steps": len(chosen.steps),
        "runs": [asdict(run) for run in runs],
        "workers": chosen.workers,
        "measure_steps": chosen.measure_steps,
        "log_steps": chosen.log_steps,
        "save_seconds": chosen.save_seconds,
        "files": files,
    }
    (folder / "step.json").write_text(json.dumps(content, indent=1), encoding="utf-8")


def pack(
    plan: str,
    step: int,
    start: str,
    work: Path,
    pools: Path,
    folder: Path,
    limit: int,
    weights_only: bool = False,
    rest: bool = False,
) -> str:
    """Writes the folder and returns a line about it. Raises DataError when something is missing or does not fit."""
    chosen, texts = PLANS[plan], token_texts(work)
    if not 1 <= step <= len(chosen.steps):
        raise DataError(f"plan {plan} has steps 1 to {len(chosen.steps)}")
    runs = chosen.steps[step - 1]
    model, about = start_model(start, chosen.configuration, work, texts)
    if rest:
        runs = rest_of(runs, about.get("stage_name") or "", about.get("spent") or 0.0)
    if weights_only:
        old = json.loads((folder / "step.json").read_text(encoding="utf-8"))
        if (old["plan"], old["step"]) != (plan, step):
            raise DataError(
                f"{folder} was packed for step {old['step']} of plan {old['plan']}; pack it anew without --weights-only"
            )
        tokens, coding = "", parts.coding_of(folder / "start")
        write_weights(folder, model, about, coding, texts)
    else:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        write_source(folder)
        write_data(folder, runs, work, pools, texts)
        # Prose is worth more than the last bits of weights that go on learning: float16 only where nothing is left out.
        wanted = (work / "prose.bin").stat().st_size // 2
        weights = sum(parameter.numel() for parameter in model.parameters())
        coding = "float16" if size_of(folder) + 2 * weights + wanted + MARGIN < limit else "int8"
        write_weights(folder, model, about, coding, texts)
        used = write_prose(folder, work, limit - size_of(folder) - MARGIN, (step - 1) / len(chosen.steps))
        tokens = f", {used / 1e6:.1f} M tokens of prose"
    write_manifest(folder, plan, step, runs)
    size = size_of(folder)
    if size > limit:
        raise DataError(
            f"{folder}: {size / MIB:.1f} MiB, more than {limit / MIB:.0f}; fewer noised sentences or a smaller network"
        )
    return (
        f"{folder}: step {step} of {len(chosen.steps)}, {size / MIB:.1f} MiB, weights as {coding} from {start}{tokens}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plan", choices=list(PLANS), default="six")
    parser.add_argument("--step", type=int, required=True)
    parser.add_argument(
        "--start", default="minilm", help="minilm, random, or the checkpoint of the step before (parts.py)"
    )
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--pools", type=Path, help="folder of labelled examples (default: pools in the work folder)")
    parser.add_argument("--output", type=Path, help="default: gpu/step-N in the work folder")
    parser.add_argument("--limit-mib", type=float, default=60)
    parser.add_argument(
        "--weights-only", action="store_true", help="the folder is there already: put these weights into it"
    )
    parser.add_argument(
        "--rest", action="store_true", help="of a step that was cut short: only what its checkpoint has not done"
    )
    arguments = parser.parse_args()
    folder = arguments.output or arguments.work / "gpu" / f"step-{arguments.step}"
    print(
        pack(
            arguments.plan,
            arguments.step,
            arguments.start,
            arguments.work,
            arguments.pools or arguments.work / "pools",
            folder,
            int(arguments.limit_mib * MIB),
            arguments.weights_only,
            arguments.rest,
        )
    )


if __name__ == "__main__":
    run(main)
