"""JANUS against its equations in plain loops: every part, every total, every gradient, and who may see the gold."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from pairs_fixture import three_pairs
from plain_loops import janus_parts, sharp_network

from nar_training.data.tokenizer import MASK, PAD
from nar_training.objectives import janus, janus_pretraining, spans
from nar_training.objectives.janus import (
    AUXILIARY_QUERY,
    GOLD,
    HIDDEN,
    JANUS,
    KEPT,
    JanusOptions,
    janus_loss,
    janus_mask,
    two_way_divergences,
)
from nar_training.objectives.pairs import forward
from nar_training.objectives.rows import CONTENT, PADDING, QUERY, SOURCE

HOLES = torch.tensor(
    [[True, False, True, True], [False, True, False, False], [False, True, True, False]]
)  # of targets of 4, 3 and 3 tokens

# What each setting weighs, from the paper (Eq. 5 and Table 6) and the released code: parts that are not named are off.
WEIGHTS = {
    "paper": {"autoregressive": 1, "parallel": 1, "auxiliary": 1, "length": 1, "autoregressive_auxiliary": 1,
              "parallel_auxiliary": 1},
    "host": {"autoregressive": 1, "parallel": 1, "auxiliary": 1, "length": 1, "autoregressive_auxiliary": 1,
             "parallel_auxiliary": 1},
    "code": {"autoregressive": 1, "parallel": 0.5, "auxiliary": 0.5, "length": 0.1, "autoregressive_auxiliary": 3,
             "parallel_auxiliary": 1, "autoregressive_parallel": 1},
    "joint": {"autoregressive": 1, "parallel": 1, "length": 1},
    "joint-divergence": {"autoregressive": 1, "parallel": 1, "length": 1, "autoregressive_parallel": 1},
    "autoregressive": {"autoregressive": 1},
    "parallel": {"parallel": 1, "length": 1},
    "auxiliary": {"auxiliary": 1, "length": 1},
    "pretraining": {"autoregressive": 1, "parallel": 1, "auxiliary": 1, "autoregressive_auxiliary": 1,
                    "parallel_auxiliary": 1},
}  # fmt: skip


@pytest.mark.parametrize(("name", "head"), [("paper", "pooled"), *((name, "change") for name in JANUS)])
def test_parts_total_and_gradients_are_those_of_the_equations(name: str, head: str) -> None:
    model, pairs, options = sharp_network(length_head=head), three_pairs(), JANUS[name]
    total, figures = janus_loss(model, pairs, options, HOLES)
    parts = janus_parts(model, pairs, HOLES, options)
    assert set(WEIGHTS[name]) <= set(figures)
    for part, value in figures.items():
        assert value == pytest.approx(parts[part].item(), rel=2e-4), part
    wanted = sum(weight * parts[part] for part, weight in WEIGHTS[name].items())
    assert total.item() == pytest.approx(wanted.item(), rel=2e-4)
    assert total.item() == pytest.approx(sum(w * figures[part] for part, w in WEIGHTS[name].items()), rel=1e-5)
    parameters = [
        model.tokens.weight,
        model.positions.weight,
        *model.layers[0].parameters(),
        *model.length.parameters(),
    ]
    ours, theirs = (torch.autograd.grad(loss, parameters, allow_unused=True) for loss in (total, wanted))
    for left, right in zip(ours, theirs, strict=True):
        left, right = (torch.zeros(1) if grad is None else grad for grad in (left, right))
        assert (left - right).abs().max() <= 2e-3 * max(1e-3, right.abs().max().item())


def test_the_paper_is_the_paper() -> None:
    """Eq. 1-5 and section 4.2, number by number; the other settings say in which names they differ."""
    assert JANUS["paper"] == JanusOptions(
        autoregressive=1, parallel=1, auxiliary=1, autoregressive_auxiliary=1, parallel_auxiliary=1,
        autoregressive_parallel=0, length=1, divergence_scale=1, reduction="sum", smoothing=0.1, hidden_share=None,
        span_mean=2, own_key=False,
    )  # fmt: skip
    assert JANUS["host"] == replace(JANUS["paper"], own_key=True)
    assert (JANUS["code"].divergence_scale, JANUS["code"].reduction, JANUS["code"].hidden_share) == (0.5, "mean", 0.7)
    assert (JANUS["pretraining"].hidden_share, janus_pretraining.SOURCE_SHARE) == (0.5, 0.3)


def test_the_settings_draw_the_spans_that_they_name(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = spans.hidden_spans
    monkeypatch.setattr(janus, "hidden_spans", lambda *words: asked.append(words[1:3]) or real(*words))
    for name in ("paper", "code", "joint", "pretraining"):
        janus_loss(sharp_network(), three_pairs(), JANUS[name], None, torch.Generator().manual_seed(1))
    assert asked == [(None, 2.0), (0.7, 2.0), (None, 2.0), (0.5, 2.0)]


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


@pytest.mark.parametrize("own_key", [False, True])
def test_masks_equal_the_definition_in_a_loop(own_key: bool) -> None:
    random = np.random.default_rng(5)
    kinds = [PADDING, SOURCE, KEPT, CONTENT, QUERY, HIDDEN, GOLD, AUXILIARY_QUERY]
    for _ in range(30):
        length = int(random.integers(2, 16))
        groups, positions = random.choice(kinds, length), random.integers(0, 6, length)
        mask = janus_mask(torch.tensor(groups)[None], torch.tensor(positions)[None], own_key)[0]
        for i in range(length):
            itself = own_key or groups[i] not in (QUERY, AUXILIARY_QUERY)
            for j in range(length):
                wanted = (i == j and itself) or allowed(
                    int(groups[i]), int(groups[j]), int(positions[i]), int(positions[j])
                )
                assert bool(mask[i, j]) == wanted, (groups[i], groups[j], positions[i], positions[j])


def test_the_example_of_the_paper() -> None:
    """Section 3.1: m_3 reads y_1, y_4, y_6, y_2, m_3, m_5 and no second mask at its place; y_3 reads m_5, not m_3."""
    groups = [KEPT, HIDDEN, HIDDEN, KEPT, HIDDEN, KEPT, GOLD, GOLD, GOLD, AUXILIARY_QUERY]
    positions = [1, 2, 3, 4, 5, 6, 2, 3, 5, 3]
    mask = janus_mask(torch.tensor([groups]), torch.tensor([positions]))[0]
    names = ["y1", "m2", "m3", "y4", "m5", "y6", "y2", "y3", "y5", "query 3"]
    assert {names[j] for j in range(10) if mask[9, j]} == {"y1", "y4", "y6", "y2", "m3", "m5"}
    assert {names[j] for j in range(10) if mask[7, j]} == {"y1", "y4", "y6", "y2", "y3", "m5"}


@pytest.mark.parametrize("name", ["paper", "host", "code"])
def test_no_stream_sees_the_token_that_it_predicts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Move y_3: what predicts it, or what comes before it, stays as it was; what comes after it changes."""
    captured: list = []
    monkeypatch.setattr(janus, "forward", lambda *words: captured.append(forward(*words)) or captured[-1])
    model, pairs = sharp_network(), three_pairs()
    janus_loss(model, pairs, JANUS[name], HOLES)
    pairs.target[0, 2] = 90  # hidden
    janus_loss(model, pairs, JANUS[name], HOLES)
    moved = [~torch.isclose(left, right, atol=1e-5).all(2)[0] for left, right in zip(*captured, strict=True)]
    source, draft, content, query, gold, auxiliary = moved
    assert not source.any() and not draft.any()  # a hidden token is not in the draft
    assert query.tolist() == [False, False, False, True, True]  # y_1 … y_3 do not know y_3, the rest does
    assert content.tolist() == [False, False, False, True, True]
    assert auxiliary[[0, 2, 3]].tolist() == [False, False, True] and gold[[0, 2, 3]].tolist() == [False, True, True]


