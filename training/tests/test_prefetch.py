"""Batches from other processes, follow-up rows, and several trainers that share one model."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from work_fixture import make_work

from nar_training.data.tokenizer import MASK, token_texts
from nar_training.network import checkpoint
from nar_training.network.model import build
from nar_training.objectives.edit import second_policy_row
from nar_training.objectives.rows import IGNORE, Row, collate_arrays
from nar_training.stages import prefetch, train
from nar_training.stages.prefetch import Prefetcher, WorkerError
from nar_training.stages.stage import Batch, EditStage, make_stage

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_work(tmp_path_factory.mktemp("work") / "work")


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
        "384",
        "--masked-share",
        "0.3",
        *more,
    ]


def edit_stage(work: Path) -> EditStage:
    stage = make_stage(train.parse(words(work)), token_texts(work), 1)
    assert isinstance(stage, EditStage)
    return stage


def test_workers_build_the_batches_of_a_stage_with_streams_of_their_own(work: Path) -> None:
    batches = Prefetcher(train.parse(words(work)), token_texts(work), 2, 1)
    try:
        got = [batches.next() for _ in range(24)]
    finally:
        batches.close()
    assert {batch.kind for batch in got} == {"rows", "masked"}
    masked = [batch.arrays["inputs"].tobytes() for batch in got if batch.kind == "masked"]
    assert len(masked) > 2 and len(set(masked)) == len(masked)  # nobody repeats anybody
    for batch in got:
        arrays = batch.arrays
        assert all(array.dtype.itemsize <= 4 for array in arrays.values()) and batch.tokens <= 384 + 8 * len(
            arrays.get("kind", [])
        )
        if batch.kind == "rows":
            assert (arrays["tokens"][arrays["targets"] != IGNORE] == MASK).all()
    assert all(not worker.is_alive() for worker in batches.workers)


def test_a_worker_that_fails_or_dies_is_reported_instead_of_waited_for(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = train.parse(words(work, "--pools", str(work / "nowhere")))
    failing = Prefetcher(arguments, token_texts(work), 1, 1)
    with pytest.raises(WorkerError, match="no pools in"):
        failing.next()
    failing.close()
    monkeypatch.setattr(prefetch, "PATIENCE", 0.2)
    batches = Prefetcher(train.parse(words(work)), token_texts(work), 1, 1)
    os.kill(batches.workers[0].pid, signal.SIGKILL)
    with pytest.raises(WorkerError, match="exit code -9"):
        for _ in range(10):
            batches.next()
    batches.close()


def test_training_goes_on_without_workers_when_they_fail(
    work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    stage, calls, before = edit_stage(work), [], signal.getsignal(signal.SIGTERM)

    def three_then_none(self: Prefetcher) -> Batch:
        calls.append(1)
        if len(calls) > 3:
            raise WorkerError("a batch worker ended with exit code -9")
        return stage.make_batch()

    monkeypatch.setattr(Prefetcher, "next", three_then_none)
    train.train(train.parse(words(work, "--workers", "1", "--name", "failing", "--steps", "9")))
    assert len(calls) == 4 and checkpoint.load(work / "failing.pt")["step"] == 9
    assert "exit code -9; going on without workers" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGTERM) == before  # the trainer listens while it trains only


def test_workers_that_hang_are_given_up(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefetch, "PATIENCE", 0.1)
    monkeypatch.setattr(prefetch, "LONGEST_WAIT", 0.5)
    monkeypatch.setattr(prefetch, "work", lambda *arguments: signal.pause())
    batches = Prefetcher(train.parse(words(work)), token_texts(work), 1, 1)
    with pytest.raises(WorkerError, match="has sent anything"):
        batches.next()
    batches.close()


def test_follow_ups_are_the_rows_that_the_answers_make(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nar_training.stages.stage.SECOND_POLICY_SHARE", 1.0)
    monkeypatch.setattr("nar_training.stages.stage.MIST_SHARE", 1.0)
    stage = edit_stage(work)
    rows = [stage.draw() for _ in range(40)]
    batch = stage.batch_of(rows)
    slots = batch.arrays["targets"] != IGNORE
    answers = np.arange(40, 40 + slots.sum())  # the n-th slot answers 40 + n
    at, wanted = 0, []
    for row in rows:
        count = sum(target != IGNORE for target in row.targets)
        own, at = answers[at : at + count].tolist(), at + count
        if row.kind in ("noise", "typo", "grammar") and row.example is not None and count:
            wanted.append(second_policy_row(row.example, row.tokens[1], own, "second"))
    stage.learn_from_answers(batch.follow_ups, answers.tolist())
    made = [row for row in stage.follow_up if row.kind == "second"]
    assert made and [row.tokens for row in made] == [row.tokens for row in wanted if row is not None]
    assert any(row.kind == "mist" for row in stage.follow_up)
    size = len(stage.follow_up)
    own_batch = stage.follow_up_batch()
    assert own_batch is not None and len(own_batch.arrays["kind"]) == size and not stage.follow_up
    assert stage.follow_up_batch() is None


def test_figures_can_be_left_out_without_changing_the_loss(work: Path) -> None:
    stage, model = edit_stage(work), build("tiny")
    for batch in [stage.make_batch() for _ in range(6)]:
        losses = [stage.learn(model, batch, torch.device("cpu"), measure) for measure in (True, False)]
        assert losses[0][0].item() == losses[1][0].item() and len(losses[1][1]) <= 1 < len(losses[0][1])


def test_small_types_hold_every_value() -> None:
    row = Row(
        [2, 9, 65535],
        [0, 1, 511],
        [0, 3, 1],
        [0, 0, 4],
        [IGNORE, 2, 0],
        [7, IGNORE, 0],
        [65535, IGNORE, 3],
        128,
        1,
        "typo",
    )
    arrays = collate_arrays([row])
    for name in ("tokens", "positions", "segments", "groups", "operations", "gaps", "targets"):
        assert arrays[name][0, :3].tolist() == getattr(row, name) and arrays[name].shape == (1, 8)
    assert arrays["length_change"].tolist() == [128]


AVERAGING = """
import torch
from nar_training.stages import distributed
from nar_training.network.model import build
group, model = distributed.join("cpu"), build("tiny")
first, second, third = (model.operation.bias, model.length.bias, model.salience.bias)
first.grad = torch.full_like(first, 1.0 + group.rank)   # both have labels: (1 + 2) / 2
if group.leads: second.grad = torch.ones_like(second)   # one has: 1 / 2
distributed.average_gradients(model, group)
assert (first.grad == 1.5).all() and (second.grad == 0.5).all() and third.grad is None
assert distributed.agree(0.25 + group.rank, group.rank == 1, group) == (0.25, True)
distributed.leave(group)
"""


def torchrun(*words: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", *words]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_two_processes_average_their_gradients_and_stop_together(tmp_path: Path) -> None:
    (tmp_path / "average.py").write_text(AVERAGING, encoding="utf-8")
    result = torchrun(str(tmp_path / "average.py"))
    assert result.returncode == 0, result.stderr[-3000:]


def test_two_processes_train_one_model(work: Path) -> None:
    result = torchrun(
        "-m",
        "--",
        "nar_training.stages.train",
        *words(work, "--name", "pair", "--steps", "3", "--log-steps", "1", "--workers", "1"),
    )
    assert result.returncode == 0, result.stderr[-3000:]
    assert result.stdout.count("saved pair.pt") == 1  # rank 0 alone speaks and saves
    assert checkpoint.load(work / "pair.pt")["step"] == 3
    again = torchrun(
        "-m", "--", "nar_training.stages.train", *words(work, "--name", "pair", "--steps", "5", "--workers", "1")
    )
    assert again.returncode == 0 and "from pair.pt, step 3" in again.stdout, again.stderr[-3000:]
    assert checkpoint.load(work / "pair.pt")["step"] == 5
