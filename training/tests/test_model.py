"""The network against brute force: masks, cache, export, objectives, and a run that is interrupted and goes on."""

import random
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from nar_training.data.align import edit_labels
from nar_training.data.guard import DataError
from nar_training.data.pools import Example, Pool, save_pool
from nar_training.data.tokenizer import (
    BEGIN,
    DROP,
    END,
    FIX,
    MASK,
    REPHRASE,
    RESERVED,
    SPECIAL_TOKENS,
    load_tokenizer,
    train_tokenizer,
)  # fmt: skip
from nar_training.network import checkpoint
from nar_training.network.average import average
from nar_training.network.average import main as average_main
from nar_training.network.minilm import pieces_of
from nar_training.network.model import build
from nar_training.objectives.cmlm import cmlm_row
from nar_training.objectives.edit import edit_row, second_policy_row
from nar_training.objectives.janus import autoregressive_row
from nar_training.objectives.mist import mist_row
from nar_training.objectives.rows import CONTENT, DRAFT, PADDING, QUERY, SOURCE, attention_mask, collate, mask_of
from nar_training.package.export import export_onnx, parity
from nar_training.stages import train

SENTENCES = [
    "The server reads the file and sends a reply to the client.",
    "You can use a small model to correct the text.",
    "Every request is written to the log.",
    "The editor shows a hint when the word is wrong.",
    "Set the value before you start the program.",
    "This page tells you how to install the tool.",
]


def test_masks_equal_the_definition_in_a_loop() -> None:
    generator = random.Random(3)
    for _ in range(20):
        length = generator.randrange(2, 14)
        groups = [generator.choice([PADDING, SOURCE, DRAFT, CONTENT, QUERY]) for _ in range(length)]
        orders = [generator.randrange(6) for _ in range(length)]
        mask = attention_mask(torch.tensor([groups]), torch.tensor([orders]))[0]
        for i in range(length):
            for j in range(length):
                row, column = groups[i], groups[j]
                wanted = i == j or (row != PADDING and (
                    column == SOURCE
                    or (row == DRAFT and column == DRAFT)
                    or (row == CONTENT and column == CONTENT and orders[j] <= orders[i])
                    or (row == QUERY and column == CONTENT and orders[j] < orders[i])
                ))  # fmt: skip
                assert bool(mask[i, j]) == wanted, (row, column, orders[i], orders[j])


@pytest.fixture(scope="module")
def tokenizer():
    return train_tokenizer(SENTENCES * 3, 300)


def example(tokenizer, before: str, after: str) -> Example:
    labels = edit_labels(before, after, tokenizer)
    return Example.labelled(labels)


def test_one_row_equals_encode_then_refine_with_a_cache(tokenizer) -> None:
    model = build("tiny").eval()
    row = edit_row(
        example(tokenizer, "The servr reads file.", "The server reads the file."), FIX, np.random.default_rng(1), "typo"
    )
    batch = collate([row])
    size = row.groups.count(SOURCE)
    with torch.no_grad():
        together = model.hidden(batch["tokens"], batch["positions"], batch["segments"], mask_of(batch))[0, : len(row)]
        empty = torch.zeros(2, 1, 2, 0, 16)
        source, keys, values = model.hidden_with_past(
            batch["tokens"][:, :size],
            batch["positions"][:, :size],
            batch["segments"][:, :size],
            torch.ones(1, size, size, dtype=torch.bool),
            torch.ones(1, 0, dtype=torch.bool),
            empty,
            empty,
        )
        rest = len(row) - size
        part = slice(size, len(row))
        draft, _, _ = model.hidden_with_past(
            batch["tokens"][:, part],
            batch["positions"][:, part],
            batch["segments"][:, part],
            torch.ones(1, rest, rest, dtype=torch.bool),
            torch.ones(1, size, dtype=torch.bool),
            keys,
            values,
        )
    assert torch.allclose(together[:size], source[0], atol=1e-5)
    assert torch.allclose(together[size:], draft[0], atol=1e-5)