def test_kept_tokens_reach_every_stream_of_the_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    captured: list = []
    monkeypatch.setattr(janus, "forward", lambda *words: captured.append(forward(*words)) or captured[-1])
    model, pairs = sharp_network(), three_pairs()
    janus_loss(model, pairs, JANUS["paper"], HOLES)
    pairs.target[0, 1] = 90  # kept
    janus_loss(model, pairs, JANUS["paper"], HOLES)
    moved = [~torch.isclose(left, right, atol=1e-5).all(2)[0] for left, right in zip(*captured, strict=True)]
    assert not moved[0].any() and moved[1].all() and moved[5][[0, 2, 3]].all()


def test_divergence_counts_both_directions_whole() -> None:
    left, right = torch.randn(4, 9), torch.randn(4, 9)
    assert two_way_divergences(left, left).abs().max().item() == pytest.approx(0, abs=1e-6)
    p, q = torch.softmax(left, 1), torch.softmax(right, 1)
    wanted = (p * (p / q).log()).sum(1) + (q * (q / p).log()).sum(1)
    assert torch.allclose(two_way_divergences(left, right), wanted, rtol=1e-4)
    assert torch.allclose(two_way_divergences(right, left), wanted, rtol=1e-4)


def test_spans_hide_the_number_and_come_in_runs_of_poisson_length() -> None:
    """Long rows with few hidden tokens: runs are whole spans with the mean of a Poisson without its zeros."""
    real = torch.ones(3000, 60, dtype=torch.bool)
    real[1500:, 50:] = False
    counts = torch.where(real[:, 55], 8, 5)
    hidden = spans.span_choice(real, counts, 2.0, torch.Generator().manual_seed(1))
    assert torch.equal(hidden.sum(1), counts) and not (hidden & ~real).any()
    padded = torch.nn.functional.pad(hidden.int(), (1, 1))
    starts = ((padded[:, 1:] == 1) & (padded[:, :-1] == 0)).sum().item()
    mean = hidden.sum().item() / starts
    assert 2.1 < mean < 2.75  # 2 / (1 - e^-2) = 2.31, cut at the end and merged with a neighbour now and then
    single = spans.span_choice(real, counts, 1e-4, torch.Generator().manual_seed(1))
    assert torch.equal(single.sum(1), counts)


