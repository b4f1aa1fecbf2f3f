"""Parts of the compared systems against plain loops."""

import math

import pytest
import torch
import torch.nn.functional as F
from systems_fixture import EXAMPLES, example, sharp_network, tiny_pairs

from nar_training.data.tokenizer import BEGIN, END, MASK, REPHRASE
from nar_training.objectives import fertility, left_to_right, soft_copy, vectors
from nar_training.objectives.pairs import answers, make_pairs, masked_slots
from nar_training.objectives.word_alignment import aligned_sources, counts_per_source
from nar_training.reference.network import ReferenceNetwork, Source
from nar_training.research.systems import lengths
from nar_training.research.systems.fertilities import bounded


@pytest.fixture
def model():
    return sharp_network().eval()


@torch.no_grad()
def test_alignment_takes_the_likeliest_source_token_near_the_diagonal(model) -> None:
    pairs = tiny_pairs(6)
    got = aligned_sources(model, pairs)
    for row, item in enumerate(EXAMPLES[:6]):
        for t, y in enumerate(item.target):
            scores = [
                F.cosine_similarity(model.tokens.weight[y], model.tokens.weight[x], dim=0).item()
                - 0.5 * abs(t / len(item.target) - n / len(item.source))
                for n, x in enumerate(item.source)
            ]
            assert got[row, t] == max(range(len(scores)), key=scores.__getitem__)
    counts = counts_per_source(got, pairs.real, 4)
    assert counts.sum(1).tolist() == pairs.lengths.tolist()
    assert counts[0].tolist() == [got[0, : len(EXAMPLES[0].target)].tolist().count(n) for n in range(4)]


@torch.no_grad()
def test_fertility_loss_is_the_sum_of_its_terms_over_plain_loops(model) -> None:
    fertility.add_fertility_head(model, most=2)
    items = [example([40, 41, 42], [41, 41, 41, 40]), example([43, 44], [44])]
    pairs = make_pairs(items, [REPHRASE] * 2)
    loss, _ = fertility.fertility_loss(model, pairs)
    network, links = ReferenceNetwork(model), aligned_sources(model, pairs)
    token, heads = [], []
    for row, item in enumerate(items):
        counts = [links[row, : len(item.target)].tolist().count(n) for n in range(len(item.source))]
        slots = [x for x, count in zip(item.source, counts, strict=True) for _ in range(count)]
        assert len(slots) == len(item.target)
        source = Source("rephrase", item.source, [False] * len(item.source), [])
        rows = network.predict(source.tokens(), source.segments(), [BEGIN, *slots, END], list(range(1, len(slots) + 1)))
        token += [-rows[t, y].item() for t, y in enumerate(item.target)]
        alone = make_pairs([item], [REPHRASE])
        log_probs = fertility.fertility_log_probs(model, alone)[0]
        heads += [-log_probs[n, min(2, count)].item() for n, count in enumerate(counts)]
    assert loss.item() == pytest.approx(sum(token) / len(token) + sum(heads) / len(heads), abs=1e-4)


def test_fertilities_are_kept_within_one_and_the_longest() -> None:
    assert bounded(torch.tensor([[0, 0, 0], [2, 9, 3]]), 6).tolist() == [[1, 0, 0], [2, 4, 0]]
    slots, counts = fertility.copied(torch.tensor([[5, 6, 7], [8, 9, 0]]), torch.tensor([[2, 0, 1], [1, 0, 0]]))
    assert slots.tolist() == [[5, 5, 7], [8, 0, 0]] and counts.tolist() == [3, 1]


@torch.no_grad()
def test_slots_of_mask_vectors_are_masked_slots(model) -> None:
    pairs = tiny_pairs(5)
    rows, _ = answers(model, pairs, masked_slots(pairs))
    held = model.tokens.weight[MASK].expand(5, pairs.target.shape[1], -1)
    got, _ = vectors.answers_from_vectors(model, pairs, held)
    assert torch.allclose(got[pairs.real], rows[pairs.real], atol=1e-5)
    moved, _ = vectors.answers_from_vectors(model, pairs, held + torch.arange(32) % 2)
    assert not torch.allclose(moved[pairs.real], rows[pairs.real], atol=1e-3)


def test_soft_copy_weights_are_those_of_the_definition() -> None:
    got = soft_copy.copy_weights(torch.tensor([3, 2]), torch.tensor([4, 1]), 3, 4, torch.tensor(0.7))
    for row, (n, t) in enumerate(((3, 4), (2, 1))):
        for slot in range(t):
            scores = [math.exp(-abs(place - slot * n / t) / 0.7) for place in range(n)]
            wanted = [score / sum(scores) for score in scores] + [0.0] * (3 - n)
            assert got[row, slot].tolist() == pytest.approx(wanted, abs=1e-6)


@torch.no_grad()
def test_the_left_to_right_loss_asks_token_by_token(model) -> None:
    pairs = tiny_pairs(4)
    loss, _ = left_to_right.left_to_right_loss(model, pairs)
    whole, count = 0.0, 0
    scores = left_to_right.sentence_log_probs(model, pairs, [item.target for item in EXAMPLES[:4]])
    for row, item in enumerate(EXAMPLES[:4]):
        own = 0.0
        for t, y in enumerate([*item.target, END]):
            # Only what was written before: the answer cut there, so that nothing later can be seen.
            cut = make_pairs([example(item.source, item.target[: max(1, t)])], [REPHRASE])
            states = left_to_right.left_to_right_states(model, cut)
            own -= torch.log_softmax(model.token_logits(states[0, t]), 0)[y].item()
        assert scores[row].item() == pytest.approx(-own / (len(item.target) + 1), abs=1e-4)
        whole, count = whole + own, count + len(item.target) + 1
    assert loss.item() == pytest.approx(whole / count, abs=1e-4)


@torch.no_grad()
def test_lengths_from_statistics_and_the_beam_around_them(model) -> None:
    table = lengths.mean_lengths([example([1] * 4, [1] * 6)] * 200 + [example([1] * 9, [1] * 9)] * 200, longest=12)
    assert table[4] == 6 and table[9] == 9 and table[7] == 8 and table[0] >= 1 and table.max() <= 12
    around = [found.tolist() for found in lengths.within(torch.tensor([2, 5]), 2, 6)]
    assert around == [[1, 3], [1, 4], [2, 5], [3, 6], [4, 6]]
    pairs = tiny_pairs(3)
    center = torch.tensor([2, 1, 4])
    got = lengths.best_of_lengths(model, pairs, lengths.within(center, 2, 5))
    network = ReferenceNetwork(model)
    for row, item in enumerate(EXAMPLES[:3]):
        source = Source("rephrase", item.source, [False] * len(item.source), [])
        best = (-math.inf, [])
        for change in range(-2, 3):
            length = min(5, max(1, int(center[row]) + change))
            logs = network.predict(
                source.tokens(), source.segments(), [BEGIN, *[MASK] * length, END], list(range(1, length + 1))
            )
            best = max(best, (logs.max(1).values.mean().item(), logs.argmax(1).tolist()))
        assert got[row] == best[1]
