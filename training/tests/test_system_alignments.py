"""Parts of the compared systems over alignments, phrases and pieces, against enumeration."""

import itertools
import math

import pytest
import torch
from systems_fixture import EXAMPLES, example, sharp_network, tiny_pairs

from nar_training.data.tokenizer import BLANK, COPY, END, MASK, PAD, REPHRASE
from nar_training.objectives import (
    align_refine,
    edit_durations,
    glancing_ctc,
    intermediate_ctc,
    local_pieces,
    mask_ctc,
    phrases,
    soft_correct,
)
from nar_training.objectives.cmlm import cmlm_loss
from nar_training.objectives.ctc import alignment_loss, collapse, ctc_loss, upsampled
from nar_training.objectives.pairs import make_pairs
from nar_training.research.scores import word_errors
from nar_training.research.systems import ctc_family, tricks


@pytest.fixture
def model():
    return sharp_network().eval()


def best_path(log_probs: torch.Tensor, target: list[int]) -> list[int]:
    """The likeliest alignment by trying all of them over the symbols of the target and the blank."""
    symbols = [BLANK, *sorted(set(target))]
    paths = [
        path
        for path in itertools.product(symbols, repeat=len(log_probs))
        if collapse(torch.tensor([path]))[0] == target
    ]
    return list(max(paths, key=lambda path: sum(log_probs[i, s].item() for i, s in enumerate(path))))


@torch.no_grad()
def test_what_is_glanced_at_is_the_best_alignment_and_as_much_as_is_wrong(model) -> None:
    items = [example([40, 41], [42, 43]), example([44, 45], [44, 44])]
    pairs = make_pairs(items, [REPHRASE] * 2)
    canvas, counts = upsampled(pairs)
    log_probs = glancing_ctc.slot_log_probs(model, pairs, canvas, counts)
    slots = glancing_ctc.glanced(log_probs, canvas, counts, pairs, 1.0, torch.Generator().manual_seed(1))
    for row, item in enumerate(items):
        wanted = best_path(log_probs[row], item.target)
        wrong = sum(a != b for a, b in zip(log_probs[row].argmax(1).tolist(), wanted, strict=True))
        shown = [i for i in range(4) if slots[row, i] != canvas[row, i]]
        assert all(slots[row, i] == wanted[i] for i in shown)
        same = sum(canvas[row, i] == wanted[i] for i in range(4))
        assert wrong - same <= len(shown) <= wrong
    assert torch.equal(glancing_ctc.glanced(log_probs, canvas, counts, pairs, 0.0, None), canvas)
    loss, _ = glancing_ctc.glancing_ctc_loss(model, pairs, 0.0)
    assert loss.item() == pytest.approx(ctc_loss(model, pairs)[0].item(), abs=1e-5)


@torch.no_grad()
def test_a_pair_that_cannot_be_written_is_not_glanced_at(model) -> None:
    pairs = make_pairs([example([40], [41, 41])], [REPHRASE])  # two equal tokens need three slots, there are two
    canvas, counts = upsampled(pairs)
    log_probs = glancing_ctc.slot_log_probs(model, pairs, canvas, counts)
    assert torch.equal(glancing_ctc.glanced(log_probs, canvas, counts, pairs, 1.0, None), canvas)
    loss, figures = glancing_ctc.glancing_ctc_loss(model, pairs, 1.0)
    assert loss.item() == 0 and figures["infeasible"] == 1


@torch.no_grad()
def test_mask_ctc_is_the_weighted_sum_of_both_losses(model) -> None:
    pairs = tiny_pairs()
    loss, _ = mask_ctc.mask_ctc_loss(model, pairs, torch.Generator().manual_seed(5))
    aligned = ctc_loss(model, pairs)[0]
    filled = cmlm_loss(model, pairs, 0.0, torch.Generator().manual_seed(5))[0]
    assert loss.item() == pytest.approx(0.3 * aligned.item() + 0.7 * filled.item(), abs=1e-5)


