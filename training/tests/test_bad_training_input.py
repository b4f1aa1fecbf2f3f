"""What is wrong with data, checkpoints or the disk is said in one line, and the last checkpoint stays whole."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import torch
from work_fixture import SENTENCES, make_work

from nar_training.data.guard import DataError, whole_file
from nar_training.data.pools import Pool, save_pool
from nar_training.data.tokenizer import load_tokenizer, token_texts, train_tokenizer, vocabulary_key
from nar_training.network import checkpoint
from nar_training.network.checkpoint import CheckpointError
from nar_training.network.model import Configuration, NarModel, build
from nar_training.stages import train

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return make_work(tmp_path / "work")


def words(work: Path, *more: str) -> list[str]:
    return [
        "--stage",
        "edit",
        "--configuration",
        "tiny",
        "--start",
        "random",
        "--work",
        str(work),
        "--tokens",
        "192",
        "--steps",
        "2",
        *more,
    ]


def run(work: Path, *more: str) -> dict:
    return train.train(train.parse(words(work, *more)))


def save_model(path: Path, model: NarModel, **more) -> Path:
    checkpoint.save(path, {"configuration": model.configuration.as_dict(), "model": model.state_dict(), **more})
    return path


@contextmanager
def full_disk(left: int) -> Iterator[None]:
    """No file may grow beyond `left` bytes: writing fails in the middle, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (left, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no more", "café, not a pool".encode("latin-1")])
def test_a_pool_that_is_no_pool(work: Path, content: bytes) -> None:
    (work / "pools" / "typo.npz").write_bytes(content)
    with pytest.raises(DataError, match=r"typo.npz: not a whole pool file.*prepare_edits again"):
        run(work)


def test_a_pool_that_was_cut_off_or_is_empty(work: Path) -> None:
    whole = (work / "pools" / "typo.npz").read_bytes()
    (work / "pools" / "typo.npz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match="typo.npz: not a whole pool file"):
        Pool(work / "pools" / "typo.npz", 1)
    np.savez(work / "pools" / "typo.npz", extra=np.zeros(3))
    with pytest.raises(DataError, match="no draft in it"):
        Pool(work / "pools" / "typo.npz", 1)
    with pytest.raises(DataError, match="no pools in"):
        run(work, "--pools", str(work / "nowhere"))


def test_prose_that_is_missing_short_or_of_another_vocabulary(work: Path) -> None:
    for content in (None, b"", b"\x05"):
        (work / "prose.bin").unlink(missing_ok=True)
        if content is not None:
            (work / "prose.bin").write_bytes(content)
        with pytest.raises(DataError, match="nar_training.data.prepare"):
            run(work, "--stage", "pretrain")
    np.full(4000, 9999, np.uint16).tofile(work / "prose.bin")
    with pytest.raises(DataError, match="token 9999, but the vocabulary ends at 299"):
        run(work, "--stage", "pretrain")


def test_pools_of_another_vocabulary(work: Path) -> None:
    train_tokenizer(SENTENCES * 3, 290).save(str(work / "tokenizer.json"))
    with pytest.raises(DataError, match="the vocabulary ends at 289"):
        run(work)


@pytest.mark.parametrize("content", [b"", b"{}", b'{"version": "1.0"', "café".encode("latin-1")])
def test_a_tokenizer_file_that_is_none(work: Path, content: bytes) -> None:
    (work / "tokenizer.json").write_bytes(content)
    with pytest.raises(DataError, match="tokenizer.json: not a tokenizer file"):
        load_tokenizer(work / "tokenizer.json")


def test_a_checkpoint_that_is_missing_cut_off_or_something_else(work: Path, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="no such checkpoint"):
        run(work, "--start", str(tmp_path / "nowhere.pt"))
    path = save_model(tmp_path / "run.pt", build("tiny"))
    whole = path.read_bytes()
    for content in (whole[: len(whole) // 2], b"", b"a diary"):
        path.write_bytes(content)
        with pytest.raises(CheckpointError, match="not a whole checkpoint"):
            run(work, "--start", str(path))
    torch.save(["no", "weights"], path)
    with pytest.raises(CheckpointError, match="no checkpoint of this package"):
        run(work, "--start", str(path))


def test_a_checkpoint_of_another_shape(work: Path, tmp_path: Path) -> None:
    model = build("tiny")
    state = {**model.state_dict(), "operation.weight": torch.zeros(5, 32)}
    path = tmp_path / "run.pt"
    checkpoint.save(path, {"configuration": model.configuration.as_dict(), "model": state})
    with pytest.raises(CheckpointError, match="another shape.*operation.weight"):
        run(work, "--start", str(path))
    checkpoint.save(
        path, {"configuration": {**model.configuration.as_dict(), "experts": 8}, "model": model.state_dict()}
    )
    with pytest.raises(CheckpointError, match="another shape"):
        run(work, "--start", str(path))


def test_a_checkpoint_of_another_vocabulary(work: Path, tmp_path: Path) -> None:
    larger = NarModel(Configuration(vocabulary=310, width=32, layers=2, heads=2, inner=64))
    with pytest.raises(CheckpointError, match="a vocabulary of 310, but the tokenizer has 300"):
        run(work, "--start", str(save_model(tmp_path / "larger.pt", larger)))
    texts = token_texts(work)
    other = save_model(
        tmp_path / "other.pt", build("tiny"), vocabulary=vocabulary_key([*texts[:-2], texts[-1], texts[-2]])
    )
    with pytest.raises(CheckpointError, match="another tokenizer of the same size"):
        run(work, "--start", str(other))
    run(
        work,
        "--start",
        str(save_model(tmp_path / "same.pt", build("tiny"), vocabulary=vocabulary_key(texts))),
        "--name",
        "fine",
    )


def test_weights_without_an_optimizer_are_a_start_and_nothing_to_resume(work: Path) -> None:
    save_model(work / "edit.pt", build("tiny"))
    with pytest.raises(CheckpointError, match="give it with --start"):
        run(work)


def test_a_full_disk_keeps_the_last_checkpoint(work: Path, capsys: pytest.CaptureFixture) -> None:
    run(work)
    before = (work / "edit.pt").read_bytes()
    with (
        full_disk(left=len(before) // 2),
        pytest.raises(CheckpointError, match="cannot be written .*the checkpoint before it is whole"),
    ):
        run(work, "--steps", "5", "--save-seconds", "0")
    assert "cannot be written" in capsys.readouterr().err  # while it ran it said so, and went on
    assert (work / "edit.pt").read_bytes() == before and not (work / "edit.partial").exists()
    run(work, "--steps", "5")  # there is room again: the same command goes on
    assert checkpoint.load(work / "edit.pt")["step"] == 5


def test_a_full_disk_or_an_interrupt_keeps_the_last_pool(work: Path) -> None:
    path = work / "pools" / "typo.npz"
    before, pool = path.read_bytes(), Pool(path, 1)
    with full_disk(left=len(before) // 2), pytest.raises(DataError, match="typo.npz: cannot be written"):
        save_pool(path, [pool[0]] * 50)
    with pytest.raises(KeyboardInterrupt), whole_file(path) as output:
        output.write(b"half of")
        raise KeyboardInterrupt
    assert path.read_bytes() == before and [entry.name for entry in path.parent.glob("*.partial")] == []


def test_the_command_says_it_in_one_line(work: Path) -> None:
    (work / "pools" / "typo.npz").write_bytes(b"")
    result = subprocess.run(
        [sys.executable, "-m", "nar_training.stages.train", *words(work)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 2
    assert len(result.stderr.strip().splitlines()) == 1 and "typo.npz" in result.stderr
