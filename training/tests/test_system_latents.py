"""Parts of the compared systems with latent variables, energies, chunks and blocks, against definitions."""

import math

import pytest
import torch
import torch.nn.functional as F
from systems_fixture import EXAMPLES, example, sharp_network, tiny_pairs

from nar_training.data.tokenizer import BEGIN, DROP, END, MASK, REPHRASE, RESERVED
from nar_training.objectives import (
    adversarial,
    chunks,
    codebook,
    deep_shallow,
    edit_invariant,
    energy,
    granularity,
    kermit,
    latent_codes,
    latent_flow,
    latent_gaussian,
    left_to_right,
    recurrent_layer,
    reordering,
    semi_autoregressive,
    token_distillation,
)
from nar_training.objectives.insertion import span_weights
from nar_training.objectives.one_pass import one_pass_loss
from nar_training.objectives.pairs import answers, content_stream, make_pairs, masked_slots, query_stream
from nar_training.objectives.rows import CONTENT, DRAFT, QUERY, SOURCE
from nar_training.objectives.small_writer import SmallWriter, shifted
from nar_training.research.systems import insertion
from nar_training.research.systems.semi_autoregressive import write_blocks
from nar_training.stages.distil import write_left_to_right


@pytest.fixture
def model():
    return sharp_network().eval()


@torch.no_grad()
def test_edit_invariant_loss_over_plain_loops() -> None:
    torch.manual_seed(1)
    log_probs = torch.log_softmax(torch.randn(2, 4, 9), 2)
    target, real = torch.tensor([[3, 4, 5, 3], [6, 7, 0, 0]]), torch.tensor([[1, 1, 1, 1], [1, 1, 0, 0]]).bool()
    got = edit_invariant.edit_invariant(log_probs, target, real, (2, 3), noise=False)
    by_size = []
    for size in (2, 3):
        rows = []
        for row, length in enumerate((4, 2)):
            if length < size:
                continue
            total = 0.0
            for i in range(length - size + 1):
                means = [
                    sum(log_probs[row, t + k, target[row, i + k]].item() for k in range(size)) / size
                    for t in range(length - size + 1)
                ]
                weights = [math.exp(mean) / sum(map(math.exp, means)) for mean in means]
                total -= sum(weight * mean for weight, mean in zip(weights, means, strict=True))
            rows.append(total / (length - size + 1))
        by_size.append(sum(rows) / len(rows))
    assert got.item() == pytest.approx(sum(by_size) / 2, abs=1e-5)


def test_a_phrase_two_slots_late_costs_the_edit_invariant_loss_little() -> None:
    target, real = torch.tensor([[1, 2, 3, 4, 5, 6]]), torch.ones(1, 6, dtype=torch.bool)
    late = torch.full((1, 6, 9), -8.0).scatter(2, torch.tensor([[[7], [8], [1], [2], [3], [4]]]), 0.0).log_softmax(2)
    never = torch.full((1, 6, 9), -8.0).scatter(2, torch.full((1, 6, 1), 8), 0.0).log_softmax(2)
    shifted_loss, other = (
        edit_invariant.edit_invariant(said, target, real, (2,), noise=False).item() for said in (late, never)
    )
    assert shifted_loss < 0.6 * other
    crossed = F.nll_loss(late[0], target[0]).item()
    assert crossed > 0.9 * F.nll_loss(never[0], target[0]).item()


@torch.no_grad()
def test_the_energy_of_a_certain_answer_is_the_teachers_loss(model) -> None:
    pairs = tiny_pairs(4)
    certain = F.one_hot(pairs.target, model.configuration.vocabulary).float()
    scores = left_to_right.sentence_log_probs(model, pairs, [item.target for item in EXAMPLES[:4]])
    assert torch.allclose(energy.energy(model, pairs, certain), -scores, atol=1e-4)


