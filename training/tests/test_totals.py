"""Every objective's total is the weighted sum of the parts that it names, and the parts of those that fill a draft are
recomputed slot by slot.
"""

import itertools
from dataclasses import replace

import pytest
import torch
from pairs_fixture import three_pairs
from plain_loops import cross_entropy, draft_states, gather, length_loss, log_probs, pair_of, sharp_network

from nar_training.data.tokenizer import MASK
from nar_training.objectives import cmlm, glat, inat, levenshtein, masked_diffusion
from nar_training.objectives.crf import Transition
from nar_training.objectives.curriculum import autoregressive_weight, curriculum_weights
from nar_training.objectives.da_transformer import Links
from nar_training.objectives.janus import JANUS as JANUS_SETTINGS
from nar_training.objectives.mist import MIST
from nar_training.stages import generation
from nar_training.stages.generation import OBJECTIVES, Progress

TENTH = {"length": 0.1}
SLOTS = {"token": 1, "mixed_token": 1, "length": 1}
JANUS = dict.fromkeys(
    ["autoregressive", "parallel", "auxiliary", "autoregressive_auxiliary", "parallel_auxiliary", "length"], 1
)
SPENT = 0.25
# What every part weighs in the total: by the equation at the head of each file.
WEIGHTS = {
    "full-mask": {"token": 1, "length": 1},
    "cmlm": {"token": 1, **TENTH},
    "glat": {"token": 1, "length": lambda figures: 0.1 * (1 - figures["revealed"])},
    "mist": SLOTS,
    "mist-paper": SLOTS,
    "mist-code": SLOTS,
    "joint": {"autoregressive": 1, "parallel": 1, "length": 1},
    "janus": JANUS,
    "janus-paper": JANUS,
    "janus-code": {"autoregressive": 1, "parallel": 0.5, "auxiliary": 0.5, "autoregressive_auxiliary": 3,
                   "parallel_auxiliary": 1, "autoregressive_parallel": 1, **TENTH},
    "janus-pretraining": {**JANUS, "length": 0},
    "curriculum": {"autoregressive": autoregressive_weight(SPENT), "parallel": 1, **TENTH},
    "ctc": {"token": 1},
    "imputer": {"token": 1},
    "crf": {"sequence": 1, "token": 0.5, **TENTH},
    "da-transformer": {"path": 1},
    "axe": {"token": 1, **TENTH},
    "oaxe": {"token": 1, **TENTH},
    "bag-of-ngrams": {"bag": 1, "token": 0.1, **TENTH},
    "inat": {"token": 1, **TENTH},
    "insertion": {"token": 1},
    "levenshtein": {"place": 1, "fill": 1, "delete": 1, **TENTH},
    "masked-diffusion": {"bound": 1, **TENTH},
}  # fmt: skip
TABLES = {"crf": lambda: Transition(300), "da-transformer": lambda: Links(32)}


@pytest.mark.parametrize("name", list(WEIGHTS))
def test_the_total_is_the_sum_of_its_parts(name: str) -> None:
    torch.manual_seed(2)
    model, table = sharp_network(), TABLES[name]() if name in TABLES else None
    if name == "oaxe":  # it leaves out what is too unlikely, which all is to a network that has learnt nothing
        with torch.no_grad():
            model.head_bias[50:54] += 40
    progress = Progress(SPENT, torch.Generator().manual_seed(5), table)
    total, figures = OBJECTIVES[name](model, three_pairs(), progress)
    wanted = 0.0
    for part, weight in WEIGHTS[name].items():
        assert figures[part] != 0, part
        wanted += (weight(figures) if callable(weight) else weight) * figures[part]
    assert total.item() == pytest.approx(wanted, rel=1e-4)


@pytest.mark.parametrize("name", ["full-mask", "mist", "mist-paper", "mist-code", "glat", "inat", "levenshtein"])
def test_an_objective_draws_from_the_generator_that_it_is_given(name: str) -> None:
    """Two runs of one seed are one run; where it draws at all, some other seed gives another loss."""
    model, pairs = sharp_network(), three_pairs()

    @torch.no_grad()
    def loss(seed: int) -> float:
        return OBJECTIVES[name](model, pairs, Progress(SPENT, torch.Generator().manual_seed(seed)))[0].item()

    first = loss(1)
    assert first == loss(1)
    assert any(loss(seed) != first for seed in range(2, 6)) == (name != "full-mask")


