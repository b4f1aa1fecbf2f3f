"""Weights in small parts and data in small files: what travels to a GPU machine and back arrives whole,
or is refused.
"""

from pathlib import Path

import numpy as np
import pytest
import torch
from work_fixture import make_work

from nar_training.data import packed
from nar_training.data.guard import DataError
from nar_training.network.checkpoint import CheckpointError
from nar_training.network.model import NarModel, build
from nar_training.stages.gpu import parts


@pytest.fixture(scope="module")
def model() -> NarModel:
    return build("tiny")


def write(folder: Path, model: NarModel, step: int = 5, coding: str = "float16", **options) -> list[Path]:
    about = {"configuration": model.configuration.as_dict(), "step": step, "spent": 0.5}
    return parts.write(folder, model.state_dict(), about, coding, **options)


@pytest.mark.parametrize("coding, error", [("float16", 2**-11), ("int8", 1 / 254)])
def test_weights_come_back_within_the_coding_s_error(
    model: NarModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coding: str, error: float
) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 12_000)  # several parts
    monkeypatch.setattr(parts, "BLOCK_BYTES", 4_000)  # and tensors that are cut
    paths = write(tmp_path, model, coding=coding)
    assert len(paths) > 2 and all(path.stat().st_size < 30_000 for path in paths)
    content = parts.read(tmp_path)
    assert content["step"] == 5 and not content["mixed"] and set(content["model"]) == set(model.state_dict())
    for name, tensor in model.state_dict().items():
        largest = tensor.abs().amax(-1, keepdim=True) if tensor.dim() > 1 else 0
        allowed = error * (largest if coding == "int8" else tensor.abs()) * 1.01 + 1e-7
        assert ((content["model"][name] - tensor).abs() <= allowed).all(), name


def test_a_part_that_is_cut_altered_or_missing_is_refused(
    model: NarModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 30_000)
    monkeypatch.setattr(parts, "BLOCK_BYTES", 4_000)
    paths = write(tmp_path, model)
    whole = paths[1].read_bytes()
    for bad in (whole[:-1], whole[:-9] + b"\0" * 9, b"", b"nothing"):
        paths[1].write_bytes(bad)
        with pytest.raises(CheckpointError, match="weights-2.part: cut off or altered"):
            parts.read(tmp_path)
    paths[1].unlink()
    with pytest.raises(CheckpointError, match="belong together"):
        parts.read(tmp_path)
    with pytest.raises(CheckpointError, match="no weights"):
        parts.read(tmp_path / "nowhere")


def test_parts_of_two_saves_are_usable_and_said_to_be_mixed(
    model: NarModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 30_000)
    monkeypatch.setattr(parts, "BLOCK_BYTES", 4_000)
    write(tmp_path / "old", model, step=5)
    paths = write(tmp_path / "new", model, step=9)
    paths[0].replace(tmp_path / "old" / paths[0].name)  # killed after the first of the new parts was moved
    assert parts.read(tmp_path / "old")["mixed"]


def test_weights_that_do_not_fit_or_are_no_numbers_are_refused(model: NarModel, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="smaller network"):
        write(tmp_path, model, total=1000)
    broken = build("tiny")
    with torch.no_grad():
        broken.tokens.weight[3, 3] = float("nan")
    with pytest.raises(CheckpointError, match="diverged"):
        write(tmp_path, broken)


def test_a_packed_pool_is_the_pool(tmp_path: Path) -> None:
    work = make_work(tmp_path / "work")
    content = packed.compress(packed.pool_bytes(work / "pools" / "typo.npz"))
    (tmp_path / "typo.xz").write_bytes(content)
    packed.write_pool(packed.decompress(tmp_path / "typo.xz"), tmp_path / "again.npz")
    with np.load(work / "pools" / "typo.npz") as wanted, np.load(tmp_path / "again.npz") as actual:
        assert set(wanted.files) == set(actual.files)
        assert all(
            (wanted[name] == actual[name]).all() and wanted[name].dtype == actual[name].dtype for name in wanted.files
        )
    (tmp_path / "typo.xz").write_bytes(content[:-20])
    with pytest.raises(DataError, match="not a whole xz file"):
        packed.decompress(tmp_path / "typo.xz")
