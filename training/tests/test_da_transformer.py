"""The directed acyclic transformer: its sums and best paths against all paths written out, its links, its glances,
its file.
"""

import hashlib
import itertools
import json
import math
import struct

import numpy as np
import pytest
import torch
from pairs_fixture import example, three_pairs

from nar_training.data.guard import DataError
from nar_training.data.tokenizer import MASK, REPHRASE
from nar_training.network.model import build
from nar_training.objectives import crf
from nar_training.objectives import da_transformer as dag
from nar_training.objectives.pairs import make_pairs
from nar_training.package import attach
from nar_training.package.links import MAGIC, pack
from nar_training.reference.da_transformer import LinkTable, da_transformer
from nar_training.reference.network import ReferenceNetwork, Source
from nar_training.reference.steps import Tracer
from nar_training.research import da_transformer as research


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(7)


@pytest.fixture
def pairs():
    return three_pairs()


def random_links(counts: torch.Tensor) -> torch.Tensor:
    """log E of random vertices, width 6."""
    return dag.Links(6, rank=3, distances=2)(3 * torch.randn(len(counts), int(counts.max()) + 2, 6), counts)


def every_path(links: torch.Tensor, emissions: torch.Tensor, count: int, length: int) -> dict[tuple[int, ...], float]:
    """Log-probability of each path of one row for its `length` tokens, straight from the equation."""
    paths = {}
    for path in itertools.combinations(range(1, count + 1), length):
        whole = (0, *path, count + 1)
        paths[path] = sum(links[i, j].item() for i, j in itertools.pairwise(whole)) + sum(
            emissions[vertex, k].item() for k, vertex in enumerate(path)
        )
    return paths


def test_links_lead_forward_and_sum_to_one() -> None:
    counts = torch.tensor([5, 3, 1])
    links = random_links(counts).exp()
    for row, count in enumerate(counts.tolist()):
        assert links[row, : count + 1].sum(1).tolist() == pytest.approx([1.0] * (count + 1), abs=1e-5)
        assert links[row, count + 1 :].sum() == 0 and links[row].tril().sum() == 0
        assert links[row, 0, count + 1] == 0 and links[row, :, count + 2 :].sum() == 0


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_the_loss_is_the_sum_over_all_paths_and_the_best_path_the_best_of_them(length: int) -> None:
    counts, lengths = torch.tensor([6, 4, 5]), torch.tensor([length, min(length, 4), 1])
    links = random_links(counts)
    emissions = torch.log_softmax(2 * torch.randn(3, 8, 9), 2)[:, :, :4]
    emissions[:, 0] = dag.IMPOSSIBLE
    total, best = (
        dag.path_log_likelihood(links, emissions, counts, lengths),
        dag.best_path(links, emissions, counts, lengths),
    )
    for row in range(3):
        paths = every_path(links[row], emissions[row], int(counts[row]), int(lengths[row]))
        assert total[row].item() == pytest.approx(math.log(sum(math.exp(value) for value in paths.values())), abs=1e-4)
        assert best[row].tolist() == [*max(paths, key=paths.__getitem__), *[0] * (4 - int(lengths[row]))]


def test_all_texts_together_have_probability_one() -> None:
    counts, vocabulary = torch.tensor([3]), 2
    links, emissions = random_links(counts), torch.log_softmax(torch.randn(1, 5, vocabulary), 2)
    total = 0.0
    for length in (1, 2, 3):
        for text in itertools.product(range(vocabulary), repeat=length):
            chosen = emissions[:, :, list(text)].clone()
            chosen[:, [0, -1]] = dag.IMPOSSIBLE
            total += dag.path_log_likelihood(links, chosen, counts, torch.tensor([length])).exp().item()
    assert total == pytest.approx(1, abs=1e-4)