def test_the_gradient_of_the_energy_reaches_the_answer_and_not_the_teacher(model) -> None:
    teacher = sharp_network(9).eval().requires_grad_(False)
    loss, _ = energy.energy_loss(model, teacher, tiny_pairs(3), token_weight=0.0)
    loss.backward()
    assert model.layers[0].inner.weight.grad.abs().sum() > 0
    assert all(parameter.grad is None for parameter in teacher.parameters())
    logits = torch.randn(1, 2, 5, requires_grad=True)
    hard = energy.relaxed(logits, "straight-through")
    assert torch.equal(hard.detach().argmax(2), logits.argmax(2)) and hard.detach().max().item() == pytest.approx(1)
    soft = energy.relaxed(logits, "softmax")
    weights = torch.randn(1, 2, 5)
    gradients = [torch.autograd.grad((value * weights).sum(), logits)[0] for value in (hard, soft)]
    assert torch.allclose(*gradients, atol=1e-6)
    with pytest.raises(ValueError, match="relaxation"):
        energy.relaxed(logits, "hard")


@torch.no_grad()
def test_distilled_distributions_over_plain_loops(model) -> None:
    teacher, pairs = sharp_network(9).eval(), tiny_pairs(2)
    _, figures = token_distillation.token_distillation_loss(model, teacher, pairs)
    rows, _ = answers(model, pairs, masked_slots(pairs))
    states = left_to_right.left_to_right_states(teacher, pairs)
    total, count = 0.0, 0
    for row, item in enumerate(EXAMPLES[:2]):
        for t in range(len(item.target)):
            wanted = teacher.token_logits(states[row, t]).softmax(0)
            total -= (wanted * model.token_logits(rows[row, t]).log_softmax(0)).sum().item()
            count += 1
    assert figures["distilled"] == pytest.approx(total / count, abs=1e-4)


