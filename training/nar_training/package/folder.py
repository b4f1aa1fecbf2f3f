"""Write a model folder: graphs, tokenizer, config and a manifest with the SHA-256 of every other file.

    python -m nar_training.package.folder --checkpoint training/runs/polish.pt --output models/nar-base --version 0.1.0
    python -m nar_training.package.folder --checkpoint training/runs/polish.pt --dtypes int8 fp16
    python -m nar_training.package.folder --checkpoint training/runs/correct/correct.pt --work training/runs/correct \
        --output models/nar-correct

int8 is for the CPU, fp16 for GPUs (the host's "auto"), fp32 for comparisons. Together they stay below 70 MB.
A vocabulary of word pieces makes a model that edits and writes no text of its own, with labels by piece.
Thresholds and temperatures come from `python -m nar_training.fit.calibrate`, which edits the manifest in place.
"""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

from ..data.guard import DataError, run
from ..data.paths import REPOSITORY, WORK
from ..data.tokenizer import BLANK, RESERVED, TASKS, token_texts, tokenizer_config
from ..data.word_pieces import UNKNOWN
from ..network import checkpoint
from ..network.model import NEVER, Configuration
from .export import export_onnx, parity
from .fused_gelu import fuse_gelu
from .idle_head import skip_idle_head
from .quantize import quantize
from .shared_matrix import share_matrix

SPECIAL = {
    "pad": 0,
    "mask": 1,
    "begin": 2,
    "end": 3,
    "blank": 4,
    "copy": 5,
    "openDeleted": 6,
    "closeDeleted": 7,
    "drop": 8,
    **TASKS,
}
DEFAULT_THRESHOLDS = {"correct": {"default": 0.7, "lexicon": 0.3, "highConfidence": 0.9, "byType": {}}}
LICENSE = "Apache-2.0 AND CC-BY-4.0 AND CC-BY-SA-4.0"
GRAPHS = {"int8": "onnx/model_int8.onnx", "fp16": "onnx/model_fp16.onnx", "fp32": "onnx/model.onnx"}
LARGEST = 70_000_000  # bytes of all shipped graphs together
DESCRIPTION = "Corrects, rephrases and shortens technical English prose in one or two parallel passes"
CORRECTS = "Corrects technical English prose in one or two parallel passes"
REWORDS = "Corrects and rewords technical English prose by edits, in a few parallel passes"


def graph_block(configuration: Configuration) -> dict:
    return {
        "layers": configuration.layers,
        "heads": configuration.heads,
        "headSize": configuration.head_size,
        "width": configuration.width,
        "vocabulary": configuration.vocabulary,
        "maximumPositions": configuration.maximum_positions,
        "candidates": configuration.candidates,
        "maximumInsertion": configuration.maximum_insertion,
        "lengthOffset": configuration.length_offset,
    }


def config_json(configuration: Configuration) -> dict:
    return {
        "model_type": "bert",
        "architectures": ["NarModel"],
        "hidden_size": configuration.width,
        "num_hidden_layers": configuration.layers,
        "num_attention_heads": configuration.heads,
        "intermediate_size": configuration.inner,
        "hidden_act": "gelu",
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": configuration.maximum_positions,
        "type_vocab_size": configuration.segments,
        "vocab_size": configuration.vocabulary,
        "pad_token_id": 0,
        "position_embedding_type": "absolute",
        "nar": graph_block(configuration),
    }


def has_word_pieces(tokenizer: Path) -> bool:
    model = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]
    return model["type"] == "WordPiece" and model["vocab"][UNKNOWN] == RESERVED


def vocabulary_sha256(tokenizer: Path) -> str:
    """SHA-256 of the tokens of a tokenizer.json in the order of their ids, U+0000 between them: what the engine asks of
    the tokenizer that it finds beside the weights (src/engine/model/checksum.ts)."""
    vocabulary: dict[str, int] = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    return hashlib.sha256("\0".join(sorted(vocabulary, key=vocabulary.__getitem__)).encode("utf-8")).hexdigest()


