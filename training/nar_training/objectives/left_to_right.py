"""The left-to-right writer in the same network: a content stream, and queries that never see their own answer.

    loss = mean over t = 1 … T + 1 of -log p(y_t | X, y_<t),   y_{T+1} = `<end>`

The layout is JANUS's (two streams), so that one network can write both ways; this is its autoregressive part alone,
and what teachers, judges and energies ask: the distributions at the tokens of a given answer.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from ..data.tokenizer import END, PAD
from ..network.model import NarModel
from .pairs import Pairs, content_stream, forward, padded, query_stream, source_stream


def wanted_tokens(pairs: Pairs) -> Tensor:
    """y_1 … y_T `<end>` [batch, T + 1], PAD behind."""
    wanted = F.pad(pairs.target, (0, 1), value=PAD)
    return wanted.scatter(1, pairs.lengths[:, None], END)


def left_to_right_states(model: NarModel, pairs: Pairs) -> Tensor:
    """Hidden states of the queries for y_1 … y_{T+1} [batch, T + 1, width]."""
    streams = [
        source_stream(pairs.source, pairs.segments),
        content_stream(pairs.target, pairs.lengths),
        query_stream(pairs.lengths, pairs.target.shape[1]),
    ]
    return forward(model, streams)[2]


def left_to_right_loss(model: NarModel, pairs: Pairs, smoothing: float = 0.0) -> tuple[Tensor, dict[str, float]]:
    wanted = wanted_tokens(pairs)
    chosen = wanted != PAD
    logits = model.token_logits(left_to_right_states(model, pairs)[chosen]).float()
    loss = F.cross_entropy(logits, wanted[chosen], label_smoothing=smoothing)
    return loss, {"token": loss.item(), "accuracy": (logits.argmax(1) == wanted[chosen]).float().mean().item()}


@torch.no_grad()
def sentence_log_probs(model: NarModel, pairs: Pairs, answers: list[list[int]]) -> Tensor:
    """Mean log p(y_t | X, y_<t) of each answer with its `<end>` [batch], in one pass: re-ranking. Empty: -inf."""
    target = padded([answer or [END] for answer in answers]).to(pairs.source.device)
    asked = Pairs(pairs.source, pairs.segments, target)
    wanted = wanted_tokens(asked)
    log_probs = torch.log_softmax(model.token_logits(left_to_right_states(model, asked)).float(), 2)
    said = log_probs.gather(2, wanted[:, :, None])[:, :, 0].masked_fill(wanted == PAD, 0.0)
    empty = torch.tensor([not answer for answer in answers], device=said.device)
    return (said.sum(1) / (asked.lengths + 1)).masked_fill(empty, -torch.inf)
