"""MIST against its equations in plain loops: every part, every total, every gradient, and who may see the gold."""

from dataclasses import replace

import pytest
import torch
from pairs_fixture import three_pairs
from plain_loops import best, draft_states, mist_parts, pair_of, sharp_network

from nar_training.data.tokenizer import END, MASK, PAD
from nar_training.objectives import mist
from nar_training.objectives.mist import MIST, MistOptions, mist_loss, mist_row, mixed_source
from nar_training.objectives.pairs import answers, masked_slots, padded
from nar_training.objectives.rows import collate, mask_of

SHOWN = torch.tensor([[False, True, False, False], [True, False, False, False], [False, False, False, False]])
STORED = [[80, 81, 82, 83], [84, 85, 86], [87, 88, 89]]


@pytest.fixture
def fixed_glances(monkeypatch: pytest.MonkeyPatch) -> list:
    """The places of SHOWN are revealed; what `revealed` was asked with is kept."""
    asked: list = []

    def shown(guesses, target, real, ratio, generator=None):
        asked.append((guesses, ratio))
        return SHOWN

    monkeypatch.setattr(mist, "revealed", shown)
    return asked


@pytest.mark.parametrize(("name", "head"), [("paper", "pooled"), *((name, "change") for name in MIST)])
def test_parts_total_and_gradients_are_those_of_the_equations(name: str, head: str, fixed_glances: list) -> None:
    model, pairs, options = sharp_network(length_head=head), three_pairs(), MIST[name]
    pairs.pseudo = padded(STORED)
    total, figures = mist_loss(model, pairs, options, None)
    shown = SHOWN if options.glance_ratio else torch.zeros_like(SHOWN)
    parts, _ = mist_parts(model, pairs, shown, options, STORED if options.mixing == "static" else None)
    for part, value in parts.items():
        assert figures[part] == pytest.approx(value.item(), rel=2e-4), part
    assert ("mixed_token" in figures) == (options.mixing != "none")
    wanted = sum(parts.values())  # Eq. 2: both losses, and the length, without coefficients
    assert total.item() == pytest.approx(wanted.item(), rel=2e-4)
    assert total.item() == pytest.approx(sum(figures[part] for part in parts), rel=1e-5)
    parameters = [
        model.tokens.weight,
        model.positions.weight,
        *model.layers[0].parameters(),
        *model.length.parameters(),
    ]
    for left, right in zip(*(torch.autograd.grad(loss, parameters) for loss in (total, wanted)), strict=True):
        assert (left - right).abs().max() <= 2e-3 * max(1e-3, right.abs().max().item())


def test_the_paper_is_the_paper() -> None:
    """Eq. 2-4 and the section "Experimental Setting"; the other settings say in which names they differ."""
    assert MIST["paper"] == MistOptions(
        mixing="dynamic", glance_ratio=0.5, glances="plain", scored="all", reduction="sum", smoothing=0.0,
        length_weight=1.0, continued=True,
    )  # fmt: skip
    assert MIST["host"] == replace(MIST["paper"], continued=False)
    assert MIST["no-mixing"] == replace(MIST["host"], mixing="none")
    assert MIST["static-mixing"] == replace(MIST["host"], mixing="static")
    assert MIST["code"] == replace(MIST["host"], glances="mixed", reduction="mean", smoothing=0.1)


@pytest.mark.parametrize("glances", ["plain", "mixed"])
def test_glances_are_counted_on_the_pass_that_is_named(glances: str, fixed_glances: list) -> None:
    model, pairs = sharp_network(), three_pairs()
    mist_loss(model, pairs, replace(MIST["host"], glances=glances))
    (guesses, ratio), *others = fixed_glances
    assert ratio == 0.5 and not others
    answered = []
    for row in range(3):
        source, target = pair_of(pairs, row)
        answer = best(model, draft_states(model, source, [MASK] * len(target))[1])
        if glances == "mixed":
            mixed = [*source[:2], *answer, END, *source[2:]]
            answer = best(model, draft_states(model, mixed, [MASK] * len(target))[1])
        answered.append(answer)
    assert torch.equal(guesses, padded(answered))


def test_revealed_tokens_are_not_scored_where_only_hidden_ones_are(fixed_glances: list) -> None:
    model, pairs = sharp_network(), three_pairs()
    options = replace(MIST["paper"], scored="hidden", reduction="mean")
    _, figures = mist_loss(model, pairs, options)
    parts, _ = mist_parts(model, pairs, SHOWN, options)
    for part in ("token", "mixed_token"):
        assert figures[part] == pytest.approx(parts[part].item(), rel=2e-4)