def checksums(folder: Path) -> dict[str, dict]:
    """Every file but the manifest itself and the model card."""
    names = ["config.json", "tokenizer.json", "tokenizer_config.json", *GRAPHS.values()]
    return {
        name: {
            "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
            "bytes": (folder / name).stat().st_size,
        }
        for name in names
        if (folder / name).exists()
    }


def write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=REPOSITORY / "models" / "nar-base")
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument(
        "--dtypes",
        nargs="+",
        choices=list(GRAPHS),
        default=["int8"],
        help="graphs of the folder; others in it are removed",
    )
    parser.add_argument("--keep-float", nargs="*", default=[], help="name parts of MatMul nodes that stay fp32")
    parser.add_argument(
        "--ctc", action="store_true", help="weights of the objectives ctc or imputer: the head may give the blank"
    )
    parser.add_argument(
        "--fill-from",
        choices=["source", "draft"],
        default="draft",
        help="with word pieces: where single missing tokens are read",
    )
    parser.add_argument(
        "--tasks",
        nargs="+",
        choices=list(TASKS),
        default=["fix"],
        help="with word pieces: what the weights were trained for",
    )
    arguments = parser.parse_args()
    pieces = has_word_pieces(arguments.work / "tokenizer.json")
    content = checkpoint.load(arguments.checkpoint)
    model = checkpoint.model_of(arguments.checkpoint, content, token_texts(arguments.work)).eval()
    if arguments.ctc:
        model.forbidden[BLANK] = 0
    if pieces:
        model.forbidden[RESERVED] = NEVER  # an unknown word stands for no text
    full = arguments.work / "export" / "model.onnx"  # fp32: measured against
    export_onnx(model, full)
    print(f"fp32 {full.stat().st_size / 1e6:.1f} MB, largest difference to PyTorch {parity(model, full):.2e}")
    folder = arguments.output
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    for dtype, name in GRAPHS.items():
        path = folder / name
        if dtype not in arguments.dtypes:
            path.unlink(missing_ok=True)
            continue
        if dtype == "int8":
            quantize(full, path, tuple(arguments.keep_float))
        elif dtype == "fp16":
            export_onnx(model, path, half=True)
        else:
            shutil.copyfile(full, path)
        if dtype != "fp16":  # GPUs have their own ways with the plain form
            fuse_gelu(path)
        share_matrix(path)  # before the head's weights move into its branch
        skip_idle_head(path, model.configuration.candidates)
        print(f"{dtype} {path.stat().st_size / 1e6:.1f} MB, largest difference to PyTorch {parity(model, path):.2e}")
    size = sum((folder / GRAPHS[dtype]).stat().st_size for dtype in arguments.dtypes)
    if size > LARGEST:
        raise DataError(
            f"{folder}: {size / 1e6:.1f} MB of graphs, more than {LARGEST / 1e6:.0f}; leave a --dtypes out or "
            "take a smaller network"
        )
    shutil.copyfile(arguments.work / "tokenizer.json", folder / "tokenizer.json")
    write_json(folder / "tokenizer_config.json", tokenizer_config())
    write_json(folder / "config.json", config_json(model.configuration))
    path = folder / "manifest.json"
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    write_json(
        path,
        {
            "formatVersion": 1,
            "name": folder.name,
            "version": arguments.version,
            "license": LICENSE,
            "description": (CORRECTS if arguments.tasks == ["fix"] else REWORDS) if pieces else DESCRIPTION,
            "tasks": arguments.tasks if pieces else list(TASKS),
            "files": checksums(folder),
            "vocabularySha256": vocabulary_sha256(folder / "tokenizer.json"),
            "graph": graph_block(model.configuration),
            "specialTokens": SPECIAL,
            "capabilities": [
                "idle-head",
                *(["ctc"] if arguments.ctc else []),
                *(["piece-labels", "one-pass", "edits-only"] if pieces else []),
            ],
            **({"fillFrom": arguments.fill_from} if pieces else {}),
            "temperatures": old.get("temperatures", {"operation": 1.0, "insertion": 1.0, "fill": 1.0}),
            "thresholds": old.get("thresholds", DEFAULT_THRESHOLDS),
            **({"calibration": old["calibration"]} if "calibration" in old else {}),
        },
    )


if __name__ == "__main__":
    run(main)
