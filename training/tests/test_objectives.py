"""GLAT and CMLM on tensors: choices counted by hand, streams against the product's rows."""

from dataclasses import replace

import pytest
import torch

from nar_training.data.pools import Example
from nar_training.data.tokenizer import BEGIN, DROP, END, MASK, PAD, REPHRASE, RESERVED
from nar_training.network.model import build
from nar_training.objectives.cmlm import cmlm_loss, hidden_counts
from nar_training.objectives.glat import glancing_ratio, glat_loss, random_choice, revealed
from nar_training.objectives.janus import JANUS, autoregressive_row, janus_loss
from nar_training.objectives.mist import MIST, mist_loss
from nar_training.objectives.pairs import (
    answers,
    content_stream,
    draft_stream,
    forward,
    length_loss,
    make_pairs,
    masked_slots,
    query_stream,
    source_stream,
    token_loss,
    token_losses,
)
from nar_training.objectives.rows import CONTENT, PADDING, QUERY, SOURCE, collate, mask_of


def example(source: list[int], target: list[int]) -> Example:
    return Example(source, [0] * len(source), [], [], [], [], target)


EXAMPLES = [
    example([40, 41, 42], [50, 51, 52, 53, 54]),
    example([60, 61, 62, 63, 64], [70, 71]),
    example([45], [46, 47, 48]),
]


@pytest.fixture
def pairs():
    return make_pairs(EXAMPLES, [REPHRASE] * 3)


@pytest.fixture
def model():
    return build("tiny", seed=3).eval()


def test_pairs_have_a_length_to_learn() -> None:
    with pytest.raises(ValueError, match="without source or target"):
        make_pairs([example([40], [])], [REPHRASE])


def test_random_choice_takes_exactly_so_many_and_every_place_equally_often() -> None:
    eligible = torch.tensor([[True] * 6, [True, False, True, True, False, False]])
    generator = torch.Generator().manual_seed(1)
    counts = torch.zeros(2, 6)
    for _ in range(600):
        chosen = random_choice(eligible, torch.tensor([2, 1]), generator)
        assert chosen.sum(1).tolist() == [2, 1] and not (chosen & ~eligible).any()
        counts += chosen
    assert (counts[0] / 600 - 1 / 3).abs().max() < 0.08
    assert (counts[1, eligible[1]] / 600 - 1 / 3).abs().max() < 0.08


def test_glancing_reveals_half_of_the_errors(pairs) -> None:
    guesses = pairs.target.clone()
    guesses[0, :4] = 99  # 4 wrong of 5
    guesses[2, 0] = 99  # 1 wrong of 3: floor(0.5) = 0
    guesses[1, 2:] = 99  # padding does not count
    shown = revealed(guesses, pairs.target, pairs.real, 0.5, torch.Generator().manual_seed(1))
    assert shown.sum(1).tolist() == [2, 0, 0]
    assert (
        glancing_ratio(0) == 0.5
        and glancing_ratio(0.5) == pytest.approx(0.4)
        and glancing_ratio(2) == pytest.approx(0.3)
    )


def test_hidden_only_is_what_changes_the_glancing_loss(model, pairs) -> None:
    hidden, figures = glat_loss(model, pairs, 1.0, torch.Generator().manual_seed(1))
    everything, others = glat_loss(model, pairs, 1.0, torch.Generator().manual_seed(1), hidden_only=False)
    assert figures["revealed"] > 0.5 and figures["revealed"] == others["revealed"]
    rows, _ = answers(model, pairs, masked_slots(pairs))
    right = (model.token_logits(rows).argmax(2) == pairs.target) & pairs.real
    assert figures["full_mask_accuracy"] == pytest.approx((right.sum() / pairs.real.sum()).item())
    assert not torch.isclose(hidden, everything)


def test_the_draft_stream_is_the_row_of_the_product(model, pairs) -> None:
    """A batch with padding in the middle gives what one product row of each pair gives alone."""
    rows, first = answers(model, pairs, masked_slots(pairs))
    for index, pair in enumerate(EXAMPLES):
        tokens = [BEGIN, REPHRASE, *pair.source, END, BEGIN, *[MASK] * len(pair.target), END]
        sizes = (len(pair.source) + 3, len(pair.target) + 2)
        positions = torch.tensor([[*range(sizes[0]), *range(sizes[1])]])
        segments = torch.tensor([[0] * sizes[0] + [1] * sizes[1]])
        mask = torch.zeros(1, sum(sizes), sum(sizes), dtype=torch.bool)
        mask[:, :, : sizes[0]] = True
        mask[:, sizes[0] :, sizes[0] :] = True
        alone = model.hidden(torch.tensor([tokens]), positions, segments, mask)[0]
        assert torch.allclose(alone[sizes[0] + 1 : -1], rows[index, : len(pair.target)], atol=1e-5)
        assert torch.allclose(alone[0], first[index], atol=1e-5)


