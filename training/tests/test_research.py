"""The research runs' own tools: data order, decoders against plain loops, scores by hand, resuming,
merging of seeds.
"""

import json
from pathlib import Path

import pytest
import torch
from plain_loops import draft_states, pair_of, sharp_network

from nar_training.data.guard import DataError, ForbiddenData
from nar_training.data.pools import Example
from nar_training.data.tokenizer import BEGIN, END, MASK, PAD, REPHRASE, RESERVED
from nar_training.network import checkpoint
from nar_training.network.model import build
from nar_training.objectives import janus, mist
from nar_training.objectives.cmlm import cmlm_loss
from nar_training.objectives.pairs import make_pairs
from nar_training.reference.network import ReferenceNetwork, Source
from nar_training.research import decode, runs, scores
from nar_training.research.__main__ import merge
from nar_training.research.correction import correct_plainly, correct_with_edits
from nar_training.research.quora import BLOCK, Quora, batch_at, restricted_tokenizer
from nar_training.research.run import Plan, dev_loss, load_checkpoint, measure, paired_difference, train_variant


def example(source: list[int], target: list[int]) -> Example:
    return Example(source, [0] * len(source), [], [], [], [], target)


EXAMPLES = [example([40 + i, 41, 42 + i % 5], [50 + i, 51 + i % 3, 52][: 1 + i % 3]) for i in range(40)]


@pytest.fixture
def model():
    return sharp_network(seed=4)


def test_an_epoch_shows_every_pair_once_and_each_step_is_its_own() -> None:
    examples = [EXAMPLES[index % 40] for index in range(2 * BLOCK)]
    steps = 2 * BLOCK // 64
    seen = [index for step in range(steps) for index in batch_at(examples, step, 64, 7)]
    assert sorted(seen) == list(range(2 * BLOCK))
    assert batch_at(examples, 5, 64, 7) == batch_at(examples, 5, 64, 7) != batch_at(examples, 5, 64, 8)
    assert set(batch_at(examples, steps, 64, 7)) != set(batch_at(examples, 0, 64, 7))