def test_the_vertices_are_those_of_the_source_and_what_cannot_be_written_is_counted(pairs) -> None:
    model, links = build("tiny").eval(), dag.Links(32, upsampling=2)
    assert dag.vertex_counts(pairs, 2, 512).tolist() == [6, 4, 2]
    assert dag.vertex_counts(pairs, 4, 10).tolist() == [
        6,
        8,
        4,
    ]  # ten positions hold eight vertices beside the two ends
    loss, figures = dag.da_transformer_loss(model, links, pairs)
    assert figures["infeasible"] == 1 and math.isfinite(loss.item())
    loss.backward()
    assert all(parameter.grad.isfinite().all() and parameter.grad.abs().sum() > 0 for parameter in links.parameters())
    assert all(parameter.grad.isfinite().all() for parameter in model.parameters() if parameter.grad is not None)


def test_a_pair_costs_the_same_in_any_batch(pairs) -> None:
    model, links = build("tiny").eval(), dag.Links(32)
    alone = [
        dag.da_transformer_loss(model, links, make_pairs([one], [REPHRASE]))[0].item()
        for one in (
            example([40, 41, 42], [50, 51, 52, 53]),
            example([60, 61], [70, 70, 71]),
            example([45], [46, 47, 48]),
        )
    ]
    assert dag.da_transformer_loss(model, links, pairs)[0].item() == pytest.approx(sum(alone) / 3, abs=1e-4)


def test_the_links_read_what_the_graph_gives_out(pairs) -> None:
    """The values of the training pass are the `values` of the ONNX graph,
    which reads source and draft one after the other.
    """
    model, count, before = build("tiny").eval(), 12, 6
    source = pairs.source[:1, :before]
    draft = torch.tensor([[2, *[MASK] * count, 3]])

    def read(tokens: torch.Tensor, segment: int, keys: torch.Tensor, values: torch.Tensor) -> tuple[torch.Tensor, ...]:
        size = tokens.shape[1]
        return model.hidden_with_past(
            tokens,
            torch.arange(size)[None],
            torch.full((1, size), segment),
            torch.ones(1, size, size, dtype=torch.bool),
            torch.ones(1, keys.shape[3], dtype=torch.bool),
            keys,
            values,
        )

    with torch.no_grad():
        empty = torch.zeros(2, 1, 2, 0, 16)
        _, keys, values = read(source, 0, empty, empty)
        graph_values = read(draft, 1, keys, values)[2][-1].transpose(1, 2).flatten(2)
        seen = []
        links = dag.Links(32)
        links.register_forward_hook(lambda module, inputs, output: seen.append(inputs[0]))
        dag.graph(
            model,
            links,
            make_pairs([example([40, 41, 42], [50])], [REPHRASE]),
            torch.full((1, count), MASK),
            torch.tensor([count]),
        )
    assert torch.allclose(seen[0], graph_values, atol=1e-5)


def test_glances_lie_on_the_best_path_and_bind_their_vertex(pairs, monkeypatch: pytest.MonkeyPatch) -> None:
    model, links = build("tiny").eval(), dag.Links(32)
    real, calls = dag.graph, []

    def watched(model, links, pairs, slots, counts):
        calls.append(slots)
        return real(model, links, pairs, slots, counts)

    monkeypatch.setattr(dag, "graph", watched)
    scored = []
    total = dag.path_log_likelihood
    monkeypatch.setattr(
        dag,
        "path_log_likelihood",
        lambda links, emissions, *rest: (scored.append(emissions), total(links, emissions, *rest))[1],
    )
    loss, figures = dag.da_transformer_loss(model, links, pairs, 1.0, torch.Generator().manual_seed(1))
    before, after = calls
    assert 0 < figures["revealed"] <= 1 and math.isfinite(loss.item())
    for row in range(3):
        shown = [token for token in after[row].tolist() if token not in (MASK, 0)]
        wanted = pairs.target[row].tolist()
        assert (
            shown == [token for token in wanted if token in shown] or row == 1
        )  # in the order of the text (row 1 has a double)
        for vertex in (after[row] != before[row]).nonzero()[:, 0].tolist():
            held = scored[0][row, vertex + 1]
            assert sorted(held.tolist())[-1] == 0 and (held == dag.IMPOSSIBLE).sum() == len(held) - 1
            assert wanted[int(held.argmax())] == after[row, vertex]


