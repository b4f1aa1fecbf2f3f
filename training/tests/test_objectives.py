"""GLAT, CMLM, MIST and JANUS on tensors: choices counted by hand, masks against a double loop, streams against rows."""

import numpy as np
import pytest
import torch

from nar_training.data.pools import Example
from nar_training.data.tokenizer import BEGIN, END, MASK, PAD, REPHRASE
from nar_training.network.model import build
from nar_training.objectives import janus
from nar_training.objectives.cmlm import cmlm_loss, hidden_counts
from nar_training.objectives.glat import glancing_ratio, glat_loss, random_choice, revealed
from nar_training.objectives.janus import (
    AUXILIARY_QUERY,
    GOLD,
    HIDDEN,
    KEPT,
    WEIGHTS,
    autoregressive_row,
    janus_loss,
    janus_mask,
    span_choice,
)
from nar_training.objectives.mist import mist_loss, mist_row, mixed_source
from nar_training.objectives.pairs import (
    answers,
    content_stream,
    draft_stream,
    forward,
    make_pairs,
    masked_slots,
    query_stream,
    source_stream,
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


def test_a_mixed_source_is_the_row_of_the_product(model, pairs) -> None:
    pseudo = torch.where(pairs.real, pairs.target + 5, PAD)
    rows, _ = answers(model, mixed_source(pairs, pseudo), masked_slots(pairs))
    for index, pair in enumerate(EXAMPLES):
        size = len(pair.target)
        row = mist_row(pair, REPHRASE, pseudo[index, :size].tolist())
        batch = collate([row], 1)
        alone = model.hidden(batch["tokens"], batch["positions"], batch["segments"], mask_of(batch))[0]
        assert torch.allclose(alone[-size - 1 : -1], rows[index, :size], atol=1e-5)


def test_mixing_none_static_and_dynamic(model, pairs) -> None:
    none, _ = mist_loss(model, pairs, "none")
    with pytest.raises(ValueError, match="static"):
        mist_loss(model, pairs, "static")
    with pytest.raises(ValueError, match="must be one of"):
        mist_loss(model, pairs, "sometimes")
    dynamic, figures = mist_loss(model, pairs, "dynamic")
    rows, _ = answers(model, pairs, masked_slots(pairs))
    pairs.pseudo = torch.where(pairs.real, model.token_logits(rows).argmax(2), PAD)
    static, _ = mist_loss(model, pairs, "static")
    assert torch.isclose(static, dynamic)  # the stored answer is what the model would say now
    assert dynamic.item() == pytest.approx(none.item() + figures["mixed_token"], abs=1e-4)
    glanced, _ = mist_loss(model, pairs, "dynamic", 0.5, torch.Generator().manual_seed(1))
    assert not torch.isclose(glanced, dynamic)


def test_hidden_counts_lie_between_one_and_all() -> None:
    lengths = torch.tensor([1, 5, 30] * 200)
    counts = hidden_counts(lengths, 0.3, torch.Generator().manual_seed(1))
    assert (counts >= 1).all() and (counts <= lengths).all()
    assert 0.25 < (counts == lengths)[lengths == 30].float().mean() < 0.45
    assert torch.equal(hidden_counts(lengths, 1.0), lengths)


def test_cmlm_from_full_masks_is_mist_without_mixing(model, pairs) -> None:
    assert torch.isclose(cmlm_loss(model, pairs, 1.0)[0], mist_loss(model, pairs, "none")[0])


def allowed(row: int, column: int, i: int, j: int) -> bool:
    """Sections 3.1 and 3.2 word for word; i, j are positions of row and column."""
    if row == PADDING:
        return False
    if column == SOURCE:
        return True
    if row == CONTENT:
        return column == CONTENT and j <= i
    if row == QUERY:
        return column == CONTENT and j < i
    if row in (KEPT, HIDDEN):
        return column in (KEPT, HIDDEN)
    if row == GOLD:
        return column == KEPT or (column == GOLD and j <= i) or (column == HIDDEN and j > i)
    if row == AUXILIARY_QUERY:
        return column == KEPT or (column == GOLD and j < i) or (column == HIDDEN and j >= i)
    return False


def test_janus_masks_equal_the_definition_in_a_loop() -> None:
    random = np.random.default_rng(5)
    kinds = [PADDING, SOURCE, KEPT, CONTENT, QUERY, HIDDEN, GOLD, AUXILIARY_QUERY]
    for _ in range(30):
        length = int(random.integers(2, 16))
        groups, positions = random.choice(kinds, length), random.integers(0, 6, length)
        mask = janus_mask(torch.tensor(groups)[None], torch.tensor(positions)[None])[0]
        for i in range(length):
            for j in range(length):
                wanted = i == j or allowed(int(groups[i]), int(groups[j]), int(positions[i]), int(positions[j]))
                assert bool(mask[i, j]) == wanted, (groups[i], groups[j], positions[i], positions[j])


def test_no_stream_sees_the_token_that_it_predicts(model, pairs) -> None:
    """Change y_t: what predicts y_t must not move. Kept tokens and earlier ones may move it."""
    hidden = torch.tensor(
        [[True, False, True, True, False], [True, True, False, False, False], [False, True, True, False, False]]
    )
    captured: list = []

    def catch(model, streams, mask=None):
        states = forward(model, streams, mask)
        captured.append(states)
        return states

    original, janus.forward = janus.forward, catch
    try:
        janus_loss(model, pairs, WEIGHTS["paper"], hidden)
        pairs.target[0, 2] = 90  # hidden
        janus_loss(model, pairs, WEIGHTS["paper"], hidden)
    finally:
        janus.forward = original
    before, after = captured
    moved = [~torch.isclose(left, right, atol=1e-6).all(2)[0] for left, right in zip(before, after, strict=True)]
    source, draft, content, query, _, auxiliary = moved
    assert not source.any() and not draft.any()  # a hidden token is not in the draft
    assert query.tolist() == [False, False, False, True, True, True]  # y_1 … y_3 do not know y_3, the rest does
    assert not auxiliary[2] and not auxiliary[0] and auxiliary[3]


def test_the_autoregressive_stream_is_the_row_of_the_product(model, pairs) -> None:
    """With AUX and divergences off the total is the sum of the two losses,
    and AR equals the row that the trainer draws.
    """
    hidden = pairs.real.clone()
    total, figures = janus_loss(model, pairs, WEIGHTS["joint"], hidden)
    parallel = cmlm_loss(model, pairs, 1.0)[0].item()  # length term included
    assert total.item() == pytest.approx(parallel + figures["autoregressive"], abs=1e-4)
    nll, count = 0.0, 0
    for pair in EXAMPLES:
        batch = collate([autoregressive_row(pair, REPHRASE, "janus")])
        states = model.hidden(batch["tokens"], batch["positions"], batch["segments"], mask_of(batch))
        chosen = batch["targets"] >= 0
        logits = torch.log_softmax(model.token_logits(states[chosen]), 1)
        nll -= logits.gather(1, batch["targets"][chosen][:, None]).sum().item()
        count += int(chosen.sum())
    assert figures["autoregressive"] == pytest.approx(nll / count, abs=1e-4)


def test_divergence_is_zero_for_equal_logits_and_symmetric() -> None:
    left, right = torch.randn(4, 9), torch.randn(4, 9)
    assert janus.symmetric_divergence(left, left).item() == pytest.approx(0, abs=1e-6)
    p, q = torch.softmax(left, 1), torch.softmax(right, 1)
    wanted = 0.5 * ((p * (p / q).log()).sum(1) + (q * (q / p).log()).sum(1)).mean()
    assert janus.symmetric_divergence(left, right).item() == pytest.approx(wanted.item(), rel=1e-4)
    assert janus.symmetric_divergence(right, left).item() == pytest.approx(wanted.item(), rel=1e-4)


def test_code_weights_add_the_direct_term(model, pairs) -> None:
    _, figures = janus_loss(model, pairs, WEIGHTS["code"], generator=torch.Generator().manual_seed(1))
    assert "autoregressive_parallel" in figures and figures["autoregressive_parallel"] > 0
    _, paper = janus_loss(model, pairs, WEIGHTS["paper"], generator=torch.Generator().manual_seed(1))
    assert "autoregressive_parallel" not in paper and "auxiliary" in paper


def test_spans_hide_the_share_and_come_in_runs() -> None:
    real = torch.ones(200, 20, dtype=torch.bool)
    real[100:, 10:] = False
    hidden = span_choice(real, 0.5, 3.0, torch.Generator().manual_seed(1))
    assert (hidden[:100].sum(1) == 10).all() and (hidden[100:].sum(1) == 5).all() and not (hidden & ~real).any()
    runs = (hidden[:100, 1:] & ~hidden[:100, :-1]).sum() + hidden[:100, 0].sum()
    scattered = random_choice(real, torch.where(real[:, 10], 10, 5), torch.Generator().manual_seed(1))
    scattered_runs = (scattered[:100, 1:] & ~scattered[:100, :-1]).sum() + scattered[:100, 0].sum()
    assert runs < 0.7 * scattered_runs


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
