"""One network between several: their weights averaged (Wortsman 2022, "Model soups"; the last checkpoints of a run,
JANUS section 4.2, which averages five).

    w = Σ_k a_k w_k,   Σ_k a_k = 1

    python -m nar_training.network.average training/runs/polish.pt training/runs/wording.pt --share 0.3 --output \
        training/runs/both.pt
    python -m nar_training.network.average training/runs/janus-*.pt --output training/runs/janus-average.pt

Checkpoints of one run lie in one basin, so the average is a network as good as each, with some of the skills of all.
`stages.train --keep 5 --keep-steps 200` leaves the last five behind.
"""

import argparse
from pathlib import Path

from ..data.guard import DataError, run
from . import checkpoint
from .checkpoint import CheckpointError


def average(contents: list[dict], shares: list[float] | None = None) -> dict:
    """Contents of checkpoints of one shape and vocabulary -> one without an optimizer; equal `shares` by default.

    Raises CheckpointError for checkpoints that differ in either, ValueError for shares that do not add up to 1.
    """
    shares = shares or [1 / len(contents)] * len(contents)
    if len(shares) != len(contents) or abs(sum(shares) - 1) > 1e-6:
        raise ValueError(f"{len(contents)} checkpoints need as many shares, which add up to 1, not {shares}")
    first = contents[0]
    if any(other.get(name) != first.get(name) for other in contents for name in ("configuration", "vocabulary")):
        raise CheckpointError("the checkpoints have different configurations or vocabularies; average those of one run")
    weights = {}
    for name, value in first["model"].items():
        if value.is_floating_point():
            parts = [share * each["model"][name].float() for share, each in zip(shares, contents, strict=True)]
            weights[name] = sum(parts[1:], start=parts[0]).to(value.dtype)
        else:
            weights[name] = value
    return {
        "configuration": first["configuration"],
        "vocabulary": first.get("vocabulary"),
        "model": weights,
        "stage_name": "average",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoints", type=Path, nargs="+", help="two or more")
    parser.add_argument("--share", type=float, help="of the second of two, 0 to 1; without it all count the same")
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    paths, share = arguments.checkpoints, arguments.share
    if len(paths) < 2:
        raise DataError(f"{paths[0]} alone has no average; give two checkpoints or more")
    if share is not None and not (0 <= share <= 1 and len(paths) == 2):
        raise DataError(f"--share {share}: a number from 0 to 1, and two checkpoints ({len(paths)} are given)")
    shares = [1 / len(paths)] * len(paths) if share is None else [1 - share, share]
    checkpoint.save(arguments.output, average([checkpoint.load(path) for path in paths], shares))
    parts = " and ".join(f"{part:.2f} of {path}" for part, path in zip(shares, paths, strict=True))
    print(f"{parts} in {arguments.output}")


if __name__ == "__main__":
    run(main)
