"""CTC, CRF, AXE, OAXE, bag of n-grams, masked diffusion and the curriculum against brute force."""

import itertools
import math
from functools import lru_cache

import pytest
import torch
import torch.nn.functional as F
from pairs_fixture import example, three_pairs

from nar_training.data.tokenizer import BLANK, PAD, REPHRASE
from nar_training.network.model import build
from nar_training.objectives import (
    axe,
    bag_of_ngrams,
    crf,
    ctc,
    curriculum,
    masked_diffusion,
    oaxe,
)
from nar_training.objectives.pairs import make_pairs


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(7)


@pytest.fixture
def pairs():
    return three_pairs()


def real_of(target: torch.Tensor, lengths: list[int]) -> torch.Tensor:
    return torch.arange(target.shape[1]) < torch.tensor(lengths)[:, None]


def collapsed(path: tuple[int, ...], blank: int) -> tuple[int, ...]:
    merged = [token for index, token in enumerate(path) if index == 0 or token != path[index - 1]]
    return tuple(token for token in merged if token != blank)


@pytest.mark.parametrize("slots", [1, 2, 3, 4, 5])
def test_ctc_is_the_sum_over_all_alignments(slots: int) -> None:
    vocabulary, blank = 4, 0
    log_probs = torch.log_softmax(torch.randn(2, 5, vocabulary), 2)
    for target in ([1], [1, 2], [2, 2], [1, 3, 1]):
        total = 0.0
        for path in itertools.product(range(vocabulary), repeat=slots):
            if collapsed(path, blank) == tuple(target):
                total += math.exp(sum(log_probs[1, place, token].item() for place, token in enumerate(path)))
        wanted = torch.tensor([[3] * len(target), target])
        losses, feasible = ctc.alignment_loss(
            log_probs, torch.tensor([5, slots]), wanted, torch.ones_like(wanted, dtype=torch.bool), blank
        )
        assert bool(feasible[1]) == (total > 0)
        if total:
            assert losses[1].item() == pytest.approx(-math.log(total) / len(target), abs=1e-4)
        else:
            assert losses[1].item() == 0


def test_ctc_counts_what_cannot_be_written_and_refuses_blanks(pairs) -> None:
    model = build("tiny").eval()
    loss, figures = ctc.ctc_loss(model, pairs, 2)
    assert figures["infeasible"] == 1  # three tokens from two slots; 70 70 71 fits four slots with its blank
    assert ctc.needed_slots(pairs.target, pairs.real).tolist() == [4, 4, 3]
    assert ctc.ctc_loss(model, pairs, 3)[1]["infeasible"] == 0
    loss.backward()
    assert model.tokens.weight.grad[BLANK].abs().sum() > 0
    with pytest.raises(ValueError, match="blank"):
        ctc.alignment_loss(torch.zeros(1, 3, 9), torch.tensor([3]), torch.tensor([[BLANK]]), torch.tensor([[True]]))


def test_ctc_slots_repeat_the_source_and_collapse_undoes_it(pairs) -> None:
    slots, counts = ctc.upsampled(pairs, 2)
    assert slots.tolist() == [[40, 40, 41, 41, 42, 42], [60, 60, 61, 61, PAD, PAD], [45, 45, PAD, PAD, PAD, PAD]]
    assert counts.tolist() == [6, 4, 2]
    assert ctc.collapse(slots) == [[40, 41, 42], [60, 61], [45]]
    assert ctc.collapse(torch.tensor([[9, BLANK, 9, BLANK, BLANK, 8, PAD]])) == [[9, 9, 8]]


def chains(scores: torch.Tensor, transitions: torch.Tensor, length: int) -> dict[tuple[int, ...], float]:
    return {
        path: sum(scores[t, k].item() for t, k in enumerate(path))
        + sum(transitions[t, a, b].item() for t, (a, b) in enumerate(zip(path, path[1:], strict=False)))
        for path in itertools.product(range(scores.shape[1]), repeat=length)
    }


def test_crf_forward_viterbi_and_marginals_are_those_of_all_paths() -> None:
    scores, transitions = torch.randn(3, 4, 3), torch.randn(3, 3, 3, 3)
    lengths = [4, 2, 1]
    real = real_of(torch.zeros(3, 4), lengths)
    partition = crf.log_partition(scores, transitions, real)
    path, total = crf.viterbi(scores, transitions, real)
    shares = crf.marginals(scores, transitions, real)
    for row, length in enumerate(lengths):
        every = chains(scores[row], transitions[row], length)
        z = math.log(sum(math.exp(score) for score in every.values()))
        best = max(every, key=every.__getitem__)
        assert partition[row].item() == pytest.approx(z, abs=1e-4)
        assert path[row].tolist() == [*best, *[0] * (4 - length)] and total[row].item() == pytest.approx(
            every[best], abs=1e-4
        )
        for t in range(4):
            for k in range(3):
                wanted = sum(math.exp(score - z) for chain, score in every.items() if t < length and chain[t] == k)
                assert shares[row, t, k].item() == pytest.approx(wanted, abs=1e-4)


