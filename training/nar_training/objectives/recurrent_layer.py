"""A tiny recurrent layer over parallel states (tutorial, "fully NAR model + tiny AR layer: 1-layer
GRU or SRU"; a GRU here): the network runs once, what goes from left to right is one small cell.

    g_t = GRU(g_{t-1}, [P E[y_{t-1}] ; Q h_t]);   p(y_t | X, y_<t) = head(h_t + R g_t);   h = states of all-hidden slots
    loss = mean_t -log p(y_t | X, y_<t) + 0.1 · CE(T - N)

R starts at 0, where it is the plain one-pass writer. Unlike the CRF it sees all earlier words, and it needs T steps.
"""

import torch
from torch import Tensor, nn

from ..data.tokenizer import BEGIN, PAD
from ..network.model import NarModel
from .pairs import LENGTH_WEIGHT, Pairs, answers, length_loss, masked_slots, token_loss

WIDTH = 128


def add_recurrent_layer(model: NarModel, size: int = WIDTH) -> None:
    width = model.configuration.width
    model.recurrent = nn.ModuleDict(
        {
            "before": nn.Linear(width, size),
            "here": nn.Linear(width, size),
            "cell": nn.GRU(2 * size, size, batch_first=True),
            "out": nn.Linear(size, width),
        }
    )
    nn.init.zeros_(model.recurrent["out"].weight)
    nn.init.zeros_(model.recurrent["out"].bias)


def with_memory(model: NarModel, rows: Tensor, before: Tensor, memory: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """rows [batch, T, width], tokens before each [batch, T] -> rows with what the cell adds, and its last state."""
    parts = model.recurrent
    read = torch.cat([parts["before"](model.tokens(before)), parts["here"](rows)], 2)
    states, memory = parts["cell"](read.float(), memory)
    return rows + parts["out"](states), memory


def recurrent_layer_loss(model: NarModel, pairs: Pairs) -> tuple[Tensor, dict[str, float]]:
    rows, first = answers(model, pairs, masked_slots(pairs))
    begin = torch.full_like(pairs.target[:, :1], BEGIN)
    rows, _ = with_memory(model, rows, torch.cat([begin, pairs.target[:, :-1]], 1))
    token = token_loss(model.token_logits(rows[pairs.real]), pairs.target[pairs.real])
    length = length_loss(model, first, pairs)
    return token + LENGTH_WEIGHT * length, {"token": token.item(), "length": length.item()}


@torch.no_grad()
def write_recurrently(model: NarModel, pairs: Pairs) -> list[list[int]]:
    """Greedy; the network runs once, then T steps of the cell and the head."""
    rows, _ = answers(model, pairs, masked_slots(pairs))
    last, memory, written = torch.full_like(pairs.target[:, :1], BEGIN), None, []
    for place in range(rows.shape[1]):
        row, memory = with_memory(model, rows[:, place : place + 1], last, memory)
        last = model.token_logits(row).argmax(2)
        written.append(last)
    return torch.cat(written, 1).masked_fill(~pairs.real, PAD).tolist()
