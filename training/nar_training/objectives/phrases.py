"""Neural phrase-based writing (NPMT, Huang 2018, section 2): every source token writes a phrase, the phrases in order
are the answer.

    p(Y | X) = Σ over segmentations (s_1 … s_N of Y, empty ones allowed) Π_n p(s_n | h_n)
    α_n(t)   = Σ_{l=0..L} α_{n-1}(t - l) · p(y_{t-l+1} … y_t $ | h_n);    loss = -log α_N(T) / T

A phrase comes from a small GRU that starts at the state of its source token and ends with $ (SWAN, Wang 2017). All
phrases are independent given X, so that they are written at the same time in at most L + 1 small steps. A phrase may
begin no further than `reach` places from its source token's share of the answer, which bounds the sum. The paper's soft
local reordering layer is left to the network's attention.
"""

import torch
from torch import Tensor, nn

from ..data.tokenizer import BEGIN, DROP, END
from ..network.model import NarModel
from .pairs import Pairs, forward, source_stream
from .word_alignment import source_lengths, source_tokens

LONGEST_PHRASE, RANK, REACH, NEVER = 3, 96, 3, -1e9


def add_phrase_writer(model: NarModel, rank: int = RANK) -> None:
    """The writer's output is the embedding seen through its directions of most variance: small, but it knows words."""
    width = model.configuration.width
    rank = min(rank, width)
    model.phrase = nn.ModuleDict(
        {
            "start": nn.Linear(width, rank),
            "cell": nn.GRUCell(rank, rank),
            "directions": nn.Linear(width, rank, bias=False),
        }
    )
    with torch.no_grad():
        _, _, directions = torch.linalg.svd(model.tokens.weight.float(), full_matrices=False)
        model.phrase["directions"].weight.copy_(directions[:rank])


def phrase_step(model: NarModel, state: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
    """state [rows, rank], token before [rows] -> new state, log p of every token and of `<end>` as $ [rows, V]."""
    table = model.phrase["directions"](model.tokens.weight)  # [V, rank]
    state = model.phrase["cell"](table[last].float(), state.float())
    logits = state @ table.float().T + model.head_bias + model.forbidden
    logits = logits.index_fill(1, torch.tensor([DROP], device=logits.device), NEVER)
    return state, torch.log_softmax(logits, 1)


def allowed_starts(pairs: Pairs, reach: int) -> Tensor:
    """Whether source token n may begin its phrase behind y_i [batch, N, T + 1]: |i - n T / N| <= reach."""
    size = source_tokens(pairs)[0].shape[1]
    share = pairs.lengths / source_lengths(pairs)
    center = torch.arange(size, device=share.device) * share[:, None]
    starts = torch.arange(pairs.target.shape[1] + 1, device=share.device)
    near = (starts - center[:, :, None]).abs() <= reach
    return near & (starts <= pairs.lengths[:, None, None])


def phrase_scores(model: NarModel, pairs: Pairs, longest: int, allowed: Tensor) -> Tensor:
    """log p(y_{i+1} … y_{i+l} $ | h_n) [batch, N, T + 1, L + 1]; NEVER where it is not allowed or not possible."""
    (source,) = forward(model, [source_stream(pairs.source, pairs.segments)])
    batch, size, width = allowed.shape
    at, of, start = (allowed & source_tokens(pairs)[1][:, :, None]).nonzero(as_tuple=True)
    state = model.phrase["start"](source[:, 2:-1][at, of]).float()
    last, total = torch.full_like(at, BEGIN), torch.zeros(len(at), device=source.device)
    columns = []
    for count in range(longest + 1):
        state, log_probs = phrase_step(model, state, last)
        possible = start + count <= pairs.lengths[at]
        columns.append(torch.where(possible, total + log_probs[:, END], NEVER))
        if count < longest:
            last = pairs.target[at, (start + count).clamp(max=pairs.target.shape[1] - 1)]
            total = total + log_probs.gather(1, last[:, None])[:, 0]
    scores = torch.full((batch, size, width, longest + 1), NEVER, device=source.device)
    return scores.index_put((at, of, start), torch.stack(columns, 1))


def segmentation_log_likelihood(scores: Tensor, source_counts: Tensor, target_counts: Tensor) -> Tensor:
    """log p(Y | X) [batch] from the scores of all phrases: the forward recursion over source tokens."""
    batch, size, width, lengths = scores.shape
    reached = scores.new_full((batch, width), NEVER)
    reached[:, 0] = 0
    for n in range(size):
        parts = []
        for count in range(lengths):
            came = reached[:, : width - count] + scores[:, n, : width - count, count]
            parts.append(torch.cat([came.new_full((batch, count), NEVER), came], 1))
        step = torch.logsumexp(torch.stack(parts), 0).clamp(min=NEVER)
        reached = torch.where((n < source_counts)[:, None], step, reached)
    return reached.gather(1, target_counts[:, None])[:, 0]


def phrase_loss(
    model: NarModel, pairs: Pairs, longest: int = LONGEST_PHRASE, reach: int = REACH
) -> tuple[Tensor, dict[str, float]]:
    """Pairs that no segmentation within the bounds can write are counted and left out."""
    scores = phrase_scores(model, pairs, longest, allowed_starts(pairs, reach))
    found = segmentation_log_likelihood(scores, source_lengths(pairs), pairs.lengths)
    feasible = found > NEVER / 2
    losses = torch.where(feasible, -found / pairs.lengths, 0.0)
    loss = losses.sum() / feasible.sum().clamp(min=1)
    return loss, {"token": loss.item(), "infeasible": (~feasible).sum().item()}


@torch.no_grad()
def write_phrases(model: NarModel, pairs: Pairs, longest: int = LONGEST_PHRASE) -> list[list[int]]:
    """All phrases greedily at the same time, one behind the other."""
    (source,) = forward(model, [source_stream(pairs.source, pairs.segments)])
    tokens, real = source_tokens(pairs)
    rows = source[:, 2:-1].flatten(0, 1)
    state, last = model.phrase["start"](rows).float(), torch.full((len(rows),), BEGIN, device=rows.device)
    open_, written = real.flatten(), []
    for step in range(longest):
        state, log_probs = phrase_step(model, state, last)
        last = log_probs.argmax(1)
        if step == 0:  # an empty text is no answer: where all phrases would be empty, the first one is not
            silent = ((last == END) | ~open_).view_as(real).all(1)
            first = torch.zeros_like(real)
            first[:, 0] = silent
            forced = log_probs.index_fill(1, torch.tensor([END], device=rows.device), NEVER).argmax(1)
            last = torch.where(first.flatten(), forced, last)
        open_ = open_ & (last != END)
        written.append(last.masked_fill(~open_, 0))
    said = torch.stack(written, 1).view(*tokens.shape, longest)
    return [[token for token in row if token] for row in said.flatten(1).tolist()]
