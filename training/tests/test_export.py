"""The graphs that are shipped, against PyTorch: fp32, fp16 and int8,
and the traps of quantization (nar.md section 3.5).
"""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from nar_training.data.guard import DataError
from nar_training.network import checkpoint
from nar_training.network.model import NarModel
from nar_training.package import folder as package
from nar_training.package.export import (
    OUTPUTS,
    SHAPES,
    Graph,
    example_inputs,
    export_onnx,
    open_session,
    parity,
    run_onnx,
)
from nar_training.package.fused_gelu import fuse_gelu
from nar_training.package.idle_head import TOKEN_OUTPUTS, skip_idle_head
from nar_training.package.quantize import quantize
from nar_training.reference.tiny_model import tiny_model, tiny_tokenizer

TINY = Path(__file__).parents[2] / "test" / "fixtures" / "tiny"
LARGE = 36_000_000  # bytes of a pretended graph: two are too many


@pytest.fixture(scope="module")
def model() -> NarModel:
    return tiny_model()


@pytest.fixture(scope="module")
def graphs(model: NarModel, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("onnx")
    paths = {dtype: folder / Path(name).name for dtype, name in package.GRAPHS.items()}
    export_onnx(model, paths["fp32"])
    export_onnx(model, paths["fp16"], half=True)
    quantize(paths["fp32"], paths["int8"])
    return paths


def weights(path: Path) -> dict[str, onnx.TensorProto]:
    return {tensor.name: tensor for tensor in onnx.load(str(path)).graph.initializer}


def agreement(model: NarModel, path: Path) -> float:
    """Share of tokens and slots for which the graph chooses what PyTorch chooses."""
    session, same, count = open_session(path), 0, 0
    for seed, shape in enumerate(SHAPES):
        inputs = example_inputs(model, *shape, seed=seed)
        with torch.no_grad():
            wanted = dict(zip(OUTPUTS, Graph(model).eval()(**inputs), strict=True))
        actual = run_onnx(session, inputs)
        for name, choose in (
            ("operation_logits", lambda value: value.argmax(2)),
            ("candidate_ids", lambda value: value[:, :, 0]),
        ):
            chosen = choose(wanted[name].numpy()) == choose(actual[name])
            same, count = same + int(chosen.sum()), count + chosen.size
    return same / count


def test_every_dtype_agrees_with_pytorch(model: NarModel, graphs: dict[str, Path]) -> None:
    assert parity(model, graphs["fp32"]) < 1e-4
    # Logits of this fixture reach 20, where float16 steps by 1/64; both keep the choices.
    assert parity(model, graphs["fp16"]) < 0.15 and agreement(model, graphs["fp16"]) > 0.99
    assert 0.15 < parity(model, graphs["int8"]) and agreement(model, graphs["int8"]) > 0.85


def test_the_contract_is_float32_outside_whatever_the_weights_are(graphs: dict[str, Path]) -> None:
    def types(path: Path) -> list[tuple[str, int]]:
        graph = onnx.load(str(path)).graph
        return [(value.name, value.type.tensor_type.elem_type) for value in (*graph.input, *graph.output)]

    assert types(graphs["fp16"]) == types(graphs["fp32"]) == types(graphs["int8"])


def test_special_tokens_stay_impossible_in_half_precision(model: NarModel, graphs: dict[str, Path]) -> None:
    inputs = example_inputs(model, 1, 6, 0, 6)
    inputs["score_ids"][:] = 3  # <end> may be predicted …
    allowed = run_onnx(open_session(graphs["fp16"]), inputs)
    inputs["score_ids"][:] = 1  # … <mask> may not
    forbidden = run_onnx(open_session(graphs["fp16"]), inputs)
    assert (forbidden["score_log_probs"] == -1e9).all() and (allowed["score_log_probs"] > -1e3).all()
    assert np.isfinite(forbidden["entropy"]).all()


def test_half_precision_stores_the_embedding_once(model: NarModel, graphs: dict[str, Path]) -> None:
    large = [
        tensor
        for tensor in weights(graphs["fp16"]).values()
        if model.configuration.vocabulary in tensor.dims and len(tensor.dims) > 1
    ]
    assert [tensor.data_type for tensor in large] == [onnx.TensorProto.FLOAT16]
    assert graphs["fp16"].stat().st_size < 0.5 * graphs["fp32"].stat().st_size


def test_the_tied_head_is_quantized(model: NarModel, graphs: dict[str, Path]) -> None:
    vocabulary, width = model.configuration.vocabulary, model.configuration.width
    head = [tensor for tensor in weights(graphs["int8"]).values() if list(tensor.dims) == [width, vocabulary]]
    assert [tensor.data_type for tensor in head] == [onnx.TensorProto.INT8]
    nodes = onnx.load(str(graphs["int8"])).graph.node
    assert any(node.op_type == "MatMulInteger" and head[0].name in node.input for node in nodes)
    # Left in float: the two products of activations in each layer, and nothing else.
    assert sum(node.op_type == "MatMul" for node in nodes) == 2 * model.configuration.layers


@pytest.mark.parametrize("dtype", ["fp32", "fp16", "int8"])
def test_without_rows_the_token_head_does_not_run(
    model: NarModel, graphs: dict[str, Path], tmp_path: Path, dtype: str
) -> None:
    path = shutil.copy(graphs[dtype], tmp_path / "graph.onnx")
    skip_idle_head(path, model.configuration.candidates)
    before, after = open_session(graphs[dtype]), open_session(path)
    for seed, shape in enumerate(SHAPES):  # with and without rows, the very same numbers
        inputs = example_inputs(model, *shape, seed=seed)
        wanted = run_onnx(before, inputs)
        for name, actual in run_onnx(after, inputs).items():
            assert actual.dtype == wanted[name].dtype and np.array_equal(actual, wanted[name]), name
    graph = onnx.load(str(path)).graph
    branch = next(node for node in graph.node if node.op_type == "If")
    assert set(branch.output) == set(TOKEN_OUTPUTS)
    # The matrix of the vocabulary is read in the branch alone.
    assert not any(node.op_type in ("TopK", "LogSoftmax") for node in graph.node)
    skip_idle_head(path, model.configuration.candidates)  # once more changes nothing
    assert onnx.load(str(path)).graph == graph


@pytest.mark.parametrize("dtype", ["fp32", "int8"])
def test_gelu_is_one_node_with_the_same_numbers(
    model: NarModel, graphs: dict[str, Path], tmp_path: Path, dtype: str
) -> None:
    path = Path(shutil.copy(graphs[dtype], tmp_path / "graph.onnx"))
    assert fuse_gelu(path) == model.configuration.layers + 1  # and the token head's
    kinds = [node.op_type for node in onnx.load(str(path)).graph.node]
    assert kinds.count("Gelu") == model.configuration.layers + 1 and "Erf" not in kinds
    graph = onnx.load(str(path)).graph
    assert {item.name for item in graph.initializer} <= {
        name for node in graph.node for name in node.input
    }  # √2 and the others are gone
    before, after = open_session(graphs[dtype]), open_session(path)
    for seed, shape in enumerate(SHAPES):
        inputs = example_inputs(model, *shape, seed=seed)
        wanted = run_onnx(before, inputs)
        for name, actual in run_onnx(after, inputs).items():
            if name != "candidate_ids":
                # A rounding in the last bit may move one 8-bit activation by a step.
                assert np.allclose(actual, wanted[name], atol=1e-4 if dtype == "fp32" else 0.05), name
    assert fuse_gelu(path) == 0  # once more changes nothing


def test_recorded_shapes_do_not_reach_the_quantizer(graphs: dict[str, Path]) -> None:
    assert not onnx.load(str(graphs["fp32"])).graph.value_info


def saturated(activations: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """u8 x s8 as processors without VNNI do it: pairs of products are added in 16 bits, which clips (vpmaddubsw)."""
    products = activations.astype(np.int32)[:, :, None] * matrix.astype(np.int32)[None]
    return np.clip(products.reshape(len(activations), -1, 2, matrix.shape[1]).sum(2), -32768, 32767).sum(1)


def test_eight_bits_can_saturate_so_sessions_ask_for_exact_products(graphs: dict[str, Path]) -> None:
    matrices = [
        onnx.numpy_helper.to_array(tensor)
        for name, tensor in weights(graphs["int8"]).items()
        if tensor.data_type == onnx.TensorProto.INT8
        and len(tensor.dims) == 2
        and tensor.dims[0] % 2 == 0
        and "token" not in name
    ]
    loud = np.full((1, 1), 255, np.uint8)
    clipped = [
        matrix
        for matrix in matrices
        if (
            saturated(loud.repeat(matrix.shape[0], 1), matrix)
            != loud.astype(np.int32).repeat(matrix.shape[0], 1) @ matrix
        ).any()
    ]
    assert clipped  # such weights exist: without the setting, answers would depend on the processor
    entry = open_session(graphs["int8"]).get_session_options().get_session_config_entry("session.x64quantprecision")
    assert entry == "1"
    host = (Path(__file__).parents[2] / "src" / "engine" / "model" / "runtime.ts").read_text(encoding="utf-8")
    assert "x64quantprecision: '1'" in host


def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *dtypes: str) -> dict:
    words = [
        "package",
        "--checkpoint",
        str(tmp_path / "run.pt"),
        "--output",
        str(tmp_path / "nar-test"),
        "--work",
        str(tmp_path),
        "--dtypes",
        *dtypes,
    ]
    monkeypatch.setattr(sys, "argv", words)
    package.main()
    return json.loads((tmp_path / "nar-test" / "manifest.json").read_text(encoding="utf-8"))


def test_a_folder_lists_the_graphs_it_holds_and_no_older_ones(
    model: NarModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_tokenizer(model.configuration.vocabulary).save(str(tmp_path / "tokenizer.json"))
    checkpoint.save(tmp_path / "run.pt", {"configuration": model.configuration.as_dict(), "model": model.state_dict()})
    both = packaged(tmp_path, monkeypatch, "int8", "fp16")
    assert {"onnx/model_int8.onnx", "onnx/model_fp16.onnx"} <= set(both["files"])
    one = packaged(tmp_path, monkeypatch, "int8")
    assert (
        "onnx/model_fp16.onnx" not in one["files"] and not (tmp_path / "nar-test" / "onnx" / "model_fp16.onnx").exists()
    )
    monkeypatch.setattr(package, "export_onnx", lambda model, path, half=False: path.write_bytes(bytes(LARGE)))
    monkeypatch.setattr(package, "quantize", lambda source, target, keep: target.write_bytes(bytes(LARGE)))
    monkeypatch.setattr(package, "skip_idle_head", lambda path, candidates: None)
    monkeypatch.setattr(package, "fuse_gelu", lambda path: 0)
    monkeypatch.setattr(package, "share_matrix", lambda path: False)
    monkeypatch.setattr(package, "parity", lambda model, path: 0.0)
    with pytest.raises(DataError, match="MB of graphs"):
        packaged(tmp_path, monkeypatch, "int8", "fp16")


def test_the_vocabulary_is_told_as_the_engine_tells_it(tmp_path: Path) -> None:
    tokenizer = tmp_path / "tokenizer.json"
    shutil.copyfile(TINY / "tokenizer.json", tokenizer)
    shipped = json.loads((TINY / "manifest.json").read_text(encoding="utf-8"))["vocabularySha256"]
    assert package.vocabulary_sha256(tokenizer) == shipped  # which src/engine/model/checksum.ts accepts
    content = json.loads(tokenizer.read_text(encoding="utf-8"))
    vocabulary = content["model"]["vocab"]
    vocabulary["a"], vocabulary["b"] = vocabulary["b"], vocabulary["a"]
    tokenizer.write_text(json.dumps(content), encoding="utf-8")
    assert package.vocabulary_sha256(tokenizer) != shipped
