"""Every compared system: a few steps lower its loss, the whole training has finite losses, its decoders write answers;
the command resumes, skips what is done and names what it does not know.
"""

import json
import math

import pytest
import torch
from systems_fixture import losses_of_steps, prepared, tiny_network, tiny_pairs, tiny_quora

from nar_training.data.tokenizer import BEGIN, BLANK, MASK, PAD
from nar_training.research import decode
from nar_training.research.quora import LONGEST
from nar_training.research.systems import SYSTEMS
from nar_training.research.systems.__main__ import is_measured, store
from nar_training.research.systems.compare import Comparison, record_of
from nar_training.research.systems.noised import noised

STEPS = 12


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_few_steps_lower_the_loss_and_its_decoders_write(name: str) -> None:
    torch.set_num_threads(1)
    quora = tiny_quora()
    model, ready = prepared(SYSTEMS[name], quora)
    pairs = tiny_pairs()
    losses = losses_of_steps(model, ready, pairs, STEPS, spent=0.0)
    assert all(math.isfinite(loss) for loss in losses), losses
    assert sum(losses[-3:]) < sum(losses[:3]), losses
    assert all(math.isfinite(loss) for loss in losses_of_steps(model, ready, pairs, 1, spent=0.99))
    model.eval()
    with torch.no_grad():
        blank = decode.blank_answers(pairs, torch.tensor([3, 1, 4, 2, 5, 3, 2, 1]))
        for label, decoder in ready.decoders.items():
            answers = decoder(model, blank)
            assert len(answers) == len(pairs.source), label
            written = [[token for token in answer if token != PAD] for answer in answers]
            assert any(written), label
            assert all(len(answer) <= 2 * LONGEST for answer in written), label
            assert not {BEGIN, MASK, BLANK} & {token for answer in written for token in answer}, label


def test_a_record_has_the_time_and_the_scores_of_every_decoder(tmp_path) -> None:
    comparison = Comparison(tiny_quora(), tmp_path, 0.004, 6, batch=4, start=tiny_network)
    record = record_of("one-pass", comparison, 1, SYSTEMS)
    assert record["cpu_minutes"] >= 0.003 and record["steps"] > 1
    assert "length beam of ±4" in record["decoders"]
    assert all("bleu" in scores and "one_by_one_milliseconds" in scores for scores in record["decoders"].values())
    again = record_of("one-pass", comparison, 1, SYSTEMS)
    assert again["steps"] == record["steps"], "a finished run takes no further step"
    same = [{k: v for k, v in r["decoders"]["1 pass"].items() if "milliseconds" not in k} for r in (record, again)]
    assert same[0] == same[1]
    store(tmp_path / "x-1.json", record)
    assert is_measured(tmp_path / "x-1.json", 0.004) and not is_measured(tmp_path / "x-1.json", 1)
    assert not is_measured(tmp_path / "y-1.json", 1)
    assert json.loads((tmp_path / "x-1.json").read_text())["name"] == "one-pass"


def test_noised_questions_differ_from_their_answers_and_are_the_same_every_time() -> None:
    quora = tiny_quora()
    first, second = noised(quora), noised(quora)
    assert [e.source for e in first.train] == [e.source for e in second.train]
    assert [e.target for e in first.train] == [e.target for e in quora.train]
    changed = sum(e.source != e.target for e in first.train)
    assert 0 < changed < len(first.train)
