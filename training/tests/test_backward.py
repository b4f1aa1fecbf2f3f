"""Back-translation of errors: what it may change, what its labels say, and that a seed repeats it."""

import numpy as np
import pytest
import torch

from nar_training.data.prepare_edits import Builder
from nar_training.data.tokenizer import DROP, train_tokenizer
from nar_training.network.model import build
from nar_training.prior.lexicon import Lexicon
from nar_training.stages import backward
from nar_training.stages.drafts import Proposal

SENTENCES = [
    "The server reads the file and sends a reply.",
    "Use `git push` to send the changes to the main branch.",
    "Every request is written to the log.",
    "The editor shows a hint when the word is wrong.",
]


@pytest.fixture
def tokenizer():
    return train_tokenizer(SENTENCES * 20, 300)


@pytest.fixture
def model():
    network = build("tiny", seed=3).eval()
    with torch.no_grad():
        network.operation.weight.mul_(20)
        network.insertion.weight.mul_(20)
    return network


def spoilt(model, tokenizer, errors: float, seed: int = 1) -> list[str]:
    encodings = tokenizer.encode_batch(SENTENCES)
    return [
        tokenizer.decode(ids)
        for ids in backward.spoil(model, encodings, SENTENCES, errors, np.random.default_rng(seed))
    ]


def test_no_errors_asked_for_none_made(model, tokenizer) -> None:
    assert spoilt(model, tokenizer, 0) == SENTENCES


def test_errors_are_drawn_and_a_seed_repeats_them(model, tokenizer) -> None:
    first = spoilt(model, tokenizer, 3)
    assert first != SENTENCES
    assert first == spoilt(model, tokenizer, 3)
    assert first != spoilt(model, tokenizer, 3, seed=2)


def test_code_spans_stay_as_they_are(model, tokenizer) -> None:
    for seed in range(40):
        assert "`git push`" in spoilt(model, tokenizer, 8, seed)[1]


def test_every_example_leads_back_to_the_clean_sentence(model, tokenizer) -> None:
    builder = Builder(tokenizer, Lexicon({}, {}), set(), 1)
    examples = list(backward.spoilt_examples(model, builder, iter(SENTENCES * 10), 2, 1))
    assert examples
    for example in examples:
        assert tokenizer.decode(example.target) in SENTENCES
        assert example.source != example.target
        assert any(example.operations) or any(example.insertions)


def test_dropped_slots_and_deleted_words_are_gone() -> None:
    proposals = [Proposal(0, 0, 1, 1.0), Proposal(1, 3, 2, 1.0), Proposal(3, 4, 0, 1.0)]
    assert backward.with_proposals([10, 11, 12, 13, 14], proposals, {0: [50], 1: [51, DROP]}) == [50, 10, 51, 14]


def test_the_expected_number_of_errors_is_what_was_asked_for(tokenizer) -> None:
    text = SENTENCES[0]
    encoding = tokenizer.encode(text)
    size = len(encoding.ids)
    operation = np.tile([0.9, 0.05, 0.05], (size, 1))
    gaps = np.tile([0.95, *[0.05 / 7] * 7], (size + 1, 1))
    draws = np.random.default_rng(1)
    counts = [
        len(backward.draw_proposals(encoding, text, [0] * size, operation, gaps, 1.3, draws)) for _ in range(2000)
    ]
    assert 1.1 < np.mean(counts) < 1.4  # a word and the gap behind it never fall together, hence a little less
