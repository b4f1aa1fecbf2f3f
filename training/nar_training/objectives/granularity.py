"""Words, then phrases, then sentences (PMG, Ding 2021, section 3): the same one-pass loss on pieces that grow.

    s < 1/3: aligned pairs of words | s < 2/3: pairs of phrases | else whole pairs;   s = share of the training spent

A pair of phrases is consistent with the alignment (Koehn 2003): no word of one side is linked outside of the other.
Here every target token has one source token, so that a target span and the span of its sources are a pair where no
target token outside is linked into it.
"""

import torch
from torch import Tensor

from ..data.tokenizer import BEGIN, END
from ..network.model import NarModel
from .one_pass import one_pass_loss
from .pairs import Pairs, padded
from .word_alignment import aligned_sources, source_tokens

LONGEST_PHRASE = 6
GRANULARITIES = ["words", "phrases", "sentences"]


def granularity_of(spent: float) -> str:
    return GRANULARITIES[min(2, int(3 * max(0.0, spent)))]


def phrases_of(links: list[int], longest: int = LONGEST_PHRASE) -> list[tuple[int, int, int, int]]:
    """All consistent pairs (source begin, end, target begin, end), ends excluded, at most `longest` tokens a side."""
    found = []
    for begin in range(len(links)):
        for end in range(begin + 1, min(len(links), begin + longest) + 1):
            low, high = min(links[begin:end]), max(links[begin:end]) + 1
            outside = links[:begin] + links[end:]
            if high - low <= longest and not any(low <= place < high for place in outside):
                found.append((low, high, begin, end))
    return found


def pieces(pairs: Pairs, links: Tensor, size: int, generator: torch.Generator | None) -> Pairs:
    """As many pairs of phrases of at most `size` tokens a side as there are pairs, drawn from all of them; the whole
    pair where it has none.
    """
    tokens, real = source_tokens(pairs)
    sources, targets = [], []
    draws = torch.rand(len(tokens), generator=generator).tolist()
    for row, draw in enumerate(draws):
        length, width = int(pairs.lengths[row]), int(real[row].sum())
        found = phrases_of(links[row, :length].tolist(), size) or [(0, width, 0, length)]
        low, high, begin, end = found[int(draw * len(found))]
        sources.append([BEGIN, int(pairs.source[row, 1]), *tokens[row, low:high].tolist(), END])
        targets.append(pairs.target[row, begin:end].tolist())
    source = padded(sources).to(tokens.device)
    return Pairs(source, torch.zeros_like(source), padded(targets).to(tokens.device))


def granularity_loss(
    model: NarModel, pairs: Pairs, spent: float, generator: torch.Generator | None = None
) -> tuple[Tensor, dict[str, float]]:
    kind = granularity_of(spent)
    if kind != "sentences":
        size = 1 if kind == "words" else LONGEST_PHRASE
        pairs = pieces(pairs, aligned_sources(model, pairs), size, generator)
    loss, figures = one_pass_loss(model, pairs)
    return loss, {**figures, "tokens_a_pair": pairs.real.sum().item() / len(pairs.target)}
