"""Near words, drafts, and temperatures read from an int8 graph."""

from pathlib import Path

import numpy as np
import pytest

from nar_training.data.align import build_draft as labelled_draft
from nar_training.data.tokenizer import train_tokenizer
from nar_training.fit.temperatures import Graph, best_temperature, logits_of
from nar_training.network.model import build
from nar_training.package import quantize
from nar_training.package.export import export_onnx
from nar_training.prior.lexicon import Lexicon
from nar_training.prior.near_words import NearWords, Prior, one_slip_away
from nar_training.stages.drafts import Proposal, build_draft

WORDS = {
    "server": 90,
    "serve": 40,
    "service": 50,
    "class": 30,
    "option": 25,
    "GitHub": 20,
    "form": 12,
    "from": 500,
    "rare": 3,
}


@pytest.fixture(scope="module")
def prior() -> Prior:
    return Prior(Lexicon({"teh": ["the"], "recieve": ["receive"]}, {}, WORDS))


def test_near_words(prior: Prior) -> None:
    near = NearWords(prior.lexicon)
    assert near.candidates("servr") == ["serve", "server"] or near.candidates("servr") == ["server", "serve"]
    assert near.candidates("servr")[0] == "server"  # the more frequent first
    assert near.candidates("sevrer") == ["server"]  # transposition
    assert near.candidates("classs") == ["class"] and near.candidates("options") == []  # a slip, a plural
    for word in ("server", "Servr", "recieve", "github", "rarr", "fro", "zserver", "xyzzy"):
        assert near.candidates(word) == [], word
    assert prior.candidate_spans("teh servr and `sevrer`") == [(0, 3, ["the"]), (4, 9, ["server", "serve"])]
    assert prior.listed_spans("teh servr") == [(0, 3, ["the"])]


def test_one_slip_keeps_the_first_letter() -> None:
    near = one_slip_away("abc")
    assert {"ac", "abcd", "axc", "acb", "aabc"} <= near and "abc" not in near and all(word[0] == "a" for word in near)


def test_draft_equals_the_training_labels() -> None:
    generator = np.random.default_rng(4)
    for _ in range(200):
        ids, proposals, at = list(range(40, 40 + int(generator.integers(1, 9)))), [], 0
        while at <= len(ids):
            if generator.random() < 0.3:
                proposals.append(Proposal(at, at, int(generator.integers(1, 4)), 0.5))
            if at < len(ids) and generator.random() < 0.4:
                proposals.append(Proposal(at, at + 1, int(generator.integers(0, 2)), 0.5))
                at += 1  # a replaced word keeps the gap behind it: no insertion of its own there
                if at < len(ids):
                    at += 1
                continue
            at += 1
        operations, insertions = [0] * len(ids), [0] * (len(ids) + 1)
        for proposal in proposals:
            if proposal.start == proposal.end:
                insertions[proposal.start] += proposal.slots
            else:
                operations[proposal.start] = 2 if proposal.slots else 1
        draft, slots = build_draft(ids, proposals)
        wanted, targets = labelled_draft(ids, operations, insertions, [99] * sum(p.slots for p in proposals))
        assert draft == wanted and [at for _, _, at in slots] == [i for i, target in enumerate(targets) if target == 99]


def test_the_temperature_of_least_loss_undoes_what_made_logits_too_sure() -> None:
    generator = np.random.default_rng(2)
    honest = generator.normal(0, 1.5, (4000, 3))
    shares = np.exp(honest) / np.exp(honest).sum(1, keepdims=True)
    wanted = np.array([generator.choice(3, p=row) for row in shares])
    assert best_temperature(2 * honest, wanted) == pytest.approx(2, rel=0.1)


def test_heads_are_read_from_an_int8_graph(tmp_path: Path, prior: Prior) -> None:
    export_onnx(build("tiny").eval(), tmp_path / "model.onnx")
    quantize.quantize(tmp_path / "model.onnx", tmp_path / "model_int8.onnx")
    tokenizer = train_tokenizer(["The server reads teh file."] * 3, 300)
    records = [{"before": "The server reads teh file.", "after": "The server reads the file now."}]
    heads = logits_of(Graph(tmp_path / "model_int8.onnx"), tokenizer, prior, records)
    size = len(tokenizer.encode(records[0]["before"]).ids)
    assert heads["operation"][0].shape == (size, 3) and heads["insertion"][0].shape[0] == size + 1
    assert len(heads["fill"][1]) == len(heads["fill"][0]) > 0
    assert 0.3 <= best_temperature(*heads["operation"]) <= 3
