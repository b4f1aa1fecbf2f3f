"""The tutorial's final system ("Fully non-autoregressive: tricks of the trade", Gu & Kong 2021): distilled answers,
CTC, glancing, and a language model in the search. Each trick alone is a row of its own; here they are together.

    score(prefix) = log p_CTC(prefix) + α Σ log p(y_t | y_{t-1}) + β · length

The language model is bigrams of word pieces over the training answers, backed off to unigrams (0.4, Brants 2007).
"""

import math
from collections import Counter

import torch

from ...data.tokenizer import BEGIN, BLANK
from ...network.model import NarModel
from ...objectives.ctc import ctc_logits
from ...objectives.glancing_ctc import glancing_ctc_loss
from ...objectives.glat import glancing_ratio
from ...objectives.pairs import Pairs
from ..run import Decoder
from .ctc_family import without_end, write
from .system import Ready, Setting
from .taught import distilled_pairs

BACK_OFF, CANDIDATES, WIDTH = 0.4, 6, 6


class Bigrams:
    def __init__(self, texts: list[list[int]]):
        self.single = Counter(token for text in texts for token in text)
        self.double = Counter(pair for text in texts for pair in zip([BEGIN, *text], text, strict=False))
        self.before = Counter(token for text in texts for token in [BEGIN, *text[:-1]])
        self.total = sum(self.single.values())

    def log_probability(self, token: int, before: int) -> float:
        """Stupid back-off: not normalised, never 0."""
        if seen := self.double[(before, token)]:
            return math.log(seen / self.before[before])
        return math.log(BACK_OFF * (self.single[token] + 1) / (self.total + len(self.single) + 1))


def search(
    log_probs: torch.Tensor, bigrams: Bigrams | None, alpha: float = 0.0, beta: float = 0.0, width: int = WIDTH
) -> list[int]:
    """The best prefix of one row, log_probs [T', V]: alignments that end with the blank apart from the others."""
    best, ids = log_probs.topk(min(CANDIDATES, log_probs.shape[1]), 1)
    beam: dict[tuple[int, ...], tuple[float, float]] = {(): (0.0, -math.inf)}
    bonus: dict[tuple[int, ...], float] = {(): 0.0}

    def add(left: float, right: float) -> float:
        high, low = max(left, right), min(left, right)
        return high if low == -math.inf else high + math.log1p(math.exp(low - high))

    for values, tokens, blank in zip(best.tolist(), ids.tolist(), log_probs[:, BLANK].tolist(), strict=True):
        following: dict[tuple[int, ...], list[float]] = {}
        for prefix, (ended, open_) in beam.items():
            here = following.setdefault(prefix, [-math.inf, -math.inf])
            here[0] = add(here[0], add(ended, open_) + blank)
            for value, token in zip(values, tokens, strict=True):
                if token == BLANK:
                    continue
                repeats = bool(prefix) and prefix[-1] == token
                if repeats:
                    here[1] = add(here[1], open_ + value)
                longer = (*prefix, token)
                there = following.setdefault(longer, [-math.inf, -math.inf])
                there[1] = add(there[1], (ended if repeats else add(ended, open_)) + value)
                if longer not in bonus:
                    said = bigrams.log_probability(token, prefix[-1] if prefix else BEGIN) if bigrams else 0.0
                    bonus[longer] = bonus[prefix] + alpha * said + beta
        ranked = sorted(following.items(), key=lambda item: -(add(*item[1]) + bonus[item[0]]))[:width]
        beam = {prefix: (scores[0], scores[1]) for prefix, scores in ranked}
    return list(next(iter(beam)))


def with_search(bigrams: Bigrams | None, alpha: float = 0.0, beta: float = 0.0) -> Decoder:
    def decoder(model: NarModel, blank: Pairs) -> list[list[int]]:
        logits, counts = ctc_logits(model, blank)
        log_probs = torch.log_softmax(without_end(logits.float()), 2)
        return [
            search(row[:count], bigrams, alpha, beta) for row, count in zip(log_probs, counts.tolist(), strict=True)
        ]

    return decoder


def ready(model: NarModel, setting: Setting) -> Ready:
    examples, notes = distilled_pairs(setting)
    bigrams = Bigrams([example.target for example in setting.quora.train])
    return Ready(
        lambda model, pairs, generator, spent: glancing_ctc_loss(model, pairs, glancing_ratio(spent), generator),
        {
            "1 pass": write,
            "beam": with_search(None),
            "beam with bigrams": with_search(bigrams, 0.3, 0.9),
        },
        examples,
        notes,
    )