def test_crf_with_a_full_beam_is_the_normalised_likelihood() -> None:
    vocabulary = 5
    transition = crf.Transition(vocabulary, 3)
    emissions, target = torch.randn(1, 3, vocabulary), torch.tensor([[1, 4, 2]])
    real = torch.ones_like(target, dtype=torch.bool)
    table = (transition.before.weight @ transition.after.weight.T).detach()
    every = chains(emissions[0], table.expand(2, -1, -1), 3)
    z = math.log(sum(math.exp(score) for score in every.values()))
    loss = crf.negative_log_likelihood(emissions, transition, target, real, beam=vocabulary)
    assert loss.item() == pytest.approx((z - every[(1, 4, 2)]) / 3, abs=1e-4)


def test_crf_beam_holds_the_gold_token_and_bounds_the_partition() -> None:
    transition, emissions = crf.Transition(50, 4), torch.randn(2, 6, 50)
    target = emissions.argmin(2)  # the worst tokens
    real = real_of(target, [6, 3])
    candidates = crf.best_candidates(emissions, 8, target)
    assert (candidates == target[:, :, None]).any(2).all() and candidates.shape == (2, 6, 8)
    small = crf.negative_log_likelihood(emissions, transition, target, real, 8)
    full = crf.negative_log_likelihood(emissions, transition, target, real, 50)
    assert (small > 0).all() and (small <= full + 1e-5).all()


def brute_axe(cost: list[list[float]], skip: list[float], delta: float) -> float:
    """Textbook recursion, memoised: cost[i][j], i and j from 0."""

    @lru_cache(maxsize=None)
    def best(i: int, j: int) -> float:
        if i == 0 and j == 0:
            return 0.0
        options = []
        if i and j:
            options.append(best(i - 1, j - 1) + cost[i - 1][j - 1])
        if j:
            options.append(best(i, j - 1) + skip[j - 1])
        if i:
            options.append(best(i - 1, j) + delta * cost[i - 1][max(j, 1) - 1])
        return min(options)

    return best(len(cost), len(skip))


@pytest.mark.parametrize("delta", [0.5, 1.0, 3.0])
def test_axe_is_the_textbook_recursion(delta: float) -> None:
    log_probs = torch.log_softmax(2 * torch.randn(3, 5, 9), 2)
    target, lengths, slots = torch.randint(1, 9, (3, 4)), [4, 2, 1], [5, 3, 4]
    losses = axe.aligned_cross_entropy(log_probs, torch.tensor(slots), target, real_of(target, lengths), 0, delta)
    for row in range(3):
        cost = [[-log_probs[row, j, target[row, i]].item() for j in range(slots[row])] for i in range(lengths[row])]
        skip = [-log_probs[row, j, 0].item() for j in range(slots[row])]
        assert losses[row].item() == pytest.approx(brute_axe(cost, skip, delta) / lengths[row], abs=1e-4)


def test_axe_forgives_a_shift_that_cross_entropy_punishes() -> None:
    target = torch.tensor([[1, 2, 3, 4]])
    shifted = F.one_hot(torch.tensor([[0, 1, 2, 3]]), 6).float() * 8  # one place late, first slot says ε
    log_probs = torch.log_softmax(shifted, 2)
    real = torch.ones_like(target, dtype=torch.bool)
    aligned = axe.aligned_cross_entropy(log_probs, torch.tensor([4]), target, real, 0, 1.0)
    plain = F.nll_loss(log_probs[0], target[0])
    assert aligned.item() < 0.4 * plain.item()


def test_oaxe_is_the_best_of_all_orders() -> None:
    log_probs, target = torch.log_softmax(torch.randn(3, 5, 8), 2), torch.randint(0, 8, (3, 5))
    lengths = [5, 3, 1]
    real = real_of(target, lengths)
    loss, dropped = oaxe.order_agnostic_cross_entropy(log_probs, target, real, skip=0)
    total = 0.0
    for row, length in enumerate(lengths):
        tokens = target[row, :length].tolist()
        total += min(
            sum(-log_probs[row, t, token].item() for t, token in enumerate(order))
            for order in itertools.permutations(tokens)
        )
    assert loss.item() == pytest.approx(total / sum(lengths), abs=1e-4) and dropped.item() == 0


