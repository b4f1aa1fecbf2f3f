"""Rows that the mixed stages make from the network's own answers: MIST's second row and Levenshtein's second policy."""

from pathlib import Path

import pytest
from work_fixture import VOCABULARY, make_work

from nar_training.data.tokenizer import BEGIN, END, FIX, MASK, REPHRASE
from nar_training.objectives.cmlm import cmlm_row
from nar_training.objectives.rows import IGNORE
from nar_training.stages import train
from nar_training.stages.stage import MIST_SHARE, SECOND_POLICY_SHARE, EditStage


@pytest.fixture
def stage(tmp_path: Path) -> EditStage:
    words = ["--stage", "edit", "--work", str(make_work(tmp_path)), "--tokens", "400"]
    return EditStage(train.parse(words), ["a"] * VOCABULARY, 1)


def test_a_quarter_of_the_hidden_rows_are_mixed_with_their_answers(stage: EditStage) -> None:
    examples = [stage.pools["rephrase"].next() for _ in range(400)]
    rows = []
    for example in examples:
        row = cmlm_row(example, REPHRASE, stage.random, "rephrase", 1.0)
        row.example = example
        rows.append(row)
    batch = stage.batch_of(rows)
    assert all(item.mist for item in batch.follow_ups)
    assert len(batch.follow_ups) / 400 == pytest.approx(MIST_SHARE, abs=0.07)
    # Answers come in the order of the labelled slots of the whole batch; each is the answer of its own row.
    guesses = [100 + index % 150 for index in range(sum(len(example.target) for example in examples))]
    stage.buffer = 4000
    stage.learn_from_answers(batch.follow_ups, guesses)
    assert len(stage.follow_up) == len(batch.follow_ups) > 0
    firsts = [sum(len(example.target) for example in examples[:index]) for index in range(400)]
    for row, item in zip(stage.follow_up, batch.follow_ups, strict=True):
        assert item.first in firsts
        size = len(item.example.target)
        answer = guesses[item.first : item.first + size]
        source = [BEGIN, REPHRASE, *answer, END, *item.example.source, END]
        assert row.tokens == [*source, BEGIN, *[MASK] * size, END]
        assert [target for target in row.targets if target != IGNORE] == item.example.target


def test_partly_hidden_rows_and_other_kinds_are_not_mixed(stage: EditStage) -> None:
    rows = []
    for _ in range(60):
        example = stage.pools["rephrase"].next()
        row = cmlm_row(example, REPHRASE, stage.random, "rephrase", 0.0)
        row.example = example
        if sum(target != IGNORE for target in row.targets) < len(example.target):
            rows.append(row)
    assert len(rows) > 20 and not stage.batch_of(rows).follow_ups


def test_corrections_are_followed_up_by_the_second_policy(stage: EditStage) -> None:
    examples = [stage.pools["typo"].next() for _ in range(600)]
    rows = []
    for example in examples:
        row = cmlm_row(example, FIX, stage.random, "typo", 1.0)
        row.example = example
        rows.append(row)
    found = stage.batch_of(rows).follow_ups
    assert not any(item.mist for item in found)
    assert len(found) / 600 == pytest.approx(SECOND_POLICY_SHARE, abs=0.04)
