"""The GPU recipe, rehearsed on this processor: every step in a bare environment, killed, restarted and continued."""

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest
from work_fixture import make_work

from nar_training.data.guard import DataError
from nar_training.network import checkpoint
from nar_training.network.model import Configuration, NarModel
from nar_training.stages.gpu import parts
from nar_training.stages.gpu.pack import MIB, pack
from nar_training.stages.gpu.plan import PLANS, rest_of
from nar_training.stages.gpu.rehearse import check_output, command, rehearse


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_work(tmp_path_factory.mktemp("work") / "work")


def run_step(folder: Path, *more: str) -> subprocess.Popen:
    words, environment = command(folder, folder / "out")
    return subprocess.Popen(
        [*words, *more], cwd=folder / "pack", env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_all_steps_run_without_our_packages_and_come_back_whole(work: Path, tmp_path: Path) -> None:
    last = rehearse(work, work / "pools", tmp_path, limit=4 * MIB)
    content = checkpoint.load(last)
    model = checkpoint.model_of(last, content)
    assert content["stage_name"] == "polish" and content["step"] > 0 and model.configuration.layers == 2
    log = (tmp_path / "out-2" / "log.txt").read_text(encoding="utf-8")
    assert "stage pretrain" in log and "stage edit" in log and "dev_typo_f05" in log
    # Each step began with the weights that came back from the one before.
    first, second = (parts.read(tmp_path / f"step-{step}" / "start")["model"] for step in (2, 3))
    assert any(not (first[name] == second[name]).all() for name in first)


def test_a_killed_step_leaves_its_weights_and_goes_on_when_it_is_started_again(work: Path, tmp_path: Path) -> None:
    pack("tiny", 1, "random", work, work / "pools", tmp_path / "pack", 4 * MIB)
    process = run_step(tmp_path, "--minutes", "30")
    saved = tmp_path / "work" / "tiny-1" / "1-pretrain.pt"
    deadline = time.monotonic() + 300
    while not saved.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert saved.exists()
    check_output(tmp_path / "out")
    killed = parts.read(tmp_path / "out")
    assert killed["step"] > 0 and 0 < killed["spent"] < 0.7
    process = run_step(tmp_path, "--minutes", "0.1")
    output, error = process.communicate(timeout=300)
    assert process.returncode == 0, error
    assert "from 1-pretrain.pt, step" in output
    assert parts.read(tmp_path / "out")["step"] >= killed["step"]


def test_a_folder_that_was_altered_on_the_way_is_refused_in_one_line(work: Path, tmp_path: Path) -> None:
    pack("tiny", 1, "random", work, work / "pools", tmp_path / "pack", 4 * MIB)
    with (tmp_path / "pack" / "token-texts.json").open("a") as output:
        output.write(" ")
    process = run_step(tmp_path)
    _, error = process.communicate(timeout=300)
    assert process.returncode == 2
    assert len(error.strip().splitlines()) == 1 and "token-texts.json: missing or altered" in error
    assert "missing or altered" in (tmp_path / "out" / "log.txt").read_text(encoding="utf-8")  # it comes back, too


def test_a_folder_made_in_advance_takes_new_weights(work: Path, tmp_path: Path) -> None:
    folder = tmp_path / "step-2"
    pack("tiny", 2, "random", work, work / "pools", folder, 4 * MIB)
    prose = (folder / "prose" / "00.xz").stat().st_mtime_ns
    model = NarModel(Configuration(vocabulary=300, **PLANS["tiny"].configuration))
    checkpoint.save(
        tmp_path / "gpu-1.pt", {"configuration": model.configuration.as_dict(), "model": model.state_dict(), "step": 7}
    )
    pack("tiny", 2, str(tmp_path / "gpu-1.pt"), work, work / "pools", folder, 4 * MIB, weights_only=True)
    assert parts.read(folder / "start")["step"] == 7 and (folder / "prose" / "00.xz").stat().st_mtime_ns == prose
    with pytest.raises(DataError, match="packed for step 2"):
        pack("tiny", 3, str(tmp_path / "gpu-1.pt"), work, work / "pools", folder, 4 * MIB, weights_only=True)


def test_the_rest_of_a_step_that_was_cut_short(work: Path, tmp_path: Path) -> None:
    runs = PLANS["six"].steps[1]  # pretrain, then edit
    late = rest_of(runs, "pretrain", runs[0].schedule[0] + 0.75 * (1 - runs[0].schedule[0]))
    assert (
        late[0].minutes == pytest.approx(0.25 * runs[0].minutes) and late[0].schedule[1] == 1 and late[1:] == runs[1:]
    )
    assert rest_of(runs, "pretrain", 1.0) == runs[1:]
    with pytest.raises(DataError, match="pack the next one"):
        rest_of(runs, "edit", runs[1].schedule[1])
    model = NarModel(Configuration(vocabulary=300, **PLANS["tiny"].configuration))
    about = {"configuration": model.configuration.as_dict(), "step": 7, "stage_name": "pretrain", "spent": 0.5}
    checkpoint.save(tmp_path / "cut.pt", {**about, "model": model.state_dict()})
    pack("tiny", 1, str(tmp_path / "cut.pt"), work, work / "pools", tmp_path / "pack", 4 * MIB, rest=True)
    manifest = json.loads((tmp_path / "pack" / "step.json").read_text(encoding="utf-8"))
    assert [run["schedule"] for run in manifest["runs"]] == [[0.5, 0.7]]


def test_what_does_not_fit_is_said_before_anything_travels(work: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no room is left for prose"):
        pack("tiny", 1, "random", work, work / "pools", tmp_path / "pack", MIB // 2)
    other = NarModel(Configuration(vocabulary=300, width=32, layers=3, heads=2, inner=64))
    checkpoint.save(
        tmp_path / "other.pt", {"configuration": other.configuration.as_dict(), "model": other.state_dict()}
    )
    with pytest.raises(checkpoint.CheckpointError, match="layers is 3, the plan wants 2"):
        pack("tiny", 2, str(tmp_path / "other.pt"), work, work / "pools", tmp_path / "pack", 4 * MIB)


@pytest.mark.parametrize("name", ["four", "six", "eight"])
def test_steps_stay_below_nine_minutes_and_schedules_join(name: str) -> None:
    plan = PLANS[name]
    assert 3 <= len(plan.steps) <= 4 and 24 <= sum(run.minutes for step in plan.steps for run in step) <= 28
    assert all(sum(run.minutes for run in step) < 9 for step in plan.steps)
    ends: dict[str, float] = {}
    for run in (run for step in plan.steps for run in step):
        assert run.schedule[0] == pytest.approx(ends.get(run.stage, 0.0)) and run.schedule[0] < run.schedule[1]
        ends[run.stage] = run.schedule[1]
    assert ends == {"pretrain": 1.0, "edit": 1.0, "polish": 1.0}