def test_autoregressive_row_equals_two_token_steps(tokenizer) -> None:
    model = build("tiny").eval()
    row = autoregressive_row(example(tokenizer, "Set value.", "Set the value."), REPHRASE, "janus")
    batch = collate([row])
    size, count = row.groups.count(SOURCE), row.groups.count(QUERY)
    with torch.no_grad():
        together = model.hidden(batch["tokens"], batch["positions"], batch["segments"], mask_of(batch))[0]
        empty = torch.zeros(2, 1, 2, 0, 16)
        _, keys, values = model.hidden_with_past(
            batch["tokens"][:, :size],
            batch["positions"][:, :size],
            batch["segments"][:, :size],
            torch.ones(1, size, size, dtype=torch.bool),
            torch.ones(1, 0, dtype=torch.bool),
            empty,
            empty,
        )
        step_mask = torch.tensor([[[True, False], [True, True]]])
        for step in range(count):
            content = row.tokens[size + step]
            hidden, new_keys, new_values = model.hidden_with_past(
                torch.tensor([[content, MASK]]),
                torch.tensor([[step, step + 1]]),
                torch.ones(1, 2, dtype=torch.long),
                step_mask,
                torch.ones(1, keys.shape[3], dtype=torch.bool),
                keys,
                values,
            )
            assert torch.allclose(hidden[0, 1], together[size + count + step], atol=1e-5)
            keys, values = torch.cat([keys, new_keys[:, :, :, :1]], 3), torch.cat([values, new_values[:, :, :, :1]], 3)


def test_export_has_the_contract_and_agrees_with_torch(tmp_path: Path) -> None:
    model = build("tiny").eval()
    path = tmp_path / "model.onnx"
    export_onnx(model, path)
    assert path.stat().st_size < 1_000_000
    assert parity(model, path) < 1e-4  # past 0, slots 0 and length 2 are among its shapes
    assert str(Path.cwd()).encode() not in path.read_bytes()


def test_special_tokens_cannot_be_written(tokenizer) -> None:
    assert [tokenizer.token_to_id(name) for name in SPECIAL_TOKENS] == list(range(RESERVED))
    text = "<mask> </deleted> <fix>  two blanks\tand 日本"
    ids = tokenizer.encode(text).ids
    assert min(ids) >= RESERVED and tokenizer.decode(ids) == text


def test_special_tokens_are_never_predicted() -> None:
    model = build("tiny").eval()
    log_probs = torch.log_softmax(model.token_logits(torch.randn(4, 32)), 1)
    allowed = {DROP, END}
    assert all((log_probs[:, index] < -1e8).all() == (index not in allowed) for index in range(RESERVED))


def test_objective_rows_are_consistent(tokenizer) -> None:
    pair = example(
        tokenizer, "You can use small model to corect the the text.", "You can use a small model to correct the text."
    )
    generator = np.random.default_rng(2)
    rows = [edit_row(pair, FIX, generator, "typo") for _ in range(30)]
    rows += [cmlm_row(pair, REPHRASE, generator, "rephrase") for _ in range(30)]
    rows += [autoregressive_row(pair, FIX, "janus"), mist_row(pair, REPHRASE, pair.target[:5])]
    for row in rows:
        assert (
            len(
                {
                    len(getattr(row, name))
                    for name in ("tokens", "positions", "segments", "groups", "operations", "gaps", "targets")
                }
            )
            == 1
        )
        assert all(row.tokens[index] == MASK for index, target in enumerate(row.targets) if target >= 0)
    assert any(DROP in row.targets for row in rows)
    slots = [target for target in pair.draft_targets if target >= 0]
    assert second_policy_row(pair, FIX, slots, "second") is None  # nothing wrong, nothing to learn
    wrong = second_policy_row(pair, FIX, [40, *slots[1:]], "second")
    assert wrong is not None and sum(operation > 0 for operation in wrong.operations) == 1


def test_pools_give_back_what_was_stored(tokenizer, tmp_path: Path) -> None:
    examples = [example(tokenizer, sentence, sentence) for sentence in SENTENCES]
    save_pool(tmp_path / "pool.npz", examples)
    pool = Pool(tmp_path / "pool.npz", 1)
    assert [pool[index] for index in range(len(pool))] == examples
    first = [pool.next() for _ in range(9)]
    again = Pool(tmp_path / "pool.npz", 1)
    again.restore((0, 4))
    assert [again.next() for _ in range(5)] == first[4:]


def test_word_pieces_are_greedy() -> None:
    assert pieces_of("working", {"work": 1, "##ing": 2, "wo": 3}, False) == [1, 2]
    assert pieces_of("xyz", {"x": 1}, False) == []


