"""Fertilities (NAT, Gu 2018, sections 3.3 and 4.2): each source token says how many target tokens it becomes.

    p(f | X) = Π_n p(f_n | X),  f_n in 0 … F;    slots = x_1 f_1 times, x_2 f_2 times, …;    T = Σ f_n
    loss = mean_t -log p(y_t | X, slots(f))  +  mean_n -log p(f_n | X)

f is a latent variable that an aligner gives (word_alignment.py), so that its log-likelihood bound is the sum of both
terms. The slots hold the copied source tokens, and no length is predicted. A token that owns more than F is cut there
in its label, not in its slots.

For correction the counts come from the edit alignment instead (FastCorrect's durations, Leng 2021, section 3.2): most
tokens own one token, themselves. The paper predicts them by regression; classes give a probability to show.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..network.model import NarModel
from .pairs import Pairs, draft_stream, forward, padded, source_stream, token_loss
from .word_alignment import aligned_sources, counts_per_source, source_tokens

MOST = 5  # F


def add_fertility_head(model: NarModel, most: int = MOST) -> None:
    model.fertility = nn.Linear(model.configuration.width, most + 1)


def copied(tokens: Tensor, fertilities: Tensor) -> tuple[Tensor, Tensor]:
    """Source tokens [batch, N], each as often as its fertility [batch, N]: slots [batch, Σ f] and their numbers."""
    rows = [row.repeat_interleave(count).tolist() for row, count in zip(tokens, fertilities, strict=True)]
    return padded(rows).to(tokens.device), fertilities.sum(1)


def fertility_logits(model: NarModel, source_states: Tensor) -> Tensor:
    """[batch, N + 3, width] -> [batch, N, F + 1]: read at the tokens, not at `<begin>`, task and `<end>`."""
    return model.fertility(source_states[:, 2:-1])


def fertility_loss(model: NarModel, pairs: Pairs, counts: Tensor | None = None) -> tuple[Tensor, dict[str, float]]:
    """`counts` [batch, N] that sum to T; those of the word alignment where none are given."""
    tokens, real = source_tokens(pairs)
    if counts is None:
        counts = counts_per_source(aligned_sources(model, pairs), pairs.real, tokens.shape[1])
    slots, lengths = copied(tokens, counts)
    source, draft = forward(model, [source_stream(pairs.source, pairs.segments), draft_stream(slots, lengths)])
    token = token_loss(model.token_logits(draft[:, 1:-1][pairs.real]), pairs.target[pairs.real])
    most = model.fertility.out_features - 1
    logits = fertility_logits(model, source)[real].float()
    wanted = counts.clamp(max=most)[real]
    fertility = F.cross_entropy(logits, wanted)
    figures = {
        "token": token.item(),
        "fertility": fertility.item(),
        "fertility_right": (logits.argmax(1) == wanted).float().mean().item(),
    }
    return token + fertility, figures


def fertility_log_probs(model: NarModel, pairs: Pairs) -> Tensor:
    """log p(f_n | X) [batch, N, F + 1]; nothing but 0 behind the end of a source."""
    _, real = source_tokens(pairs)
    (source,) = forward(model, [source_stream(pairs.source, pairs.segments)])
    log_probs = torch.log_softmax(fertility_logits(model, source).float(), 2)
    nothing = torch.full_like(log_probs, -torch.inf)
    nothing[:, :, 0] = 0
    return torch.where(real[:, :, None], log_probs, nothing)
