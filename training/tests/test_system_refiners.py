"""Levenshtein rounds, lengths adjusted by masks, slots that end the text, learnt latent steps, dependency of words."""

import pytest
import torch
from systems_fixture import EXAMPLES, example, sharp_network, tiny_pairs, tiny_quora

from nar_training.data.tokenizer import BEGIN, END, MASK, REPHRASE
from nar_training.objectives import adjusted_mask_ctc, ended_slots, latent_gaussian, latent_score
from nar_training.objectives.mask_ctc import mask_ctc_loss
from nar_training.objectives.pairs import Pairs, make_pairs
from nar_training.reference.network import ReferenceNetwork, Source
from nar_training.research.systems import levenshtein
from nar_training.research.systems.dependency import target_dependency


@pytest.fixture
def model():
    return sharp_network().eval()


def test_slots_are_put_into_their_gaps_and_no_text_grows_too_long() -> None:
    assert levenshtein.with_slots([7, 8], [1, 0, 2], 9) == [MASK, 7, 8, MASK, MASK]
    assert levenshtein.with_slots([7, 8], [5, 5, 5], 4) == [MASK, MASK, 7, 8]
    assert levenshtein.with_slots([7, 8], [0, 5, 5], 4) == [7, MASK, MASK, 8]
    assert levenshtein.with_slots([], [3], 9) == [MASK] * 3


@torch.no_grad()
def test_one_round_from_the_length_is_one_pass(model) -> None:
    pairs = tiny_pairs(4)
    network = ReferenceNetwork(model)
    for item, answer in zip(EXAMPLES, levenshtein.rounds(1, True)(model, pairs), strict=False):
        source = Source("rephrase", item.source, [False] * len(item.source), [])
        size = len(item.target)
        rows = network.predict(source.tokens(), source.segments(), [BEGIN, *[MASK] * size, END], range(1, size + 1))
        assert answer == rows.argmax(1).tolist()


@torch.no_grad()
def test_what_the_operation_head_refuses_is_deleted_before_the_next_round(model) -> None:
    model.operation.weight.zero_()
    model.operation.bias.copy_(torch.tensor([5.0, 0.0, 0.0]))  # everything stays
    model.insertion.weight.zero_()
    model.insertion.bias.copy_(torch.tensor([5.0] + [0.0] * 7))  # and nothing is missing
    pairs = tiny_pairs(3)
    stays = levenshtein.rounds(4, True)(model, pairs)
    assert stays == levenshtein.rounds(1, True)(model, pairs)
    model.insertion.bias.copy_(torch.tensor([0.0, 5.0] + [0.0] * 6))  # one more in every gap
    grown = levenshtein.rounds(2, True)(model, pairs)
    assert [len(row) for row in grown] == [2 * len(row) + 1 for row in stays]


def test_drafts_of_adjustment_stand_for_the_answer() -> None:
    target = [10, 11, 12, 13]
    draft, counts = adjusted_mask_ctc.adjusted_draft(
        target, [False, True, True, True], [1, 2, 1, 3], [False, False, False, False, True]
    )
    assert draft == [10, MASK, MASK, MASK] and counts == [2, 1, 0]
    generator = torch.Generator().manual_seed(1)
    for _ in range(50):
        hidden, extra = (torch.rand(5, generator=generator) < 0.5 for _ in range(2))
        sizes = torch.randint(1, 4, (4,), generator=generator).tolist()
        draft, counts = adjusted_mask_ctc.adjusted_draft(target, hidden[:4].tolist(), sizes, extra.tolist())
        assert draft.count(MASK) == len(counts) and max(counts, default=0) <= 3
        numbers = iter(counts)
        assert sum(next(numbers) if token == MASK else 1 for token in draft) == len(target)


