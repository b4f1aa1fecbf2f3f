"""Put what an objective trained beside the network into a model folder: crf.bin or dag.bin,
and its line in the manifest.

    python -m nar_training.package.attach --transition training/runs/generate-transition.pt --model models/my-model

The folder comes from `python -m nar_training.package.folder` with the checkpoint of the same run: these numbers fit its
network alone.
"""

import argparse
import hashlib
import json
from pathlib import Path

import torch
from torch import Tensor

from ..data.guard import DataError, run, whole_file
from ..objectives.da_transformer import UPSAMPLING
from . import links, transitions


def table(state: dict[str, Tensor], configuration: dict) -> tuple[str, bytes]:
    """File name and content. Raises DataError for numbers of another network."""
    arrays = {name: value.float().numpy() for name, value in state.items()}
    if "before.weight" in arrays:
        name, size, wanted, content = (
            "crf.bin",
            len(arrays["before.weight"]),
            "vocabulary",
            transitions.pack(arrays["before.weight"], arrays["after.weight"]),
        )
    elif "query" in arrays:
        name, size, wanted, content = (
            "dag.bin",
            len(arrays["query"]),
            "width",
            links.pack(arrays["query"], arrays["key"], arrays["distance"], UPSAMPLING),
        )
    else:
        raise DataError(f"neither a CRF's transitions nor links between vertices: {', '.join(arrays)}")
    if size != configuration[wanted]:
        raise DataError(
            f"{name}: made for a {wanted} of {size}, the model has {configuration[wanted]}; take the "
            "checkpoint of the same run"
        )
    return name, content


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--transition", type=Path, required=True, help="NAME-transition.pt, which lies beside the checkpoint NAME.pt"
    )
    parser.add_argument("--model", type=Path, required=True)
    arguments = parser.parse_args()
    manifest_path = arguments.model / "manifest.json"
    for path in (arguments.transition, manifest_path):
        if not path.is_file():
            raise DataError(f"{path} is missing")
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    name, content = table(
        torch.load(arguments.transition, map_location="cpu", weights_only=True)["transition"], manifest["graph"]
    )
    with whole_file(arguments.model / name) as output:
        output.write(content)
    manifest["files"][name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    with whole_file(manifest_path) as output:
        output.write((json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode())
    print(f"{arguments.model / name}: {len(content)} bytes")


if __name__ == "__main__":
    run(main)
