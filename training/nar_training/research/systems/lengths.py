"""Where the length of a parallel answer comes from, over one training run: the classifier, the statistics of the
training pairs, and either with a beam of all lengths within ±B (tutorial: 2 B + 1 candidates in one batch, the best
mean log-probability wins).
"""

from collections import defaultdict

import torch
from torch import Tensor

from ...data.pools import Example
from ...network.model import NarModel
from ...objectives.one_pass import one_pass_loss
from ...objectives.pairs import Pairs
from ...objectives.word_alignment import source_lengths
from .. import decode
from ..quora import LONGEST
from ..run import Decoder
from .system import ONE_PASS, Ready, Setting

PRIOR = 20  # pairs: lengths seen seldom lean on the mean change of all


def mean_lengths(examples: list[Example], longest: int = LONGEST) -> Tensor:
    """The rounded mean target length for every source length 0 … longest, at least 1: [longest + 1]."""
    changes = defaultdict(list)
    for example in examples:
        changes[len(example.source)].append(len(example.target) - len(example.source))
    everything = [change for values in changes.values() for change in values]
    overall = sum(everything) / max(1, len(everything))
    means = [
        length + (sum(changes[length]) + PRIOR * overall) / (len(changes[length]) + PRIOR)
        for length in range(longest + 1)
    ]
    return torch.tensor(means).round().long().clamp(1, longest)


def within(center: Tensor, reach: int, longest: int = LONGEST) -> list[Tensor]:
    """The lengths center - reach … center + reach [batch] each, within 1 … longest."""
    return [(center + change).clamp(1, longest) for change in range(-reach, reach + 1)]


def best_of_lengths(model: NarModel, blank: Pairs, candidates: list[Tensor]) -> list[list[int]]:
    """One pass for each candidate length; the answer with the highest mean log-probability of its tokens."""
    best: list[list[int]] = [[] for _ in blank.source]
    highest = torch.full((len(best),), -torch.inf)
    for lengths in candidates:
        asked = decode.blank_answers(blank, lengths)
        slots, sure = decode.fill(model, asked, asked.target)
        scores = (sure * asked.real).sum(1) / lengths
        for row in (scores > highest).nonzero()[:, 0].tolist():
            best[row] = slots[row, : lengths[row]].tolist()
        highest = torch.maximum(highest, scores)
    return best


def from_statistics(table: Tensor, reach: int = 0) -> Decoder:
    return lambda model, blank: best_of_lengths(model, blank, within(table[source_lengths(blank)], reach))


def from_classifier(reach: int) -> Decoder:
    return lambda model, blank: best_of_lengths(model, blank, within(blank.lengths, reach))


def ready(model: NarModel, setting: Setting) -> Ready:
    table = mean_lengths(setting.quora.train)
    return Ready(
        lambda model, pairs, generator, spent: one_pass_loss(model, pairs),
        {
            **ONE_PASS,
            "length beam of ±1": from_classifier(1),
            "length beam of ±4": from_classifier(4),
            "length from statistics": from_statistics(table),
            "length from statistics, ±4": from_statistics(table, 4),
        },
    )
