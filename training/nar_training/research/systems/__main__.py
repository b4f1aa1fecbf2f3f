"""Train and score systems for the same CPU minutes each, one process after the other's work, resumable at any moment.

    python -m nar_training.research.systems fertilities kermit --minutes 4 --seeds 1
    python -m nar_training.research.systems all --minutes 4 --seeds 1 2

Records go to <work>/research/systems/<name>-<seed>.json as each is finished; one that is there with the same minutes is
not made again. `python -m nar_training.research.systems.report` writes docs/results from them. The weights learnt from
research-only data: they are marked and cannot be packaged.
"""

import argparse
import json
import os
import traceback
from pathlib import Path

import torch

from ...data.guard import DataError, run
from ...data.paths import DATA, WORK
from ..quora import read_quora
from ..run import DECODED_SENTENCES
from . import SYSTEMS
from .compare import Comparison, record_of


def is_measured(path: Path, minutes: float) -> bool:
    return path.is_file() and json.loads(path.read_text(encoding="utf-8"))["minutes"] == minutes


def store(path: Path, record: dict) -> None:
    """Whole or not at all."""
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(partial, path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="+", metavar="name", help=f"all, or some of: {', '.join(SYSTEMS)}")
    parser.add_argument("--minutes", type=float, default=4.0, help="CPU minutes of training for each system")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--sentences", type=int, default=DECODED_SENTENCES, help="dev sentences to decode")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    names = list(SYSTEMS) if arguments.names == ["all"] else arguments.names
    unknown = [name for name in names if name not in SYSTEMS]
    if unknown:
        raise DataError(f"no system is called {unknown[0]!r}; these are: {', '.join(SYSTEMS)}")
    torch.set_num_threads(arguments.threads)
    folder = arguments.work / "research"
    records = folder / "systems"
    records.mkdir(parents=True, exist_ok=True)
    comparison = Comparison(read_quora(arguments.data), folder, arguments.minutes, arguments.sentences)
    failed = []
    for seed in arguments.seeds:
        for name in names:
            path = records / f"{name}-{seed}.json"
            if is_measured(path, arguments.minutes):
                continue
            try:
                record = record_of(name, comparison, seed, SYSTEMS)
            except DataError:
                raise  # no data, no room: the next system would fare no better
            except Exception as error:  # whatever one system fails with, the others need not wait for it
                traceback.print_exc()
                failed.append(f"{name} {seed}: {error}")
                continue
            command = f"python -m nar_training.research.systems {name} --minutes {arguments.minutes:g} --seeds {seed}"
            store(path, {**record, "command": command})
            print(f"{name} {seed}: {path.name}", flush=True)
    if failed:
        raise DataError("; ".join(failed))


if __name__ == "__main__":
    run(main)
