"""A conditional random field over the slots (NAT-CRF, Sun 2019, section 3; fairseq's dynamic CRF layer).

    score(Y) = Σ_t s_t(y_t) + Σ_t E1[y_{t-1}] · E2[y_t],     s_t = token logits, E1, E2 [V, 32]
    loss     = -(score(Y) - log Z) / T + 0.5 · CE(Y) + 0.1 · CE(T - N)

Z sums over the 64 best tokens of every slot, the gold token forced among them: 64 · 64 transitions a slot instead of
V². All in fp32: the sums of many logits do not fit fp16. At inference Viterbi runs over the 8 candidates of the graph,
and E1, E2 travel beside it as two small tables.
"""

import torch
from torch import Tensor, nn

from ..network.model import NarModel
from .pairs import LENGTH_WEIGHT, Pairs, answers, length_loss, masked_slots, token_loss

BEAM, RANK = 64, 32


class Transition(nn.Module):
    """transition(a, b) = E1[a] · E2[b]."""

    def __init__(self, vocabulary: int, rank: int = RANK):
        super().__init__()
        self.before, self.after = nn.Embedding(vocabulary, rank), nn.Embedding(vocabulary, rank)
        nn.init.normal_(self.before.weight, std=0.1)
        nn.init.normal_(self.after.weight, std=0.1)

    def pairs(self, left: Tensor, right: Tensor) -> Tensor:
        """Scores of neighbours: [..., A] and [..., B] token ids -> [..., A, B]."""
        return torch.matmul(self.before(left), self.after(right).transpose(-1, -2)).float()

    def path(self, tokens: Tensor) -> Tensor:
        """[batch, T] -> [batch, T - 1]."""
        return (self.before(tokens[:, :-1]) * self.after(tokens[:, 1:])).sum(2).float()


def best_candidates(emissions: Tensor, beam: int, gold: Tensor | None = None) -> Tensor:
    """Ids of the `beam` best tokens of every slot, `gold` [batch, T] among them: [batch, T, V] -> [batch, T, beam]."""
    ranked = emissions.detach().float()
    if gold is not None:
        ranked = ranked.scatter(2, gold[:, :, None], torch.inf)
    return ranked.topk(min(beam, emissions.shape[2]), dim=2).indices


def path_score(emissions: Tensor, transition: Transition, tokens: Tensor, real: Tensor) -> Tensor:
    """[batch, T, V], [batch, T] -> [batch]."""
    chosen = emissions.float().gather(2, tokens[:, :, None])[:, :, 0]
    return (chosen * real).sum(1) + (transition.path(tokens) * real[:, 1:]).sum(1)


def log_partition(scores: Tensor, transitions: Tensor, real: Tensor) -> Tensor:
    """Forward algorithm: scores [batch, T, K], transitions [batch, T - 1, K,
    K] -> log Z [batch]. Rows end where `real` does.
    """
    alpha = scores[:, 0]
    for place in range(1, scores.shape[1]):
        step = torch.logsumexp(alpha[:, :, None] + transitions[:, place - 1], 1) + scores[:, place]
        alpha = torch.where(real[:, place, None], step, alpha)
    return torch.logsumexp(alpha, 1)


def viterbi(scores: Tensor, transitions: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
    """The best path as places in the beam [batch, T] (0 behind the end) and its score [batch]."""
    batch, size, beam = scores.shape
    alpha, back = scores[:, 0], []
    stay = torch.arange(beam, device=scores.device).expand(batch, beam)
    for place in range(1, size):
        best, argument = (alpha[:, :, None] + transitions[:, place - 1]).max(1)
        alpha = torch.where(real[:, place, None], best + scores[:, place], alpha)
        back.append(torch.where(real[:, place, None], argument, stay))
    total, last = alpha.max(1)
    path = [last]
    for argument in reversed(back):
        path.append(argument.gather(1, path[-1][:, None])[:, 0])
    return torch.stack(path[::-1], 1) * real, total


def marginals(scores: Tensor, transitions: Tensor, real: Tensor) -> Tensor:
    """P(slot t holds candidate k), the gradient of log Z: [batch, T, K]. What to show a person, unlike path scores."""
    with torch.enable_grad():
        scores = scores.detach().requires_grad_()
        total = log_partition(scores, transitions.detach(), real).sum()
        return torch.autograd.grad(total, scores)[0]


def beam_scores(emissions: Tensor, transition: Transition, candidates: Tensor) -> tuple[Tensor, Tensor]:
    return emissions.float().gather(2, candidates), transition.pairs(candidates[:, :-1], candidates[:, 1:])


def negative_log_likelihood(
    emissions: Tensor, transition: Transition, target: Tensor, real: Tensor, beam: int = BEAM
) -> Tensor:
    """-(score - log Z) / T, [batch]. A lower bound of the true one: the beam leaves out what is unlikely anyway."""
    candidates = best_candidates(emissions, beam, target)
    scores, transitions = beam_scores(emissions, transition, candidates)
    return (log_partition(scores, transitions, real) - path_score(emissions, transition, target, real)) / real.sum(1)


def crf_loss(
    model: NarModel, transition: Transition, pairs: Pairs, beam: int = BEAM
) -> tuple[Tensor, dict[str, float]]:
    rows, first = answers(model, pairs, masked_slots(pairs))
    emissions = model.token_logits(rows)  # [batch, T, V]
    with torch.autocast(rows.device.type, enabled=False):
        sequence = negative_log_likelihood(emissions.float(), transition, pairs.target, pairs.real, beam).mean()
    token = token_loss(emissions[pairs.real], pairs.target[pairs.real])
    length = length_loss(model, first, pairs)
    figures = {"sequence": sequence.item(), "token": token.item(), "length": length.item()}
    return sequence + 0.5 * token + LENGTH_WEIGHT * length, figures