@pytest.mark.parametrize(
    ("name", "options"),
    [("full-mask", MIST["full-mask"]), ("mist", MIST["host"]), ("mist-paper", MIST["paper"]),
     ("mist-code", MIST["code"]), ("joint", replace(JANUS_SETTINGS["joint"], own_key=True)),
     ("janus", JANUS_SETTINGS["host"]), ("janus-paper", JANUS_SETTINGS["paper"]),
     ("janus-code", JANUS_SETTINGS["code"]), ("curriculum", curriculum_weights(SPENT))],
)  # fmt: skip
def test_the_stage_trains_what_the_name_says(name: str, options, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for loss in ("mist_loss", "janus_loss"):
        monkeypatch.setattr(generation, loss, lambda model, pairs, options, *rest: seen.append(options))
    OBJECTIVES[name](None, three_pairs(), Progress(SPENT, torch.Generator().manual_seed(1)))
    assert seen == [options]


HIDDEN = torch.tensor([[True, False, True, False], [False, True, True, False], [True, True, True, False]])


def filled(model, pairs, hidden) -> tuple[list[list[torch.Tensor]], torch.Tensor]:
    """Cross-entropy of every hidden slot of every pair, and the loss of the lengths."""
    losses, lengths = [], []
    for row in range(3):
        source, target = pair_of(pairs, row)
        slots = [MASK if hidden[row, place] else token for place, token in enumerate(target)]
        source_states, found = draft_states(model, source, slots)
        known = log_probs(model, found)
        losses.append([cross_entropy(known[at], target[at]) for at in range(len(target)) if hidden[row, at]])
        lengths.append(length_loss(model, source, source_states, len(target)))
    return losses, torch.stack(lengths).mean()


def test_cmlm_scores_the_hidden_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    model, pairs = sharp_network(), three_pairs()
    monkeypatch.setattr(cmlm, "random_choice", lambda *words: HIDDEN)
    losses, length = filled(model, pairs, HIDDEN)
    total, figures = cmlm.cmlm_loss(model, pairs)
    assert figures["token"] == pytest.approx(gather(losses, "mean").item(), rel=1e-4)
    assert figures["length"] == pytest.approx(length.item(), rel=1e-4)
    assert total.item() == pytest.approx((gather(losses, "mean") + 0.1 * length).item(), rel=1e-4)


def test_glancing_reveals_by_the_pass_from_nothing_and_scores_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    model, pairs, asked = sharp_network(), three_pairs(), []
    shown = ~HIDDEN & pairs.real
    monkeypatch.setattr(glat, "revealed", lambda *words: asked.append(words) or shown)
    losses, length = filled(model, pairs, HIDDEN)
    total, figures = glat.glat_loss(model, pairs, 0.4)
    assert figures["token"] == pytest.approx(gather(losses, "mean").item(), rel=1e-4)
    share = HIDDEN.sum().item() / pairs.real.sum().item()
    assert total.item() == pytest.approx((gather(losses, "mean") + 0.1 * share * length).item(), rel=1e-4)
    guesses, target, real, ratio, _ = asked[0]
    assert ratio == 0.4 and torch.equal(target, pairs.target) and torch.equal(real, pairs.real)
    for row in range(3):
        source, wanted = pair_of(pairs, row)
        found = draft_states(model, source, [MASK] * len(wanted))[1]
        assert guesses[row, : len(wanted)].tolist() == model.token_logits(found).argmax(1).tolist()


def test_masked_diffusion_weighs_a_slot_by_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    model, pairs = sharp_network(), three_pairs()
    times = torch.tensor([0.5, 0.25, 0.8])
    monkeypatch.setattr(masked_diffusion, "diffusion_times", lambda batch, generator: times)
    generator = torch.Generator().manual_seed(4)
    hidden = (torch.rand(pairs.real.shape, generator=generator) < times[:, None]) & pairs.real
    losses, _ = filled(model, pairs, hidden)
    _, figures = masked_diffusion.masked_diffusion_loss(model, pairs, torch.Generator().manual_seed(4))
    sizes = pairs.lengths.tolist()
    rows = zip(losses, times.tolist(), sizes, strict=True)
    wanted = sum(sum(loss.item() for loss in row) / (time * size) for row, time, size in rows) / 3
    assert hidden.any() and figures["bound"] == pytest.approx(wanted, rel=1e-4)


@pytest.mark.parametrize("denoises", [False, True])
def test_every_pass_of_inat_reads_the_answer_of_the_pass_before(denoises: bool, monkeypatch) -> None:
    """The share of rows that read a spoilt target instead is nothing or all; the best token is drawn."""
    model, pairs, read = sharp_network(), three_pairs(), []
    real, spoilt = inat.answers, three_pairs().target.flip(0)
    monkeypatch.setattr(inat, "answers", lambda model, pairs, slots: read.append(slots) or real(model, pairs, slots))
    monkeypatch.setattr(inat, "drawn", lambda logits, generator: logits.argmax(-1))
    monkeypatch.setattr(inat, "poisoned", lambda *words, **more: torch.where(pairs.real, spoilt, 0))
    _, figures = inat.inat_loss(model, pairs, None, 3, 1.0 if denoises else 0.0)
    assert len(read) == 3
    losses, answers = [], []
    for row in range(3):
        source, target = pair_of(pairs, row)
        slots = [MASK] * len(target)
        for number in range(3):
            assert read[number][row, : len(target)].tolist() == slots
            known = log_probs(model, draft_states(model, source, slots)[1])
            losses.append([cross_entropy(known[at], token) for at, token in enumerate(target)])
            slots = spoilt[row, : len(target)].tolist() if denoises else known.argmax(1).tolist()
            answers.append(slots)
    assert figures["token"] == pytest.approx(gather(losses, "mean").item(), rel=1e-4)
    assert len(set(itertools.chain(*answers))) > 3


def test_levenshtein_fills_and_judges_its_own_filling(monkeypatch: pytest.MonkeyPatch) -> None:
    model, pairs = sharp_network(), three_pairs()
    monkeypatch.setattr(levenshtein, "kept_tokens", lambda real, generator: ~HIDDEN & real)
    _, figures = levenshtein.levenshtein_loss(model, pairs)
    losses, _ = filled(model, pairs, HIDDEN)
    assert figures["fill"] == pytest.approx(gather(losses, "mean").item(), rel=1e-4)
    judged = []
    for row in range(3):
        source, target = pair_of(pairs, row)
        slots = [MASK if HIDDEN[row, at] else token for at, token in enumerate(target)]
        guesses = log_probs(model, draft_states(model, source, slots)[1]).argmax(1).tolist()
        answer = [guesses[at] if HIDDEN[row, at] else token for at, token in enumerate(target)]
        operations = torch.log_softmax(model.operation(draft_states(model, source, answer)[1]), 1)
        judged.append([-operations[at, 0 if answer[at] == token else 2] for at, token in enumerate(target)])
    assert figures["delete"] == pytest.approx(gather(judged, "mean").item(), rel=1e-4)