@torch.no_grad()
def test_align_refine_reads_its_own_alignment(model) -> None:
    pairs = tiny_pairs(3)
    slots, counts = upsampled(pairs)
    losses = []
    for _ in range(3):
        log_probs = glancing_ctc.slot_log_probs(model, pairs, slots, counts)
        each, feasible = alignment_loss(log_probs, counts, pairs.target, pairs.real)
        losses.append((each.sum() / feasible.sum()).item())
        slots = log_probs.argmax(2)
        for row, count in enumerate(counts.tolist()):
            slots[row, count:] = PAD
    loss, figures = align_refine.align_refine_loss(model, pairs, passes=3)
    assert loss.item() == pytest.approx(sum(losses) / 3, abs=1e-5)
    assert figures["pass_3"] == pytest.approx(losses[2], abs=1e-5) and losses[2] != pytest.approx(losses[0], abs=1e-4)
    assert ctc_family.refined(1)(model, pairs) != []


def test_noised_alignments_keep_the_padding_and_hold_tokens_of_the_target() -> None:
    alignment = torch.tensor([[40, BLANK, 41, 41, PAD]])
    target, real = torch.tensor([[40, 41]]), torch.ones(1, 2, dtype=torch.bool)
    everything = align_refine.noised_alignment(alignment, target, real, 1.0, torch.Generator().manual_seed(1))
    assert everything[0, 4] == PAD and set(everything[0, :4].tolist()) <= {40, 41, BLANK}
    assert torch.equal(align_refine.noised_alignment(alignment, target, real, 0.0, None), alignment)


@torch.no_grad()
def test_the_last_layer_of_intermediate_ctc_is_plain_ctc_until_it_is_conditioned(model) -> None:
    pairs = tiny_pairs(4)
    plain = ctc_loss(model, pairs)[0].item()
    loss, figures = intermediate_ctc.intermediate_ctc_loss(model, pairs)
    assert figures["layer_2"] == pytest.approx(plain, abs=1e-5)
    assert loss.item() == pytest.approx((figures["layer_1"] + figures["layer_2"]) / 2, abs=1e-5)
    intermediate_ctc.add_conditioning(model)
    assert intermediate_ctc.intermediate_ctc_loss(model, pairs)[1]["layer_2"] == pytest.approx(plain, abs=1e-5)
    torch.nn.init.normal_(model.conditioning.weight)
    moved = intermediate_ctc.intermediate_ctc_loss(model, pairs)[1]
    assert moved["layer_1"] == pytest.approx(figures["layer_1"], abs=1e-5)
    assert moved["layer_2"] != pytest.approx(plain, abs=1e-4)


def test_a_merged_token_is_as_sure_as_its_surest_slot() -> None:
    probabilities = torch.full((1, 5, 50), 1e-6)
    for slot, (symbol, value) in enumerate([(40, 0.5), (40, 0.8), (BLANK, 0.9), (40, 0.6), (41, 0.3)]):
        probabilities[0, slot, symbol] = value
    (tokens, scores), *_ = ctc_family.surest_tokens(probabilities.log(), torch.tensor([5]))
    assert tokens == [40, 40, 41] and scores == pytest.approx([0.8, 0.6, 0.3], abs=1e-4)


@torch.no_grad()
def test_mask_ctc_fills_what_is_unsure_and_keeps_the_rest(model) -> None:
    pairs = tiny_pairs(4)
    kept = ctc_family.masked_and_filled(3, threshold=0.0)(model, pairs)
    assert [[t for t in row if t != PAD] for row in kept] == [
        row or [MASK] for row in ctc_family.write(model, pairs)
    ] or all(MASK not in row for row in kept)
    filled = ctc_family.masked_and_filled(3, threshold=1.1)(model, pairs)
    assert all(MASK not in row for row in filled)