@pytest.mark.parametrize("mixing", ["static", "dynamic"])
@pytest.mark.parametrize("continued", [False, True])
def test_neither_pass_sees_a_hidden_token(
    mixing: str, continued: bool, fixed_glances: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Move a hidden y_t: nothing moves. Move a revealed one: both passes answer something else."""
    captured: list = []
    real = mist.answers
    monkeypatch.setattr(mist, "answers", lambda *words: captured.append(real(*words)) or captured[-1])
    model, options = sharp_network(), replace(MIST["paper"], mixing=mixing, continued=continued)

    def passes(at: int) -> list[torch.Tensor]:
        captured.clear()
        pairs = three_pairs()
        pairs.pseudo = padded(STORED)
        if at >= 0:
            pairs.target[0, at] = 90
        mist_loss(model, pairs, options)
        return [rows.detach() for rows, _ in captured[-2:]]  # the glance came before

    before = passes(-1)
    for at in (0, 2, 3):
        assert all(torch.equal(left, right) for left, right in zip(before, passes(at), strict=True))
    assert all(not torch.allclose(left[0], right[0]) for left, right in zip(before, passes(1), strict=True))


def test_the_second_pass_reads_its_own_answer(fixed_glances: list) -> None:
    """A pseudo-target that one token changes is another source: the answers depend on it."""
    model, pairs = sharp_network(), three_pairs()
    slots = masked_slots(pairs)
    first = answers(model, mixed_source(pairs, padded(STORED)), slots)[0]
    other = answers(model, mixed_source(pairs, padded([[80, 81, 82, 99], *STORED[1:]])), slots)[0]
    assert not torch.allclose(first[0], other[0], atol=1e-3) and torch.allclose(first[1:], other[1:], atol=1e-5)


@pytest.mark.parametrize("continued", [False, True])
def test_a_mixed_source_is_a_pair_of_its_own(continued: bool) -> None:
    """In a batch with padding in the middle each row answers as it does alone."""
    model, pairs = sharp_network(), replace(three_pairs(), continued=continued)
    rows, _ = answers(model, mixed_source(pairs, padded(STORED)), masked_slots(pairs))
    for row in range(3):
        source, target = pair_of(pairs, row)
        mixed = [*source[:2], *STORED[row], END, *source[2:]]
        alone = draft_states(model, mixed, [MASK] * len(target), continued)[1]
        assert torch.allclose(alone, rows[row, : len(target)], atol=1e-4)


def test_the_row_of_the_mixed_stages_is_the_same_layout() -> None:
    from pairs_fixture import example

    from nar_training.data.tokenizer import REPHRASE

    model, pairs = sharp_network(), three_pairs()
    rows, _ = answers(model, mixed_source(pairs, padded(STORED)), masked_slots(pairs))
    for row in range(3):
        source, target = pair_of(pairs, row)
        batch = collate([mist_row(example(source[2:-1], target), REPHRASE, STORED[row])], 1)
        alone = model.hidden(batch["tokens"], batch["positions"], batch["segments"], mask_of(batch))[0]
        assert torch.allclose(alone[-len(target) - 1 : -1], rows[row, : len(target)], atol=1e-4)
        assert batch["targets"][0, -len(target) - 1 : -1].tolist() == target


def test_bad_settings_are_refused() -> None:
    for name, value in (("mixing", "sometimes"), ("glances", "both"), ("scored", "some")):
        with pytest.raises(ValueError, match=f"{name} must be one of"):
            replace(MIST["paper"], **{name: value})
    with pytest.raises(ValueError, match="reduction must be one of"):
        mist_loss(sharp_network(), three_pairs(), replace(MIST["paper"], reduction="median"))
    with pytest.raises(ValueError, match="pairs.pseudo"):
        mist_loss(sharp_network(), three_pairs(), MIST["static-mixing"])


def test_the_fixture_answers_each_input_in_its_own_way() -> None:
    """Without this no test of this file could fail: one source token changes most answers, one slot changes others."""
    model, pairs = sharp_network(), three_pairs()
    slots = masked_slots(pairs)

    def said() -> torch.Tensor:
        return model.token_logits(answers(model, pairs, slots)[0]).argmax(2)

    before = said()
    assert len(set(before[pairs.real].tolist())) > 3
    pairs.source[0, 2] = 99
    assert (said() != before)[0].sum() >= 2
    pairs.source[0, 2] = 40
    slots[0, 1] = 51
    assert (said() != before)[0, [0, 2, 3]].any()
    assert (before[pairs.target == PAD] != PAD).all()  # padded slots hold something, which nobody may read