def test_who_sees_whom_in_blocks_is_the_definition() -> None:
    lengths = torch.tensor([5])
    content, query = content_stream(torch.tensor([[9, 9, 9, 9, 9]]), lengths), query_stream(lengths, 5)
    groups = torch.cat([torch.tensor([[SOURCE]]), content.groups, query.groups], 1)
    positions = torch.cat([torch.tensor([[0]]), content.positions, query.positions], 1)
    for block in (1, 2, 3, 8):
        mask = semi_autoregressive.block_mask(groups, positions, block)[0]
        for i, (row, at) in enumerate(zip(groups[0].tolist(), positions[0].tolist(), strict=True)):
            for j, (column, of) in enumerate(zip(groups[0].tolist(), positions[0].tolist(), strict=True)):
                sees = column == SOURCE or i == j
                if row == CONTENT and column == CONTENT:
                    sees = sees or of <= at
                if row == QUERY and column == CONTENT:
                    sees = of <= ((at - 1) // block) * block
                if row == QUERY and column == QUERY:
                    sees = (at - 1) // block == (of - 1) // block
                assert bool(mask[i, j]) == sees, (block, row, at, column, of)


@torch.no_grad()
def test_blocks_of_one_are_the_left_to_right_writer(model) -> None:
    pairs = tiny_pairs(5)
    one, _ = semi_autoregressive.semi_autoregressive_loss(model, pairs, 1)
    assert one.item() == pytest.approx(left_to_right.left_to_right_loss(model, pairs)[0].item(), abs=1e-5)
    written = write_left_to_right(model, pairs.source, pairs.segments, 6)
    assert [row[:6] for row in write_blocks(model, pairs, 1, 6)] == [row[:6] for row in written]


@torch.no_grad()
def test_blocks_are_written_as_they_are_trained(model) -> None:
    """Each written token is the argmax of the training pass over what was written before."""
    pairs, block = tiny_pairs(3), 2
    for row, written in enumerate(write_blocks(model, pairs, block, 6)):
        if not written:
            continue
        alone = make_pairs([example(EXAMPLES[row].source, written)], [REPHRASE])
        streams = [
            semi_autoregressive.source_stream(alone.source, alone.segments),
            content_stream(alone.target, alone.lengths),
            query_stream(alone.lengths, alone.target.shape[1]),
        ]
        groups = torch.cat([stream.groups for stream in streams], 1)
        positions = torch.cat([stream.positions for stream in streams], 1)
        mask = semi_autoregressive.block_mask(groups, positions, block)
        logits = model.token_logits(semi_autoregressive.forward(model, streams, mask)[2])[0]
        logits[:, DROP] = -torch.inf
        whole = len(written) // block * block  # a last block that was cut saw queries that are not there now
        assert logits[:whole].argmax(1).tolist() == written[:whole]


def test_the_ladder_ends_in_parallel(model) -> None:
    rungs = [semi_autoregressive.rung_of(share / 60) for share in range(61)]
    assert list(dict.fromkeys(rungs)) == [1, 2, 4, 8, 16, None]
    pairs = tiny_pairs(3)
    last, _ = semi_autoregressive.ladder_loss(model, pairs, 1.0)
    assert last.item() == pytest.approx(one_pass_loss(model, pairs)[0].item(), abs=1e-6)


@torch.no_grad()
def test_the_shallow_decoder_writes_what_its_training_pass_says(model) -> None:
    deep_shallow.add_shallow_decoder(model)
    pairs = tiny_pairs(4)
    written = deep_shallow.write_shallow(model, pairs, 5)
    for row, tokens in enumerate(written):
        if not tokens:
            continue
        alone = make_pairs([example(EXAMPLES[row].source, tokens)], [REPHRASE])
        keys, values, seen = deep_shallow.source_memory(model, alone)
        content = content_stream(alone.target, alone.lengths)
        states, _, _ = deep_shallow.shallow_step(model, content.tokens, content.positions, keys, values, seen)
        logits = model.token_logits(states)[0]
        logits[:, DROP] = -torch.inf
        assert logits[: len(tokens)].argmax(1).tolist() == tokens
        if len(tokens) < 5:
            assert logits[len(tokens)].argmax() == END


@torch.no_grad()
def test_kermit_asks_the_gaps_of_the_sides_that_its_mode_opens(model) -> None:
    pairs = tiny_pairs(3)
    whole = kermit.canvas_of([40, 41], [True, False], asked=False)
    assert whole.tokens == [40, 41] and whole.gaps == 0
    part = kermit.canvas_of([40, 41, 42], [False, True, False], asked=True)
    assert part.tokens == [MASK, 41, MASK] and part.gaps == 2
    assert part.wanted == [(0, 40, 1.0), (2, 42, 1.0)]
    full = kermit.canvas_of([40], [True], asked=True)
    assert full.wanted == [(0, DROP, 1.0), (2, DROP, 1.0)]
    streams = kermit.joint_streams(pairs, [[40, 41], [42], [43]], [[MASK], [MASK, 44, MASK], [MASK]])
    assert streams[0].tokens[0, :5].tolist() == [BEGIN, REPHRASE, 40, 41, END]
    assert streams[1].tokens[1].tolist() == [BEGIN, MASK, 44, MASK, END]
    assert set(streams[0].groups[0].tolist()) == {DRAFT}  # no side is blind to the other
    for mode in (kermit.FORWARD, kermit.BACKWARD):
        loss, _ = kermit.kermit_loss(model, pairs, torch.Generator().manual_seed(4), modes=[mode] * 3)
        assert loss.item() == pytest.approx(kermit_by_hand(model, pairs, mode == kermit.FORWARD), abs=1e-4)


def kermit_by_hand(model, pairs, writes_target: bool) -> float:
    """One side is whole; each gap between the kept tokens of the other asks for its span."""
    generator = torch.Generator().manual_seed(4)
    _, inside = kermit.source_tokens(pairs)
    of_source = kermit.kept_tokens(inside, generator)  # the draws of the source come first
    kept = kermit.kept_tokens(pairs.real, generator) if writes_target else of_source
    total, gaps = 0.0, 0
    for row, item in enumerate(EXAMPLES[:3]):
        canvas, wanted = [MASK], [[]]
        for token, stands in zip(item.target if writes_target else item.source, kept[row].tolist(), strict=False):
            if stands:
                canvas += [token, MASK]
                wanted.append([])
            else:
                wanted[-1].append(token)
        alone = make_pairs([item], [REPHRASE])
        sides = [[item.source], [canvas]] if writes_target else [[canvas], [item.target]]
        hidden = kermit.forward(model, kermit.joint_streams(alone, *sides))
        states = hidden[1][0, 1:-1] if writes_target else hidden[0][0, 2:-1]
        for gap, span in enumerate(wanted):
            log_probs = model.token_logits(states[2 * gap]).log_softmax(0)
            labels = list(zip(span, span_weights(len(span)), strict=True)) or [(DROP, 1.0)]
            total -= sum(weight * log_probs[token].item() for token, weight in labels)
            gaps += 1
    return total / gaps


def test_insertion_goes_on_until_no_gap_wants_a_token() -> None:
    assert insertion.with_gaps([5, 6]) == [MASK, 5, MASK, 6, MASK] and insertion.with_gaps([]) == [MASK]


@torch.no_grad()
def test_the_recurrent_layer_writes_what_its_training_pass_says(model) -> None:
    recurrent_layer.add_recurrent_layer(model)
    torch.nn.init.normal_(model.recurrent["out"].weight)
    pairs = tiny_pairs(4)
    written = recurrent_layer.write_recurrently(model, pairs)
    rows, _ = answers(model, pairs, masked_slots(pairs))
    before = torch.cat([torch.full((4, 1), BEGIN), torch.tensor(written)[:, :-1]], 1)
    states, _ = recurrent_layer.with_memory(model, rows, before)
    best = model.token_logits(states).argmax(2)
    assert torch.equal(best[pairs.real], torch.tensor(written)[pairs.real])


@torch.no_grad()
def test_the_recurrent_layers_loss_reads_the_token_before(model) -> None:
    recurrent_layer.add_recurrent_layer(model)
    torch.nn.init.normal_(model.recurrent["out"].weight)
    pairs = tiny_pairs(3)
    _, figures = recurrent_layer.recurrent_layer_loss(model, pairs)
    rows, _ = answers(model, pairs, masked_slots(pairs))
    losses = []
    for row, item in enumerate(EXAMPLES[:3]):
        memory = None
        for t, token in enumerate(item.target):
            before = torch.tensor([[item.target[t - 1] if t else BEGIN]])
            state, memory = recurrent_layer.with_memory(model, rows[row : row + 1, t : t + 1], before, memory)
            losses.append(-model.token_logits(state)[0, 0].log_softmax(0)[token].item())
    assert figures["token"] == pytest.approx(sum(losses) / len(losses), abs=1e-4)


def test_divergence_is_that_of_torch() -> None:
    torch.manual_seed(2)
    mean, log_deviation, other, other_log = (torch.randn(2, 3, 4) for _ in range(4))
    got = latent_gaussian.divergence((mean, log_deviation), (other, other_log))
    left = torch.distributions.Normal(mean, log_deviation.exp())
    right = torch.distributions.Normal(other, other_log.exp())
    assert torch.allclose(got, torch.distributions.kl_divergence(left, right).sum(2), rtol=1e-4)


@torch.no_grad()
def test_the_posterior_sees_the_answer_and_the_prior_does_not(model) -> None:
    latent_gaussian.add_latents(model)
    left, right = make_pairs([example([40, 41], [42])], [REPHRASE]), make_pairs([example([40, 41], [55])], [REPHRASE])
    assert torch.allclose(latent_gaussian.prior_of(model, left)[0], latent_gaussian.prior_of(model, right)[0])
    posteriors = [latent_gaussian.posterior_of(model, pairs)[0] for pairs in (left, right)]
    assert not torch.allclose(*posteriors, atol=1e-3)
    slots = latent_gaussian.write_refined(model, tiny_pairs(3), 2)
    assert slots.shape == tiny_pairs(3).target.shape


def test_the_flow_is_invertible_and_its_stretch_is_the_jacobians() -> None:
    torch.manual_seed(5)
    flow = latent_flow.Flow(width=6, dimensions=4, steps=3, condition=5)
    for parameter in flow.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    states, real = torch.randn(1, 2, 6), torch.ones(1, 2, dtype=torch.bool)
    z = torch.randn(1, 2, 4)

    def through(flat: torch.Tensor) -> torch.Tensor:
        value, condition = flat.view(1, 2, 4), flow.condition(states)
        for step in flow.steps:
            value, _ = step(value, condition, real)
        return value.flatten()

    noise = through(z.flatten()).view(1, 2, 4)
    assert torch.allclose(flow.sample(noise, states, real), z, atol=1e-4)
    jacobian = torch.autograd.functional.jacobian(through, z.flatten())
    normal = torch.distributions.Normal(0.0, 1.0).log_prob(noise).sum()
    wanted = normal + torch.linalg.slogdet(jacobian).logabsdet
    assert flow.log_prior(z, states, real).item() == pytest.approx(wanted.item(), abs=1e-3)


def test_codes_are_the_nearest_and_their_gradient_goes_straight_through() -> None:
    torch.manual_seed(6)
    book = codebook.Codebook(7, 3).eval()
    vectors = torch.randn(5, 3, requires_grad=True)
    held, chosen, loss = book(vectors)
    wanted = [
        min(range(7), key=lambda k: (vector - book.codes[k]).square().sum().item()) for vector in vectors.detach()
    ]
    assert chosen.tolist() == wanted and torch.allclose(held, book.codes[chosen], atol=1e-6)
    gradient = torch.autograd.grad((held * 2).sum(), vectors, retain_graph=True)[0]
    assert torch.allclose(gradient, torch.full_like(gradient, 2.0))
    loss.backward()
    assert vectors.grad.abs().sum() > 0 and book.codes.grad.abs().sum() > 0
    book.train().usage.zero_()
    book(vectors.detach())
    assert all(any(torch.allclose(code, vector) for vector in vectors) for code in book.codes.detach())


def test_means_of_groups_leave_padding_out() -> None:
    states, real = torch.arange(10.0).view(1, 5, 2), torch.tensor([[True, True, True, False, False]])
    means, groups = latent_codes.grouped_means(states, real, 2)
    assert means[0].tolist() == [[1.0, 2.0], [4.0, 5.0], [0.0, 0.0]]
    assert groups[0].tolist() == [True, True, False]


@torch.no_grad()
def test_the_small_writer_writes_what_its_training_pass_says() -> None:
    torch.manual_seed(7)
    writer = SmallWriter(5, 6, inner=8)
    for parameter in writer.parameters():
        torch.nn.init.normal_(parameter, std=0.8)
    states, real = torch.randn(3, 4, 6), torch.tensor([[1, 1, 1, 1], [1, 1, 0, 0], [1, 1, 1, 0]]).bool()
    written = writer.write(states, real, 6)
    logits, _ = writer(states, real, shifted(written))
    for row in range(3):
        for place, symbol in enumerate(written[row].tolist()):
            assert logits[row, place].argmax() == symbol
            if symbol == 0:
                break
    moved = states.clone()
    moved[1, 2:] = 9.0  # behind the row's source
    assert torch.equal(writer.write(moved, real, 6), written)


@torch.no_grad()
def test_reordering_points_at_real_tokens_and_both_terms_count(model) -> None:
    reordering.add_pointer(model)
    items = [example([40, 41, 42], [42, 40]), example([43], [43])]
    pairs = make_pairs(items, [REPHRASE] * 2)
    scores, first = reordering.pointer_logits(model, pairs)
    assert (scores[1, :, 1:] < -1e8).all() and scores.shape[:2] == pairs.target.shape
    links = reordering.aligned_sources(model, pairs)
    pointed = [
        -torch.log_softmax(scores[row, t], 0)[links[row, t]].item()
        for row, item in enumerate(items)
        for t in range(len(item.target))
    ]
    ordered = torch.tensor([[items[0].source[links[0, 0]], items[0].source[links[0, 1]]], [43, 0]])
    rows, _ = answers(model, pairs, ordered)
    said = [
        -model.token_logits(rows[row, t]).log_softmax(0)[y].item()
        for row, item in enumerate(items)
        for t, y in enumerate(item.target)
    ]
    loss, figures = reordering.reordering_loss(model, pairs)
    wanted = sum(pointed) / 3 + sum(said) / 3 + 0.1 * figures["length"]
    assert loss.item() == pytest.approx(wanted, abs=1e-4)


def test_consistent_phrases_by_definition() -> None:
    links = [0, 2, 1, 1]
    for low, high, begin, end in granularity.phrases_of(links, 4):
        inside = links[begin:end]
        assert min(inside) == low and max(inside) == high - 1
        assert not any(low <= link < high for t, link in enumerate(links) if not begin <= t < end)
    assert (1, 2, 2, 4) in granularity.phrases_of(links) and (1, 2, 2, 3) not in granularity.phrases_of(links)
    assert granularity.phrases_of(links, 1) == [(0, 1, 0, 1), (2, 3, 1, 2)]
    assert [granularity.granularity_of(share) for share in (0, 0.3, 0.5, 0.7, 1)] == [
        "words",
        "words",
        "phrases",
        "sentences",
        "sentences",
    ]


def test_pieces_are_parts_of_their_pairs(model) -> None:
    pairs = tiny_pairs(6)
    links = granularity.aligned_sources(model, pairs)
    pieces = granularity.pieces(pairs, links, 2, torch.Generator().manual_seed(1))
    for row, item in enumerate(EXAMPLES[:6]):
        source = [token for token in pieces.source[row].tolist() if token >= RESERVED]
        target = [token for token in pieces.target[row].tolist() if token]
        assert any(item.source[i : i + len(source)] == source for i in range(len(item.source)))
        assert any(item.target[i : i + len(target)] == target for i in range(len(item.target)))


def test_chunks_begin_at_function_words() -> None:
    words = "how do i learn to cook in the old house ?".split()
    classes = chunks.piece_classes(words, RESERVED + len(words))[RESERVED:].tolist()
    found = chunks.chunk(classes)
    assert sum(size for _, size in found) == len(words)
    named = [(chunks.KINDS[kind], size) for kind, size in found]
    assert named == [
        ("question", 1),
        ("verb", 1),
        ("noun", 1),
        ("verb", 1),
        ("preposition", 2),
        ("preposition", 4),
        ("mark", 1),
    ]
    assert chunks.chunk([0] * 8) == [(0, 6), (0, 2)]
    symbols = torch.tensor([chunks.symbol_of(kind, size) for kind, size in found] + [0])
    assert chunks.size_of(symbols).tolist() == [size for _, size in found] + [0]


@torch.no_grad()
def test_slots_know_their_chunk_and_their_place_in_it(model) -> None:
    chunks.add_chunks(model, ["what"])
    first, second = chunks.symbol_of(1, 2), chunks.symbol_of(3, 3)
    vectors, counts = chunks.slots_of_chunks(model, torch.tensor([[first, second]]), 6)
    assert counts.tolist() == [5]
    for slot, (symbol, place) in enumerate([(first, 0), (first, 1), (second, 0), (second, 1), (second, 2)]):
        wanted = model.chunk_vectors.weight[symbol] + model.chunk_places.weight[place] + model.tokens.weight[MASK]
        assert torch.allclose(vectors[0, slot], wanted)


def test_the_adversarys_gradient_is_turned_for_the_writer_only(model) -> None:
    value = torch.tensor([1.0, 2.0], requires_grad=True)
    adversarial.Reversed.apply(value, 0.5).square().sum().backward()
    assert value.grad.tolist() == [-1.0, -2.0]
    adversarial.add_discriminator(model)
    pairs, gradients = tiny_pairs(3), {}
    for reversal in (1.0, 2.0):
        model.zero_grad()
        loss, _ = adversarial.adversarial_loss(model, pairs, reversal=reversal)
        loss.backward()
        gradients[reversal] = (model.discriminator.out.weight.grad.clone(), model.layers[0].inner.weight.grad.clone())
    assert torch.allclose(gradients[1.0][0], gradients[2.0][0], atol=1e-6)
    assert not torch.allclose(gradients[1.0][1], gradients[2.0][1], atol=1e-7)