def test_durations_are_a_path_of_least_distance_and_sum_to_the_target() -> None:
    generator = torch.Generator().manual_seed(1)
    for _ in range(200):
        sizes = torch.randint(1, 6, (2,), generator=generator).tolist()
        source, target = (torch.randint(1, 4, (size,), generator=generator).tolist() for size in sizes)
        owned, right = edit_durations.durations(source, target)
        assert sum(owned) == len(target) and all(count >= 0 for count in owned)
        first = 0
        for token, count, same in zip(source, owned, right, strict=True):
            assert not same or (count == 1 and target[first] == token)
            first += count
        # Tokens that are right cost nothing; all others cost at most their larger side, at least the distance.
        cost, first = 0, 0
        for token, count in zip(source, owned, strict=True):
            piece = target[first : first + count]
            cost += max(1, count) - (token in piece)
            first += count
        least = word_errors(" ".join(map(str, source)), " ".join(map(str, target)))
        assert cost == least, (source, target, owned)
    assert edit_durations.durations([1, 2], [1, 9, 2]) == ([2, 1], [False, True])  # it joins the token before it
    assert edit_durations.durations([1, 2], [9, 1, 2]) == ([2, 1], [False, True])
    with pytest.raises(ValueError):
        edit_durations.durations([], [1])


def test_detection_labels_name_what_should_stand_there() -> None:
    pairs = make_pairs([example([40, 41, 42], [40, 50]), example([43, 44], [43, 44, 45])], [REPHRASE] * 2)
    owned, right = edit_durations.edit_labels_of(pairs)
    labels = soft_correct.detection_labels(pairs, owned, right)
    assert labels[0].tolist().count(COPY) == 1 and labels[0, 0] == COPY
    assert set(labels[0, 1:].tolist()) == {50, BLANK}
    assert labels[1, 0] == COPY and labels[1, 1] == 44 and owned[1].tolist()[:2] == [1, 2]


@torch.no_grad()
def test_trusted_tokens_say_themselves_and_suspects_have_free_slots(model) -> None:
    tokens, real = torch.tensor([[40, 41, 42]]), torch.ones(1, 3, dtype=torch.bool)
    canvas, free, counts = soft_correct.expanded(tokens, real, torch.tensor([[False, True, False]]))
    assert canvas.tolist() == [[40, 41, 41, 41, 42]] and counts.tolist() == [5]
    assert free.tolist() == [[False, True, True, True, False]]
    log_probs = torch.log_softmax(torch.randn(1, 5, 60), 2)
    held = soft_correct.constrained(log_probs, canvas, free)
    assert held[0, 0, 40] == 0 and held[0, 0, 41] == soft_correct.CERTAIN
    assert torch.equal(held[0, 1:4], log_probs[0, 1:4])
    # Nothing is suspect: the loss of an unchanged sentence is zero.
    same = make_pairs([example([40, 41], [40, 41])], [REPHRASE])
    _, figures = soft_correct.soft_correct_loss(model, same, torch.Generator().manual_seed(0), share=0.0)
    assert figures["correction"] == pytest.approx(0, abs=1e-6) and figures["detection"] > 0


@torch.no_grad()
def test_the_likelihood_of_phrases_sums_over_all_segmentations(model) -> None:
    phrases.add_phrase_writer(model)
    items = [example([40, 41], [42, 43, 44]), example([45, 46, 47], [48])]
    pairs = make_pairs(items, [REPHRASE] * 2)
    scores = phrases.phrase_scores(model, pairs, 2, phrases.allowed_starts(pairs, 99))
    counts = torch.tensor([len(item.source) for item in items])
    got = phrases.segmentation_log_likelihood(scores, counts, pairs.lengths)
    for row, item in enumerate(items):
        total = 0.0
        for sizes in itertools.product(range(3), repeat=len(item.source)):
            if sum(sizes) != len(item.target):
                continue
            start, value = 0, 0.0
            for n, size in enumerate(sizes):
                value += phrase_by_hand(model, item, n, item.target[start : start + size])
                start += size
            total += math.exp(value)
        assert got[row].item() == pytest.approx(math.log(total), abs=1e-3)
    loss, figures = phrases.phrase_loss(model, pairs, 2, 99)
    assert loss.item() == pytest.approx(-(got / pairs.lengths).mean().item(), abs=1e-4)
    assert figures["infeasible"] == 0
    assert phrases.phrase_loss(model, pairs, 1, 99)[1]["infeasible"] == 1  # two phrases of one token, three tokens


