"""iNAT, Imputer, Insertion and Levenshtein Transformer as generators: labels against brute force,
and that they learn.
"""

import itertools
import math

import pytest
import torch
from pairs_fixture import three_pairs

from nar_training.data.tokenizer import BLANK, DROP, MASK, PAD, RESERVED
from nar_training.network.model import build
from nar_training.objectives import ctc, imputer, inat, insertion, levenshtein
from nar_training.objectives.pairs import Pairs, draft_stream, forward, source_stream


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(7)


@pytest.fixture
def pairs() -> Pairs:
    return three_pairs()


def test_poison_moves_real_tokens_only_and_at_the_rate_asked_for() -> None:
    target = torch.arange(RESERVED + 100, RESERVED + 150).repeat(400, 1)
    real = torch.ones_like(target, dtype=torch.bool)
    real[:, 40:] = False
    target = target.masked_fill(~real, PAD)
    spoilt = inat.poisoned(target, real, 300, 0.3, torch.Generator().manual_seed(1))
    assert torch.equal(spoilt[:, 40:], target[:, 40:])
    assert int(spoilt[:, :40].min()) >= RESERVED and int(spoilt.max()) < 300
    # A third of 0.3 is replaced, a third repeats its left neighbour, a third changes places with its right one (two
    # tokens).
    assert (spoilt != target)[:, :40].float().mean().item() == pytest.approx(0.1 + 0.1 + 0.2, abs=0.06)
    assert torch.equal(inat.poisoned(target, real, 300, 0.0), target)


def test_poison_keeps_the_two_tokens_that_change_places() -> None:
    target, real = torch.tensor([[60, 61, 62, PAD]]), torch.tensor([[True, True, True, False]])
    seen = {
        tuple(inat.poisoned(target, real, 300, 0.5, torch.Generator().manual_seed(seed))[0].tolist())
        for seed in range(400)
    }
    assert (61, 60, 62, PAD) in seen and (60, 62, 61, PAD) in seen
    assert all(row[3] == PAD for row in seen)


def test_drawn_follows_the_distribution() -> None:
    logits = torch.log(torch.tensor([0.7, 0.2, 0.1])).repeat(4000, 1)
    counts = inat.drawn(logits, torch.Generator().manual_seed(2)).bincount(minlength=3) / 4000
    assert counts.tolist() == pytest.approx([0.7, 0.2, 0.1], abs=0.03)


@pytest.mark.parametrize("size", range(5))
def test_spans_hold_what_is_missing_in_its_order(size: int) -> None:
    target = list(range(50, 50 + size))
    for kept in itertools.product([False, True], repeat=size):
        spans = insertion.gap_spans(target, list(kept))
        assert len(spans) == sum(kept) + 1
        standing = [[token] for token, stands in zip(target, kept, strict=True) if stands]
        woven = [
            token for pair in itertools.zip_longest(spans, standing, fillvalue=[]) for part in pair for token in part
        ]
        assert woven == target


