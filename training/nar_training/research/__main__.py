"""Run the experiment behind a claim, or all of them, and store its figures.

    python -m nar_training.research mist-mixing --seed 1
    python -m nar_training.research all --seed 2

Resumable: an interrupted run goes on from its last checkpoint (training/runs/research/, never shipped). The figures of
another seed are added to the same file, docs/results/research/<claim>.json; docs/results/research.md tells what they
say.
"""

import argparse
import functools
import json
from pathlib import Path

import torch

from ..data.guard import run
from ..data.paths import DATA, REPOSITORY, WORK
from .claims import CLAIMS, Context
from .quora import read_quora
from .run import DECODED_SENTENCES


def merge(path: Path, claim: str, result: dict, command: str) -> dict:
    """The stored record with this seed's variants replaced or added."""
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"variants": [], "commands": []}
    fresh = {(variant["name"], variant["seed"]) for variant in result["variants"]}
    kept = [variant for variant in old["variants"] if (variant["name"], variant["seed"]) not in fresh]
    variants = sorted([*kept, *result["variants"]], key=lambda variant: (variant["seed"], variant["name"]))
    commands = list(dict.fromkeys([*old["commands"], command]))
    return {
        "claim": claim,
        "paper": CLAIMS[claim].paper,
        "says": CLAIMS[claim].says,
        "commands": commands,
        **({"reference": result["reference"]} if "reference" in result else {}),
        "variants": variants,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", choices=[*CLAIMS, "all"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the usual steps; below 1 only to try")
    parser.add_argument("--sentences", type=int, default=DECODED_SENTENCES, help="dev sentences to decode")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--results", type=Path, default=REPOSITORY / "docs" / "results" / "research")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    quora = functools.lru_cache(maxsize=1)(lambda: read_quora(arguments.data))
    context = Context(
        quora,
        arguments.data,
        arguments.work,
        arguments.work / "research",
        arguments.seed,
        arguments.scale,
        arguments.sentences,
    )
    arguments.results.mkdir(parents=True, exist_ok=True)
    for name in CLAIMS if arguments.name == "all" else [arguments.name]:
        result = CLAIMS[name].measure(context)
        more = "" if arguments.scale == 1 else f" --scale {arguments.scale:g}"
        command = f"python -m nar_training.research {name} --seed {arguments.seed}{more}"
        path = arguments.results / f"{name}.json"
        path.write_text(
            json.dumps(merge(path, name, result, command), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        print(f"{name}: {path.name}", flush=True)


if __name__ == "__main__":
    run(main)