def test_oaxe_drops_what_is_less_likely_than_skip() -> None:
    log_probs = torch.log(torch.tensor([[[0.9, 0.1], [0.86, 0.14]]]))
    target, real = torch.tensor([[0, 1]]), torch.ones(1, 2, dtype=torch.bool)
    loss, dropped = oaxe.order_agnostic_cross_entropy(log_probs, target, real, skip=0.15)
    assert dropped.item() == pytest.approx(0.5) and loss.item() == pytest.approx(-math.log(0.9), abs=1e-5)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_bag_distance_counts_every_ngram_there_is(size: int) -> None:
    vocabulary = 4
    probabilities = torch.softmax(2 * torch.randn(3, 5, vocabulary), 2)
    target, lengths = torch.tensor([[1, 2, 1, 2, 3], [2, 2, 2, 0, 0], [3, 1, 0, 0, 0]]), [5, 3, 2]
    distances, exists = bag_of_ngrams.bag_distance(probabilities, target, real_of(target, lengths), size)
    for row, length in enumerate(lengths):
        grams = length - size + 1
        assert bool(exists[row]) == (grams > 0)
        if grams <= 0:
            assert distances[row].item() == 0
            continue
        total = 0.0
        for gram in itertools.product(range(vocabulary), repeat=size):
            expected = sum(
                math.prod(probabilities[row, t + k, gram[k]].item() for k in range(size)) for t in range(grams)
            )
            found = sum(tuple(target[row, t : t + size].tolist()) == gram for t in range(grams))
            total += abs(expected - found)
        assert distances[row].item() == pytest.approx(total / (2 * grams), abs=1e-4)


def test_diffusion_bound_is_the_likelihood_in_a_random_order() -> None:
    """E_t[Σ CE / t] over masks = mean over all orders of -Σ log p(y_σi | y_σ<i), here exactly from all 3! orders."""
    model = build("tiny", seed=2).eval()
    model.token_logits = lambda rows, real=model.token_logits: 4 * real(rows)  # sharper, so that the context matters
    one = make_pairs([example([40, 41], [50, 60, 70])], [REPHRASE])

    def loss_at(place: int, hidden: set[int]) -> float:
        slots = torch.tensor([[1 if t in hidden else one.target[0, t].item() for t in range(3)]])
        rows, _ = masked_diffusion.answers(model, one, slots)
        return -torch.log_softmax(model.token_logits(rows[0, place]), 0)[one.target[0, place]].item()

    orders = list(itertools.permutations(range(3)))
    exact = sum(loss_at(order[i], set(order[i:])) for order in orders for i in range(3)) / len(orders) / 3
    many = make_pairs([example([40, 41], [50, 60, 70])] * 6000, [REPHRASE] * 6000)
    with torch.no_grad():
        _, figures = masked_diffusion.masked_diffusion_loss(model, many, torch.Generator().manual_seed(1))
    assert figures["bound"] == pytest.approx(exact, rel=0.05)


def test_diffusion_times_are_spread_evenly() -> None:
    times = masked_diffusion.diffusion_times(64, torch.Generator().manual_seed(3)).sort().values
    assert (times[1:] - times[:-1]).max() < 1.01 / 64 and times.min() >= 1e-3
    weights = masked_diffusion.diffusion_weights(torch.tensor([[True, False]]), torch.tensor([0.25]), torch.tensor([2]))
    assert weights.tolist() == [[2.0, 0.0]]


@pytest.mark.parametrize("pacing", curriculum.PACINGS)
def test_the_curriculum_goes_from_easy_to_parallel_and_never_back(pacing: str) -> None:
    values = [curriculum.paced(step / 100, pacing) for step in range(101)]
    assert values[0] == 0 and values[-1] == pytest.approx(1) and values == sorted(values)
    assert curriculum.autoregressive_weight(0, pacing=pacing) == 1 and curriculum.autoregressive_weight(
        1, pacing=pacing
    ) == pytest.approx(0.1)
    assert curriculum.mask_range(0, pacing=pacing) == (0.0, 0.3) and curriculum.mask_range(1, pacing=pacing)[
        1
    ] == pytest.approx(1)
    assert curriculum.fully_hidden_share(0, pacing=pacing) == 0
    assert not curriculum.curriculum_weights(0.5, pacing).needs_auxiliary
    with pytest.raises(ValueError, match="pacing"):
        curriculum.paced(0.5, "sudden")


@pytest.mark.parametrize(
    "loss",
    [
        axe.axe_loss,
        oaxe.oaxe_loss,
        bag_of_ngrams.bag_of_ngrams_loss,
        masked_diffusion.masked_diffusion_loss,
        ctc.ctc_loss,
    ],
)
def test_each_objective_learns_three_pairs_by_heart(loss, pairs) -> None:
    model = build("tiny", seed=1)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    before = [loss(model, pairs)[0].item() for _ in range(5)]
    for _ in range(60):
        total, _ = loss(model, pairs)
        optimizer.zero_grad()
        total.backward()
        optimizer.step()
    after = [loss(model, pairs)[0].item() for _ in range(5)]
    assert sum(after) < 0.6 * sum(before)


def test_crf_loss_learns_and_reaches_its_tables(pairs) -> None:
    model, transition = build("tiny", seed=1), crf.Transition(300)
    optimizer = torch.optim.Adam([*model.parameters(), *transition.parameters()], lr=3e-3)
    first = None
    for _ in range(60):
        total, _ = crf.crf_loss(model, transition, pairs, 16)
        first = first or total.item()
        optimizer.zero_grad()
        total.backward()
        optimizer.step()
    assert transition.before.weight.grad.abs().sum() > 0 and total.item() < 0.6 * first