@pytest.mark.parametrize("ratio", [0.0, 0.4])
def test_the_loss_learns_three_pairs_by_heart_and_reaches_its_links(pairs, ratio: float) -> None:
    model, links = build("tiny", seed=1), dag.Links(32)
    optimizer = torch.optim.Adam([*model.parameters(), *links.parameters()], lr=3e-3)
    first = None
    for _ in range(60):
        total, _ = dag.da_transformer_loss(model, links, pairs, ratio, torch.Generator().manual_seed(1))
        first = first or total.item()
        optimizer.zero_grad()
        total.backward()
        optimizer.step()
    assert links.query.grad.abs().sum() > 0 and total.item() < 0.6 * first


def test_the_file_says_what_it_holds() -> None:
    query, key, distance = np.ones((4, 2), np.float32), np.full((4, 2), 2, np.float32), np.arange(3, dtype=np.float32)
    content = pack(query, key, distance, 5)
    assert content[:8] == MAGIC and struct.unpack("<4I", content[8:24]) == (4, 2, 3, 5)
    assert np.frombuffer(content[24:], "<f4").tolist() == [1.0] * 8 + [2.0] * 8 + [0, 1, 2]
    with pytest.raises(ValueError, match="width, rank"):
        pack(query, key[:3], distance, 5)


def test_what_was_trained_reaches_the_model_folder(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    trained = dag.Links(32)
    torch.save({"transition": trained.state_dict(), "optimizer": {}}, tmp_path / "x-transition.pt")
    (tmp_path / "manifest.json").write_text(
        json.dumps({"files": {"tokenizer.json": {}}, "graph": {"width": 32, "vocabulary": 300}})
    )
    monkeypatch.setattr(
        "sys.argv", ["attach", "--transition", str(tmp_path / "x-transition.pt"), "--model", str(tmp_path)]
    )
    attach.main()
    content = (tmp_path / "dag.bin").read_bytes()
    assert struct.unpack("<4I", content[8:24]) == (32, dag.RANK, dag.DISTANCES, dag.UPSAMPLING)
    assert np.allclose(
        np.frombuffer(content[24 : 24 + 4 * 32 * dag.RANK], "<f4").reshape(32, -1), trained.query.detach().numpy()
    )
    files = json.loads((tmp_path / "manifest.json").read_text())["files"]
    assert (
        files["dag.bin"] == {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        and "tokenizer.json" in files
    )
    name, content = attach.table(crf.Transition(300).state_dict(), {"vocabulary": 300})
    assert name == "crf.bin" and struct.unpack("<2I", content[8:16]) == (300, crf.RANK)
    with pytest.raises(DataError, match="width of 32, the model has 48"):
        attach.table(trained.state_dict(), {"width": 48})


@pytest.mark.parametrize("options", list(research.SEARCHES.values()))
def test_the_decoder_of_measurements_writes_what_the_reference_writes_for_each_source(options: dict) -> None:
    model = build("tiny", seed=4).eval()
    with torch.no_grad():
        model.tokens.weight.mul_(4)  # sharper than seeded weights are
    model.links = dag.Links(32, upsampling=3)
    with torch.no_grad():
        model.links.query.mul_(3)
    table = LinkTable(
        model.links.query.detach().numpy(), model.links.key.detach().numpy(), model.links.distance.detach().numpy(), 3
    )
    sources = [[40, 41, 42, 60, 61], [50], [45, 46, 99]]
    with torch.no_grad():
        got = research.write_dag(options)(model, make_pairs([example(ids, [9]) for ids in sources], [REPHRASE] * 3))
    for ids, answer in zip(sources, got, strict=True):
        source = Source("rephrase", ids, [False] * len(ids), [])
        result = da_transformer(table)(ReferenceNetwork(model), source, options, Tracer("da-transformer", str, 1), str)
        assert answer == result["ids"]
