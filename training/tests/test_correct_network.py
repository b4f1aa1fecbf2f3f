"""The network that corrects: its vocabulary, its start, its labels, its rows and the errors of plain sentences."""

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch
from noise_fixture import make_data
from tokenizers import Tokenizer

from nar_training.data import word_pieces
from nar_training.data.align import IGNORE, KEEP, labels_from_encodings
from nar_training.data.noise import Tables
from nar_training.data.noise.plain import corrupt
from nar_training.data.pools import Example
from nar_training.data.tokenizer import BEGIN, END, FIX, MASK, PAD, RESERVED
from nar_training.network import distilbert
from nar_training.network.model import Configuration, build
from nar_training.objectives.edit import edit_row, first_tokens

PIECES = [
    *("[PAD]", "[unused1]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
    *"the a pipeline ##s runs run once servers server are is it ' t don , .".split(),
]
OLD = {piece: index for index, piece in enumerate(PIECES)}
TOKENIZER = Tokenizer.from_str(json.dumps(word_pieces.wordpiece_file(OLD)))


def example_of(before: str, after: str) -> Example:
    source, target = (TOKENIZER.encode(text, add_special_tokens=False) for text in (before, after))
    labels = labels_from_encodings(source, target, before, after, pieces=True)
    assert labels is not None
    return Example.labelled(labels)


def test_reserved_ids_come_first_and_no_text_encodes_to_them() -> None:
    ids = TOKENIZER.encode("[MASK] <mask> the pipelines", add_special_tokens=False).ids
    assert min(ids) >= RESERVED
    assert TOKENIZER.token_to_id("[UNK]") == RESERVED
    assert TOKENIZER.token_to_id("<fix>") == FIX
    assert TOKENIZER.token_to_id("[MASK]") is None
    assert TOKENIZER.get_vocab_size() == RESERVED + 1 + len(PIECES) - len(
        ["[PAD]", "[unused1]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    )


def test_a_changed_word_keeps_the_pieces_that_both_sides_begin_with() -> None:
    plural = example_of("the pipeline runs", "the pipelines run")
    assert plural.operations == [KEEP, KEEP, 2]  # "runs" is one piece and written anew
    assert plural.insertions == [0, 0, 1, 0]
    single = example_of("a pipelines runs", "a pipeline runs")
    assert single.operations == [KEEP, KEEP, 1, KEEP]


def texts(rows: dict[int, int]) -> dict[int, str]:
    return {row: TOKENIZER.id_to_token(token) for row, token in rows.items()}


def test_first_tokens_stand_at_the_rows_that_are_read_in_one_pass() -> None:
    assert texts(first_tokens(example_of("server are once", "the server is once"))) == {1: "the", 3: "is"}
    assert texts(first_tokens(example_of("the pipeline run", "the pipelines run"))) == {3: "##s"}


@pytest.mark.parametrize("seed", range(30))
def test_edits_of_one_token_applied_from_the_rows_give_the_target(seed: int) -> None:
    random = Random(seed)
    words = [random.choice("the a pipeline runs run once servers server are is".split()) for _ in range(6)]
    changed = list(words)
    changed[random.randrange(6)] = random.choice("the a once are is".split())
    changed.insert(random.randrange(7), "once")
    example = example_of(" ".join(words), " ".join(changed))
    if max(example.insertions) > 1:
        return
    rows = first_tokens(example)
    output = [rows[1]] if example.insertions[0] else []
    for index, (token, operation) in enumerate(zip(example.source, example.operations, strict=True)):
        if operation == 2:
            output.append(rows[index + 2])
        elif operation == KEEP:
            output.append(token)
        if example.insertions[index + 1]:
            if operation == 2:
                return  # two tokens at one row: for the draft
            output.append(rows[index + 2])
    assert output == example.target


def test_one_pass_targets_stand_beside_the_labels() -> None:
    row = edit_row(
        example_of("server are once", "the server is once"), FIX, np.random.default_rng(1), "grammar", False, True
    )
    assert len(row) == 3 + 3
    assert [at for at, target in enumerate(row.targets) if target != IGNORE] == [1, 3]


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_partly_filled_draft_shows_true_tokens_and_leaves_a_slot(share: float) -> None:
    example = example_of("the servers are run", "the server is it once run")
    row = edit_row(example, FIX, np.random.default_rng(2), "rephrase", revealed_share=share)
    full = edit_row(example, FIX, np.random.default_rng(2), "rephrase")
    slots = [at for at, token in enumerate(full.tokens) if token == MASK]
    assert len(slots) > 2
    left = [at for at in slots if row.tokens[at] == MASK]
    assert len(left) == len(slots) - int(share * len(slots)) >= 1
    for at in slots:
        shown = at not in left
        assert row.targets[at] == (IGNORE if shown else full.targets[at])
        assert not shown or row.tokens[at] == full.targets[at]


def test_the_start_copies_every_piece_under_its_new_number(monkeypatch: pytest.MonkeyPatch) -> None:
    configuration = Configuration(vocabulary=TOKENIZER.get_vocab_size(), width=8, layers=2, heads=2, inner=16)
    generator = torch.Generator().manual_seed(3)

    def made(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=generator)

    state = {
        "embeddings.word_embeddings.weight": made(len(PIECES), 8),
        "embeddings.position_embeddings.weight": made(512, 8),
        "embeddings.LayerNorm.weight": made(8),
        "embeddings.LayerNorm.bias": made(8),
    }
    for layer in range(2):
        prefix = f"transformer.layer.{layer}."
        for name in distilbert.PARTS:
            rows, columns = {"ffn.lin1": (16, 8), "ffn.lin2": (8, 16)}.get(name, (8, 8))
            state |= {f"{prefix}{name}.weight": made(rows, columns), f"{prefix}{name}.bias": made(rows)}
        for name in ("sa_layer_norm", "output_layer_norm"):
            state |= {f"{prefix}{name}.weight": made(8), f"{prefix}{name}.bias": made(8)}
    monkeypatch.setattr(distilbert, "read_weights", lambda: state)
    monkeypatch.setattr(distilbert, "old_vocabulary", lambda: OLD)
    model = build(configuration)
    distilbert.load_distilbert(model)
    old = state["embeddings.word_embeddings.weight"]
    for piece, index in word_pieces.renumbered(OLD).items():
        if index >= RESERVED:
            assert torch.equal(model.tokens.weight[index], old[OLD[piece]])
    for index, name in {PAD: "[PAD]", MASK: "[MASK]", BEGIN: "[CLS]", END: "[SEP]"}.items():
        assert torch.equal(model.tokens.weight[index], old[OLD[name]])
    assert torch.equal(
        model.layers[1].query_key_value.weight[8:16], state["transformer.layer.1.attention.k_lin.weight"]
    )
    assert torch.equal(model.layers[0].output.weight, state["transformer.layer.0.ffn.lin2.weight"])


def test_frozen_layers_get_no_gradient_and_give_the_same_states() -> None:
    model = build(Configuration(vocabulary=60, width=8, layers=3, heads=2, inner=16))
    ids = torch.tensor([[2, 9, 40, 41, 3]])
    arguments = (ids, torch.arange(5)[None], torch.zeros_like(ids), None)
    before = model.hidden(*arguments)
    model.freeze(2)
    after = model.hidden(*arguments)
    assert torch.equal(before, after)
    after.sum().backward()
    assert all(parameter.grad is None for layer in model.layers[:2] for parameter in layer.parameters())
    assert all(parameter.grad is not None for parameter in model.layers[2].parameters())
    assert model.tokens.weight.grad is None


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder: Path = tmp_path_factory.mktemp("data")
    make_data(folder)
    return Tables(folder)


@pytest.mark.parametrize(
    ("right", "kind", "wrong"),
    [
        ("You doesn't.", "do", "You don't."),
        ("That's why.", "apostrophe", "Thats why."),
        ("Then should have.", "should-of", "Then should of."),
        ("An hour.", "article-sound", "A hour."),
        ("Two of these servers.", "number", "Two of these server."),
    ],
)
def test_kinds_write_what_people_write(right: str, kind: str, wrong: str, tables: Tables) -> None:
    found = {corrupt(right, Random(seed), tables) for seed in range(200)}
    assert (wrong, kind) in found


def test_code_is_never_touched_and_an_error_is_one(tables: Tables) -> None:
    sentence = "The `is are the` service sends the_file to /is/the/server when it is done."
    made = 0
    for seed in range(200):
        result = corrupt(sentence, Random(seed), tables)
        if result is None:
            continue
        made += 1
        assert result[0] != sentence
        for code in ("`is are the`", "the_file", "/is/the/server"):
            assert code in result[0]
    assert made > 150
