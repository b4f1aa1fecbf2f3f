"""The directed acyclic transformer (DA-Transformer, Huang 2022, section 3).

    log P(Y|X) = log Σ_A Π_k E[a_{k-1}, a_k] · p(y_k | a_k),        A: paths 0 = a_0 < a_1 < … < a_T < a_{T+1} = L + 1
    E[i, j]    = softmax over j > i of ( (v_i W_Q) · (v_j W_K) / √r + b[min(j - i, D)] )

Instead of one length and one slot a token there are L = λ · N vertices, and each says what may stand there and where
the text goes on; a training pair need not agree with the network on which vertex holds which token. `<begin>` and
`<end>` of the draft are the first and the last vertex. The loss sums over all paths by dynamic programming, O(T L²), in
fp32. v_i are the last layer's values, because the graph gives them out; the paper has its last states and eight gated
heads.

Glancing (GLAT): of the best path for Y so many tokens are revealed as ρ · (those still wrong on it); a revealed
vertex can hold its token only. A pair with more tokens than vertices cannot be written: it is counted and left out.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.tokenizer import MASK, PAD
from ..network.model import NarModel
from .glat import revealed
from .pairs import Pairs, draft_stream, join, source_stream

UPSAMPLING, RANK, DISTANCES = 4, 64, 32
IMPOSSIBLE = -1e9  # finite: the gradient of a logsumexp over nothing but -inf is not a number


class Links(nn.Module):
    """E of the equation. It knows nothing of tokens: it reads what the network makes of two vertices,
    and their distance.
    """

    def __init__(self, width: int, rank: int = RANK, distances: int = DISTANCES, upsampling: int = UPSAMPLING):
        super().__init__()
        self.upsampling = upsampling
        self.query, self.key = (
            nn.Parameter(torch.randn(width, rank) * width**-0.5),
            nn.Parameter(torch.randn(width, rank) * width**-0.5),
        )
        # Most rewrites are about as long as their source: the usual step is λ vertices. A start, nothing more.
        self.distance = nn.Parameter(-0.3 * (torch.arange(1, distances + 1) - upsampling).abs().clamp(max=12).float())

    def forward(self, values: Tensor, counts: Tensor) -> Tensor:
        """log E [batch, L + 2, L + 2]: `values` [batch, L + 2, width] of `<begin>`, vertices, `<end>`;
        `counts` [batch] vertices of each row.

        An empty text is no answer: the first vertex does not lead to the last.
        """
        size = values.shape[1]
        places = torch.arange(size, device=values.device)
        steps = places[None, :] - places[:, None]  # [L + 2, L + 2], j - i
        scores = (values @ self.query) @ (values @ self.key).transpose(1, 2) * self.query.shape[1] ** -0.5
        scores = scores + self.distance[(steps - 1).clamp(0, len(self.distance) - 1)]
        last = counts[:, None, None] + 1
        allowed = (steps > 0) & (places <= last) & ~((places[:, None] == 0) & (places == last))
        return torch.log_softmax(scores.masked_fill(~allowed, IMPOSSIBLE), 2).masked_fill(~allowed, IMPOSSIBLE)


def vertex_counts(pairs: Pairs, upsampling: int, maximum_positions: int) -> Tensor:
    """λ · N, with fewer for each token where the positions do not suffice: [batch]."""
    lengths = (pairs.source != PAD).sum(1) - 3
    return lengths * ((maximum_positions - 2) // lengths).clamp(1, upsampling)


def path_log_likelihood(links: Tensor, emissions: Tensor, counts: Tensor, lengths: Tensor) -> Tensor:
    """log P(Y|X) [batch]: links [batch, L + 2, L + 2], emissions [batch, L + 2, T] = log p(y_k | vertex),
    T tokens at most.
    """
    ends = links.gather(2, (counts + 1)[:, None, None].expand(-1, links.shape[1], 1))[:, :, 0]  # log E[i, end]
    reached = torch.full_like(ends, IMPOSSIBLE)
    reached[:, 0] = 0
    total = torch.full_like(reached[:, 0], IMPOSSIBLE)
    for k in range(emissions.shape[2]):
        reached = (torch.logsumexp(reached[:, :, None] + links, 1) + emissions[:, :, k]).clamp(min=IMPOSSIBLE)
        total = torch.where(lengths == k + 1, torch.logsumexp(reached + ends, 1), total)
    return total


@torch.no_grad()
def best_path(links: Tensor, emissions: Tensor, counts: Tensor, lengths: Tensor) -> Tensor:
    """Vertex of every target token on the best path for it [batch, T] (0 behind the end):
    the same recursion with max.
    """
    ends = links.gather(2, (counts + 1)[:, None, None].expand(-1, links.shape[1], 1))[:, :, 0]
    reached = torch.full_like(ends, IMPOSSIBLE)
    reached[:, 0] = 0
    size, back, final = emissions.shape[2], [], torch.zeros_like(counts)
    for k in range(size):
        best, before = (reached[:, :, None] + links).max(1)
        reached = (best + emissions[:, :, k]).clamp(min=IMPOSSIBLE)
        back.append(before)
        final = torch.where(lengths == k + 1, (reached + ends).argmax(1), final)
    path, at = torch.zeros(len(counts), size, dtype=torch.long, device=links.device), final
    for k in range(size - 1, -1, -1):
        inside = k < lengths
        path[:, k] = torch.where(inside, at, 0)
        at = torch.where(inside, back[k].gather(1, at[:, None])[:, 0], at)
    return path


def graph(model: NarModel, links: Links, pairs: Pairs, slots: Tensor, counts: Tensor) -> tuple[Tensor, Tensor]:
    """One pass over the vertices: log E [batch, L + 2, L + 2] and token logits [batch, L, V], both in fp32."""
    streams = [source_stream(pairs.source, pairs.segments), draft_stream(slots, counts)]
    hidden, values = model.hidden_and_values(*join(streams))
    before = pairs.source.shape[1]
    values = values.transpose(1, 2).flatten(2)[:, before:]  # [batch, L + 2, width]
    with torch.autocast(hidden.device.type, enabled=False):
        transitions = links(values.float(), counts)
    return transitions, model.token_logits(hidden[:, before + 1 : -1]).float()


def emissions_of(logits: Tensor, target: Tensor) -> Tensor:
    """log p(y_k | vertex) [batch, L + 2, T]; `<begin>` and `<end>` hold no token of the text."""
    chosen = logits.gather(2, target[:, None].expand(-1, logits.shape[1], -1)) - logits.logsumexp(2, keepdim=True)
    return F.pad(chosen, (0, 0, 1, 1), value=IMPOSSIBLE).clamp(min=IMPOSSIBLE)


def da_transformer_loss(
    model: NarModel, links: Links, pairs: Pairs, ratio: float = 0.0, generator: torch.Generator | None = None
) -> tuple[Tensor, dict[str, float]]:
    """`ratio`: ρ of the glancing, 0 without."""
    counts = vertex_counts(pairs, links.upsampling, model.configuration.maximum_positions)
    feasible = pairs.lengths <= counts
    places = torch.arange(int(counts.max()), device=counts.device)
    slots = torch.where(places < counts[:, None], MASK, PAD)  # [batch, L]
    figures: dict[str, float] = {}
    forced = None
    if ratio > 0:
        with torch.no_grad():
            transitions, logits = graph(model, links, pairs, slots, counts)
            path = best_path(transitions, emissions_of(logits, pairs.target), counts, pairs.lengths)
            guesses = logits.argmax(2).gather(1, (path - 1).clamp(min=0))
            chosen = revealed(guesses, pairs.target, pairs.real & feasible[:, None], ratio, generator)
        rows, order = chosen.nonzero(as_tuple=True)
        vertices = path[rows, order]
        slots = slots.index_put((rows, vertices - 1), pairs.target[rows, order])
        forced = (rows, vertices, order)
        figures["revealed"] = (chosen.sum() / pairs.real.sum()).item()
    transitions, logits = graph(model, links, pairs, slots, counts)
    emissions = emissions_of(logits, pairs.target)
    if forced is not None:
        rows, vertices, order = forced
        closed = torch.zeros(emissions.shape[:2], dtype=torch.bool, device=emissions.device).index_put(
            (rows, vertices), torch.tensor(True, device=emissions.device)
        )
        emissions = emissions.masked_fill(closed[:, :, None], IMPOSSIBLE).index_put(
            (rows, vertices, order), emissions.new_zeros(())
        )
    losses = -path_log_likelihood(transitions, emissions, counts, pairs.lengths) / pairs.lengths
    loss = torch.where(feasible, losses, 0.0).sum() / feasible.sum().clamp(min=1)
    return loss, {"path": loss.item(), "infeasible": (~feasible).sum().item(), **figures}