@pytest.fixture
def work(tokenizer, tmp_path: Path) -> Path:
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    tokens = [token for sentence in SENTENCES * 40 for token in [*tokenizer.encode(sentence).ids, END]]
    np.array(tokens, dtype=np.uint16).tofile(tmp_path / "prose.bin")
    pairs = [example(tokenizer, sentence.replace("e", "", 1), sentence) for sentence in SENTENCES]
    for name in ("typo", "grammar", "rephrase"):
        save_pool(tmp_path / "pools" / f"{name}.npz", pairs)
    return tmp_path


def test_the_average_of_two_checkpoints_is_a_network_between_them(work: Path) -> None:
    words = ["--configuration", "tiny", "--work", str(work), "--tokens", "192", "--steps", "2"]
    train.train(train.parse(["--stage", "edit", "--start", "random", "--name", "first", *words]))
    train.train(train.parse(["--stage", "wording", "--start", str(work / "first.pt"), "--name", "second", *words]))
    first, second = checkpoint.load(work / "first.pt"), checkpoint.load(work / "second.pt")
    content = average([first, second], [0.75, 0.25])
    checkpoint.model_of(work / "average.pt", content)
    changed = [name for name, value in first["model"].items() if not torch.equal(value, second["model"][name])]
    assert changed
    for name, value in content["model"].items():
        assert torch.allclose(value, 0.75 * first["model"][name] + 0.25 * second["model"][name], atol=1e-6)
    with pytest.raises(checkpoint.CheckpointError, match="different configurations"):
        average([first, {**second, "vocabulary": "another"}])
    with pytest.raises(ValueError, match="add up to 1"):
        average([first, second], [0.5, 0.6])


def test_the_last_weights_of_a_run_are_kept_and_averaged(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """JANUS averages five: of seven kept every step the first two go, and the average is that of all five."""
    words = ["--stage", "edit", "--start", "random", "--name", "run", "--configuration", "tiny", "--work", str(work)]
    train.train(train.parse([*words, "--tokens", "192", "--steps", "7", "--keep", "5", "--keep-steps", "1"]))
    kept = sorted(work.glob("run-step-*.pt"))
    assert [checkpoint.load(path)["step"] for path in kept] == [3, 4, 5, 6, 7]
    monkeypatch.setattr(sys, "argv", ["average", *map(str, kept), "--output", str(work / "five.pt")])
    average_main()
    contents, averaged = [checkpoint.load(path) for path in kept], checkpoint.load(work / "five.pt")
    checkpoint.model_of(work / "five.pt", averaged)
    for name, value in averaged["model"].items():
        plain = sum(content["model"][name].double() for content in contents) / 5
        assert torch.allclose(value.double(), plain, atol=1e-6)
    assert not torch.equal(contents[0]["model"]["head_bias"], contents[4]["model"]["head_bias"])
    assert torch.equal(contents[4]["model"]["head_bias"], checkpoint.load(work / "run.pt")["model"]["head_bias"])
    for arguments in ([str(kept[0])], [*map(str, kept), "--share", "0.5"]):
        monkeypatch.setattr(sys, "argv", ["average", *arguments, "--output", str(work / "no.pt")])
        with pytest.raises(DataError):
            average_main()


@pytest.mark.parametrize("stage", ["pretrain", "edit", "wording"])
def test_an_interrupted_run_goes_on_as_if_nothing_had_happened(
    stage: str, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [
        "--stage",
        stage,
        "--configuration",
        "tiny",
        "--start",
        "random",
        "--work",
        str(work),
        "--tokens",
        "192",
        "--steps",
        "6",
    ]
    train.train(train.parse([*words, "--name", "whole"]))
    real = train.rate_factor

    def interrupt_at_three(spent: float, step: int, warmup: int, floor: float) -> float:
        if step == 3:
            raise_interrupt()
        return real(spent, step, warmup, floor)

    def raise_interrupt() -> None:
        import os
        import signal

        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(train, "rate_factor", interrupt_at_three)
    train.train(train.parse([*words, "--name", "parts"]))
    assert checkpoint.load(work / "parts.pt")["step"] == 4  # the step under way is finished, then all is saved
    monkeypatch.setattr(train, "rate_factor", real)
    train.train(train.parse([*words, "--name", "parts"]))
    whole, parts = checkpoint.load(work / "whole.pt"), checkpoint.load(work / "parts.pt")
    assert whole["step"] == parts["step"] == 6
    assert all(torch.equal(whole["model"][name], parts["model"][name]) for name in whole["model"])
    assert load_tokenizer(work / "tokenizer.json").token_to_id("<begin>") == BEGIN
