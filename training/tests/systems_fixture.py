"""A small set, a small network and a few steps: what every compared system must survive in a second or two."""

import torch

from nar_training.data.pools import Example
from nar_training.data.tokenizer import REPHRASE
from nar_training.network.model import NarModel, build
from nar_training.objectives.pairs import Pairs, make_pairs
from nar_training.research.quora import Quora, restricted_tokenizer
from nar_training.research.systems.system import Ready, Setting, System

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def example(source: list[int], target: list[int]) -> Example:
    return Example(source, [0] * len(source), [], [], [], [], target)


EXAMPLES = [
    example([40 + i % 9, 60, 42 + i % 5, 61][: 3 + i % 2], [42 + i % 5, 60, 40 + i % 9, 44 + i % 3][: 3 + i % 2])
    for i in range(40)
]


def tiny_quora() -> Quora:
    tokenizer, pieces = restricted_tokenizer(["a"], ["[UNK]", *LETTERS, *[f"##{letter}" for letter in LETTERS]])
    return Quora(EXAMPLES, EXAMPLES[:6], [("what is a cat", "what are cats")] * 6, tokenizer, pieces)


def tiny_network(seed: int = 4) -> NarModel:
    network = build("tiny", seed=seed)
    with torch.no_grad():
        network.tokens.weight.mul_(4)  # sharper than seeded weights are
    return network


def sharp_network(seed: int = 4) -> NarModel:
    """One whose every state depends on what it reads: seeded matrices are so small that the input hardly shows."""
    network = tiny_network(seed)
    with torch.no_grad():
        for layer in network.layers:
            for part in (layer.query_key_value, layer.attention_output, layer.inner, layer.output):
                part.weight.mul_(8)
        network.head_transform.weight.mul_(8)
        network.positions.weight.mul_(4)
    return network


def tiny_pairs(count: int = 8) -> Pairs:
    return make_pairs(EXAMPLES[:count], [REPHRASE] * count)


def setting(quora: Quora | None = None) -> Setting:
    return Setting(quora or tiny_quora(), 1, lambda: tiny_network(9).eval())


def prepared(system: System, quora: Quora | None = None) -> tuple[NarModel, Ready]:
    model = tiny_network()
    torch.manual_seed(1)
    return model, system.ready(model, setting(quora))


def losses_of_steps(model: NarModel, ready: Ready, pairs: Pairs, steps: int, spent: float) -> list[float]:
    """Losses of `steps` steps on one batch; the same draws in each."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    losses = []
    for _ in range(steps):
        torch.manual_seed(3)
        loss, figures = ready.objective(model, pairs, torch.Generator().manual_seed(2), spent)
        assert all(isinstance(value, float | int) for value in figures.values())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
