"""The int8 graph that stores its embedding and its token head once, beside the float one of the golden traces."""

import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnxruntime import InferenceSession

from nar_training.data.paths import REPOSITORY
from nar_training.package.export import INPUTS, OUTPUTS, open_session
from nar_training.package.folder import has_word_pieces
from nar_training.package.idle_head import skip_idle_head
from nar_training.package.quantize import quantize
from nar_training.package.shared_matrix import HEAD, share_matrix

FIXTURES = REPOSITORY / "test" / "fixtures"
FLOAT = FIXTURES / "tiny" / "onnx" / "model.onnx"
LENGTH, SLOTS = 14, 5


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """int8 as the quantizer leaves it, and with one matrix."""
    folder = tmp_path_factory.mktemp("shared")
    quantize(FLOAT, folder / "two.onnx")
    shutil.copy(folder / "two.onnx", folder / "one.onnx")
    assert share_matrix(folder / "one.onnx")
    return folder / "two.onnx", folder / "one.onnx"


def run(session: InferenceSession, seed: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    shapes = {value.name: value.shape for value in session.get_inputs()}
    layers, _, heads, _, size = shapes["past_keys"]
    empty = np.zeros((layers, 1, heads, 0, size), np.float32)
    feeds = {
        "token_ids": random.integers(32, 300, (1, LENGTH)),
        "positions": np.arange(LENGTH)[None],
        "segments": random.integers(0, 4, (1, LENGTH)),
        "attention_mask": np.ones((1, LENGTH, LENGTH), bool),
        "past_mask": np.ones((1, 0), bool),
        "past_keys": empty,
        "past_values": empty,
        "logit_positions": random.integers(0, LENGTH, (1, SLOTS)),
        "score_ids": random.integers(32, 300, (1, SLOTS)),
    }
    assert set(feeds) == set(INPUTS)
    return dict(zip(OUTPUTS, session.run(OUTPUTS, feeds), strict=True))


def test_the_file_holds_the_matrix_once(graphs: tuple[Path, Path]) -> None:
    two, one = (onnx.load(str(path)).graph for path in graphs)
    (size,) = {int(np.prod(item.dims)) for item in two.initializer if item.name == HEAD}
    counts = [[np.prod(item.dims) for item in graph.initializer].count(size) for graph in (two, one)]
    assert counts == [2, 1]
    assert graphs[0].stat().st_size - graphs[1].stat().st_size > 0.9 * size
    assert [node.input[0] for node in one.node if node.op_type == "Gather"].count(HEAD) == 1
    assert not share_matrix(graphs[1]) and not share_matrix(FLOAT)


def test_a_scale_for_each_token_is_as_good_as_one_for_all(graphs: tuple[Path, Path], tmp_path: Path) -> None:
    branched = Path(shutil.copy(graphs[1], tmp_path / "branched.onnx"))
    skip_idle_head(branched, 8)
    exact, two, one, idle = (open_session(path) for path in (FLOAT, *graphs, branched))
    far = {"two": 0.0, "one": 0.0}
    for seed in range(12):
        wanted, shared = run(exact, seed), run(one, seed)
        for name, got in (("two", run(two, seed)), ("one", shared)):
            far[name] += float(np.abs(got["operation_logits"] - wanted["operation_logits"]).mean())
        for name, value in run(idle, seed).items():  # the branch reads the very same matrix, and does not saturate
            assert np.array_equal(value, shared[name]), name
    assert far["one"] < 1.2 * far["two"]


def test_word_pieces_are_told_by_the_tokenizer() -> None:
    assert has_word_pieces(FIXTURES / "word-piece" / "tokenizer.json")
    assert not has_word_pieces(FIXTURES / "tiny" / "tokenizer.json")