@torch.no_grad()
def test_each_mask_becomes_as_many_as_it_stands_for(model) -> None:
    adjusted_mask_ctc.add_adjustment(model)
    model.adjustment.weight.zero_()
    pairs = tiny_pairs(3)
    for count in (0, 2):
        model.adjustment.bias.copy_(torch.eye(4)[count])
        got = adjusted_mask_ctc.adjusted(model, pairs, [[40, MASK], [41], [MASK]])
        assert got == [[40, *[MASK] * count], [41], [MASK] * (count or 1)]
    generator = torch.Generator().manual_seed(3)
    loss, figures = adjusted_mask_ctc.adjusted_mask_ctc_loss(model, pairs, generator)
    assert loss.item() > figures["adjustment"] > 0
    again = torch.Generator().manual_seed(3)
    torch.rand((3, 3, pairs.target.shape[1] + 1), generator=again)
    torch.rand((3, 1), generator=again)
    rest = mask_ctc_loss(model, pairs, again)[0].item()
    assert loss.item() == pytest.approx(rest + figures["adjustment"], abs=1e-5)


@torch.no_grad()
def test_ended_slots_score_the_answer_and_its_end_only(model) -> None:
    assert [ended_slots.bucket_of(length) for length in (1, 15, 16, 31)] == [16, 16, 32, 32]
    pairs = make_pairs([example([40, 41], [42, 43]), example([44], [45])], [REPHRASE] * 2)
    logits = ended_slots.slot_logits(model, pairs, 16).log_softmax(2)
    wanted = [(0, 0, 42), (0, 1, 43), (0, 2, END), (1, 0, 45), (1, 1, END)]
    total = -sum(logits[place].item() for place in wanted) / len(wanted)
    assert ended_slots.ended_slots_loss(model, pairs)[0].item() == pytest.approx(total, abs=1e-4)
    model.head_bias[END] = 50
    assert [len(row) for row in ended_slots.write_ended(model, pairs, 20)] == [1, 1]
    model.head_bias[END] = -50
    assert [len(row) for row in ended_slots.write_ended(model, pairs, 20)] == [32, 32]


def test_the_learnt_step_is_that_of_the_delta_posterior(model) -> None:
    latent_score.add_score(model)
    pairs = tiny_pairs(3)
    _, figures = latent_score.latent_score_loss(model, pairs, torch.Generator().manual_seed(2))
    assert figures["step"] == pytest.approx(figures["step_of_nothing"], abs=1e-5)  # it starts at 0
    with torch.no_grad():
        generator = torch.Generator().manual_seed(2)
        torch.randn(latent_gaussian.posterior_of(model, pairs)[0].shape, generator=generator)
        mean, log_deviation = latent_gaussian.prior_of(model, pairs)
        latents = mean + log_deviation.exp() * torch.randn(mean.shape, generator=generator)
        slots = latent_gaussian.logits_given(model, pairs, latents)[0].argmax(2).masked_fill(~pairs.real, 0)
        wanted = latent_gaussian.posterior_of(model, Pairs(pairs.source, pairs.segments, slots))[0] - latents
        moved = [
            wanted[row, n].square().sum().item()
            for row, item in enumerate(EXAMPLES[:3])
            for n in range(len(item.source))
        ]
        assert figures["step_of_nothing"] == pytest.approx(sum(moved) / len(moved), abs=1e-3)
        still = latent_score.write_moved(model, pairs, 3)
        assert torch.equal(still, latent_gaussian.write_refined(model, pairs, 0))


def test_the_dependency_is_the_difference_of_two_losses_token_by_token(model) -> None:
    quora = tiny_quora()
    got = target_dependency(model, quora, 2)
    network = ReferenceNetwork(model)
    alone, beside = [], []
    for item in quora.dev[:2]:
        source = Source("rephrase", item.source, [False] * len(item.source), [])
        size = len(item.target)
        rows = network.predict(source.tokens(), source.segments(), [BEGIN, *[MASK] * size, END], range(1, size + 1))
        for place, token in enumerate(item.target):
            alone.append(-rows[place, token].item())
            draft = [*item.target[:place], MASK, *item.target[place + 1 :]]
            (row,) = network.predict(source.tokens(), source.segments(), [BEGIN, *draft, END], [place + 1])
            beside.append(-row[token].item())
    # The measure runs in half precision.
    assert got["loss_from_source"] == pytest.approx(sum(alone) / len(alone), rel=0.02)
    assert got["loss_beside_others"] == pytest.approx(sum(beside) / len(beside), rel=0.02)
    assert got["dependency"] == pytest.approx(got["loss_from_source"] - got["loss_beside_others"], abs=2e-4)
