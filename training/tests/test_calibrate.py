"""Near words, the decoder twin's draft, and thresholds that keep the alarm budget."""

from pathlib import Path

import numpy as np
import pytest

from nar_training.data.align import build_draft as labelled_draft
from nar_training.data.tokenizer import train_tokenizer
from nar_training.fit.calibrate import Found, Measured, accepted, choose_thresholds, cross_scores, scores
from nar_training.fit.correct import Corrector, Edit, Proposal, apply, build_draft, scaled
from nar_training.network.model import build
from nar_training.package import quantize
from nar_training.package.export import export_onnx
from nar_training.prior.lexicon import Lexicon
from nar_training.prior.near_words import NearWords, Prior, one_slip_away

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


def test_apply_and_scaled() -> None:
    assert apply([1, 2, 3], [Edit(1, 2, [8, 9], 1, False), Edit(0, 0, [7], 1, False)]) == [7, 1, 8, 9, 3]
    log_probs = np.log([0.6, 0.3])
    assert scaled(log_probs, 0, 1) == pytest.approx(0.6)
    assert scaled(log_probs, 0, 0.5) == pytest.approx(0.36 / (0.36 + 0.09 + 0.01))


def found(set_: str, index: int, kind: str, confidence: float, right: bool) -> Found:
    return Found(
        set_, index, kind, "replace", False, confidence, frozenset({(index, kind)} if right else ()), int(not right)
    )


def test_thresholds_keep_the_alarm_budget() -> None:
    generator = np.random.default_rng(5)
    list_ = []
    for index in range(400):
        confidence = float(generator.random())
        list_.append(found("typo", index, "article", confidence, generator.random() < confidence))
        list_.append(found("typo", 1000 + index, "casing", confidence, generator.random() < confidence / 3))
        list_.append(found("prose", index, "casing", confidence, False))
    measured = Measured(
        list_,
        {"typo": 600, "prose": 0},
        {"article": 300, "casing": 300},
        {"typo": (300, 300), "prose": (0, 0)},
        20000,
        1.0,
    )
    thresholds = choose_thresholds(measured)
    alarms = sum(f.set == "prose" and accepted(f, thresholds) for f in list_)
    assert alarms <= 10
    assert thresholds["byType"]["article/replace"] < thresholds["byType"]["casing/replace"]
    assert cross_scores(measured)["typo"]["true"] > 0
    assert scores(measured, thresholds)["falseAlarmsPerThousandWords"] <= 0.5


def test_corrector_runs_on_an_int8_graph(tmp_path: Path, prior: Prior) -> None:
    export_onnx(build("tiny").eval(), tmp_path / "model.onnx")
    quantize.quantize(tmp_path / "model.onnx", tmp_path / "model_int8.onnx")
    corrector = Corrector(tmp_path / "model_int8.onnx", train_tokenizer(["The server reads teh file."] * 3, 300), prior)
    encoding, edits = corrector.edits("The servr reads teh `code` file.")
    assert all(0 <= edit.start <= edit.end <= len(encoding.ids) and 0 <= edit.confidence <= 1 for edit in edits)
    assert corrector.edits("")[1] == []