def test_all_spans_but_one_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """With lengths that are known: a span is hidden, or it stands, or it is the one that is cut at its end."""
    sizes = [3, 0, 1, 2, 0, 4, 1, 1, 3, 2]
    monkeypatch.setattr(
        torch, "poisson", lambda rates, generator=None: torch.tensor(sizes * 9)[: rates.shape[1]] + 0 * rates
    )
    real, counts = torch.ones(200, 17, dtype=torch.bool), torch.full((200,), 6)
    cuts = 0
    for hidden in spans.span_choice(real, counts, 2.0, torch.Generator().manual_seed(1)).tolist():
        begin, cut = 0, 0
        for size in sizes:
            tile = hidden[begin : begin + size]
            if any(tile) and not all(tile):
                cut += 1
                assert tile == sorted(tile, reverse=True)
            begin += size
        assert cut <= 1 and sum(hidden) == 6
        cuts += cut
    assert 0 < cuts < 200


def test_a_share_is_a_share_and_none_is_drawn_anew() -> None:
    real = torch.ones(900, 10, dtype=torch.bool)
    real[:, 7:] = False
    assert (spans.hidden_spans(real, 0.5).sum(1) == 4).all() and (spans.hidden_spans(real, 1.0) == real).all()
    counts = spans.hidden_spans(real, None, 2.0, torch.Generator().manual_seed(1)).sum(1).bincount(minlength=8)
    assert counts[0] == 0 and (counts[1:] / 900 - 1 / 7).abs().max() < 0.04
    for share in (0.0, 1.5):
        with pytest.raises(ValueError, match="share"):
            spans.hidden_spans(real, share)


def test_pretraining_hides_a_third_of_the_source_and_half_of_the_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = three_pairs()
    sizes = (pairs.source != PAD).sum(1)
    for seed in range(20, -1, -1):
        spoilt = janus_pretraining.spoilt_source(pairs, 0.3, torch.Generator().manual_seed(seed))
        hidden = spoilt.source == MASK
        assert hidden.sum(1).tolist() == [1, 1, 1]  # ceil(0.3 · 3), ceil(0.3 · 2), ceil(0.3 · 1)
        assert not hidden[:, :2].any() and torch.equal(spoilt.source[~hidden], pairs.source[~hidden])
        assert not hidden[torch.arange(3), sizes - 1].any()  # <end> stands
    seen = []
    monkeypatch.setattr(
        janus_pretraining,
        "janus_loss",
        lambda model, pairs, options, hidden, generator: seen.append((pairs, options, hidden)) or (None, {}),
    )
    janus_pretraining.janus_pretraining_loss(None, pairs, torch.Generator().manual_seed(0))
    assert torch.equal(seen[0][0].source, spoilt.source) and seen[0][1:] == (JANUS["pretraining"], None)