def test_span_weights_sum_to_one_and_prefer_the_middle() -> None:
    for size in range(1, 9):
        weights = insertion.span_weights(size)
        assert sum(weights) == pytest.approx(1)
        assert weights == pytest.approx(weights[::-1])
        assert max(weights) == pytest.approx(weights[(size - 1) // 2])
    assert insertion.span_weights(3, 1e-3) == pytest.approx([0, 1, 0], abs=1e-6)
    assert insertion.span_weights(4, math.inf) == pytest.approx([0.25] * 4)


def test_kept_counts_are_uniform() -> None:
    real = torch.ones(6000, 4, dtype=torch.bool)
    counts = insertion.kept_tokens(real, torch.Generator().manual_seed(3)).sum(1).bincount(minlength=5) / 6000
    assert counts.tolist() == pytest.approx([0.2] * 5, abs=0.03)


def test_insertion_loss_is_the_sum_over_gaps(pairs: Pairs, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one token kept in each row the loss is written out by hand from a forward of the decoder's own layout."""
    from nar_training.data.tokenizer import BEGIN, END, MASK, REPHRASE
    from nar_training.objectives.rows import DRAFT, append, collate, mask_of, source_row

    kept = torch.tensor([[False, True, False, False], [False, False, True, False], [True, False, False, False]])
    monkeypatch.setattr(insertion, "kept_tokens", lambda real, generator: kept)
    model = build("tiny", seed=2).eval()
    loss, figures = insertion.insertion_loss(model, pairs)
    total, gaps = 0.0, 0
    for row in range(3):
        size = int(pairs.lengths[row])
        target, stands = pairs.target[row, :size].tolist(), kept[row, :size].tolist()
        at = stands.index(True)
        source = [token for token in pairs.source[row].tolist() if token != PAD][2:-1]
        built = source_row(REPHRASE, source, [0] * len(source), "insertion")
        append(built, [BEGIN, MASK, target[at], MASK, END], list(range(5)), [-100] * 5, DRAFT)
        batch = collate([built])
        with torch.no_grad():
            hidden = model.hidden(batch["tokens"], batch["positions"], batch["segments"], mask_of(batch))[0]
        start = len(source) + 3
        for place, span in ((1, target[:at]), (3, target[at + 1 :])):
            log_probs = torch.log_softmax(model.token_logits(hidden[start + place]), 0)
            weighed = zip(insertion.span_weights(len(span)), span, strict=True) if span else [(1.0, DROP)]
            total -= sum(weight * log_probs[token].item() for weight, token in weighed)
            gaps += 1
    assert loss.item() == pytest.approx(total / gaps, rel=1e-4)
    assert figures["empty_gaps"] == pytest.approx(2 / 6)


def test_levenshtein_policies_have_the_labels_of_the_edit(pairs: Pairs, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = torch.tensor([[True, False, False, True], [True, True, True, False], [False, False, False, False]])
    monkeypatch.setattr(levenshtein, "kept_tokens", lambda real, generator: kept & real)
    seen: dict[str, list] = {}
    model = build("tiny", seed=2)
    monkeypatch.setattr(
        levenshtein.F,
        "cross_entropy",
        lambda logits, wanted, **more: (
            seen.setdefault("wanted", []).append(wanted.tolist()) or logits.float().sum() * 0
        ),
    )
    levenshtein.levenshtein_loss(model, pairs)
    ignore = levenshtein.IGNORE
    # Nothing is missing in the second row, so all of it is written anew; the third one stands empty.
    assert seen["wanted"][0] == [0, 2, 0, 3, ignore, ignore, 3, ignore, ignore]
    assert set(itertools.chain(seen["wanted"][-1])) <= {0, levenshtein.GENERATE}


@pytest.mark.parametrize(
    "loss", [imputer.imputer_loss, inat.inat_loss, insertion.insertion_loss, levenshtein.levenshtein_loss]
)
def test_each_objective_learns_three_pairs_by_heart(loss, pairs: Pairs) -> None:
    model = build("tiny", seed=1)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    before = [loss(model, pairs)[0].item() for _ in range(5)]
    for _ in range(60):
        total, figures = loss(model, pairs)
        optimizer.zero_grad()
        total.backward()
        optimizer.step()
        assert all(math.isfinite(value) for value in figures.values())
    after = [loss(model, pairs)[0].item() for _ in range(5)]
    assert sum(after) < 0.6 * sum(before)


@pytest.mark.parametrize("slots", [1, 2, 3, 4, 5])
def test_best_alignment_is_the_best_of_all(slots: int) -> None:
    vocabulary, blank = 4, 1  # PAD is 0
    log_probs = torch.log_softmax(torch.randn(2, 5, vocabulary), 2)
    for target in ([2], [2, 3], [3, 3], [2, 3, 2]):
        best, found = -math.inf, None
        for path in itertools.product(range(1, vocabulary), repeat=slots):
            merged = [token for index, token in enumerate(path) if index == 0 or token != path[index - 1]]
            score = sum(log_probs[1, place, token].item() for place, token in enumerate(path))
            if [token for token in merged if token != blank] == target and score > best:
                best, found = score, list(path)
        if found:
            wanted = torch.tensor([[2] * len(target), target])
            path = imputer.best_alignment(
                log_probs, torch.tensor([5, slots]), wanted, torch.ones_like(wanted, dtype=torch.bool), blank
            )
            assert path[1].tolist() == found + [PAD] * (5 - slots)


def test_hidden_slots_are_as_many_in_every_block() -> None:
    counts = torch.tensor([8, 5, 12])
    for seed in range(20):
        hidden = imputer.hidden_slots(counts, 12, torch.Generator().manual_seed(seed))
        assert not hidden[0, 8:].any() and not hidden[1, 5:].any()
        per_block = hidden[2].view(3, 4).sum(1)
        assert per_block.min() == per_block.max() and 1 <= per_block[0] <= 4


def test_imputer_loss_with_everything_hidden_is_ctc_over_masks(pairs: Pairs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imputer, "hidden_slots", lambda counts, slots, generator: torch.arange(slots) < counts[:, None])
    model = build("tiny", seed=2).eval()
    loss, figures = imputer.imputer_loss(model, pairs, factor=3)
    canvas, counts = ctc.upsampled(pairs, 3)
    _, draft = forward(
        model,
        [source_stream(pairs.source, pairs.segments), draft_stream(torch.where(canvas != PAD, MASK, PAD), counts)],
    )
    losses, _ = ctc.alignment_loss(
        torch.log_softmax(ctc.logits_with_blank(model, draft[:, 1:-1]), 2), counts, pairs.target, pairs.real
    )
    assert loss.item() == pytest.approx(losses.mean().item(), rel=1e-5) and figures["shown"] == 0


def test_imputer_loss_counts_only_alignments_that_agree_with_what_is_shown(
    pairs: Pairs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All but one slot shown: the loss is that of the few symbols which fit there."""
    one = torch.zeros(3, 9, dtype=torch.bool)
    one[:, 0] = True
    monkeypatch.setattr(imputer, "hidden_slots", lambda counts, slots, generator: one)
    seen: list[torch.Tensor] = []
    real_loss = imputer.alignment_loss
    monkeypatch.setattr(
        imputer,
        "alignment_loss",
        lambda log_probs, *rest: seen.append(log_probs.detach()) or real_loss(log_probs, *rest),
    )
    loss, _ = imputer.imputer_loss(build("tiny", seed=2).eval(), pairs, factor=3)
    best = seen[0].argmax(2)
    total = 0.0
    for row, (size, count) in enumerate(zip(pairs.lengths.tolist(), [9, 6, 3], strict=True)):
        target = pairs.target[row, :size].tolist()
        chance = 0.0
        for symbol in (BLANK, *dict.fromkeys(target)):
            path = [symbol, *best[row, 1:count].tolist()]
            merged = [token for index, token in enumerate(path) if index == 0 or token != path[index - 1]]
            if [token for token in merged if token != BLANK] == target:
                chance += math.exp(seen[0][row, 0, symbol].item())
        total -= math.log(chance) / size
    assert loss.item() == pytest.approx(total / 3, rel=1e-4)
