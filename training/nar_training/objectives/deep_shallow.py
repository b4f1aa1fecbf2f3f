"""Deep encoder, shallow decoder (Kasai 2021): the left-to-right baseline that a fast parallel writer must beat.

    H = all layers over the source;   h_t = one layer over [H ; E[y_<t]], causal;   loss = mean -log p(y_t | X, y_<t)

The decoder is one layer of its own, whose attention reads source states and the words so far side by side, where a
Transformer has two attentions one behind the other. What is decoded step by step is then one layer, not all of them.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.tokenizer import BEGIN, DROP, END, PAD
from ..network.model import Layer, NarModel, attend
from .left_to_right import wanted_tokens
from .pairs import Pairs, content_stream, forward, source_stream


def add_shallow_decoder(model: NarModel) -> None:
    """Starts as a copy of the last layer, as far as there is one to copy."""
    model.shallow = Layer(model.configuration)
    model.shallow.load_state_dict(model.layers[-1].state_dict())


def source_memory(model: NarModel, pairs: Pairs) -> tuple[Tensor, Tensor, Tensor]:
    """Keys and values of the source for the shallow layer [batch, heads, N + 3, headSize] and which are real."""
    (states,) = forward(model, [source_stream(pairs.source, pairs.segments)])
    _, keys, values = model.shallow.project(states)
    return keys, values, pairs.source != PAD


def shallow_step(
    model: NarModel, tokens: Tensor, positions: Tensor, keys: Tensor, values: Tensor, seen: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Rows `tokens` [batch, length] behind what is cached; each sees all that is `seen` [batch, cached] and the rows up
    to itself. Gives states [batch, length, width] and the cache with these rows.
    """
    hidden = model.embed(tokens, positions, torch.ones_like(tokens))
    query, key, value = model.shallow.project(hidden)
    keys, values = torch.cat([keys, key.to(keys.dtype)], 2), torch.cat([values, value.to(values.dtype)], 2)
    length = tokens.shape[1]
    causal = torch.ones(length, length, dtype=torch.bool).tril().expand(len(tokens), -1, -1)
    mask = torch.cat([seen[:, None, :].expand(-1, length, -1), causal], 2)
    return model.shallow.finish(hidden, attend(query, keys, values, mask[:, None])), keys, values


def deep_shallow_loss(model: NarModel, pairs: Pairs) -> tuple[Tensor, dict[str, float]]:
    keys, values, seen = source_memory(model, pairs)
    content = content_stream(pairs.target, pairs.lengths)
    states, _, _ = shallow_step(model, content.tokens, content.positions, keys, values, seen)
    wanted = wanted_tokens(pairs)
    chosen = wanted != PAD
    logits = model.token_logits(states[chosen]).float()
    loss = F.cross_entropy(logits, wanted[chosen])
    return loss, {"token": loss.item(), "accuracy": (logits.argmax(1) == wanted[chosen]).float().mean().item()}


@torch.no_grad()
def write_shallow(model: NarModel, pairs: Pairs, longest: int) -> list[list[int]]:
    """Greedy, with the cache; at most `longest` tokens."""
    keys, values, seen = source_memory(model, pairs)
    last = torch.full((len(pairs.source), 1), BEGIN)
    written: list[Tensor] = []
    done = torch.zeros(len(last), dtype=torch.bool)
    for place in range(longest):
        states, keys, values = shallow_step(model, last, torch.full_like(last, place), keys, values, seen)
        seen = torch.cat([seen, torch.ones(len(seen), 1, dtype=torch.bool)], 1)
        logits = model.token_logits(states[:, 0]).float()
        logits[:, DROP] = -torch.inf
        token = logits.argmax(1)
        done = done | (token == END)
        if done.all():
            break
        written.append(token.masked_fill(done, PAD))
        last = token[:, None]
    rows = torch.stack(written, 1).tolist() if written else [[] for _ in pairs.source]
    return [[token for token in row if token != PAD] for row in rows]
