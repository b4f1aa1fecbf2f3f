"""Local left-to-right pieces (LAT, Kong 2020, section 3): every slot writes K tokens in order, pieces are merged.

    p(Y | X) ≈ Π_t Π_{k<K} p(y_{t+k} | h_t, y_t … y_{t+k-1}),     h_t of the conditional masked mode, the rest a GRU
    loss     = mean over hidden slots t and k of -log p(y_{t+k} | …) + 0.1 · CE(T - N);  behind Y stands `<end>`

Neighbouring pieces overlap in K - 1 tokens when they agree. `merge` joins them at their longest common string
(Algorithm 1): what one slot says twice or leaves out, its neighbours put right.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.tokenizer import BEGIN, END, PAD
from ..network.model import NarModel
from .cmlm import hidden_counts
from .glat import random_choice
from .pairs import LENGTH_WEIGHT, Pairs, answers, length_loss, masked_slots

SIZE = 3  # K


def add_local_writer(model: NarModel) -> None:
    model.local = nn.GRUCell(model.configuration.width, model.configuration.width)


def piece_targets(pairs: Pairs, size: int = SIZE) -> Tensor:
    """y_t … y_{t+K-1} of every slot [batch, T, K], `<end>` behind the answer."""
    ended = torch.where(pairs.real, pairs.target, END)
    longer = F.pad(ended, (0, size - 1), value=END)
    return longer.unfold(1, size, 1)


def local_step(model: NarModel, state: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
    """state [rows, width] and the token before [rows] -> new state and its logits [rows, V]."""
    state = model.local(model.tokens(last).to(state.dtype), state)
    return state, model.token_logits(state).float()


def local_pieces_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None, size: int = SIZE
) -> tuple[Tensor, dict[str, float]]:
    hidden = random_choice(pairs.real, hidden_counts(pairs.lengths, 0.3, generator), generator)
    rows, first = answers(model, pairs, torch.where(hidden, masked_slots(pairs), pairs.target))
    wanted = piece_targets(pairs, size)[hidden]  # [slots, K]
    state, last = rows[hidden], torch.full((int(hidden.sum()),), BEGIN, device=rows.device)
    losses = []
    for k in range(size):
        state, logits = local_step(model, state, last)
        losses.append(F.cross_entropy(logits, wanted[:, k]))
        last = wanted[:, k]
    token, length = torch.stack(losses).mean(), length_loss(model, first, pairs)
    figures = {f"token_{k + 1}": loss.item() for k, loss in enumerate(losses)} | {"length": length.item()}
    return token + LENGTH_WEIGHT * length, figures


@torch.no_grad()
def write_pieces(model: NarModel, pairs: Pairs, size: int = SIZE) -> list[list[tuple[list[int], list[float]]]]:
    """K greedy tokens of every slot from full masks with their log-probabilities, cut before `<end>`."""
    rows, _ = answers(model, pairs, masked_slots(pairs))
    batch, slots, width = rows.shape
    state, last = rows.reshape(-1, width), torch.full((batch * slots,), BEGIN, device=rows.device)
    tokens, sure = [], []
    for _ in range(size):
        state, logits = local_step(model, state, last)
        best, last = torch.log_softmax(logits, 1).max(1)
        tokens.append(last.view(batch, slots))
        sure.append(best.view(batch, slots))
    said, scores = torch.stack(tokens, 2).tolist(), torch.stack(sure, 2).tolist()
    out = []
    for row, length in enumerate(pairs.lengths.tolist()):
        pieces = []
        for slot in range(length):
            ids, values = said[row][slot], scores[row][slot]
            cut = next((k for k, token in enumerate(ids) if token in (END, PAD)), size)
            pieces.append((ids[:cut], values[:cut]))
        out.append(pieces)
    return out


def common_string(left: list[int], right: list[int]) -> tuple[int, int, int]:
    """Longest common string: where it begins in both and its length; the last one in `left`, the first in `right`."""
    best = (0, 0, 0)
    for i in range(len(left)):
        for j in range(len(right)):
            size = 0
            while i + size < len(left) and j + size < len(right) and left[i + size] == right[j + size]:
                size += 1
            if size and (size > best[2] or (size == best[2] and i > best[0])):
                best = (i, j, size)
    return best


def merge(pieces: list[tuple[list[int], list[float]]], size: int = SIZE) -> list[int]:
    """One text from overlapping pieces. Where text and piece go on differently behind what they share, the surer one
    (higher mean log-probability) stays; without anything shared the piece is put behind.
    """
    text: list[int] = []
    scores: list[float] = []
    for tokens, values in pieces:
        begin = max(0, len(text) - size)
        i, j, shared = common_string(text[begin:], tokens)
        if shared == 0:
            text, scores = text + tokens, scores + values
            continue
        end, after = begin + i + shared, j + shared
        rest, other = scores[end:], values[after:]
        old = sum(rest) / len(rest) if rest else -1e9
        new = sum(other) / len(other) if other else -1e9
        if other and new >= old:
            text, scores = text[:end] + tokens[after:], scores[:end] + other
    return text
