"""A checkpoint's weights in small files, each whole in itself: what comes back where no large file may.

    python -m nar_training.stages.gpu.parts FOLDER --output training/runs/gpu-1.pt      # check and join

A part is one line of JSON (what it holds, SHA-256 of the rest) and the bytes of some tensors' rows. Each is written
beside the old one and moved over it, so a run that is killed leaves whole parts. If it is killed between two moves,
some parts are one save younger than others: that is told, and still a usable start for more training.

float16 keeps 11 bits of a weight (rounding 0.05 %); int8 keeps a scale a row and 8 bits (about 1 % of a row's
deviation), enough to go on training from: on nar-base 0.1.1 the held-out masked-token loss goes from 5.864 to 5.869
and found errors stay as they are (5.864 with float16). Vectors (norms, biases) stay float32 in both.
The optimizer's state would be four times the size and is left behind: a run that goes on warms up again.
"""

import argparse
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from ...data.guard import run
from ...network import checkpoint
from ...network.checkpoint import CheckpointError

MIB = 1 << 20
PART_BYTES = 12 * MIB  # of at most 16 a file
TOTAL_BYTES = 64 * MIB  # of all files together, the one being written beside them included
BLOCK_BYTES = 1 * MIB
CODINGS = ("float16", "int8")


def encode(rows: np.ndarray, coding: str) -> bytes:
    """float32 rows [n, m] (or a vector, which stays float32)
    as bytes. Raises CheckpointError for what float16 cannot hold.
    """
    if rows.ndim < 2:
        return rows.astype("<f4").tobytes()
    if coding == "float16":
        if not np.isfinite(rows).all() or np.abs(rows).max(initial=0) > np.finfo(np.float16).max:
            raise CheckpointError("a weight is not a number or too large for float16: this training run has diverged")
        return rows.astype("<f2").tobytes()
    flat = rows.reshape(len(rows), -1)
    scales = np.maximum(np.abs(flat).max(1, initial=0), 1e-12).astype("<f4") / 127
    return scales.tobytes() + np.rint(flat / scales[:, None]).astype(np.int8).tobytes()


def decode(content: bytes, shape: list[int], coding: str) -> np.ndarray:
    """Inverse of `encode`, float32."""
    if len(shape) < 2:
        return np.frombuffer(content, "<f4").reshape(shape)
    if coding == "float16":
        return np.frombuffer(content, "<f2").astype(np.float32).reshape(shape)
    scales = np.frombuffer(content, "<f4", count=shape[0])
    return (np.frombuffer(content, np.int8, offset=4 * shape[0]).reshape(shape[0], -1) * scales[:, None]).reshape(shape)


def blocks(weights: dict[str, torch.Tensor], coding: str) -> Iterator[tuple[dict, bytes]]:
    """Every tensor in row blocks of about a mebibyte: {name, shape of the block, first row, rows of the whole},
    bytes.
    """
    for name, tensor in weights.items():
        array = tensor.detach().to("cpu", torch.float32).numpy()
        rows = max(1, BLOCK_BYTES // max(1, 4 * array[0].size)) if array.ndim > 1 else max(1, len(array))
        for first in range(0, len(array), rows):
            piece = array[first : first + rows]
            content = encode(piece, coding)
            yield (
                {"name": name, "shape": list(piece.shape), "first": first, "rows": len(array), "bytes": len(content)},
                content,
            )


def write(
    folder: Path, weights: dict[str, torch.Tensor], about: dict, coding: str = "float16", total: int = TOTAL_BYTES
) -> list[Path]:
    """Writes `weights-1.part` … and returns them. `about`: configuration, step and the like, JSON.

    Raises CheckpointError when the files would be larger together than `total`, or cannot be written.
    """
    files: list[list[tuple[dict, bytes]]] = [[]]
    for entry, content in blocks(weights, coding):
        if files[-1] and sum(len(c) for _, c in files[-1]) + len(content) > PART_BYTES:
            files.append([])
        files[-1].append((entry, content))
    size = sum(len(content) for file in files for _, content in file)
    if size + PART_BYTES > total:
        raise CheckpointError(
            f"{size / MIB:.0f} MiB of weights ({coding}) do not fit into parts of {total / MIB:.0f} MiB "
            "together; take a smaller network"
        )
    paths = [folder / f"weights-{number}.part" for number in range(1, len(files) + 1)]
    for path, file in zip(paths, files, strict=True):
        payload = b"".join(content for _, content in file)
        header = {
            "format": 1,
            "parts": len(files),
            "coding": coding,
            **about,
            "tensors": [entry for entry, _ in file],
            "sha256": hashlib.sha256(payload).hexdigest(),
        }
        temporary = path.with_suffix(".partial")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(json.dumps(header).encode() + b"\n" + payload)
            os.replace(temporary, path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise CheckpointError(
                f"{path} cannot be written ({error.strerror}); the part before it is whole"
            ) from error
    return paths


def coding_of(folder: Path) -> str:
    """float16 or int8: how the parts of a folder are coded."""
    with (folder / "weights-1.part").open("rb") as part:
        return json.loads(part.readline())["coding"]


def read(folder: Path) -> dict:
    """A checkpoint's content (configuration, model, step, …) from its parts; `mixed` says that they are of two saves.

    Raises CheckpointError when a part is missing, cut off or altered, or does not belong to the others.
    """
    paths = sorted(folder.glob("weights-*.part"), key=lambda path: int(path.stem.split("-")[1]))
    if not paths:
        raise CheckpointError(f"{folder}: no weights-*.part in it")
    headers, model, filled = [], {}, {}
    for path in paths:
        line, _, payload = path.read_bytes().partition(b"\n")
        try:
            header = json.loads(line)
            whole = hashlib.sha256(payload).hexdigest() == header["sha256"]
        except (ValueError, KeyError, TypeError):
            whole = False
        if not whole:
            raise CheckpointError(f"{path}: cut off or altered (its checksum is another); fetch it again")
        headers.append(header)
        at = 0
        for entry in header["tensors"]:
            content, at = payload[at : at + entry["bytes"]], at + entry["bytes"]
            array = decode(content, entry["shape"], header["coding"])
            target = model.setdefault(entry["name"], torch.zeros(entry["rows"], *entry["shape"][1:]))
            target[entry["first"] : entry["first"] + len(array)] = torch.from_numpy(array.copy())
            filled[entry["name"]] = filled.get(entry["name"], 0) + len(array)
    first = headers[0]
    if len(paths) != first["parts"] or any(header["configuration"] != first["configuration"] for header in headers):
        raise CheckpointError(
            f"{folder}: {len(paths)} parts, but {first['parts']} belong together; fetch them all, and no others"
        )
    if any(filled[name] != len(tensor) for name, tensor in model.items()):
        raise CheckpointError(f"{folder}: parts of different checkpoints lie together; fetch them all again")
    about = {
        name: value for name, value in first.items() if name not in ("format", "parts", "coding", "tensors", "sha256")
    }
    return {**about, "mixed": len({header.get("step") for header in headers}) > 1, "model": model}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    content = read(arguments.folder)
    checkpoint.model_of(arguments.folder, content)  # the weights fit their configuration
    checkpoint.save(arguments.output, content)
    mixed = (
        "; the parts are of two saves (the run was killed while it wrote): train on before you ship it"
        if content["mixed"]
        else ""
    )
    print(
        f"{arguments.output}: step {content.get('step')}, {100 * content.get('spent', 0):.0f} % of the stage "
        f"{content.get('stage_name', '')}{mixed}"
    )


if __name__ == "__main__":
    run(main)