def test_hidden_counts_lie_between_one_and_all() -> None:
    lengths = torch.tensor([1, 5, 30] * 200)
    counts = hidden_counts(lengths, 0.3, torch.Generator().manual_seed(1))
    assert (counts >= 1).all() and (counts <= lengths).all()
    assert 0.25 < (counts == lengths)[lengths == 30].float().mean() < 0.45
    assert torch.equal(hidden_counts(lengths, 1.0), lengths)


def test_streams_mark_padding(pairs) -> None:
    draft, content, query = (
        draft_stream(pairs.target, pairs.lengths),
        content_stream(pairs.target, pairs.lengths),
        query_stream(pairs.lengths, 5),
    )
    assert draft.tokens[1].tolist() == [BEGIN, 70, 71, END, PAD, PAD, PAD]
    assert (draft.groups[1] == PADDING).tolist() == [False] * 4 + [True] * 3
    assert content.tokens[1].tolist() == [BEGIN, 70, 71, PAD, PAD, PAD] and (content.groups[1] == CONTENT).sum() == 3
    assert (query.groups[1] == QUERY).sum() == 3 and query.positions[1, 0] == 1
    assert source_stream(pairs.source, pairs.segments).groups[2].tolist() == [SOURCE] * 4 + [PADDING] * 4


def test_cmlm_from_full_masks_is_mist_without_mixing_and_glances(model, pairs) -> None:
    options = replace(MIST["full-mask"], reduction="mean", length_weight=0.1)
    assert torch.isclose(cmlm_loss(model, pairs, 1.0)[0], mist_loss(model, pairs, options)[0])


def test_the_autoregressive_stream_is_the_row_of_the_product(model, pairs) -> None:
    """With queries that see themselves AR equals the row that the trainer draws and the product's step computes."""
    _, figures = janus_loss(model, pairs, replace(JANUS["joint"], own_key=True, reduction="mean", smoothing=0.0))
    nll, count = 0.0, 0
    for pair in EXAMPLES:
        batch = collate([autoregressive_row(pair, REPHRASE, "janus")])
        states = model.hidden(batch["tokens"], batch["positions"], batch["segments"], mask_of(batch))
        chosen = batch["targets"] >= 0
        logits = torch.log_softmax(model.token_logits(states[chosen]), 1)
        nll -= logits.gather(1, batch["targets"][chosen][:, None]).sum().item()
        count += int(chosen.sum())
    assert figures["autoregressive"] == pytest.approx(nll / count, abs=1e-4)


def test_smoothing_spreads_over_what_may_be_written(model) -> None:
    """Special tokens have no probability: smoothing over them would add a constant of a hundred thousand."""
    logits = model.token_logits(torch.randn(4, 32))
    wanted = torch.tensor([40, 41, END, 43])
    log_probs = torch.log_softmax(logits, 1)
    writable = [DROP, END, *range(RESERVED, 300)]
    for slot, loss in enumerate(token_losses(logits, wanted, 0.1)):
        spread = sum(log_probs[slot, token].item() for token in writable) / len(writable)
        assert loss.item() == pytest.approx(-0.9 * log_probs[slot, wanted[slot]].item() - 0.1 * spread, rel=1e-4)
    assert token_loss(logits, wanted, 0.1).item() == pytest.approx(token_losses(logits, wanted, 0.1).mean().item())
    gradient = torch.autograd.grad(token_loss(logits, wanted, 0.1), model.head_bias)[0]
    assert gradient[[PAD, MASK, BEGIN]].abs().max() == 0


def test_a_pooled_length_is_told_as_a_change(pairs) -> None:
    """The graph gives out classes of T - N; a pooled head's own are those of T, from the mean of the source."""
    from nar_training.network.model import with_length_head

    pooled = with_length_head(build("tiny", seed=3).eval(), "pooled")
    (source,) = forward(pooled, [source_stream(pairs.source, pairs.segments)])
    real = pairs.source != PAD
    changes = pooled.length_changes(source, real)
    for row, size in enumerate([3, 5, 1]):
        own = pooled.length(source[row, : size + 3].mean(0))
        assert changes[row, : 64 - size + 1].max() == -1e9  # a text of no token or fewer
        assert torch.allclose(changes[row, 64 - size + 1 :], own[1 : 129 - (64 - size)], atol=1e-5)
    alone = pooled.length_changes(source[2:, :4], real[2:, :4])
    assert torch.allclose(alone[0], changes[2], atol=1e-5)
    with pytest.raises(ValueError, match="length_head"):
        with_length_head(pooled, "guessed")


def test_the_loss_of_the_length_is_that_of_its_class(model, pairs) -> None:
    state = torch.randn(3, 32)
    known = torch.log_softmax(model.length(state), 1)
    wanted = -(known[0, 64 + 2] + known[1, 64 - 3] + known[2, 64 + 2]) / 3  # T - N is 2, -3 and 2
    assert length_loss(model, state, pairs).item() == pytest.approx(wanted.item(), rel=1e-5)
