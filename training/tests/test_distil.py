"""Distillation: the batched writer against one step at a time and against all answers, its statistic against a loop."""

import itertools
import math
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from plain_loops import autoregressive_states, pair_of, sharp_network

from nar_training.data.align import edit_labels
from nar_training.data.guard import DataError
from nar_training.data.pools import Example, Pool, save_pool
from nar_training.data.tokenizer import DROP, END, REPHRASE, RESERVED, train_tokenizer
from nar_training.network import checkpoint
from nar_training.network.model import build
from nar_training.objectives.curriculum import curriculum_weights
from nar_training.objectives.janus import janus_loss
from nar_training.objectives.pairs import make_pairs
from nar_training.reference.generation import autoregressive_score, next_token
from nar_training.reference.network import ReferenceNetwork, Source
from nar_training.stages import distil

SENTENCES = [
    "The server reads the file and sends a reply.",
    "You can use a small model to correct the text.",
    "Every request is written to the log.",
    "The editor shows a hint when the word is wrong.",
]


def source_of(ids: list[int]) -> Source:
    return Source("rephrase", ids, [False] * len(ids), [])


@pytest.fixture
def model():
    network = build("tiny", seed=4).eval()
    with torch.no_grad():  # sharper than seeded weights are, so that answers differ and end
        network.head_bias[END] += 0.5
        network.tokens.weight.mul_(3)
    return network


EXAMPLES = [
    Example([40, 41, 42], [0] * 3, [], [], [], [], [50]),
    Example([60, 61, 62, 63, 64, 65], [0] * 6, [], [], [], [], [70]),
]


def test_a_beam_of_one_is_the_greedy_reference(model) -> None:
    pairs = make_pairs(EXAMPLES, [REPHRASE] * 2)
    written = distil.write_left_to_right(model, pairs.source, pairs.segments, 12)
    network = ReferenceNetwork(model)
    for example, answer in zip(EXAMPLES, written, strict=True):
        ids: list[int] = []
        while len(ids) < 12:
            row = next_token(network, source_of(example.source), ids)
            row[DROP] = -math.inf
            token = int(row.argmax())
            if token == END:
                break
            ids.append(token)
        assert answer == ids
    assert any(written)


def test_a_strict_query_never_sees_itself() -> None:
    """As JANUS trains it: greedy writing equals a whole row anew for every token, with and without the own key."""
    model, pairs, written = sharp_network(4), make_pairs(EXAMPLES, [REPHRASE] * 2), {}
    for own_key in (False, True):
        written[own_key] = distil.write_left_to_right(model, pairs.source, pairs.segments, 6, own_key=own_key)
        for row, answer in enumerate(written[own_key]):
            ids: list[int] = []
            while len(ids) < 6:
                last = autoregressive_states(model, pair_of(pairs, row)[0], ids, own_key)[-1]
                logits = model.token_logits(last)
                logits[DROP] = -math.inf
                if (token := int(logits.argmax())) == END:
                    break
                ids.append(token)
            assert answer == ids
    assert written[False] != written[True]


def test_a_wide_beam_finds_the_best_of_all_short_answers(model) -> None:
    with torch.no_grad():  # six words to choose from
        model.forbidden[RESERVED + 6 :] = -1e9
    pairs = make_pairs(EXAMPLES[:1], [REPHRASE])
    answer = distil.write_left_to_right(model, pairs.source, pairs.segments, 2, beam=40)[0]
    network = ReferenceNetwork(model)
    words = range(RESERVED, RESERVED + 6)
    every = [list(ids) for size in range(3) for ids in itertools.product(words, repeat=size)]

    def score(ids: list[int]) -> float:  # an answer of full length must end: its <end> is sure
        if len(ids) < 2:
            return autoregressive_score(network, source_of(EXAMPLES[0].source), ids)
        return (
            sum(
                next_token(network, source_of(EXAMPLES[0].source), ids[:t])[wanted].item()
                for t, wanted in enumerate([*ids, END])
            )
            / 3
        )

    best = max(every, key=score)
    assert score(answer) == pytest.approx(score(best), abs=1e-4)


def test_complexity_is_that_of_the_loop_and_zero_without_choice() -> None:
    assert distil.complexity([([1, 2], [11, 12]), ([1], [11]), ([2], [12])], 200) == pytest.approx(0, abs=1e-3)
    random = np.random.default_rng(1)
    pairs = [
        (random.integers(1, 5, 3).tolist(), random.integers(11, 15, int(random.integers(1, 4))).tolist())
        for _ in range(6)
    ]
    table: dict[tuple[int, int], float] = {}
    for source, target in pairs:
        table |= {(x, y): 0.0 for x in source for y in target}
    for key in table:
        table[key] = 1 / sum(other[0] == key[0] for other in table)
    for _ in range(3):
        expected = dict.fromkeys(table, 0.0)
        for source, target in pairs:
            for y in target:
                total = sum(table[x, y] for x in source)
                for x in source:
                    expected[x, y] += table[x, y] / total
        sums = {x: sum(value for key, value in expected.items() if key[0] == x) for x, _ in table}
        table = {key: value / sums[key[0]] for key, value in expected.items()}
    wanted = sum(-p * math.log(p) for p in table.values() if p > 0) / len({x for x, _ in table})
    assert distil.complexity(pairs, 3) == pytest.approx(wanted, abs=1e-9)
    with pytest.raises(ValueError, match="no target"):
        distil.complexity([([1], [])])


def test_a_distilled_corpus_is_simpler_and_keeps_its_edit_labels(tmp_path: Path, monkeypatch, capsys) -> None:
    tokenizer = train_tokenizer(SENTENCES * 3, 300)
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    examples = []
    for left, right in itertools.permutations(SENTENCES, 2):
        labels = edit_labels(left[:20], right[:16], tokenizer)
        assert labels is not None
        examples.append(Example.labelled(labels))
    save_pool(tmp_path / "pools" / "rephrase.npz", examples)
    save_pool(tmp_path / "pools" / "typo.npz", examples)
    network = build("tiny", seed=1)
    pairs, optimizer = make_pairs(examples, [REPHRASE] * len(examples)), torch.optim.Adam(network.parameters(), lr=5e-3)
    for _ in range(80):
        loss, _ = janus_loss(network, pairs, curriculum_weights(0.0), pairs.real)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    checkpoint.save(
        tmp_path / "model.pt", {"configuration": network.configuration.as_dict(), "model": network.state_dict()}
    )
    words = [
        "distil",
        "--checkpoint",
        str(tmp_path / "model.pt"),
        "--work",
        str(tmp_path),
        "--output",
        str(tmp_path / "out.npz"),
    ]
    monkeypatch.setattr(sys, "argv", [*words, "--task", "rephrase", "--beam", "2"])
    distil.main()
    said = capsys.readouterr().out
    before, after = (float(part.split()[-1]) for part in said.replace(" nats", "").split("complexity")[1].split("->"))
    assert "0 with another" not in said and after < before  # each source had three targets, now it has one
    distilled = Pool(tmp_path / "out.npz", 1)
    by_source: dict[tuple, set] = {}
    for index in range(len(distilled)):
        example = distilled[index]
        assert len(example.operations) == len(example.source)
        by_source.setdefault(tuple(example.source), set()).add(tuple(example.target))
    assert all(len(targets) == 1 for targets in by_source.values())
    for task, pool in (("fix", "rephrase"), ("rephrase", "typo")):
        monkeypatch.setattr(sys, "argv", [*words, "--task", task, "--pool", str(tmp_path / "pools" / f"{pool}.npz")])
        with pytest.raises(DataError, match="never distilled"):
            distil.main()
