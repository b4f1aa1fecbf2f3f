"""One network between two: the weights of a later stage averaged with those it started from (Wortsman 2022,
"Model soups").

    w = (1 - share) w_first + share w_second

    python -m nar_training.network.average training/runs/polish.pt training/runs/wording.pt --share 0.3 --output \
        training/runs/both.pt

Two checkpoints of one run lie in one basin, so the average is a network as good as either, with some of the skills of
both.
"""

import argparse
from pathlib import Path

from ..data.guard import DataError, run
from . import checkpoint
from .checkpoint import CheckpointError


def average(first: dict, second: dict, share: float) -> dict:
    """Contents of two checkpoints of one shape and vocabulary -> one without an optimizer. Raises CheckpointError for
    others.
    """
    if first.get("configuration") != second.get("configuration") or first.get("vocabulary") != second.get("vocabulary"):
        raise CheckpointError(
            "the two checkpoints have different configurations or vocabularies; average those of one run"
        )
    weights = {
        name: ((1 - share) * value.float() + share * second["model"][name].float()).to(value.dtype)
        if value.is_floating_point()
        else value
        for name, value in first["model"].items()
    }
    return {
        "configuration": first["configuration"],
        "vocabulary": first.get("vocabulary"),
        "model": weights,
        "stage_name": "average",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--share", type=float, default=0.5, help="of the second one, 0 to 1")
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    if not 0 <= arguments.share <= 1:
        raise DataError(f"--share {arguments.share}: a number from 0 to 1")
    checkpoint.save(
        arguments.output, average(checkpoint.load(arguments.first), checkpoint.load(arguments.second), arguments.share)
    )
    print(
        f"{1 - arguments.share:.2f} of {arguments.first} and {arguments.share:.2f} of {arguments.second} in "
        f"{arguments.output}"
    )


if __name__ == "__main__":
    run(main)