def test_the_vocabulary_spells_every_ascii_word() -> None:
    everything = [
        "[PAD]",
        "[UNK]",
        *"abcdefghijklmnopqrstuvwxyz?",
        *[f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"],
        "what",
        "##ing",
        "rare",
    ]
    tokenizer, pieces = restricted_tokenizer(["What is what? ing"] * 3, everything, size=RESERVED + 53 + 1)
    assert pieces[-1] == "what" and "rare" not in pieces
    ids = tokenizer.encode("WHAT rare", add_special_tokens=False).ids
    assert min(ids) >= RESERVED and tokenizer.decode(ids) == "what rare"


def refine_one(network: ReferenceNetwork, ids: list[int], length: int, passes: int) -> list[int]:
    """Mask-Predict for one sentence, slot by slot."""
    source = Source("rephrase", ids, [False] * len(ids), [])
    draft, sure = [MASK] * length, [0.0] * length
    for number in range(passes):
        hidden = sorted(range(length), key=lambda slot: sure[slot])[
            : length if number == 0 else length * (passes - number) // passes
        ]
        if not hidden:
            break
        for slot in hidden:
            draft[slot] = MASK
        rows = network.predict(source.tokens(), source.segments(), [BEGIN, *draft, END], [slot + 1 for slot in hidden])
        for slot, row in zip(hidden, rows, strict=True):
            draft[slot], sure[slot] = int(row.argmax()), row.max().item()
    return draft


@pytest.mark.parametrize("seed", [4, 5])
def test_batched_mask_predict_is_that_of_each_sentence(seed: int) -> None:
    model, changed = sharp_network(seed), 0
    lengths = [5, 1, 3]
    pairs = make_pairs([example(e.source, [9] * n) for e, n in zip(EXAMPLES, lengths, strict=False)], [REPHRASE] * 3)
    blank = decode.blank_answers(pairs, torch.tensor(lengths))
    network = ReferenceNetwork(model)
    first = decode.mask_predict(model, blank, 1).tolist()
    for passes in (1, 2, 4):
        got = decode.mask_predict(model, blank, passes).tolist()
        changed += sum(left != right for left, right in zip(first, got, strict=True))
        for index, length in enumerate(lengths):
            assert [token for token in got[index] if token != PAD] == refine_one(
                network, EXAMPLES[index].source, length, passes
            )
    assert changed > 0  # later passes have something to say, so that their order and choice matter


@pytest.mark.parametrize("head", ["change", "pooled"])
def test_the_predicted_length_is_the_best_class(head: str) -> None:
    model = sharp_network(5, length_head=head)
    pairs = make_pairs(EXAMPLES[:4], [REPHRASE] * 4)
    with torch.no_grad():
        model.length.bias[:] = -1e4
        model.length.bias[slice(60, 70) if head == "change" else slice(1, 30)] = 0.0
    for row, length in enumerate(decode.predicted_lengths(model, pairs, 100).tolist()):
        source, target = pair_of(pairs, row)
        states = draft_states(model, source, [MASK] * len(target))[0]
        best = int(model.length(states[0] if head == "change" else states.mean(0)).argmax())
        assert length == max(1, best if head == "pooled" else best - 64 + len(source) - 3)


def test_static_pseudo_targets_are_one_pass_of_the_start(quora: Quora) -> None:
    """Every pair of the plan has the answer that the start gives from nothing, without a look at the target."""
    model, plan = sharp_network(), Plan(3, 1, 4)
    stored = runs.stored_answers(model, quora, plan)
    seen = {index for step in range(3) for index in batch_at(quora.train, step, 4, 1)}
    for index in range(len(quora.train)):
        answer = [token for token in stored[index].tolist() if token != PAD]
        assert bool(answer) == (index in seen)
        if answer:
            source = [BEGIN, REPHRASE, *quora.train[index].source, END]
            with torch.autocast("cpu", torch.bfloat16):
                found = draft_states(model, source, [MASK] * len(answer))[1]
                assert answer == model.token_logits(found).argmax(1).tolist()
            assert len(answer) == len(quora.train[index].target)


def test_iterative_mist_puts_each_answer_before_the_source(model) -> None:
    lengths = [4, 2]
    pairs = make_pairs(EXAMPLES[:2], [REPHRASE] * 2)
    got = decode.mist(model, decode.blank_answers(pairs, torch.tensor(lengths)), 3).tolist()
    network, changed = ReferenceNetwork(model), 0
    for index, length in enumerate(lengths):
        tokens, draft = [BEGIN, REPHRASE, *EXAMPLES[index].source, END], [0]
        for iteration in range(3):
            if iteration:
                tokens = [BEGIN, REPHRASE, *draft, END, *EXAMPLES[index].source, END]
            rows = network.predict(
                tokens, [0] * len(tokens), [BEGIN, *[MASK] * length, END], list(range(1, length + 1))
            )
            before, draft = draft, rows.argmax(1).tolist()
            changed += iteration > 0 and before != draft
        assert [token for token in got[index] if token != PAD] == draft
    assert changed > 0  # what stands before the source changes what is written


def test_scores_by_hand() -> None:
    assert (
        scores.word_errors("a b c", "a c d") == 2
        and scores.word_errors("", "a b") == 2
        and scores.word_errors("x", "x") == 0
    )
    assert scores.repetition_ratio([[1, 1, 2], [3, 3, 3]]) == pytest.approx(0.5)
    assert scores.without_repeats([1, 1, 2, 1]) == [1, 2, 1]
    references = [
        "how do i learn to cook well at home",
        "what is the best way to read a book",
        "why is the sky blue at noon today",
    ]
    assert scores.bleu(references, references) == pytest.approx(100)
    assert scores.bleu_spread(references, references) == pytest.approx(0, abs=1e-6)
    assert scores.bleu_spread([references[0], "what is the best way to eat", "the sky"], references) > 1


@pytest.fixture
def quora() -> Quora:
    tokenizer, pieces = restricted_tokenizer(
        ["a"], ["[UNK]", *"abcdefghijklmnopqrstuvwxyz", *[f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]]
    )
    return Quora(EXAMPLES, EXAMPLES[:6], [("what is a cat", "what are cats")] * 6, tokenizer, pieces)


def test_a_resumed_run_is_the_whole_run_and_its_weights_are_marked(quora: Quora, tmp_path: Path) -> None:
    def objective(model, pairs, generator, spent):
        return cmlm_loss(model, pairs, 0.3, generator)

    _, whole = train_variant(build("tiny", seed=1), quora, objective, Plan(6, 1, 4), tmp_path / "whole.pt")

    class Stop(Exception):
        pass

    def stops_at_three(model, pairs, generator, spent):
        if spent >= 0.5:
            raise Stop
        return objective(model, pairs, generator, spent)

    import nar_training.research.run as research_run

    saved, research_run.SAVE_SECONDS = research_run.SAVE_SECONDS, -1
    try:
        with pytest.raises(Stop):
            train_variant(build("tiny", seed=1), quora, stops_at_three, Plan(6, 1, 4), tmp_path / "parts.pt")
    finally:
        research_run.SAVE_SECONDS = saved
    _, parts = train_variant(build("tiny", seed=2), quora, objective, Plan(6, 1, 4), tmp_path / "parts.pt")
    assert whole["step"] == parts["step"] == 6 and whole["tokens"] == parts["tokens"]
    left, right = (
        load_checkpoint(tmp_path / "whole.pt").state_dict(),
        load_checkpoint(tmp_path / "parts.pt").state_dict(),
    )
    assert all(torch.equal(left[name], right[name]) for name in left)
    with pytest.raises(ForbiddenData):
        checkpoint.load(tmp_path / "whole.pt")


def test_the_last_times_are_averaged_and_an_interrupt_changes_nothing(
    quora: Quora, tmp_path: Path, monkeypatch
) -> None:
    """Of ten steps the last four are averaged: w = mean of the states after steps 7, 8, 9, 10."""
    states: list[dict] = []
    plan = Plan(10, 1, 4, average=4)
    assert [step for step in range(1, 11) if plan.is_averaged(step)] == [7, 8, 9, 10]
    assert [step for step in range(1, 101) if Plan(100, 1, average=5).is_averaged(step)] == [80, 85, 90, 95, 100]

    def objective(model, pairs, generator, spent):
        states.append({name: value.clone() for name, value in model.state_dict().items()})
        return cmlm_loss(model, pairs, 0.3, generator)

    averaged, record = train_variant(build("tiny", seed=1), quora, objective, plan, tmp_path / "whole.pt")
    last = checkpoint.load(tmp_path / "whole.pt", research=True)["model"]
    for name, value in averaged.state_dict().items():
        plain = (states[7][name] + states[8][name] + states[9][name] + last[name]) / 4
        assert torch.allclose(value, plain, atol=1e-6)
        assert torch.equal(value, load_checkpoint(tmp_path / "whole.pt").state_dict()[name])
    assert record["averaged"] == 4

    import nar_training.research.run as research_run

    monkeypatch.setattr(research_run, "SAVE_SECONDS", -1)

    def stops_at_nine(model, pairs, generator, spent):
        if spent >= 0.85:
            raise KeyboardInterrupt
        return objective(model, pairs, generator, spent)

    with pytest.raises(KeyboardInterrupt):
        train_variant(build("tiny", seed=1), quora, stops_at_nine, plan, tmp_path / "parts.pt")
    parts, _ = train_variant(build("tiny", seed=2), quora, objective, plan, tmp_path / "parts.pt")
    assert all(torch.equal(value, parts.state_dict()[name]) for name, value in averaged.state_dict().items())


def test_a_run_of_other_settings_is_not_taken_for_this_one(quora: Quora, tmp_path: Path) -> None:
    def objective(model, pairs, generator, spent):
        return cmlm_loss(model, pairs, 0.3, generator)

    train_variant(build("tiny", seed=1), quora, objective, Plan(2, 1, 4), tmp_path / "janus-1.pt", recipe="halved")
    with pytest.raises(DataError, match="other settings"):
        runs.is_finished("janus", 1, tmp_path)
    with pytest.raises(DataError, match="other settings"):
        train_variant(build("tiny", seed=1), quora, objective, Plan(4, 1, 4), tmp_path / "janus-1.pt", recipe="whole")


@pytest.mark.parametrize(
    ("name", "settings"),
    [("full-mask", mist.MIST["full-mask"]), ("mist-none", mist.MIST["no-mixing"]), ("mist-static", mist.MIST["static-mixing"]),
     ("mist-dynamic", mist.MIST["host"]), ("autoregressive", janus.JANUS["autoregressive"]), ("joint", janus.JANUS["joint"]),
     ("auxiliary", janus.JANUS["auxiliary"]), ("joint-divergence", janus.JANUS["joint-divergence"]), ("janus", janus.JANUS["paper"])],
)  # fmt: skip
def test_a_run_trains_what_its_name_says(name: str, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for module in ("mist_loss", "janus_loss"):
        monkeypatch.setattr(runs, module, lambda model, pairs, options, *rest: seen.append(options))
    runs.RUNS[name].objective(None, None, None, 0.5)
    assert seen == [settings] and str(settings) in runs.RUNS[name].recipe
    assert runs.RUNS[name].static == (name == "mist-static")
    assert runs.plan_of(name, 1).average == (0 if isinstance(settings, mist.MistOptions) else 5)


def test_paired_difference_is_the_difference_of_the_means_and_its_bootstrap_error() -> None:
    generator = torch.Generator().manual_seed(1)
    tokens = torch.randint(3, 20, (500,), generator=generator).float()
    base = tokens * 3 + torch.randn(500, generator=generator) * 10
    left, right = (
        torch.stack([base + shift, base * 0, tokens], 1)
        for shift in (0.2 * tokens + torch.randn(500, generator=generator), 0 * tokens)
    )
    difference, error = paired_difference(left, right)
    assert difference == pytest.approx(((left[:, 0] - right[:, 0]).sum() / tokens.sum()).item(), abs=1e-5)
    drawn = []
    for _ in range(400):
        chosen = torch.randint(500, (500,), generator=generator)
        drawn.append(((left[chosen, 0] - right[chosen, 0]).sum() / tokens[chosen].sum()).item())
    assert error == pytest.approx(torch.tensor(drawn).std().item(), rel=0.15)
    assert paired_difference(left, left) == (0, 0)


def test_measuring_gives_loss_and_scores(model, quora: Quora) -> None:
    assert dev_loss(model, quora)["loss"] > 0
    result = measure(model, quora, lambda network, blank: decode.mask_predict(network, blank, 2).tolist())
    assert 0 <= result["bleu"] <= 100 and len(result["examples"]) == 5


def test_correctors_keep_to_the_draft(model) -> None:
    ids = [40, 41, 42, 43]
    assert correct_with_edits(model, ids, threshold=1.01) == ids  # nothing is that sure
    assert correct_with_edits(model, ids, threshold=-0.01) != ids  # everything is edited
    assert len(correct_plainly(model, ids, 2)) >= 1


def test_seeds_are_added_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "glancing.json"
    for seed, value in ((1, 10), (2, 20), (1, 30)):
        path.write_text(
            json.dumps(
                merge(path, "glancing", {"variants": [{"name": "x", "seed": seed, "bleu": value}]}, f"seed {seed}")
            )
        )
    stored = json.loads(path.read_text())
    assert [(v["seed"], v["bleu"]) for v in stored["variants"]] == [(1, 30), (2, 20)] and stored["commands"] == [
        "seed 1",
        "seed 2",
    ]
