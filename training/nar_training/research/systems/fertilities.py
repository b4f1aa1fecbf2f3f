"""Writing with fertilities: the likeliest of each token (argmax), their means, or the best of some samples (noisy
parallel decoding, Gu 2018, section 4.2), judged by the parallel network itself or by a left-to-right teacher.
"""

import torch
from torch import Tensor

from ...network.model import NarModel
from ...objectives.fertility import add_fertility_head, copied, fertility_log_probs, fertility_loss
from ...objectives.left_to_right import sentence_log_probs
from ...objectives.pairs import Pairs, draft_stream, forward, source_stream
from ...objectives.word_alignment import source_tokens
from ..quora import LONGEST
from .system import Ready, Setting

SAMPLES = 10


def bounded(fertilities: Tensor, longest: int = LONGEST) -> Tensor:
    """At least one token in all (the first source token gives it), at most `longest` (the last ones lose theirs)."""
    fertilities = fertilities.clone()
    fertilities[:, 0] = torch.where(fertilities.sum(1) == 0, 1, fertilities[:, 0])
    before = fertilities.cumsum(1) - fertilities
    return torch.minimum(fertilities, (longest - before).clamp(min=0))


def write(model: NarModel, pairs: Pairs, fertilities: Tensor) -> tuple[list[list[int]], Tensor]:
    """One pass over the copies: answers and their mean log-probability [batch]."""
    tokens, _ = source_tokens(pairs)
    slots, lengths = copied(tokens, bounded(fertilities))
    _, draft = forward(model, [source_stream(pairs.source, pairs.segments), draft_stream(slots, lengths)])
    sure, best = torch.log_softmax(model.token_logits(draft[:, 1:-1]).float(), 2).max(2)
    real = torch.arange(slots.shape[1]) < lengths[:, None]
    answers = [row[:length].tolist() for row, length in zip(best, lengths.tolist(), strict=True)]
    return answers, (sure * real).sum(1) / lengths


def argmax(model: NarModel, blank: Pairs) -> list[list[int]]:
    return write(model, blank, fertility_log_probs(model, blank).argmax(2))[0]


def average(model: NarModel, blank: Pairs) -> list[list[int]]:
    """f_n = round(Σ f p(f_n)), Gu's second way."""
    probabilities = fertility_log_probs(model, blank).exp()
    expected = (probabilities * torch.arange(probabilities.shape[2])).sum(2)
    return write(model, blank, expected.round().long())[0]


def noisy_parallel(judge: NarModel | None, samples: int = SAMPLES):
    """The best of the argmax and some samples; `judge` None: the network's own mean log-probability decides."""

    def decoder(model: NarModel, blank: Pairs) -> list[list[int]]:
        log_probs = fertility_log_probs(model, blank)
        batch, size, _ = log_probs.shape
        best, best_score = write(model, blank, log_probs.argmax(2))
        if judge is not None:
            best_score = sentence_log_probs(judge, blank, best)
        for _ in range(samples - 1):
            drawn = torch.multinomial(log_probs.exp().flatten(0, 1), 1).view(batch, size)
            answers, score = write(model, blank, drawn)
            if judge is not None:
                score = sentence_log_probs(judge, blank, answers)
            best = [new if better else old for new, old, better in zip(answers, best, score > best_score, strict=True)]
            best_score = torch.maximum(score, best_score)
        return best

    return decoder


def ready(model: NarModel, setting: Setting) -> Ready:
    add_fertility_head(model)
    return Ready(
        lambda model, pairs, generator, spent: fertility_loss(model, pairs),
        {
            "argmax": argmax,
            "average": average,
            f"{SAMPLES} samples, judged by itself": noisy_parallel(None),
            f"{SAMPLES} samples, judged by the teacher": noisy_parallel(setting.teacher()),
        },
    )