def phrase_by_hand(model, item, place: int, phrase: list[int]) -> float:
    alone = make_pairs([item], [REPHRASE])
    hidden = phrases.forward(model, [phrases.source_stream(alone.source, alone.segments)])[0]
    state, last, value = model.phrase["start"](hidden[:, 2 + place]), torch.tensor([phrases.BEGIN]), 0.0
    for token in [*phrase, END]:
        state, log_probs = phrases.phrase_step(model, state, last)
        value += log_probs[0, token].item()
        last = torch.tensor([token])
    return value


def test_pieces_of_a_text_merge_to_the_text() -> None:
    text = [10, 11, 12, 13, 14, 15]
    pieces = [(text[i : i + 3], [-0.1] * len(text[i : i + 3])) for i in range(len(text))]
    assert local_pieces.merge(pieces) == text
    doubled = [([10, 11, 12], [-0.1] * 3), ([10, 11, 12], [-0.1] * 3), ([12, 13], [-0.1] * 2)]
    assert local_pieces.merge(doubled) == [10, 11, 12, 13]
    quarrel = [([10, 11, 99], [-0.1, -0.1, -3.0]), ([11, 12, 13], [-0.1, -0.2, -0.2])]
    assert local_pieces.merge(quarrel) == [10, 11, 12, 13]
    assert local_pieces.merge([([10, 11, 12], [-0.1, -0.1, -0.2]), ([11, 99], [-0.1, -3.0])]) == [10, 11, 12]
    assert local_pieces.common_string([1, 2, 3], [2, 3, 1]) == (1, 0, 2)


def test_the_targets_of_pieces_are_the_next_tokens() -> None:
    pairs = tiny_pairs(3)
    got = local_pieces.piece_targets(pairs, 3)
    for row, item in enumerate(EXAMPLES[:3]):
        for t in range(len(item.target)):
            assert got[row, t].tolist() == (item.target[t : t + 3] + [END] * 3)[:3]


def test_the_search_with_enough_room_finds_the_likeliest_text() -> None:
    torch.manual_seed(3)
    log_probs = torch.full((3, 50), -30.0)
    symbols = [BLANK, 40, 41]
    log_probs[:, symbols] = torch.log_softmax(torch.randn(3, 3), 1)
    totals: dict[tuple[int, ...], float] = {}
    for path in itertools.product(symbols, repeat=3):
        text = tuple(collapse(torch.tensor([path]))[0])
        value = sum(log_probs[i, s].item() for i, s in enumerate(path))
        totals[text] = totals.get(text, 0.0) + math.exp(value)
    assert tuple(tricks.search(log_probs, None, width=50)) == max(totals, key=totals.__getitem__)
    bigrams = tricks.Bigrams([[41, 40]] * 3)
    alpha = 2.0
    judged = {
        text: math.log(value)
        + alpha
        * sum(
            bigrams.log_probability(token, before) for token, before in zip(text, (tricks.BEGIN, *text), strict=False)
        )
        for text, value in totals.items()
    }
    assert tuple(tricks.search(log_probs, bigrams, alpha, width=50)) == max(judged, key=judged.__getitem__)
    assert tuple(tricks.search(log_probs, bigrams, 0.0, width=50)) == max(totals, key=totals.__getitem__)


def test_the_search_knows_when_a_token_is_said_twice_and_how_much_the_language_model_counts() -> None:
    twice = torch.full((2, 50), -30.0)
    twice[:, 40], twice[:, BLANK] = math.log(0.9), math.log(0.1)
    assert tricks.search(twice, None, beta=5.0) == [40]  # a second 40 needs a blank before it
    three = torch.full((3, 50), -30.0)
    three[[0, 2], 40], three[1, BLANK] = math.log(0.9), math.log(0.9)
    assert tricks.search(three, None, beta=5.0) == [40, 40]
    one = torch.full((1, 50), -30.0)
    one[0, 40], one[0, 41] = math.log(0.6), math.log(0.4)
    bigrams = tricks.Bigrams([[41]] * 9 + [[40]])
    assert tricks.search(one, bigrams, 0.0) == tricks.search(one, bigrams, 0.05) == [40]
    assert tricks.search(one, bigrams, 1.0) == [41]
