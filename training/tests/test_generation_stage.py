"""The stage `generate`: every objective takes a step, an interrupted run goes on exactly,
what is trained beside the network is kept.
"""

from pathlib import Path

import numpy as np
import pytest
import torch

from nar_training.data.guard import DataError
from nar_training.data.pools import Example, save_pool
from nar_training.data.prose_windows import LONGEST, SHORTEST, ProseWindows
from nar_training.data.tokenizer import END, RESERVED, train_tokenizer
from nar_training.network import checkpoint
from nar_training.stages import train
from nar_training.stages.generation import OBJECTIVES, TRANSITIONS, GenerationStage

SENTENCES = [
    "The server reads the file and sends a reply.",
    "You can use a small model to correct the text.",
    "Every request is written to the log.",
    "The editor shows a hint when the word is wrong.",
]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("work")
    tokenizer = train_tokenizer(SENTENCES * 3, 300)
    tokenizer.save(str(folder / "tokenizer.json"))
    tokens = [token for sentence in SENTENCES * 9 for token in [*tokenizer.encode(sentence).ids, END]]
    np.array(tokens, dtype=np.uint16).tofile(folder / "prose.bin")
    random = np.random.default_rng(1)
    examples = []
    for _ in range(60):
        source = random.integers(RESERVED, 250, int(random.integers(2, 8))).tolist()
        examples.append(
            Example(source, [0] * len(source), [], [], [], [], [*source[::-1], 40][: int(random.integers(1, 9))])
        )
    for name in ("rephrase", "summarize"):
        save_pool(folder / "pools" / f"{name}.npz", examples)
    return folder


def words(work: Path, objective: str, name: str, steps: int) -> list[str]:
    return [
        "--stage",
        "generate",
        "--objective",
        objective,
        "--configuration",
        "tiny",
        "--start",
        "random",
        "--work",
        str(work),
        "--tokens",
        "160",
        "--steps",
        str(steps),
        "--warmup",
        "1",
        "--name",
        name,
    ]


@pytest.mark.parametrize("objective", list(OBJECTIVES))
def test_every_objective_trains(objective: str, work: Path) -> None:
    torch.manual_seed(1)
    train.train(train.parse(words(work, objective, objective, 2)))
    content = checkpoint.load(work / f"{objective}.pt")
    assert content["step"] == 2
    assert all(tensor.isfinite().all() for tensor in content["model"].values())


@pytest.mark.parametrize("objective", ["glat", "crf", "da-transformer"])
def test_an_interrupted_run_goes_on_exactly(objective: str, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train.train(train.parse(words(work, objective, f"{objective}-whole", 4)))
    real = train.rate_factor

    def interrupt_at_two(spent: float, step: int, warmup: int, floor: float) -> float:
        if step == 2:
            import os
            import signal

            os.kill(os.getpid(), signal.SIGTERM)
        return real(spent, step, warmup, floor)

    monkeypatch.setattr(train, "rate_factor", interrupt_at_two)
    train.train(train.parse(words(work, objective, f"{objective}-parts", 4)))
    assert checkpoint.load(work / f"{objective}-parts.pt")["step"] == 3
    monkeypatch.setattr(train, "rate_factor", real)
    train.train(train.parse(words(work, objective, f"{objective}-parts", 4)))
    whole, parts = checkpoint.load(work / f"{objective}-whole.pt"), checkpoint.load(work / f"{objective}-parts.pt")
    assert all(torch.equal(whole["model"][name], parts["model"][name]) for name in whole["model"])
    if objective in TRANSITIONS:
        left, right = (
            torch.load(work / f"{objective}-{name}-transition.pt", weights_only=True)["transition"]
            for name in ("whole", "parts")
        )
        assert all(torch.equal(left[name], right[name]) for name in left)


def test_batches_fill_the_step_and_hold_whole_pairs(work: Path) -> None:
    stage = GenerationStage(train.parse(words(work, "cmlm", "x", 2)), ["a"] * 300, 1)
    for _ in range(20):
        arrays = stage.make_batch().arrays
        assert arrays["tokens"].shape[1] > arrays["segments"].shape[1]
        assert arrays["tokens"].size <= 160 * 1.3
        assert (arrays["tokens"][:, 0] == 2).all()


def test_pieces_of_prose_are_pairs_of_a_text_with_itself(work: Path, tmp_path: Path) -> None:
    windows, prose = ProseWindows(work / "prose.bin", 1), np.fromfile(work / "prose.bin", dtype=np.uint16).tolist()
    text = "," + ",".join(map(str, prose)) + ","
    state = None
    for _ in range(50):
        state = windows.state()
        example = windows.next()
        assert example.source == example.target and END not in example.source
        assert SHORTEST <= len(example.source) <= LONGEST
        assert "," + ",".join(map(str, example.source)) + "," in text
    again = ProseWindows(work / "prose.bin", 2)
    again.restore(state)
    assert again.next() == example
    np.array([9, END] * 40, dtype=np.uint16).tofile(tmp_path / "short.bin")
    for path in (tmp_path / "short.bin", tmp_path / "none.bin"):
        with pytest.raises(DataError, match="nar_training.data.prepare"):
            ProseWindows(path, 1)


def test_a_new_length_head_is_kept_to_the_stage_that_can_train_it(work: Path) -> None:
    train.train(train.parse([*words(work, "cmlm", "pooled", 2), "--length-head", "pooled"]))
    content = checkpoint.load(work / "pooled.pt")
    assert content["configuration"]["length_head"] == "pooled"
    edit = [*words(work, "cmlm", "edited", 2), "--start", str(work / "pooled.pt"), "--stage", "edit"]
    with pytest.raises(DataError, match="--stage generate"):
        train.train(train.parse(edit))


def test_without_pools_it_says_what_to_run(work: Path, tmp_path: Path) -> None:
    arguments = train.parse([*words(work, "cmlm", "x", 2), "--pools", str(tmp_path)])
    with pytest.raises(DataError, match="prepare_edits"):
        GenerationStage(arguments, ["a"] * 300, 1)
    with pytest.raises(DataError, match="vocabulary"):
        GenerationStage(train.parse(words(work, "cmlm", "x", 2)), ["a"] * 100, 1)
